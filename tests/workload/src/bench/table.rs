//! The tables, as Markdown.

use std::fmt::Write as _;
use std::time::Duration;

use crate::measure::Measured;
use crate::phases::Phases;

/// What was measured of one package.
pub struct Row {
    pub resources: usize,
    pub bytes: usize,
    pub phases: Phases,
    pub whole: Measured,
}

/// What another tool took for the same API.
pub struct Peer {
    pub resources: usize,
    pub measured: Measured,
}

/// Phases, the whole process and what a resource costs, the smallest package being 1.
pub fn own(rows: &[Row]) -> String {
    let mut table = "\
| resources | schema | read | parse | analyse | lint | whole process | peak memory | time a resource | memory a resource |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"
    .to_owned();
    for row in rows {
        let Phases { read, parse, analyse, lint } = row.phases;
        let [read, parse, analyse, lint, whole] = [read, parse, analyse, lint, row.whole.time].map(ms);
        let (schema, memory) = (mb(row.bytes as u64), mb(row.whole.memory));
        let first = rows.first().unwrap_or(row);
        let time = per(row.whole.time.as_secs_f64(), row) / per(first.whole.time.as_secs_f64(), first);
        let space = per(row.whole.memory as f64, row) / per(first.whole.memory as f64, first);
        let n = row.resources;
        let _ = writeln!(
            table,
            "| {n} | {schema} | {read} | {parse} | {analyse} | {lint} | {whole} | {memory} | {time:.2} | {space:.2} |"
        );
    }
    table
}

/// The whole process beside another tool's on the same API.
pub fn against(rows: &[Row], peers: &[Peer]) -> String {
    let mut table = "\
| resources | `atlas9 check` | `buf lint` | times faster | memory | its memory |
|---:|---:|---:|---:|---:|---:|
"
    .to_owned();
    for (row, peer) in rows.iter().zip(peers) {
        let (ours, theirs) = (row.whole, peer.measured);
        let faster = theirs.time.as_secs_f64() / ours.time.as_secs_f64();
        let _ = writeln!(
            table,
            "| {} | {} | {} | {faster:.0} | {} | {} |",
            peer.resources,
            ms(ours.time),
            ms(theirs.time),
            mb(ours.memory),
            mb(theirs.memory),
        );
    }
    table
}

fn per(value: f64, row: &Row) -> f64 {
    value / row.resources.max(1) as f64
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
