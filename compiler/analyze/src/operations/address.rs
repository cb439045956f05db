//! Where an action, a query or an operation of the service is found: by its name, or as `at METHOD "path"` says.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{ActionTarget, HttpMethod, Managed};
use atlas9_syntax::ast::{Name, Operation, Text};
use foldhash::HashSet;
use heck::ToSnakeCase;

use super::clauses::Clauses;
use super::path::{Segment, parse};
use super::{Here, name};
use crate::context::listed;
use crate::model::Shape;
use crate::resources::Entry;

const METHODS: [HttpMethod; 5] =
    [HttpMethod::Get, HttpMethod::Post, HttpMethod::Put, HttpMethod::Patch, HttpMethod::Delete];

/// The address of an operation.
pub(super) struct Address {
    pub method: HttpMethod,
    /// As the model has it: with the keys' names on the wire.
    pub path: String,
    /// Where it is said, or the name that it follows from.
    pub span: Span,
    /// False when it is wrong, which is reported already.
    pub known: bool,
}

/// Reads the address, and which parameters it names.
pub(super) fn read(
    here: Here<'_, '_>,
    ast: &Operation,
    clauses: &Clauses<'_>,
    target: ActionTarget,
    params: &Shape,
) -> (Address, HashSet<String>) {
    let usual = usual(here, ast, target);
    let Some((at, _)) = clauses.at else { return (usual, HashSet::default()) };
    // Another word has not been read as an address.
    let said = METHODS.into_iter().find(|method| method.word() == at.method.text);
    let method = said.unwrap_or(usual.method);
    let keys = Keys::of(here, target);
    let Some((path, in_path)) = chosen(here, &at.path, &keys, params) else {
        return (Address { method, known: false, ..usual }, HashSet::default());
    };
    (Address { method, path, span: at.path.span, known: usual.known }, in_path)
}

/// The address that follows from the name.
fn usual(here: Here<'_, '_>, ast: &Operation, target: ActionTarget) -> Address {
    let Name { text, span } = name(ast);
    let (one, all) = here.resource.map_or(("", ""), |(_, entry)| (&*entry.item_path, &*entry.path));
    let (method, path) = match target {
        ActionTarget::Item => (HttpMethod::Post, format!("{one}/{text}")),
        ActionTarget::Collection => (HttpMethod::Post, format!("{all}/{text}")),
        ActionTarget::Query => (HttpMethod::Get, format!("{all}/{text}")),
        ActionTarget::Service => (HttpMethod::Post, format!("/{}", text.to_snake_case())),
    };
    let known = !here.shape.parents_lost;
    Address { method, path, span: *span, known }
}

/// The keys that lead to what the operation acts on.
struct Keys {
    /// From the outermost parent on: as declared and on the wire.
    names: Vec<(String, String)>,
    /// True when a parent or the own key is not known.
    lost: bool,
}

impl Keys {
    fn of(here: Here<'_, '_>, target: ActionTarget) -> Keys {
        let parents = here.shape.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
        let own = here.shape.fields.iter().filter(|field| field.key && target == ActionTarget::Item);
        let names = parents.chain(own).map(|field| (field.name.clone(), field.wire.clone())).collect();
        let keyless = |entry: &Entry<'_>| {
            let needed = target == ActionTarget::Item && !entry.ast.singleton;
            needed && !here.shape.fields.iter().any(|field| field.key)
        };
        let lost = here.shape.parents_lost || here.resource.is_some_and(|(_, entry)| keyless(entry));
        Keys { names, lost }
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|(key, _)| key == name)
    }

    fn declared(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(key, _)| key.as_str())
    }
}

/// The path as the model has it, and the parameters in it. Nothing where it is not sound, which is then reported.
fn chosen(here: Here<'_, '_>, text: &Text, keys: &Keys, params: &Shape) -> Option<(String, HashSet<String>)> {
    let segments = match parse(&text.value) {
        Ok(segments) => segments,
        Err(flaw) => {
            let message = format!("`{}` is no path", here.at.cx.quote(text.span).trim_matches('"'));
            here.at
                .report(Diagnostic::error(codes::E0419, message).at(text.span, flaw.label).help(flaw.help));
            return None;
        }
    };
    let mut path = String::new();
    let mut seen = Vec::new();
    for segment in &segments {
        let named = match segment {
            Segment::Literal(word) => Segment::Literal(word),
            Segment::Placeholder(name) => {
                if seen.contains(name) {
                    repeated(here, text, name);
                    return None;
                }
                seen.push(name);
                placeholder(here, text, name, keys, params)?
            }
        };
        path.push_str(&format!("/{named}"));
    }
    complete(here, text, &seen, keys)?;
    let in_path = seen.into_iter().filter(|name| !keys.has(name)).map(str::to_owned);
    Some((path, in_path.collect()))
}

fn repeated(here: Here<'_, '_>, text: &Text, name: &str) {
    here.at.report(
        Diagnostic::error(codes::E0422, format!("`{{{name}}}` stands in the path twice"))
            .at(text.span, "one value, two places")
            .help("keep one of them"),
    );
}

/// What a name in braces stands for: a key, or a parameter.
fn placeholder<'p>(
    here: Here<'_, '_>,
    text: &Text,
    name: &'p str,
    keys: &'p Keys,
    params: &Shape,
) -> Option<Segment<'p>> {
    let key = keys.names.iter().find(|(key, _)| key == name);
    let field = if key.is_some() { here.shape.get(name) } else { params.get(name) };
    if let (Some(field), Some(start)) = (field, text.value.find(&format!("{{{name}}}"))) {
        here.at.means_in_text(here.at.cx.part(text, start + 1..start + 1 + name.len()), field);
    }
    if let Some((_, wire)) = key {
        return Some(Segment::Placeholder(wire));
    }
    if params.get(name).is_some() || keys.lost {
        return Some(Segment::Placeholder(name));
    }
    if !params.may_have(name) && !here.shape.may_have(name) {
        let known = || keys.declared().chain(params.names());
        let help = here.at.cx.sink.did_you_mean(name, known(), || match known().next() {
            Some(_) => format!("the path can name {}", listed(known(), "and")),
            None => format!("add a parameter: `{name}: string(1..=40)`"),
        });
        here.at.report(
            Diagnostic::error(codes::E0420, format!("nothing gives `{{{name}}}` its value"))
                .at(text.span, format!("`{name}` is neither a key of this path nor a parameter"))
                .help(help),
        );
    }
    None
}

/// The path leads to what the operation acts on: each key stands in it, a parent's before its child's.
fn complete(here: Here<'_, '_>, text: &Text, seen: &[&str], keys: &Keys) -> Option<()> {
    let found = seen.iter().copied().filter(|name| keys.has(name));
    if keys.lost || found.eq(keys.declared()) {
        return Some(());
    }
    let in_braces =
        |names: Vec<&str>| -> Vec<String> { names.into_iter().map(|name| format!("{{{name}}}")).collect() };
    let missing = in_braces(keys.declared().filter(|key| !seen.contains(key)).collect());
    if missing.is_empty() {
        let order = in_braces(keys.declared().collect());
        here.at.report(
            Diagnostic::error(codes::E0418, "the path names a child before its parent")
                .at(text.span, "the wrong way round")
                .help(format!("the order is {}", listed(order.iter().map(String::as_str), "and"))),
        );
        return None;
    }
    if here.broken {
        // What cannot be read may be the `collection` before it.
        return None;
    }
    let missing = listed(missing.iter().map(String::as_str), "and");
    here.at.report(
        Diagnostic::error(codes::E0421, format!("the path does not say {missing}"))
            .at(text.span, "which one it acts on is not said")
            .help("add it to the path, or make this an operation of the service"),
    );
    None
}
