//! Logs of a server's own process.

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
    let _ =
        tracing::subscriber::set_global_default(subscriber(format, EnvFilter::new(levels), std::io::stderr));
}

/// True for what `RUST_LOG` can be.
pub(crate) fn are_levels(text: &str) -> bool {
    EnvFilter::try_new(text).is_ok()
}

/// Writes logs to standard error, at the levels that `RUST_LOG` names or else `info`. Does nothing where the process has a
/// log already.
pub fn logging(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second call finds the first one's log in place, which is what was asked for.
    let _ = tracing::subscriber::set_global_default(subscriber(format, filter, std::io::stderr));
}

/// What writes logs in a format at levels in the form of `RUST_LOG`, for a process that puts its log together itself.
pub fn log_to<W>(format: LogFormat, levels: &str, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    subscriber(format, EnvFilter::new(levels), writer)
}

fn subscriber<W>(format: LogFormat, filter: EnvFilter, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    match format {
        LogFormat::Text => Box::new(lines.finish()),
        LogFormat::Json => {
            Box::new(lines.json().flatten_event(true).with_current_span(false).with_span_list(false).finish())
        }
    }
}
