//! What the code of an operation is given and what it answers.

use atlas9_emitters_core::requests::{Items, items};
use atlas9_ir::{Action, ActionTarget, Ir, Managed, Operation, OperationKind, ResourceId, TypeKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::operations::OPERATIONS;
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
    /// Whether what holds the row goes as well.
    Force,
    /// What a batch makes.
    Items,
    /// The keys of what a batch removes.
    Keys,
}

/// What an operation answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Nothing,
    Resource,
    Value,
    Page,
    /// Several of the resource.
    Several,
}

impl Signature {
    /// The signature of an operation of a resource, or of the service; types are named as `scope` sees them.
    pub(crate) fn of(ir: &Ir, scope: &Scope, id: Option<ResourceId>, operation: &Operation) -> Signature {
        let resource = id.map(|id| &ir.resources[id]);
        let module = resource.map_or_else(|| OPERATIONS.to_owned(), names::module);
        let (answer, answer_type) = answer(ir, scope, id, operation);
        let error = match names::has_error(operation) {
            true => scope.own(&module, &names::operation_error(resource, operation)),
            false => scope.runtime("Problem"),
        };
        let input = match operation.kind {
            OperationKind::List(_) => Some((Given::List, scope.runtime("ListRequest"))),
            OperationKind::Delete(ref delete) if delete.force => Some((Given::Force, quote!(bool))),
            OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => {
                id.and_then(|id| batch(ir, scope, id, operation))
            }
            _ if names::has_input(operation) => {
                Some((Given::Body, scope.own(&module, &names::input(resource, operation))))
            }
            _ => None,
        };
        let keys = id.map(|id| keys(ir, scope, id, operation)).unwrap_or_default();
        Signature { keys, input, answer, answer_type, error }
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
            Given::Force => quote!(input.force),
            // No code is given several.
            Given::Items | Given::Keys => TokenStream::new(),
        });
        keys.into_iter().chain(given).collect()
    }

    fn grouped(&self) -> bool {
        self.keys.len() + usize::from(self.input.is_some()) > MOST_ARGUMENTS
    }
}

/// What a batch is given: what its single operation is given, several times.
fn batch(ir: &Ir, scope: &Scope, id: ResourceId, operation: &Operation) -> Option<(Given, TokenStream)> {
    let resource = &ir.resources[id];
    let many = scope.prelude("Vec");
    match items(Some(resource), operation)? {
        Items::Bodies(_, create) => {
            let body = scope.own(&names::module(resource), &names::input(Some(resource), create));
            Some((Given::Items, quote!(#many<#body>)))
        }
        Items::Keys(_) => {
            let key = rust_type::id(ir, scope, id);
            Some((Given::Keys, quote!(#many<#key>)))
        }
    }
}

fn keys(ir: &Ir, scope: &Scope, id: ResourceId, operation: &Operation) -> Vec<(Ident, TokenStream)> {
    let resource = &ir.resources[id];
    // What is done with all of them may stand at an address that leaves parents out.
    let (by_id, given): (bool, &dyn Fn(&str) -> bool) = match &operation.kind {
        OperationKind::List(_)
        | OperationKind::Create
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => (false, &|_| true),
        OperationKind::Action(Action { target: ActionTarget::Collection | ActionTarget::Query, .. }) => {
            (false, &|name| operation.path.contains(&format!("{{{name}}}")))
        }
        _ => (!resource.singleton, &|_| true),
    };
    let held = resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
    let lineage = ir.lineage(id);
    let parents = held.zip(&lineage).filter(|(field, _)| given(&field.wire)).map(|(_, parent)| {
        let name = ident(&names::word(&format!("{}_id", ir.resources[*parent].snake)));
        (name, rust_type::id(ir, scope, *parent))
    });
    let own = by_id.then(|| (ident("id"), rust_type::id(ir, scope, id)));
    parents.chain(own).collect()
}

fn answer(ir: &Ir, scope: &Scope, id: Option<ResourceId>, operation: &Operation) -> (Answer, TokenStream) {
    let whole = |id: ResourceId| (Answer::Resource, rust_type::resource(ir, scope, id));
    match &operation.kind {
        OperationKind::List(_) => (Answer::Page, scope.runtime("Page")),
        OperationKind::Delete(delete) if delete.soft_keep_days.is_none() => (Answer::Nothing, quote!(())),
        OperationKind::Action(action) => match action.returns.as_ref().map(|ty| (ty, ir.resolve(ty))) {
            None => (Answer::Nothing, quote!(())),
            Some((_, (TypeKind::Ref(to), false))) => whole(*to),
            Some((ty, _)) => (Answer::Value, rust_type::of_answer(ir, scope, ty)),
        },
        OperationKind::BatchDelete(_) if !id.is_some_and(|id| ir.resources[id].soft_delete()) => {
            (Answer::Nothing, quote!(()))
        }
        OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => {
            let many = scope.prelude("Vec");
            let of = id.map_or_else(|| quote!(()), |id| rust_type::resource(ir, scope, id));
            (Answer::Several, quote!(#many<#of>))
        }
        OperationKind::Get
        | OperationKind::Create
        | OperationKind::Update
        | OperationKind::Replace
        | OperationKind::Delete(_)
        | OperationKind::Undelete => id.map_or_else(|| (Answer::Nothing, quote!(())), whole),
    }
}
