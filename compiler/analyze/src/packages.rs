//! Which file belongs to which package, and what the packages may use of one another.

use std::cell::OnceCell;

use atlas9_diagnostics::{Diagnostic, FileId, SourceMap, Span, codes};
use atlas9_syntax::ast::{Field, File, ItemKind, Member, TypeKind};
use foldhash::HashMap;
use heck::ToSnakeCase;

use crate::PackageInfo;
use crate::names::{Kind, Names, Symbol, SymbolId};

/// Where a file is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// The package that the model is of.
    Own,
    /// Another package, by its place among all.
    Other(usize),
    /// The standard library, which everybody may use.
    Standard,
}

/// The packages whose files are analysed together.
pub(crate) struct Packages<'p> {
    all: &'p [PackageInfo],
    of: usize,
    origins: Vec<Origin>,
    /// The earlier version that the model is of, where it is of one.
    earlier: OnceCell<String>,
}

impl<'p> Packages<'p> {
    /// The packages of these files, of which the one at `of` is the one that the model is of.
    pub(crate) fn new(
        sources: &SourceMap,
        files: &[File],
        all: &'p [PackageInfo],
        of: usize,
    ) -> Packages<'p> {
        let others = all.iter().enumerate().filter(|(index, _)| *index != of);
        let of_file: HashMap<FileId, usize> = others
            .flat_map(|(index, package)| package.files.iter().map(move |file| (*file, index)))
            .collect();
        let origin = |file: &File| match of_file.get(&file.id) {
            Some(index) => Origin::Other(*index),
            None if is_standard(sources, file) => Origin::Standard,
            None => Origin::Own,
        };
        Packages { all, of, origins: files.iter().map(origin).collect(), earlier: OnceCell::new() }
    }

    /// Where the file at that place is from.
    pub(crate) fn origin(&self, file: usize) -> Origin {
        self.origins.get(file).copied().unwrap_or(Origin::Own)
    }

    /// The package that the model is of.
    pub(crate) fn own(&self) -> Option<&'p PackageInfo> {
        self.all.get(self.of)
    }

    /// Says that what is read from now on is the package as it was in that version.
    pub(crate) fn read_as_of(&self, version: &str) {
        self.earlier.get_or_init(|| version.to_owned());
    }

    /// The version of the package that the model is of.
    pub(crate) fn version(&self) -> String {
        let own = || self.own().map_or_else(|| PackageInfo::default().version, |own| own.version.clone());
        self.earlier.get().cloned().unwrap_or_else(own)
    }

    /// The package behind an origin; none for the standard library.
    pub(crate) fn get(&self, origin: Origin) -> Option<&'p PackageInfo> {
        match origin {
            Origin::Own => self.own(),
            Origin::Other(index) => self.all.get(index),
            Origin::Standard => None,
        }
    }

    /// True when what is declared in `to` may be used in `from`.
    pub(crate) fn sees(&self, from: Origin, to: Origin) -> bool {
        if from == to || to == Origin::Standard {
            return true;
        }
        let (Some(from), Some(to)) = (self.get(from), self.get(to)) else { return false };
        from.needs.contains(&to.folder)
    }

    /// True when `from` may use more than is known.
    pub(crate) fn lost(&self, from: Origin) -> bool {
        self.get(from).is_some_and(|package| package.lost)
    }
}

/// By name and text, so that no file of a package can pass for one.
fn is_standard(sources: &SourceMap, file: &File) -> bool {
    let Some(source) = sources.get(file.id) else { return false };
    atlas9_std::FILES.iter().any(|(name, text)| *name == source.name() && *text == source.text())
}

impl Names<'_> {
    /// The error for a namespace of a package that the file's package does not name.
    pub(crate) fn not_needed(&self, file: usize, namespace: usize, span: Span) -> Diagnostic {
        let namespace = &self.namespaces[namespace];
        let from = self.packages.get(self.packages.origin(file));
        let to = self.packages.get(namespace.origin);
        let name = to.map_or("", |package| &package.name);
        let line = from.zip(to).and_then(|(from, to)| way(&from.folder, &to.folder));
        let line = line.map_or_else(|| name.to_owned(), |way| format!("{name}: {way}"));
        Diagnostic::error(
            codes::E0020,
            format!(
                "`{}` belongs to the package `{name}`, which is no dependency of this one",
                namespace.path
            ),
        )
        .at(span, "a namespace of another package")
        .help(format!("add `{line}` below `dependencies` in atlas.yaml"))
    }

    /// True for a resource of a package other than `from`.
    pub(crate) fn foreign_resource(&self, from: Origin, symbol: SymbolId) -> bool {
        let symbol = self.get(symbol);
        symbol.kind == Kind::Resource && self.origin(symbol) != from
    }

    /// The error for naming a resource that has no rows here: one of another package.
    pub(crate) fn not_shared(&self, from: Origin, symbol: SymbolId, span: Span) -> Diagnostic {
        let symbol = self.get(symbol);
        let package = self.packages.get(self.origin(symbol)).map_or("", |package| &package.name);
        let name = &symbol.name.text;
        let message = if self.origin(symbol) == from {
            format!("this is used in another package, where there is no resource `{name}`")
        } else {
            format!("`{name}` is a resource of the package `{package}`, and cannot be used in another")
        };
        let help = format!(
            "hold its key: `{}_{}: {}`",
            name.to_snake_case(),
            key(symbol).map_or("id", |key| &key.name.text),
            key(symbol).and_then(key_type).unwrap_or("uuid"),
        );
        Diagnostic::error(codes::E0021, message)
            .at(span, format!("its rows are kept by `{package}`"))
            .and(symbol.name.span, "declared here")
            .help(help)
    }
}

/// The key that a resource declares itself.
fn key<'a>(symbol: &Symbol<'a>) -> Option<&'a Field> {
    let ItemKind::Resource(resource) = &symbol.item.kind else { return None };
    let fields = resource.members.iter().filter_map(|member| match member {
        Member::Field(field) => Some(field),
        _ => None,
    });
    let mut keys = fields.filter(|field| field.annotations.iter().any(|it| it.name.text() == "key"));
    keys.next()
}

fn key_type(key: &Field) -> Option<&str> {
    match &key.ty.kind {
        TypeKind::Named(path) => path.single().map(|name| name.text.as_str()),
        _ => None,
    }
}

/// The way from one folder to another, both as they are seen from the same one. None where only the disk knows it.
fn way(from: &str, to: &str) -> Option<String> {
    let parts =
        |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.get(shared..)?;
    if up.iter().any(|part| part == "..") {
        return None;
    }
    let way: Vec<&str> = up.iter().map(|_| "..").chain(to[shared..].iter().map(String::as_str)).collect();
    Some(if way.is_empty() { ".".to_owned() } else { way.join("/") })
}
