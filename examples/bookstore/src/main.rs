//! The bookstore: the server that the schema describes, and the Rust that it leaves to us.

/// Generated from the schema by `build.rs`.
mod bookstore {
    include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/bookstore/mod.rs"));
}
mod books;
mod events;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use atlas9_server::{
    ApiKeys, Authenticator, Config, JwtAlgorithm, JwtVerifier, Outbox, Own, Settings, StartError,
    StaticToken, Store, listen, stopped,
};

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
            "a bearer token for development, where no identity provider is named; made up where it is not set",
        ))
        .own(Own::new(
            "jwks_url",
            "BOOKSTORE_JWKS_URL",
            "where the identity provider publishes the keys of its tokens",
        ))
        .own(Own::new("issuer", "BOOKSTORE_ISSUER", "the identity provider, as `iss` of its tokens names it"))
        .own(Own::new("audience", "BOOKSTORE_AUDIENCE", "this service, as `aud` of the tokens names it"))
}

/// The service with its code, as the server and its tests have it.
fn api(store: Store) -> bookstore::Api {
    bookstore::api(store).books(|books| books.reprice(books::reprice).on_create(books::create))
}

async fn serve(settings: &Settings) -> Result<(), StartError> {
    let store = settings.store().await?;
    store.migrate(&bookstore::SERVICE).await?;
    let callers = ApiKeys::new(store.clone()).or(callers(settings)?);
    let telling = tokio::spawn(events::tell(Outbox::new(store.clone())));
    let server = api(store).options(settings.options.clone()).authenticator(callers).start()?;

    let listener = listen(settings.address()).await?;
    if let Ok(address) = listener.local_addr() {
        eprintln!("listening on http://{address}");
    }
    let served = server.serve_on(listener, stopped()).await;
    telling.abort();
    served
}

/// Who finds the callers behind tokens that are no API keys: an identity provider whose keys are at `BOOKSTORE_JWKS_URL` (with
/// `BOOKSTORE_ISSUER` and `BOOKSTORE_AUDIENCE`), and without it the token `BOOKSTORE_TOKEN`, which is for development.
fn callers(settings: &Settings) -> Result<Box<dyn Authenticator>, StartError> {
    let Some(keys) = settings.get("jwks_url") else {
        let token = settings.get("token").map_or_else(made_up_token, str::to_owned);
        return Ok(Box::new(StaticToken::development(&token, &bookstore::SERVICE)));
    };
    let given = |name: &str| {
        settings.get(name).ok_or_else(|| StartError::Wrong(vec![format!("`jwks_url` needs `{name}`")]))
    };
    let tokens = JwtVerifier::jwks_url([JwtAlgorithm::Rs256, JwtAlgorithm::Es256], keys)?;
    Ok(Box::new(tokens.issuer(given("issuer")?).audience(given("audience")?)))
}

/// A token for trying things out.
fn made_up_token() -> String {
    let token = StaticToken::made_up();
    eprintln!("BOOKSTORE_TOKEN is not set; this run takes {token}");
    token
}
