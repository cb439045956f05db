//! `atlas9 serve`: a schema answers requests without a compiler.

mod watch;

use std::path::Path;

use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_driver::{Service, service};
use atlas9_server::{
    ApiKeys, App, Live, LogFormat, Options, StartError, StaticToken, Store, StoreError, listen, logging_in,
    stopped, without_password,
};

use super::database;
use crate::args::Serve;
use crate::outcome::{Failure, Outcome};
use crate::package::open_sound;
use crate::reporter::Reporter;

pub fn run(args: &Serve, reporter: &Reporter) -> Result<Outcome, Failure> {
    if reporter.is_verbose() {
        let format = std::env::var("ATLAS9_LOG_FORMAT").ok().and_then(|name| LogFormat::named(&name));
        logging_in(format.unwrap_or_default(), reporter.is_colored());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Diagnostic::error(codes::E0012, format!("the server cannot start: {error}")))?;
    runtime.block_on(serve(args, reporter))
}

/// What is served of a package as it is now.
struct Loaded {
    watched: Vec<std::path::PathBuf>,
    root: std::path::PathBuf,
    service: &'static Service,
    database: String,
}

async fn serve(args: &Serve, reporter: &Reporter) -> Result<Outcome, Failure> {
    let given = !args.dev_token.is_empty();
    let tokens = if given { args.dev_token.clone() } else { vec![StaticToken::made_up()] };
    let (app, loaded) = load(args.package.package.as_deref(), args, &tokens, reporter).await?;
    let listener = listen(format!("{}:{}", args.host, args.port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(|error| failed(StartError::Serving(error.to_string())))?;
    let live = Live::start(app).map_err(failed)?;
    if !args.no_reload {
        watch::start(&loaded, args, &tokens, *reporter, live.clone())?;
    }
    // Whoever reads that it listens may change the schema at once.
    announce(reporter, &loaded, tokens.first().filter(|_| !given), &format!("http://{address}"));
    live.serve_on(listener, stopped()).await.map_err(failed)?;
    reporter.say("stopped");
    Ok(Outcome::Clean)
}

/// Reads the package and puts its server together.
async fn load(
    package: Option<&Path>,
    args: &Serve,
    tokens: &[String],
    reporter: &Reporter,
) -> Result<(App, Loaded), Failure> {
    let opened = open_sound(package, None, reporter)?;
    let service =
        service(opened.ir()?, &opened.checked.config).map_err(|diagnostics| opened.fail(diagnostics))?;
    let database = database::url(args.database.as_deref(), &opened.root, service)?;
    let store = Store::open(&database).await.map_err(|error| failed(error.into()))?;
    store.migrate(service).await.map_err(|error| failed(error.into()))?;
    let keys = ApiKeys::new(store.clone());
    let app = App::new(service, store)
        .options(Options { missing_handlers_answer_501: true, ..Options::default() })
        .authenticator(keys.or(authenticator(tokens, service)));
    Ok((app, Loaded { watched: opened.watched, root: opened.root, service, database }))
}

/// Every token is for the same caller, of one tenant or another.
fn authenticator(tokens: &[String], service: &Service) -> StaticToken {
    let tokens = tokens.iter().map(|token| StaticToken::development(token, service));
    tokens.reduce(StaticToken::and).unwrap_or_default()
}

fn announce(reporter: &Reporter, loaded: &Loaded, made_up: Option<&String>, url: &str) {
    let service = loaded.service;
    reporter.say(&format!("{} {} on {}", service.name, service.version, without_password(&loaded.database)));
    if let Some(token) = made_up.filter(|_| !service.auth.is_empty()) {
        reporter.say(&format!("development token, with every scope: {token}"));
        if let Some(tenant) = StaticToken::development_tenant(service) {
            reporter.say(&format!("its tenant: {tenant}"));
        }
    }
    for resource in service.resources {
        reporter.say(&format!("  {url}{}", resource.path));
    }
    reporter.say(&format!("  {url}/openapi.json"));
    reporter.say(&format!("  {url}/docs"));
    // The last line, and said even to those who want quiet: without it nobody knows a port that was chosen freely.
    reporter.always(&format!("listening on {url}"));
}

/// The complaint that belongs to a server that does not start.
fn failed(error: StartError) -> Failure {
    let (code, message, help) = match &error {
        StartError::Store(StoreError::Changed { .. } | StoreError::Ahead { .. }) => (
            codes::E0013,
            "the tables of this database are those of another version of the schema".to_owned(),
            "name a new database with `--database`; without it, `serve` keeps one for each version of the tables",
        ),
        StartError::Store(_) => (
            codes::E0013,
            error.to_string(),
            "check the URL and that the database runs, or leave `--database` out",
        ),
        StartError::Address { .. } => (
            codes::E0012,
            error.to_string(),
            "choose another port with `--port`; `--port 0` takes a free one",
        ),
        StartError::Serving(_) => (codes::E0012, error.to_string(), "start it again"),
        StartError::Wrong(_) => {
            (codes::E0008, error.to_string(), "this is a bug of atlas9: please report it with the schema")
        }
    };
    Diagnostic::error(code, message).help(help).into()
}
