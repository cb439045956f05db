//! The bookstore: the server that the schema describes, and the Rust that it leaves to us.

/// Generated from the schema by `build.rs`.
mod bookstore {
    include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/bookstore/mod.rs"));
}
mod books;

use std::env;
use std::process::ExitCode;

use atlas9_server::{Options, StartError, StaticToken, Store, listen, stopped};

/// An SQLite file in the present folder, unless `DATABASE_URL` names another database, such as
/// `postgres://me@localhost/shop`.
const DATABASE_URL: &str = "sqlite://bookstore.db";

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n(the database is set by DATABASE_URL, the port by PORT)");
            ExitCode::from(2)
        }
    }
}

async fn serve() -> Result<(), StartError> {
    let database = env::var("DATABASE_URL").unwrap_or_else(|_| DATABASE_URL.to_owned());
    let port = env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
    let token = env::var("BOOKSTORE_TOKEN").unwrap_or_else(|_| made_up_token());

    let store = Store::open(&database).await?;
    store.migrate(&bookstore::SERVICE).await?;
    let server = bookstore::api(store)
        .options(options())
        .books(|books| books.reprice(books::reprice).on_create(books::create))
        .authenticator(StaticToken::development(&token, &bookstore::SERVICE))
        .start()?;

    let listener = listen(format!("127.0.0.1:{port}")).await?;
    if let Ok(address) = listener.local_addr() {
        eprintln!("listening on http://{address}");
    }
    server.serve_on(listener, stopped()).await
}

/// `BOOKSTORE_RATE_LIMIT=off` leaves the rate limit of the schema to a gateway in front of the server.
fn options() -> Options {
    let off = env::var("BOOKSTORE_RATE_LIMIT").is_ok_and(|word| word == "off");
    Options { rate_limit: !off, ..Options::default() }
}

/// A token for trying things out. Production takes tokens from an identity provider: see `atlas9_server::Authenticator`.
fn made_up_token() -> String {
    let token = StaticToken::made_up();
    eprintln!("BOOKSTORE_TOKEN is not set; this run takes {token}");
    token
}
