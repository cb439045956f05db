//! An example that breaks a rule.

use atlas9_ir::{Example, Field, Rule, TypeDecl, TypeDeclKind};

use crate::check::{Check, Context};
use crate::evaluate::Row;
use crate::finding::Finding;
use crate::node::ExampleNode;

pub(crate) const CHECKS: &[Check] = &[Check::Example(of_resource), Check::Type(of_structure)];

fn of_resource(context: &Context<'_>, node: &ExampleNode<'_>) -> Option<Finding> {
    let resource = node.resource;
    Finding::several(broken(context, &resource.fields, &resource.rules, node.example))
}

fn of_structure(context: &Context<'_>, decl: &TypeDecl) -> Option<Finding> {
    let TypeDeclKind::Structure { fields, rules, examples } = &decl.kind else { return None };
    let found = examples.iter().flat_map(|example| {
        let symbol = format!("{}.{}", decl.name, example.name);
        broken(context, fields, rules, example).map(move |finding| finding.about(symbol.clone()))
    });
    Finding::several(found)
}

fn broken<'a>(
    context: &'a Context<'_>,
    fields: &'a [Field],
    rules: &'a [Rule],
    example: &'a Example,
) -> impl Iterator<Item = Finding> {
    let row = Row { ir: context.ir, fields, value: &example.value };
    let broken = rules.iter().filter(move |rule| row.holds(&rule.condition) == Some(false));
    broken.map(|rule| finding(rule, example))
}

fn finding(rule: &Rule, example: &Example) -> Finding {
    let finding = Finding::new(
        format!("the example `{}` breaks the rule `{}`", example.name, rule.name),
        "no server takes this",
        format!("mend its values; the rule says: {}", rule.text),
    );
    finding.at(example.span).and(rule.span, "the rule")
}
