//! A server that answers every request with the same page of books, from memory.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Result, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// The server, until the process ends.
pub struct Server {
    pub url: String,
    /// How many books a page has, and how many bytes of JSON.
    pub books: usize,
    pub bytes: usize,
}

/// As many as make a page as large as the 357 KB that the design's figures of decoding are about.
const BOOKS: usize = 600;

impl Server {
    /// Listens on a free port of this machine.
    pub fn start() -> std::result::Result<Server, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let url = format!("http://{}", listener.local_addr().map_err(|error| error.to_string())?);
        let body = body();
        let bytes = body.len();
        let mut answer =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {bytes}\r\n\r\n");
        answer.push_str(&body);
        let answer: Arc<[u8]> = Arc::from(answer.into_bytes());
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let answer = answer.clone();
                // A client that goes away in the middle of an answer is none of the server's business.
                std::thread::spawn(move || drop(serve(connection, &answer)));
            }
        });
        Ok(Server { url, books: BOOKS, bytes })
    }
}

/// Answers the requests of a connection, which have no bodies.
fn serve(mut connection: TcpStream, answer: &[u8]) -> Result<()> {
    connection.set_nodelay(true)?;
    let mut lines = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        if line == "\r\n" {
            connection.write_all(answer)?;
        }
        line.clear();
    }
    Ok(())
}

fn body() -> String {
    let mut body = String::from("{\"items\":[");
    for at in 0..BOOKS {
        let comma = if at == 0 { "" } else { "," };
        let published = at % 2 == 0;
        let status = if published { "published" } else { "draft" };
        let since = if published { "\"2026-03-04T05:06:07.123456Z\"" } else { "null" };
        let _ = write!(
            body,
            "{comma}{{\"id\":\"0192f0c1-2b7e-7c3a-9f44-{at:012x}\",\"isbn\":\"{:013}\",\"isbn10\":null,\"title\":\"The book of {at} pages\",\
             \"author_id\":\"0192f0c1-2b7e-7c3a-8a11-{:012x}\",\"price\":{{\"amount\":\"{}.99\",\"currency\":\"EUR\"}},\"status\":\"{status}\",\
             \"published_at\":{since},\"summary\":\"What happens when {at} people meet who have read nothing, and what they say of it afterwards.\",\
             \"tags\":[\"novel\",\"crowd\",\"number {at}\"],\"supplier_note\":null,\"created_at\":\"2026-01-02T03:04:05.678901Z\",\
             \"updated_at\":\"2026-02-03T04:05:06.789012Z\",\"deleted_at\":null}}",
            9_780_000_000_000_u64 + at as u64,
            at / 7,
            at % 50,
        );
    }
    body.push_str("],\"next_cursor\":null}");
    body
}
