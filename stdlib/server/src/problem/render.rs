//! Problems to JSON.

use std::borrow::Cow;

use super::{Failure, Place, Problem, interpolate};
use crate::Principal;
use crate::value::write::{View, member, sequence, text};

impl Problem {
    /// The body of the answer. `base` is what type URIs begin with.
    pub(crate) fn to_json(&self, base: &str, request_id: &str, principal: &Principal) -> Vec<u8> {
        let inner = &self.inner;
        let mut out = Vec::with_capacity(512);
        out.extend_from_slice(b"{\"type\":");
        text(&mut out, &format!("{base}{}", inner.code));
        string(&mut out, "title", &inner.title);
        out.extend_from_slice(format!(",\"status\":{}", inner.status).as_bytes());
        string(&mut out, "detail", &self.detail_for(principal));
        string(&mut out, "instance", &instance(request_id));
        string(&mut out, "code", &inner.code);
        string(&mut out, "kind", inner.kind);
        out.extend_from_slice(format!(",\"retryable\":{}", inner.retryable).as_bytes());
        if !inner.remedy.is_empty() {
            string(&mut out, "remedy", &inner.remedy);
        }
        self.own_members(&mut out, principal);
        if !inner.errors.is_empty() {
            out.extend_from_slice(b",\"errors\":");
            sequence(&mut out, b'[', &inner.errors, failure, b']');
        }
        out.push(b'}');
        out
    }

    fn detail_for(&self, principal: &Principal) -> Cow<'_, str> {
        match (self.inner.message, &self.inner.fields) {
            (Some(message), Some(fields)) => {
                interpolate(message, fields, &|field| View::Caller(principal).shows(field)).into()
            }
            _ => Cow::Borrowed(&self.inner.detail),
        }
    }

    fn own_members(&self, out: &mut Vec<u8>, principal: &Principal) {
        if let Some(record) = &self.inner.fields {
            let view = View::Caller(principal);
            let shown = record.fields().iter().enumerate().filter(|(_, field)| view.shows(field));
            for (index, field) in shown {
                out.push(b',');
                member(out, record, index, field, view);
            }
        }
        if !self.inner.scopes.is_empty() {
            out.extend_from_slice(b",\"required_scopes\":");
            sequence(out, b'[', &self.inner.scopes, |out, scope| text(out, scope), b']');
        }
    }
}

/// A URI for the request: RFC 9562 gives one to a UUID; an id that the caller chose freely gets a name of our own.
fn instance(request_id: &str) -> String {
    match uuid::Uuid::try_parse(request_id) {
        Ok(uuid) => format!("urn:uuid:{uuid}"),
        Err(_) => format!("urn:atlas9:request:{request_id}"),
    }
}

fn failure(out: &mut Vec<u8>, failure: &Failure) {
    let (name, place) = match &failure.place {
        Place::Body(pointer) => ("pointer", pointer.as_str()),
        Place::Parameter(name) => ("parameter", name.as_str()),
        Place::Header(name) => ("header", *name),
    };
    out.push(b'{');
    text(out, name);
    out.push(b':');
    text(out, place);
    string(out, "code", &failure.code);
    string(out, "detail", &failure.detail);
    out.push(b'}');
}

fn string(out: &mut Vec<u8>, name: &str, value: &str) {
    out.push(b',');
    text(out, name);
    out.push(b':');
    text(out, value);
}
