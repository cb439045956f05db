//! Answers to replies.

use atlas9_descriptor::{Answered, Expand, Field, Operation, OperationKind, Returns};
use axum::http::HeaderMap;

use super::precondition::{entity_tag, none_match_has};
use super::reply::{JSON, Reply};
use crate::handler::Output;
use crate::operation::expand::Embedded;
use crate::operation::{Answer, Next};
use crate::plan::Plan;
use crate::row::{self, Showing, field_value, write_record, write_row};
use crate::store::Row;
use crate::value::write::{self, View, sequence};
use crate::{Page, Principal, Problem, Record, Value};

/// What an answer is written for.
pub(crate) struct Asking<'a> {
    /// None for an operation of the service.
    pub(crate) plan: Option<&'a Plan>,
    pub(crate) operation: &'static Operation,
    pub(crate) principal: &'a Principal,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    /// The number of the page that a list is asked for.
    pub(crate) page: Option<u32>,
    /// The references to embed.
    pub(crate) expand: Vec<&'static Expand>,
    /// The places of the fields to answer; nothing for all of them.
    pub(crate) fields: Option<Vec<usize>>,
}

/// What an answer shows that is not in its rows.
#[derive(Default)]
pub(crate) struct Shown {
    /// The lists of references of each row.
    pub(crate) links: Vec<Vec<Value>>,
    pub(crate) embedded: Vec<Embedded>,
}

impl Asking<'_> {
    /// The reply to an answer.
    pub(crate) fn reply(&self, answer: Answer, shown: &Shown) -> Result<Reply, Problem> {
        match answer {
            Answer::Nothing | Answer::Code(Output::Nothing) => Ok(Reply::empty(204)),
            Answer::Row(row) => self.row(&row, shown),
            Answer::Rows { rows, next, count } => {
                let plan = self.plan.ok_or_else(no_plan)?;
                let rows: Vec<_> = rows.iter().enumerate().collect();
                self.paged(&rows, &next, count, |out, (index, row)| {
                    write_row(out, plan, row, self.principal, self.showing(shown, *index))
                })
            }
            Answer::Code(Output::Record(record)) => self.record(&record, shown),
            Answer::Batch(items) => self.batch(&items, shown),
            Answer::Code(Output::Value(value)) => self.value(&value),
            Answer::Code(Output::Page(Page { items, next_cursor, next_page, count })) => {
                let next = match self.page {
                    Some(_) => Next::Page(next_page),
                    None => Next::Cursor(next_cursor),
                };
                self.paged(&items, &next, count, |out, record| {
                    write_record(out, record, self.principal, self.showing(shown, 0))
                })
            }
        }
    }

    /// True where a list of references is answered, or what one leads to.
    pub(crate) fn shows_lists(&self, plan: &Plan) -> bool {
        let Some(fields) = &self.fields else { return true };
        plan.links.iter().any(|links| {
            let field = plan.resource.fields.get(links.field);
            let embeds = |field: &Field| self.expand.iter().any(|expand| expand.field == field.name);
            fields.contains(&links.field) || field.is_some_and(embeds)
        })
    }

    /// How the resource at a place of the answer is shown.
    fn showing<'s>(&'s self, shown: &'s Shown, index: usize) -> Showing<'s> {
        let links = shown.links.get(index).map_or(&[][..], Vec::as_slice);
        Showing { links, embedded: &shown.embedded, only: self.fields.as_deref() }
    }

    fn row(&self, row: &Row, shown: &Shown) -> Result<Reply, Problem> {
        let plan = self.plan.ok_or_else(no_plan)?;
        let version = row::version(row)?;
        if self.has_it(version) {
            return Ok(self.not_modified(version));
        }
        let mut out = Vec::with_capacity(512);
        write_row(&mut out, plan, row, self.principal, self.showing(shown, 0))?;
        let key = match plan.resource.key {
            Some(key) if self.created() => Some(field_value(plan, row, key)?.plain()),
            _ => None,
        };
        Ok(self.resource(out, Some(version), key))
    }

    fn record(&self, record: &Record, shown: &Shown) -> Result<Reply, Problem> {
        if let Some(version) = record.version().filter(|version| self.has_it(*version)) {
            return Ok(self.not_modified(version));
        }
        let mut out = Vec::with_capacity(512);
        write_record(&mut out, record, self.principal, self.showing(shown, 0))?;
        let key = self.plan.and_then(|plan| plan.resource.key).filter(|_| self.created());
        let key = key.and_then(|key| record.at(key)).map(Value::plain);
        Ok(self.resource(out, record.version(), key))
    }

    fn resource(&self, body: Vec<u8>, version: Option<i64>, key: Option<String>) -> Reply {
        let mut reply = Reply::new(if self.created() { 201 } else { 200 }, JSON, body);
        if let Some(version) = version {
            reply.header("etag", &entity_tag(version));
        }
        if let Some(key) = key {
            reply.header("location", &format!("{}/{}", self.path, encoded(&key)));
        }
        reply
    }

    /// The answers to all items; without a body where none has one.
    fn batch(&self, answers: &[Answer], shown: &Shown) -> Result<Reply, Problem> {
        let plan = self.plan.ok_or_else(no_plan)?;
        let is_nothing = |answer: &Answer| matches!(answer, Answer::Nothing | Answer::Code(Output::Nothing));
        if answers.iter().all(is_nothing) {
            return Ok(Reply::empty(204));
        }
        let answers: Vec<_> = answers.iter().enumerate().collect();
        self.paged(&answers, &Next::Never, None, |out, (index, answer)| match answer {
            Answer::Row(row) => write_row(out, plan, row, self.principal, self.showing(shown, *index)),
            Answer::Code(Output::Record(record)) => {
                write_record(out, record, self.principal, self.showing(shown, *index))
            }
            _ => {
                out.extend_from_slice(b"null");
                Ok(())
            }
        })
    }

    /// The answer of an action that is no resource of its own.
    fn value(&self, value: &Value) -> Result<Reply, Problem> {
        let OperationKind::Action(action) = &self.operation.kind else {
            return Err(Problem::internal("code answered a value where a resource is due"));
        };
        let mut out = Vec::new();
        match (&action.returns, value) {
            (Returns::One { of, .. }, value) => self.answered(&mut out, of, value),
            (Returns::Many { of, .. }, Value::List(items)) => {
                out.extend_from_slice(b"{\"items\":");
                sequence(&mut out, b'[', items, |out, item| self.answered(out, of, item), b']');
                out.push(b'}');
            }
            _ => return Err(Problem::internal("code answered something else than the action declares")),
        }
        Ok(Reply::new(200, JSON, out))
    }

    fn answered(&self, out: &mut Vec<u8>, of: &Answered, value: &Value) {
        let view = View::Caller(self.principal);
        match (of, value) {
            (Answered::Value(ty), value) => write::value(out, value, ty, view),
            (Answered::Resource(_), Value::Record(record)) => write::record(out, record, view),
            (Answered::Resource(_), _) => out.extend_from_slice(b"null"),
        }
    }

    fn created(&self) -> bool {
        matches!(self.operation.kind, OperationKind::Create)
    }

    /// True when the caller has this state already. The tag says nothing of what is embedded, so that this is sent anew. Of which
    /// fields are asked for it says nothing either, and need not: `?fields=` is part of the URI, a tag tells the representations of one
    /// URI from each other and no others (RFC 9110, section 8.8.3), caches keep answers by URI (RFC 9111, section 2), and for one URI
    /// the row's version decides what is answered. So a tag of a part is also one for `If-Match`.
    fn has_it(&self, version: i64) -> bool {
        matches!(self.operation.kind, OperationKind::Get)
            && self.expand.is_empty()
            && none_match_has(self.headers, version)
    }

    fn not_modified(&self, version: i64) -> Reply {
        let mut reply = Reply::empty(304);
        reply.header("etag", &entity_tag(version));
        reply
    }
}

fn no_plan() -> Problem {
    Problem::internal("an operation of the service answered rows")
}

/// Percent-encoded but for what is unreserved (RFC 3986, section 2.3): a segment of a path.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
