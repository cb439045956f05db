//! Filters: `status=draft`, `price.amount.lt=10`, `status.in=draft,published`, `summary.null=true`.

use crate::nearest::suggestion;
use crate::plan::{Bounds, ListField, ListPlan, is_ordered};
use crate::problem::Failure;
use crate::validate::from_text;
use crate::{Principal, Value};

/// A condition on a column.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// The place of the column.
    pub(crate) column: usize,
    pub(crate) comparison: Comparison,
    pub(crate) values: Vec<Value>,
}

/// How a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    /// Whether it is null.
    Null,
}

/// The words behind a field's name, and what they mean.
const SUFFIXES: [(&str, Comparison); 7] = [
    ("ne", Comparison::NotEqual),
    ("lt", Comparison::Less),
    ("lte", Comparison::LessOrEqual),
    ("gt", Comparison::Greater),
    ("gte", Comparison::GreaterOrEqual),
    ("in", Comparison::In),
    ("null", Comparison::Null),
];

/// Values in one `.in`.
const MOST_VALUES: usize = 100;

/// What a parameter's name turns out to be.
pub(crate) enum Named<'p> {
    /// A filter.
    Filter(&'p ListField, Comparison),
    /// A filter whose comparison its type does not have.
    NoComparison(String),
    /// Nothing that the list knows.
    Unknown,
}

/// Finds the filter that a parameter's name means.
pub(crate) fn named<'p>(plan: &'p ListPlan, name: &str) -> Named<'p> {
    let field = |wire: &str| plan.filters.iter().find(|field| field.wire == wire);
    if let Some(field) = field(name) {
        return Named::Filter(field, Comparison::Equal);
    }
    let Some((wire, suffix)) = name.rsplit_once('.') else { return Named::Unknown };
    let Some(field) = field(wire) else { return Named::Unknown };
    let known = || SUFFIXES.iter().filter(|(_, comparison)| has(field, *comparison));
    match known().find(|(word, _)| *word == suffix) {
        Some((_, comparison)) => Named::Filter(field, *comparison),
        None => {
            let hint = suggestion(suffix, known().map(|(word, _)| *word));
            let words = known().map(|(word, _)| format!("`.{word}`")).collect::<Vec<_>>().join(", ");
            Named::NoComparison(format!("`{wire}` can be compared with {words}{hint}"))
        }
    }
}

fn has(field: &ListField, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Equal | Comparison::NotEqual | Comparison::In => true,
        Comparison::Null => field.nullable,
        _ => is_ordered(field.ty),
    }
}

/// Reads a filter's value.
pub(crate) fn read(
    bounds: &Bounds,
    name: &str,
    field: &ListField,
    comparison: Comparison,
    text: &str,
) -> Result<Filter, Failure> {
    let fail = |code: &'static str, detail: String| Failure::parameter(name, code, detail);
    let one = |text: &str| from_text(bounds, text, field.ty).map_err(|wrong| fail(wrong.code, wrong.detail));
    let values = match comparison {
        Comparison::Null => match text {
            "true" | "false" => vec![Value::Bool(text == "true")],
            _ => return Err(fail("wrong_format", "must be `true` or `false`".to_owned())),
        },
        Comparison::In => {
            let parts: Vec<&str> = text.split(',').collect();
            if parts.len() > MOST_VALUES {
                return Err(fail("too_many", format!("must have at most {MOST_VALUES} values")));
            }
            parts.into_iter().map(one).collect::<Result<_, _>>()?
        }
        _ => vec![one(text)?],
    };
    Ok(Filter { column: field.column, comparison, values })
}

/// The scopes that the caller lacks for a field.
pub(crate) fn lacking(field: &ListField, principal: &Principal) -> Vec<&'static str> {
    field.requires.iter().copied().filter(|scope| !principal.may(&[scope])).collect()
}
