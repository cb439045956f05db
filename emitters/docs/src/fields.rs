//! Lists of fields and parameters: what each is, who gives it, what it must keep to.

use atlas9_ir::{Field, Managed, OnDelete, TypeKind, Visibility};

use crate::Site;
use crate::expr::literal;
use crate::html::Html;
use crate::{anchors, markdown, words};

/// Where a list of fields stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A resource: all that requests and answers hold.
    Resource,
    /// A structure.
    Structure,
    /// An error, which is only answered.
    Error,
    /// What an operation is given.
    Given,
}

/// One entry of a list.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// The anchor, where others refer to it.
    pub(crate) id: String,
    /// Where a request carries it; what the form reads.
    pub(crate) carried: &'static str,
    pub(crate) ty: Html,
    /// Words beside the type, `required` first.
    pub(crate) marks: Vec<Html>,
    /// What else there is to say.
    pub(crate) about: Html,
}

/// The rows as a list.
pub(crate) fn list(h: &mut Html, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    h.el("ul", &[("class", "fields")], |h| rows.iter().for_each(|row| entry(h, row)));
}

fn entry(h: &mut Html, row: &Row) {
    let mut attributes = Vec::new();
    if !row.id.is_empty() {
        attributes.push(("id", row.id.as_str()));
    }
    if !row.carried.is_empty() {
        attributes.push(("data-in", row.carried));
    }
    h.el("li", &attributes, |h| {
        h.leaf("code", &[("class", "name")], &row.name);
        h.text(" ").el("span", &[("class", "type")], |h| {
            h.push(&row.ty);
        });
        for mark in &row.marks {
            h.text(" ").push(mark);
        }
        h.push(&row.about);
    });
}

/// A mark: `required`.
pub(crate) fn mark(text: &str) -> Html {
    Html::of(|h| {
        h.leaf("span", &[("class", "mark")], text);
    })
}

/// The mark of what a request must give.
pub(crate) fn required() -> Html {
    Html::of(|h| {
        h.leaf("span", &[("class", "mark must")], "required");
    })
}

/// The entry of a field.
pub(crate) fn row(site: &Site<'_>, owner: &str, field: &Field, place: Place) -> Row {
    Row {
        name: field.wire.clone(),
        id: if owner.is_empty() { String::new() } else { anchors::field(owner, &field.wire) },
        carried: "",
        ty: words::type_of(site, &field.ty),
        marks: marks(site, field, place),
        about: about(site, field),
    }
}

/// The entries of all fields that travel.
pub(crate) fn rows(site: &Site<'_>, owner: &str, fields: &[Field], place: Place) -> Vec<Row> {
    let shown = fields.iter().filter(|field| match place {
        Place::Error => field.readable(),
        Place::Resource | Place::Structure | Place::Given => field.visibility != Visibility::Internal,
    });
    shown.map(|field| row(site, owner, field, place)).collect()
}

fn marks(site: &Site<'_>, field: &Field, place: Place) -> Vec<Html> {
    let mut marks = Vec::new();
    let mut say = |yes: bool, text: &str| marks.extend(yes.then(|| mark(text)));
    let optional = site.ir.resolve(&field.ty).1;
    say(optional, if place == Place::Given { "optional" } else { "may be null" });
    say(field.key, "key");
    say(field.unique && !field.key, "unique");
    if place != Place::Error {
        say(field.visibility == Visibility::ReadOnly, "read only");
        say(field.visibility == Visibility::WriteOnly, "write only");
        say(field.visibility == Visibility::Immutable, "never changes");
    }
    say(field.sensitive.is_some(), "sensitive");
    if place != Place::Error && field.required_in_create() && !optional {
        marks.insert(0, required());
    }
    marks
}

fn about(site: &Site<'_>, field: &Field) -> Html {
    Html::of(|h| {
        h.push(&markdown::block(&field.docs));
        let facts = facts(site, field);
        if !facts.is_empty() || !field.requires.is_empty() {
            h.el("p", &[], |h| {
                h.prose(&facts.join(" "));
                if !field.requires.is_empty() {
                    h.text(if facts.is_empty() { "Only with " } else { " Only with " });
                    words::scopes(h, &field.requires);
                    h.text(".");
                }
            });
        }
        words::deprecation(h, field.deprecated.as_ref());
    })
}

fn facts(site: &Site<'_>, field: &Field) -> Vec<String> {
    let mut facts = Vec::new();
    let managed = field.managed.filter(|_| field.docs.is_empty()).map(|managed| match managed {
        Managed::Key => "The server makes it.",
        Managed::Parent => "It comes from the path.",
        Managed::Tenant => "The tenant of the caller who made it.",
        Managed::CreatedAt => "The time of the creation.",
        Managed::UpdatedAt => "The time of the last change.",
        Managed::DeletedAt => "The time of the deletion; null while it is there.",
    });
    facts.extend(managed.map(str::to_owned));
    if let Some(default) = field.default.as_ref().filter(|_| field.managed.is_none()) {
        let words = if field.creatable() { "Without it" } else { "At first" };
        facts.push(format!("{words}: `{}`.", literal(default).replace('`', "'")));
    }
    facts.extend(end_of(site, field));
    facts
}

/// What becomes of a reference when the other end goes.
fn end_of(site: &Site<'_>, field: &Field) -> Option<String> {
    let (kind, _) = site.ir.resolve(&field.ty);
    let to = match kind {
        TypeKind::Ref(to) => to,
        TypeKind::List { item, .. } => match site.ir.resolve(item).0 {
            TypeKind::Ref(to) => to,
            _ => return None,
        },
        _ => return None,
    };
    let other = words::spaced(&site.ir.resources[*to].snake);
    Some(match field.on_delete? {
        OnDelete::Restrict => format!("The {other} cannot be deleted while it is referred to."),
        OnDelete::Cascade => format!("Goes when the {other} is deleted."),
        OnDelete::Clear => format!("Is cleared when the {other} is deleted."),
    })
}
