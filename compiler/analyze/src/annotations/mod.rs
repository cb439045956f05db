//! Annotations: which there are, where they may stand, and what they say.

mod applied;
mod arguments;
mod audited;
mod declare;
mod deprecated;
mod field;
mod header;
mod history;
mod kept;
mod name;
mod together;

pub(crate) use applied::{Pending, arguments};
pub(crate) use declare::declare;
pub(crate) use deprecated::{Beside, replacement_exists};
pub(crate) use field::field;
pub(crate) use header::header;
pub(crate) use kept::keep;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Allow, Applied, Audited, Deprecation, History, TargetNames};
use atlas9_syntax::ast::{Annotation, Name};
use foldhash::HashMap;

use crate::context::At;
use crate::names::SymbolId;

/// What annotations can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    ResourceField,
    MixinField,
    StructureField,
    ErrorField,
    Param,
    Resource,
    Singleton,
    Type,
    Enum,
    EnumValue,
    Union,
    Variant,
    Operation,
    Service,
    Scope,
    Error,
    Mixin,
    Annotation,
    AnnotationParam,
}

impl Place {
    fn phrase(self) -> &'static str {
        match self {
            Place::ResourceField => "a field of a resource",
            Place::MixinField => "a field of a mixin",
            Place::StructureField => "a field of a structure",
            Place::ErrorField => "a field of an error",
            Place::Param => "a parameter",
            Place::Resource => "a resource",
            Place::Singleton => "a singleton",
            Place::Type => "a type",
            Place::Enum => "an enum",
            Place::EnumValue => "a value of an enum",
            Place::Union => "a union",
            Place::Variant => "a variant of a union",
            Place::Operation => "an operation",
            Place::Service => "a service",
            Place::Scope => "a scope",
            Place::Error => "an error",
            Place::Mixin => "a mixin",
            Place::Annotation => "an annotation",
            Place::AnnotationParam => "a parameter of an annotation",
        }
    }
}

const STORED: &[Place] = &[Place::ResourceField, Place::MixinField];
const ROWS: &[Place] = &[Place::Resource, Place::Singleton];
const FIELDS: &[Place] =
    &[Place::ResourceField, Place::MixinField, Place::StructureField, Place::ErrorField, Place::Param];
const AGEING: &[Place] = &[
    Place::ResourceField,
    Place::MixinField,
    Place::StructureField,
    Place::ErrorField,
    Place::Param,
    Place::Resource,
    Place::Singleton,
    Place::Type,
    Place::Enum,
    Place::EnumValue,
    Place::Union,
    Place::Variant,
    Place::Operation,
    Place::Error,
];

/// Names that clients know. A parameter is known by the operation's new form only.
const RENAMED: &[Place] = &[
    Place::ResourceField,
    Place::MixinField,
    Place::StructureField,
    Place::ErrorField,
    Place::Resource,
    Place::Singleton,
    Place::Type,
    Place::Enum,
    Place::EnumValue,
    Place::Union,
    Place::Variant,
    Place::Operation,
    Place::Error,
];

/// What has a name in the code of clients.
const NAMED: &[Place] = AGEING;

/// An annotation of the language.
struct Known {
    name: &'static str,
    /// Where it may stand; everywhere when empty.
    places: &'static [Place],
    /// How it is written.
    form: &'static str,
}

const KNOWN: &[Known] = &[
    Known { name: "added", places: AGEING, form: "@added(\"1.3.0\")" },
    Known { name: "allow", places: &[], form: "@allow(lint_name, \"why\")" },
    Known { name: "audited", places: ROWS, form: "@audited or @audited(keep: 365d)" },
    Known {
        name: "deprecated",
        places: AGEING,
        form: "@deprecated(since: \"1.2.0\", on: 2026-05-01, sunset: 2027-06-01, use: other, \"why\")",
    },
    Known { name: "events", places: ROWS, form: "@events" },
    Known { name: "header", places: &[Place::Param], form: "@header(\"X-Shop-Region\")" },
    Known { name: "immutable", places: STORED, form: "@immutable" },
    Known { name: "internal", places: STORED, form: "@internal" },
    Known { name: "key", places: STORED, form: "@key" },
    Known { name: "name", places: NAMED, form: "@name(python: \"kind\", go: \"Kind\")" },
    Known { name: "on_delete", places: STORED, form: "@on_delete(restrict)" },
    Known { name: "on_update", places: STORED, form: "@on_update(now)" },
    Known { name: "plural", places: &[Place::Resource], form: "@plural(\"people\")" },
    Known { name: "readonly", places: STORED, form: "@readonly" },
    Known {
        name: "renamed",
        places: RENAMED,
        form: "@renamed(from: old_name) or @renamed(from: old_name, since: \"1.3.0\")",
    },
    Known { name: "requires", places: STORED, form: "@requires(scope)" },
    Known { name: "sensitive", places: FIELDS, form: "@sensitive or @sensitive(class)" },
    Known { name: "tenant", places: STORED, form: "@tenant" },
    Known { name: "unique", places: STORED, form: "@unique" },
    Known { name: "writeonly", places: STORED, form: "@writeonly" },
];

/// What the annotations of a declaration say.
#[derive(Default)]
pub(crate) struct Noted {
    pub deprecated: Option<Deprecation>,
    pub plural: Option<String>,
    pub audited: Option<Audited>,
    pub events: bool,
    pub history: History,
    pub names: TargetNames,
    /// Declared annotations.
    pub annotations: Vec<Applied>,
    /// What `@deprecated` names as the replacement; whether it exists is for whoever knows the siblings.
    pub replacement: Option<Name>,
}

/// Reads the annotations of anything but a field. `covers` is the whole declaration.
pub(crate) fn declaration(at: At<'_, '_>, place: Place, list: &[Annotation], covers: Span) -> Noted {
    let mut noted = Noted::default();
    for (known, annotation) in fitting(at, place, list, &mut noted.annotations) {
        match known {
            "allow" => allow(at, annotation, covers),
            "deprecated" => deprecated::read(at, annotation, &mut noted),
            "audited" => noted.audited = audited::read(at, annotation),
            "events" => noted.events = arguments::none(at, annotation),
            "added" => history::added(at, annotation, &mut noted),
            "renamed" => history::renamed(at, annotation, &mut noted),
            "name" => name::read(at, place, annotation, &mut noted),
            "plural" => noted.plural = plural(at, annotation),
            _ => {}
        }
    }
    noted
}

/// The annotations of the language that may stand there, and stand there once; others are reported. Declared ones are added to
/// `applied`.
fn fitting<'s>(
    at: At<'_, '_>,
    place: Place,
    list: &'s [Annotation],
    applied: &mut Vec<Applied>,
) -> Vec<(&'static str, &'s Annotation)> {
    let mut first: HashMap<Meant, Span> = HashMap::default();
    let mut fitting = Vec::new();
    for annotation in list {
        let name = annotation.name.text();
        let (meant, declared) = match KNOWN.iter().find(|known| known.name == name) {
            Some(known) if known.places.is_empty() || known.places.contains(&place) => {
                (Meant::Known(known.name), None)
            }
            Some(known) => {
                misplaced(at, known, place, annotation.span);
                continue;
            }
            None => {
                let Some((symbol, found)) = applied::apply(at, place, annotation) else { continue };
                (Meant::Declared(symbol), found)
            }
        };
        if let Some(before) = first.insert(meant, annotation.span)
            && meant != Meant::Known("allow")
        {
            twice(at, &name, annotation.span, before);
            continue;
        }
        match meant {
            Meant::Known(known) => fitting.push((known, annotation)),
            Meant::Declared(_) => applied.extend(declared),
        }
    }
    fitting
}

/// What an annotation stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Meant {
    Known(&'static str),
    Declared(SymbolId),
}

fn twice(at: At<'_, '_>, name: &str, again: Span, first: Span) {
    at.report(
        Diagnostic::error(codes::E0309, format!("`@{name}` stands here twice"))
            .at(again, "again")
            .and(first, "here first")
            .help("remove one of them"),
    );
}

/// True for the name of an annotation of the language.
pub(crate) fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| known.name == name)
}

/// The annotations of the language.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.name)
}

fn misplaced(at: At<'_, '_>, known: &Known, place: Place, span: Span) {
    at.report(
        Diagnostic::error(codes::E0307, format!("`@{}` cannot stand on {}", known.name, place.phrase()))
            .at(span, "not here")
            .help(format!("it can stand on {}", places(known.places))),
    );
}

/// The places in words, those of fields taken together.
fn places(places: &[Place]) -> String {
    let fields = [Place::ResourceField, Place::MixinField, Place::StructureField, Place::ErrorField];
    let all = fields.iter().all(|field| places.contains(field));
    let others = places.iter().filter(|place| !(all && fields.contains(place))).map(|place| place.phrase());
    let mut words: Vec<&str> = all.then_some("a field").into_iter().chain(others).collect();
    let last = words.pop().unwrap_or_default();
    if words.is_empty() { last.to_owned() } else { format!("{} or {last}", words.join(", ")) }
}

/// How the annotation is written, for messages.
fn form(name: &str) -> &'static str {
    KNOWN.iter().find(|known| known.name == name).map_or("", |known| known.form)
}

fn allow(at: At<'_, '_>, annotation: &Annotation, covers: Span) {
    let args = arguments::Arguments::read(annotation);
    let (Some(lint), Some(reason), 2) = (args.path(0), args.text(1), annotation.args.len()) else {
        arguments::wrong(at, annotation, "it takes the lint's name and the reason");
        return;
    };
    at.cx.allows.borrow_mut().push(Allow {
        lint: lint.text(),
        reason: reason.to_owned(),
        span: annotation.span,
        covers: covers.to(annotation.span),
    });
}

fn plural(at: At<'_, '_>, annotation: &Annotation) -> Option<String> {
    let args = arguments::Arguments::read(annotation);
    let text = args.text(0).filter(|text| annotation.args.len() == 1 && is_snake(text));
    if text.is_none() {
        arguments::wrong(at, annotation, "it takes one word in snake_case, in quotes");
    }
    text.map(str::to_owned)
}

fn is_snake(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 63
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
