//! From a name in a file to the declaration it stands for.

use atlas9_diagnostics::{Diagnostic, codes, nearest};
use atlas9_syntax::ast::Path;

use crate::annotations;
use crate::context::{Cx, listed};
use crate::imports::Imports;
use crate::meanings::Meaning;
use crate::names::{Kind, Names, Namespace, Symbol, SymbolId};
use crate::packages::Origin;
use crate::singletons;
use crate::types::BUILTINS;

/// How many wrong imports of a file an unknown name is compared with.
const MAX_FAILED: usize = 100;

/// What a name leads to.
pub(crate) enum Found {
    One(SymbolId),
    /// Two imports of everything bring the name.
    Several(SymbolId, SymbolId),
    /// It is declared in this namespace, of a package that may not be used here.
    Hidden(usize),
    /// Something that could not be read may declare it.
    Lost,
    Missing,
}

impl Imports<'_> {
    /// Found by way of an import, which is of use then.
    fn found(&self, symbol: SymbolId) -> Found {
        self.used.borrow_mut().insert(symbol);
        Found::One(symbol)
    }
}

impl Names<'_> {
    /// Looks in the file's namespace, then its imports by name, then its imports of everything.
    pub(crate) fn find(&self, file: usize, path: &Path) -> Found {
        match path.segments.as_slice() {
            [] => Found::Lost,
            [name] => self.find_name(file, &name.text),
            [namespace @ .., name] => {
                let text = namespace.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
                let known = self.by_path.get(&text).copied();
                let lost = self.lost || self.packages.lost(self.packages.origin(file));
                if let Some(hidden) = known.filter(|index| !self.sees(file, *index)) {
                    return if lost { Found::Lost } else { Found::Hidden(hidden) };
                }
                match known.and_then(|index| self.namespaces[index].names.get(name.text.as_str())) {
                    Some(symbol) => Found::One(*symbol),
                    None if lost || known.is_some_and(|index| self.namespaces[index].open) => Found::Lost,
                    None => Found::Missing,
                }
            }
        }
    }

    fn find_name(&self, file: usize, name: &str) -> Found {
        let (own, imports) = (&self.namespaces[self.of_file[file]], &self.imports[file]);
        if let Some(symbol) = own.names.get(name) {
            return Found::One(*symbol);
        }
        if let Some((symbol, _)) = imports.names.get(name) {
            return symbol.map_or(Found::Lost, |symbol| imports.found(symbol));
        }
        let mut found =
            imports.all.iter().filter_map(|index| self.namespaces[*index].names.get(name).copied());
        if let Some(first) = found.next() {
            return match found.find(|other| *other != first) {
                Some(other) => Found::Several(first, other),
                None => imports.found(first),
            };
        }
        // A misspelt import is reported where it stands, not once more where the right name is used.
        // Of very many that are wrong any may have been meant.
        let failed = imports.names.iter().filter(|(_, (symbol, _))| symbol.is_none()).map(|(name, _)| *name);
        let failed: Vec<&str> = failed.take(MAX_FAILED + 1).collect();
        if failed.len() > MAX_FAILED || nearest(name, failed).is_some() {
            return Found::Lost;
        }
        let open = |index: &usize| self.namespaces[*index].open;
        if self.lost || own.open || imports.open || imports.all.iter().any(open) {
            return Found::Lost;
        }
        Found::Missing
    }

    /// Every name that a file can use for a declaration of that kind, sorted.
    fn visible(&self, file: usize, kind: Kind) -> Vec<&str> {
        let (own, imports) = (&self.namespaces[self.of_file[file]], &self.imports[file]);
        let whole = imports.all.iter().map(|index| &self.namespaces[*index]).chain([own]);
        // A resource where a type is needed gets its own error, with the way out.
        let fits = |symbol: SymbolId| {
            let found = self.get(symbol).kind;
            found == kind || (kind == Kind::Type && found == Kind::Resource)
        };
        let mut names: Vec<&str> = whole
            .flat_map(|namespace| &namespace.names)
            .filter(|(_, symbol)| fits(**symbol))
            .map(|(name, _)| *name)
            .chain(
                imports
                    .names
                    .iter()
                    .filter(|(_, (symbol, _))| symbol.is_some_and(fits))
                    .map(|(name, _)| *name),
            )
            .collect();
        if kind == Kind::Type {
            names.extend(BUILTINS);
        }
        names.sort_unstable();
        names
    }

    /// Where else the file may take the name from, as a `use` line would name it.
    fn elsewhere(&self, file: usize, name: &str, kind: Kind) -> Option<String> {
        let declares = |namespace: &&Namespace<'_>| {
            namespace.names.get(name).is_some_and(|symbol| self.offers(file, self.get(*symbol), kind))
        };
        let mut namespaces = self.namespaces.iter().filter(declares);
        namespaces.next().map(|namespace| format!("{}.{name}", namespace.path))
    }

    /// True for a declaration of that kind that the file may use.
    fn offers(&self, file: usize, symbol: &Symbol<'_>, kind: Kind) -> bool {
        let shared = kind != Kind::Resource || self.origin(symbol) == self.packages.origin(file);
        symbol.kind == kind && shared && self.sees(file, symbol.namespace)
    }
}

impl Cx<'_> {
    /// The declaration of that kind. Nothing where there is none, which is then reported, or may be lost.
    pub(crate) fn resolve(&self, file: usize, path: &Path, wanted: Kind) -> Option<SymbolId> {
        match self.names.find(file, path) {
            Found::One(symbol) if self.elsewhere(symbol, wanted) => {
                let from = self.names.packages.origin(file);
                self.report(self.names.not_shared(from, symbol, path.span));
                None
            }
            Found::One(symbol) if self.names.get(symbol).kind == wanted => {
                self.means(path, symbol);
                Some(symbol)
            }
            Found::One(symbol) => {
                self.wrong_kind(path, symbol, wanted);
                None
            }
            Found::Several(first, second) => {
                self.ambiguous(path, first, second);
                None
            }
            Found::Hidden(namespace) => {
                self.report(self.names.not_needed(file, namespace, path.span));
                None
            }
            Found::Lost => None,
            Found::Missing => {
                self.missing(file, path, wanted);
                None
            }
        }
    }

    /// Notes that the path leads to that declaration.
    pub(crate) fn means(&self, path: &Path, symbol: SymbolId) {
        if let Some(name) = path.segments.last() {
            self.meanings.note(name.span, self.meaning(symbol));
        }
    }

    pub(crate) fn meaning(&self, symbol: SymbolId) -> Meaning {
        Meaning::Declared(self.names.get(symbol).name.span)
    }

    /// True for a resource whose rows are kept by another package.
    fn elsewhere(&self, symbol: SymbolId, wanted: Kind) -> bool {
        let meant = matches!(wanted, Kind::Resource | Kind::Type);
        meant && self.names.foreign_resource(Origin::Own, symbol)
    }

    fn wrong_kind(&self, path: &Path, symbol: SymbolId, wanted: Kind) {
        let found = self.names.get(symbol);
        if found.kind == Kind::Broken {
            return;
        }
        let what = if singletons::is_one(self, symbol) { "a singleton" } else { found.kind.phrase() };
        let message = format!("`{}` is {what}, but {} is needed here", path.text(), wanted.phrase());
        let help = match (found.kind, wanted) {
            (Kind::Resource, Kind::Type) if singletons::is_one(self, symbol) => {
                Some("declare a type with the fields that are needed here".to_owned())
            }
            (Kind::Resource, Kind::Type) => {
                Some(format!("write `ref {}` for a reference to one", path.text()))
            }
            (Kind::Mixin, Kind::Type) => {
                Some(format!("write `with {}` behind the name to take its fields", path.text()))
            }
            (Kind::Mixin, Kind::Annotation) => {
                let fields = format!("write `with {}` behind the name to take its fields", path.text());
                let known = Some(path.text().to_lowercase()).filter(|name| annotations::is_known(name));
                Some(known.into_iter().fold(fields, |fields, name| {
                    format!("{fields}; the annotation, which is another thing, is `@{name}`")
                }))
            }
            _ => None,
        };
        self.report(
            Diagnostic::error(codes::E0205, message)
                .at(path.span, format!("not {}", wanted.phrase()))
                .and(found.name.span, "declared here")
                .maybe_help(help),
        );
    }

    fn ambiguous(&self, path: &Path, first: SymbolId, second: SymbolId) {
        let place = |symbol| self.names.namespaces[self.names.get(symbol).namespace].path.as_str();
        let (first, second) = (place(first), place(second));
        let name = path.text();
        self.report(
            Diagnostic::error(codes::E0212, format!("`{name}` comes from both `{first}` and `{second}`"))
                .at(path.span, "which one is not clear")
                .help(format!("write `use {first}.{name}` or `use {second}.{name}`")),
        );
    }

    fn missing(&self, file: usize, path: &Path, wanted: Kind) {
        let key = (file, path.text(), wanted);
        let known = self.guesses.borrow().get(&key).cloned();
        let guess = known.unwrap_or_else(|| {
            let guess = self.guess(file, path, wanted).unwrap_or_default();
            self.guesses.borrow_mut().insert(key, guess.clone());
            guess
        });
        let noun = wanted.phrase().split_once(' ').map_or("", |(_, noun)| noun);
        let message = format!("there is no {noun} called `{}`", path.text());
        let diagnostic = Diagnostic::error(codes::E0202, message).at(path.span, "not known here");
        match guess {
            Guess::Nothing => self.sink.unknown(diagnostic.help("declare it, or import it with `use`")),
            Guess::Near(name) => self.sink.unknown(diagnostic.help(format!("did you mean `{name}`?"))),
            Guess::Import(help) => self.sink.not_imported(diagnostic.help(help)),
        }
    }

    /// Reports an annotation that is neither of the language nor declared.
    pub(crate) fn unknown_annotation(&self, file: usize, path: &Path) {
        let name = path.text();
        let message = format!("there is no annotation called `@{name}`");
        let finding = Diagnostic::error(codes::E0306, message).at(path.span, "not known");
        if let Some(near) = nearest(&name, annotations::names()) {
            self.undated.set(self.undated.get() || near == "added");
            self.tenant_lost.set(self.tenant_lost.get() || near == "tenant");
            return self.sink.unknown(finding.help(format!("did you mean `@{near}`?")));
        }
        match self.guess(file, path, Kind::Annotation).unwrap_or_default() {
            Guess::Near(near) => self.sink.unknown(finding.help(format!("did you mean `@{near}`?"))),
            Guess::Import(help) => self.sink.not_imported(finding.help(help)),
            Guess::Nothing => {
                let known = listed(annotations::names(), "and");
                self.sink.unknown(
                    finding.help(format!("the language has {known}; others are declared with `annotation`")),
                );
            }
        }
    }

    /// What may have been meant: a name that the file sees, one in the namespace that it says, or one elsewhere.
    fn guess(&self, file: usize, path: &Path, wanted: Kind) -> Option<Guess> {
        let (name, namespace) = path.segments.split_last()?;
        if !namespace.is_empty() {
            let text = namespace.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
            let known = self.names.by_path.get(&text).map(|index| &self.names.namespaces[*index])?;
            if !self.sink.may_guess(known.names.len()) {
                return None;
            }
            let mut names: Vec<&str> = known.names.keys().copied().collect();
            names.sort_unstable();
            return nearest(&name.text, names).map(|near| Guess::Near(format!("{text}.{near}")));
        }
        if let Some(place) = self.names.elsewhere(file, &name.text, wanted) {
            return Some(Guess::Import(format!("add `use {place}` at the top of the file")));
        }
        if !self.sink.may_guess(self.names.symbols.len()) {
            return None;
        }
        if let Some(near) = nearest(&name.text, self.names.visible(file, wanted)) {
            return Some(Guess::Near(near.to_owned()));
        }
        let all = self.names.symbols.iter().filter(|symbol| self.names.offers(file, symbol, wanted));
        let near = nearest(&name.text, all.map(|symbol| symbol.name.text.as_str()))?;
        let place = self.names.elsewhere(file, near, wanted)?;
        Some(Guess::Import(format!("did you mean `{near}`? Then add `use {place}` at the top of the file")))
    }
}

/// What may have been meant by a name that is not known.
#[derive(Clone, Default)]
pub(crate) enum Guess {
    #[default]
    Nothing,
    /// Another name.
    Near(String),
    /// A name that the file does not import; what to do about it.
    Import(String),
}
