//! What the parser reads and no pass checks yet: refused where it stands, so that nothing is dropped in silence.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_syntax::ast::{File, Item, ItemKind, Member, ServiceMember, TypeBody};

use crate::context::Sink;

pub(crate) fn refuse(sink: &Sink, files: &[File]) {
    for item in files.iter().flat_map(|file| &file.items) {
        of_item(sink, item);
    }
}

fn of_item(sink: &Sink, item: &Item) {
    match &item.kind {
        ItemKind::Resource(resource) => of_members(sink, &resource.members),
        ItemKind::Type(decl) => {
            if let TypeBody::Structure { members, .. } = &decl.body {
                of_members(sink, members);
            }
        }
        ItemKind::Mixin(mixin) => of_members(sink, &mixin.members),
        ItemKind::Error(error) => of_members(sink, &error.members),
        ItemKind::Enum(decl) => decl.reserved.iter().for_each(|it| report(sink, "reserved", it.span)),
        ItemKind::Union(union) => union.reserved.iter().for_each(|it| report(sink, "reserved", it.span)),
        ItemKind::Reserved(reserved) => report(sink, "reserved", reserved.span),
        ItemKind::Service(service) => service.members.iter().for_each(|it| of_service(sink, it)),
        ItemKind::Annotation(_) | ItemKind::Broken(_) => {}
    }
}

fn of_service(sink: &Sink, member: &ServiceMember) {
    match member {
        ServiceMember::Reserved(reserved) => report(sink, "reserved", reserved.span),
        ServiceMember::Operation(_)
        | ServiceMember::Setting(_)
        | ServiceMember::Auth(_)
        | ServiceMember::Broken(_) => {}
    }
}

fn of_members(sink: &Sink, members: &[Member]) {
    for member in members {
        match member {
            Member::Reserved(reserved) => report(sink, "reserved", reserved.span),
            Member::Operations(block) => {
                block.reserved.iter().for_each(|it| report(sink, "reserved", it.span));
            }
            _ => {}
        }
    }
}

fn report(sink: &Sink, word: &str, span: Span) {
    sink.report(
        Diagnostic::error(codes::E0105, format!("`{word}` is not checked yet"))
            .at(span, "not supported by this version")
            .help("leave it out for now"),
    );
}
