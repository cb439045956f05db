//! Other people's tools, installed by `tests/all` under the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool from npm.
pub fn node(name: &str) -> Command {
    Command::new(installed("node/node_modules/.bin").join(name))
}

/// A tool from PyPI.
pub fn python(name: &str) -> Command {
    Command::new(installed("python/bin").join(name))
}

/// A tool written in Go.
pub fn go(name: &str) -> Command {
    Command::new(installed("go/bin").join(name))
}

/// A script of ours that uses packages from npm: it finds them below `ATLAS9_TOOLS`.
pub fn node_script(path: &Path) -> Command {
    installed("node/node_modules");
    let mut command = Command::new("node");
    command.arg(path);
    command
}

fn installed(folder: &str) -> PathBuf {
    let tools = std::env::var("ATLAS9_TOOLS")
        .unwrap_or_else(|_| panic!("ATLAS9_TOOLS is not set: run tests/all, which installs the tools"));
    let path = PathBuf::from(tools).join(folder);
    assert!(path.is_dir(), "{} is missing: run tests/all, which installs the tools", path.display());
    path
}
