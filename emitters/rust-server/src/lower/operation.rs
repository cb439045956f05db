//! Operations and actions.

use atlas9_descriptor as descriptor;
use atlas9_ir::{Action, HttpMethod, List, Operation, OperationKind, ResourceId, Transition, Type, TypeKind};

use super::{Lower, expr, field, leak};

impl Lower<'_> {
    pub(super) fn operation(&mut self, resource: ResourceId, operation: &Operation) -> descriptor::Operation {
        descriptor::Operation {
            name: leak::text(&operation.name),
            method: method(operation.method),
            path: leak::text(&format!("{}{}", self.ir.service.base_path, operation.path)),
            kind: self.kind(resource, operation),
            idempotent: operation.idempotent,
            public: operation.public,
            requires: leak::texts(&operation.requires),
            deprecated: field::deprecation(operation.deprecated.as_ref()),
        }
    }

    fn kind(&mut self, resource: ResourceId, operation: &Operation) -> descriptor::OperationKind {
        match &operation.kind {
            OperationKind::List(list) => descriptor::OperationKind::List(self::list(list)),
            OperationKind::Get => descriptor::OperationKind::Get,
            OperationKind::Create => descriptor::OperationKind::Create,
            OperationKind::Update => descriptor::OperationKind::Update,
            OperationKind::Replace => descriptor::OperationKind::Replace,
            OperationKind::Delete(delete) => {
                descriptor::OperationKind::Delete { soft_keep_days: delete.soft_keep_days }
            }
            OperationKind::Undelete => descriptor::OperationKind::Undelete,
            OperationKind::Action(action) => {
                descriptor::OperationKind::Action(self.action(resource, action, operation))
            }
        }
    }

    fn action(&mut self, resource: ResourceId, action: &Action, at: &Operation) -> descriptor::Action {
        let moves: Vec<_> = action.moves.iter().map(|transition| self.transition(transition)).collect();
        descriptor::Action {
            params: self.fields(action.body()),
            returns: self.returns(resource, action.returns.as_ref(), at),
            moves: leak::slice(moves),
            sets: leak::slice(
                action.sets.iter().map(|set| (expr::path(&set.field), expr::assigned(&set.value))),
            ),
        }
    }

    fn returns(&mut self, own: ResourceId, ty: Option<&Type>, at: &Operation) -> descriptor::Returns {
        let Some(ty) = ty else { return descriptor::Returns::Nothing };
        match self.ir.resolve(ty) {
            (TypeKind::Ref(resource), false) if *resource == own => descriptor::Returns::Resource,
            (_, optional) => descriptor::Returns::Value { ty: self.ty(ty, None, at.span), optional },
        }
    }

    fn transition(&mut self, transition: &Transition) -> descriptor::Transition {
        let raised = &transition.otherwise;
        let code = match self.ir.errors.get(raised.error) {
            Some(error) => error.code.as_str(),
            None => {
                self.broken(transition.span, "the error of a transition leads nowhere");
                ""
            }
        };
        descriptor::Transition {
            field: expr::path(&transition.field),
            from: leak::texts(&transition.from),
            to: leak::text(&transition.to),
            otherwise: descriptor::Raise {
                code: leak::text(code),
                arguments: leak::slice(
                    raised
                        .arguments
                        .iter()
                        .map(|argument| (leak::text(&argument.name), expr::assigned(&argument.value))),
                ),
            },
        }
    }
}

fn list(list: &List) -> descriptor::List {
    descriptor::List {
        filter: expr::paths(&list.filter),
        sort: expr::paths(&list.sort),
        search: expr::paths(&list.search),
        default_limit: list.paginate.default,
        max_limit: list.paginate.max,
    }
}

fn method(method: HttpMethod) -> descriptor::Method {
    match method {
        HttpMethod::Get => descriptor::Method::Get,
        HttpMethod::Post => descriptor::Method::Post,
        HttpMethod::Put => descriptor::Method::Put,
        HttpMethod::Patch => descriptor::Method::Patch,
        HttpMethod::Delete => descriptor::Method::Delete,
    }
}
