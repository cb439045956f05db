//! `src/books.ts`: the operations of one resource, as functions and as a class.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::describe::spaced;
use atlas9_ir::{Resource, ResourceId};

use super::operations::Plan;
use super::{imports, inputs, typescript};
use crate::Sdk;
use crate::describe;
use crate::names::ResourceNames;
use crate::text::Doc;
use crate::types::Uses;

/// A file in the making and what it must import.
pub(super) struct File<'a> {
    pub(super) sdk: &'a Sdk<'a>,
    /// Types of the runtime and of the models.
    pub(super) uses: Uses,
    /// Classes of errors.
    pub(super) errors: BTreeSet<String>,
    /// Constants of `shapes.ts`.
    pub(super) shapes: BTreeSet<String>,
}

/// The resource that offers an operation.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) id: ResourceId,
    pub(super) resource: &'a Resource,
}

impl<'a> File<'a> {
    pub(super) fn new(sdk: &'a Sdk<'a>) -> File<'a> {
        let mut file = File { sdk, uses: Uses::default(), errors: BTreeSet::new(), shapes: BTreeSet::new() };
        file.uses.core.insert("HttpClient".to_owned());
        file
    }
}

/// The file.
pub(super) fn text(sdk: &Sdk<'_>, id: ResourceId, resource: &Resource) -> String {
    let names = sdk.names.resource(id);
    let mut file = File::new(sdk);
    let mut body = Writer::new("  ");
    inputs::expand(&mut body, resource, names);
    inputs::fields(&mut body, resource, names);
    for operation in &resource.operations {
        inputs::write(&mut body, sdk, Some(resource), names, operation, &mut file.uses);
    }
    let owner = Some(Owner { id, resource });
    let plans: Vec<Plan> =
        resource.operations.iter().map(|operation| Plan::new(&mut file, owner, operation)).collect();
    class(&mut body, resource, names, &plans);
    plans.iter().for_each(|plan| plan.write_function(&mut body));
    finish(&file, body)
}

/// `src/operations.ts`: the operations that fit no resource, as functions. The class of the service calls them.
pub(super) fn service(sdk: &Sdk<'_>) -> String {
    let mut file = File::new(sdk);
    let mut body = Writer::new("  ");
    for operation in &sdk.ir.service.operations {
        inputs::write(&mut body, sdk, None, &sdk.names.operations, operation, &mut file.uses);
    }
    for operation in &sdk.ir.service.operations {
        Plan::new(&mut file, None, operation).write_function(&mut body);
    }
    finish(&file, body)
}

fn finish(file: &File<'_>, body: Writer) -> String {
    let mut w = typescript(file.sdk);
    let none = BTreeSet::new();
    imports::write(&mut w, &none, &file.uses.core, "./core/index.js");
    imports::write(&mut w, &file.errors, &none, "./errors.js");
    imports::write(&mut w, &file.shapes, &none, "./shapes.js");
    imports::write(&mut w, &none, &file.uses.types, "./types.js");
    w.blank().line(body.finish().trim_end());
    w.finish()
}

fn class(w: &mut Writer, resource: &Resource, names: &ResourceNames, plans: &[Plan]) {
    let doc = Doc::default().line(format!("What can be done with {}.", spaced(&resource.plural)));
    w.blank();
    describe::deprecated(doc, resource.deprecated.as_ref()).write(w);
    w.block(format!("export class {} {{", names.class), "}", |w| {
        w.line("readonly #client: HttpClient;").blank();
        w.block("constructor(client: HttpClient) {", "}", |w| {
            w.line("this.#client = client;");
        });
        plans.iter().for_each(|plan| plan.write_method(w, "this.#client"));
    });
}
