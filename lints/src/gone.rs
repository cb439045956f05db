//! What a model deprecates, by name.

use std::collections::BTreeMap;

use atlas9_diagnostics::Span;
use atlas9_ir::{Deprecation, Field, Ir, TypeDeclKind};

/// For each deprecated name in a declaration, or in the package where that is empty: where it stands, and what replaces it.
pub(crate) type Gone<'a> = BTreeMap<(&'a str, &'a str), (Span, Option<&'a str>)>;

/// What a model deprecates.
pub(crate) fn gone(ir: &Ir) -> Gone<'_> {
    let mut found = Gone::new();
    for resource in ir.resources.values() {
        add(&mut found, "", &resource.name, resource.span, resource.deprecated.as_ref());
        fields(&mut found, &resource.name, &resource.fields);
        for operation in &resource.operations {
            add(&mut found, &resource.name, &operation.name, operation.span, operation.deprecated.as_ref());
        }
    }
    for decl in ir.types.values() {
        add(&mut found, "", &decl.name, decl.span, decl.deprecated.as_ref());
        match &decl.kind {
            TypeDeclKind::Structure { fields: members, .. } => fields(&mut found, &decl.name, members),
            TypeDeclKind::Enum { values, .. } => {
                for value in values {
                    add(&mut found, &decl.name, &value.name, value.span, value.deprecated.as_ref());
                }
            }
            TypeDeclKind::Union { variants, .. } => {
                for variant in variants {
                    let deprecated = variant.deprecated.as_ref();
                    add(&mut found, &decl.name, &variant.name, variant.span, deprecated);
                }
            }
            TypeDeclKind::Alias(_) => {}
        }
    }
    for operation in &ir.service.operations {
        add(&mut found, &ir.service.name, &operation.name, operation.span, operation.deprecated.as_ref());
    }
    for error in ir.errors.values() {
        add(&mut found, "", &error.name, error.span, error.deprecated.as_ref());
        fields(&mut found, &error.name, &error.fields);
    }
    found
}

fn fields<'a>(found: &mut Gone<'a>, owner: &'a str, fields: &'a [Field]) {
    for field in fields {
        add(found, owner, &field.name, field.span, field.deprecated.as_ref());
    }
}

fn add<'a>(
    found: &mut Gone<'a>,
    owner: &'a str,
    name: &'a str,
    span: Span,
    deprecation: Option<&'a Deprecation>,
) {
    if let Some(deprecation) = deprecation {
        found.insert((owner, name), (span, deprecation.replacement.as_deref()));
    }
}
