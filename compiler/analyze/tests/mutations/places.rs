//! What there is to change in a file.

use std::ops::Range;

use atlas9_diagnostics::{FileId, Span};
use atlas9_syntax::ast::{
    Annotation, Described, Expr, ExprKind, Field, Item, ItemKind, Member, Name, Operation, ServiceMember,
    TypeBody, TypeExpr, TypeKind,
};
use atlas9_syntax::parse;

/// Places in one file.
#[derive(Default)]
pub struct Places {
    /// Names that are declared, which others may use.
    pub declared: Vec<Range<usize>>,
    /// Declarations and members.
    pub whole: Vec<Range<usize>>,
    /// Built-in types, without what stands in parentheses behind them.
    pub types: Vec<Range<usize>>,
    /// Literals.
    pub literals: Vec<Range<usize>>,
    /// Words that something is used by, and those of the language.
    pub used: Vec<Range<usize>>,
}

impl Places {
    pub fn of(text: &str) -> Places {
        let (file, _) = parse(FileId::default(), text);
        let mut places = Places::default();
        file.items.iter().for_each(|item| places.item(item));
        places.used = words(text).into_iter().filter(|word| !places.declared.contains(word)).collect();
        places
    }

    fn declare(&mut self, name: &Name, whole: Span) {
        self.declared.push(name.span.range());
        self.whole.push(whole.range());
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Service(service) => {
                self.declare(&service.name, item.span);
                service.members.iter().for_each(|member| self.service_member(member));
            }
            ItemKind::Resource(resource) => {
                self.declare(&resource.name, item.span);
                self.members(&resource.members);
            }
            ItemKind::Type(decl) => {
                self.declare(&decl.name, item.span);
                match &decl.body {
                    TypeBody::Alias(target) => self.ty(target),
                    TypeBody::Structure { members, .. } => self.members(members),
                }
            }
            ItemKind::Enum(decl) => {
                self.declare(&decl.name, item.span);
                self.described(&decl.values);
            }
            ItemKind::Union(union) => {
                self.declare(&union.name, item.span);
                self.declared.push(union.discriminator.span.range());
                union.variants.iter().for_each(|variant| self.declare(&variant.name, variant.span));
            }
            ItemKind::Mixin(mixin) => {
                self.declare(&mixin.name, item.span);
                self.members(&mixin.members);
            }
            ItemKind::Error(error) => {
                self.declare(&error.name, item.span);
                self.members(&error.members);
            }
            ItemKind::Annotation(annotation) => {
                self.declare(&annotation.name, item.span);
                // Their types are not changed: each use of the annotation gives a value.
                self.declared.extend(annotation.params.iter().map(|param| param.name.span.range()));
            }
            ItemKind::Reserved(_) | ItemKind::Broken(_) => {}
        }
        self.annotations(&item.annotations);
    }

    fn service_member(&mut self, member: &ServiceMember) {
        match member {
            ServiceMember::Auth(auth) => self.described(&auth.scopes),
            ServiceMember::Operation(operation) => self.operation(operation),
            ServiceMember::Setting(setting) => {
                self.whole.push(setting.span.range());
                setting.values.iter().for_each(|value| self.literal(&value.value));
            }
            ServiceMember::Reserved(_) | ServiceMember::Broken(_) => {}
        }
    }

    fn described(&mut self, entries: &[Described]) {
        for entry in entries {
            self.declare(&entry.name, entry.span);
            self.annotations(&entry.annotations);
        }
    }

    fn members(&mut self, members: &[Member]) {
        for member in members {
            match member {
                Member::Field(field) => {
                    self.whole.push(field.span.range());
                    self.param(field);
                }
                Member::Operations(block) => block.entries.iter().for_each(|entry| self.operation(entry)),
                Member::Rules(block) => {
                    block.entries.iter().for_each(|rule| self.declare(&rule.name, rule.span));
                }
                Member::Examples(block) => {
                    for example in &block.entries {
                        self.declare(&example.name, example.span);
                        self.literal(&example.value);
                    }
                }
                _ => {}
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        self.whole.push(operation.span.range());
        self.declared.extend(operation.name.iter().map(|name| name.span.range()));
        operation.params.iter().for_each(|param| self.param(param));
        self.annotations(&operation.annotations);
    }

    fn param(&mut self, field: &Field) {
        self.declared.push(field.name.span.range());
        self.ty(&field.ty);
        field.default.iter().for_each(|default| self.literal(default));
        self.annotations(&field.annotations);
    }

    fn annotations(&mut self, list: &[Annotation]) {
        let values = list.iter().flat_map(|annotation| &annotation.args);
        values.for_each(|argument| self.literal(&argument.value));
    }

    fn ty(&mut self, ty: &TypeExpr) {
        match &ty.kind {
            TypeKind::Named(path) if path.text().starts_with(|letter: char| letter.is_lowercase()) => {
                self.types.extend(path.single().map(|name| name.span.range()));
            }
            TypeKind::List(item) => self.ty(item),
            TypeKind::Map(_, value) => self.ty(value),
            TypeKind::Named(_) | TypeKind::Ref(_) => {}
        }
    }

    fn literal(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::List(items) => items.iter().for_each(|item| self.literal(item)),
            ExprKind::Object(entries) => entries.iter().for_each(|(_, value)| self.literal(value)),
            ExprKind::Call(_) | ExprKind::Path(_) => {}
            _ => self.literals.push(expr.span.range()),
        }
    }
}

/// Every word outside texts, patterns and comments, the namespace's excepted.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let hidden = hidden(line);
        let words = line.match_indices(|letter: char| !is_word(letter)).map(|(at, _)| at).chain([line.len()]);
        let mut start = 0;
        for end in words {
            let begins = line[start..].starts_with(|letter: char| letter.is_ascii_alphabetic());
            if start < end && begins && !hidden[start] && !line.starts_with("namespace") {
                found.push(from + start..from + end);
            }
            start = end + 1;
        }
        from += line.len();
    }
    found
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// For each byte of a line whether it is in a text, a pattern or a comment.
fn hidden(line: &str) -> Vec<bool> {
    let bytes = line.as_bytes();
    let mut hidden = vec![false; bytes.len() + 1];
    let mut inside: Option<u8> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pattern = line[..at].trim_end().ends_with(['(', ',']) || bytes.get(at + 1) == Some(&b'/');
        let opens = *byte == b'"' || *byte == b'/' && pattern;
        match inside {
            Some(b'/') if bytes[..at].ends_with(b"/") && *byte == b'/' => hidden[at..].fill(true),
            Some(quote) if quote == *byte => inside = None,
            Some(_) if *byte == b'\\' => at += 1,
            None if opens => inside = Some(*byte),
            _ => {}
        }
        if let Some(mark) = hidden.get_mut(at) {
            *mark |= inside.is_some();
        }
        at += 1;
    }
    hidden
}
