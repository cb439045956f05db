//! `atlas9 keys`: the API keys of a service's database.

mod scopes;
mod shown;

use atlas9_build::find;
use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::service;
use atlas9_server::value::Timestamp;
use atlas9_server::{ApiKeys, NewApiKey, Store, StoreError};

use super::database;
use crate::args::{CreateKey, KeyDatabase, Keys, RevokeKey};
use crate::outcome::{Failure, Outcome};
use crate::package::{Opened, open_sound};
use crate::reporter::Reporter;

pub fn run(args: &Keys, reporter: &Reporter) -> Result<Outcome, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Diagnostic::error(codes::E0012, format!("the command cannot start: {error}")))?;
    runtime.block_on(async {
        match args {
            Keys::Create(args) => create(args, reporter).await,
            Keys::List(args) => list(args, reporter).await,
            Keys::Revoke(args) => revoke(args, reporter).await,
        }
    })
}

async fn create(args: &CreateKey, reporter: &Reporter) -> Result<Outcome, Failure> {
    let package = package(&args.database, reporter)?;
    if let Some(package) = &package {
        scopes::check(&args.scope, package)?;
    }
    let keys = open(&args.database, package.as_ref()).await?;
    let mut new = NewApiKey::new(&args.name, &args.scope);
    if let Some(tenant) = &args.tenant {
        new = new.tenant(tenant);
    }
    if let Some(principal) = &args.principal {
        new = new.principal(principal);
    }
    if let Some(life) = args.expires {
        new = new.expires_at(end(life.0)?);
    }
    let (text, key) = keys.create(new).await.map_err(failed)?;
    reporter.result(&shown::created(&text, &key, reporter.for_programs()));
    reporter.say(&format!(
        "this is the key of {}, and the only time it is shown; `atlas9 keys revoke {}` ends it",
        key.name, key.id
    ));
    Ok(Outcome::Clean)
}

async fn list(args: &KeyDatabase, reporter: &Reporter) -> Result<Outcome, Failure> {
    let package = package(args, reporter)?;
    let keys = open(args, package.as_ref()).await?.list().await.map_err(failed)?;
    reporter.result(&shown::listed(&keys, Timestamp::now(), reporter.for_programs()));
    Ok(Outcome::Clean)
}

async fn revoke(args: &RevokeKey, reporter: &Reporter) -> Result<Outcome, Failure> {
    let package = package(&args.database, reporter)?;
    let keys = open(&args.database, package.as_ref()).await?;
    let Some(key) = keys.revoke(&args.id).await.map_err(failed)? else {
        let message = format!("there is no API key with the id `{}`", args.id);
        return Err(Diagnostic::error(codes::E0039, message).help("`atlas9 keys list` shows the ids").into());
    };
    reporter.result(&shown::revoked(&key, reporter.for_programs()));
    Ok(Outcome::Clean)
}

/// The package that was named, or the nearest one upward. A database that was named needs none.
fn package(args: &KeyDatabase, reporter: &Reporter) -> Result<Option<Opened>, Failure> {
    let named = args.package.package.as_deref();
    if named.is_none() && args.database.is_some() && find(None).is_err() {
        return Ok(None);
    }
    open_sound(named, None, reporter).map(Some)
}

/// The keys of the database that was named, or of the one that `serve` keeps for the package.
async fn open(args: &KeyDatabase, package: Option<&Opened>) -> Result<ApiKeys, Failure> {
    let url = match (&args.database, package) {
        (Some(url), _) => url.clone(),
        (None, Some(package)) => {
            let service = service(package.ir()?, &package.checked.config);
            let service = service.map_err(|diagnostics| package.fail(diagnostics))?;
            database::url(None, &package.root, service)?
        }
        (None, None) => String::new(),
    };
    let store = Store::open_existing(&url).await.map_err(failed)?;
    Ok(ApiKeys::new(store))
}

/// The end of a life that begins now, in microseconds.
fn end(life: i64) -> Result<Timestamp, Failure> {
    let end = Timestamp::now().micros().checked_add(life).and_then(Timestamp::from_micros);
    end.ok_or_else(|| {
        Diagnostic::error(codes::E0039, "the key would last longer than the calendar does")
            .help("leave `--expires` out for a key that does not expire")
            .into()
    })
}

fn failed(error: StoreError) -> Failure {
    let help = match &error {
        StoreError::NoTables => {
            "start the service on this database once: it makes them, as `atlas9 serve` does"
        }
        StoreError::LongPrincipal => "give `--principal` a shorter one",
        _ => "check the URL and that the database runs; `--database` names another one",
    };
    Diagnostic::error(codes::E0013, error.to_string()).help(help).into()
}
