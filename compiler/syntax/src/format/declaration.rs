//! Files and declarations.

use atlas9_diagnostics::Span;

use super::entries::{Braces, entries, members, reserved_text, service_members};
use super::expression::{names, paths};
use super::operation::Signature;
use super::printer::Printer;
use crate::ast::{
    AnnotationDecl, Docs, EnumDecl, File, Item, ItemKind, Member, Resource, Service, TypeBody, UnionDecl,
    Use, UseTail,
};

impl Printer<'_> {
    pub fn file(&mut self, file: &File) {
        if let Some(namespace) = &file.namespace {
            self.plain(&namespace.docs, namespace.span, format!("namespace {}", namespace.path.text()));
            self.separate();
        }
        for line in &file.uses {
            self.plain(&Docs::default(), line.span, use_line(line));
        }
        for item in &file.items {
            self.separate();
            self.item(item);
        }
        self.separate();
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Service(service) => self.service(item, service),
            ItemKind::Resource(resource) => self.resource(item, resource),
            ItemKind::Type(declared) => match &declared.body {
                TypeBody::Alias(ty) => {
                    let annotations = self.annotations(&item.annotations);
                    let text = format!("type {} = {} {annotations}", declared.name.text, self.type_expr(ty));
                    self.plain(&item.docs, item.span, text.trim_end().to_owned());
                }
                TypeBody::Structure { mixins, members } => {
                    let head = format!("type {}{}", declared.name.text, with(mixins));
                    self.body(
                        item,
                        &head,
                        mixins.last().map_or(declared.name.span, |path| path.span),
                        members,
                    );
                }
            },
            ItemKind::Enum(declared) => self.enumeration(item, declared),
            ItemKind::Mixin(mixin) => {
                self.body(item, &format!("mixin {}", mixin.name.text), mixin.name.span, &mixin.members);
            }
            ItemKind::Error(error) => {
                let head = format!("error {}: {}", error.name.text, error.kind.text);
                self.body(item, &head, error.kind.span, &error.members);
            }
            ItemKind::Union(union) => self.union(item, union),
            ItemKind::Annotation(annotation) => self.annotation_decl(item, annotation),
            ItemKind::Reserved(reserved) => {
                self.plain(&Docs::default(), reserved.span, reserved_text(reserved));
            }
            // What has errors is not laid out.
            ItemKind::Broken(_) => {}
        }
    }

    fn resource(&mut self, item: &Item, resource: &Resource) {
        let parent = resource.parent.as_ref().map(|path| format!(" in {}", path.text())).unwrap_or_default();
        let word = if resource.singleton { "singleton" } else { "resource" };
        let head = format!("{word} {}{parent}{}", resource.name.text, with(&resource.mixins));
        let last =
            resource.mixins.last().or(resource.parent.as_ref()).map_or(resource.name.span, |path| path.span);
        self.body(item, &head, last, &resource.members);
    }

    fn service(&mut self, item: &Item, service: &Service) {
        let head = self.head(item, &format!("service {}", service.name.text));
        let entries = service_members(&service.members);
        let short = |printer: &Self, member: &_| printer.short_setting(member).filter(|_| entries.len() == 1);
        let place = braces(item, service.name.span);
        self.braced(&place, &head, &entries, Self::service_member, short);
    }

    fn enumeration(&mut self, item: &Item, declared: &EnumDecl) {
        let closed = if declared.closed { "closed " } else { "" };
        let head = self.head(item, &format!("{closed}enum {}", declared.name.text));
        let entries = entries(&declared.values, &declared.reserved, &declared.broken);
        let place = braces(item, declared.name.span);
        self.braced(&place, &head, &entries, Self::described, Self::short_described);
    }

    fn union(&mut self, item: &Item, union: &UnionDecl) {
        let closed = if union.closed { "closed " } else { "" };
        let head = format!("{closed}union {} by {}", union.name.text, union.discriminator.text);
        let head = self.head(item, &head);
        let entries = entries(&union.variants, &union.reserved, &union.broken);
        let place = braces(item, union.discriminator.span);
        self.braced(&place, &head, &entries, Self::variant, Self::short_variant);
    }

    fn annotation_decl(&mut self, item: &Item, declared: &AnnotationDecl) {
        let end = format!(" on {} {}", names(&declared.targets), self.annotations(&item.annotations));
        let end = end.trim_end().to_owned();
        let start = format!("annotation {}", declared.name.text);
        if declared.params.is_empty() {
            return self.plain(&item.docs, item.span, format!("{start}{end}"));
        }
        self.signature(&Signature {
            docs: &item.docs,
            span: item.span,
            name_end: declared.name.span.end,
            start,
            params: &declared.params,
            end,
        });
    }

    /// A declaration with members. `last` is the last part of its head before the annotations.
    fn body(&mut self, item: &Item, head: &str, last: Span, of: &[Member]) {
        let head = self.head(item, head);
        let entries = members(of);
        let short = |printer: &Self, member: &_| printer.short_member(member).filter(|_| entries.len() == 1);
        self.braced(&braces(item, last), &head, &entries, Self::member, short);
    }

    fn head(&self, item: &Item, head: &str) -> String {
        format!("{head} {}", self.annotations(&item.annotations)).trim_end().to_owned()
    }
}

/// The braces of a declaration. `last` is the last part of its head before the annotations.
fn braces(item: &Item, last: Span) -> Braces<'_> {
    let head = item.annotations.last().map_or(last, |annotation| annotation.span);
    Braces { docs: &item.docs, span: item.span, head_end: head.range().end }
}

fn with(mixins: &[crate::ast::Path]) -> String {
    if mixins.is_empty() { String::new() } else { format!(" with {}", paths(mixins)) }
}

fn use_line(line: &Use) -> String {
    match &line.tail {
        UseTail::One => format!("use {}", line.path.text()),
        UseTail::All(_) => format!("use {}.*", line.path.text()),
        UseTail::Names(list) => format!("use {}.{{{}}}", line.path.text(), names(list)),
    }
}
