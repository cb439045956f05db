//! The errors that an operation can answer: those it names, those of the service, and those that follow from what it is.

use atlas9_ir::{
    Action, ActionTarget, ErrorId, ErrorKind, Field, Ir, OnDelete, Operation, OperationKind, Resource,
    ResourceId, Type, TypeDeclKind, TypeKind,
};
use foldhash::{HashMap, HashSet};

/// Enters the errors of every operation, sorted by status and code.
pub(super) fn errors(ir: &mut Ir) {
    let api = Api { held: held(ir), standard: standard(ir), ir };
    let of_resources: Vec<Vec<Vec<ErrorId>>> = ir
        .resources
        .iter()
        .map(|(id, resource)| {
            resource.operations.iter().map(|operation| api.errors(Some((id, resource)), operation)).collect()
        })
        .collect();
    let of_service: Vec<Vec<ErrorId>> =
        ir.service.operations.iter().map(|operation| api.errors(None, operation)).collect();
    let found = of_resources.into_iter().flatten().chain(of_service);
    super::operations(ir).zip(found).for_each(|(operation, errors)| operation.errors = errors);
}

/// Resources that cannot be deleted while others point to them.
fn held(ir: &Ir) -> HashSet<ResourceId> {
    let fields = ir.resources.values().flat_map(|resource| &resource.fields);
    let holding = fields.filter(|field| holds(ir, field));
    holding.filter_map(|field| target(ir, &field.ty)).collect()
}

/// True when a reference can keep the other end from going. A list does not give away the keys that it needs.
fn holds(ir: &Ir, field: &Field) -> bool {
    match field.on_delete {
        Some(OnDelete::Restrict) => true,
        Some(OnDelete::Cascade) => match meant(ir, &field.ty) {
            Some(TypeKind::List { length, .. }) => length.min.as_deref().is_some_and(|min| min != "0"),
            _ => false,
        },
        _ => false,
    }
}

/// The standard error of each kind.
fn standard(ir: &Ir) -> HashMap<ErrorKind, ErrorId> {
    let errors = ir.errors.iter().filter(|(_, error)| error.namespace == "std.errors");
    errors.map(|(id, error)| (error.kind, id)).collect()
}

/// The resource that a type refers to, or a list of references does.
fn target(ir: &Ir, ty: &Type) -> Option<ResourceId> {
    match meant(ir, ty)? {
        TypeKind::Ref(resource) => Some(*resource),
        TypeKind::List { item, .. } => match meant(ir, item)? {
            TypeKind::Ref(resource) => Some(*resource),
            _ => None,
        },
        _ => None,
    }
}

/// What a type stands for. Nothing where it is lost to something that could not be read: nobody sees such a model.
fn meant<'i>(ir: &'i Ir, ty: &'i Type) -> Option<&'i TypeKind> {
    let mut kind = &ty.kind;
    while let TypeKind::Named(id) = kind {
        match &ir.types.get(*id)?.kind {
            TypeDeclKind::Alias(target) => kind = &target.kind,
            _ => break,
        }
    }
    Some(kind)
}

struct Api<'i> {
    ir: &'i Ir,
    held: HashSet<ResourceId>,
    standard: HashMap<ErrorKind, ErrorId>,
}

impl Api<'_> {
    fn errors(&self, resource: Option<(ResourceId, &Resource)>, operation: &Operation) -> Vec<ErrorId> {
        let mut errors = operation.raises.clone();
        errors.extend(&self.ir.service.raises);
        errors.extend(self.kinds(resource, operation).iter().filter_map(|kind| self.standard.get(kind)));
        errors.sort_by_key(|id| {
            let error = self.ir.errors.get(*id);
            (error.map(|error| error.kind.status()), error.map(|error| error.code.as_str()), *id)
        });
        errors.dedup();
        errors
    }

    fn kinds(&self, resource: Option<(ResourceId, &Resource)>, operation: &Operation) -> Vec<ErrorKind> {
        use OperationKind::{
            Action, BatchCreate, BatchDelete, Create, Delete, Get, List, Replace, Undelete, Update,
        };
        let service = &self.ir.service;
        // Unknown and unreadable query parameters are refused everywhere.
        let mut kinds = vec![ErrorKind::Malformed];
        let kind = &operation.kind;
        if resource.is_some_and(|(_, resource)| looks_up(resource, kind)) {
            kinds.push(ErrorKind::NotFound);
        }
        let body = match kind {
            Create | Update | Replace | BatchCreate(_) | BatchDelete(_) => true,
            Action(action) => action.body().next().is_some(),
            List(_) | Get | Delete(_) | Undelete => false,
        };
        if body {
            kinds.extend([ErrorKind::TooLarge, ErrorKind::Invalid]);
        }
        if operation.idempotent {
            kinds.extend([ErrorKind::Conflict, ErrorKind::Invalid]);
        }
        if resource.is_some_and(|(id, resource)| self.conflicts(id, resource, kind)) {
            kinds.push(ErrorKind::Conflict);
        }
        if matches!(kind, Update | Replace | Delete(_) | BatchDelete(_)) {
            kinds.push(ErrorKind::PreconditionFailed);
        }
        if !service.auth.is_empty() && !operation.public {
            kinds.extend([ErrorKind::Unauthenticated, ErrorKind::Forbidden]);
        }
        // Also in what everybody may call, a request can name a field that not everybody may see.
        if operation.fields && resource.is_some_and(|(_, resource)| has_guarded(resource)) {
            kinds.push(ErrorKind::Forbidden);
        }
        if service.rate_limit.is_some() {
            kinds.push(ErrorKind::RateLimited);
        }
        kinds
    }

    /// True when the present rows can stand against the operation.
    fn conflicts(&self, id: ResourceId, resource: &Resource, kind: &OperationKind) -> bool {
        let points = |field: &Field| field.unique || target(self.ir, &field.ty).is_some();
        let writes = |written: fn(&Field) -> bool| {
            let clash = |field: &&Field| points(field) || field.key && field.managed.is_none();
            resource.indexes.iter().any(|index| index.unique)
                || resource.fields.iter().filter(clash).any(written)
        };
        match kind {
            OperationKind::Create | OperationKind::BatchCreate(_) => writes(Field::creatable),
            OperationKind::Update | OperationKind::Replace => writes(Field::updatable),
            OperationKind::Delete(_) | OperationKind::BatchDelete(_) => self.held.contains(&id),
            OperationKind::Undelete => true,
            OperationKind::Action(action) => {
                let mut sets = action.sets.iter().filter_map(|set| set.field.0.first());
                let field = |name: &String| resource.fields.iter().find(|field| field.name == *name);
                sets.any(|name| field(name).is_some_and(points)) || self.standard_conflict(action)
            }
            OperationKind::List(_) | OperationKind::Get => false,
        }
    }

    /// True when a move without `else` answers the standard conflict.
    fn standard_conflict(&self, action: &Action) -> bool {
        let conflict = self.standard.get(&ErrorKind::Conflict);
        action.moves.iter().any(|moves| Some(&moves.otherwise.error) == conflict)
    }
}

/// True when some field is only shown to who has a scope.
fn has_guarded(resource: &Resource) -> bool {
    resource.fields.iter().any(|field| field.readable() && !field.requires.is_empty())
}

/// True when the path leads to a row, of the resource or of a parent.
fn looks_up(resource: &Resource, kind: &OperationKind) -> bool {
    let one = match kind {
        OperationKind::List(_) | OperationKind::Create | OperationKind::BatchCreate(_) => false,
        OperationKind::Action(action) => action.target == ActionTarget::Item,
        _ => true,
    };
    // A singleton is always there.
    one && !resource.singleton || resource.parent.is_some()
}
