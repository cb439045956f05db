//! Settings of a server's process in layers: defaults, a file, the environment, flags. Each knows where it comes from.
//!
//! ```no_run
//! use atlas9_server::{Config, Own};
//!
//! let config = Config::new("shop", "The server of the shop.")
//!     .default("database_url", "sqlite://shop.db")
//!     .own(Own::secret("token", "SHOP_TOKEN", "the bearer token"));
//! let settings = match config.load() {
//!     Ok(settings) => settings,
//!     // `--help`, `--print-config`, or everything that is wrong.
//!     Err(end) => std::process::exit(i32::from(end.tell())),
//! };
//! assert_eq!(settings.options.body_limit, 1 << 20);
//! ```
//!
//! A key, `body_limit`, is `body_limit: 2MiB` in the file that `--config` or `ATLAS9_CONFIG` names (YAML), `ATLAS9_BODY_LIMIT` in the
//! environment and `--body-limit` among the flags. `DATABASE_URL`, `PORT` and `RUST_LOG` are read too; the longer name wins. `--help`
//! prints the keys, `--print-config` their values, where each comes from, and no secrets. A key of the file or a flag that is not
//! known is an error; a variable of the environment only where its name is near to a known one, since others may be for other programs.

mod file;
mod keys;
mod layers;
mod report;
mod value;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::options::Pool;
use crate::store::StoreError;
use crate::{LogFormat, Options, Store};
use layers::Layers;
pub(crate) use report::Shown;

/// Everything that a server's process is told.
#[derive(Clone)]
pub struct Settings {
    /// `database_url`: what [`Store::open`] takes.
    pub database_url: String,
    /// The database's connections.
    pub pool: Pool,
    /// `host`: the address to listen at. Default: `127.0.0.1`.
    pub host: String,
    /// `port`: the port to listen at; 0 takes a free one. Default: 8080.
    pub port: u16,
    /// `log_format`. Default: text.
    pub log_format: LogFormat,
    /// `log_levels`, in the form of `RUST_LOG`. Default: `info`.
    pub log_levels: String,
    /// What the server keeps to.
    pub options: Options,
    own: BTreeMap<&'static str, String>,
    shown: Vec<Shown>,
}

/// A key of the program's own.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    name: &'static str,
    variable: &'static str,
    what: &'static str,
    secret: bool,
}

impl Own {
    /// A key, the variable of the environment that sets it, and what it is.
    pub const fn new(name: &'static str, variable: &'static str, what: &'static str) -> Own {
        Own { name, variable, what, secret: false }
    }

    /// The same for a value that nobody is shown.
    pub const fn secret(name: &'static str, variable: &'static str, what: &'static str) -> Own {
        Own { name, variable, what, secret: true }
    }
}

/// Which keys a program has.
#[derive(Clone, Debug)]
pub struct Config {
    program: &'static str,
    about: &'static str,
    defaults: Vec<(&'static str, &'static str)>,
    own: Vec<Own>,
}

/// Why a program does not go on.
#[derive(Debug)]
pub enum Ended {
    /// It was asked to print this: help, or the settings.
    Asked(String),
    /// What is wrong with the settings, each in a sentence.
    Wrong(Vec<String>),
}

impl Ended {
    /// Prints it, and returns the status to exit with: 0 where it was asked for, else 2.
    pub fn tell(&self) -> u8 {
        match self {
            Ended::Asked(text) => {
                println!("{}", text.trim_end());
                0
            }
            Ended::Wrong(sentences) => {
                eprintln!("{}", sentences.join("\n"));
                2
            }
        }
    }
}

impl Config {
    /// The keys that every server has.
    pub fn new(program: &'static str, about: &'static str) -> Config {
        Config { program, about, defaults: Vec::new(), own: Vec::new() }
    }

    /// Another default, in the form in which the value stands in a file.
    #[must_use]
    pub fn default(mut self, key: &'static str, value: &'static str) -> Config {
        self.defaults.push((key, value));
        self
    }

    /// A key of the program's own.
    #[must_use]
    pub fn own(mut self, key: Own) -> Config {
        self.own.push(key);
        self
    }

    /// Reads the arguments and the environment of the process, and the file that they name.
    ///
    /// # Errors
    /// As [`Config::load_from`].
    pub fn load(&self) -> Result<Settings, Ended> {
        let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        let arguments: Vec<String> = std::env::args_os().skip(1).map(text).collect();
        let variables = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
        self.load_from(&arguments, &variables.collect())
    }

    /// Reads these arguments, these variables of the environment, and the file that they name.
    ///
    /// # Errors
    /// What was asked for instead, or everything that is wrong at once: keys that are not known, values that are none, with where
    /// they stand and what is expected.
    pub fn load_from(
        &self,
        arguments: &[String],
        variables: &BTreeMap<String, String>,
    ) -> Result<Settings, Ended> {
        let mut layers = Layers::new(self);
        let asked = layers.arguments(arguments);
        if asked.help {
            return Err(Ended::Asked(report::help(self)));
        }
        let named = variables.get("ATLAS9_CONFIG").filter(|name| !name.is_empty());
        if let Some(file) = asked.config.or_else(|| named.cloned()) {
            layers.file(&PathBuf::from(file));
        }
        layers.environment(variables);
        let settings = layers.settings()?;
        match asked.print {
            true => Err(Ended::Asked(report::values(&settings.shown))),
            false => Ok(settings),
        }
    }
}

impl Settings {
    /// The value of a key of the program's own, where one was given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(String::as_str)
    }

    /// `host:port`, for [`crate::listen`].
    pub fn address(&self) -> String {
        match self.host.contains(':') {
            true => format!("[{}]:{}", self.host, self.port),
            false => format!("{}:{}", self.host, self.port),
        }
    }

    /// Opens the database.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn store(&self) -> Result<Store, StoreError> {
        Store::open_with(&self.database_url, &self.pool).await
    }

    /// Writes logs as the settings say.
    pub fn logging(&self) {
        crate::logging::write_logs(self.log_format, &self.log_levels);
    }
}
