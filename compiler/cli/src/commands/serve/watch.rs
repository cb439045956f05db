//! Watches the schema, and puts a changed one into service.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_server::{Live, without_password};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{Loaded, failed, load};
use crate::args::Serve;
use crate::outcome::Failure;
use crate::reporter::Reporter;

/// Editors write a file in several steps; what comes within this time is one change.
const SETTLE: Duration = Duration::from_millis(100);

/// Watches for as long as the process runs.
pub fn start(
    loaded: &Loaded,
    args: &Serve,
    tokens: &[String],
    reporter: Reporter,
    live: Live,
) -> Result<(), Failure> {
    let (changed, changes) = unbounded_channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event)) {
            // The other side goes only when the server stops.
            let _ = changed.send(());
        }
    })
    .map_err(unwatchable)?;
    let (args, tokens) = (args.clone(), tokens.to_owned());
    let database = loaded.database.clone();
    let watched = BTreeSet::new();
    let mut reload =
        Reload { root: loaded.root.clone(), args, tokens, reporter, live, watcher, watched, database };
    reload.watch(&loaded.watched)?;
    tokio::spawn(reload.run(changes));
    Ok(())
}

/// Reading a file is an event too, and every reload reads them all.
fn is_change(event: &Event) -> bool {
    let schema =
        |path: &PathBuf| path.extension().is_some_and(|end| end == "atlas" || end == "yaml") || path.is_dir();
    matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
        && event.paths.iter().any(schema)
}

struct Reload {
    root: PathBuf,
    args: Serve,
    tokens: Vec<String>,
    reporter: Reporter,
    live: Live,
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    /// The database that is served.
    database: String,
}

impl Reload {
    async fn run(mut self, mut changes: UnboundedReceiver<()>) {
        while changes.recv().await.is_some() {
            tokio::time::sleep(SETTLE).await;
            while changes.try_recv().is_ok() {}
            self.watch_all();
            if let Err(failure) = self.once().await {
                self.reporter.complain(failure.findings());
                self.reporter.say("the schema before this change is still served");
            }
        }
    }

    async fn once(&mut self) -> Result<(), Failure> {
        let (app, loaded) = load(Some(&self.root), &self.args, &self.tokens, &self.reporter).await?;
        self.live.replace(app).map_err(failed)?;
        self.reporter.say(&format!("reloaded {} {}", loaded.service.name, loaded.service.version));
        if loaded.database != self.database {
            let [now, before] = [&loaded.database, &self.database].map(|url| without_password(url));
            self.reporter
                .say(&format!("the tables are others: now on {now}; what was stored is in {before}"));
            self.database = loaded.database;
        }
        Ok(())
    }

    /// Watches what the package consists of now, whatever is wrong with it: where a dependency is new and broken, mending it is
    /// the next change.
    fn watch_all(&mut self) {
        let watched = atlas9_build::load(&self.root).map(|loaded| loaded.watched()).unwrap_or_default();
        if let Err(failure) = self.watch(&watched) {
            self.reporter.complain(failure.findings());
        }
    }

    /// Watches these paths too; a change of `atlas.yaml` can name other folders.
    fn watch(&mut self, paths: &[PathBuf]) -> Result<(), Failure> {
        for path in paths.iter().filter(|path| path.exists()) {
            if self.watched.insert(path.clone()) {
                self.watcher.watch(path, RecursiveMode::Recursive).map_err(unwatchable)?;
            }
        }
        Ok(())
    }
}

fn unwatchable(error: notify::Error) -> Failure {
    Diagnostic::error(codes::E0001, format!("the schema cannot be watched: {error}"))
        .help("serve without it: `--no-reload`")
        .into()
}
