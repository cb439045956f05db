//! Answers to replies.

use atlas9_descriptor::{Answered, OperationKind, Returns};
use axum::http::HeaderMap;

use super::precondition::{entity_tag, none_match_has};
use super::reply::{JSON, Reply};
use super::routes::Target;
use crate::handler::Output;
use crate::operation::Answer;
use crate::plan::Plan;
use crate::row::{self, write_row};
use crate::store::Row;
use crate::value::write::{self, View, sequence, text};
use crate::{Page, Principal, Problem, Record, Value};

/// What an answer is written for.
pub(crate) struct Asking<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) target: Target,
    pub(crate) principal: &'a Principal,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
}

impl Asking<'_> {
    /// The reply to an answer.
    pub(crate) fn reply(&self, answer: Answer) -> Result<Reply, Problem> {
        match answer {
            Answer::Nothing | Answer::Code(Output::Nothing) => Ok(Reply::empty(204)),
            Answer::Row(row) => self.row(&row),
            Answer::Rows { rows, next_cursor, count } => self.page(&rows, next_cursor, count, |out, row| {
                write_row(out, self.plan, row, self.principal).map_err(Problem::from)
            }),
            Answer::Code(Output::Record(record)) => Ok(self.record(&record)),
            Answer::Code(Output::Value(value)) => self.value(&value),
            Answer::Code(Output::Page(Page { items, next_cursor, count, .. })) => {
                self.page(&items, next_cursor, count, |out, record| {
                    write::record(out, record, View::Caller(self.principal));
                    Ok(())
                })
            }
        }
    }

    fn row(&self, row: &Row) -> Result<Reply, Problem> {
        let version = row::version(row)?;
        if self.has_it(version) {
            return Ok(self.not_modified(version));
        }
        let mut out = Vec::with_capacity(512);
        write_row(&mut out, self.plan, row, self.principal)?;
        let key = if self.created() { Some(self.key(row)?) } else { None };
        Ok(self.resource(out, Some(version), key))
    }

    fn record(&self, record: &Record) -> Reply {
        if let Some(version) = record.version().filter(|version| self.has_it(*version)) {
            return self.not_modified(version);
        }
        let mut out = Vec::with_capacity(512);
        write::record(&mut out, record, View::Caller(self.principal));
        let key = self
            .plan
            .resource
            .key
            .and_then(|key| record.at(key))
            .filter(|_| self.created())
            .map(Value::plain);
        self.resource(out, record.version(), key)
    }

    /// The own key of a row, as text.
    fn key(&self, row: &Row) -> Result<String, Problem> {
        let columns = &self.plan.columns;
        let key = self.plan.resource.key.as_ref().map(std::slice::from_ref);
        let found = columns.iter().enumerate().find(|(_, column)| Some(column.path.as_slice()) == key);
        let (index, column) = found.ok_or_else(|| Problem::internal("the key has no column"))?;
        let cell = row.cell(index + row::FIRST, column.ty)?;
        Ok(row::cell_value(cell, column.ty, column.field)?.plain())
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

    /// The answer of an action that is no resource of its own.
    fn value(&self, value: &Value) -> Result<Reply, Problem> {
        let OperationKind::Action(action) = &self.target.operation.kind else {
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

    fn page<T>(
        &self,
        items: &[T],
        next_cursor: Option<String>,
        count: Option<u64>,
        mut write: impl FnMut(&mut Vec<u8>, &T) -> Result<(), Problem>,
    ) -> Result<Reply, Problem> {
        let mut out = Vec::with_capacity(256 + 512 * items.len());
        let mut result = Ok(());
        out.extend_from_slice(b"{\"items\":");
        let item = |out: &mut Vec<u8>, item: &T| {
            if let Err(problem) = write(out, item) {
                result = Err(problem);
            }
        };
        sequence(&mut out, b'[', items, item, b']');
        result?;
        out.extend_from_slice(b",\"next_cursor\":");
        match &next_cursor {
            Some(cursor) => text(&mut out, cursor),
            None => out.extend_from_slice(b"null"),
        }
        if let Some(count) = count {
            out.extend_from_slice(format!(",\"count\":{count}").as_bytes());
        }
        out.push(b'}');
        let mut reply = Reply::new(200, JSON, out);
        if let Some(cursor) = next_cursor {
            reply.header("link", &format!("<{}>; rel=\"next\"", self.next_page(&cursor)));
        }
        Ok(reply)
    }

    /// The same request with another cursor.
    fn next_page(&self, cursor: &str) -> String {
        let pairs = self.query.unwrap_or_default().split('&');
        let others = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let mut query: Vec<&str> = others.collect();
        let last = format!("cursor={cursor}");
        query.push(&last);
        format!("{}?{}", self.path, query.join("&"))
    }

    fn created(&self) -> bool {
        matches!(self.target.operation.kind, OperationKind::Create)
    }

    fn has_it(&self, version: i64) -> bool {
        matches!(self.target.operation.kind, OperationKind::Get) && none_match_has(self.headers, version)
    }

    fn not_modified(&self, version: i64) -> Reply {
        let mut reply = Reply::empty(304);
        reply.header("etag", &entity_tag(version));
        reply
    }
}

/// A segment of a path.
fn encoded(text: &str) -> String {
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
