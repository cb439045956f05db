//! Servers that run while a test does.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::Duration;

/// The token that servers of tests accept.
pub const TOKEN: &str = "test-token";

/// A server that is stopped when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl Server {
    /// Starts a program and waits until it says where it listens.
    pub fn start(command: &mut Command) -> Server {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        // From here on the server is stopped whatever happens.
        let mut server = Server { child, url: String::new() };
        let lines = lines(server.child.stderr.take().expect("standard error is piped"));
        let mut seen = String::new();
        // A server builds its tables before it listens; a busy machine takes its time.
        while let Ok(line) = lines.recv_timeout(Duration::from_secs(60)) {
            if let Some((_, url)) = line.split_once("listening on ") {
                server.url = url.trim().to_owned();
                return server;
            }
            seen.push_str(&line);
            seen.push('\n');
        }
        panic!("{command:?} does not listen:\n{seen}");
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
