//! Load: as much as goes, or at a fixed rate.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::Connection;
use crate::Failed;
use crate::operation::{Operation, Rows, Worker};
use crate::process::Process;
use crate::text;

/// What a server did at most.
#[derive(Clone, Copy, Debug)]
pub struct Throughput {
    /// Requests a second.
    pub rate: f64,
    /// The processor's time that the server took for a request, in microseconds.
    pub processor: f64,
}

/// As much as goes: each connection sends its next request once it has the last answer. It tells throughput; latencies under such
/// a load are too good to be true, since a slow answer holds back the next request.
///
/// # Errors
/// When a connection is cut or an answer is not the expected one.
pub async fn flat_out(
    server: &Process,
    operation: Operation,
    rows: &Arc<Rows>,
    connections: usize,
    time: Duration,
) -> Result<Throughput, Failed> {
    let mut workers = open(server, operation, rows, connections).await?;
    let mut tasks = JoinSet::new();
    let (begun, used) = (Instant::now(), server.processor_time());
    let end = begun + time;
    for (mut worker, mut connection) in workers.drain(..) {
        tasks.spawn(async move {
            let mut done = 0_u64;
            while Instant::now() < end {
                worker.once(&mut connection).await?;
                done += 1;
            }
            Ok::<_, Failed>(done)
        });
    }
    let mut done = 0;
    while let Some(task) = tasks.join_next().await {
        done += task.map_err(text)??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a benchmark sends fewer than 2^52 requests")]
    let requests = done as f64;
    let used = server.processor_time() - used;
    Ok(Throughput { rate: requests / begun.elapsed().as_secs_f64(), processor: used / requests * 1e6 })
}

/// At a fixed rate, whatever the answers do: a request is due at its time, and its latency counts from then, also where no
/// connection was free. Returns the latencies in microseconds, sorted.
///
/// # Errors
/// As [`flat_out`].
pub async fn at_rate(
    server: &Process,
    operation: Operation,
    rows: &Arc<Rows>,
    connections: usize,
    rate: f64,
    time: Duration,
) -> Result<Vec<u64>, Failed> {
    let mut workers = open(server, operation, rows, connections).await?;
    let next = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for (mut worker, mut connection) in workers.drain(..) {
        let next = Arc::clone(&next);
        tasks.spawn(async move {
            let mut latencies = Vec::new();
            loop {
                #[expect(clippy::cast_precision_loss, reason = "a benchmark sends fewer than 2^52 requests")]
                let after = next.fetch_add(1, Ordering::Relaxed) as f64 / rate;
                if after > time.as_secs_f64() {
                    return Ok::<_, Failed>(latencies);
                }
                let due = begun + Duration::from_secs_f64(after);
                tokio::time::sleep_until(due.into()).await;
                worker.once(&mut connection).await?;
                latencies.push(u64::try_from(due.elapsed().as_micros()).unwrap_or(u64::MAX));
            }
        });
    }
    let mut all = Vec::new();
    while let Some(task) = tasks.join_next().await {
        all.append(&mut task.map_err(text)??);
    }
    all.sort_unstable();
    Ok(all)
}

async fn open(
    server: &Process,
    operation: Operation,
    rows: &Arc<Rows>,
    connections: usize,
) -> Result<Vec<(Worker, Connection)>, Failed> {
    let mut workers = Vec::new();
    for place in 0..connections {
        let mut connection = Connection::open(&server.address).await?;
        let worker = Worker::new(operation, Arc::clone(rows), place, &mut connection).await?;
        workers.push((worker, connection));
    }
    Ok(workers)
}
