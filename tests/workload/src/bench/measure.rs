//! Whole processes: wall time and peak memory.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// A program with its arguments.
pub struct Program {
    command: Command,
}

/// What running a program took: medians.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// The time from its start to its end.
    pub time: Duration,
    /// The most memory that it held, in bytes.
    pub memory: u64,
    /// The processor time that it used, its own and the system's for it.
    pub processor: Duration,
}

impl Program {
    pub fn new(path: &Path) -> Program {
        Program { command: Command::new(path) }
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Program {
        self.command.arg(arg);
        self
    }

    pub fn args<const N: usize>(mut self, args: [&str; N]) -> Program {
        self.command.args(args);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Program {
        self.command.env(name, value);
        self
    }

    /// Runs it once more than asked for: what the first run reads the others find in memory.
    pub fn measured(self, runs: usize) -> Result<Measured, String> {
        self.measured_after(runs, || Ok(()))
    }

    /// The same with something done before each run.
    pub fn measured_after(
        mut self,
        runs: usize,
        before: impl Fn() -> Result<(), String>,
    ) -> Result<Measured, String> {
        self.once()?;
        let mut once = || before().and_then(|()| self.once());
        let all = (0..runs.max(1)).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
        Ok(Measured {
            time: median(all.iter().map(|measured| measured.time)),
            memory: median(all.iter().map(|measured| measured.memory)),
            processor: median(all.iter().map(|measured| measured.processor)),
        })
    }

    /// What it prints.
    pub fn output(mut self) -> Result<String, String> {
        let output = self.command.output().map_err(|error| self.failed(&error.to_string()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(self.failed(&String::from_utf8_lossy(&output.stderr)))
    }

    /// Runs it once.
    pub fn once(&mut self) -> Result<Measured, String> {
        self.command.stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let ended = self.command.spawn().and_then(Wait4::wait4);
        let time = start.elapsed();
        let ended = ended.map_err(|error| self.failed(&error.to_string()))?;
        if !ended.status.success() {
            return Err(self.failed(&ended.status.to_string()));
        }
        let processor = ended.rusage.utime + ended.rusage.stime;
        Ok(Measured { time, memory: ended.rusage.maxrss, processor })
    }

    fn failed(&self, why: &str) -> String {
        format!("{:?}: {why}", self.command)
    }
}

/// The value in the middle.
pub fn median<T: Ord + Default + Copy>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
