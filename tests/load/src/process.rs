//! A server in a process of its own, and how much of the processor it takes.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{Failed, text};

/// Ticks of `/proc/PID/stat` in a second, the same on every Linux that Rust runs on (`sysconf(_SC_CLK_TCK)`).
const TICKS: f64 = 100.0;

/// Which of both servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Generated,
    Handwritten,
}

impl Kind {
    /// Both, the one to judge first.
    pub const BOTH: [Kind; 2] = [Kind::Generated, Kind::Handwritten];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Generated => "generated",
            Kind::Handwritten => "handwritten",
        }
    }
}

/// A server that is stopped when it is dropped.
pub struct Process {
    child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
}

impl Process {
    /// Starts a server on a database and waits until it listens. Its log goes to a file that nobody reads, as it would in
    /// production go to a collector.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(kind: Kind, bare: bool, database: &str, log: &std::path::Path) -> Result<Process, Failed> {
        let mut command = Command::new(std::env::current_exe().map_err(text)?);
        command.args([kind.word(), "--database", database]).args(bare.then_some("--bare"));
        command.env("RUST_LOG", if bare { "off" } else { "info" });
        let written = File::create(log).map_err(text)?;
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(written).spawn().map_err(text)?;
        let mut process = Process { child, address: String::new() };
        for _ in 0..600 {
            let lines = BufReader::new(File::open(log).map_err(text)?).lines().map_while(Result::ok);
            let found =
                lines.filter_map(|line| Some(line.split_once("listening on http://")?.1.trim().to_owned()));
            if let Some(address) = found.last() {
                process.address = address;
                return Ok(process);
            }
            if process.child.try_wait().map_err(text)?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let said = std::fs::read_to_string(log).unwrap_or_default();
        Err(format!("the {} server does not start: {said}", kind.word()))
    }

    /// The processor's time that it has taken, in seconds; nothing where the system does not tell.
    pub fn processor_time(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name in parentheses may have spaces; user and system time are fields 14 and 15 (proc(5)).
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let ticks =
            |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
        (ticks(11) + ticks(12)) / TICKS
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
