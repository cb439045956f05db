//! `operations.rs`: what the operations of the service are given, and why they fail.

use atlas9_ir::{Ir, Operation};
use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, all};
use super::{builder, errors, inputs};
use crate::names;

/// The module of the file.
pub(crate) const OPERATIONS: &str = "operations";

/// The items of the file.
pub(crate) fn items(ir: &Ir, scope: &Scope) -> TokenStream {
    let service = scope.own("service", "SERVICE");
    all(ir.service.operations.iter().map(|operation| {
        let name = &operation.name;
        let params = inputs::of_action(ir, scope, None, operation, quote!(#service.params(#name)));
        let failure = names::has_error(operation).then(|| errors::of_operation(ir, scope, None, operation));
        all([params, failure.unwrap_or_default()])
    }))
}

/// The names that the file defines.
pub(crate) fn taken(ir: &Ir) -> impl Iterator<Item = String> {
    let operations = ir.service.operations.iter();
    operations.flat_map(|operation| names::of_operation(None, operation)).map(|(name, _)| name)
}

/// A method of the service's builder for each of its operations.
pub(crate) fn methods(ir: &Ir, scope: &Scope) -> TokenStream {
    let method = |operation: &Operation| builder::method(ir, scope, None, operation);
    all(ir.service.operations.iter().map(method))
}
