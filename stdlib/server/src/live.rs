//! A router whose server can be replaced while it answers.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::net::TcpListener;

use crate::purge::purging;
use crate::server::{Server, Shared, serve_router};
use crate::{StartError, http};

/// A server that can be replaced while it answers: `atlas9 serve` does so when the schema changes. Requests that have begun end
/// with the server that they began with. Cloning shares it.
#[derive(Clone)]
pub struct Live {
    shared: Arc<RwLock<Arc<Shared>>>,
}

impl Live {
    /// Begins with a server.
    pub fn new(server: &Server) -> Live {
        Live { shared: Arc::new(RwLock::new(Arc::clone(&server.shared))) }
    }

    /// Answers with another server from now on.
    pub fn replace(&self, server: &Server) {
        *self.shared.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&server.shared);
    }

    /// The router.
    pub fn router(&self) -> axum::Router {
        let live = self.clone();
        axum::Router::new().fallback(move |request: axum::extract::Request| {
            let shared = live.current();
            async move { http::answer(shared, request).await }
        })
    }

    /// Answers requests on a listener until `stop` is done, then finishes what it took.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve_on<F>(self, listener: TcpListener, stop: F) -> Result<(), StartError>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let grace = self.current().options.shutdown_grace;
        let live = self.clone();
        let _purging = purging(move || live.current());
        serve_router(self.router(), listener, grace, stop).await
    }

    fn current(&self) -> Arc<Shared> {
        Arc::clone(&self.shared.read().unwrap_or_else(PoisonError::into_inner))
    }
}
