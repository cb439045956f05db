//! A server that can be replaced while it answers.

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::net::TcpListener;

use crate::purge::purging;
use crate::server::{Shared, metrics_router};
use crate::serving::Serving;
use crate::{App, StartError, http};

/// A server that can be replaced while it answers: `atlas9 serve` does so when the schema changes. Requests that have begun end
/// with the server that they began with, and what is counted goes on. Cloning shares it.
#[derive(Clone)]
pub struct Live {
    shared: Arc<RwLock<Arc<Shared>>>,
}

impl Live {
    /// Begins with a server.
    ///
    /// # Errors
    /// As [`App::start`].
    pub fn start(app: App) -> Result<Live, StartError> {
        Ok(Live { shared: Arc::new(RwLock::new(app.start()?.shared)) })
    }

    /// Answers with another server from now on. Its counters begin where those of the present one are: a counter that fell back
    /// would look like a restart. What only the present one counts stays as it is.
    ///
    /// # Errors
    /// As [`App::start`]; the present server stays.
    pub fn replace(&self, app: App) -> Result<(), StartError> {
        let server = app.start_in(Arc::clone(&self.current().process))?;
        *self.shared.write().unwrap_or_else(PoisonError::into_inner) = server.shared;
        Ok(())
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
    /// When the address of [`crate::Metrics::At`] cannot be had.
    pub async fn serve_on<F>(self, listener: TcpListener, stop: F) -> Result<(), StartError>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let [purged, counted] = [self.clone(), self.clone()];
        let purging = purging(move || purged.current());
        let first = self.current();
        let serving = Serving {
            router: self.router(),
            metrics: metrics_router(move || counted.current()),
            options: first.options.clone(),
            process: Arc::clone(&first.process),
        };
        serving.until(listener, stop).await?;
        drop(purging);
        self.current().close().await;
        Ok(())
    }

    fn current(&self) -> Arc<Shared> {
        Arc::clone(&self.shared.read().unwrap_or_else(PoisonError::into_inner))
    }
}
