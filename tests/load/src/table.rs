//! The tables, in Markdown.

use crate::client::Throughput;
use crate::operation::Operation;
use crate::rounds::median;

/// One operation, of the generated server and of the hand-written one.
pub struct Row {
    pub operation: Operation,
    pub throughputs: [Vec<Throughput>; 2],
    /// One for each load.
    pub latencies: Vec<Latency>,
}

/// Microseconds at a fixed rate, of the generated server and of the hand-written one.
pub struct Latency {
    pub p50: [f64; 2],
    pub p99: [f64; 2],
}

/// Prints one comparison.
pub fn print(database: &str, bare: bool, loads: &[f64], rows: &[Row]) {
    let kind = if bare { "bare" } else { "everything on" };
    println!("\n{database}, {kind}\n");
    let latencies: Vec<String> =
        loads.iter().map(|load| format!(" p50, p99 at {:.0} % |", load * 100.0)).collect();
    println!(
        "| operation | requests/s | by hand | ratio (range) | CPU a request | by hand | ratio |{}",
        latencies.concat()
    );
    println!("|---|---:|---:|---:|---:|---:|---:|{}", "---:|".repeat(loads.len()));
    for row in rows {
        println!("{}", line(row));
    }
}

fn line(row: &Row) -> String {
    let [generated, handwritten] = &row.throughputs;
    let rate = |of: &[Throughput]| median(of.iter().map(|one| one.rate).collect());
    let processor = |of: &[Throughput]| median(of.iter().map(|one| one.processor).collect());
    let ratios: Vec<f64> = generated.iter().zip(handwritten).map(|(one, two)| one.rate / two.rate).collect();
    let (low, high) =
        ratios.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), one| (low.min(*one), high.max(*one)));
    let latencies: Vec<String> = row.latencies.iter().map(latency).collect();
    format!(
        "| {} | {:.0} | {:.0} | {:.2} ({low:.2} to {high:.2}) | {:.0} µs | {:.0} µs | {:.2} |{}",
        row.operation.title(),
        rate(generated),
        rate(handwritten),
        median(ratios.clone()),
        processor(generated),
        processor(handwritten),
        processor(generated) / processor(handwritten),
        latencies.concat()
    )
}

/// As ratios: below 1 the generated server is faster.
fn latency(latency: &Latency) -> String {
    let ratio = |[one, two]: [f64; 2]| if two > 0.0 { one / two } else { 0.0 };
    format!(" {:.2}, {:.2} |", ratio(latency.p50), ratio(latency.p99))
}
