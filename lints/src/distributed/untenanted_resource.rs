//! A resource whose rows belong to no tenant.

use atlas9_ir::Resource;

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Resource(check)];

fn check(_: &Context<'_>, resource: &Resource) -> Option<Finding> {
    // What lives in another resource lies where that does; a reference table that nobody writes is copied to every machine.
    let written = resource.operations.iter().any(crate::security::unscoped_write::writes);
    (resource.tenant().is_none() && resource.parent.is_none() && written).then(|| {
        Finding::new(
            format!("nothing says on which machine a row of `{}` lies", resource.name),
            "no tenant",
            "add a field that is `@tenant`: `tenant_id: uuid @tenant`; what is only read may be on every machine",
        )
    })
}
