//! The SDKs beside clients written by hand: how large they are, how soon they start, how fast they read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::args::Sdks;
use crate::measure::{Program, median};
use crate::pages::Server;

/// A pair of programs that do the same, and whose sizes are comparable.
struct Pair {
    name: &'static str,
    sdk: Side,
    hand: Side,
    /// What is measured as its size.
    size: &'static str,
}

/// A program below the folder of the programs: what runs it, and what its size is that of.
struct Side {
    command: &'static [&'static str],
    file: &'static str,
}

const NODE_BY_HAND: Side = Side { command: &["node", "typescript/hand.mjs"], file: "typescript/hand.mjs.gz" };

const PAIRS: [Pair; 5] = [
    Pair {
        name: "Go",
        sdk: Side { command: &["go/sdk.bin"], file: "go/sdk.bin" },
        hand: Side { command: &["go/hand.bin"], file: "go/hand.bin" },
        size: "program, stripped",
    },
    Pair {
        name: "Python",
        sdk: Side { command: &["python/venv/bin/python", "python/sdk.py"], file: "python/bookstore.gz" },
        hand: Side {
            command: &["python/venv/bin/python", "python/hand.py"],
            file: "python/bookstore_by_hand.gz",
        },
        size: "source, gzipped",
    },
    Pair {
        name: "Rust",
        sdk: Side { command: &["rust/target/release/sdk"], file: "rust/target/release/sdk" },
        hand: Side { command: &["rust/target/release/hand"], file: "rust/target/release/hand" },
        size: "program, stripped",
    },
    Pair {
        name: "TypeScript",
        sdk: Side { command: &["node", "typescript/sdk.mjs"], file: "typescript/sdk.mjs.gz" },
        hand: NODE_BY_HAND,
        size: "bundle, minified and gzipped",
    },
    Pair {
        name: "TypeScript, one resource",
        sdk: Side { command: &["node", "typescript/resource.mjs"], file: "typescript/resource.mjs.gz" },
        hand: NODE_BY_HAND,
        size: "bundle, minified and gzipped",
    },
];

/// What was measured of a program.
struct Measured {
    size: u64,
    start: Duration,
    /// Bytes of JSON that a second of one processor reads.
    speed: f64,
}

/// Pages that are read before those that count: whatever is done at the first ones is done, and compilers at run time are through.
const WARM: usize = 50;

/// Measures and prints the table.
///
/// # Errors
/// When a program is missing or fails, or when no port can be had.
pub fn run(sdks: &Sdks) -> Result<(), String> {
    let server = Server::start()?;
    println!(
        "A page has {} books in {:.0} kB of JSON.\n\n\
         | language | size | | by hand | start | by hand | reads | by hand | ratio |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|",
        server.books,
        server.bytes as f64 / 1e3
    );
    for pair in &PAIRS {
        let [sdk, hand] = measured(sdks, pair, &server)?;
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {:.2} |",
            pair.name,
            pair.size,
            kilobytes(sdk.size),
            kilobytes(hand.size),
            milliseconds(sdk.start),
            milliseconds(hand.start),
            megabytes(sdk.speed),
            megabytes(hand.speed),
            sdk.speed / hand.speed,
        );
    }
    Ok(())
}

/// Both programs of a pair in turns, so that neither has the machine at a better time.
fn measured(sdks: &Sdks, pair: &Pair, server: &Server) -> Result<[Measured; 2], String> {
    let mut starts = [const { Vec::new() }; 2];
    let mut reads = [const { Vec::new() }; 2];
    for _ in 0..sdks.runs.max(1) {
        for (at, side) in [&pair.sdk, &pair.hand].into_iter().enumerate() {
            let once = |pages: usize| program(&sdks.programs, side, server, pages).once();
            starts[at].push(once(0)?.time);
            let warm = once(WARM)?.processor;
            reads[at].push(once(WARM + sdks.pages)?.processor.saturating_sub(warm));
        }
    }
    let [sdk, hand] = [(&pair.sdk, 0), (&pair.hand, 1)].map(|(side, at)| {
        let file = sdks.programs.join(side.file);
        let took = median(reads[at].iter().copied()).as_secs_f64();
        Ok::<_, String>(Measured {
            size: std::fs::metadata(&file).map_err(|error| format!("{}: {error}", file.display()))?.len(),
            start: median(starts[at].iter().copied()),
            speed: (server.bytes * sdks.pages) as f64 / took,
        })
    });
    Ok([sdk?, hand?])
}

fn program(folder: &Path, side: &Side, server: &Server, pages: usize) -> Program {
    // What is below the folder has a path in it; all others are looked up by name.
    let path = |part: &str| if part.contains('/') { folder.join(part) } else { PathBuf::from(part) };
    let mut parts = side.command.iter().map(|part| path(part));
    let mut program = Program::new(&parts.next().unwrap_or_default()).env("BASE_URL", &server.url);
    for part in parts {
        program = program.arg(part);
    }
    program.arg(pages.to_string())
}

fn kilobytes(bytes: u64) -> String {
    format!("{:.1} kB", bytes as f64 / 1e3)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

fn megabytes(bytes: f64) -> String {
    format!("{:.0} MB/s", bytes / 1e6)
}
