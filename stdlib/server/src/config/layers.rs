//! The layers, one over the other.

use std::collections::BTreeMap;
use std::path::Path;

use super::keys::{KEYS, Key};
use super::report::Shown;
use super::{Config, Ended, Own, Settings, file};
use crate::nearest::suggestion;
use crate::options::Pool;
use crate::store::without_password;
use crate::{LogFormat, Options};

/// What variables of the environment begin with.
const PREFIX: &str = "ATLAS9_";

/// What is given so far, and what is wrong with it.
pub(super) struct Layers<'c> {
    config: &'c Config,
    /// A value and where it comes from, by key. Flags come first and stay.
    given: BTreeMap<&'static str, (String, String)>,
    flags: BTreeMap<&'static str, (String, String)>,
    wrong: Vec<String>,
}

/// What flags say beside values.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) help: bool,
    pub(super) print: bool,
    pub(super) config: Option<String>,
}

impl<'c> Layers<'c> {
    pub(super) fn new(config: &'c Config) -> Layers<'c> {
        let given =
            config.defaults.iter().map(|(key, value)| (*key, ((*value).to_owned(), "default".to_owned())));
        Layers { config, given: given.collect(), flags: BTreeMap::new(), wrong: Vec::new() }
    }

    /// Reads flags: `--body-limit 2MiB` or `--body-limit=2MiB`.
    pub(super) fn arguments(&mut self, arguments: &[String]) -> Asked {
        let mut asked = Asked::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let (flag, value) = match argument.split_once('=') {
                Some((flag, value)) => (flag, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            match flag {
                "--help" | "-h" => asked.help = true,
                "--print-config" => asked.print = true,
                _ => {
                    let known = self.flag(flag);
                    let value = if known.is_some() { value.or_else(|| rest.next().cloned()) } else { value };
                    self.flagged(&mut asked, flag, known, value);
                }
            }
        }
        asked
    }

    fn flagged(&mut self, asked: &mut Asked, flag: &str, known: Option<&'static str>, value: Option<String>) {
        match (known, value) {
            (Some(_), None) => self.wrong.push(format!("`{flag}` has no value: write `{flag} VALUE`")),
            (Some("config"), value) => asked.config = value,
            (Some(key), Some(value)) => {
                self.flags.insert(key, (value, format!("flag {flag}")));
            }
            (None, _) => {
                let flags: Vec<String> = self.names().map(dashed).collect();
                let hint = suggestion(flag, flags.iter().map(String::as_str));
                self.wrong.push(format!("there is no flag `{flag}`{hint} (`--help` prints them all)"));
            }
        }
    }

    fn flag(&self, flag: &str) -> Option<&'static str> {
        if flag == "--config" { Some("config") } else { self.names().find(|name| dashed(name) == flag) }
    }

    /// Reads a file.
    pub(super) fn file(&mut self, path: &Path) {
        let lines = match file::read(path) {
            Ok(lines) => lines,
            Err(sentence) => return self.wrong.push(sentence),
        };
        for line in lines {
            let place = format!("{}:{}", path.display(), line.line);
            let known = self.names().find(|name| *name == line.key);
            match known {
                Some(key) => drop(self.given.insert(key, (line.value, format!("file {place}")))),
                None => {
                    let hint = suggestion(&line.key, self.names());
                    self.wrong.push(format!("{place}: there is no key `{}`{hint}", line.key));
                }
            }
        }
    }

    /// Reads variables of the environment; an empty one is none.
    pub(super) fn environment(&mut self, variables: &BTreeMap<String, String>) {
        let known: Vec<(&'static str, String)> = self.variables();
        for (key, variable) in &known {
            if let Some(value) = variables.get(variable).filter(|value| !value.is_empty()) {
                self.given.insert(*key, (value.clone(), format!("environment {variable}")));
            }
        }
        let names = || known.iter().map(|(_, variable)| variable.as_str()).chain(["ATLAS9_CONFIG"]);
        let names = || names().filter_map(|name| name.strip_prefix(PREFIX));
        for name in variables.keys().filter_map(|name| name.strip_prefix(PREFIX)) {
            let hint = suggestion(name, names());
            // Other programs have variables that begin alike.
            if !names().any(|known| known == name) && !hint.is_empty() {
                let hint = hint.replacen('`', &format!("`{PREFIX}"), 1);
                self.wrong.push(format!("there is no setting `{PREFIX}{name}` in the environment{hint}"));
            }
        }
    }

    /// The variables of each key, the one that wins last.
    fn variables(&self) -> Vec<(&'static str, String)> {
        let also = KEYS.iter().filter_map(|key| Some((key.name, key.also?.to_owned())));
        let prefixed = KEYS.iter().map(|key| (key.name, format!("{PREFIX}{}", key.name.to_uppercase())));
        let own = self.config.own.iter().map(|own| (own.name, own.variable.to_owned()));
        also.chain(prefixed).chain(own).collect()
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        KEYS.iter().map(|key| key.name).chain(self.config.own.iter().map(|own| own.name))
    }

    /// The values of all keys.
    pub(super) fn settings(mut self) -> Result<Settings, Ended> {
        self.given.append(&mut self.flags);
        let mut settings = Settings {
            database_url: String::new(),
            pool: Pool::default(),
            host: "127.0.0.1".to_owned(),
            port: 8080,
            log_format: LogFormat::default(),
            log_levels: "info".to_owned(),
            options: Options::default(),
            own: BTreeMap::new(),
            shown: Vec::new(),
        };
        for key in KEYS {
            self.set(&mut settings, key);
        }
        for own in &self.config.own {
            settings.shown.push(shown_own(own, self.given.get(own.name)));
            settings.own.extend(self.given.get(own.name).map(|(value, _)| (own.name, value.clone())));
        }
        if self.wrong.is_empty() { Ok(settings) } else { Err(Ended::Wrong(self.wrong)) }
    }

    fn set(&mut self, settings: &mut Settings, key: &Key) {
        let given = self.given.get(key.name);
        if let Some((value, origin)) = given
            && (key.set)(settings, value).is_none()
        {
            // What is wrong may be a secret in the wrong place.
            let shown = if is_secret(key) { "its value".to_owned() } else { format!("`{value}`") };
            self.wrong.push(format!("`{}` ({origin}): {shown} is not {}", key.name, key.expected));
        }
        if given.is_none() && key.name == "database_url" {
            let how = "set DATABASE_URL, or `--database-url`";
            self.wrong.push(format!("`database_url` is not set: {how} to {}", key.expected));
        }
        let origin = given.map_or_else(|| "default".to_owned(), |(_, origin)| origin.clone());
        settings.shown.push(Shown { name: key.name, value: (key.show)(settings), origin });
    }
}

fn is_secret(key: &Key) -> bool {
    matches!(key.name, "cursor_secret" | "database_url")
}

fn shown_own(own: &Own, given: Option<&(String, String)>) -> Shown {
    let value = match given {
        Some(_) if own.secret => "***".to_owned(),
        // Any of them can be an address, with a password in it.
        Some((value, _)) => without_password(value),
        None => "(not set)".to_owned(),
    };
    let origin = given.map_or_else(|| "default".to_owned(), |(_, origin)| origin.clone());
    Shown { name: own.name, value, origin }
}

/// The flag of a key.
pub(super) fn dashed(name: &str) -> String {
    format!("--{}", name.replace('_', "-"))
}
