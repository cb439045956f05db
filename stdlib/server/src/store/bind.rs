//! Statements with the values that are bound to them.

use std::sync::Arc;

use super::{Broken, ColumnType, Reach};
use crate::value::{Date, Decimal, Timestamp, Uuid, Value, scaled, write};

/// A value that is bound to a placeholder, in the form of its column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bind {
    Null(ColumnType),
    Bool(bool),
    Int(i64),
    Float(f64),
    Decimal(Decimal, u8),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    Date(Date),
    Timestamp(Timestamp),
}

impl Bind {
    /// The value in the form of a column. What does not fit the column's type becomes null: values are checked before.
    pub(crate) fn new(value: &Value, column: ColumnType) -> Bind {
        match (column, value) {
            (_, Value::Null) => Bind::Null(column),
            (ColumnType::Bool, Value::Bool(value)) => Bind::Bool(*value),
            (ColumnType::Int, Value::Int(value)) => Bind::Int(*value),
            (ColumnType::Float, Value::Float(value)) => Bind::Float(*value),
            (ColumnType::Decimal(scale), Value::Decimal(value)) => Bind::Decimal(*value, scale),
            (ColumnType::Text, Value::Text(value)) => Bind::Text(value.clone()),
            (ColumnType::Text, Value::Duration(value)) => Bind::Text(value.to_string()),
            (ColumnType::Bytes, Value::Bytes(value)) => Bind::Bytes(value.clone()),
            (ColumnType::Uuid, Value::Uuid(value)) => Bind::Uuid(*value),
            (ColumnType::Date, Value::Date(value)) => Bind::Date(*value),
            (ColumnType::Timestamp, Value::Timestamp(value)) => Bind::Timestamp(*value),
            _ => Bind::Null(column),
        }
    }

    /// A typed value as the text of a column that holds JSON.
    pub(crate) fn json(value: &Value, ty: &atlas9_descriptor::Type) -> Bind {
        if value.is_null() {
            return Bind::Null(ColumnType::Json);
        }
        let mut out = Vec::new();
        write::value(&mut out, value, ty, write::View::Stored);
        Bind::Text(String::from_utf8(out).unwrap_or_default())
    }

    /// The whole number that SQLite stores for a decimal.
    pub(super) fn scaled(value: Decimal, scale: u8) -> Option<i64> {
        scaled(value, scale)
    }
}

/// SQL with `$1`, `$2`, ... and what is bound to them. The text comes from descriptors alone, never from a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statement {
    text: String,
    fixed: Option<Arc<str>>,
    binds: Vec<Bind>,
    planned_each_time: bool,
}

impl Statement {
    /// Begins with a text.
    pub(crate) fn new(text: &str) -> Statement {
        Statement { text: text.to_owned(), ..Statement::default() }
    }

    /// Begins with a text that has placeholders already.
    pub(crate) fn with(text: String, binds: Vec<Bind>) -> Statement {
        Statement { text, binds, ..Statement::default() }
    }

    /// A text that was prepared at start, with its values in the order of the placeholders.
    pub(crate) fn prepared(text: &Arc<str>, binds: Vec<Bind>) -> Statement {
        Statement { fixed: Some(Arc::clone(text)), binds, ..Statement::default() }
    }

    /// Adds to the text.
    pub(crate) fn push(&mut self, text: &str) -> &mut Statement {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder with its value.
    pub(crate) fn bind(&mut self, bind: Bind) -> &mut Statement {
        self.binds.push(bind);
        self.text.push_str(&format!("${}", self.binds.len()));
        self
    }

    /// Adds a placeholder for a column, with the cast that PostgreSQL needs for JSON.
    pub(crate) fn bind_column(
        &mut self,
        bind: Bind,
        column: ColumnType,
        dialect: super::Dialect,
    ) -> &mut Statement {
        self.bind(bind).push(column.cast(dialect))
    }

    /// PostgreSQL soon makes one plan for all values of a prepared statement. Here the best one hangs on the values.
    pub(crate) fn planned_each_time(&mut self) {
        self.planned_each_time = true;
    }

    /// True where PostgreSQL keeps the statement prepared.
    pub(super) fn is_kept(&self) -> bool {
        !self.planned_each_time
    }

    /// The statement with a text before it.
    #[cfg(test)]
    pub(crate) fn behind(mut self, text: &str) -> Statement {
        self.text.insert_str(0, text);
        self
    }

    /// The text so far.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text and what is bound, the tenant among it where the text asks for one.
    pub(super) fn into_parts(self, reach: &Reach) -> Result<(Arc<str>, Vec<Bind>), Broken> {
        reach.pinned(self.fixed.unwrap_or_else(|| Arc::from(self.text)), self.binds)
    }
}
