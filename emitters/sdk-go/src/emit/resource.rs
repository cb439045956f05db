//! `books.go`: the operations of one resource, and what they are given.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::types::Uses;
use atlas9_emitters_core::describe::spaced;
use atlas9_ir::{Resource, ResourceId};

use super::{inputs, operations};
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
    let names = sdk.plan.names.resource(id);
    let mut uses = Uses::from(["api", "context", "option"]);
    let mut body = Writer::new("\t");
    let text = format!("{} is what can be done with {}.", names.service, spaced(&resource.plural));
    describe::deprecated(Doc::ours(text), resource.deprecated.as_ref()).write(&mut body);
    body.line(format!("type {} struct{{ client *api.Client }}", names.service));
    inputs::constants(&mut body, names, resource);
    let owner = Some(Owner { id, resource });
    for operation in &resource.operations {
        inputs::write(&mut body, sdk, owner, operation, &mut uses);
        operations::write(&mut body, sdk, owner, operation, &mut uses);
    }
    finish(sdk, &uses, body)
}

/// `operations.go`: the operations that fit no resource.
pub(super) fn service(sdk: &Sdk<'_>) -> String {
    let mut uses = Uses::from(["api", "context", "option"]);
    let mut body = Writer::new("\t");
    for operation in &sdk.plan.ir.service.operations {
        inputs::write(&mut body, sdk, None, operation, &mut uses);
        operations::write(&mut body, sdk, None, operation, &mut uses);
    }
    finish(sdk, &uses, body)
}

fn finish(sdk: &Sdk<'_>, uses: &Uses, body: Writer) -> String {
    let mut w = super::go(sdk, uses);
    w.blank().line(body.finish().trim_end());
    w.finish()
}
