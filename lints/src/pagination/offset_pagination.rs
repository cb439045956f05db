//! Pages by number.

use atlas9_diagnostics::{Edit, Span};
use atlas9_ir::{OperationKind, PaginationStyle, Service};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::OperationNode;

pub(crate) const CHECKS: &[Check] = &[Check::Service(service), Check::Operation(operation)];

fn service(context: &Context<'_>, service: &Service) -> Option<Finding> {
    let paged = service.paginate.style == PaginationStyle::Page;
    paged.then(|| told(context, &format!("lists of `{}` are", service.name), service.extent))?
}

fn operation(context: &Context<'_>, node: &OperationNode<'_>) -> Option<Finding> {
    let OperationKind::List(list) = &node.operation.kind else { return None };
    // What the service says for all lists is told there.
    if list.paginate.style != PaginationStyle::Page
        || context.ir.service.paginate.style == PaginationStyle::Page
    {
        return None;
    }
    told(context, &format!("the list of `{}` is", node.owner), node.operation.extent)
}

/// The finding about the `page` of a `paginate` within a place.
fn told(context: &Context<'_>, what: &str, within: Span) -> Option<Finding> {
    let word = style(context, within)?;
    let finding = Finding::new(
        format!("{what} paged by number, which skips and repeats rows while others write"),
        "pages by number",
        "say `cursor`: a cursor begins where the last page ended, and costs the same on every page",
    );
    Some(finding.at(word).unsafe_fix(Some(Edit { span: word, text: "cursor".to_owned() })))
}

/// Where the style of a `paginate` stands; comments and texts may have the word too.
fn style(context: &Context<'_>, within: Span) -> Option<Span> {
    let text = context.sources.get(within.file)?.text().get(within.range())?;
    text.match_indices("paginate").find_map(|(at, word)| {
        let line = text.get(..at)?.lines().next_back().unwrap_or("");
        let after = text.get(at + word.len()..)?;
        let start = at + word.len() + after.len() - after.trim_start().len();
        let rest = after.trim_start().strip_prefix("page")?;
        let clause = after.starts_with(char::is_whitespace) && !rest.starts_with(char::is_alphanumeric);
        let code = !line.contains("//") && !line.contains('"');
        let start = within.start as usize + start;
        (clause && code).then(|| Span::new(within.file, start, start + "page".len()))
    })
}
