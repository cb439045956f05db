//! Merge patches (RFC 7396) on records.

use std::collections::BTreeMap;

use atlas9_descriptor::{Access, Field, Type};

use crate::problem::{Failure, Pointer};
use crate::value::Timestamp;
use crate::{Record, Value};

/// What the maps and the JSON of a patch are. A structure's unset members stay as they are in either case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Parts: they merge with what is there, member by member, as a merge patch says.
    Parts,
    /// Whole values, as a replacement and code give them.
    Whole,
}

/// Puts what a patch sets over a record; what cannot be updated must stay as it is.
pub(super) fn merge(record: &mut Record, patch: &Record, given: Given, now: Timestamp) -> Vec<Failure> {
    let mut merge = Merge { pointer: Pointer::default(), failures: Vec::new(), given, now };
    merge.record(record, patch, true);
    merge.failures
}

struct Merge {
    pointer: Pointer,
    failures: Vec<Failure>,
    given: Given,
    now: Timestamp,
}

impl Merge {
    /// `stored` is true where the record is what the row holds, false for what a patch makes anew.
    fn record(&mut self, record: &mut Record, patch: &Record, stored: bool) {
        for (index, field) in patch.fields().iter().enumerate() {
            let Some(new) = patch.at(index) else { continue };
            self.pointer.push(field.wire);
            let old = record.at(index).cloned().unwrap_or(Value::Null);
            let merged = self.value(old.clone(), new, &field.ty, stored);
            if stored && field.access == Access::Immutable && merged != old {
                self.fail("immutable", "cannot be changed once it is set");
            }
            record.put(index, merged);
            self.pointer.pop();
        }
    }

    fn value(&mut self, old: Value, new: &Value, ty: &'static Type, stored: bool) -> Value {
        match (old, new, ty) {
            (Value::Record(mut old), Value::Record(new), _) => {
                self.record(&mut old, new, stored);
                Value::Record(old)
            }
            (_, Value::Record(new), _) => Value::Record(self.made(new)),
            (Value::Variant(old_name, mut old), Value::Variant(name, new), _) if old_name == *name => {
                self.record(&mut old, new, stored);
                Value::Variant(old_name, old)
            }
            // Another variant is another structure, of which nothing is there yet.
            (_, Value::Variant(name, new), _) => {
                let made = self.made(new);
                Value::Variant(name.clone(), Box::new(made))
            }
            (old, Value::Map(new), Type::Map { value, optional, min, max }) => {
                let mut entries = match old {
                    Value::Map(old) if self.given == Given::Parts => old,
                    _ => BTreeMap::new(),
                };
                self.entries(&mut entries, new, value, *optional);
                let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
                if count < *min {
                    self.fail("too_few", &format!("must have at least {min} entries"));
                } else if count > *max {
                    self.fail("too_many", &format!("must have at most {max} entries"));
                }
                Value::Map(entries)
            }
            (_, Value::Json(new), _) if self.given == Given::Whole => Value::Json(new.clone()),
            (Value::Json(old), Value::Json(new), _) => Value::Json(merge_free(old, new)),
            (_, Value::Json(new), _) => Value::Json(merge_free(serde_json::Value::Null, new)),
            (_, new, _) => new.clone(),
        }
    }

    /// A structure that a patch makes where there was none.
    fn made(&mut self, new: &Record) -> Record {
        let mut made = Record::new(new.fields());
        self.record(&mut made, new, false);
        self.complete(&mut made);
        made
    }

    fn entries(
        &mut self,
        entries: &mut BTreeMap<String, Value>,
        new: &BTreeMap<String, Value>,
        ty: &'static Type,
        optional: bool,
    ) {
        for (name, new) in new {
            let old = entries.remove(name).unwrap_or(Value::Null);
            if !new.is_null() || optional {
                self.pointer.push(name);
                let merged = self.value(old, new, ty, true);
                self.pointer.pop();
                entries.insert(name.clone(), merged);
            }
        }
    }

    /// A structure that a patch makes where there was none has to be whole.
    fn complete(&mut self, record: &mut Record) {
        for (index, field) in record.fields().iter().enumerate() {
            if record.at(index).is_none() {
                match self.default(field) {
                    Some(value) => record.put(index, value),
                    None => {
                        self.pointer.push(field.wire);
                        self.fail("required", "is required");
                        self.pointer.pop();
                    }
                }
            }
        }
    }

    fn default(&self, field: &'static Field) -> Option<Value> {
        match &field.default {
            Some(literal) => Some(crate::validate::literal(literal, &field.ty, self.now)),
            None => field.optional.then_some(Value::Null),
        }
    }

    fn fail(&mut self, code: &'static str, detail: &str) {
        self.failures.push(Failure::body(&self.pointer, code, detail));
    }
}

/// RFC 7396, section 2.
fn merge_free(old: serde_json::Value, patch: &serde_json::Value) -> serde_json::Value {
    let serde_json::Value::Object(patch) = patch else { return patch.clone() };
    let mut merged = if let serde_json::Value::Object(old) = old { old } else { serde_json::Map::new() };
    for (name, value) in patch {
        let old = merged.remove(name).unwrap_or_default();
        if !value.is_null() {
            merged.insert(name.clone(), merge_free(old, value));
        }
    }
    serde_json::Value::Object(merged)
}
