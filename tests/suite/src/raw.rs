//! Requests byte by byte, such as no client sends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, one a line, names in small letters.
    pub headers: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The value of a header, empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.headers.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}

/// Sends bytes on a connection of their own and reads until the server closes it; nothing where no answer comes.
///
/// The request has to ask for the end of the connection, or to be so wrong that the server ends it.
pub fn send(url: &str, request: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
    // A server that has seen enough may close before everything is written.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parse(&String::from_utf8_lossy(&bytes))
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let (first, headers) = head.split_once("\r\n").unwrap_or((head, ""));
    let status = first.split(' ').nth(1)?.parse().ok()?;
    let names = headers.lines().map(|line| match line.split_once(':') {
        Some((name, value)) => format!("{}: {}\n", name.to_lowercase(), value.trim()),
        None => String::new(),
    });
    Some(Answer { status, headers: names.collect(), body: body.to_owned() })
}
