//! Answers of operations as values.

use atlas9_descriptor::{Answered, Field, Operation, OperationKind, Resource, Returns, Service};

use crate::Value;
use crate::row::answered;
use crate::value::json::Json;

/// What an operation answers.
pub(super) enum Shape {
    Nothing,
    One(Item),
    Many(Item),
}

/// One of what it answers.
pub(super) enum Item {
    Resource(&'static [Field]),
    Value(atlas9_descriptor::Type),
}

impl Shape {
    pub(super) fn of(
        service: &'static Service,
        resource: Option<&'static Resource>,
        operation: &Operation,
    ) -> Shape {
        let own = resource.map_or(&[][..], |resource| resource.fields);
        match &operation.kind {
            OperationKind::List(_)
            | OperationKind::BatchCreate { .. }
            | OperationKind::BatchDelete { .. } => Shape::Many(Item::Resource(own)),
            OperationKind::Action(action) => match action.returns {
                Returns::Nothing => Shape::Nothing,
                Returns::One { of, .. } => Shape::One(item(service, of)),
                Returns::Many { of, .. } => Shape::Many(item(service, of)),
            },
            _ => Shape::One(Item::Resource(own)),
        }
    }

    /// The value that an answer's body is; a list for many.
    pub(super) fn value(&self, body: Json) -> Result<Value, String> {
        match (self, body) {
            (Shape::Nothing, _) => Ok(Value::Null),
            (Shape::One(item), body) => item.value(body),
            (Shape::Many(item), Json::Object(members)) => {
                let items = members.into_iter().find(|(name, _)| name == "items").map(|(_, items)| items);
                let Some(Json::List(items)) = items else { return Err("the answer has no items".to_owned()) };
                items.into_iter().map(|json| item.value(json)).collect::<Result<_, _>>().map(Value::List)
            }
            (Shape::Many(_), other) => Err(format!("the answer is {}", other.kind())),
        }
    }
}

impl Item {
    fn value(&self, json: Json) -> Result<Value, String> {
        match (self, json) {
            (Item::Resource(_), Json::Null) => Ok(Value::Null),
            (Item::Resource(fields), json) => answered::record(json, fields).map(Value::Record),
            (Item::Value(ty), json) => answered::value(json, ty),
        }
    }
}

fn item(service: &'static Service, of: Answered) -> Item {
    match of {
        Answered::Value(ty) => Item::Value(ty),
        Answered::Resource(name) => {
            let resource = service.resources.iter().find(|resource| resource.name == name);
            Item::Resource(resource.map_or(&[], |resource| resource.fields))
        }
    }
}

/// A body as JSON.
pub(super) fn parse(body: &[u8]) -> Result<Json, String> {
    Json::parse(body)
}
