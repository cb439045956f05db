//! The generated server.

/// Generated from the schema by `build.rs`.
mod load {
    include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/load/mod.rs"));
}

use atlas9_server::descriptor::Service;
use atlas9_server::{App, LogFormat, StaticToken, Store, listen, logging, stopped};

use crate::args::{Serve, TOKEN};
use crate::{Failed, text};

/// The same without callers and limits.
static BARE: Service = Service { auth: &[], rate_limit: None, ..load::SERVICE };

/// Serves until it is told to stop.
///
/// # Errors
/// When the server cannot start.
pub async fn serve(serve: &Serve) -> Result<(), Failed> {
    let service: &'static Service = if serve.bare { &BARE } else { &load::SERVICE };
    if !serve.bare {
        logging(LogFormat::Text);
    }
    let store = Store::open(&serve.database).await.map_err(text)?;
    store.migrate(service).await.map_err(text)?;
    let token = StaticToken::development(TOKEN, service);
    let server = App::new(service, store).authenticator(token).start().map_err(text)?;
    let listener = listen("127.0.0.1:0").await.map_err(text)?;
    eprintln!("listening on http://{}", listener.local_addr().map_err(text)?);
    server.serve_on(listener, stopped()).await.map_err(text)
}
