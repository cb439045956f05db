//! What replaces something is on its way out itself.

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Declaration, Owner};

pub(crate) const CHECKS: &[Check] = &[Check::Declaration(check)];

fn check(context: &Context<'_>, node: &Declaration<'_>) -> Option<Finding> {
    let deprecation = node.deprecated?;
    let name = deprecation.replacement.as_deref()?;
    let (span, next) = context.facts.gone().get(&(owner(node.owner), name))?;
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

/// The declaration whose members a name is looked for in; empty for the package.
fn owner(owner: Owner<'_>) -> &str {
    match owner {
        Owner::Resource(resource) => &resource.name,
        Owner::Type(decl) => &decl.name,
        Owner::Error(error) => &error.name,
        _ => "",
    }
}
