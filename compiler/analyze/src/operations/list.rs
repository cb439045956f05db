//! What a list offers: filters, sorting, search, paging.

use atlas9_diagnostics::{Code, Diagnostic, Span, codes};
use atlas9_ir::{Field, FieldPath, List, Scalar, Visibility};
use atlas9_syntax::ast::{Name, Path};

use super::Here;
use super::clauses::Clauses;
use crate::model::Plain;
use crate::names::Once;
use crate::paths;

/// Query parameters of every list, which a filter of the same name would hide (http.md).
const PARAMETERS: [&str; 9] =
    ["limit", "cursor", "page", "sort", "q", "count", "expand", "fields", "show_deleted"];

/// What fields are named for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Filter,
    Sort,
    Search,
}

impl Use {
    fn phrase(self) -> &'static str {
        match self {
            Use::Filter => "filtered by",
            Use::Sort => "sorted by",
            Use::Search => "searched in",
        }
    }
}

/// Reads the clauses of a list. `requires` are the scopes that its callers have.
pub(super) fn read(here: Here<'_, '_>, clauses: &Clauses<'_>, requires: &[String]) -> List {
    let named = |paths: Option<&[Path]>, purpose| fields(here, paths.unwrap_or_default(), purpose, requires);
    let (filter, filter_spans) = named(clauses.filter, Use::Filter);
    let (sort, sort_spans) = named(clauses.sort, Use::Sort);
    let (search, _) = named(clauses.search, Use::Search);
    let paginate = clauses.paginate.clone().unwrap_or_else(|| here.at.cx.api.paginate());
    List { filter, sort, search, paginate, filter_spans, sort_spans }
}

fn fields(
    here: Here<'_, '_>,
    paths: &[Path],
    purpose: Use,
    requires: &[String],
) -> (Vec<FieldPath>, Vec<Span>) {
    let joined: Vec<Name> = paths.iter().map(|path| Name { text: path.text(), span: path.span }).collect();
    let mut once = Once::named();
    let mut found = (Vec::new(), Vec::new());
    for (path, name) in paths.iter().zip(&joined) {
        if !once.first(here.at.cx.sink, name) {
            continue;
        }
        let Some((names, field, _)) = paths::field(here.at, here.shape, path) else { continue };
        match unsuitable(here, path, field, purpose, requires) {
            Some(problem) => report(here, path, purpose, problem),
            None => {
                found.0.push(names);
                found.1.push(path.span);
            }
        }
    }
    found
}

fn report(here: Here<'_, '_>, path: &Path, purpose: Use, (code, label, help): Problem) {
    let message = format!("`{}` cannot be {}", path.text(), purpose.phrase());
    here.at.report(Diagnostic::error(code, message).at(path.span, label).help(help));
}

/// Its code, what the label says, and the way out.
type Problem = (Code, String, &'static str);

fn unsuitable(
    here: Here<'_, '_>,
    path: &Path,
    field: &Field,
    purpose: Use,
    requires: &[String],
) -> Option<Problem> {
    let outer = path.segments.first().and_then(|name| here.shape.get(&name.text));
    let outer = outer.unwrap_or(field);
    if matches!(outer.visibility, Visibility::WriteOnly | Visibility::Internal) {
        let help = "whoever can compare a value can find it out";
        return Some((codes::E0437, "clients cannot read it".to_owned(), help));
    }
    let api = &here.at.cx.api;
    let lacking = outer.requires.iter().find(|scope| !requires.contains(scope));
    if let Some(scope) = lacking.filter(|_| !api.misses(requires) && !api.misses(&outer.requires)) {
        return Some((
            codes::E0437,
            format!("only callers with `{scope}` can read it"),
            "let the list require the same scope",
        ));
    }
    let (plain, _) = here.at.types.plain(&field.ty)?;
    let fits = match purpose {
        Use::Filter => single(&plain),
        Use::Sort => single(&plain) && !matches!(plain, Plain::Scalar(Scalar::Bool | Scalar::Duration)),
        Use::Search => matches!(plain, Plain::Scalar(Scalar::String { .. })),
    };
    if !fits {
        let help = match purpose {
            Use::Search => "only text can be searched",
            _ => "only a single value can, such as text, a number or a date",
        };
        return Some((codes::E0406, format!("its type is `{}`", here.at.types.describe(&field.ty)), help));
    }
    let taken =
        purpose == Use::Filter && path.segments.len() == 1 && PARAMETERS.contains(&field.wire.as_str());
    taken.then(|| (codes::E0436, "every list has a parameter of this name".to_owned(), "rename the field"))
}

/// True for what holds one value that databases compare.
fn single(plain: &Plain<'_>) -> bool {
    match plain {
        Plain::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Bytes { .. }),
        Plain::Enum(..) | Plain::Ref(_) => true,
        Plain::List(..) | Plain::Map(..) | Plain::Structure(..) | Plain::Union(_) => false,
    }
}
