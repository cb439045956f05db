//! `books.rs`: the operations of one resource, and what they are given.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::rust::{body_of, error_of, service_marker};
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::rust::Scope;
use atlas9_ir::{Resource, ResourceId};

use super::models::asked;
use super::operations::Method;
use crate::Sdk;
use crate::describe;
use crate::text::Doc;

/// The resource that offers an operation.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) id: ResourceId,
    pub(super) resource: &'a Resource,
}

/// The file.
pub(super) fn text(sdk: &Sdk<'_>, id: ResourceId, resource: &Resource) -> String {
    let names = sdk.names.resource(id);
    let markers = resource.operations.iter().map(|operation| names.marker(operation));
    let own = [&names.service, &names.sort.ty, &names.expand.ty, &names.field.ty].map(String::clone);
    let taken: Vec<String> = own.into_iter().chain(markers.flat_map(with_more)).collect();
    let scope = Scope::new(&format!("crate::{}", names.module), taken);
    let mut body = Writer::new("    ");
    let owner = Some(Owner { id, resource });
    let methods: Vec<Method<'_>> =
        resource.operations.iter().map(|operation| Method::plan(sdk, &scope, owner, operation)).collect();
    service(&mut body, sdk, &scope, id, resource, &methods);
    let plural = spaced(&resource.plural);
    let one = atlas9_emitters_core::sdk::facts::one(resource);
    asked(
        &mut body,
        sdk,
        &format!("What {plural} can be sorted by; descending, the greatest comes first."),
        &names.sort,
    );
    asked(&mut body, sdk, &format!("What {one} can embed."), &names.expand);
    asked(&mut body, sdk, &format!("A field of {one}."), &names.field);
    methods.iter().for_each(|method| method.write_operation(&mut body));
    super::rust(sdk, &format!("What can be done with {plural}."), &scope, body)
}

/// The type of an operation, and those that may be made beside it.
fn with_more(marker: String) -> [String; 3] {
    [error_of(&marker), body_of(&marker), marker]
}

fn service(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    scope: &Scope,
    id: ResourceId,
    resource: &Resource,
    methods: &[Method<'_>],
) {
    let name = &sdk.names.resource(id).service;
    let transport = scope.item("crate::api", "Transport");
    w.blank();
    Doc::ours(&format!("What can be done with {}.", spaced(&resource.plural))).write(w);
    describe::deprecated(w, resource.deprecated.as_ref());
    w.line("#[derive(Clone, Debug)]").block(format!("pub struct {name} {{"), "}", |w| {
        w.line(format!("transport: {transport},"));
    });
    w.blank().block(format!("impl {name} {{"), "}", |w| {
        w.block(format!("pub(crate) fn new(transport: &{transport}) -> Self {{"), "}", |w| {
            w.line("Self { transport: transport.clone() }");
        });
        for method in methods {
            w.blank();
            method.write(w);
        }
    });
}

/// `operations.rs`: the operations that fit no resource.
pub(super) fn of_service(sdk: &Sdk<'_>) -> String {
    let markers = sdk.ir.service.operations.iter().map(service_marker);
    let scope = Scope::new("crate::operations", markers.flat_map(with_more));
    let operations = &sdk.ir.service.operations;
    let methods: Vec<Method<'_>> =
        operations.iter().map(|operation| Method::plan(sdk, &scope, None, operation)).collect();
    let mut body = Writer::new("    ");
    body.block(format!("impl {} {{", scope.item("crate", "Client")), "}", |w| {
        for (at, method) in methods.iter().enumerate() {
            if at > 0 {
                w.blank();
            }
            method.write(w);
        }
    });
    methods.iter().for_each(|method| method.write_operation(&mut body));
    super::rust(sdk, "What fits no resource.", &scope, body)
}
