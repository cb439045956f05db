//! `resources/books.py`: the operations of one resource, for both clients.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::python::method;
use atlas9_emitters_core::describe::spaced;
use atlas9_ir::{Operation, Resource, ResourceId};

use super::imports::Imports;
use super::operations::Plan;
use super::{apart, inputs, origin, python};
use crate::Sdk;
use crate::describe;
use crate::text::Doc;

/// The resource that offers an operation.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) id: ResourceId,
    pub(super) resource: &'a Resource,
}

/// `resources/__init__.py`
pub(super) fn index(sdk: &Sdk<'_>) -> String {
    format!("{}\n\"\"\"What can be done, a module for each resource.\"\"\"\n", origin(sdk))
}

/// The file.
pub(super) fn text(sdk: &Sdk<'_>, id: ResourceId, resource: &Resource) -> String {
    let names = sdk.names.resource(id);
    let mut hidden = hiding(Some(resource), &resource.operations);
    hidden.extend([names.class.clone(), format!("Async{}", names.class)]);
    let mut imports = Imports::new(hidden, &sdk.names.exported, "..");
    let owner = Owner { id, resource };
    let plans: Vec<Plan> = resource
        .operations
        .iter()
        .map(|operation| Plan::new(sdk, Some(owner), operation, &mut imports))
        .collect();
    let mut w = Writer::new("    ");
    plans.iter().for_each(|plan| plan.write_constant(&mut w, &mut imports));
    for asynchronous in [false, true] {
        class(&mut w, sdk, owner, &plans, asynchronous, &mut imports);
    }
    let what = format!("What can be done with {}.", spaced(&resource.plural));
    python(sdk, &what, &imports, &w.finish())
}

fn class(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    owner: Owner<'_>,
    plans: &[Plan],
    asynchronous: bool,
    imports: &mut Imports,
) {
    let (start, module, client) = match asynchronous {
        false => ("", "core.sync_client", "SyncClient"),
        true => ("Async", "core.async_client", "AsyncClient"),
    };
    let client = imports.typed(module, client);
    apart(w);
    w.line(format!("class {start}{}:", sdk.names.resource(owner.id).class));
    w.indented(|w| {
        let said = format!("What can be done with {}.", spaced(&owner.resource.plural));
        describe::deprecated(Doc::default().line(said), owner.resource.deprecated.as_ref()).write(w);
        w.blank().line("__slots__ = (\"_client\",)").blank();
        w.line(format!("def __init__(self, client: {client}) -> None:")).indented(|w| {
            w.line("self._client = client");
        });
        plans.iter().for_each(|plan| plan.write(w, asynchronous, imports));
    });
}

/// The names of methods and of arguments, which hide what is imported.
pub(super) fn hiding(resource: Option<&Resource>, operations: &[Operation]) -> BTreeSet<String> {
    let arguments = operations.iter().flat_map(|operation| inputs::names(resource, operation));
    operations.iter().map(method).chain(arguments).collect()
}
