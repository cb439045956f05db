//! Errors: `errors.rs` with the declared ones, and the enum of each operation that has some.

use atlas9_descriptor::ErrorType;
use atlas9_ir::{ErrorDecl, Ir, Operation, Resource};
use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::error as described;
use super::scope::{Scope, all, ident};
use super::values::{Shape, Values};
use super::{docs, size};
use crate::names;

/// The items of `errors.rs`. Each error with a type has a descriptor of its own, which the service's list holds too. `errors`
/// are the descriptors of the model's errors in its order.
pub(crate) fn items(ir: &Ir, scope: &Scope, errors: &[ErrorType]) -> TokenStream {
    let typed = names::typed_errors(ir).into_iter();
    all(typed.filter_map(|(id, error)| Some(declared(ir, scope, error, errors.get(id.index())?))))
}

/// The names that the file defines.
pub(crate) fn taken(ir: &Ir) -> impl Iterator<Item = String> {
    names::typed_errors(ir).into_iter().map(|(_, error)| names::ty(error))
}

fn declared(ir: &Ir, scope: &Scope, error: &ErrorDecl, of: &ErrorType) -> TokenStream {
    let constant = ident(&names::descriptor(&error.name));
    let values = Values {
        ir,
        scope,
        name: ident(&names::ty(error)),
        docs: docs::declared(said(error), &format!("`{}`.", error.name), &ir.place(error.span)),
        fields: error.fields.iter().enumerate().collect(),
        descriptor: quote!(#constant.fields),
        key: None,
        owner: None,
        shape: Shape::Whole,
    };
    let name = &values.name;
    let (problem, from, into) = (scope.runtime("Problem"), scope.prelude("From"), scope.value("IntoRecord"));
    let (ty, value) = (scope.descriptor("ErrorType"), described(scope, of));
    let summary = docs::ours(&format!("What the server knows of `{name}`."));
    let values = values.print();
    quote! {
        #summary
        pub static #constant: #ty = #value;
        #values
        impl #from<#name> for #problem {
            fn from(error: #name) -> #problem { #problem::declared(&#constant, #into::into_record(error)) }
        }
    }
}

fn said(error: &ErrorDecl) -> &str {
    if error.docs.trim().is_empty() { &error.message } else { &error.docs }
}

/// The error of an operation.
pub(crate) fn of_operation(
    ir: &Ir,
    scope: &Scope,
    resource: Option<&Resource>,
    operation: &Operation,
) -> TokenStream {
    let name = ident(&names::operation_error(resource, operation));
    let what = match resource {
        Some(resource) => format!("Why `{}` of `{}` fails.", operation.name, names::ty(resource)),
        None => format!("Why `{}` fails.", operation.name),
    };
    let docs = docs::declared("", &what, &ir.place(operation.span));
    let problem = scope.runtime("Problem");
    let (from, clone) = (scope.prelude("From"), scope.prelude("Clone"));
    let (debug, formatter) = (scope.std("fmt", "Debug"), scope.std("fmt", "Formatter"));
    let raised: Vec<_> = operation.raises.iter().map(|id| &ir.errors[*id]).collect();
    let variants: Vec<_> = raised.iter().map(|error| ident(&names::ty(error))).collect();
    let types: Vec<_> = raised.iter().map(|error| scope.own("errors", &names::ty(error))).collect();
    let comments = raised.iter().map(|error| docs::part(said(error), &format!("`{}`.", error.name)));
    // A declared error may be called `Problem` itself.
    let other = ident(if variants.iter().any(|variant| variant == "Problem") { "Other" } else { "Problem" });
    let large = size::of_errors(&raised);
    quote! {
        #docs
        #large
        pub enum #name {
            #(#comments #variants(#types),)*
            /// Anything else.
            #other(#problem),
        }
        #(
            impl #from<#types> for #name {
                fn from(error: #types) -> #name { #name::#variants(error) }
            }
        )*
        impl #from<#problem> for #name {
            fn from(problem: #problem) -> #name { #name::#other(problem) }
        }
        impl #from<#name> for #problem {
            fn from(error: #name) -> #problem {
                match error {
                    #(#name::#variants(error) => #problem::from(error),)*
                    #name::#other(problem) => problem,
                }
            }
        }
        impl #clone for #name {
            fn clone(&self) -> #name {
                match self {
                    #(#name::#variants(error) => #name::#variants(error.clone()),)*
                    #name::#other(problem) => #name::#other(problem.clone()),
                }
            }
        }
        impl #debug for #name {
            fn fmt(&self, f: &mut #formatter<'_>) -> ::std::fmt::Result {
                match self {
                    #(#name::#variants(error) => #debug::fmt(error, f),)*
                    #name::#other(problem) => #debug::fmt(problem, f),
                }
            }
        }
    }
}
