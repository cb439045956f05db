//! Every name that a package declares, by its place.

use atlas9_diagnostics::Span;
use atlas9_syntax::ast::{
    Annotation, Described, Field, Item, ItemKind, Member, Name, Operation, ServiceMember, TypeBody,
};
use foldhash::HashMap;

use crate::context::Cx;

/// A name that can be given.
pub(super) struct Declared {
    pub name: String,
    /// True with a `@renamed`: it has been published under another name, of which only one is kept.
    pub renamed: bool,
}

/// All of the package's own files.
pub(super) fn all(cx: &Cx<'_>) -> HashMap<Span, Declared> {
    let mut all = All(HashMap::default());
    cx.own_files().flat_map(|file| &file.items).for_each(|item| all.item(item));
    all.0
}

struct All(HashMap<Span, Declared>);

impl All {
    fn add(&mut self, name: &Name, annotations: &[Annotation]) {
        let renamed = annotations.iter().any(|annotation| annotation.name.text() == "renamed");
        self.0.insert(name.span, Declared { name: name.text.clone(), renamed });
    }

    fn item(&mut self, item: &Item) {
        let name = match &item.kind {
            ItemKind::Service(service) => {
                service.members.iter().for_each(|member| self.service_member(member));
                &service.name
            }
            ItemKind::Resource(resource) => {
                self.members(&resource.members);
                &resource.name
            }
            ItemKind::Type(decl) => {
                if let TypeBody::Structure { members, .. } = &decl.body {
                    self.members(members);
                }
                &decl.name
            }
            ItemKind::Enum(decl) => {
                self.described(&decl.values);
                &decl.name
            }
            ItemKind::Union(union) => {
                self.add(&union.discriminator, &[]);
                union.variants.iter().for_each(|variant| self.add(&variant.name, &variant.annotations));
                &union.name
            }
            ItemKind::Mixin(mixin) => {
                self.members(&mixin.members);
                &mixin.name
            }
            ItemKind::Error(error) => {
                self.members(&error.members);
                &error.name
            }
            ItemKind::Annotation(decl) => {
                self.fields(&decl.params);
                &decl.name
            }
            ItemKind::Reserved(_) | ItemKind::Broken(_) => return,
        };
        self.add(name, &item.annotations);
    }

    fn service_member(&mut self, member: &ServiceMember) {
        match member {
            ServiceMember::Auth(auth) => self.described(&auth.scopes),
            ServiceMember::Operation(operation) => self.operation(operation),
            ServiceMember::Setting(_) | ServiceMember::Reserved(_) | ServiceMember::Broken(_) => {}
        }
    }

    fn described(&mut self, each: &[Described]) {
        each.iter().for_each(|it| self.add(&it.name, &it.annotations));
    }

    fn members(&mut self, members: &[Member]) {
        for member in members {
            match member {
                Member::Field(field) => self.add(&field.name, &field.annotations),
                Member::Operations(block) => block.entries.iter().for_each(|entry| self.operation(entry)),
                Member::Rules(block) => block.entries.iter().for_each(|rule| self.add(&rule.name, &[])),
                Member::Examples(block) => {
                    block.entries.iter().for_each(|example| self.add(&example.name, &[]));
                }
                Member::Storage(_) | Member::Text(_) | Member::Reserved(_) | Member::Broken(_) => {}
            }
        }
    }

    /// The name of a standard operation is the language's.
    fn operation(&mut self, operation: &Operation) {
        operation.name.iter().for_each(|name| self.add(name, &operation.annotations));
        self.fields(&operation.params);
    }

    fn fields(&mut self, fields: &[Field]) {
        fields.iter().for_each(|field| self.add(&field.name, &field.annotations));
    }
}
