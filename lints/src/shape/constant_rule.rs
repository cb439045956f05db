//! A rule that always holds, or never can.

use atlas9_ir::{Rule, TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::RuleNode;
use crate::truth::Scope;

pub(crate) const CHECKS: &[Check] = &[Check::Rule(check), Check::Type(check_type)];

fn check(context: &Context<'_>, node: &RuleNode<'_>) -> Option<Finding> {
    look(&Scope { ir: context.ir, fields: &node.resource.fields }, &node.resource.name, node.rule)
}

fn check_type(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let TypeDeclKind::Structure { fields, rules, .. } = &decl.kind else { return None };
    let scope = Scope { ir: context.ir, fields };
    let found = rules.iter().filter_map(|rule| {
        let finding = look(&scope, &decl.name, rule)?;
        Some(finding.at(rule.span).about(format!("{}.{}", decl.name, rule.name)))
    });
    Finding::several(found)
}

fn look(scope: &Scope<'_>, owner: &str, rule: &Rule) -> Option<Finding> {
    let name = &rule.name;
    let (message, label) = match scope.truth(&rule.condition)? {
        true => {
            (format!("the rule `{name}` holds for every `{owner}`, whatever its fields are"), "never broken")
        }
        false => (format!("no `{owner}` can meet the rule `{name}`"), "always broken"),
    };
    Some(Finding::new(
        message,
        label,
        "compare it with the bounds and the `?` of the fields, and mend either",
    ))
}
