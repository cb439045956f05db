//! An operation's request, as an example shows it.

use atlas9_ir::{Field, Ir, List, Operation, OperationKind, Resource, ResourceId, Type, Value};
use serde_json::{Map, Value as Json};

use super::{ETAG, Items, Placeholder, items, param_fields, placeholders, request_fields};
use crate::samples::{self, Side};

/// A request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request<'a> {
    /// What stands for the placeholders of the path, in its order.
    pub path: Vec<Given<'a>>,
    /// What stands in the query.
    pub query: Vec<Given<'a>>,
    /// Parameters that stand in headers.
    pub headers: Vec<Given<'a>>,
    /// The body's object; nothing where the request has no body.
    pub body: Option<Json>,
}

/// A value behind a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Given<'a> {
    /// The name, as it stands in the path, the query or the header.
    pub name: String,
    /// The name of the field that it is the value of, on the wire.
    pub wire: &'a str,
    /// The type; nothing for what JSON tells by itself.
    pub ty: Option<&'a Type>,
    /// The value, as it would stand in a body.
    pub value: Json,
}

impl Given<'_> {
    /// The value as it stands in a path, a query or a header; items of a list one by one.
    pub fn texts(&self) -> Vec<String> {
        match &self.value {
            Json::Array(items) => items.iter().map(text).collect(),
            other => vec![text(other)],
        }
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// An example of the request; nothing where no value of something that it must have can be made up.
pub fn example<'a>(ir: &'a Ir, owner: Option<ResourceId>, operation: &'a Operation) -> Option<Request<'a>> {
    let resource = owner.map(|id| &ir.resources[id]);
    let mut request = Request { path: path(ir, owner, operation)?, ..Request::default() };
    for (field, header) in param_fields(operation).filter(|(field, _)| field.required_in_create()) {
        let given = Given {
            name: header.unwrap_or(&field.wire).to_owned(),
            wire: &field.wire,
            ty: Some(&field.ty),
            value: samples::of(ir, &field.ty)?,
        };
        if header.is_some() { request.headers.push(given) } else { request.query.push(given) }
    }
    if let (OperationKind::List(list), Some(resource)) = (&operation.kind, resource) {
        request.query = of_list(ir, resource, list);
    }
    request.body = match body(ir, resource, operation) {
        Body::None => None,
        Body::Made(body) => Some(body),
        Body::Unknown => return None,
    };
    Some(request)
}

/// An example of an update that clears a field and does nothing else; nothing where there is no field that anybody may clear.
pub fn clearing<'a>(ir: &'a Ir, owner: Option<ResourceId>, operation: &'a Operation) -> Option<Request<'a>> {
    let fields = request_fields(owner.map(|id| &ir.resources[id]), operation).into_iter();
    let mut lasting = fields.filter(|field| field.deprecated.is_none() && field.requires.is_empty());
    let field = lasting.find(|field| ir.resolve(&field.ty).1)?;
    let body = Json::Object(Map::from_iter([(field.wire.clone(), Json::Null)]));
    Some(Request { path: path(ir, owner, operation)?, body: Some(body), ..Request::default() })
}

fn path<'a>(ir: &'a Ir, owner: Option<ResourceId>, operation: &'a Operation) -> Option<Vec<Given<'a>>> {
    let given = placeholders(&operation.path).map(|name| {
        let ty = Placeholder::of(ir, owner, operation, name)?.ty();
        Some(Given { name: name.to_owned(), wire: name, ty: Some(ty), value: samples::of(ir, ty)? })
    });
    given.collect()
}

/// A page's size and one filter that is a plain name.
fn of_list<'a>(ir: &'a Ir, resource: &'a Resource, list: &'a List) -> Vec<Given<'a>> {
    let limit = list.paginate.default.min(10).into();
    let mut found = vec![Given { name: "limit".to_owned(), wire: "limit", ty: None, value: limit }];
    let plain = list.filter.iter().filter(|path| path.0.len() == 1);
    let fields = plain.filter_map(|path| ir.field(&resource.fields, path));
    let lasting = fields.filter(|field| field.deprecated.is_none() && field.requires.is_empty());
    let values = lasting.filter_map(|field| {
        let value = samples::of(ir, &field.ty).filter(|value| !value.is_null())?;
        Some(Given { name: field.wire.clone(), wire: &field.wire, ty: Some(&field.ty), value })
    });
    found.extend(values.take(1));
    found
}

enum Body {
    None,
    Made(Json),
    Unknown,
}

impl From<Option<Json>> for Body {
    fn from(made: Option<Json>) -> Body {
        made.map_or(Body::Unknown, Body::Made)
    }
}

fn body(ir: &Ir, resource: Option<&Resource>, operation: &Operation) -> Body {
    let fields = request_fields(resource, operation);
    let given = resource.map_or(&[] as &[_], shown);
    match &operation.kind {
        OperationKind::List(_) | OperationKind::Get | OperationKind::Delete(_) | OperationKind::Undelete => {
            Body::None
        }
        OperationKind::BatchCreate(batch) | OperationKind::BatchDelete(batch) => {
            let items = items(resource, operation);
            items.and_then(|items| of_batch(ir, resource, items, batch.conditional)).into()
        }
        OperationKind::Create | OperationKind::Replace => {
            let known = fields.into_iter().filter(|field| for_everybody(field));
            samples::object(ir, known, given, Side::Sent).into()
        }
        OperationKind::Update => changed(ir, &fields, given).into(),
        OperationKind::Action(_) if !fields.iter().any(|field| field.required_in_create()) => Body::None,
        OperationKind::Action(_) => samples::object(ir, fields.into_iter(), &[], Side::Sent).into(),
    }
}

/// A batch of one item.
fn of_batch(ir: &Ir, resource: Option<&Resource>, items: Items<'_>, conditional: bool) -> Option<Json> {
    let item = match items {
        Items::Keys(key) => {
            let mut item = Map::from_iter([(key.wire.clone(), samples::of(ir, &key.ty)?)]);
            item.extend(conditional.then(|| (ETAG.to_owned(), "\"3\"".into())));
            Json::Object(item)
        }
        Items::Bodies(_, create) => match body(ir, resource, create) {
            Body::Made(body) => body,
            Body::None | Body::Unknown => return None,
        },
    };
    Some(Json::Object(Map::from_iter([("items".to_owned(), Json::Array(vec![item]))])))
}

/// What the first example of a resource gives.
fn shown(resource: &Resource) -> &[(String, Value)] {
    match resource.examples.first().map(|example| &example.value) {
        Some(Value::Object(given)) => given,
        _ => &[],
    }
}

/// Values that need a scope are no example for everybody.
fn for_everybody(field: &Field) -> bool {
    field.requires.is_empty() || field.required_in_create()
}

/// One field that an update changes: best one that an example gives, and no reference.
fn changed(ir: &Ir, fields: &[&Field], given: &[(String, Value)]) -> Option<Json> {
    let lasting: Vec<&Field> =
        fields.iter().copied().filter(|field| field.deprecated.is_none() && for_everybody(field)).collect();
    let of_example = lasting.iter().find(|field| given.iter().any(|(name, _)| *name == field.name));
    let plain =
        lasting.iter().find(|field| matches!(ir.resolve(&field.ty).0, atlas9_ir::TypeKind::Scalar(_)));
    let Some(field) = of_example.or(plain).or(lasting.first()) else {
        return Some(Json::Object(Map::new()));
    };
    let value = given.iter().filter(|(name, _)| *name == field.name);
    let value: Vec<(String, Value)> = value.cloned().collect();
    match value.is_empty() {
        true => Some(Json::Object(Map::from_iter([(field.wire.clone(), samples::of(ir, &field.ty)?)]))),
        false => samples::object(ir, std::iter::once(*field), &value, Side::Sent),
    }
}
