//! Where marks can stand in a schema.

use atlas9_diagnostics::{FileId, Span};
use atlas9_ir::Ir;
use atlas9_syntax::ast::{Field, Item, ItemKind, Member, Operation, ServiceMember, TypeBody};
use atlas9_syntax::parse;
use serde_json::Value;

/// An element that can have a past.
pub struct Element {
    /// Its name.
    pub name: String,
    /// All of it.
    pub span: Span,
    /// Where one more annotation can stand.
    pub end: usize,
    /// False for what never has another name: a parameter, a standard operation.
    pub named: bool,
}

impl Element {
    /// True when nothing in the model speaks of a place in it; its file is the last one.
    pub fn gone(&self, ir: &Ir) -> bool {
        let file = ir.files.len() as u64 - 1;
        let extent = u64::from(self.span.start)..u64::from(self.span.end);
        !places(ir).iter().any(|(of, start)| *of == file && extent.contains(start))
    }
}

/// Every element of a file.
pub fn elements(text: &str) -> Vec<Element> {
    let (file, _) = parse(FileId(0), text);
    let mut found = Vec::new();
    file.items.iter().for_each(|item| declaration(text, item, &mut found));
    found
}

fn element(name: &str, span: Span, found: &mut Vec<Element>) {
    found.push(Element { name: name.to_owned(), span, end: span.end as usize, named: true });
}

fn declaration(text: &str, item: &Item, found: &mut Vec<Element>) {
    let mut head = |name: &str| {
        let brace = text[item.span.range()].find('{').unwrap_or_default();
        let end = item.span.start as usize + brace;
        found.push(Element { name: name.to_owned(), span: item.span, end, named: true });
    };
    match &item.kind {
        ItemKind::Resource(resource) => {
            head(&resource.name.text);
            members(&resource.members, found);
        }
        ItemKind::Type(decl) => match &decl.body {
            TypeBody::Alias(_) => element(&decl.name.text, item.span, found),
            TypeBody::Structure { members: inside, .. } => {
                head(&decl.name.text);
                members(inside, found);
            }
        },
        ItemKind::Enum(decl) => {
            head(&decl.name.text);
            decl.values.iter().for_each(|value| element(&value.name.text, value.span, found));
        }
        ItemKind::Union(union) => {
            head(&union.name.text);
            union.variants.iter().for_each(|variant| element(&variant.name.text, variant.span, found));
        }
        ItemKind::Error(error) => {
            head(&error.name.text);
            members(&error.members, found);
        }
        ItemKind::Mixin(mixin) => members(&mixin.members, found),
        ItemKind::Service(service) => {
            for member in &service.members {
                if let ServiceMember::Operation(entry) = member {
                    operation(entry, found);
                }
            }
        }
        ItemKind::Annotation(_) | ItemKind::Reserved(_) | ItemKind::Broken(_) => {}
    }
}

fn members(members: &[Member], found: &mut Vec<Element>) {
    for member in members {
        match member {
            Member::Field(Field { name, span, .. }) => element(&name.text, *span, found),
            Member::Operations(block) => block.entries.iter().for_each(|entry| operation(entry, found)),
            _ => {}
        }
    }
}

fn operation(operation: &Operation, found: &mut Vec<Element>) {
    for param in &operation.params {
        let end = param.span.end as usize;
        found.push(Element { name: param.name.text.clone(), span: param.span, end, named: false });
    }
    let end = operation.span.end as usize;
    let name = operation.name.as_ref().unwrap_or(&operation.verb).text.clone();
    found.push(Element { name, span: operation.span, end, named: operation.name.is_some() });
}

/// The places that a model speaks of: the file, and where they begin.
fn places(ir: &Ir) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    gather(&serde_json::to_value(ir).unwrap_or_default(), &mut found);
    found
}

fn gather(value: &Value, found: &mut Vec<(u64, u64)>) {
    match value {
        Value::Object(members) => {
            let number = |key: &str| members.get(key).and_then(Value::as_u64);
            found.extend(number("file").zip(number("start")));
            members.values().for_each(|value| gather(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| gather(value, found)),
        _ => {}
    }
}
