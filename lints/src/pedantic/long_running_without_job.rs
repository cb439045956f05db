//! Work that takes longer than a request should.

use atlas9_ir::{HttpMethod, OperationKind, TypeKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;
use crate::{OptionDefault, OptionSpec};

const VERBS: OptionSpec = OptionSpec {
    lint: "long_running_without_job",
    name: "verbs",
    default: OptionDefault::Words(&[
        "backup",
        "convert",
        "crawl",
        "export",
        "import",
        "migrate",
        "rebuild",
        "recalculate",
        "reindex",
        "render",
        "scan",
        "sync",
        "synchronize",
        "train",
        "transcode",
    ]),
    meaning: "verbs of work that takes long.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[VERBS];

pub(crate) const CHECKS: &[Check] = &[Check::Operation(check)];

fn check(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::Action(action) = &node.operation.kind else { return None };
    let verb = node.operation.name.split('_').next().unwrap_or("");
    let slow = context.config.words(&VERBS).iter().any(|word| word == verb);
    if !slow || node.operation.method == HttpMethod::Get || !action.needs_code() {
        return None;
    }
    // Another resource that it answers is the job.
    let job = match action.returns.as_ref().map(|ty| &ty.kind) {
        Some(TypeKind::Ref(answer)) => {
            node.resource.is_none_or(|own| context.ir.resources[*answer].span != own.span)
        }
        _ => false,
    };
    (!job).then(|| {
        Finding::new(
            format!("`{}` may take longer than a client waits, and nothing tells how far it is", node.operation.name),
            "slow by its name",
            "make it a resource with the mixin `std.jobs.Job`: a create answers at once, and clients ask how far it is",
        )
    })
}
