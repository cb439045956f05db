//! The query of a list, read and checked.

use atlas9_descriptor::{Expand, Paging, Type};
use sha2::{Digest, Sha256};

use super::cursor::Refused;
use super::filter::{self, Named};
use super::{Cursors, ListRequest, fields, sort};
use crate::nearest::suggestion;
use crate::plan::{ListField, ListPlan, Plan, ServicePlan};
use crate::problem::Failure;
use crate::uses::Uses;
use crate::validate::unknown_parameter;
use crate::{Principal, Problem, Value};

/// What a list is asked for, before its cursor is read.
pub(crate) struct Asked {
    request: ListRequest,
    cursor: Option<String>,
    pub(crate) failures: Vec<Failure>,
    /// What the query names that is on its way out.
    pub(crate) uses: Uses,
    /// Scopes that the caller lacks for fields that the query names.
    pub(crate) lacking: Vec<&'static str>,
}

/// Reads the parameters of a query, each of which is there once.
pub(crate) fn read_request(
    service: &ServicePlan,
    plan: &Plan,
    list: &ListPlan,
    principal: &Principal,
    path: &[Value],
    query: &[(String, String)],
) -> Asked {
    let mut asked = Asked {
        request: ListRequest {
            limit: list.list.default_limit,
            page: (list.list.paging == Paging::Page).then_some(1),
            ..ListRequest::default()
        },
        cursor: None,
        failures: Vec::new(),
        uses: Uses::default(),
        lacking: Vec::new(),
    };
    for (name, text) in query {
        if let Err(failure) = parameter(&mut asked, service, plan, list, principal, (name, text)) {
            asked.failures.push(failure);
        }
    }
    asked.request.sort = sort::with_key(plan, std::mem::take(&mut asked.request.sort));
    asked.request.fingerprint = fingerprint(plan, (principal, path), query, &asked.request);
    asked
}

fn parameter(
    asked: &mut Asked,
    service: &ServicePlan,
    plan: &Plan,
    list: &ListPlan,
    principal: &Principal,
    (name, text): (&str, &str),
) -> Result<(), Failure> {
    match name {
        "limit" => asked.request.limit = limit(text, list.list.max_limit)?,
        "cursor" if list.list.paging == Paging::Cursor => asked.cursor = Some(text.to_owned()),
        "page" if list.list.paging == Paging::Page => asked.request.page = Some(page(text)?),
        "expand" if !list.expand.is_empty() => asked.request.expand = expand(list.expand, text)?,
        "fields" if list.fields => choose(asked, plan, list, principal, text),
        "count" => asked.request.count = truth(name, text)?,
        "show_deleted" if plan.deleted_at.is_some() => asked.request.show_deleted = truth(name, text)?,
        "sort" => {
            for (key, field) in sort::read(list, text)? {
                asked.lacking.extend(filter::lacking(field, principal));
                used(asked, field);
                asked.request.sort.push(key);
            }
        }
        "q" if !list.search.is_empty() => search(asked, list, principal, text)?,
        _ => match filter::named(list, name) {
            Named::Filter(field, comparison) => {
                asked.lacking.extend(filter::lacking(field, principal));
                used(asked, field);
                let filter = filter::read(&service.bounds, name, field, comparison, text)?;
                if let Type::Enum(kind) = field.ty {
                    filter.values.iter().for_each(|value| asked.uses.value(kind, value));
                }
                asked.request.filters.push(filter);
            }
            Named::NoComparison(detail) => return Err(Failure::parameter(name, "unknown_parameter", detail)),
            Named::Unknown => return Err(unknown_parameter(name, known(plan, list))),
        },
    }
    Ok(())
}

/// All that is wrong with the names is told, which may be several things.
fn choose(asked: &mut Asked, plan: &Plan, list: &ListPlan, principal: &Principal, text: &str) {
    let chosen = fields(plan.resource, list.expand, principal, text);
    asked.lacking.extend(chosen.lacking);
    asked.uses.extend(chosen.uses);
    asked.failures.extend(chosen.failures);
    asked.request.fields = Some(chosen.places);
}

fn used(asked: &mut Asked, field: &ListField) {
    for (owner, field) in &field.deprecated {
        asked.uses.field(owner, field);
    }
}

fn known<'a>(plan: &'a Plan, list: &'a ListPlan) -> impl Iterator<Item = &'a str> {
    let paging = match list.list.paging {
        Paging::Cursor => "cursor",
        Paging::Page => "page",
    };
    let mut fixed = vec!["limit", paging, "sort", "count"];
    if !list.expand.is_empty() {
        fixed.push("expand");
    }
    if list.fields {
        fixed.push("fields");
    }
    if !list.search.is_empty() {
        fixed.push("q");
    }
    if plan.deleted_at.is_some() {
        fixed.push("show_deleted");
    }
    fixed.into_iter().chain(list.filters.iter().map(|field| field.wire.as_str()))
}

fn limit(text: &str, max: u32) -> Result<u32, Failure> {
    positive("limit", text).map(|number| number.min(max))
}

fn page(text: &str) -> Result<u32, Failure> {
    positive("page", text)
}

fn positive(name: &str, text: &str) -> Result<u32, Failure> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number beyond 32 bits is more than the greatest limit and the last page, too.
    match if digits { text.parse().unwrap_or(u32::MAX) } else { 0 } {
        0 => Err(Failure::parameter(name, "out_of_range", "must be a whole number of at least 1")),
        number => Ok(number),
    }
}

/// Reads the names of references, `author,publisher`.
pub(crate) fn expand(known: &'static [Expand], text: &str) -> Result<Vec<&'static Expand>, Failure> {
    let mut found: Vec<&'static Expand> = Vec::new();
    for name in text.split(',') {
        let Some(expand) = known.iter().find(|expand| expand.name == name) else {
            let names =
                known.iter().map(|expand| format!("`{}`", expand.name)).collect::<Vec<_>>().join(", ");
            let hint = suggestion(name, known.iter().map(|expand| expand.name));
            return Err(Failure::parameter(
                "expand",
                "unknown_value",
                format!("must be made of {names}{hint}"),
            ));
        };
        if found.contains(&expand) {
            return Err(Failure::parameter("expand", "repeated", format!("`{name}` stands there twice")));
        }
        found.push(expand);
    }
    Ok(found)
}

/// Reads `true` or `false`.
pub(crate) fn truth(name: &str, text: &str) -> Result<bool, Failure> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Failure::parameter(name, "wrong_format", "must be `true` or `false`")),
    }
}

/// Words in one search.
const MOST_WORDS: usize = 10;

fn search(asked: &mut Asked, list: &ListPlan, principal: &Principal, text: &str) -> Result<(), Failure> {
    if text.contains('\0') {
        return Err(Failure::parameter("q", "nul_character", "must not contain the character U+0000"));
    }
    // Both databases fold the case of ASCII letters alone in the same way.
    let words: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
    if words.len() > MOST_WORDS {
        return Err(Failure::parameter("q", "too_many", format!("must have at most {MOST_WORDS} words")));
    }
    let readable = list.search.iter().filter(|field| principal.may(&field.requires));
    asked.request.searched = readable.map(|field| field.column).collect();
    if asked.request.searched.is_empty() {
        asked.lacking.extend(list.search.iter().flat_map(|field| filter::lacking(field, principal)));
    }
    asked.request.words = words;
    Ok(())
}

/// What a cursor is tied to: everything that decides which rows there are and in which order, but not how many, nor
/// what of them is shown.
fn fingerprint(
    plan: &Plan,
    (principal, path): (&Principal, &[Value]),
    query: &[(String, String)],
    request: &ListRequest,
) -> [u8; 16] {
    let mut parts: Vec<String> = query
        .iter()
        .filter(|(name, _)| {
            !matches!(name.as_str(), "limit" | "cursor" | "count" | "sort" | "expand" | "fields")
        })
        .map(|(name, text)| format!("{name}\n{text}"))
        .collect();
    parts.sort();
    parts.extend(path.iter().map(Value::plain));
    parts.extend(plan.tenant.and(principal.tenant()).map(str::to_owned));
    parts.extend(request.sort.iter().map(|key| {
        let name = plan.columns.get(key.column).map_or("", |column| column.name.as_str());
        format!("{name}\n{}", key.descending)
    }));
    let mut hash = Sha256::new();
    hash.update(plan.resource.name);
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut short = [0; 16];
    short.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    short
}

impl Asked {
    /// The scopes that the caller lacks, as the answer.
    pub(crate) fn forbidden(&self) -> Option<Problem> {
        Problem::lacking(self.lacking.iter().copied())
    }

    /// The references to embed.
    pub(crate) fn expand(&self) -> &[&'static Expand] {
        &self.request.expand
    }

    /// Reads the cursor, where there is one.
    pub(crate) fn finish(mut self, plan: &Plan, cursors: &Cursors) -> Result<ListRequest, Vec<Failure>> {
        if let (Some(cursor), true) = (&self.cursor, self.failures.is_empty()) {
            let columns = self.request.sort.iter().filter_map(|key| plan.columns.get(key.column));
            let types: Vec<_> = columns.map(|column| column.field).collect();
            match cursors.read(cursor, self.request.fingerprint, &types) {
                Ok(values) => self.request.after = Some(values),
                Err(Refused::Invalid) => {
                    let detail = "is not a cursor of this list; leave it out to begin with the first page";
                    self.failures.push(Failure::parameter("cursor", "invalid_cursor", detail));
                }
                Err(Refused::OtherQuery) => {
                    let detail = "belongs to another filter, order or search; repeat those it was made with";
                    self.failures.push(Failure::parameter("cursor", "cursor_mismatch", detail));
                }
            }
        }
        if self.failures.is_empty() { Ok(self.request) } else { Err(self.failures) }
    }
}
