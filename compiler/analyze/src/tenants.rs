//! Over the model: rows that belong to tenants stay among themselves.

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_ir::{Field, Ir, Managed, Operation, Resource, Scalar, Type, TypeDecl, TypeDeclKind, TypeKind};
use foldhash::HashSet;

use crate::context::Cx;

/// Checks the resources that the package declares.
pub(crate) fn check(cx: &Cx<'_>, ir: &Ir) {
    let mut first: Option<&Field> = None;
    for resource in ir.resources.values() {
        let Some(tenant) = resource.tenant() else {
            if !cx.tenant_lost.get() {
                shared(cx, ir, resource);
            }
            continue;
        };
        alone(cx, resource, tenant);
        resource.operations.iter().for_each(|operation| known(cx, resource, tenant, operation));
        match first {
            _ if !names_one(cx, ir, tenant) => {}
            Some(first) => alike(cx, ir, first, tenant),
            None => first = Some(tenant),
        }
    }
    if let Some(tenant) = first {
        authenticated(cx, ir, tenant);
    }
}

/// What a type stands for; nothing where it is lost to something that could not be read.
fn meant<'i>(ir: &'i Ir, ty: &'i Type) -> Option<(&'i TypeKind, bool)> {
    let (mut kind, mut optional) = (&ty.kind, ty.optional);
    // No longer way is free of circles.
    for _ in 0..=ir.types.len() {
        let TypeKind::Named(id) = kind else { return Some((kind, optional)) };
        let TypeDeclKind::Alias(target) = &ir.types.get(*id)?.kind else { return Some((kind, optional)) };
        kind = &target.kind;
        optional |= target.optional;
    }
    None
}

fn alone(cx: &Cx<'_>, resource: &Resource, tenant: &Field) {
    let tenants = resource.fields.iter().filter(|field| field.managed == Some(Managed::Tenant));
    for again in tenants.skip(1) {
        cx.report(
            Diagnostic::error(
                codes::E0802,
                format!("a row of `{}` would belong to two tenants", resource.name),
            )
            .at(again.span, "another tenant")
            .and(tenant.span, "the first one")
            .help("keep one `@tenant`"),
        );
    }
}

/// True for a field that can say whose a row is; others are reported.
fn names_one(cx: &Cx<'_>, ir: &Ir, tenant: &Field) -> bool {
    let Some((kind, optional)) = meant(ir, &tenant.ty) else { return false };
    let least = |length: &atlas9_ir::Range| length.min.as_deref().is_some_and(|min| min != "0");
    let (label, help) = match kind {
        _ if optional => ("it can be null", "remove the `?`: every row belongs to a tenant"),
        _ if tenant.default.is_some() => {
            ("it has a default", "leave the default out: the server gives each row the tenant of its caller")
        }
        TypeKind::Scalar(Scalar::Uuid | Scalar::Int { .. } | Scalar::Int64 { .. }) => return true,
        TypeKind::Scalar(Scalar::String { length, .. }) if least(length) && is_short(length) => return true,
        TypeKind::Scalar(Scalar::String { length, .. }) if least(length) && length.max.is_some() => {
            ("longer than any key has room for beside it", "give it at most 255 characters")
        }
        TypeKind::Scalar(Scalar::String { .. }) => {
            ("it can be empty, or as long as it likes", "give it bounds, such as `string(1..=64)`")
        }
        TypeKind::Ref(_) => (
            "a reference",
            "write the type of that key: the caller's credentials say the tenant, and nothing looks it up",
        ),
        _ => ("nothing that names a tenant", "use `uuid`, `string(1..=64)`, `int` or `int64`"),
    };
    cx.report(
        Diagnostic::error(codes::E0801, format!("`{}` cannot say whose a row is", tenant.name))
            .at(tenant.span, label)
            .help(help),
    );
    false
}

/// True where a tenant's name leaves room for keys: it stands before them in every index.
fn is_short(length: &atlas9_ir::Range) -> bool {
    length.max.as_ref().and_then(|max| max.parse::<u32>().ok()).is_some_and(|max| max <= 255)
}

/// Callers have one tenant, whose name has one type.
fn alike(cx: &Cx<'_>, ir: &Ir, first: &Field, tenant: &Field) {
    let (Some((one, _)), Some((other, _))) = (meant(ir, &first.ty), meant(ir, &tenant.ty)) else { return };
    if one != other {
        cx.report(
            Diagnostic::error(codes::E0806, "the tenants of a service have one type")
                .at(tenant.span, "another type")
                .and(first.span, "than here")
                .help("a caller belongs to one tenant everywhere: put the field into a mixin that all of them have"),
        );
    }
}

fn known(cx: &Cx<'_>, resource: &Resource, tenant: &Field, operation: &Operation) {
    if operation.public {
        let message = format!("`{}` belongs to tenants, so no operation of it can be public", resource.name);
        cx.report(
            Diagnostic::error(codes::E0805, message)
                .at(operation.span, "callers of a public operation have no tenant")
                .and(tenant.span, "the tenant")
                .help("remove `public`"),
        );
    }
}

fn authenticated(cx: &Cx<'_>, ir: &Ir, tenant: &Field) {
    if cx.api.knows_nobody() && !ir.is_library() {
        cx.report(
            Diagnostic::error(
                codes::E0805,
                format!("`{}` does not know its callers' tenants", ir.service.name),
            )
            .at(ir.service.span, "no `auth`")
            .and(tenant.span, "the tenant")
            .help("let callers say who they are: `auth bearer { }` in the service"),
        );
    }
}

/// What all callers see cannot lead to what only some of them do.
fn shared(cx: &Cx<'_>, ir: &Ir, resource: &Resource) {
    let parent = resource.parent.and_then(|parent| ir.resources.get(parent));
    if let Some((parent, tenant)) = parent.and_then(|parent| Some((parent, parent.tenant()?))) {
        let message =
            format!("`{}` lives in `{}`, but its rows belong to nobody", resource.name, parent.name);
        cx.report(
            Diagnostic::error(codes::E0803, message)
                .at(resource.span, "without `@tenant`")
                .and(tenant.span, format!("the tenant of `{}`", parent.name))
                .help(format!("declare `{}` here as well, or take in the mixin that has it", tenant.name)),
        );
        return;
    }
    for field in &resource.fields {
        let Some(target) = leads(ir, &field.ty) else { continue };
        let Some(tenant) = target.tenant() else { continue };
        let message =
            format!("`{}` is shared, and `{}` would lead to the rows of a tenant", resource.name, field.name);
        cx.report(
            Diagnostic::error(codes::E0804, message)
                .at(field.span, format!("`{}` belongs to tenants", target.name))
                .and(tenant.span, "the tenant")
                .help(format!("give `{}` a tenant too, or let `{}` refer to it", resource.name, target.name)),
        );
    }
}

/// A resource of tenants that a value of the type can refer to. Types can stand in one another as deep as a schema is long, so what is
/// still to be looked at is kept in a list.
fn leads<'i>(ir: &'i Ir, ty: &'i Type) -> Option<&'i Resource> {
    let mut seen = HashSet::default();
    let mut open = vec![&ty.kind];
    while let Some(kind) = open.pop() {
        match kind {
            TypeKind::Scalar(_) => {}
            TypeKind::Ref(id) => {
                let target = ir.resources.get(*id).filter(|resource| resource.tenant().is_some());
                if target.is_some() {
                    return target;
                }
            }
            TypeKind::List { item: inner, .. } | TypeKind::Map { value: inner, .. } => open.push(&inner.kind),
            TypeKind::Named(id) if !seen.insert(*id) => {}
            TypeKind::Named(id) => {
                open.extend(ir.types.get(*id).into_iter().flat_map(|decl| inside(ir, decl)))
            }
        }
    }
    None
}

fn inside<'i>(ir: &'i Ir, decl: &'i TypeDecl) -> Vec<&'i TypeKind> {
    let fields = |decl: &'i TypeDecl| match &decl.kind {
        TypeDeclKind::Structure { fields, .. } => fields.iter().map(|field| &field.ty.kind).collect(),
        _ => Vec::new(),
    };
    match &decl.kind {
        TypeDeclKind::Alias(ty) => vec![&ty.kind],
        TypeDeclKind::Structure { .. } => fields(decl),
        TypeDeclKind::Union { variants, .. } => {
            variants.iter().filter_map(|variant| ir.types.get(variant.structure)).flat_map(fields).collect()
        }
        TypeDeclKind::Enum { .. } => Vec::new(),
    }
}
