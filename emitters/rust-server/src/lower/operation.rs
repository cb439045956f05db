//! Operations and actions.

use atlas9_descriptor as descriptor;
use atlas9_emitters_core::storage;
use atlas9_ir::{
    Action, ActionTarget, HttpMethod, Ir, List, Operation, OperationKind, PaginationStyle, Param, ParamPlace,
    Resource, Transition, Type, TypeKind,
};

use super::{Lower, expr, field, leak};

impl Lower<'_> {
    pub(super) fn operation(
        &mut self,
        operation: &Operation,
        of: Option<&Resource>,
    ) -> descriptor::Operation {
        descriptor::Operation {
            name: leak::text(&operation.name),
            method: method(operation.method),
            path: leak::text(&format!("{}{}", self.ir.service.base_path, operation.path)),
            kind: self.kind(operation, of),
            idempotent: operation.idempotent,
            public: operation.public,
            requires: leak::texts(&operation.requires),
            expand: leak::slice(operation.expand.iter().map(|expand| descriptor::Expand {
                name: leak::text(&expand.wire),
                field: leak::text(&expand.field),
            })),
            conditional: operation.conditional,
            fields: operation.fields,
            force: matches!(&operation.kind, OperationKind::Delete(delete) if delete.force),
            deprecated: field::deprecation(operation.deprecated.as_ref()),
        }
    }

    fn kind(&mut self, operation: &Operation, of: Option<&Resource>) -> descriptor::OperationKind {
        match &operation.kind {
            OperationKind::List(list) => {
                descriptor::OperationKind::List(self::list(list, of.and_then(|of| search_index(self.ir, of))))
            }
            OperationKind::Get => descriptor::OperationKind::Get,
            OperationKind::Create => descriptor::OperationKind::Create,
            OperationKind::Update => descriptor::OperationKind::Update,
            OperationKind::Replace => descriptor::OperationKind::Replace,
            OperationKind::Delete(delete) => {
                descriptor::OperationKind::Delete { soft_keep_days: delete.soft_keep_days }
            }
            OperationKind::Undelete => descriptor::OperationKind::Undelete,
            OperationKind::BatchCreate(batch) => descriptor::OperationKind::BatchCreate { max: batch.max },
            OperationKind::BatchDelete(batch) => {
                descriptor::OperationKind::BatchDelete { max: batch.max, conditional: batch.conditional }
            }
            OperationKind::Action(action) => {
                descriptor::OperationKind::Action(self.action(action, operation))
            }
        }
    }

    fn action(&mut self, action: &Action, at: &Operation) -> descriptor::Action {
        let moves: Vec<_> = action.moves.iter().map(|transition| self.transition(transition)).collect();
        descriptor::Action {
            target: target(action.target),
            params: self.params(&action.params),
            returns: self.returns(action.returns.as_ref(), at),
            moves: leak::slice(moves),
            sets: leak::slice(
                action.sets.iter().map(|set| (expr::path(&set.field), expr::assigned(&set.value))),
            ),
        }
    }

    fn params(&mut self, params: &[Param]) -> &'static [descriptor::Field] {
        let fields = self.fields(params.iter().map(|param| &param.field));
        leak::slice(fields.iter().zip(params).map(|(field, param)| field.place(place(&param.place))))
    }

    fn returns(&mut self, ty: Option<&Type>, at: &Operation) -> descriptor::Returns {
        let Some(ty) = ty else { return descriptor::Returns::Nothing };
        match self.ir.resolve(ty) {
            (TypeKind::List { item, .. }, false) => {
                let of = self.answered(item, at);
                descriptor::Returns::Many { of, optional: self.ir.resolve(item).1 }
            }
            (_, optional) => descriptor::Returns::One { of: self.answered(ty, at), optional },
        }
    }

    fn answered(&mut self, ty: &Type, at: &Operation) -> descriptor::Answered {
        match self.ir.resolve(ty).0 {
            TypeKind::Ref(resource) => {
                descriptor::Answered::Resource(leak::text(&self.ir.resources[*resource].name))
            }
            _ => descriptor::Answered::Value(self.ty(ty, None, at.span)),
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

fn search_index(ir: &Ir, of: &Resource) -> Option<descriptor::SearchIndex> {
    let search = storage::search(ir, of)?;
    let columns: Vec<String> = search.columns.iter().map(storage::Search::text_column).collect();
    Some(descriptor::SearchIndex {
        texts: leak::text(&search.name),
        columns: leak::texts(&columns),
        rows: leak::text(&search.rows),
        number: leak::text(&search.number),
    })
}

fn list(list: &List, search_index: Option<descriptor::SearchIndex>) -> descriptor::List {
    descriptor::List {
        filter: expr::paths(&list.filter),
        sort: expr::paths(&list.sort),
        search: expr::paths(&list.search),
        search_index,
        paging: match list.paginate.style {
            PaginationStyle::Cursor => descriptor::Paging::Cursor,
            PaginationStyle::Page => descriptor::Paging::Page,
        },
        default_limit: list.paginate.default,
        max_limit: list.paginate.max,
    }
}

fn target(target: ActionTarget) -> descriptor::Target {
    match target {
        ActionTarget::Item => descriptor::Target::Item,
        ActionTarget::Collection => descriptor::Target::Collection,
        ActionTarget::Query => descriptor::Target::Query,
        ActionTarget::Service => descriptor::Target::Service,
    }
}

fn place(place: &ParamPlace) -> descriptor::Place {
    match place {
        ParamPlace::Body => descriptor::Place::Body,
        ParamPlace::Query => descriptor::Place::Query,
        ParamPlace::Path => descriptor::Place::Path,
        ParamPlace::Header(name) => descriptor::Place::Header(leak::text(name)),
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
