//! The library: the server that the schema describes, and the Rust that it leaves to us.

/// Generated from the schema by `build.rs`.
mod library {
    include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/library/mod.rs"));
}
mod code;
#[cfg(test)]
mod tests;

use std::env;
use std::process::ExitCode;

use atlas9_server::{ApiKeys, StartError, StaticToken, Store, listen, stopped};

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// The service with its code, as the server and its tests have it.
fn api(store: Store) -> library::Api {
    library::api(store)
        .login(code::login)
        .book_for(code::book_for)
        .prices(code::prices)
        .tidy(code::tidy)
        .books(|books| books.most_lent(code::most_lent).import(code::import))
        .chapters(|chapters| chapters.longest(code::longest))
}

async fn serve() -> Result<(), StartError> {
    let given = |name: &str| env::var(name).unwrap_or_default();
    let store = Store::open(&given("DATABASE_URL")).await?;
    store.migrate(&library::SERVICE).await?;
    let keys = ApiKeys::new(store.clone());
    let server = api(store)
        .authenticator(keys.or(StaticToken::development(&given("LIBRARY_TOKEN"), &library::SERVICE)))
        .start()?;
    let listener = listen(format!("127.0.0.1:{}", given("PORT"))).await?;
    if let Ok(address) = listener.local_addr() {
        eprintln!("listening on http://{address}");
    }
    server.serve_on(listener, stopped()).await
}
