//! Names the declaration that a finding is about, as `Book.title`.

use atlas9_diagnostics::{Diagnostic, SourceMap, Span};
use atlas9_syntax::ast::{File, Item, ItemKind, Member, Name, ServiceMember, TypeBody};

/// Fills in the symbol of every finding that has a place and none yet.
pub(crate) fn name(sources: &SourceMap, files: &[File], diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.symbol.is_none()) {
        let Some(span) = diagnostic.span.filter(|span| sources.get(span.file).is_some()) else { continue };
        let Some(file) = files.iter().find(|file| file.id == span.file) else { continue };
        diagnostic.symbol = item(&file.items, span).and_then(|item| symbol(item, span));
    }
}

/// The item around the place. Items are in the order of the file.
fn item(items: &[Item], span: Span) -> Option<&Item> {
    let after = items.partition_point(|item| item.span.start <= span.start);
    items.get(after.checked_sub(1)?).filter(|item| span.start < item.span.end)
}

fn symbol(item: &Item, span: Span) -> Option<String> {
    let (name, members): (&Name, &[Member]) = match &item.kind {
        ItemKind::Service(service) => {
            let operation = service.members.iter().find_map(|member| service_member(member, span));
            return Some(joined(&service.name, operation));
        }
        ItemKind::Resource(resource) => (&resource.name, &resource.members),
        ItemKind::Type(decl) => match &decl.body {
            TypeBody::Alias(_) => (&decl.name, &[]),
            TypeBody::Structure { members, .. } => (&decl.name, members),
        },
        ItemKind::Enum(decl) => {
            let value = decl.values.iter().find(|value| holds(value.span, span));
            return Some(joined(&decl.name, value.map(|value| &value.name)));
        }
        ItemKind::Union(union) => {
            let variant = union.variants.iter().find(|variant| holds(variant.span, span));
            return Some(joined(&union.name, variant.map(|variant| &variant.name)));
        }
        ItemKind::Annotation(annotation) => {
            let param = annotation.params.iter().find(|param| holds(param.span, span));
            return Some(joined(&annotation.name, param.map(|param| &param.name)));
        }
        ItemKind::Reserved(_) => return None,
        ItemKind::Mixin(mixin) => (&mixin.name, &mixin.members),
        ItemKind::Error(error) => (&error.name, &error.members),
        ItemKind::Broken(broken) => return broken.name.as_ref().map(|name| name.text.clone()),
    };
    Some(joined(name, members.iter().find_map(|found| member(found, span))))
}

fn joined(owner: &Name, member: Option<&Name>) -> String {
    match member {
        Some(member) => format!("{}.{}", owner.text, member.text),
        None => owner.text.clone(),
    }
}

fn member(member: &Member, span: Span) -> Option<&Name> {
    match member {
        Member::Field(field) => holds(field.span, span).then_some(&field.name),
        Member::Operations(block) => {
            let operation = block.entries.iter().find(|operation| holds(operation.span, span))?;
            Some(operation.name.as_ref().unwrap_or(&operation.verb))
        }
        Member::Rules(block) => {
            block.entries.iter().find(|rule| holds(rule.span, span)).map(|rule| &rule.name)
        }
        Member::Examples(block) => block.entries.iter().find(|it| holds(it.span, span)).map(|it| &it.name),
        Member::Storage(_) | Member::Text(_) | Member::Reserved(_) | Member::Broken(_) => None,
    }
}

fn service_member(member: &ServiceMember, span: Span) -> Option<&Name> {
    match member {
        ServiceMember::Operation(operation) => {
            operation.name.as_ref().filter(|_| holds(operation.span, span))
        }
        _ => None,
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.start < outer.end
}
