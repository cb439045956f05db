//! What a careful engineer writes by hand with axum and sqlx: typed handlers, a query an operation, the same answers.

mod books;
mod cursor;
mod guard;
mod idempotency;
mod list;
mod model;
mod patch;
mod problem;
mod store;
mod validate;

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::args::Serve;
use crate::{Failed, text};
use guard::Guard;
use store::Store;

/// What handlers share.
pub struct State {
    pub store: Store,
    pub cursors: cursor::Cursors,
    /// None where it serves bare.
    pub guard: Option<Guard>,
}

/// Serves until it is told to stop. The database has its tables: those of the generated server.
///
/// # Errors
/// When the server cannot start.
pub async fn serve(serve: &Serve) -> Result<(), Failed> {
    let store = Store::open(&serve.database).await.map_err(text)?;
    let guard = if serve.bare { None } else { Some(Guard::new()?) };
    let state = Arc::new(State { store, cursors: cursor::Cursors::new()?, guard });
    let books = Router::new()
        .route("/v1/books", get(list::list).post(books::create))
        .route("/v1/books/{id}", get(books::get).patch(patch::update));
    let router = if serve.bare { books } else { guarded(books, &state) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(text)?;
    eprintln!("listening on http://{}", listener.local_addr().map_err(text)?);
    axum::serve(listener, router.with_state(state))
        .with_graceful_shutdown(atlas9_server::stopped())
        .await
        .map_err(text)
}

fn guarded(books: Router<Arc<State>>, state: &Arc<State>) -> Router<Arc<State>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    books
        .layer(RequestBodyLimitLayer::new(1 << 20))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(state), guard::guard))
}
