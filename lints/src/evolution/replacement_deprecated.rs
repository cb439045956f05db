//! What replaces something is on its way out itself.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let deprecation = node.deprecated?;
    let name = deprecation.replacement.as_deref()?;
    let (span, next) = context.facts.gone().get(&(owner(node.owner)?, name))?;
    let help = match next {
        Some(next) => format!("say `use: {next}`, to which that one leads"),
        None => "name something that stays".to_owned(),
    };
    let finding = Finding::new(
        format!("`{}` is replaced by `{name}`, which is deprecated itself", node.name),
        "replaced by what will go",
        help,
    );
    Some(finding.at(deprecation.span).and(*span, "deprecated here"))
}

/// The declaration whose members a name is looked for in; empty for the package. Parameters are known nowhere else.
fn owner(owner: Owner<'_>) -> Option<&str> {
    match owner {
        Owner::Package => Some(""),
        Owner::Service(service) => Some(&service.name),
        Owner::Resource(resource) => Some(&resource.name),
        Owner::Type(decl) => Some(&decl.name),
        Owner::Error(error) => Some(&error.name),
        Owner::Annotation(_) | Owner::Operation(..) => None,
    }
}
