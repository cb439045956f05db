//! What a package's manifest says, in the form that each language has for it.

use serde_json::Value;
use toml_edit::{DocumentMut, Item};

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
    /// True where others may use it.
    pub licensed: bool,
}

/// `package.json`
pub fn of_typescript(staged: &Staged<'_>) -> Result<Manifest, String> {
    let json: Value =
        serde_json::from_str(staged.text("package.json")?).map_err(|error| error.to_string())?;
    let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Manifest {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        repository: text("repository"),
        licensed: text("license").is_some_and(|license| license != "UNLICENSED"),
    })
}

/// `Cargo.toml`
pub fn of_rust(staged: &Staged<'_>) -> Result<Manifest, String> {
    let toml = toml(staged, "Cargo.toml")?;
    let package = &toml["package"];
    Ok(Manifest {
        name: text(package.get("name")).unwrap_or_default(),
        version: text(package.get("version")).unwrap_or_default(),
        repository: text(package.get("repository")),
        licensed: package.get("license").is_some() || package.get("license-file").is_some(),
    })
}

/// `pyproject.toml`
pub fn of_python(staged: &Staged<'_>) -> Result<Manifest, String> {
    let toml = toml(staged, "pyproject.toml")?;
    let project = &toml["project"];
    let urls = project.get("urls");
    let repository = ["Repository", "repository", "Source"].iter().find_map(|name| text(urls?.get(*name)));
    Ok(Manifest {
        name: text(project.get("name")).unwrap_or_default(),
        version: text(project.get("version")).unwrap_or_default(),
        repository,
        licensed: project.get("license").is_some(),
    })
}

/// `go.mod`, which has neither version nor licence: a version is a tag, and a licence is a file.
pub fn of_go(staged: &Staged<'_>) -> Result<Manifest, String> {
    let module = staged.text("go.mod")?.lines().find_map(|line| line.strip_prefix("module "));
    let module = module.ok_or("go.mod names no module")?.trim().to_owned();
    Ok(Manifest {
        repository: Some(format!("https://{module}")),
        name: module,
        version: staged.version.to_owned(),
        licensed: staged.text("LICENSE").is_ok(),
    })
}

fn toml(staged: &Staged<'_>, path: &str) -> Result<DocumentMut, String> {
    staged.text(path)?.parse().map_err(|error: toml_edit::TomlError| error.to_string())
}

fn text(item: Option<&Item>) -> Option<String> {
    item?.as_str().map(str::to_owned)
}
