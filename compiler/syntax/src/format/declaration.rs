//! Files and declarations.

use atlas9_diagnostics::Span;

use super::expression::{names, paths};
use super::printer::Printer;
use crate::ast::{
    Annotation, Docs, EnumDecl, File, Item, ItemKind, Member, Resource, Service, TypeBody, Use, UseTail,
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
            // A file with errors is not formatted.
            ItemKind::Broken(_) => {}
        }
    }

    fn resource(&mut self, item: &Item, resource: &Resource) {
        let parent = resource.parent.as_ref().map(|path| format!(" in {}", path.text())).unwrap_or_default();
        let head = format!("resource {}{parent}{}", resource.name.text, with(&resource.mixins));
        let last =
            resource.mixins.last().or(resource.parent.as_ref()).map_or(resource.name.span, |path| path.span);
        self.body(item, &head, last, &resource.members);
    }

    fn service(&mut self, item: &Item, service: &Service) {
        let head = self.head(item, &format!("service {}", service.name.text));
        let end = head_end(service.name.span, &item.annotations);
        let members = &service.members;
        let short = |printer: &Self, member: &_| printer.short_setting(member).filter(|_| members.len() == 1);
        self.braced(&item.docs, item.span, end, &head, members, Self::service_member, short);
    }

    fn enumeration(&mut self, item: &Item, declared: &EnumDecl) {
        let closed = if declared.closed { "closed " } else { "" };
        let head = self.head(item, &format!("{closed}enum {}", declared.name.text));
        let end = head_end(declared.name.span, &item.annotations);
        self.braced(
            &item.docs,
            item.span,
            end,
            &head,
            &declared.values,
            Self::described,
            Self::short_described,
        );
    }

    /// A declaration with members. `last` is the last part of its head before the annotations.
    fn body(&mut self, item: &Item, head: &str, last: Span, members: &[Member]) {
        let head = self.head(item, head);
        let end = head_end(last, &item.annotations);
        let short = |printer: &Self, member: &_| printer.short_member(member).filter(|_| members.len() == 1);
        self.braced(&item.docs, item.span, end, &head, members, Self::member, short);
    }

    fn head(&self, item: &Item, head: &str) -> String {
        format!("{head} {}", self.annotations(&item.annotations)).trim_end().to_owned()
    }
}

fn head_end(last: Span, annotations: &[Annotation]) -> usize {
    annotations.last().map_or(last, |annotation| annotation.span).range().end
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
