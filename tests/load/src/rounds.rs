//! The comparison: both servers in turns, on both databases.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::args::Run;
use crate::client::{Throughput, at_rate, flat_out};
use crate::operation::{Operation, Rows};
use crate::process::{Kind, Process};
use crate::seed::{self, Database};
use crate::table::{Latency, Row, print};
use crate::{Failed, answers, text};

/// The two servers of one comparison, with what is in their databases.
struct Pair {
    servers: [(Process, Arc<Rows>); 2],
    databases: [Database; 2],
}

/// Compares and prints tables.
///
/// # Errors
/// When a server does not start, or the servers do not answer alike.
pub async fn run(run: &Run) -> Result<(), Failed> {
    let folder = tempfile::tempdir().map_err(text)?;
    let mut databases = vec![("SQLite", Database::Sqlite(folder.path().join("load.db")))];
    if let Some(server) = &run.postgres {
        let name = format!("load_{}", std::process::id());
        databases.push(("PostgreSQL", Database::Postgres(server.trim_end_matches('/').to_owned(), name)));
    }
    for (title, database) in databases {
        database.seeded(run.books, folder.path()).await?;
        for bare in [false, true] {
            let pair = Pair::start(run, &database, bare, folder.path()).await?;
            let rows = measured(run, &pair).await;
            for used in &pair.databases {
                used.dropped().await;
            }
            print(title, bare, &run.loads, &rows?);
        }
        database.dropped().await;
    }
    Ok(())
}

impl Pair {
    async fn start(run: &Run, database: &Database, bare: bool, folder: &Path) -> Result<Pair, Failed> {
        let kept = if bare { "bare" } else { "full" };
        let databases =
            [database.copy(&format!("{kept}_g")).await?, database.copy(&format!("{kept}_h")).await?];
        let [one, two] = &databases;
        let log = |kind: Kind| folder.join(format!("{}_{kept}.log", kind.word()));
        let [generated, handwritten] = Kind::BOTH;
        let servers = [
            Process::start(generated, bare, &one.url(), &log(generated))?,
            Process::start(handwritten, bare, &two.url(), &log(handwritten))?,
        ];
        let [one, two] = servers;
        let rows = [seed::rows(&one, run.books, bare, 0).await?, seed::rows(&two, run.books, bare, 0).await?];
        answers::same([&one, &two], &rows[0]).await?;
        let [first, second] = rows;
        Ok(Pair { servers: [(one, first), (two, second)], databases })
    }
}

async fn measured(run: &Run, pair: &Pair) -> Result<Vec<Row>, Failed> {
    let mut rows = Vec::new();
    for operation in run.operations() {
        eprintln!("{} ...", operation.title());
        let throughputs = throughputs(run, pair, operation).await?;
        let most = throughputs.iter().map(|of| median(of.iter().map(|one| one.rate).collect()));
        let slower = most.fold(f64::INFINITY, f64::min);
        let mut latencies = Vec::new();
        for load in &run.loads {
            latencies.push(latency(run, pair, operation, slower * load).await?);
        }
        rows.push(Row { operation, throughputs, latencies });
    }
    Ok(rows)
}

/// In turns, so that what else the machine does strikes both.
async fn throughputs(run: &Run, pair: &Pair, operation: Operation) -> Result<[Vec<Throughput>; 2], Failed> {
    let time = Duration::from_secs_f64(run.seconds);
    let mut all = [Vec::new(), Vec::new()];
    // The first round warms up and is not counted.
    for round in 0..=run.rounds {
        for ((server, rows), of) in pair.servers.iter().zip(&mut all) {
            let one = flat_out(server, operation, rows, run.connections, time).await?;
            if round > 0 {
                of.push(one);
            }
        }
    }
    Ok(all)
}

async fn latency(run: &Run, pair: &Pair, operation: Operation, rate: f64) -> Result<Latency, Failed> {
    let time = Duration::from_secs_f64(run.seconds);
    let mut all = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
    for _ in 0..run.rounds {
        for ((server, rows), (p50, p99)) in pair.servers.iter().zip(&mut all) {
            let sorted = at_rate(server, operation, rows, run.connections * 4, rate, time).await?;
            p50.push(percentile(&sorted, 50));
            p99.push(percentile(&sorted, 99));
        }
    }
    let [(one_p50, one_p99), (two_p50, two_p99)] = all;
    Ok(Latency { p50: [median(one_p50), median(two_p50)], p99: [median(one_p99), median(two_p99)] })
}

fn percentile(sorted: &[u64], percent: usize) -> f64 {
    let index = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a benchmark")]
    sorted.get(index).map_or(0.0, |micros| *micros as f64)
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
