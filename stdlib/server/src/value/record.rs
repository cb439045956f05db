//! Rows, bodies and structures as values in the order of their fields.

use std::fmt;

use atlas9_descriptor::Field;

use super::{FromValue, IntoValue, Mismatch, Value};

/// Values for the fields of a resource, a structure, a body or an error. A place can be unset, which is not null: the body
/// of an update changes only what is set.
#[derive(Clone)]
pub struct Record {
    fields: &'static [Field],
    values: Vec<Option<Value>>,
    version: Option<i64>,
}

// Two records with the same values are the same whatever row version they were read at.
impl PartialEq for Record {
    fn eq(&self, other: &Record) -> bool {
        self.values == other.values
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug("Record", f)
    }
}

impl Record {
    /// Nothing is set.
    pub fn new(fields: &'static [Field]) -> Record {
        Record { fields, values: vec![None; fields.len()], version: None }
    }

    /// The fields.
    pub fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// The value of a field by its place; `None` where it is unset.
    pub fn at(&self, index: usize) -> Option<&Value> {
        self.values.get(index).and_then(Option::as_ref)
    }

    /// The value of a field by its declared name; `None` where it is unset or unknown.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.at(self.index(name)?)
    }

    /// Sets a field by its place. A place that does not exist is ignored.
    pub fn put(&mut self, index: usize, value: impl IntoValue) {
        if let Some(slot) = self.values.get_mut(index) {
            *slot = Some(value.into_value());
        }
    }

    /// Sets a field by its declared name. A name that does not exist is ignored.
    pub fn set(&mut self, name: &str, value: impl IntoValue) {
        if let Some(index) = self.index(name) {
            self.put(index, value);
        }
    }

    /// Leaves a field unset.
    pub fn clear(&mut self, index: usize) {
        if let Some(slot) = self.values.get_mut(index) {
            *slot = None;
        }
    }

    /// Takes the value at a place out; unset counts as null.
    ///
    /// # Errors
    /// When the value has another type.
    pub fn take<T: FromValue>(&mut self, index: usize) -> Result<T, Mismatch> {
        let value = self.values.get_mut(index).and_then(Option::take).unwrap_or(Value::Null);
        T::from_value(value).map_err(|mismatch| mismatch.within(self.name(index)))
    }

    /// Takes the value at a place of an update's body out: `None` when it is unset. For an optional field ask for a
    /// [`crate::Patch`] with [`Record::take_patch`].
    ///
    /// # Errors
    /// When the value has another type.
    pub fn take_set<T: FromValue>(&mut self, index: usize) -> Result<Option<T>, Mismatch> {
        let Some(value) = self.values.get_mut(index).and_then(Option::take) else { return Ok(None) };
        T::from_value(value).map(Some).map_err(|mismatch| mismatch.within(self.name(index)))
    }

    /// Takes the value at a place of an update's body out, where unset, null and a value are three things.
    ///
    /// # Errors
    /// When the value has another type.
    pub fn take_patch<T: FromValue>(&mut self, index: usize) -> Result<super::Patch<T>, Mismatch> {
        Ok(match self.take_set::<Option<T>>(index)? {
            None => super::Patch::Unset,
            Some(None) => super::Patch::Null,
            Some(Some(value)) => super::Patch::Set(value),
        })
    }

    /// Sets a place from an update's field: unset stays unset.
    pub fn put_patch<T: IntoValue>(&mut self, index: usize, patch: super::Patch<T>) {
        match patch {
            super::Patch::Unset => {}
            super::Patch::Null => self.put(index, Value::Null),
            super::Patch::Set(value) => self.put(index, value),
        }
    }

    /// Sets a place from an update's field that cannot be null: `None` stays unset.
    pub fn put_set<T: IntoValue>(&mut self, index: usize, value: Option<T>) {
        if let Some(value) = value {
            self.put(index, value);
        }
    }

    /// Shows what is set, under the name of the type that the record stands for. What is sensitive is not shown.
    ///
    /// # Errors
    /// When the formatter's writer fails.
    pub fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(name);
        for (field, value) in self.fields.iter().zip(&self.values) {
            match value {
                Some(_) if field.sensitive => shown.field(field.name, &format_args!("..")),
                Some(value) => shown.field(field.name, value),
                None => continue,
            };
        }
        shown.finish()
    }

    /// The version of the row that this was read from; its entity tag. `None` when it was not read from a row.
    pub fn version(&self) -> Option<i64> {
        self.version
    }

    pub(crate) fn with_version(mut self, version: i64) -> Record {
        self.version = Some(version);
        self
    }

    /// The value at the end of a path through structures; null where a structure on the way is null or unset.
    pub(crate) fn follow(&self, path: &[&str]) -> &Value {
        const NULL: &Value = &Value::Null;
        let Some((first, rest)) = path.split_first() else { return NULL };
        match (self.get(first), rest) {
            (Some(value), []) => value,
            (Some(Value::Record(inner)), rest) => inner.follow(rest),
            _ => NULL,
        }
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    fn name(&self, index: usize) -> &'static str {
        self.fields.get(index).map_or("", |field| field.name)
    }
}

#[cfg(test)]
mod tests {
    use atlas9_descriptor::{Field, Scalar, Type};

    use super::Record;

    #[test]
    fn what_is_sensitive_is_not_shown() {
        static FIELDS: [Field; 3] = [
            Field::new("name", Type::Scalar(Scalar::Bool)),
            Field::new("password", Type::Scalar(Scalar::Bool)).sensitive(),
            Field::new("born", Type::Scalar(Scalar::Bool)),
        ];
        let mut record = Record::new(&FIELDS);
        record.put(0, "Ada");
        record.put(1, "secret");
        assert_eq!(format!("{record:?}"), "Record { name: Text(\"Ada\"), password: .. }");
    }
}
