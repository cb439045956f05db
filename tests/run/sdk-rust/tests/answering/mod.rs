//! A server that answers whatever it is asked, and notes it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What was sent: method, target and body of each request.
pub type Sent = Arc<Mutex<Vec<String>>>;

/// Starts it for as long as the test runs; each target is answered with this body.
pub fn start(answer: impl Fn(&str) -> String + Send + 'static) -> (String, Sent) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it listens"));
    let sent = Sent::default();
    let noted = sent.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.expect("a connection"), &answer, &noted);
        }
    });
    (url, sent)
}

/// Answers one request and ends the connection.
fn serve(mut stream: TcpStream, answer: &dyn Fn(&str) -> String, sent: &Sent) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream can be shared"));
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    };
    let first = line();
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut length = 0;
    loop {
        let header = line().to_lowercase();
        match header.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().expect("a length"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let body = String::from_utf8(body).expect("a text");
    sent.lock().expect("nobody panics").push(format!("{method} {target} {body}").trim_end().to_owned());
    let answer = answer(target);
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len()).expect("it is answered");
}
