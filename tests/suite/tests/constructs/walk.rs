//! Which constructs of the language a file has, and where: read from its syntax tree, whatever it is called.

use std::collections::BTreeMap;
use std::ops::Range;

use atlas9_diagnostics::{FileId, Span};
use atlas9_syntax::ast::{
    Block, ErrorDecl, Example, Field, File, Index, Item, ItemKind, Member, Operation, Path, Reserved,
    Resource, Rule, Service, ServiceMember, Setting, TextMember, TypeBody, TypeDecl, UnionDecl, Use, UseTail,
};
use atlas9_syntax::parse;

/// The places of each construct.
#[derive(Default)]
pub struct Found(BTreeMap<String, Vec<Range<usize>>>);

impl Found {
    /// Reads a file; what cannot be read of it is not there.
    pub fn of(text: &str) -> Found {
        let (file, _) = parse(FileId(0), text);
        let mut found = Found::default();
        found.file(&file, text);
        found
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether a place lies in one of the construct's at least in part. One that is empty lies in what it stands at the end of, since
    /// something is missing there.
    pub fn touches(&self, name: &str, place: &Range<usize>) -> bool {
        let places = self.0.get(name).map_or(&[][..], Vec::as_slice);
        places.iter().any(|at| match place.is_empty() {
            true => at.start <= place.start && place.start <= at.end,
            false => at.start < place.end && place.start < at.end,
        })
    }

    pub fn add(&mut self, name: impl Into<String>, span: Span) {
        self.0.entry(name.into()).or_default().push(span.range());
    }

    fn file(&mut self, file: &File, text: &str) {
        if let Some(namespace) = &file.namespace {
            self.add("namespace", namespace.span);
        }
        file.comments.iter().for_each(|comment| self.add("// comment", comment.span));
        file.uses.iter().for_each(|line| self.use_line(line));
        for item in &file.items {
            self.docs(&item.docs);
            self.item(item, head(item, text));
            self.annotations(&item.annotations);
            if let ItemKind::Resource(resource) = &item.kind {
                self.parents(file, resource);
            }
        }
    }

    fn use_line(&mut self, line: &Use) {
        let kind = match &line.tail {
            UseTail::One => "use NAME",
            UseTail::All(_) => "use NAMESPACE.*",
            UseTail::Names(_) => "use NAMESPACE.{NAMES}",
        };
        self.add(kind, line.span);
        if let [std, module, ..] = line.path.segments.as_slice()
            && std.text == "std"
        {
            self.add(format!("std.{}", module.text), line.span);
        }
    }

    /// `head` is the item up to its braces.
    fn item(&mut self, item: &Item, head: Span) {
        match &item.kind {
            ItemKind::Service(service) => {
                self.add("service", head);
                self.service(service);
            }
            ItemKind::Resource(resource) => self.resource(resource, head),
            ItemKind::Type(declared) => self.type_decl(declared, head),
            ItemKind::Enum(declared) => {
                self.add(if declared.closed { "closed enum" } else { "enum" }, head);
                for value in &declared.values {
                    self.docs(&value.docs);
                    self.annotations(&value.annotations);
                }
                self.reserved(&declared.reserved, "value");
            }
            ItemKind::Union(union) => self.union(union, head),
            ItemKind::Mixin(mixin) => {
                self.add("mixin", head);
                self.members(&mixin.members);
            }
            ItemKind::Error(error) => self.error(error, head),
            ItemKind::Annotation(declared) => {
                self.add("annotation", head);
                declared.params.iter().for_each(|param| self.field(param, "parameter"));
            }
            ItemKind::Reserved(reserved) => self.add("reserved declaration", reserved.span),
            ItemKind::Broken(_) => {}
        }
    }

    fn resource(&mut self, resource: &Resource, head: Span) {
        let word = if resource.singleton { "singleton" } else { "resource" };
        self.add(word, head);
        if let Some(parent) = &resource.parent {
            self.add(format!("{word} in PARENT"), parent.span);
        }
        resource.mixins.iter().for_each(|mixin| self.add("with MIXIN", mixin.span));
        self.members(&resource.members);
    }

    /// How many resources a resource lives in.
    fn parents(&mut self, file: &File, resource: &Resource) {
        let parent_of = |path: &Path| {
            let named = file.items.iter().find_map(|item| match &item.kind {
                ItemKind::Resource(other) if other.name.text == path.text() => Some(other),
                _ => None,
            });
            named.and_then(|other| other.parent.as_ref())
        };
        let Some(first) = &resource.parent else { return };
        if parent_of(first).is_some() {
            self.add("three levels of resources", first.span);
        }
    }

    fn type_decl(&mut self, declared: &TypeDecl, head: Span) {
        match &declared.body {
            TypeBody::Alias(ty) => {
                self.add("type NAME = TYPE", head);
                self.type_expr(ty);
            }
            TypeBody::Structure { mixins, members } => {
                self.add("type NAME { }", head);
                mixins.iter().for_each(|mixin| self.add("with MIXIN", mixin.span));
                self.members(members);
            }
        }
    }

    fn union(&mut self, union: &UnionDecl, head: Span) {
        self.add(if union.closed { "closed union" } else { "union" }, head);
        for variant in &union.variants {
            self.docs(&variant.docs);
            self.add("variant", variant.span);
            self.type_expr(&variant.ty);
            self.annotations(&variant.annotations);
        }
        self.reserved(&union.reserved, "variant");
    }

    fn error(&mut self, error: &ErrorDecl, head: Span) {
        self.add(format!("error NAME: {}", error.kind.text), head);
        self.members(&error.members);
    }

    fn members(&mut self, members: &[Member]) {
        for member in members {
            match member {
                Member::Field(field) => self.field(field, "field"),
                Member::Operations(block) => self.operations(block),
                Member::Rules(block) => block.entries.iter().for_each(|rule| self.rule(rule)),
                Member::Storage(block) => block.entries.iter().for_each(|index| self.index(index)),
                Member::Examples(block) => block.entries.iter().for_each(|example| self.example(example)),
                Member::Text(text) => self.text_member(text),
                Member::Reserved(reserved) => self.add("reserved field", reserved.span),
                Member::Broken(_) => {}
            }
        }
    }

    fn operations(&mut self, block: &Block<Operation>) {
        block.entries.iter().for_each(|operation| self.operation(operation));
        self.reserved(&block.reserved, "operation");
    }

    fn rule(&mut self, rule: &Rule) {
        self.docs(&rule.docs);
        self.add("rules", rule.span);
        self.condition(&rule.condition);
    }

    fn index(&mut self, index: &Index) {
        self.docs(&index.docs);
        self.add(format!("storage {}", index.kind.text), index.span);
    }

    fn example(&mut self, example: &Example) {
        self.docs(&example.docs);
        self.add("examples", example.span);
    }

    fn text_member(&mut self, member: &TextMember) {
        self.add(member.name.text.clone(), member.span);
        if member.name.text == "message" && member.text.value.contains('{') {
            self.add("field in a message", member.span);
        }
    }

    fn service(&mut self, service: &Service) {
        for member in &service.members {
            match member {
                ServiceMember::Setting(setting) => self.setting(setting),
                ServiceMember::Auth(auth) => self.add(format!("auth {}", auth.scheme.text), auth.span),
                ServiceMember::Operation(operation) => self.operation(operation),
                ServiceMember::Reserved(reserved) => {
                    self.add("reserved operation of the service", reserved.span)
                }
                ServiceMember::Broken(_) => {}
            }
        }
    }

    fn setting(&mut self, setting: &Setting) {
        self.docs(&setting.docs);
        self.add(format!("{} of the service", setting.name.text), setting.span);
    }

    pub fn field(&mut self, field: &Field, what: &str) {
        self.docs(&field.docs);
        self.type_expr(&field.ty);
        if let Some(default) = &field.default {
            self.add(format!("default of a {what}"), field.name.span.to(default.span));
        }
        self.annotations(&field.annotations);
    }

    fn reserved(&mut self, reserved: &[Reserved], what: &str) {
        reserved.iter().for_each(|one| self.add(format!("reserved {what}"), one.span));
    }

    pub fn docs(&mut self, docs: &atlas9_syntax::ast::Docs) {
        if !docs.lines.is_empty() {
            self.add("/// documentation", docs.span);
        }
    }
}

/// An item up to its braces, or to its end.
fn head(item: &Item, text: &str) -> Span {
    let length = text.get(item.span.range()).and_then(|text| text.find('{'));
    let end = length.map_or(item.span.range().end, |length| item.span.range().start + length + 1);
    Span::new(item.span.file, item.span.range().start, end)
}
