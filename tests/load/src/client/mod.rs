//! A connection, and load on many of them.

mod load;

pub use load::{Throughput, at_rate, flat_out};

use axum::body::Bytes;
use axum::http::{HeaderMap, Request};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{Failed, text};

/// One connection, kept alive.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nothing listens there.
    pub async fn open(address: &str) -> Result<Connection, Failed> {
        let stream = TcpStream::connect(address).await.map_err(text)?;
        stream.set_nodelay(true).map_err(text)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(text)?;
        tokio::spawn(connection);
        Ok(Connection { sender })
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// When the connection is cut.
    pub async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer, Failed> {
        self.sender.ready().await.map_err(text)?;
        let response = self.sender.send_request(request).await.map_err(text)?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map_err(text)?.to_bytes();
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }
}
