//! Second pass: what each file's `use` lines bring in, and circles between namespaces.

use std::cell::RefCell;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::UnusedImport;
use atlas9_syntax::ast::{File, Name, Use, UseTail};
use foldhash::{HashMap, HashSet};

use crate::context::{Cx, Sink};
use crate::names::{Names, SymbolId};
use crate::packages::Origin;

/// What a file imports.
#[derive(Default)]
pub(crate) struct Imports<'a> {
    /// By name. Nothing where the import itself is wrong, so that its uses are not reported again.
    pub names: HashMap<&'a str, (Option<SymbolId>, &'a Name)>,
    /// Namespaces of which everything is imported.
    pub all: Vec<usize>,
    /// True when an import of everything is wrong, or one could not be read.
    pub open: bool,
    /// What names of the file have led to by way of its imports.
    pub used: RefCell<HashSet<SymbolId>>,
}

/// One namespace's import of another.
struct Edge {
    to: usize,
    span: Span,
}

/// Resolves every `use` line.
pub(crate) fn resolve<'a>(sink: &Sink, names: &mut Names<'a>, files: &'a [File]) {
    let mut edges: Vec<Vec<Edge>> = names.namespaces.iter().map(|_| Vec::new()).collect();
    for (index, file) in files.iter().enumerate() {
        let from = names.of_file.get(index).copied().unwrap_or_default();
        let open = names.lost_imports.get(index).copied().unwrap_or_default();
        let mut imports = Imports { open, ..Imports::default() };
        for line in &file.uses {
            if let Some(to) = import(sink, names, index, line, &mut imports) {
                edges[from].push(Edge { to, span: line.path.span });
            }
        }
        names.imports.push(imports);
    }
    circles(sink, names, &edges);
}

fn import<'a>(
    sink: &Sink,
    names: &Names<'a>,
    file: usize,
    line: &'a Use,
    imports: &mut Imports<'a>,
) -> Option<usize> {
    let (path, wanted) = parts(line);
    let namespace = find_namespace(sink, names, file, path, line);
    if let (Some(namespace), UseTail::All(_)) = (namespace, &line.tail) {
        imports.all.push(namespace);
    }
    imports.open |= namespace.is_none() && matches!(line.tail, UseTail::All(_));
    for name in wanted {
        let symbol = namespace.and_then(|namespace| find(sink, names, file, namespace, name));
        bring_in(sink, names, names.of_file[file], name, symbol, imports);
    }
    namespace
}

fn find_namespace(sink: &Sink, names: &Names<'_>, file: usize, path: &[Name], line: &Use) -> Option<usize> {
    let text = text(path);
    let lost = names.lost || names.packages.lost(names.packages.origin(file));
    if let Some(known) = names.by_path.get(&text).copied().filter(|_| !text.is_empty()) {
        let seen = names.sees(file, known);
        if !seen && !lost {
            sink.report(names.not_needed(file, known, line.path.span));
        }
        return Some(known).filter(|_| seen);
    }
    let whole = line.path.text();
    let seen = |index: &usize| names.sees(file, *index);
    let known = || {
        let namespaces =
            (0..names.namespaces.len()).filter(seen).map(|index| names.namespaces[index].path.as_str());
        namespaces.filter(|path| !path.is_empty())
    };
    let (message, help) = if matches!(line.tail, UseTail::One) && names.by_path.contains_key(&whole) {
        (
            format!("`{whole}` is a namespace, not a declaration"),
            format!("write `use {whole}.*` for all of it"),
        )
    } else if path.is_empty() {
        (format!("`{whole}` does not say which namespace it is in"), format!("write `use NAMESPACE.{whole}`"))
    } else if lost {
        return None;
    } else {
        let help = sink.did_you_mean(&text, known(), || {
            "name a namespace of this package, of one of its `dependencies` or of `std`".to_owned()
        });
        (format!("there is no namespace called `{text}`"), help)
    };
    sink.unknown(
        Diagnostic::error(codes::E0203, message)
            .at(line.path.span, "not a namespace that is known")
            .help(help),
    );
    None
}

fn find(sink: &Sink, names: &Names<'_>, file: usize, namespace: usize, name: &Name) -> Option<SymbolId> {
    let namespace = &names.namespaces[namespace];
    if let Some(symbol) = namespace.names.get(name.text.as_str()).copied() {
        let from = names.packages.origin(file);
        let foreign = names.foreign_resource(from, symbol);
        if foreign {
            sink.report(names.not_shared(from, symbol, name.span));
        }
        return Some(symbol).filter(|_| !foreign);
    }
    if !namespace.open && !names.lost {
        let known = namespace.names.keys().copied();
        let help = sink.did_you_mean(&name.text, known, || format!("see what `{}` declares", namespace.path));
        sink.report(
            Diagnostic::error(codes::E0220, format!("`{}` declares no `{}`", namespace.path, name.text))
                .at(name.span, "not declared there")
                .help(help),
        );
    }
    None
}

fn bring_in<'a>(
    sink: &Sink,
    names: &Names<'a>,
    from: usize,
    name: &'a Name,
    symbol: Option<SymbolId>,
    imports: &mut Imports<'a>,
) {
    let own = names.namespaces[from].names.get(name.text.as_str()).copied();
    let first = match own {
        Some(own) => Some((Some(own), names.get(own).name)),
        None => imports.names.get(name.text.as_str()).copied(),
    };
    match first {
        None => {
            imports.names.insert(&name.text, (symbol, name));
        }
        Some((Some(other), place)) if symbol.is_some_and(|symbol| symbol != other) => {
            sink.report(clash(name, place));
        }
        Some(_) => {}
    }
}

fn clash(name: &Name, first: &Name) -> Diagnostic {
    Diagnostic::error(codes::E0216, format!("`{}` would stand for two things in this file", name.text))
        .at(name.span, "imported here")
        .and(first.span, "something else has this name already")
        .help("remove the import, and write the whole name with its namespace where it is used")
}

/// Notes what each name in the package's own `use` lines stands for.
pub(crate) fn note(cx: &Cx<'_>) {
    for line in cx.own_files().flat_map(|file| &file.uses) {
        let (path, names) = parts(line);
        let namespace = cx.names.by_path.get(&text(path)).map(|index| &cx.names.namespaces[*index]);
        for name in names {
            let symbol = namespace.and_then(|namespace| namespace.names.get(name.text.as_str()));
            symbol.into_iter().for_each(|symbol| cx.meanings.note(name.span, cx.meaning(*symbol)));
        }
    }
}

/// The namespace of an import, and the names that are taken from it.
fn parts(line: &Use) -> (&[Name], &[Name]) {
    match (&line.tail, line.path.segments.as_slice()) {
        (UseTail::One, [path @ .., last]) => (path, std::slice::from_ref(last)),
        (UseTail::Names(wanted), path) => (path, wanted.as_slice()),
        (UseTail::One | UseTail::All(_), path) => (path, &[]),
    }
}

fn text(path: &[Name]) -> String {
    path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// What the package's own `use` lines bring in and no name of their files has led to.
pub(crate) fn unused(cx: &Cx<'_>) -> Vec<UnusedImport> {
    let mut unused = Vec::new();
    for (file, (ast, imports)) in cx.files.iter().zip(&cx.names.imports).enumerate() {
        if cx.names.packages.origin(file) == Origin::Own && !ast.uses.is_empty() {
            let needed = Needed::of(&cx.names, imports);
            unused.extend(ast.uses.iter().flat_map(|line| needed.unused(&cx.names, line)));
        }
    }
    unused
}

/// What a file needs of its imports.
struct Needed<'a, 'b> {
    imports: &'b Imports<'a>,
    names: HashSet<SymbolId>,
    /// Of which something is needed that no other line imports by name.
    namespaces: HashSet<usize>,
}

impl<'a, 'b> Needed<'a, 'b> {
    fn of(names: &Names<'a>, imports: &'b Imports<'a>) -> Needed<'a, 'b> {
        let used = imports.used.borrow();
        let by_name = |id: &SymbolId| {
            let named = imports.names.get(names.get(*id).name.text.as_str());
            named.is_some_and(|(named, _)| *named == Some(*id))
        };
        let by_star = used.iter().filter(|id| !by_name(id));
        let namespaces = by_star.map(|id| names.get(*id).namespace).collect();
        Needed { imports, names: used.clone(), namespaces }
    }

    /// True also for what is wrong, which is told already.
    fn is_used(&self, name: &Name) -> bool {
        match self.imports.names.get(name.text.as_str()) {
            Some((Some(symbol), _)) => self.names.contains(symbol),
            _ => true,
        }
    }

    fn unused(&self, names: &Names<'_>, line: &Use) -> Vec<UnusedImport> {
        let path = line.path.text();
        let whole = |name: String| vec![UnusedImport { name, span: line.span, whole: true }];
        match &line.tail {
            UseTail::One if line.path.segments.last().is_some_and(|name| !self.is_used(name)) => whole(path),
            UseTail::One => Vec::new(),
            UseTail::All(_) => match names.by_path.get(&path) {
                Some(namespace) if !self.namespaces.contains(namespace) => whole(format!("{path}.*")),
                _ => Vec::new(),
            },
            UseTail::Names(listed) if !listed.is_empty() && !listed.iter().any(|name| self.is_used(name)) => {
                whole(path)
            }
            UseTail::Names(listed) => {
                let unused = listed.iter().filter(|name| !self.is_used(name));
                let part = |name: &Name| format!("{path}.{}", name.text);
                unused.map(|name| UnusedImport { name: part(name), span: name.span, whole: false }).collect()
            }
        }
    }
}

/// Reports each circle once, at the import that closes it.
fn circles(sink: &Sink, names: &Names<'_>, edges: &[Vec<Edge>]) {
    let mut done = vec![false; edges.len()];
    for start in 0..edges.len() {
        // The way from `start` to where the walk stands, and the next import to follow at each step.
        let mut way: Vec<(usize, usize)> = if done[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((at, next)) = way.last_mut() {
            let Some(edge) = edges[*at].get(*next) else {
                done[*at] = true;
                way.pop();
                continue;
            };
            *next += 1;
            if let Some(position) = way.iter().position(|(namespace, _)| *namespace == edge.to) {
                let circle = way[position..].iter().map(|(namespace, _)| *namespace).chain([edge.to]);
                sink.report(circle_error(names, circle, edge.span));
            } else if !done[edge.to] {
                way.push((edge.to, 0));
            }
        }
    }
}

fn circle_error(names: &Names<'_>, circle: impl Iterator<Item = usize>, span: Span) -> Diagnostic {
    let path: Vec<&str> = circle.map(|namespace| names.namespaces[namespace].path.as_str()).collect();
    let (message, help) = match path.as_slice() {
        [one, _] => (
            format!("`{one}` imports itself"),
            "remove the import: the files of a namespace see one another".to_owned(),
        ),
        _ => (
            format!("namespaces import one another in a circle: {}", path.join(" -> ")),
            "move what they share into a namespace of its own, or make them one namespace".to_owned(),
        ),
    };
    Diagnostic::error(codes::E0204, message).at(span, "this import closes the circle").help(help)
}
