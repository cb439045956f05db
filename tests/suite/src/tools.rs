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

/// A tool of Go, or one that is installed with it. Nothing is downloaded: what is generated needs the standard library alone.
pub fn go(name: &str) -> Command {
    let folder = installed("go/bin");
    let mut paths = vec![folder.clone()];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(folder.join(name));
    command.env("PATH", std::env::join_paths(paths).expect("paths without colons"));
    command.envs([("GOTOOLCHAIN", "local"), ("GOPROXY", "off"), ("GOFLAGS", ""), ("GOWORK", "off")]);
    command
}

/// The packages from npm.
pub fn node_modules() -> PathBuf {
    installed("node/node_modules")
}

/// A script of ours that uses packages from npm: it finds them below `ATLAS9_TOOLS`.
pub fn node_script(path: &Path) -> Command {
    node_modules();
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
