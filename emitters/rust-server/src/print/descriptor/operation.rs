//! Operations and actions.

use atlas9_descriptor::{
    Action, Answered, Expand, List, Operation, OperationKind, Raise, Returns, SearchIndex, Transition,
};
use proc_macro2::TokenStream;
use quote::quote;

use super::{expr, field, option, texts, types};
use crate::print::literal;
use crate::print::scope::{Scope, ident};

/// `Operation::new(...)` and a call for whatever is not as `new` makes it.
pub(super) fn operation(scope: &Scope, operation: &Operation) -> TokenStream {
    let ty = scope.descriptor("Operation");
    let method_ty = scope.descriptor("Method");
    // The name of a variant is what Debug shows of it.
    let method = ident(&format!("{:?}", operation.method));
    let (name, path, kind) = (operation.name, operation.path, kind(scope, &operation.kind));
    let mut made = quote!(#ty::new(#name, #method_ty::#method, #path, #kind));
    if operation.idempotent {
        made.extend(quote!(.idempotent()));
    }
    if operation.public {
        made.extend(quote!(.public()));
    }
    if !operation.requires.is_empty() {
        let scopes = texts(operation.requires);
        made.extend(quote!(.requires(#scopes)));
    }
    if !operation.expand.is_empty() {
        let ty = scope.descriptor("Expand");
        let expand =
            operation.expand.iter().map(|Expand { name, field }| quote!(#ty { name: #name, field: #field }));
        made.extend(quote!(.expand(&[#(#expand),*])));
    }
    if operation.conditional {
        made.extend(quote!(.conditional()));
    }
    if operation.fields {
        made.extend(quote!(.fields()));
    }
    if operation.force {
        made.extend(quote!(.force()));
    }
    made.extend(field::deprecated(scope, operation.deprecated));
    made
}

fn kind(scope: &Scope, kind: &OperationKind) -> TokenStream {
    let ty = scope.descriptor("OperationKind");
    match kind {
        OperationKind::List(of) => {
            let of = list(scope, of);
            quote!(#ty::List(#of))
        }
        OperationKind::Get => quote!(#ty::Get),
        OperationKind::Create => quote!(#ty::Create),
        OperationKind::Update => quote!(#ty::Update),
        OperationKind::Replace => quote!(#ty::Replace),
        OperationKind::Delete { soft_keep_days } => {
            let days = option(scope, soft_keep_days.map(literal::count));
            quote!(#ty::Delete { soft_keep_days: #days })
        }
        OperationKind::Undelete => quote!(#ty::Undelete),
        OperationKind::BatchCreate { max } => {
            let max = literal::count(*max);
            quote!(#ty::BatchCreate { max: #max })
        }
        OperationKind::BatchDelete { max, conditional } => {
            let max = literal::count(*max);
            quote!(#ty::BatchDelete { max: #max, conditional: #conditional })
        }
        OperationKind::Action(of) => {
            let of = action(scope, of);
            quote!(#ty::Action(#of))
        }
    }
}

fn list(scope: &Scope, list: &List) -> TokenStream {
    let ty = scope.descriptor("List");
    let (filter, sort, search) = (expr::paths(list.filter), expr::paths(list.sort), expr::paths(list.search));
    let index = option(scope, list.search_index.map(|index| search_index(scope, &index)));
    let (paging_ty, paging) = (scope.descriptor("Paging"), ident(&format!("{:?}", list.paging)));
    let (default, max) = (literal::count(list.default_limit), literal::count(list.max_limit));
    quote! {
        #ty {
            filter: #filter,
            sort: #sort,
            search: #search,
            search_index: #index,
            paging: #paging_ty::#paging,
            default_limit: #default,
            max_limit: #max,
        }
    }
}

fn search_index(scope: &Scope, index: &SearchIndex) -> TokenStream {
    let ty = scope.descriptor("SearchIndex");
    let SearchIndex { texts: table, rows, number, .. } = index;
    let columns = texts(index.columns);
    quote!(#ty { texts: #table, columns: #columns, rows: #rows, number: #number })
}

fn action(scope: &Scope, action: &Action) -> TokenStream {
    let ty = scope.descriptor("Action");
    let (target_ty, target) = (scope.descriptor("Target"), ident(&format!("{:?}", action.target)));
    let params = field::fields(scope, action.params);
    let returns = returns(scope, &action.returns);
    let moves = action.moves.iter().map(|one| transition(scope, one));
    let sets = action.sets.iter().map(|(path, value)| {
        let (path, value) = (texts(path), expr::assigned(scope, value));
        quote!((#path, #value))
    });
    quote! {
        #ty {
            target: #target_ty::#target,
            params: #params,
            returns: #returns,
            moves: &[#(#moves),*],
            sets: &[#(#sets),*],
        }
    }
}

fn returns(scope: &Scope, returns: &Returns) -> TokenStream {
    let name = scope.descriptor("Returns");
    match returns {
        Returns::Nothing => quote!(#name::Nothing),
        Returns::One { of: Answered::Resource(resource), optional: false } => {
            quote!(#name::resource(#resource))
        }
        Returns::One { of, optional } => {
            let of = answered(scope, of);
            quote!(#name::One { of: #of, optional: #optional })
        }
        Returns::Many { of, optional } => {
            let of = answered(scope, of);
            quote!(#name::Many { of: #of, optional: #optional })
        }
    }
}

fn answered(scope: &Scope, of: &Answered) -> TokenStream {
    let name = scope.descriptor("Answered");
    match of {
        Answered::Resource(resource) => quote!(#name::Resource(#resource)),
        Answered::Value(ty) => {
            let ty = types::ty(scope, ty);
            quote!(#name::Value(#ty))
        }
    }
}

fn transition(scope: &Scope, transition: &Transition) -> TokenStream {
    let ty = scope.descriptor("Transition");
    let (field, from, to) = (texts(transition.field), texts(transition.from), transition.to);
    let otherwise = raise(scope, &transition.otherwise);
    quote!(#ty { field: #field, from: #from, to: #to, otherwise: #otherwise })
}

fn raise(scope: &Scope, raise: &Raise) -> TokenStream {
    let ty = scope.descriptor("Raise");
    let code = raise.code;
    let arguments = raise.arguments.iter().map(|(name, value)| {
        let value = expr::assigned(scope, value);
        quote!((#name, #value))
    });
    quote!(#ty { code: #code, arguments: &[#(#arguments),*] })
}
