//! What each name in use stands for, noted while it is looked up: who changes a declaration's name changes these too.

use std::cell::RefCell;

use atlas9_diagnostics::Span;
use atlas9_ir::{Field, Managed, ResourceId, TypeKind};
use atlas9_syntax::ast::Name;
use foldhash::HashMap;

use crate::context::At;
use crate::model::Plain;
use crate::resources::derived;

/// What a name stands for: a declaration, by the place of its name, or something that is named after one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The declaration itself.
    Declared(Span),
    /// The key of the parent that is declared there, `book_id` in a resource that lives in `Book`.
    KeyOf(Span),
    /// What a reference embeds, `author` of `author_id`: where the reference is declared, the resource, and whether it holds many.
    Embedded { by: Span, resource: Span, many: bool },
    /// What the key of that parent embeds, `book` of `book_id`.
    Parent(Span),
}

impl Meaning {
    /// The same of what was moved.
    pub(crate) fn moved(self, to: impl Fn(Span) -> Span) -> Meaning {
        match self {
            Meaning::Declared(place) => Meaning::Declared(to(place)),
            Meaning::KeyOf(place) => Meaning::KeyOf(to(place)),
            Meaning::Parent(place) => Meaning::Parent(to(place)),
            Meaning::Embedded { by, resource, many } => {
                Meaning::Embedded { by: to(by), resource: to(resource), many }
            }
        }
    }

    /// What a name with that meaning is where the declaration has this one; nothing where it has none then.
    pub(crate) fn called(self, declared: &str) -> Option<String> {
        match self {
            Meaning::Declared(_) => Some(declared.to_owned()),
            Meaning::KeyOf(_) => Some(derived::key_of(declared)),
            Meaning::Parent(_) => derived::embedded(&derived::key_of(declared), false),
            Meaning::Embedded { many, .. } => derived::embedded(declared, many),
        }
    }

    /// Where that is declared for which the name stands.
    pub(crate) fn declared(self) -> Span {
        match self {
            Meaning::Declared(place) | Meaning::KeyOf(place) | Meaning::Parent(place) => place,
            Meaning::Embedded { by, .. } => by,
        }
    }
}

/// The meanings of names, by the place where each stands.
#[derive(Default)]
pub(crate) struct Meanings {
    /// Nothing where nobody asks for them: there are many.
    noted: Option<RefCell<HashMap<Span, Meaning>>>,
    /// Those that stand in texts, such as `{book_id}` in a message; the whole text where escapes hide where.
    in_texts: RefCell<HashMap<Span, Meaning>>,
}

impl Meanings {
    /// Notes every name.
    pub(crate) fn wanted() -> Meanings {
        Meanings { noted: Some(RefCell::default()), ..Meanings::default() }
    }

    pub(crate) fn note(&self, name: Span, meaning: Meaning) {
        if let Some(noted) = &self.noted {
            noted.borrow_mut().insert(name, meaning);
        }
    }

    fn note_in_text(&self, place: Span, meaning: Meaning) {
        if self.noted.is_some() {
            self.in_texts.borrow_mut().insert(place, meaning);
        }
    }

    pub(crate) fn get(&self, name: Span) -> Option<Meaning> {
        self.noted.as_ref()?.borrow().get(&name).copied()
    }

    /// What was noted, in the order of the names.
    pub(crate) fn in_order(&self) -> InOrder {
        let mut names: Vec<(Span, Meaning)> = match &self.noted {
            Some(noted) => noted.borrow().iter().map(|(name, meaning)| (*name, *meaning)).collect(),
            None => Vec::new(),
        };
        names.sort_unstable_by_key(|(name, _)| *name);
        InOrder { names }
    }

    /// Every name in use, those in texts as well.
    pub(crate) fn all(&self) -> HashMap<Span, Meaning> {
        let names = self.noted.as_ref().map(|noted| noted.borrow().clone());
        let mut all = names.unwrap_or_default();
        all.extend(self.in_texts.borrow().iter());
        all
    }

    /// The first name that stands for something else in `other`, or for nothing there.
    pub(crate) fn first_changed(&self, other: &Meanings) -> Option<Span> {
        let noted = self.noted.as_ref()?.borrow();
        let changed = noted.iter().filter(|(name, meaning)| other.get(**name) != Some(**meaning));
        changed.map(|(name, _)| *name).min()
    }
}

/// The meanings of names in the order in which these stand.
pub(crate) struct InOrder {
    names: Vec<(Span, Meaning)>,
}

impl InOrder {
    /// Where that is declared for which the names in this place stand.
    pub(crate) fn declared(&self, place: Span) -> impl Iterator<Item = Span> {
        let first =
            self.names.partition_point(|(name, _)| (name.file, name.start) < (place.file, place.start));
        let behind = self.names.get(first..).unwrap_or_default().iter();
        behind
            .take_while(move |(name, _)| name.file == place.file && name.start <= place.end)
            .filter(move |(name, _)| name.end <= place.end)
            .map(|(_, meaning)| meaning.declared())
    }
}

impl At<'_, '_> {
    /// Notes that the name stands for what is declared there.
    pub(crate) fn means(&self, name: &Name, declared: Span) {
        self.cx.meanings.note(name.span, Meaning::Declared(declared));
    }

    /// Notes that the name stands for the field.
    pub(crate) fn means_field(&self, name: &Name, field: &Field) {
        self.cx.meanings.note(name.span, self.field(field));
    }

    /// Notes that a part of a text names the field.
    pub(crate) fn means_in_text(&self, place: Span, field: &Field) {
        self.cx.meanings.note_in_text(place, self.field(field));
    }

    /// Notes that the name stands for what the reference embeds.
    pub(crate) fn means_embedded(&self, name: &Name, field: &Field, resource: ResourceId) {
        let Some(resource) = self.cx.ids.resources.get(resource.index()) else { return };
        let meaning = match self.field(field) {
            Meaning::KeyOf(parent) => Meaning::Parent(parent),
            _ => Meaning::Embedded {
                by: field.span,
                resource: self.cx.names.get(*resource).name.span,
                many: matches!(self.types.plain(&field.ty), Some((Plain::List(..), _))),
            },
        };
        self.cx.meanings.note(name.span, meaning);
    }

    fn field(&self, field: &Field) -> Meaning {
        let parent = match &field.ty.kind {
            TypeKind::Ref(id) if field.implied && field.managed == Some(Managed::Parent) => {
                self.cx.ids.resources.get(id.index())
            }
            _ => None,
        };
        match parent {
            Some(parent) => Meaning::KeyOf(self.cx.names.get(*parent).name.span),
            None => Meaning::Declared(field.span),
        }
    }
}
