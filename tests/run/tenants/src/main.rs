//! The third service: the server that the schema describes, for the callers of two tenants and one of none.

/// Generated from the schema by `build.rs`.
mod crm {
    include!(concat!(env!("OUT_DIR"), "/atlas9/rust-server/tenants/mod.rs"));
}
mod code;
#[cfg(test)]
mod tests;

use std::env;
use std::process::ExitCode;

use atlas9_server::{Principal, StartError, StaticToken, Store, listen, stopped};

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

/// The service with its code.
fn api(store: Store) -> crm::Api {
    crm::api(store).contacts(|contacts| contacts.unguarded(code::unguarded))
}

async fn serve() -> Result<(), StartError> {
    let given = |name: &str| env::var(name).unwrap_or_default();
    let store = Store::open(&given("DATABASE_URL")).await?;
    store.migrate(&crm::SERVICE).await?;
    let nobody = StaticToken::new("of-nobody", Principal::new("nobody", [""; 0]));
    let tokens = given("CRM_TOKENS");
    let tokens = tokens.split(',').map(|token| StaticToken::development(token, &crm::SERVICE));
    let server = api(store).authenticator(tokens.fold(nobody, StaticToken::and)).start()?;
    let listener = listen(format!("127.0.0.1:{}", given("PORT"))).await?;
    if let Ok(address) = listener.local_addr() {
        eprintln!("listening on http://{address}");
    }
    server.serve_on(listener, stopped()).await
}
