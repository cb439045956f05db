//! The bookstore: the server that the schema describes, and the Rust that it leaves to us.

/// Generated from the schema by `build.rs`.
mod bookstore {
    include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/bookstore/mod.rs"));
}
mod books;

use std::process::ExitCode;

use atlas9_server::{Config, Own, Settings, StartError, StaticToken, listen, stopped};

#[tokio::main]
async fn main() -> ExitCode {
    let settings = match config().load() {
        Ok(settings) => settings,
        Err(end) => return ExitCode::from(end.tell()),
    };
    settings.logging();
    match serve(&settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n(`--print-config` tells what is set, `--help` how to set it)");
            ExitCode::from(2)
        }
    }
}

/// What can be set: everything that every server has, and the token.
fn config() -> Config {
    Config::new("bookstore", "The bookstore of atlas9's documentation.")
        .default("database_url", "sqlite://bookstore.db")
        // A line a request is too much for a terminal; `--log-levels info` shows them.
        .default("log_levels", "warn")
        .own(Own::secret(
            "token",
            "BOOKSTORE_TOKEN",
            "the bearer token that is taken; made up where it is not set",
        ))
}

async fn serve(settings: &Settings) -> Result<(), StartError> {
    let store = settings.store().await?;
    store.migrate(&bookstore::SERVICE).await?;
    let token = settings.get("token").map_or_else(made_up_token, str::to_owned);
    let server = bookstore::api(store)
        .options(settings.options.clone())
        .books(|books| books.reprice(books::reprice).on_create(books::create))
        .authenticator(StaticToken::development(&token, &bookstore::SERVICE))
        .start()?;

    let listener = listen(settings.address()).await?;
    if let Ok(address) = listener.local_addr() {
        eprintln!("listening on http://{address}");
    }
    server.serve_on(listener, stopped()).await
}

/// A token for trying things out. Production takes tokens from an identity provider: see `atlas9_server::Authenticator`.
fn made_up_token() -> String {
    let token = StaticToken::made_up();
    eprintln!("BOOKSTORE_TOKEN is not set; this run takes {token}");
    token
}
