//! Declarations of an earlier version.

use atlas9_syntax::ast::{
    ErrorDecl, Expr, ExprKind, File, Index, Item, ItemKind, Member, Name, Path, Reserved, Resource, Service,
    ServiceMember, Setting, TypeBody, Use, UseTail,
};
use foldhash::{HashMap, HashSet};

use super::marks::Earlier;
use super::texts::in_braces;

impl Earlier<'_, '_> {
    /// Makes the file what it was.
    pub(super) fn file(&mut self, file: &mut File) {
        file.uses.retain_mut(|line| self.import(line));
        file.items.retain(|item| !self.is_gone(item.span));
        file.items.iter_mut().for_each(|item| self.item(item));
        file.items.retain(|item| !matches!(&item.kind, ItemKind::Reserved(line) if line.names.is_empty()));
    }

    /// False for an import of nothing that was there.
    fn import(&self, line: &mut Use) -> bool {
        match &mut line.tail {
            UseTail::One => line.path.segments.last_mut().is_none_or(|name| self.imported(name)),
            UseTail::All(_) => true,
            UseTail::Names(names) => {
                names.retain_mut(|name| self.imported(name));
                !names.is_empty()
            }
        }
    }

    fn imported(&self, name: &mut Name) -> bool {
        let lost = self.is_lost(name);
        self.name(name);
        !lost
    }

    fn item(&mut self, item: &mut Item) {
        self.annotations(&mut item.annotations);
        match &mut item.kind {
            ItemKind::Service(service) => self.service(service),
            ItemKind::Resource(resource) => self.resource(resource),
            ItemKind::Type(decl) => {
                self.declared(&mut decl.name);
                match &mut decl.body {
                    TypeBody::Alias(target) => self.ty(target),
                    TypeBody::Structure { mixins, members } => {
                        self.members(mixins, members, &HashMap::default())
                    }
                }
            }
            ItemKind::Enum(decl) => {
                self.declared(&mut decl.name);
                decl.values.retain(|value| !self.is_gone(value.span));
                self.reserved(&mut decl.reserved, decl.values.iter().map(|value| &value.name));
                for value in &mut decl.values {
                    self.declared(&mut value.name);
                    self.annotations(&mut value.annotations);
                }
            }
            ItemKind::Union(union) => {
                self.declared(&mut union.name);
                union.variants.retain(|variant| !self.is_gone(variant.span));
                self.reserved(&mut union.reserved, union.variants.iter().map(|variant| &variant.name));
                for variant in &mut union.variants {
                    self.declared(&mut variant.name);
                    self.ty(&mut variant.ty);
                    self.annotations(&mut variant.annotations);
                }
            }
            ItemKind::Mixin(mixin) => self.members(&mut [], &mut mixin.members, &HashMap::default()),
            ItemKind::Error(error) => self.error(error),
            ItemKind::Annotation(decl) => decl.params.iter_mut().for_each(|param| self.field(param)),
            ItemKind::Reserved(line) => line.names.retain(|name| !self.back.contains(&name.text)),
            ItemKind::Broken(_) => {}
        }
    }

    fn service(&mut self, service: &mut Service) {
        service.members.retain_mut(|member| match member {
            ServiceMember::Operation(operation) => !self.is_gone(operation.span),
            ServiceMember::Setting(setting) => self.setting(setting),
            ServiceMember::Auth(_) | ServiceMember::Reserved(_) | ServiceMember::Broken(_) => true,
        });
        let operations = service.members.iter().filter_map(|member| match member {
            ServiceMember::Operation(operation) => operation.name.as_ref(),
            _ => None,
        });
        let back = self.back(operations);
        for member in &mut service.members {
            match member {
                ServiceMember::Operation(operation) => self.operation(operation, &HashMap::default()),
                ServiceMember::Reserved(line) => line.names.retain(|name| !back.contains(&name.text)),
                _ => {}
            }
        }
    }

    /// False for a setting that says nothing then.
    fn setting(&self, setting: &mut Setting) -> bool {
        match setting.name.text.as_str() {
            "version" => {
                for argument in &mut setting.values {
                    argument.value.kind = ExprKind::String(self.text.to_owned());
                }
                true
            }
            "raises" => {
                setting.values.retain(|argument| !self.argument_needs(argument));
                setting.values.iter_mut().for_each(|argument| self.argument(argument));
                !setting.values.is_empty()
            }
            _ => true,
        }
    }

    fn resource(&mut self, resource: &mut Resource) {
        let keys = self.keys(resource.name.span);
        self.declared(&mut resource.name);
        resource.parent.iter_mut().for_each(|path| self.path(path));
        self.members(&mut resource.mixins, &mut resource.members, &keys);
    }

    fn error(&mut self, error: &mut ErrorDecl) {
        self.declared(&mut error.name);
        let fields: HashMap<String, String> = fields(&error.members)
            .filter_map(|name| Some((name.text.clone(), self.former(name.span)?.clone())))
            .collect();
        for member in &mut error.members {
            if let Member::Text(text) = member
                && text.name.text == "message"
            {
                text.text.value = in_braces(&text.text.value, |name| fields.get(name).cloned());
            }
        }
        self.members(&mut [], &mut error.members, &HashMap::default());
    }

    fn members(&mut self, mixins: &mut [Path], members: &mut Vec<Member>, keys: &HashMap<&str, String>) {
        members.retain(|member| !matches!(member, Member::Field(field) if self.is_gone(field.span)));
        let named = mixins.iter().filter_map(|path| path.segments.last());
        let brought = named.flat_map(|name| fields(self.mixin(name)));
        let back = self.back(brought.chain(fields(members)));
        mixins.iter_mut().for_each(|path| self.path(path));
        for member in members.iter_mut() {
            match member {
                Member::Field(field) => self.field(field),
                Member::Operations(block) => {
                    block.entries.retain(|operation| !self.is_gone(operation.span));
                    let names = block.entries.iter().filter_map(|operation| operation.name.as_ref());
                    self.reserved(&mut block.reserved, names);
                    block.entries.iter_mut().for_each(|operation| self.operation(operation, keys));
                }
                Member::Rules(block) => block.entries.retain_mut(|rule| self.rule(rule)),
                Member::Storage(block) => block.entries.retain_mut(|index| self.index(index)),
                Member::Examples(block) => block.entries.retain_mut(|it| self.example(&mut it.value)),
                Member::Reserved(line) => line.names.retain(|name| !back.contains(&name.text)),
                Member::Text(_) | Member::Broken(_) => {}
            }
        }
    }

    /// An index without one of its fields would be another one; a unique one would refuse what was allowed.
    fn index(&self, index: &mut Index) -> bool {
        let all = index.fields.len();
        self.paths(&mut index.fields) && index.fields.len() == all
    }

    /// An example without the fields that came later; false where one of its values could not be given then.
    fn example(&self, value: &mut Expr) -> bool {
        let said = !self.needs(value);
        self.expr(value);
        said
    }

    /// Former names, which are not reserved in a version that has them.
    fn back<'n>(&self, names: impl Iterator<Item = &'n Name>) -> HashSet<String> {
        names.filter_map(|name| self.former(name.span)).cloned().collect()
    }

    fn reserved<'n>(&self, lines: &mut [Reserved], names: impl Iterator<Item = &'n Name>) {
        let back = self.back(names);
        lines.iter_mut().for_each(|line| line.names.retain(|name| !back.contains(&name.text)));
    }
}

fn fields(members: &[Member]) -> impl Iterator<Item = &Name> {
    members.iter().filter_map(|member| match member {
        Member::Field(field) => Some(&field.name),
        _ => None,
    })
}
