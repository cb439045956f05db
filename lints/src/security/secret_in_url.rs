//! A secret that travels in the address of a request.

use atlas9_ir::{Action, List, OperationKind, ParamPlace, Resource};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::{Clause, ListField, OperationNode};

pub(crate) const CHECKS: &[Check] = &[Check::ListField(in_list), Check::Operation(in_operation)];

fn in_list(context: &Context<'_>, node: &ListField<'_>) -> Option<Finding> {
    let field = context.ir.field(&node.resource.fields, node.path)?;
    field.sensitive.as_ref()?;
    let (path, resource) = (node.path, &node.resource.name);
    let finding = match node.clause {
        Clause::Filter => told(
            format!("a filter by `{path}` puts a secret of `{resource}` into the address"),
            format!("take `{path}` out of `filter`; a `collection action` takes it in the body"),
        ),
        Clause::Sort => told(
            format!("to sort by `{path}` tells of secrets of `{resource}` by the order"),
            format!("take `{path}` out of `sort`"),
        ),
    };
    Some(finding.and(field.span, "sensitive"))
}

fn in_operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    match &node.operation.kind {
        OperationKind::Action(action) => in_parameters(node, action),
        OperationKind::List(list) => in_search(context, node.resource?, list),
        _ => None,
    }
}

fn in_search(context: &Context<'_>, resource: &Resource, list: &List) -> Option<Finding> {
    let fields =
        list.search.iter().filter_map(|path| Some((path, context.ir.field(&resource.fields, path)?)));
    let secret = fields.filter(|(_, field)| field.sensitive.is_some());
    Finding::several(secret.map(|(path, field)| {
        told(
            format!("a search in `{path}` puts parts of a secret of `{}` into the address", resource.name),
            format!("take `{path}` out of `search`"),
        )
        .and(field.span, "sensitive")
    }))
}

fn in_parameters(node: &OperationNode<'_>, action: &Action) -> Option<Finding> {
    let secret = action.params.iter().filter(|param| param.field.sensitive.is_some());
    let in_url = secret.filter(|param| matches!(param.place, ParamPlace::Path | ParamPlace::Query));
    Finding::several(in_url.map(|param| {
        let name = &param.field.name;
        told(
            format!("`{name}` is a secret, and stands in the address of `{}`", node.operation.name),
            format!("send it in the body of a POST, or in a header: `{name}: TYPE @header(\"X-Name\")`"),
        )
        .at(param.field.span)
    }))
}

fn told(message: String, help: String) -> Finding {
    Finding::new(message, "a secret in the address", help)
}
