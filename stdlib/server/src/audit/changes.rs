//! What is different between a row before and after.

use atlas9_descriptor::{Field, Managed, Resource};

use super::AuditChange;
use crate::plan::{Plan, managed};
use crate::value::write::{View, sequence, text, value};
use crate::{Record, Value};

/// A row that has changed.
pub(crate) struct Changed<'a> {
    pub(crate) change: AuditChange,
    /// Its parents' keys and its own.
    pub(crate) key: &'a [Value],
    /// Nothing where it was not there.
    pub(crate) before: Option<&'a Record>,
    /// Nothing where it is gone for ever.
    pub(crate) after: Option<&'a Record>,
}

/// Nothing where nothing is different.
pub(super) fn compare<'a>(
    plan: &Plan,
    key: &'a [Value],
    before: Option<&'a Record>,
    after: Option<&'a Record>,
) -> Option<Changed<'a>> {
    let deleted = |record: &Record| {
        plan.deleted_at.and_then(|place| record.at(place)).is_some_and(|value| !value.is_null())
    };
    let change = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => AuditChange::Created,
        (Some(before), None) if deleted(before) => AuditChange::Purged,
        (Some(_), None) => AuditChange::Deleted,
        (Some(old), Some(new)) => match (deleted(old), deleted(new)) {
            (false, true) => AuditChange::Deleted,
            (true, false) => AuditChange::Undeleted,
            _ if old == new && old.version() == new.version() => return None,
            _ => AuditChange::Updated,
        },
    };
    Some(Changed { change, key, before, after })
}

/// `{"title": ["old", "new"]}`, null where a row is not there; null instead of both for a field whose values are not kept.
pub(super) fn fields(plan: &Plan, changed: &Changed<'_>) -> String {
    const NULL: &Value = &Value::Null;
    let (old, new) = match changed.change {
        AuditChange::Created | AuditChange::Undeleted => (None, changed.after),
        AuditChange::Updated => (changed.before, changed.after),
        AuditChange::Deleted => (changed.before, None),
        // What the row held was told when it was deleted, and is purged to be forgotten.
        AuditChange::Purged => (None, None),
    };
    let at = |record: Option<&'_ Record>, place: usize| {
        record.and_then(|record| record.at(place)).cloned().unwrap_or(Value::Null)
    };
    let fields = plan.resource.fields;
    let gone = managed(fields, Managed::DeletedAt);
    let places = (0..fields.len()).filter(|place| !gone.contains(place));
    let pairs = places.filter_map(|place| Some((fields.get(place)?, at(old, place), at(new, place))));
    let mut out = Vec::new();
    let write = |out: &mut Vec<u8>, (field, old, new): (&Field, Value, Value)| {
        text(out, field.name);
        out.push(b':');
        if View::Audit.shows(field) {
            sequence(out, b'[', [&old, &new], |out, one| value(out, one, &field.ty, View::Audit), b']');
        } else {
            value(out, NULL, &field.ty, View::Audit);
        }
    };
    sequence(&mut out, b'{', pairs.filter(|(_, old, new)| old != new), write, b'}');
    String::from_utf8(out).unwrap_or_default()
}

/// The key of a row as JSON: `["0192...", 3]`.
pub(crate) fn key(resource: &Resource, key: &[Value]) -> String {
    let places = managed(resource.fields, Managed::Parent).into_iter().chain(resource.key);
    let fields = places.filter_map(|place| resource.fields.get(place));
    let mut out = Vec::new();
    let write = |out: &mut Vec<u8>, (field, one): (&Field, &Value)| value(out, one, &field.ty, View::Stored);
    sequence(&mut out, b'[', fields.zip(key), write, b']');
    String::from_utf8(out).unwrap_or_default()
}
