//! Last pass, over the model: what was there when. Nothing uses what came after it, and no old name comes back.

mod names;
mod order;
mod uses;

use atlas9_diagnostics::Span;
use atlas9_ir::{
    Action, Deprecation, EnumValue, ErrorDecl, Field, History, Ir, Operation, OperationKind, Reserved,
    Resource, TypeDecl, TypeDeclKind, Variant,
};
use foldhash::HashMap;

use crate::context::Cx;
use crate::model::Shape;
use crate::version::Version;

/// Checks what the package declares. What others declare has versions of its own.
pub(crate) fn check(cx: &Cx<'_>, ir: &Ir) {
    for scope in scopes(cx, ir) {
        names::check(cx, &scope);
        order::check(cx, &scope);
    }
    if !cx.undated.get() {
        uses::check(cx, ir);
    }
}

/// Checks a mixin by itself, so that nothing in one that is not used goes unseen.
pub(crate) fn mixin(cx: &Cx<'_>, shape: &Shape) {
    let scope = scope(None, &shape.reserved, &shape.fields);
    names::check(cx, &scope);
    order::check(cx, &scope);
}

/// Names that stand beside each other.
struct Scope<'i> {
    /// What they belong to.
    owner: Option<Element<'i>>,
    reserved: &'i [Reserved],
    members: Vec<Element<'i>>,
}

/// Something that has a past.
#[derive(Clone, Copy)]
struct Element<'i> {
    name: &'i str,
    span: Span,
    history: &'i History,
    deprecated: Option<&'i Deprecation>,
    role: Role,
}

/// What an element is, as far as its past depends on it.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Plain,
    /// The key of a resource.
    Key,
    /// `list`, `get`, ...
    Standard,
    /// The batch of another operation, whose past is looked at.
    Batch,
    /// A value of an enum or a variant of a union, of which at least one is needed.
    Choice,
}

impl Element<'_> {
    /// The version that has it first; nothing where it was there from the start.
    fn added(&self) -> Option<Version> {
        self.history.added.as_ref().and_then(|added| Version::parse(&added.version))
    }

    /// For messages: since when it is there.
    fn since(&self) -> String {
        match &self.history.added {
            Some(added) => format!("added in {}", added.version),
            None => "there from the start".to_owned(),
        }
    }
}

impl<'i> From<&'i Field> for Element<'i> {
    fn from(field: &'i Field) -> Element<'i> {
        let role = if field.key { Role::Key } else { Role::Plain };
        let Field { name, span, history, deprecated, .. } = field;
        Element { name, span: *span, history, deprecated: deprecated.as_ref(), role }
    }
}

impl<'i> From<&'i Operation> for Element<'i> {
    fn from(operation: &'i Operation) -> Element<'i> {
        let role = match operation.kind {
            OperationKind::Action(_) => Role::Plain,
            OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_) => Role::Batch,
            _ => Role::Standard,
        };
        let Operation { name, span, history, deprecated, .. } = operation;
        Element { name, span: *span, history, deprecated: deprecated.as_ref(), role }
    }
}

macro_rules! elements {
    ($($kind:ident $role:ident),*) => {
        $(impl<'i> From<&'i $kind> for Element<'i> {
            fn from(element: &'i $kind) -> Element<'i> {
                let $kind { name, span, history, deprecated, .. } = element;
                Element { name, span: *span, history, deprecated: deprecated.as_ref(), role: Role::$role }
            }
        })*
    };
}

elements!(Resource Plain, TypeDecl Plain, ErrorDecl Plain, EnumValue Choice, Variant Choice);

fn scopes<'i>(cx: &'i Cx<'_>, ir: &'i Ir) -> Vec<Scope<'i>> {
    let mut scopes = vec![
        Scope { owner: None, reserved: &ir.reserved, members: declarations(cx, ir) },
        scope(None, &ir.service.reserved, &ir.service.operations),
    ];
    scopes.extend(ir.service.operations.iter().filter_map(params));
    for resource in ir.resources.values().filter(|resource| !ir.is_foreign(resource.span)) {
        let owner = Some(resource.into());
        scopes.push(scope(owner, &resource.reserved, &resource.fields));
        scopes.push(scope(owner, &resource.reserved_operations, &resource.operations));
        scopes.extend(resource.operations.iter().filter_map(params));
    }
    for decl in ir.types.values().filter(|decl| !ir.is_foreign(decl.span)) {
        let owner = Some(decl.into());
        scopes.push(match &decl.kind {
            TypeDeclKind::Structure { fields, .. } => scope(owner, &decl.reserved, fields),
            TypeDeclKind::Enum { values, .. } => scope(owner, &decl.reserved, values),
            TypeDeclKind::Union { variants, .. } => scope(owner, &decl.reserved, variants),
            TypeDeclKind::Alias(_) => continue,
        });
    }
    for error in ir.errors.values().filter(|error| !ir.is_foreign(error.span)) {
        scopes.push(scope(Some(error.into()), &error.reserved, &error.fields));
    }
    scopes
}

fn scope<'i, T>(owner: Option<Element<'i>>, reserved: &'i [Reserved], members: &'i [T]) -> Scope<'i>
where
    Element<'i>: From<&'i T>,
{
    Scope { owner, reserved, members: members.iter().map(Element::from).collect() }
}

fn params(operation: &Operation) -> Option<Scope<'_>> {
    let OperationKind::Action(Action { params, .. }) = &operation.kind else { return None };
    let members = params.iter().map(|param| Element::from(&param.field)).collect();
    Some(Scope { owner: Some(operation.into()), reserved: &[], members })
}

/// Everything that the package declares at the top of its files, in whichever namespace: clients see names without them.
fn declarations<'i>(cx: &'i Cx<'_>, ir: &'i Ir) -> Vec<Element<'i>> {
    static NOTHING: History = History { added: None, renamed: None };
    let types = ir.types.values().map(Element::from);
    let resources = ir.resources.values().map(Element::from);
    let errors = ir.errors.values().map(Element::from);
    let known: HashMap<Span, Element<'_>> =
        types.chain(resources).chain(errors).map(|element| (element.span, element)).collect();
    let own = cx.names.symbols.iter().filter(|symbol| cx.names.own(symbol));
    let plain = |span, name| Element { name, span, history: &NOTHING, deprecated: None, role: Role::Plain };
    own.map(|symbol| {
        let span = symbol.name.span;
        known.get(&span).copied().unwrap_or_else(|| plain(span, symbol.name.text.as_str()))
    })
    .collect()
}

/// True when both places are in one declaration: a field of its own, none that a mixin brings.
fn together(cx: &Cx<'_>, a: Span, b: Span) -> bool {
    let item = |span: Span| {
        let file = cx.files.iter().find(|file| file.id == span.file)?;
        let after = file.items.partition_point(|item| item.span.start <= span.start);
        Some((span.file, after))
    };
    item(a) == item(b)
}
