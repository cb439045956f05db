//! Requests in, answers out.

mod routes;

pub(crate) use routes::{Found, Routes};

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response};

use crate::server::Shared;

/// Answers a request.
pub(crate) async fn answer(shared: Arc<Shared>, request: Request<Body>) -> Response<Body> {
    let _ = (shared, request);
    Response::new(Body::empty())
}
