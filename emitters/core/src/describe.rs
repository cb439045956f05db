//! What operations do and what resources are called, in words for people.

use atlas9_ir::{ActionTarget, Operation, OperationKind, Resource};

use crate::names::sentence;

/// `order item`
pub fn spaced(snake: &str) -> String {
    snake.replace('_', " ")
}

/// `a book`, `an author`
pub fn one(snake: &str) -> String {
    let article = if snake.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {}", spaced(snake))
}

/// `a book`; `the settings` where there is just one
pub fn resource(resource: &Resource) -> String {
    match resource.singleton {
        true => format!("the {}", spaced(&resource.snake)),
        false => one(&resource.snake),
    }
}

/// `Create a book`
pub fn does(offered_by: Option<&Resource>, operation: &Operation) -> String {
    let said = sentence(&operation.name);
    let Some(offered_by) = offered_by else { return said };
    let one = resource(offered_by);
    match &operation.kind {
        OperationKind::List(_) => format!("List {}", spaced(&offered_by.plural)),
        OperationKind::Get => format!("Get {one}"),
        OperationKind::Create => format!("Create {one}"),
        OperationKind::Update => format!("Change {one}"),
        OperationKind::Replace => format!("Replace {one}"),
        OperationKind::Delete(_) => format!("Delete {one}"),
        OperationKind::Undelete => format!("Take back the deletion of {one}"),
        OperationKind::BatchCreate(_) => format!("Create several {}", spaced(&offered_by.plural)),
        OperationKind::BatchDelete(_) => format!("Delete several {}", spaced(&offered_by.plural)),
        OperationKind::Action(action) => match action.target {
            ActionTarget::Item => format!("{said} {one}"),
            ActionTarget::Collection => format!("{said} {}", spaced(&offered_by.plural)),
            ActionTarget::Query | ActionTarget::Service => said,
        },
    }
}
