//! The phases of a check. They are measured in a process of their own, so that its memory is not taken for that of others.

use std::path::Path;
use std::time::{Duration, Instant};

use atlas9_driver::{CheckOptions, Date, check_watched};

use crate::measure::median;
use crate::text;

/// How long each phase takes.
#[derive(Clone, Copy, Debug)]
pub struct Phases {
    pub read: Duration,
    pub parse: Duration,
    pub analyse: Duration,
    pub lint: Duration,
}

/// How long a run took from its start to the end of each phase.
type Laps = [Duration; 4];

/// Prints the medians in nanoseconds, for [`Phases::parse`] to read.
pub fn print(folder: &Path, runs: usize) -> Result<(), String> {
    let laps = (0..=runs.max(1)).map(|_| once(folder)).collect::<Result<Vec<Laps>, _>>()?;
    let of = |phase: usize| {
        let took = |laps: &Laps| {
            let before = phase.checked_sub(1).and_then(|before| laps.get(before)).copied();
            laps.get(phase).copied().unwrap_or_default().saturating_sub(before.unwrap_or_default())
        };
        median(laps.iter().skip(1).map(took)).as_nanos()
    };
    println!("{} {} {} {}", of(0), of(1), of(2), of(3));
    Ok(())
}

fn once(folder: &Path) -> Result<Laps, String> {
    let start = Instant::now();
    let loaded = atlas9_build::load(folder).map_err(|diagnostic| diagnostic.message)?;
    let mut laps = vec![start.elapsed()];
    let options = CheckOptions { today: Date::parse("2026-11-21"), ..CheckOptions::default() };
    let checked = check_watched(loaded.package, &options, &mut |_| laps.push(start.elapsed()));
    match checked.diagnostics.first() {
        Some(found) => Err(format!("the workload is not clean: {}", found.message)),
        None => laps.try_into().map_err(|_| "a phase is missing".to_owned()),
    }
}

impl Phases {
    pub fn parse(printed: &str) -> Result<Phases, String> {
        let numbers = printed.split_whitespace().map(|word| word.parse().map(Duration::from_nanos));
        match numbers.collect::<Result<Vec<_>, _>>().map_err(text)?.as_slice() {
            [read, parse, analyse, lint] => {
                Ok(Phases { read: *read, parse: *parse, analyse: *analyse, lint: *lint })
            }
            _ => Err(format!("`{printed}` are not the phases")),
        }
    }
}
