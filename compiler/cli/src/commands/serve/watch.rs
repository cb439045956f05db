//! Watches the schema, and puts a changed one into service.

use std::path::PathBuf;
use std::time::Duration;

use atlas9_driver::diagnostics::{Diagnostic, codes};
use atlas9_server::Live;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{Loaded, database, load};
use crate::args::Serve;
use crate::outcome::Failure;
use crate::reporter::Reporter;

/// Editors write a file in several steps; what comes within this time is one change.
const SETTLE: Duration = Duration::from_millis(100);

/// Watches until the watcher is dropped.
pub fn start(
    loaded: &Loaded,
    args: &Serve,
    token: &str,
    reporter: Reporter,
    live: Live,
) -> Result<RecommendedWatcher, Failure> {
    let (changed, changes) = unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event)) {
            // The other side goes only when the server stops.
            let _ = changed.send(());
        }
    })
    .map_err(unwatchable)?;
    for path in loaded.watched.iter().filter(|path| path.exists()) {
        watcher.watch(path, RecursiveMode::Recursive).map_err(unwatchable)?;
    }
    let reload =
        Reload { root: loaded.root.clone(), args: args.clone(), token: token.to_owned(), reporter, live };
    tokio::spawn(reload.run(changes));
    Ok(watcher)
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
    token: String,
    reporter: Reporter,
    live: Live,
}

impl Reload {
    async fn run(self, mut changes: UnboundedReceiver<()>) {
        while changes.recv().await.is_some() {
            tokio::time::sleep(SETTLE).await;
            while changes.try_recv().is_ok() {}
            self.once().await;
        }
    }

    async fn once(&self) {
        match load(Some(&self.root), &self.args, &self.token, &self.reporter).await {
            Ok(loaded) => {
                self.live.replace(&loaded.server);
                let service = loaded.service;
                let place = database::shown(&loaded.database);
                self.reporter.say(&format!("reloaded {} {} on {place}", service.name, service.version));
            }
            Err(failure) => {
                self.reporter.complain(&failure.sources, &failure.diagnostics);
                self.reporter.say("the schema before this change is still served");
            }
        }
    }
}

fn unwatchable(error: notify::Error) -> Failure {
    Diagnostic::error(codes::E0001, format!("the schema cannot be watched: {error}"))
        .help("serve without it: `--no-reload`")
        .into()
}
