//! What the indexes behind keys, unique values and references have room for.
//!
//! PostgreSQL's hold rows of a third of a page, 2,704 bytes, and refuse others in the middle of a statement; SQLite's hold anything. So that
//! both databases take the same, what could be longer is measured before it is written.

use atlas9_descriptor::{Resource, Scalar, Store, Type};

use super::columns::{Column, column_at};
use super::{OwnerKey, Plan, listed};
use crate::problem::Failure;
use crate::row::value_at;
use crate::{Record, Value};

/// The bytes for all columns of an index; the others of 2,704 are the database's own.
const ROOM: usize = 2_680;

/// The most that a value of a fixed size takes, up to where the next one may begin.
const FIXED: usize = 24;

/// What stands before a text and behind it.
const AROUND: usize = 8;

/// An index that its columns together can be too long for.
pub(crate) struct Width {
    /// The places of the columns whose values differ in length.
    columns: Vec<usize>,
    /// What the other columns take at most.
    fixed: usize,
    holds: Holds,
}

/// What an index holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The columns.
    Columns,
    /// The columns as one text of JSON: a row's key in the tables of changes.
    Json,
    /// The columns, and an item of the list at this place among the fields.
    Items(usize),
}

/// The indexes of a resource that can be too small.
pub(super) fn widths(resource: &'static Resource, columns: &[Column], owner: &OwnerKey) -> Vec<Width> {
    let key =
        owner.places().iter().filter_map(|field| columns.iter().position(|column| column.path == [*field]));
    let key: Vec<usize> = key.collect();
    let unique = resource.unique.iter().map(|unique| {
        let found = unique.fields.iter().filter_map(|path| column_at(columns, resource.fields, path));
        found.map(|(place, _)| place).collect()
    });
    let refers = |(_, column): &(usize, &Column)| matches!(column.field, Type::Reference(_));
    let references = columns.iter().enumerate().filter(refers).map(|(place, _)| vec![place]);
    let tenant = resource.tenant_field().map_or(0, |field| longest(&field.ty));
    let plain = std::iter::once(key.clone()).chain(unique).chain(references);
    let mut found: Vec<Width> =
        plain.filter_map(|places| width(columns, &places, tenant, Holds::Columns)).collect();
    for (place, field) in resource.fields.iter().enumerate() {
        if let (Store::Links(_), Some((item, _))) = (field.store, listed(&field.ty)) {
            found.extend(
                width(columns, &key, tenant + longest(item), Holds::Items(place))
                    .map(|width| Width { fixed: width.fixed - longest(item), ..width }),
            );
        }
    }
    if resource.is_watched() {
        let beside = tenant + resource.name.len() + AROUND + FIXED;
        found.extend(width(columns, &key, beside, Holds::Json));
    }
    found
}

fn width(columns: &[Column], places: &[usize], beside: usize, holds: Holds) -> Option<Width> {
    let size = |place: &usize| columns.get(*place).map_or(0, |column| longest(column.field));
    let most = places.iter().map(size).fold(0, usize::saturating_add);
    // JSON writes a control character as six.
    let most = most.saturating_mul(if holds == Holds::Json { 6 } else { 1 });
    let varies = |place: &&usize| {
        columns.get(**place).is_some_and(|column| !column.tenant && longest(column.field) > FIXED)
    };
    let (columns, rest): (Vec<usize>, Vec<usize>) = places.iter().partition(varies);
    (most.saturating_add(beside) > ROOM).then(|| Width {
        columns,
        fixed: beside.saturating_add(rest.len() * FIXED),
        holds,
    })
}

/// The most bytes that a value of a type takes in an index.
fn longest(ty: &Type) -> usize {
    match ty {
        // Four bytes are the most for a character in UTF-8.
        Type::Scalar(Scalar::String { max, .. }) => (*max as usize).saturating_mul(4).saturating_add(AROUND),
        Type::Scalar(Scalar::Bytes { max, .. }) => (*max as usize).saturating_add(AROUND),
        Type::Scalar(Scalar::Duration) => 2 * FIXED + AROUND,
        Type::Enum(values) => values.values.iter().map(|value| value.len()).max().unwrap_or(0) + AROUND,
        Type::Reference(reference) => longest(&reference.key),
        _ => FIXED,
    }
}

impl Plan {
    /// What no index of the record's has room for, each field once.
    pub(crate) fn too_wide(&self, record: &Record) -> Vec<Failure> {
        let mut failures: Vec<Failure> = Vec::new();
        for failure in self.widths.iter().filter_map(|width| self.measured(width, record)) {
            if failures.iter().all(|known| known.place != failure.place) {
                failures.push(failure);
            }
        }
        failures
    }

    /// True where one of the columns shares an index that can be too small with others.
    pub(crate) fn shares_room(&self, mut column: impl FnMut(usize) -> bool) -> bool {
        let shared = self.widths.iter().filter(|width| width.columns.len() > 1);
        shared.flat_map(|width| &width.columns).any(|place| column(*place))
    }

    fn measured(&self, width: &Width, record: &Record) -> Option<Failure> {
        let mut parts: Vec<(usize, Vec<String>)> = Vec::new();
        for column in width.columns.iter().filter_map(|place| self.columns.get(*place)) {
            let value = value_at(record, &column.path);
            parts.push((size(value, width.holds), self.told(&column.path)));
        }
        if let Holds::Items(place) = width.holds {
            parts.extend(longest_item(record.at(place)).map(|(size, at)| {
                let [list] = &self.told(&[place])[..] else { return (size, Vec::new()) };
                (size, vec![list.clone(), at.to_string()])
            }));
        }
        let sum = parts.iter().fold(width.fixed, |sum, (size, _)| sum.saturating_add(*size));
        if sum <= ROOM {
            return None;
        }
        // Whoever writes the row can only shorten what is in the body.
        let given = parts.iter().filter(|(_, path)| !path.is_empty()).max_by_key(|(size, _)| *size);
        Some(match given {
            Some((size, path)) => {
                let most = ROOM.saturating_sub(sum - size).saturating_sub(AROUND);
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                let detail = format!("must have at most {most} bytes in UTF-8, which an index has room for");
                Failure::field(&path, "too_long", detail)
            }
            None => Failure::field(&[], "too_long", "has more bytes in its keys than an index has room for"),
        })
    }

    /// The names on the wire that lead to a value of a body; none for what the server gives.
    fn told(&self, path: &[usize]) -> Vec<String> {
        let (mut names, mut fields) = (Vec::new(), self.resource.fields);
        for place in path {
            let Some(field) = fields.get(*place).filter(|field| field.managed.is_none()) else {
                return Vec::new();
            };
            names.push(field.wire.to_owned());
            if let Type::Structure(structure) = field.ty {
                fields = structure.fields.get();
            }
        }
        names
    }
}

fn size(value: &Value, holds: Holds) -> usize {
    match value {
        Value::Null => 0,
        Value::Text(text) if holds == Holds::Json => text.chars().map(in_json).sum::<usize>() + AROUND,
        Value::Text(text) => text.len() + AROUND,
        Value::Bytes(bytes) => bytes.len() + AROUND,
        value => value.plain().len() + AROUND,
    }
}

/// How many bytes a character takes in JSON at most.
fn in_json(character: char) -> usize {
    match character {
        '"' | '\\' => 2,
        character if character.is_control() => 6,
        character => character.len_utf8(),
    }
}

fn longest_item(list: Option<&Value>) -> Option<(usize, usize)> {
    let Some(Value::List(items)) = list else { return None };
    let sizes = items.iter().enumerate().map(|(at, item)| (size(item, Holds::Columns), at));
    sizes.max_by_key(|(size, _)| *size)
}
