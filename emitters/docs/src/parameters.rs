//! Parameters of an operation: in the path, the query, headers.

use atlas9_emitters_core::requests::{Placeholder, placeholders, takes_if_match};
use atlas9_emitters_core::sdk::is_ordered;
use atlas9_ir::{Field, FieldPath, List, OperationKind, PaginationStyle, ParamPlace, Resource};

use crate::Site;
use crate::fields::{self, Place, Row, required};
use crate::html::Html;
use crate::operation::At;
use crate::words;

/// The parameters, those of each place under a heading.
pub(crate) fn write(h: &mut Html, site: &Site<'_>, at: At<'_>) {
    section(h, "Path", &of_path(site, at));
    section(h, "Query", &of_query(site, at));
    section(h, "Headers", &of_headers(site, at));
}

fn section(h: &mut Html, title: &str, rows: &[Row]) {
    if !rows.is_empty() {
        h.leaf("h4", &[], title);
        fields::list(h, rows);
    }
}

fn of_path(site: &Site<'_>, at: At<'_>) -> Vec<Row> {
    let rows = placeholders(&at.operation.path).filter_map(|name| {
        let row = match Placeholder::of(site.ir, at.id, at.operation, name)? {
            Placeholder::Param(field) => fields::row(site, "", field, Place::Given),
            Placeholder::Key(of, ty) => Row {
                ty: words::type_of(site, ty),
                marks: vec![required()],
                about: said(&format!("Which {}.", words::spaced(&site.ir.resources[of].snake))),
                ..Row::default()
            },
        };
        Some(Row { name: name.to_owned(), carried: "path", ..row })
    });
    rows.collect()
}

fn of_query(site: &Site<'_>, at: At<'_>) -> Vec<Row> {
    let mut rows = match (&at.operation.kind, at.resource) {
        (OperationKind::List(list), Some(resource)) => of_list(site, resource, list),
        (OperationKind::Get, Some(resource)) if resource.soft_delete() => vec![show_deleted()],
        (OperationKind::Delete(delete), _) if delete.force => {
            let about = "Also deletes what would keep it from going.";
            vec![Row { about: said(about), ..plain("force", "true or false") }]
        }
        _ => params(site, at, "query"),
    };
    if !at.operation.expand.is_empty() {
        let about = Html::of(|h| {
            h.el("p", &[], |h| {
                h.text("References to embed, with commas between them:");
                for expand in &at.operation.expand {
                    h.text(" ").code(&expand.wire);
                }
                h.text(".");
            });
        });
        rows.push(Row { about, ..plain("expand", "names") });
    }
    if let Some(resource) = at.resource.filter(|_| at.operation.fields) {
        rows.push(Row { about: chosen(resource), ..plain("fields", "names") });
    }
    rows
}

/// The fields that a request can choose among.
fn chosen(resource: &Resource) -> Html {
    Html::of(|h| {
        h.el("p", &[], |h| {
            h.text("The fields to answer, with commas between them; without it all of them:");
            for field in resource.fields.iter().filter(|field| field.readable()) {
                h.text(" ").code(&field.wire);
            }
            h.text(".");
        });
    })
}

fn of_headers(site: &Site<'_>, at: At<'_>) -> Vec<Row> {
    let header =
        |name: &str, ty: &str, about: &str| Row { carried: "header", about: said(about), ..plain(name, ty) };
    let mut rows = params(site, at, "header");
    if at.operation.idempotent {
        let about = "A new one for each request, such as a UUID: the request is then done once, however often it is sent.";
        rows.push(header("Idempotency-Key", "text, 1 to 255 characters", about));
    }
    if takes_if_match(at.operation) {
        let about = match at.operation.conditional {
            true => {
                "The `ETag` that it must still have; another one is answered 412, and without it the answer is 428."
            }
            false => "The `ETag` that it must still have; another one is answered 412.",
        };
        let marks = Vec::from_iter(at.operation.conditional.then(required));
        rows.push(Row { marks, ..header("If-Match", "entity tag", about) });
        let about = "The `ETag` that it must not have; that one is answered 412.";
        rows.push(header("If-None-Match", "entity tag", about));
    }
    if at.operation.kind == OperationKind::Get {
        rows.push(header(
            "If-None-Match",
            "entity tag",
            "The `ETag` that is known already; the same one is answered 304.",
        ));
    }
    rows
}

/// Parameters that the schema puts into one place.
fn params(site: &Site<'_>, at: At<'_>, place: &'static str) -> Vec<Row> {
    let OperationKind::Action(action) = &at.operation.kind else { return Vec::new() };
    let rows = action.params.iter().filter_map(|param| {
        let name = match &param.place {
            ParamPlace::Query if place == "query" => param.field.wire.clone(),
            ParamPlace::Header(name) if place == "header" => name.clone(),
            ParamPlace::Query | ParamPlace::Header(_) | ParamPlace::Body | ParamPlace::Path => return None,
        };
        Some(Row { name, carried: place, ..fields::row(site, "", &param.field, Place::Given) })
    });
    rows.collect()
}

fn of_list(site: &Site<'_>, resource: &Resource, list: &List) -> Vec<Row> {
    let (default, max) = (list.paginate.default, list.paginate.max);
    let limit = format!("At most {max}; without it {default}.");
    let place = match list.paginate.style {
        PaginationStyle::Cursor => ("cursor", "text", "`next_cursor` of the page before."),
        PaginationStyle::Page => ("page", "whole number", "Which page; the first is 1."),
    };
    let mut rows = vec![
        Row { about: said(&limit), ..plain("limit", "whole number") },
        Row { about: said(place.2), ..plain(place.0, place.1) },
        Row { about: said("Also counts what there is on all pages."), ..plain("count", "true or false") },
    ];
    if !list.sort.is_empty() {
        rows.push(Row { about: names("By", &list.sort, site, resource), ..plain("sort", "names") });
    }
    if !list.search.is_empty() {
        rows.push(Row {
            about: names("Words to be found in", &list.search, site, resource),
            ..plain("q", "text")
        });
    }
    rows.extend(list.filter.iter().filter_map(|path| filter(site, resource, path)));
    if resource.soft_delete() {
        rows.push(show_deleted());
    }
    rows
}

fn names(words: &str, paths: &[FieldPath], site: &Site<'_>, resource: &Resource) -> Html {
    Html::of(|h| {
        h.el("p", &[], |h| {
            h.text(words);
            for (at, path) in paths.iter().enumerate() {
                h.text(if at > 0 { ", " } else { " " }).code(&wire(site, resource, path));
            }
            h.text(".");
        });
    })
}

/// A filter with the comparisons that it offers.
fn filter(site: &Site<'_>, resource: &Resource, path: &FieldPath) -> Option<Row> {
    let field = site.ir.field(&resource.fields, path)?;
    let nullable = steps(site, resource, path).any(|field| site.ir.resolve(&field.ty).1);
    let mut comparisons = vec![".ne", ".in"];
    comparisons
        .extend(is_ordered(site.ir, field).then_some([".lt", ".lte", ".gt", ".gte"]).into_iter().flatten());
    comparisons.extend(nullable.then_some(".null"));
    let name = wire(site, resource, path);
    let about = Html::of(|h| {
        h.el("p", &[], |h| {
            h.text("Only those with this value; also ");
            for (at, comparison) in comparisons.iter().enumerate() {
                h.text(if at > 0 { ", " } else { "" }).code(comparison);
            }
            h.text(".");
        });
        words::deprecation(h, field.deprecated.as_ref());
    });
    Some(Row { name, carried: "query", ty: words::type_of(site, &field.ty), about, ..Row::default() })
}

fn show_deleted() -> Row {
    Row { about: said("Also what is deleted and still kept."), ..plain("show_deleted", "true or false") }
}

fn plain(name: &str, ty: &str) -> Row {
    Row { name: name.to_owned(), carried: "query", ty: Html::text_of(ty), ..Row::default() }
}

fn said(text: &str) -> Html {
    Html::of(|h| {
        h.el("p", &[], |h| {
            h.prose(text);
        });
    })
}

/// The names on the wire that a path leads through, `price.amount`.
fn wire(site: &Site<'_>, resource: &Resource, path: &FieldPath) -> String {
    steps(site, resource, path).map(|field| field.wire.as_str()).collect::<Vec<_>>().join(".")
}

fn steps<'a>(
    site: &Site<'a>,
    resource: &'a Resource,
    path: &'a FieldPath,
) -> impl Iterator<Item = &'a Field> {
    let ir = site.ir;
    (1..=path.0.len())
        .filter_map(move |length| ir.field(&resource.fields, &FieldPath(path.0.get(..length)?.to_vec())))
}
