//! Which items a list shall hold.
//!
//! What may be asked of a field follows from its type: an order only where values have one, null only where it may be. A value by
//! itself asks for that value.

use serde::Serialize;
use serde_json::Value;

use super::json;

/// What is asked of a field. Its operator is empty for equality.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub(super) operator: &'static str,
    pub(super) value: Result<Value, String>,
}

impl Condition {
    fn new(operator: &'static str, value: impl Serialize) -> Self {
        Self { operator, value: json::value(value).map_err(|why| why.to_string()) }
    }
}

/// What can be asked of values without an order: a value, [`ne`] and [`any_of`].
pub trait Field<T> {
    /// The conditions, which all hold.
    fn conditions(self) -> Vec<Condition>;
}

/// What can be asked of values with an order: beside that of [`Field`], [`lt`], [`lte`], [`gt`] and [`gte`].
pub trait Order<T> {
    /// The conditions, which all hold.
    fn conditions(self) -> Vec<Condition>;
}

/// [`Field`] for values that may be null: [`is_null`] and [`not_null`] besides.
pub trait NullableField<T> {
    /// The conditions, which all hold.
    fn conditions(self) -> Vec<Condition>;
}

/// [`Order`] for values that may be null: [`is_null`] and [`not_null`] besides.
pub trait NullableOrder<T> {
    /// The conditions, which all hold.
    fn conditions(self) -> Vec<Condition>;
}

/// A condition that every field can meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Equality<T>(Condition, std::marker::PhantomData<T>);

/// Conditions on values with an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison<T>(Vec<Condition>, std::marker::PhantomData<T>);

/// A condition on values that may be null.
#[derive(Clone, Debug, PartialEq)]
pub struct Nullness(Condition);

/// Any other value.
pub fn ne<T: Serialize>(value: T) -> Equality<T> {
    Equality(Condition::new("ne", value), std::marker::PhantomData)
}

/// One of these values.
pub fn any_of<T: Serialize>(values: impl IntoIterator<Item = T>) -> Equality<T> {
    let values: Vec<T> = values.into_iter().collect();
    let mut asked = Condition::new("in", values);
    if asked.value.as_ref().is_ok_and(holds_comma) {
        asked.value = Err("one of the values holds a comma, which would part it in two".to_owned());
    }
    Equality(asked, std::marker::PhantomData)
}

/// Less.
pub fn lt<T: Serialize>(value: T) -> Comparison<T> {
    Comparison::new("lt", value)
}

/// This or less.
pub fn lte<T: Serialize>(value: T) -> Comparison<T> {
    Comparison::new("lte", value)
}

/// More.
pub fn gt<T: Serialize>(value: T) -> Comparison<T> {
    Comparison::new("gt", value)
}

/// This or more.
pub fn gte<T: Serialize>(value: T) -> Comparison<T> {
    Comparison::new("gte", value)
}

/// Null.
#[must_use]
pub fn is_null() -> Nullness {
    Nullness(Condition::new("null", true))
}

/// Any value.
#[must_use]
pub fn not_null() -> Nullness {
    Nullness(Condition::new("null", false))
}

fn holds_comma(values: &Value) -> bool {
    values.as_array().is_some_and(|items| items.iter().any(|item| json::text(item).contains(',')))
}

impl<T: Serialize> Comparison<T> {
    fn new(operator: &'static str, value: T) -> Self {
        Self(vec![Condition::new(operator, value)], std::marker::PhantomData)
    }

    /// This and the other, too: `gte(10).and(lt(20))`.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

macro_rules! asks {
    ($($what:ident)*) => {$(
        impl<T: Serialize> $what<T> for T {
            fn conditions(self) -> Vec<Condition> {
                vec![Condition::new("", self)]
            }
        }

        impl $what<String> for &str {
            fn conditions(self) -> Vec<Condition> {
                vec![Condition::new("", self)]
            }
        }

        impl<T> $what<T> for Equality<T> {
            fn conditions(self) -> Vec<Condition> {
                vec![self.0]
            }
        }
    )*};
}

asks!(Field Order NullableField NullableOrder);

impl<T> Order<T> for Comparison<T> {
    fn conditions(self) -> Vec<Condition> {
        self.0
    }
}

impl<T> NullableOrder<T> for Comparison<T> {
    fn conditions(self) -> Vec<Condition> {
        self.0
    }
}

impl<T> NullableField<T> for Nullness {
    fn conditions(self) -> Vec<Condition> {
        vec![self.0]
    }
}

impl<T> NullableOrder<T> for Nullness {
    fn conditions(self) -> Vec<Condition> {
        vec![self.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_parted_by_its_comma() {
        assert_eq!(any_of(["a", "b"]).0.value, Ok(Value::from(vec!["a", "b"])));
        assert!(any_of(["a", "b,c"]).0.value.is_err());
        assert!(any_of([1.5, f64::NAN]).0.value.is_err());
    }
}
