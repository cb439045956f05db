//! What `--help` and `--print-config` print.

use super::Config;
use super::keys::KEYS;
use super::layers::dashed;

/// A value as it is shown, and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) origin: String,
}

/// `port: 8080  # default`: a file that says the same, but for secrets.
pub(super) fn values(shown: &[Shown]) -> String {
    let lines: Vec<(String, &str)> =
        shown.iter().map(|one| (format!("{}: {}", one.name, one.value), one.origin.as_str())).collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or_default();
    lines.iter().map(|(line, origin)| format!("{line:width$}  # {origin}\n")).collect()
}

/// What the program is and which keys it has.
pub(super) fn help(config: &Config) -> String {
    let mut text = format!(
        "{}\n\nUsage: {} [--config FILE] [--print-config] [--KEY VALUE]...\n\nDefaults < FILE (YAML) < environment < flags. A key, `body_limit`, is `body_limit: 2MiB` in the\nfile, ATLAS9_BODY_LIMIT in the environment and `--body-limit` among the flags.\n\n",
        config.about, config.program
    );
    for key in KEYS {
        let also = key.also.map(|variable| format!(" [{variable}]")).unwrap_or_default();
        text += &format!("  {:30} {}: {}{also}\n", dashed(key.name), key.what, key.expected);
    }
    for own in &config.own {
        text += &format!("  {:30} {} [{}]\n", dashed(own.name), own.what, own.variable);
    }
    text += &format!("\n  {:30} the file; also ATLAS9_CONFIG\n", "--config FILE");
    text +=
        &format!("  {:30} prints each value with where it comes from, without secrets\n", "--print-config");
    text
}
