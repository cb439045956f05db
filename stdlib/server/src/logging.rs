//! Logs of a server's own process.

use std::io::IsTerminal as _;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How logs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// A JSON object a line, for programs.
    Json,
}

impl LogFormat {
    /// `text` or `json`.
    pub fn name(self) -> &'static str {
        match self {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        }
    }

    /// `text` or `json`; nothing for another word.
    pub fn named(name: &str) -> Option<LogFormat> {
        match name {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        }
    }
}

/// Writes logs to standard error at these levels. Does nothing where the process has a log already.
pub(crate) fn write_logs(format: LogFormat, levels: &str) {
    let lines = subscriber(format, EnvFilter::new(levels), std::io::stderr, is_colored());
    let _ = tracing::subscriber::set_global_default(lines);
}

/// True for what `RUST_LOG` can be.
pub(crate) fn are_levels(text: &str) -> bool {
    EnvFilter::try_new(text).is_ok()
}

/// Writes logs to standard error, at the levels that `RUST_LOG` names or else `info`; in colour on a terminal, unless `NO_COLOR` is set
/// (no-color.org). Does nothing where the process has a log already.
pub fn logging(format: LogFormat) {
    logging_in(format, is_colored());
}

/// The same, in colour or not.
pub fn logging_in(format: LogFormat, colored: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second call finds the first one's log in place, which is what was asked for.
    let _ = tracing::subscriber::set_global_default(subscriber(format, filter, std::io::stderr, colored));
}

fn is_colored() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// What writes logs in a format at levels in the form of `RUST_LOG`, without colour, for a process that puts its log together itself.
pub fn log_to<W>(format: LogFormat, levels: &str, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    subscriber(format, EnvFilter::new(levels), writer, false)
}

fn subscriber<W>(
    format: LogFormat,
    filter: EnvFilter,
    writer: W,
    colored: bool,
) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colored).with_writer(writer);
    match format {
        LogFormat::Text => Box::new(lines.finish()),
        LogFormat::Json => {
            Box::new(lines.json().flatten_event(true).with_current_span(false).with_span_list(false).finish())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::{LogFormat, log_to};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("a lock").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_log_that_is_no_terminal_has_no_colours() {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = log_to(LogFormat::Text, "info", move || writer.clone());
        tracing::subscriber::with_default(log, || tracing::info!(status = 200, "done"));
        let text = String::from_utf8(kept.0.lock().expect("a lock").clone()).expect("text");
        assert!(text.contains("done status=200"), "{text:?}");
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
