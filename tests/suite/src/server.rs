//! Servers that run while a test does.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::{Duration, Instant};

/// The token that servers of tests accept.
pub const TOKEN: &str = "test-token";

/// A server that is stopped when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl Server {
    /// Starts a program and waits until it says where it listens.
    pub fn start(command: &mut Command) -> Server {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let lines = lines(child.stderr.take().expect("standard error is piped"));
        // From here on the server is stopped whatever happens.
        let mut server = Server { child, lines, url: String::new() };
        // A server builds its tables before it listens; a busy machine takes its time.
        let seen = server.says("listening on ", Duration::from_secs(60));
        let (_, url) = seen.rsplit_once("listening on ").expect("just seen");
        server.url = url.trim().to_owned();
        server
    }

    /// Waits until a line on standard error has the word; all lines since the last wait, up to that one.
    pub fn says(&self, word: &str, within: Duration) -> String {
        let (end, mut seen) = (Instant::now() + within, String::new());
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            seen.push_str(&line);
            seen.push('\n');
            if line.contains(word) {
                return seen;
            }
        }
        panic!("a server has not said `{word}`:\n{seen}");
    }
}

/// The lines of a stream, read for as long as it is open: a full pipe would stop the server.
fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    receive
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
