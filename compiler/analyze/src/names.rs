//! First pass: what each namespace declares.

use std::collections::hash_map::Entry;

use atlas9_diagnostics::{Code, Diagnostic, Span, codes};
use atlas9_syntax::ast::{self, File, Item, ItemKind, Name};
use foldhash::HashMap;

use crate::annotations::{self, Beside};
use crate::context::Sink;
use crate::imports::Imports;
use crate::packages::{Origin, Packages};
use crate::types::is_builtin;

/// The place of a declaration in [`Names::symbols`], which are in the order of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SymbolId(pub usize);

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Service,
    Resource,
    Type,
    Mixin,
    Error,
    Annotation,
    /// Could not be read: it may stand for anything.
    Broken,
}

impl Kind {
    /// With its article, for messages.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Kind::Service => "a service",
            Kind::Resource => "a resource",
            Kind::Type => "a type",
            Kind::Mixin => "a mixin",
            Kind::Error => "an error",
            Kind::Annotation => "an annotation",
            Kind::Broken => "a declaration that cannot be read",
        }
    }
}

/// A declaration with a name.
pub(crate) struct Symbol<'a> {
    pub name: &'a Name,
    pub kind: Kind,
    pub item: &'a Item,
    pub file: usize,
    pub namespace: usize,
}

/// Declarations that share their scope; several files may contribute.
pub(crate) struct Namespace<'a> {
    pub path: String,
    pub names: HashMap<&'a str, SymbolId>,
    /// True when something unreadable may have declared any name.
    pub open: bool,
    /// The package that declares it.
    pub origin: Origin,
}

/// The symbol tables.
pub(crate) struct Names<'a> {
    pub packages: &'a Packages<'a>,
    pub symbols: Vec<Symbol<'a>>,
    pub namespaces: Vec<Namespace<'a>>,
    /// Namespaces by path; of two packages that declare one, which is an error, the first.
    pub by_path: HashMap<String, usize>,
    /// The namespace of each file.
    pub of_file: Vec<usize>,
    /// What each file imports.
    pub imports: Vec<Imports<'a>>,
    /// For each file, whether one of its imports could not be read.
    pub lost_imports: Vec<bool>,
    /// True when a file's namespace could not be read, so that any namespace may declare more than is known.
    pub lost: bool,
}

impl<'a> Names<'a> {
    pub(crate) fn get(&self, id: SymbolId) -> &Symbol<'a> {
        &self.symbols[id.0]
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = (SymbolId, &Symbol<'a>)> {
        self.symbols.iter().enumerate().map(|(index, symbol)| (SymbolId(index), symbol))
    }

    pub(crate) fn origin(&self, symbol: &Symbol<'a>) -> Origin {
        self.namespaces[symbol.namespace].origin
    }

    /// What a declaration of the namespace means with the name of another one.
    pub(crate) fn beside(&self, namespace: &Namespace<'a>, name: &str) -> Beside {
        match namespace.names.get(name) {
            Some(symbol) => Beside::Declared(self.get(*symbol).name.span),
            None if namespace.open => Beside::Perhaps,
            None => Beside::Nothing,
        }
    }

    /// True for what the package itself declares.
    pub(crate) fn own(&self, symbol: &Symbol<'a>) -> bool {
        self.origin(symbol) == Origin::Own
    }

    /// True for a namespace of the package itself.
    pub(crate) fn owns(&self, path: &str) -> bool {
        self.by_path.get(path).is_some_and(|index| self.namespaces[*index].origin == Origin::Own)
    }

    /// True when the file may use what the namespace declares.
    pub(crate) fn sees(&self, file: usize, namespace: usize) -> bool {
        self.packages.sees(self.packages.origin(file), self.namespaces[namespace].origin)
    }
}

/// Enters every declaration of every file; duplicates are errors, the first one stays.
pub(crate) fn collect<'a>(sink: &Sink, packages: &'a Packages<'a>, files: &'a [File]) -> Names<'a> {
    let mut names = Names {
        packages,
        symbols: Vec::new(),
        namespaces: Vec::new(),
        by_path: HashMap::default(),
        of_file: Vec::new(),
        imports: Vec::new(),
        lost_imports: vec![false; files.len()],
        lost: files.iter().any(|file| file.namespace.is_none()),
    };
    let mut known = HashMap::default();
    for (index, file) in files.iter().enumerate() {
        let namespace = enter_namespace(&mut names, &mut known, sink, packages.origin(index), file);
        names.of_file.push(namespace);
        for item in &file.items {
            enter(&mut names, sink, item, index, namespace);
        }
    }
    names
}

/// The namespace of a file; `known` are those of the files before, by package and path.
fn enter_namespace(
    names: &mut Names<'_>,
    known: &mut HashMap<(Origin, String), (usize, Option<Span>)>,
    sink: &Sink,
    origin: Origin,
    file: &File,
) -> usize {
    let path = file.namespace.as_ref().map(|namespace| namespace.path.text()).unwrap_or_default();
    let span = file.namespace.as_ref().map(|namespace| namespace.path.span);
    let reserved = origin != Origin::Standard && (path == "std" || path.starts_with("std."));
    if let (true, Some(span)) = (reserved, span) {
        sink.report(
            Diagnostic::error(codes::E0217, "namespaces below `std` belong to the standard library")
                .at(span, "reserved")
                .help("name it after your product, such as `namespace shop`"),
        );
    }
    nameless(sink, file);
    if let Some((namespace, _)) = known.get(&(origin, path.clone())) {
        return *namespace;
    }
    let index = names.namespaces.len();
    let other = names.by_path.get(&path).copied().filter(|_| span.is_some());
    names.by_path.entry(path.clone()).or_insert(index);
    known.insert((origin, path.clone()), (index, span));
    names.namespaces.push(Namespace { open: path.is_empty(), path, names: HashMap::default(), origin });
    if let (Some(other), false) = (other, reserved) {
        let first = known.values().find(|(namespace, _)| *namespace == other).and_then(|(_, span)| *span);
        taken(names, sink, [other, index], [first, span]);
    }
    index
}

/// Two packages with one namespace. Whatever is not found in one may be in the other.
fn taken(names: &mut Names<'_>, sink: &Sink, namespaces: [usize; 2], places: [Option<Span>; 2]) {
    let of = |index: usize| {
        let package = names.packages.get(names.namespaces[index].origin);
        package.map(|package| package.name.as_str()).unwrap_or_default()
    };
    if let [Some(first), Some(again)] = places {
        let path = &names.namespaces[namespaces[0]].path;
        let [one, other] = namespaces.map(of);
        sink.report(
            Diagnostic::error(
                codes::E0019,
                format!("the packages `{one}` and `{other}` both declare the namespace `{path}`"),
            )
            .at(again, format!("declared in `{other}`"))
            .and(first, format!("declared in `{one}`"))
            .help("a namespace belongs to one package: give one of them another name"),
        );
    }
    namespaces.into_iter().for_each(|index| names.namespaces[index].open = true);
}

/// A file without a namespace. Where something could not be read, that may be the line, and is told already.
fn nameless(sink: &Sink, file: &File) {
    let unread = file.items.iter().any(|item| matches!(item.kind, ItemKind::Broken(_)));
    let Some(first) = file.items.first().filter(|_| file.namespace.is_none() && !unread) else { return };
    sink.report(
        Diagnostic::error(codes::E0208, "this file does not say which namespace it belongs to")
            .at(first.span.at_start(), "a `namespace` line is missing above this")
            .help("begin the file with `namespace NAME`, named after your product: `namespace shop`"),
    );
}

fn enter<'a>(names: &mut Names<'a>, sink: &Sink, item: &'a Item, file: usize, namespace: usize) {
    if is_lost_import(item) {
        names.lost_imports[file] = true;
    }
    if matches!(item.kind, ItemKind::Reserved(_)) {
        return;
    }
    let Some((name, kind)) = declared(item) else {
        names.namespaces[namespace].open = true;
        return;
    };
    if is_builtin(&name.text) {
        sink.report(
            Diagnostic::error(codes::E0206, format!("`{}` is the name of a built-in type", name.text))
                .at(name.span, "reserved")
                .help("choose another name"),
        );
    }
    if kind == Kind::Annotation && annotations::is_known(&name.text) {
        sink.report(
            Diagnostic::error(codes::E0209, format!("`@{}` is an annotation of the language", name.text))
                .at(name.span, "means something already")
                .help("choose another name"),
        );
    }
    let id = SymbolId(names.symbols.len());
    names.symbols.push(Symbol { name, kind, item, file, namespace });
    match names.namespaces[namespace].names.entry(&name.text) {
        Entry::Vacant(slot) => {
            slot.insert(id);
        }
        Entry::Occupied(first) => {
            let before = &names.symbols[first.get().0];
            if before.kind == Kind::Broken {
                *first.into_mut() = id;
            } else if kind != Kind::Broken {
                sink.report(twice(name, before.name));
            }
        }
    }
}

/// True for what may have been a `use` line.
fn is_lost_import(item: &Item) -> bool {
    const WORDS: [&str; 12] = [
        "use",
        "service",
        "resource",
        "singleton",
        "type",
        "enum",
        "union",
        "closed",
        "mixin",
        "error",
        "annotation",
        "reserved",
    ];
    let ItemKind::Broken(broken) = &item.kind else { return false };
    broken.keyword == "use" || atlas9_diagnostics::nearest(&broken.keyword, WORDS) == Some("use")
}

fn declared(item: &Item) -> Option<(&Name, Kind)> {
    Some(match &item.kind {
        ItemKind::Service(service) => (&service.name, Kind::Service),
        ItemKind::Resource(resource) => (&resource.name, Kind::Resource),
        ItemKind::Type(decl) => (&decl.name, Kind::Type),
        ItemKind::Enum(decl) => (&decl.name, Kind::Type),
        ItemKind::Union(union) => (&union.name, Kind::Type),
        ItemKind::Annotation(annotation) => (&annotation.name, Kind::Annotation),
        ItemKind::Reserved(_) => return None,
        ItemKind::Mixin(mixin) => (&mixin.name, Kind::Mixin),
        ItemKind::Error(error) => (&error.name, Kind::Error),
        // `closd enum Kind`: what follows the unreadable word is no name.
        ItemKind::Broken(ast::Broken { name, .. }) => {
            (name.as_ref().filter(|name| name.text != "enum" && name.text != "union")?, Kind::Broken)
        }
    })
}

/// The error for a second declaration of one name.
pub(crate) fn twice(again: &Name, first: &Name) -> Diagnostic {
    repeated(codes::E0201, "declared", again, first).help("rename or remove one of them")
}

fn repeated(code: Code, verb: &str, again: &Name, first: &Name) -> Diagnostic {
    Diagnostic::error(code, format!("`{}` is {verb} twice", again.text))
        .at(again.span, format!("{verb} again here"))
        .and(first.span, format!("first {verb} here"))
        .help("remove one of them")
}

/// Reports every name that came before.
pub(crate) struct Once<'n> {
    first: HashMap<&'n str, &'n Name>,
    declared: bool,
}

impl<'n> Once<'n> {
    /// For names that are declared.
    pub(crate) fn declared() -> Once<'n> {
        Once { first: HashMap::default(), declared: true }
    }

    /// For names of what is declared elsewhere.
    pub(crate) fn named() -> Once<'n> {
        Once { first: HashMap::default(), declared: false }
    }

    /// False for a name that came before.
    pub(crate) fn first(&mut self, sink: &Sink, name: &'n Name) -> bool {
        match self.first.entry(&name.text) {
            Entry::Vacant(slot) => {
                slot.insert(name);
                true
            }
            Entry::Occupied(first) => {
                let first = first.get();
                sink.report(if self.declared {
                    twice(name, first)
                } else {
                    repeated(codes::E0213, "named", name, first)
                });
                false
            }
        }
    }
}

/// Names that stand beside one another in one declaration.
pub(crate) struct Named<'n>(HashMap<&'n str, &'n Name>);

impl<'n> FromIterator<&'n Name> for Named<'n> {
    fn from_iter<I: IntoIterator<Item = &'n Name>>(names: I) -> Named<'n> {
        Named(names.into_iter().map(|name| (name.text.as_str(), name)).collect())
    }
}

impl Named<'_> {
    /// What one of them means with the name of another one.
    pub(crate) fn beside(&self, name: &str) -> Beside {
        self.0.get(name).map_or(Beside::Nothing, |name| Beside::Declared(name.span))
    }
}
