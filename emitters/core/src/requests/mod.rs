//! What a request of an operation carries, and an example of it.

mod example;

pub use example::{Given, Request, clearing, example};

use atlas9_ir::{ActionTarget, Field, Ir, Operation, OperationKind, ParamPlace, Resource, ResourceId, Type};

use crate::names::camel;

/// The fields that the body of an operation can hold; none for a batch, whose body holds [`items`].
pub fn request_fields<'a>(resource: Option<&'a Resource>, operation: &'a Operation) -> Vec<&'a Field> {
    let fields = resource.into_iter().flat_map(|resource| &resource.fields);
    match &operation.kind {
        OperationKind::Create => fields.filter(|field| field.creatable()).collect(),
        OperationKind::Update | OperationKind::Replace => fields.filter(|field| field.updatable()).collect(),
        OperationKind::Action(action) => action.body().collect(),
        OperationKind::List(_)
        | OperationKind::Get
        | OperationKind::Delete(_)
        | OperationKind::Undelete
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => Vec::new(),
    }
}

/// True when the operation changes one resource, which must then be in the state that `If-Match` names (RFC 9110, section 13.1.1).
pub fn takes_if_match(operation: &Operation) -> bool {
    match &operation.kind {
        OperationKind::List(_)
        | OperationKind::Get
        | OperationKind::Create
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => false,
        OperationKind::Update
        | OperationKind::Replace
        | OperationKind::Delete(_)
        | OperationKind::Undelete => true,
        OperationKind::Action(action) => action.target == ActionTarget::Item,
    }
}

/// The items that the body of a batch holds.
#[derive(Clone, Copy, Debug)]
pub enum Items<'a> {
    /// What this operation, the resource's `create`, is given, with its place among the resource's operations.
    Bodies(usize, &'a Operation),
    /// The values of this field, the resource's key, each of which may stand beside an [`ETAG`].
    Keys(&'a Field),
}

/// The member of an item of a batch that says which state the row must have.
pub const ETAG: &str = "etag";

/// What the items of a batch are; nothing for what is no batch.
pub fn items<'a>(resource: Option<&'a Resource>, operation: &Operation) -> Option<Items<'a>> {
    match &operation.kind {
        OperationKind::BatchCreate(_) => {
            let mut operations = resource?.operations.iter().enumerate();
            let create = operations.find(|(_, other)| matches!(other.kind, OperationKind::Create));
            create.map(|(place, create)| Items::Bodies(place, create))
        }
        OperationKind::BatchDelete(_) => resource?.key().map(Items::Keys),
        _ => None,
    }
}

/// The parameters of an action that travel in the query or in headers; with the header's name.
pub fn param_fields(operation: &Operation) -> impl Iterator<Item = (&Field, Option<&str>)> {
    let params = match &operation.kind {
        OperationKind::Action(action) => action.params.as_slice(),
        _ => &[],
    };
    params.iter().filter_map(|param| match &param.place {
        ParamPlace::Query => Some((&param.field, None)),
        ParamPlace::Header(name) => Some((&param.field, Some(name.as_str()))),
        ParamPlace::Body | ParamPlace::Path => None,
    })
}

/// The names in a path, in its order.
pub fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// What a name in a path stands for.
#[derive(Clone, Copy, Debug)]
pub enum Placeholder<'a> {
    /// A parameter of the operation.
    Param(&'a Field),
    /// The key of a resource: of a parent, or the own one.
    Key(ResourceId, &'a Type),
}

impl<'a> Placeholder<'a> {
    /// What it stands for in the path of an operation; nothing where a name stands for nothing.
    pub fn of(ir: &'a Ir, owner: Option<ResourceId>, operation: &'a Operation, name: &str) -> Option<Self> {
        if let OperationKind::Action(action) = &operation.kind {
            let mut placed = action.params.iter().filter(|param| param.place == ParamPlace::Path);
            if let Some(param) = placed.find(|param| param.field.name == name) {
                return Some(Placeholder::Param(&param.field));
            }
        }
        let owner = owner?;
        let mut parents = ir.lineage(owner).into_iter().filter(|id| *id != owner);
        let named = |id: &ResourceId| {
            let key = format!("{}_id", ir.resources[*id].snake);
            [key.as_str(), camel(&key).as_str()].contains(&name)
        };
        let of = parents.find(named).unwrap_or(owner);
        ir.key_type(of).map(|ty| Placeholder::Key(of, ty))
    }

    /// The type of its values.
    pub fn ty(self) -> &'a Type {
        match self {
            Placeholder::Param(field) => &field.ty,
            Placeholder::Key(_, ty) => ty,
        }
    }
}
