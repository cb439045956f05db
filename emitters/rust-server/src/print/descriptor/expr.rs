//! Literals, paths, conditions and assignments.

use atlas9_descriptor::{Assigned, Expr, Literal, Operator, Path, Rule};
use proc_macro2::TokenStream;
use quote::quote;

use super::texts;
use crate::print::literal as number;
use crate::print::scope::{Scope, ident};

pub(super) fn paths(paths: &[Path]) -> TokenStream {
    let paths = paths.iter().map(|path| texts(path));
    quote!(&[#(#paths),*])
}

pub(super) fn literal(scope: &Scope, value: &Literal) -> TokenStream {
    let ty = scope.descriptor("Literal");
    match value {
        Literal::Null => quote!(#ty::Null),
        Literal::Bool(value) => quote!(#ty::Bool(#value)),
        Literal::Int(value) => {
            let value = number::whole(*value);
            quote!(#ty::Int(#value))
        }
        Literal::Decimal(text) => quote!(#ty::Decimal(#text)),
        Literal::Text(text) => quote!(#ty::Text(#text)),
        Literal::Now => quote!(#ty::Now),
        Literal::List(items) => {
            let items = items.iter().map(|item| literal(scope, item));
            quote!(#ty::List(&[#(#items),*]))
        }
        Literal::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let value = literal(scope, value);
                quote!((#name, #value))
            });
            quote!(#ty::Object(&[#(#fields),*]))
        }
    }
}

pub(super) fn assigned(scope: &Scope, value: &Assigned) -> TokenStream {
    let ty = scope.descriptor("Assigned");
    match value {
        Assigned::Literal(value) => {
            let value = literal(scope, value);
            quote!(#ty::Literal(#value))
        }
        Assigned::Param(name) => quote!(#ty::Param(#name)),
        Assigned::Field(path) => {
            let path = texts(path);
            quote!(#ty::Field(#path))
        }
        Assigned::Principal => quote!(#ty::Principal),
    }
}

pub(super) fn rules(scope: &Scope, rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(|rule| {
        let ty = scope.descriptor("Rule");
        let Rule { name, text, constraint, .. } = rule;
        let condition = expr(scope, &rule.condition);
        quote!(#ty { name: #name, text: #text, condition: #condition, constraint: #constraint })
    });
    quote!(&[#(#rules),*])
}

fn expr(scope: &Scope, condition: &Expr) -> TokenStream {
    let ty = scope.descriptor("Expr");
    let inner = |inner: &Expr| expr(scope, inner);
    match condition {
        Expr::Field(path) => {
            let path = texts(path);
            quote!(#ty::Field(#path))
        }
        Expr::Literal(value) => {
            let value = literal(scope, value);
            quote!(#ty::Literal(#value))
        }
        Expr::Now => quote!(#ty::Now),
        Expr::Length(of) => {
            let of = inner(of);
            quote!(#ty::Length(&#of))
        }
        Expr::Not(of) => {
            let of = inner(of);
            quote!(#ty::Not(&#of))
        }
        Expr::Negate(of) => {
            let of = inner(of);
            quote!(#ty::Negate(&#of))
        }
        Expr::Binary(op, left, right) => {
            let (op, left, right) = (operator(scope, *op), inner(left), inner(right));
            quote!(#ty::Binary(#op, &#left, &#right))
        }
        Expr::In(of, among) => {
            let (of, among) = (inner(of), among.iter().map(inner));
            quote!(#ty::In(&#of, &[#(#among),*]))
        }
    }
}

fn operator(scope: &Scope, op: Operator) -> TokenStream {
    let ty = scope.descriptor("Operator");
    // The name of a variant is what Debug shows of it.
    let name = ident(&format!("{op:?}"));
    quote!(#ty::#name)
}
