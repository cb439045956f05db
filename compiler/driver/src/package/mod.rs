//! A package in memory, with the packages that it uses: their configurations and the bytes of their schemas.

mod graph;

use atlas9_diagnostics::{Diagnostic, SourceMap, Span, codes};

use crate::config::{self, Config};

/// A package whose files have been read, with those that it needs.
#[derive(Clone, Debug)]
pub struct Package {
    /// Every file so far: the `atlas.yaml` of each member, in their order.
    pub sources: SourceMap,
    /// The package itself, then every package that it needs, directly or not. Never empty.
    pub members: Vec<Member>,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// One of the packages that are read together.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its folder as it is seen from the package; empty for the package itself.
    pub folder: String,
    /// What its `atlas.yaml` says.
    pub config: Config,
    /// Its schema, in the order of names.
    pub files: Vec<PackageFile>,
    /// True when something of what it needs could not be read: then nobody knows what it may use.
    pub lost: bool,
    /// Its `atlas.yaml`.
    file: Span,
    needs: Vec<graph::Need>,
}

/// A file of the schema.
#[derive(Clone, Debug)]
pub struct PackageFile {
    /// Its path from the package's folder.
    pub name: String,
    /// Its bytes; whether they are UTF-8 is seen later.
    pub bytes: Vec<u8>,
}

impl Package {
    /// A package of that `atlas.yaml`, in a folder called `folder`; files and dependencies are added afterwards.
    pub fn new(bytes: &[u8], folder: &str) -> Package {
        let mut package = Package { sources: SourceMap::new(), members: Vec::new(), diagnostics: Vec::new() };
        package.add("", bytes, folder);
        package
    }

    /// Adds a package by its `atlas.yaml`: `at` is its folder as it is seen from the package, `folder` what that is called.
    /// Its place among the members.
    pub fn add(&mut self, at: &str, bytes: &[u8], folder: &str) -> usize {
        let name = below(at, config::FILE_NAME);
        let (text, bad) = decode(bytes.to_vec());
        let id = self.sources.add(name.as_str(), text.clone());
        self.diagnostics.extend(bad.map(|at| not_utf8(&name, Span::new(id, at, at))));
        let (config, complaints) = config::read(id, &text, folder);
        // What cannot be read may have named a dependency.
        let lost = bad.is_some() || !complaints.is_empty();
        self.diagnostics.extend(complaints);
        self.members.push(Member {
            folder: at.to_owned(),
            config,
            files: Vec::new(),
            lost,
            file: Span::new(id, 0, 0),
            needs: Vec::new(),
        });
        self.members.len() - 1
    }

    /// The package itself.
    pub fn own(&self) -> &Member {
        &self.members[0]
    }
}

impl Member {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.config.name.value
    }

    /// Where its `atlas.yaml` begins.
    pub fn start(&self) -> Span {
        self.file
    }
}

/// The path of something in a folder; the package's own folder is empty.
pub fn below(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// The text of a file, unreadable bytes replaced, and where the first of them stands in it.
pub fn decode(bytes: Vec<u8>) -> (String, Option<usize>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let bad = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(bad))
        }
    }
}

/// A file that is not UTF-8; `span` is where the first such byte stands in its text as `decode` gives it.
pub fn not_utf8(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(codes::E0006, format!("`{name}` is not UTF-8"))
        .at(span, "the first byte that is not UTF-8")
        .help("save the file as UTF-8: `iconv -f latin1 -t utf-8` does it for most old files")
}

/// A file or folder that could not be read; `why` is the system's own word.
pub fn unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(codes::E0001, format!("cannot read `{path}`: {why}"))
        .in_path(path)
        .help("check the path and the permissions")
}
