//! The server that answers now, which a change of the schema replaces.

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use atlas9_server::{Server, StartError, serve_router};
use axum::Router;
use axum::extract::Request;
use tokio::net::TcpListener;
use tower::ServiceExt;

/// The present server. Requests under way keep the one that took them.
pub struct Live {
    router: RwLock<Router>,
}

impl Live {
    /// Begins with a server.
    pub fn new(server: Server) -> Live {
        Live { router: RwLock::new(server.router()) }
    }

    /// From now on another one answers.
    pub fn replace(&self, server: &Server) {
        *self.router.write().unwrap_or_else(PoisonError::into_inner) = server.router();
    }

    /// Serves until `stop` is done, then finishes what was taken.
    pub async fn serve<F>(self: Arc<Live>, listener: TcpListener, stop: F) -> Result<(), StartError>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let router = Router::new().fallback(move |request: Request| {
            let present = self.router.read().unwrap_or_else(PoisonError::into_inner).clone();
            async move { present.oneshot(request).await }
        });
        serve_router(router, listener, atlas9_server::Options::default().shutdown_grace, stop).await
    }
}
