//! What a package's manifest says, in the form that each language has for it.

use serde_json::Value;

use super::staged::Staged;

/// What a registry shows of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The name that users install it by.
    pub name: String,
    /// The version.
    pub version: String,
    /// Where its source is.
    pub repository: Option<String>,
    /// Whether others may use it.
    pub licence: Licence,
}

/// What a package says of its licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Licence {
    /// It names one.
    Named,
    /// It could name one and does not.
    Missing,
    /// The language's manifests name none: a file beside them does.
    InFile,
}

/// `package.json`
pub fn of_typescript(staged: &Staged<'_>) -> Result<Manifest, String> {
    let json: Value =
        serde_json::from_str(staged.text("package.json")?).map_err(|error| error.to_string())?;
    let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Manifest {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        repository: json.pointer("/repository/url").and_then(Value::as_str).map(str::to_owned),
        licence: match text("license").is_some_and(|license| license != "UNLICENSED") {
            true => Licence::Named,
            false => Licence::Missing,
        },
    })
}

/// `pyproject.toml`, whose strings, as this compiler writes them, are those of JSON.
pub fn of_python(staged: &Staged<'_>) -> Result<Manifest, String> {
    let text = staged.text("pyproject.toml")?;
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
        serde_json::from_str::<String>(line).ok()
    };
    Ok(Manifest {
        name: value("name").ok_or("pyproject.toml names no package")?,
        version: value("version").unwrap_or_default(),
        repository: value("Repository"),
        licence: if value("license").is_some() { Licence::Named } else { Licence::Missing },
    })
}

/// `Cargo.toml`, as the emitter writes it: an entry a line.
pub fn of_rust(staged: &Staged<'_>) -> Result<Manifest, String> {
    let manifest = staged.text("Cargo.toml")?;
    let package = manifest.split("\n[").find_map(|table| table.strip_prefix("package]\n"));
    let package = package.ok_or("Cargo.toml has no package")?;
    let text = |name: &str| {
        let entries = package.lines().filter_map(|line| line.split_once(" = "));
        let found = entries.into_iter().find(|(known, _)| *known == name);
        // A basic string of TOML is one of JSON, but for escapes that no name, version, licence or address holds.
        found.and_then(|(_, text)| serde_json::from_str::<String>(text).ok())
    };
    Ok(Manifest {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        repository: text("repository"),
        licence: if text("license").is_some() { Licence::Named } else { Licence::Missing },
    })
}

/// `go.mod`, which has neither version nor licence: a version is a tag, and a licence is the file `LICENSE`.
pub fn of_go(staged: &Staged<'_>) -> Result<Manifest, String> {
    let module = staged.text("go.mod")?.lines().find_map(|line| line.strip_prefix("module "));
    let module = module.ok_or("go.mod names no module")?.trim().to_owned();
    Ok(Manifest {
        repository: Some(format!("https://{module}")),
        name: module,
        version: staged.version.to_owned(),
        licence: Licence::InFile,
    })
}
