//! Asks emitters and linters of others: finds the program, runs it, and stops it when it takes too long or says too much.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use atlas9_driver::diagnostics::{Diagnostic, SourceMap};
use atlas9_driver::external::{Answer, MAX_ANSWER, Program, Trouble};
use atlas9_driver::ir::Ir;

/// The most that is passed on of what a program says on standard error, in bytes.
const MAX_SAID: usize = 1 << 20;

/// How often it is seen whether a program has ended that has closed its standard output.
const TICK: Duration = Duration::from_millis(5);

/// What programs are asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The package's folder, in which they run.
    pub root: &'a Path,
    /// The model.
    pub ir: &'a Ir,
    /// The files that the model was made from.
    pub sources: &'a SourceMap,
    /// The day that linters count from.
    pub today: Option<&'a str>,
}

/// What came back of a program.
#[derive(Debug)]
pub struct Reply {
    /// Its answer, or what is wrong with it.
    pub answer: Result<Answer, Diagnostic>,
    /// What it said on standard error.
    pub said: String,
}

impl Question<'_> {
    /// Runs a program to its end, or to the end of its time.
    pub fn ask(&self, program: &Program) -> Reply {
        let request = match program.request(self.ir, self.today) {
            Ok(request) => request,
            Err(wrong) => return Reply { answer: Err(wrong), said: String::new() },
        };
        let started = find(&program.executable()).and_then(|path| start(&path, self.root));
        let (bytes, said) = match started {
            Ok(child) => Running::new(child, request, program).end(),
            Err(trouble) => (Err(trouble), String::new()),
        };
        let answer = match bytes {
            Ok(bytes) => program.answer(&bytes, self.sources),
            Err(trouble) => Err(program.complaint(&trouble)),
        };
        Reply { answer, said }
    }
}

/// The program in the folders of PATH. One that is relative would find another program in each folder, so it does not count.
fn find(name: &str) -> Result<PathBuf, Trouble> {
    let folders = env::var_os("PATH").unwrap_or_default();
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let there = |folder: PathBuf| Some(folder.join(&file)).filter(|path| path.is_file());
    let mut found: Vec<PathBuf> =
        env::split_paths(&folders).filter(|folder| folder.is_absolute()).filter_map(there).collect();
    match found.iter().position(|path| is_executable(path)) {
        Some(index) => Ok(found.swap_remove(index)),
        None => Err(match found.first() {
            Some(path) => Trouble::CannotStart(format!("`{}` is not executable", path.display())),
            None => Trouble::NotFound,
        }),
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok()
}

fn start(path: &Path, root: &Path) -> Result<Child, Trouble> {
    let mut command = Command::new(path);
    command.current_dir(root).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|error| Trouble::CannotStart(error.to_string()))
}

/// A program whose streams are moved by threads of their own: none of them can make another wait.
struct Running {
    child: Child,
    deadline: Instant,
    out: Receiver<Result<Vec<u8>, Trouble>>,
    err: Receiver<Result<Vec<u8>, Trouble>>,
}

impl Running {
    fn new(mut child: Child, request: Vec<u8>, program: &Program) -> Running {
        let deadline = Instant::now() + Duration::from_secs(program.timeout.value.into());
        if let Some(mut stdin) = child.stdin.take() {
            // A program need not read its question to the end, nor at all.
            spawn(move || stdin.write_all(&request));
        }
        let out = collect(child.stdout.take(), MAX_ANSWER, Over::Refused);
        let err = collect(child.stderr.take(), MAX_SAID, Over::Dropped);
        Running { child, deadline, out, err }
    }

    fn end(mut self) -> (Result<Vec<u8>, Trouble>, String) {
        let result = self.answer();
        if result.is_err() {
            // It may have ended already.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        // Somebody whom it started may hold the stream open: what was said until now must do.
        let said =
            self.err.recv_timeout(Duration::from_secs(1)).ok().and_then(Result::ok).unwrap_or_default();
        (result, String::from_utf8_lossy(&said).into_owned())
    }

    fn answer(&mut self) -> Result<Vec<u8>, Trouble> {
        let answer = match self.out.recv_timeout(self.left()) {
            Ok(answer) => answer?,
            Err(RecvTimeoutError::Timeout) => return Err(Trouble::TooSlow),
            Err(RecvTimeoutError::Disconnected) => Vec::new(),
        };
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(answer),
                Ok(Some(status)) => return Err(Trouble::Failed(status.to_string())),
                Ok(None) if self.left().is_zero() => return Err(Trouble::TooSlow),
                Ok(None) => sleep(TICK),
                Err(error) => return Err(Trouble::Failed(error.to_string())),
            }
        }
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// What happens to bytes beyond the bound.
#[derive(Clone, Copy)]
enum Over {
    Refused,
    Dropped,
}

/// Reads a stream to its end, or to its bound.
fn collect(
    stream: Option<impl Read + Send + 'static>,
    bound: usize,
    over: Over,
) -> Receiver<Result<Vec<u8>, Trouble>> {
    let (send, receive) = channel();
    if let Some(mut stream) = stream {
        spawn(move || {
            let mut bytes = Vec::new();
            let limit = u64::try_from(bound).unwrap_or(u64::MAX).saturating_add(1);
            let read = stream.by_ref().take(limit).read_to_end(&mut bytes);
            let result = match over {
                _ if bytes.len() <= bound => {
                    read.map(|_| bytes).map_err(|error| Trouble::Failed(error.to_string()))
                }
                Over::Refused => Err(Trouble::TooLarge),
                Over::Dropped => {
                    bytes.truncate(bound);
                    // A full pipe would stop the program.
                    let _ = io::copy(&mut stream, &mut io::sink());
                    Ok(bytes)
                }
            };
            let _ = send.send(result);
        });
    }
    receive
}
