//! A package in memory: its configuration and the bytes of its schema.

use atlas9_diagnostics::{Diagnostic, SourceMap, Span, codes};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::config::{self, Config};

/// A package whose files have been read.
#[derive(Clone, Debug)]
pub struct Package {
    /// Every file so far: `atlas.yaml` first.
    pub sources: SourceMap,
    /// What `atlas.yaml` says.
    pub config: Config,
    /// The schema, in the order of names.
    pub files: Vec<PackageFile>,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file of the schema.
#[derive(Clone, Debug)]
pub struct PackageFile {
    /// Its path as it is shown.
    pub name: String,
    /// Its bytes; whether they are UTF-8 is seen later.
    pub bytes: Vec<u8>,
}

impl Package {
    /// A package of that `atlas.yaml`, shown as `name`, in a folder called `folder`; its files are added afterwards.
    pub fn new(name: &str, bytes: &[u8], folder: &str) -> Package {
        let mut sources = SourceMap::new();
        let mut diagnostics = Vec::new();
        let (text, bad) = decode(bytes);
        let id = sources.add(name, text.clone());
        diagnostics.extend(bad.map(|at| not_utf8(name, Span::new(id, at, at))));
        let (config, complaints) = config::read(id, &text, folder);
        diagnostics.extend(complaints);
        Package { sources, config, files: Vec::new(), diagnostics }
    }
}

/// Which paths belong to the schema, by the globs of the configuration. A pattern that is none is reported.
pub fn matcher(package: &mut Package) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in &package.config.schema.value {
        match GlobBuilder::new(pattern.trim_start_matches("./")).literal_separator(true).build() {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => {
                let mut diagnostic =
                    Diagnostic::error(codes::E0004, format!("`{pattern}` is not a glob: {}", error.kind()))
                        .help("`*` stands for a name, `**` for any folders: `schema/**/*.atlas`");
                diagnostic.span = package.config.schema.span;
                package.diagnostics.push(diagnostic);
            }
        }
    }
    // Each glob was built on its own, so that the set of them can only fail by its size.
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

/// The text of a file, unreadable bytes replaced, and where the first of them stands in it.
pub fn decode(bytes: &[u8]) -> (String, Option<usize>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(error) => (String::from_utf8_lossy(bytes).into_owned(), Some(error.valid_up_to())),
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
