//! Fields of every kind of declaration: type, annotations, default.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Field, Managed, Value, Visibility};
use atlas9_syntax::ast::{self, ItemKind, Member, Path};

use crate::annotations::{self, Beside, Place};
use crate::context::At;
use crate::docs::docs;
use crate::model::{Shape, lost_type};
use crate::names::Kind;
use crate::{references, reserved, types, values};

/// What the fields belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Resource,
    Structure,
    Error,
    Mixin,
    Params,
    /// The parameters of an annotation.
    Annotation,
}

impl Owner {
    fn place(self) -> Place {
        match self {
            Owner::Resource => Place::ResourceField,
            Owner::Structure => Place::StructureField,
            Owner::Error => Place::ErrorField,
            Owner::Mixin => Place::MixinField,
            Owner::Params => Place::Param,
            Owner::Annotation => Place::AnnotationParam,
        }
    }
}

/// Members of a problem (RFC 9457, http.md), which an error's own fields would hide.
const PROBLEM: [&str; 10] =
    ["type", "title", "status", "detail", "instance", "code", "kind", "retryable", "remedy", "errors"];

/// Adds the fields among the members; blocks that cannot stand there are reported.
pub(crate) fn members(at: At<'_, '_>, owner: Owner, members: &[Member], shape: &mut Shape) {
    let mut replacements = Vec::new();
    let mut reserved_lines = Vec::new();
    for member in members {
        match member {
            Member::Field(ast) => {
                let (field, replacement) = lower(at, owner, ast);
                if ast.default.is_some() {
                    shape.expect_default(&ast.name.text);
                }
                replacements.extend(replacement);
                if let Err(clash) = shape.push(field) {
                    at.report(twice(&clash.first, &clash.again));
                }
            }
            Member::Broken(broken) => {
                at.cx.tenant_lost.set(true);
                match &broken.name {
                    Some(name) => shape.lose(&name.text),
                    None => shape.open |= broken.keyword.is_empty(),
                }
            }
            Member::Reserved(line) => reserved_lines.push(line),
            Member::Operations(_)
            | Member::Rules(_)
            | Member::Storage(_)
            | Member::Examples(_)
            | Member::Text(_) => {
                crate::blocks::placed(at, owner, member);
            }
        }
    }
    shape.reserved.extend(reserved::names(at.cx.sink, reserved_lines));
    shape.replacements = replacements;
}

/// Reports what is to be used instead of a deprecated field and does not exist; the fields of mixins have to be there.
pub(crate) fn replacements(at: At<'_, '_>, shape: &Shape) {
    for name in &shape.replacements {
        annotations::replacement_exists(at, Some(name), |word| match shape.get(word) {
            Some(field) => Beside::Declared(field.span),
            None if shape.may_have(word) => Beside::Perhaps,
            None => Beside::Nothing,
        });
    }
}

/// Adds the fields of mixins.
pub(crate) fn mixins(at: At<'_, '_>, owner: Owner, paths: &[Path], shape: &mut Shape) {
    for path in paths {
        let Some(symbol) = at.cx.resolve(at.file, path, Kind::Mixin) else {
            shape.open = true;
            at.cx.tenant_lost.set(true);
            continue;
        };
        let symbol = at.cx.names.get(symbol);
        let ItemKind::Mixin(mixin) = &symbol.item.kind else { continue };
        let mut brought = Shape::new(&symbol.name.text);
        members(At { file: symbol.file, ..at }, Owner::Mixin, &mixin.members, &mut brought);
        if owner == Owner::Structure {
            only_plain(at, &brought, path);
        }
        shape.take_notes(&mut brought);
        for field in brought.fields {
            if let Err(clash) = shape.push(field) {
                at.report(brought_twice(&clash.first, &clash.again, path));
            }
        }
    }
}

/// A structure has no rows of its own, so fields that speak of rows have no meaning in it.
fn only_plain(at: At<'_, '_>, brought: &Shape, path: &Path) {
    let stored = |field: &&Field| {
        field.key
            || field.unique
            || field.managed == Some(Managed::Tenant)
            || field.visibility != Visibility::ReadWrite
            || !field.requires.is_empty()
            || references::is_list(at.types, &field.ty)
    };
    if let Some(field) = brought.fields.iter().find(stored) {
        let message = format!("`{}` is for resources, not for structures", path.text());
        at.report(
            Diagnostic::error(codes::E0342, message)
                .at(path.span, "not here")
                .and(field.span, format!("`{}` is kept by the server, row by row", field.name))
                .help("declare the fields in the structure itself"),
        );
    }
}

fn lower(at: At<'_, '_>, owner: Owner, ast: &ast::Field) -> (Field, Option<ast::Name>) {
    let name = &ast.name.text;
    let mut field = Field {
        name: name.clone(),
        wire: at.cx.api.wire(name),
        docs: docs(&ast.docs),
        span: ast.name.span,
        ty: types::lower(at, &ast.ty).unwrap_or_else(lost_type),
        default: None,
        visibility: Visibility::default(),
        key: false,
        unique: false,
        managed: None,
        on_delete: None,
        sensitive: None,
        requires: Vec::new(),
        deprecated: None,
        history: atlas9_ir::History::default(),
        names: atlas9_ir::TargetNames::default(),
        annotations: Vec::new(),
        implied: false,
    };
    references::placed(at, owner, ast, &field.ty);
    unusable(at, owner, ast);
    let replacement = annotations::field(at, owner.place(), &mut field, &ast.annotations, ast.span);
    (field, replacement)
}

fn unusable(at: At<'_, '_>, owner: Owner, ast: &ast::Field) {
    let name = ast.name.text.as_str();
    let why = match owner {
        Owner::Resource | Owner::Mixin if name == "row_version" => {
            "the server counts a row's changes under this name"
        }
        Owner::Error if PROBLEM.contains(&name) => "every problem has a member of this name already",
        _ => return,
    };
    at.report(
        Diagnostic::error(codes::E0218, format!("no field can be called `{name}` here"))
            .at(ast.name.span, "reserved")
            .help(format!("choose another name: {why}")),
    );
}

fn twice(first: &Field, again: &Field) -> Diagnostic {
    let (code, message) = if first.name == again.name {
        (codes::E0201, format!("`{}` is declared twice", again.name))
    } else {
        (codes::E0214, format!("`{}` and `{}` are both `{}` on the wire", first.name, again.name, again.wire))
    };
    Diagnostic::error(code, message)
        .at(again.span, "declared again here")
        .and(first.span, "first declared here")
        .help("rename or remove one of them")
}

fn brought_twice(first: &Field, again: &Field, mixin: &Path) -> Diagnostic {
    Diagnostic::error(codes::E0215, format!("`{}` is there twice", again.name))
        .at(mixin.span, format!("this mixin brings `{}`", again.name))
        .and(first.span, "first declared here")
        .and(again.span, "brought in from here")
        .help("rename the field, or leave the mixin out")
}

/// Checks the defaults of the members' fields and sets them; all types have to be known.
pub(crate) fn defaults(at: At<'_, '_>, owner: Owner, members: &[Member], shape: &mut Shape) {
    for (name, value) in checked_defaults(at, owner, members, shape) {
        set_default(shape, &name, value);
    }
}

/// Checks and sets the defaults of the fields that mixins bring.
pub(crate) fn mixin_defaults(at: At<'_, '_>, paths: &[Path], shape: &mut Shape) {
    for (name, value) in checked_mixin_defaults(at, paths, shape) {
        set_default(shape, &name, value);
    }
}

/// The defaults of the fields that mixins bring, checked.
pub(crate) fn checked_mixin_defaults(at: At<'_, '_>, paths: &[Path], shape: &Shape) -> Vec<(String, Value)> {
    let mixins = paths.iter().filter_map(|path| match at.cx.names.find(at.file, path) {
        crate::lookup::Found::One(symbol) => Some(at.cx.names.get(symbol)),
        _ => None,
    });
    let values = mixins.filter_map(|symbol| match &symbol.item.kind {
        ItemKind::Mixin(mixin) => {
            let at = At { file: symbol.file, ..at };
            Some(checked_defaults(at, Owner::Mixin, &mixin.members, shape))
        }
        _ => None,
    });
    values.flatten().collect()
}

/// The defaults by field, checked.
pub(crate) fn checked_defaults(
    at: At<'_, '_>,
    owner: Owner,
    members: &[Member],
    shape: &Shape,
) -> Vec<(String, Value)> {
    let fields = members.iter().filter_map(|member| match member {
        Member::Field(field) => Some(field),
        _ => None,
    });
    fields.filter_map(|field| Some((field.name.text.clone(), default(at, owner, field, shape)?))).collect()
}

fn default(at: At<'_, '_>, owner: Owner, ast: &ast::Field, shape: &Shape) -> Option<Value> {
    let (expr, field) = (ast.default.as_ref()?, shape.get(&ast.name.text)?);
    if owner == Owner::Error {
        let message = "a field of an error has no default";
        at.report(
            Diagnostic::error(codes::E0339, message)
                .at(expr.span, "not here")
                .help("whoever raises the error gives the value"),
        );
        return None;
    }
    let value = values::check(at, &field.ty, expr)?;
    if value == Value::Now && matches!(owner, Owner::Structure | Owner::Params | Owner::Annotation) {
        no_clock(at, expr.span);
        return None;
    }
    Some(value)
}

fn no_clock(at: At<'_, '_>, span: Span) {
    at.report(
        Diagnostic::error(codes::E0338, "`now` can be a default in a resource only")
            .at(span, "which time this is would not be clear")
            .help("declare the time in the resource, or leave the default out"),
    );
}

/// `= now` with `@readonly` is the time of the create.
pub(crate) fn set_default(shape: &mut Shape, name: &str, value: Value) {
    let Some(field) = shape.get_mut(name) else { return };
    if value == Value::Now && field.visibility == Visibility::ReadOnly && field.managed.is_none() {
        field.managed = Some(Managed::CreatedAt);
    }
    field.default = Some(value);
}
