//! The registries that SDKs are uploaded to, and what their own clients say of a package before that.

use super::manifest::{self, Manifest};
use super::staged::Staged;

/// A registry.
pub struct Registry {
    /// The emitter whose packages go there.
    pub emitter: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What the package's manifest says.
    pub manifest: fn(&Staged<'_>) -> Result<Manifest, String>,
    /// What is run in the package, one after the other: the registry client's own checks of what it would upload.
    pub steps: &'static [Step],
    /// What says which files would be uploaded.
    pub contents: Contents,
    /// How it is uploaded.
    pub upload: fn(&Manifest) -> String,
    /// What is put behind the text of a file where the package is prepared, so that it stands by itself there.
    pub alone: Option<(&'static str, &'static str)>,
}

/// What says which files would be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// The last step, in its own words.
    LastStep,
    /// The package is uploaded as it was generated.
    Generated,
}

/// A program that is run in the package.
pub struct Step {
    /// The program and its arguments.
    pub command: &'static [&'static str],
    /// Where the program comes from, for those who lack it.
    pub install: &'static str,
}

/// All of them.
pub const REGISTRIES: [Registry; 4] = [
    Registry {
        emitter: "sdk-go",
        name: "the Go module proxy",
        manifest: manifest::of_go,
        steps: &[
            Step { command: &["go", "vet", "./..."], install: GO },
            Step { command: &["go", "mod", "verify"], install: GO },
        ],
        contents: Contents::Generated,
        upload: |manifest| {
            format!(
                "git tag v{0} && git push origin v{0}, in the repository of {1}",
                manifest.version, manifest.name
            )
        },
        alone: None,
    },
    Registry {
        emitter: "sdk-python",
        name: "PyPI",
        manifest: manifest::of_python,
        steps: &[
            Step { command: &["python3", "-m", "build"], install: BUILD },
            Step {
                command: &["python3", "-m", "twine", "--no-color", "check", "--strict", "dist/*"],
                install: BUILD,
            },
        ],
        contents: Contents::LastStep,
        upload: |_| "python3 -m twine upload dist/*".to_owned(),
        alone: None,
    },
    Registry {
        emitter: "sdk-rust",
        name: "crates.io",
        manifest: manifest::of_rust,
        steps: &[
            Step { command: &["cargo", "publish", "--dry-run", "--allow-dirty"], install: RUST },
            Step { command: &["cargo", "package", "--list", "--allow-dirty"], install: RUST },
        ],
        contents: Contents::LastStep,
        upload: |_| "cargo publish --allow-dirty".to_owned(),
        // Cargo would take it for a part of a workspace around it.
        alone: Some(("Cargo.toml", "\n[workspace]\n")),
    },
    Registry {
        emitter: "sdk-typescript",
        name: "npm",
        manifest: manifest::of_typescript,
        steps: &[
            Step {
                command: &["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"],
                install: NODE,
            },
            Step { command: &["npm", "publish", "--dry-run", "--access", "public"], install: NODE },
        ],
        contents: Contents::LastStep,
        upload: |_| "npm publish --access public".to_owned(),
        alone: None,
    },
];

const NODE: &str = "Node.js 20 or later, https://nodejs.org";
const BUILD: &str = "Python 3.10 or later, https://python.org, and in it `pip install build twine`";
const RUST: &str = "Rust 1.85 or later, https://rustup.rs";
const GO: &str = "Go, https://go.dev/dl";
