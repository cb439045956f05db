//! What the code of an operation is given and what it answers.

use atlas9_ir::{Ir, Operation, OperationKind, Resource, ResourceId, TypeKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::rust_type;
use super::scope::{Scope, ident};
use crate::names;

/// The traits of the runtime take so many arguments; more keys than fit become one tuple.
const MOST_ARGUMENTS: usize = 4;

/// The signature of an operation's code, without the context.
pub(crate) struct Signature {
    /// Names and types of the keys in the path.
    pub(crate) keys: Vec<(Ident, TokenStream)>,
    /// The type of what else is given: the body, or what a list is asked for.
    pub(crate) input: Option<(Given, TokenStream)>,
    /// What is answered.
    pub(crate) answer: Answer,
    /// The type of the answer.
    pub(crate) answer_type: TokenStream,
    /// The type of the error.
    pub(crate) error: TokenStream,
}

/// What is given beside the keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    Body,
    List,
}

/// What an operation answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Nothing,
    Resource,
    Value,
    Page,
}

impl Signature {
    /// The signature of an operation; types are named as `scope` sees them.
    pub(crate) fn of(ir: &Ir, scope: &Scope, id: ResourceId, operation: &Operation) -> Signature {
        let resource = &ir.resources[id];
        let (answer, answer_type) = answer(ir, scope, id, operation);
        let error = match names::has_error(operation) {
            true => own(scope, resource, &names::operation_error(resource, operation)),
            false => scope.runtime("Problem"),
        };
        let input = match operation.kind {
            OperationKind::List(_) => Some((Given::List, scope.runtime("ListRequest"))),
            _ if names::has_input(operation) => {
                Some((Given::Body, own(scope, resource, &names::input(resource, operation))))
            }
            _ => None,
        };
        Signature { keys: keys(ir, scope, id, operation), input, answer, answer_type, error }
    }

    /// The types of the arguments.
    pub(crate) fn arguments(&self) -> Vec<TokenStream> {
        let keys: Vec<_> = self.keys.iter().map(|(_, ty)| ty.clone()).collect();
        let keys = if self.grouped() { vec![quote!((#(#keys),*))] } else { keys };
        keys.into_iter().chain(self.input.as_ref().map(|(_, ty)| ty.clone())).collect()
    }

    /// The expressions that take the arguments from an `input`.
    pub(crate) fn taken(&self, scope: &Scope) -> Vec<TokenStream> {
        let keys: Vec<_> = (0..self.keys.len())
            .map(|index| {
                let index = Literal::usize_unsuffixed(index);
                quote!(input.key(#index)?)
            })
            .collect();
        let keys = if self.grouped() { vec![quote!((#(#keys),*))] } else { keys };
        let given = self.input.as_ref().map(|(given, _)| match given {
            Given::Body => {
                let from = scope.value("FromRecord");
                quote!(#from::from_record(input.body)?)
            }
            Given::List => quote!(input.list.unwrap_or_default()),
        });
        keys.into_iter().chain(given).collect()
    }

    fn grouped(&self) -> bool {
        self.keys.len() + usize::from(self.input.is_some()) > MOST_ARGUMENTS
    }
}

fn keys(ir: &Ir, scope: &Scope, id: ResourceId, operation: &Operation) -> Vec<(Ident, TokenStream)> {
    let by_id = !matches!(operation.kind, OperationKind::List(_) | OperationKind::Create);
    let lineage = ir.lineage(id);
    let parents = lineage.iter().filter(|parent| **parent != id).map(|parent| {
        let name = ident(&names::member(&format!("{}_id", ir.resources[*parent].snake)));
        (name, rust_type::id(ir, scope, *parent))
    });
    let own = by_id.then(|| (ident("id"), rust_type::id(ir, scope, id)));
    parents.chain(own).collect()
}

fn answer(ir: &Ir, scope: &Scope, id: ResourceId, operation: &Operation) -> (Answer, TokenStream) {
    let resource = &ir.resources[id];
    let whole = || (Answer::Resource, own(scope, resource, &names::ty(&resource.name)));
    match &operation.kind {
        OperationKind::List(_) => (Answer::Page, scope.runtime("Page")),
        OperationKind::Delete(delete) if delete.soft_keep_days.is_none() => (Answer::Nothing, quote!(())),
        OperationKind::Action(action) => match action.returns.as_ref().map(|ty| (ty, ir.resolve(ty))) {
            None => (Answer::Nothing, quote!(())),
            Some((_, (TypeKind::Ref(to), false))) if *to == id => whole(),
            Some((ty, _)) => (Answer::Value, rust_type::of(ir, scope, ty)),
        },
        OperationKind::Get
        | OperationKind::Create
        | OperationKind::Update
        | OperationKind::Replace
        | OperationKind::Delete(_)
        | OperationKind::Undelete => whole(),
    }
}

fn own(scope: &Scope, resource: &Resource, name: &str) -> TokenStream {
    scope.own(&names::module(resource), name)
}
