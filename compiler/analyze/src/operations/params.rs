//! Parameters: what they are, and where a request carries them.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Field, HttpMethod, Param, ParamPlace, Scalar};
use atlas9_syntax::ast::{self, Member, Operation};
use foldhash::{HashMap, HashSet};

use super::Here;
use crate::annotations;
use crate::fields::{self, Owner};
use crate::model::{Plain, Shape};

pub(super) fn read(here: Here<'_, '_>, ast: &Operation) -> Shape {
    let mut params = Shape::new(ast.name.as_ref().map_or("", |name| &name.text));
    let members: Vec<Member> = ast.params.iter().cloned().map(Member::Field).collect();
    fields::members(here.at, Owner::Params, &members, &mut params);
    fields::replacements(here.at, &params);
    fields::defaults(here.at, Owner::Params, &members, &mut params);
    params
}

/// Puts each parameter where a request carries it: in the path that names it, in the header that it names, else in the
/// query of what has no body, else in the body.
pub(super) fn placed(
    here: Here<'_, '_>,
    ast: &Operation,
    params: Shape,
    method: HttpMethod,
    in_path: &HashSet<String>,
) -> Vec<Param> {
    let mut headers = HashMap::default();
    let by_name: HashMap<&str, &ast::Field> =
        ast.params.iter().map(|param| (param.name.text.as_str(), param)).collect();
    let place = |field: Field| {
        let written = by_name.get(field.name.as_str());
        let header = written.and_then(|param| annotations::header(here.at, &param.annotations));
        let place = match header {
            Some((name, span)) if in_path.contains(&field.name) => {
                both(here, &field, span);
                ParamPlace::Header(name)
            }
            Some((name, span)) => {
                unshared(here, &name, span, &mut headers);
                ParamPlace::Header(name)
            }
            None if in_path.contains(&field.name) => ParamPlace::Path,
            None if matches!(method, HttpMethod::Get | HttpMethod::Delete) => ParamPlace::Query,
            None => ParamPlace::Body,
        };
        if let Some(written) = written {
            fits(here, written, &field, &place, method);
        }
        Param { field, place }
    };
    params.fields.into_iter().map(place).collect()
}

fn both(here: Here<'_, '_>, field: &Field, header: Span) {
    here.at.report(
        Diagnostic::error(codes::E0427, format!("`{}` is in the path and in a header", field.name))
            .at(header, "the path names it already")
            .help("keep one of the two"),
    );
}

/// Two parameters cannot share a header, whose name has no case.
fn unshared(here: Here<'_, '_>, name: &str, span: Span, headers: &mut HashMap<String, Span>) {
    if let Some(before) = headers.insert(name.to_ascii_lowercase(), span) {
        here.at.report(
            Diagnostic::error(codes::E0427, format!("two parameters are in the header `{name}`"))
                .at(span, "this one")
                .and(before, "and this one")
                .help("give each a header of its own"),
        );
    }
}

fn fits(here: Here<'_, '_>, ast: &ast::Field, field: &Field, place: &ParamPlace, method: HttpMethod) {
    let Some((plain, optional)) = here.at.types.plain(&field.ty) else { return };
    let (place, many) = match place {
        ParamPlace::Body => return,
        ParamPlace::Path if optional || ast.default.is_some() => return always(here, ast),
        ParamPlace::Path => ("the path", false),
        ParamPlace::Header(_) => ("a header", false),
        ParamPlace::Query => ("the query of a request", true),
    };
    let item = match plain {
        Plain::List(item, _) if many => here.at.types.plain(item).map(|(plain, _)| plain),
        _ => Some(plain),
    };
    if item.is_none_or(|item| is_single(&item)) {
        return;
    }
    let kinds = if many { "a single value or a list of such" } else { "a single value" };
    let help = match method {
        HttpMethod::Get | HttpMethod::Delete => {
            format!("{place} carries {kinds}; a POST has a body, which takes anything")
        }
        _ => format!("{place} carries {kinds}; leave it to the body, which takes anything"),
    };
    let message = format!("`{}` cannot be carried by {place}", field.name);
    here.at.report(
        Diagnostic::error(codes::E0424, message)
            .at(ast.ty.span, format!("its type is `{}`", here.at.types.describe(&field.ty)))
            .help(help),
    );
}

/// True for what is written as one text: no structure, no JSON, no bytes.
fn is_single(plain: &Plain<'_>) -> bool {
    match plain {
        Plain::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Bytes { .. }),
        Plain::Enum(..) | Plain::Ref(_) => true,
        Plain::List(..) | Plain::Map(..) | Plain::Structure(..) | Plain::Union(_) => false,
    }
}

fn always(here: Here<'_, '_>, ast: &ast::Field) {
    let (span, label, help) = match &ast.default {
        Some(default) => (default.span, "never used", "remove the default"),
        None => (ast.ty.span, "may be left out", "remove the `?`, or take the parameter out of the path"),
    };
    let message = format!("a path without `{}` is another path", ast.name.text);
    here.at.report(Diagnostic::error(codes::E0423, message).at(span, label).help(help));
}
