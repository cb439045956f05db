//! An operation: what it does, what it is given, what it answers, and how it fails.

use atlas9_emitters_core::describe::does;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::requests::{ETAG, Items, items, request_fields};
use atlas9_ir::{
    Action, Assigned, Batch, ErrorId, Field, Operation, OperationKind, Resource, ResourceId, SetField,
    Transition, TypeKind,
};

use crate::answers::{self, Body};
use crate::fields::{self, Place};
use crate::html::Html;
use crate::{Site, anchors, code, expr, markdown, parameters, words};

/// An operation and the resource that offers it.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) id: Option<ResourceId>,
    pub(crate) resource: Option<&'a Resource>,
    pub(crate) operation: &'a Operation,
}

/// The article of an operation.
pub(crate) fn write(h: &mut Html, site: &Site<'_>, at: At<'_>) {
    let anchor = anchors::operation(at.resource, at.operation);
    let path = format!("{}{}", site.ir.service.base_path, at.operation.path);
    let method = at.operation.method.word();
    let mut attributes = vec![("class", "op pair"), ("id", anchor.as_str())];
    attributes.extend([("data-m", method), ("data-p", path.as_str())]);
    // The script asks for a body where there is one.
    attributes.extend(takes_body(at).then_some(("data-b", "")));
    h.el("article", &attributes, |h| {
        h.el("div", &[("class", "text")], |h| {
            h.el("h3", &[], |h| {
                h.link(&anchor, &does(at.resource, at.operation));
            });
            h.el("p", &[("class", "route")], |h| {
                self::method(h, at.operation);
                h.text(" ").code(&path);
            });
            words::deprecation(h, at.operation.deprecated.as_ref());
            h.push(&markdown::block(&at.operation.docs));
            effects(h, site, at);
            needs(h, site, at.operation);
            parameters::write(h, site, at);
            body(h, site, at);
            answer(h, site, at);
            failures(h, site, at.operation);
        });
        h.el("div", &[("class", "code")], |h| code::of_operation(h, site, at));
    });
}

/// The method as a coloured word.
pub(crate) fn method(h: &mut Html, operation: &Operation) {
    let word = operation.method.word();
    h.leaf("span", &[("class", &format!("m {}", word.to_ascii_lowercase()))], word);
}

fn takes_body(at: At<'_>) -> bool {
    match &at.operation.kind {
        OperationKind::Create
        | OperationKind::Update
        | OperationKind::Replace
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => true,
        OperationKind::Action(action) => action.body().next().is_some(),
        OperationKind::List(_) | OperationKind::Get | OperationKind::Delete(_) | OperationKind::Undelete => {
            false
        }
    }
}

fn needs(h: &mut Html, site: &Site<'_>, operation: &Operation) {
    if site.ir.service.auth.is_empty() {
        return;
    }
    h.el("p", &[("class", "needs")], |h| {
        if operation.public {
            h.text("Open to everybody.");
        } else if operation.requires.is_empty() {
            h.text("Needs ").link("about-authentication", "a credential").text(", with any scope.");
        } else {
            h.text("Needs ");
            words::scopes(h, &operation.requires);
            h.text(".");
        }
    });
}

/// What the schema says that happens.
fn effects(h: &mut Html, site: &Site<'_>, at: At<'_>) {
    match &at.operation.kind {
        OperationKind::Delete(delete) => {
            if let Some(days) = delete.soft_keep_days {
                h.leaf("p", &[], &format!("What is deleted is kept for {days} days and can be taken back."));
            }
        }
        OperationKind::BatchCreate(_) => {
            h.leaf("p", &[], "All of them are made, or none.");
        }
        OperationKind::BatchDelete(_) => {
            h.leaf("p", &[], "All of them are deleted, or none.");
        }
        OperationKind::Update => {
            h.leaf("p", &[], "A field that is left out stays as it is; null clears it (RFC 7396).");
        }
        OperationKind::Replace => {
            h.leaf("p", &[], "A field that is left out gets its default, or null.");
        }
        OperationKind::Action(action) => of_action(h, site, action),
        OperationKind::List(_) | OperationKind::Get | OperationKind::Create | OperationKind::Undelete => {}
    }
}

fn of_action(h: &mut Html, site: &Site<'_>, action: &Action) {
    if action.needs_code() {
        return;
    }
    h.el("ul", &[("class", "effects")], |h| {
        for change in &action.moves {
            h.el("li", &[], |h| transition(h, site, change));
        }
        for set in &action.sets {
            h.el("li", &[], |h| assignment(h, set));
        }
    });
}

fn transition(h: &mut Html, site: &Site<'_>, change: &Transition) {
    h.text("Moves ").code(&change.field.to_string()).text(" from ");
    for (at, from) in change.from.iter().enumerate() {
        if at > 0 {
            h.text(" or ");
        }
        h.code(from);
    }
    h.text(" to ").code(&change.to).text("; otherwise it fails with ");
    let error = &site.ir.errors[change.otherwise.error];
    h.link(site.anchors.of_error(change.otherwise.error), &error.code).text(".");
}

fn assignment(h: &mut Html, set: &SetField) {
    h.text("Sets ").code(&set.field.to_string()).text(" to ");
    match &set.value {
        Assigned::Value(value) => h.code(&expr::literal(value)),
        Assigned::Param(name) => h.text("the given ").code(name),
        Assigned::Field(path) => h.text("what was in ").code(&path.to_string()),
        Assigned::Principal => h.text("the id of the caller"),
    };
    h.text(".");
}

fn body(h: &mut Html, site: &Site<'_>, at: At<'_>) {
    if let Some((items, batch)) = items(at.resource, at.operation).zip(at.operation.kind.batch()) {
        h.leaf("h4", &[], "Body");
        return of_batch(h, site, at, items, batch);
    }
    let fields = request_fields(at.resource, at.operation);
    if fields.is_empty() {
        return;
    }
    h.leaf("h4", &[], "Body");
    match (&at.operation.kind, at.resource) {
        (OperationKind::Action(_), _) | (_, None) => {
            let rows: Vec<_> =
                fields.iter().map(|field| fields::row(site, "", field, Place::Given)).collect();
            fields::list(h, &rows);
        }
        (kind, Some(resource)) => {
            let needs = |field: &&&Field| *kind != OperationKind::Update && field.required_in_create();
            let needed: Vec<&Field> = fields.iter().filter(needs).copied().collect();
            let others: Vec<&Field> = fields.iter().filter(|field| !needs(field)).copied().collect();
            named(h, resource, "Required: ", &needed);
            named(h, resource, if needed.is_empty() { "Any of: " } else { "Optional: " }, &others);
        }
    }
}

/// An object with `items`.
fn of_batch(h: &mut Html, site: &Site<'_>, at: At<'_>, items: Items<'_>, batch: &Batch) {
    let max = batch.max;
    let count = if max == 1 { "one of them".to_owned() } else { format!("1 to {max} of them") };
    h.el("p", &[], |h| {
        h.text("An object with ").code("items").text(&format!(", {count}, "));
        match items {
            Items::Bodies(_, create) => {
                let anchor = anchors::operation(at.resource, create);
                h.text("each as the body of ").link(&anchor, &does(at.resource, create)).text(".");
            }
            Items::Keys(_) => {
                h.text("each an object with:");
            }
        }
    });
    if let Items::Keys(key) = items {
        let about = "The `ETag` that it must still have; another one is answered 412.";
        let etag = fields::Row {
            name: ETAG.to_owned(),
            ty: Html::text_of("entity tag"),
            marks: Vec::from_iter(batch.conditional.then(fields::required)),
            about: Html::of(|h| {
                h.el("p", &[], |h| {
                    h.prose(about);
                });
            }),
            ..fields::Row::default()
        };
        let key = fields::Row {
            name: key.wire.clone(),
            ty: words::type_of(site, &key.ty),
            marks: vec![fields::required()],
            ..fields::Row::default()
        };
        fields::list(h, &[key, etag]);
    }
}

/// Fields that are described with the resource.
fn named(h: &mut Html, resource: &Resource, words: &str, fields: &[&Field]) {
    if fields.is_empty() {
        return;
    }
    h.el("p", &[("class", "named")], |h| {
        h.text(words);
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                h.text(", ");
            }
            let anchor = anchors::field(&resource.snake, &field.wire);
            h.link(&anchor, &field.wire);
        }
        h.text(".");
    });
}

fn answer(h: &mut Html, site: &Site<'_>, at: At<'_>) {
    let answer = answers::of(at);
    h.leaf("h4", &[], "Answers");
    h.el("p", &[("class", "answer")], |h| {
        h.leaf("span", &[("class", "s ok")], &answer.status.to_string());
        h.text(" ");
        match (answer.body, &at.operation.kind) {
            (Body::Value, OperationKind::Action(action)) if answer.about.is_empty() => {
                if let Some(ty) = &action.returns {
                    returned(h, site, ty);
                }
            }
            _ => {
                h.prose(&answer.about);
            }
        }
        if !answer.headers.is_empty() {
            h.text(" With ");
            for (place, header) in answer.headers.iter().enumerate() {
                h.text(if place > 0 { " and " } else { "" }).code(header);
            }
            h.text(".");
        }
    });
}

/// What an action answers: a reference is the whole resource.
fn returned(h: &mut Html, site: &Site<'_>, ty: &atlas9_ir::Type) {
    match &ty.kind {
        TypeKind::Ref(id) => {
            let resource = &site.ir.resources[*id];
            h.text("A whole ").link(&resource.snake, &words::spaced(&resource.snake));
        }
        TypeKind::List { item, .. } => {
            h.text("An object whose ").code("items").text(" are: ");
            match &item.kind {
                TypeKind::Ref(id) => {
                    let resource = &site.ir.resources[*id];
                    h.text("whole ").link(&resource.snake, &words::spaced(&resource.plural));
                }
                _ => {
                    h.push(&words::type_of(site, item));
                }
            }
        }
        _ => {
            h.push(&words::type_of(site, ty));
        }
    }
    h.text(if ty.optional { ", or null." } else { "." });
}

/// Errors that the schema declares each with their remedy; those of every service in one line.
fn failures(h: &mut Html, site: &Site<'_>, operation: &Operation) {
    let (standard, own): (Vec<ErrorId>, Vec<ErrorId>) =
        operation.errors.iter().copied().partition(|id| is_standard(&site.ir.errors[*id]));
    if own.is_empty() && standard.is_empty() {
        return;
    }
    h.leaf("h4", &[], "Errors");
    h.el("ul", &[("class", "errors")], |h| {
        for id in own {
            h.el("li", &[], |h| failure(h, site, id));
        }
        if !standard.is_empty() {
            h.el("li", &[], |h| {
                for id in standard {
                    let error = &site.ir.errors[id];
                    let anchor = format!("#{}", site.anchors.of_error(id));
                    h.el("a", &[("href", &anchor)], |h| {
                        h.leaf("b", &[], &error.kind.status().to_string()).text(&format!(" {}", error.code));
                    });
                    h.text(" ");
                }
            });
        }
    });
}

fn failure(h: &mut Html, site: &Site<'_>, id: ErrorId) {
    let error = &site.ir.errors[id];
    h.leaf("span", &[("class", "s")], &error.kind.status().to_string());
    h.text(" ").link(site.anchors.of_error(id), &error.code).text(" ");
    let first = error.docs.split("\n\n").next().unwrap_or("");
    h.push(&markdown::line(if first.is_empty() { &error.message } else { first }));
    if !error.remedy.is_empty() {
        h.text(" ").el("em", &[], |h| {
            h.prose(&error.remedy);
        });
    }
    h.text(" ").prose(words::retry(error.kind));
}
