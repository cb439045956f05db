//! What the tests of this crate share.

use atlas9_diagnostics::{Color, Diagnostic, FileId, SourceMap, text};
use atlas9_syntax::ast::{Broken, File, ItemKind, Member, Name, Reserved, ServiceMember, TypeBody};
use atlas9_syntax::{format, parse};

/// The example of the language's design.
pub const BOOKSTORE: &str = include_str!("bookstore.atlas");

/// Every construct that the example does not have, laid out.
pub const CONSTRUCTS: &str = include_str!("constructs.atlas");

/// The declarations of both, each a file: short ones are quicker to read many times.
pub fn declarations() -> Vec<String> {
    let head = |part: &str| if part.contains("namespace") { "" } else { "namespace a\n\n" };
    let parts = BOOKSTORE.split_inclusive("\n}\n\n").chain(CONSTRUCTS.split_inclusive("\n\n"));
    parts.map(move |part| format!("{}{part}", head(part))).collect()
}

/// The findings as the command line shows them.
pub fn rendered(source: &str, diagnostics: &[Diagnostic]) -> String {
    let mut sources = SourceMap::new();
    sources.add("case.atlas", source);
    text(&sources, diagnostics, Color::Off)
}

/// The file's tree without places and comments.
pub fn tree(source: &str) -> String {
    let (mut file, diagnostics) = parse(FileId(0), source);
    assert_eq!(diagnostics, [], "in\n{source}");
    file.comments.clear();
    let mut shown = format!("{file:?}");
    while let Some(start) = shown.find("Span {") {
        let end = shown[start..].find('}').expect("a brace") + start + 1;
        shown.replace_range(start..end, "_");
    }
    shown
}

/// The texts of all comments, sorted.
pub fn comments(source: &str) -> Vec<String> {
    let mut all: Vec<String> = parse(FileId(0), source).0.comments.into_iter().map(|one| one.text).collect();
    all.sort();
    all
}

/// Formats, and holds what formatting promises: the same tree, every comment, and nothing left to change.
pub fn formatted(source: &str) -> String {
    let once = format(FileId(0), source).unwrap_or_else(|errors| panic!("{}", rendered(source, &errors)));
    assert_eq!(tree(source), tree(&once), "the tree changed from\n{source}\nto\n{once}");
    assert_eq!(comments(source), comments(&once), "comments were lost from\n{source}\nin\n{once}");
    let twice = format(FileId(0), &once);
    assert_eq!(twice.as_ref(), Ok(&once), "formatting again changes\n{once}");
    once
}

/// The names that a file declares, with `!` before broken ones.
pub fn outline(file: &File) -> String {
    let uses = file.uses.iter().map(|line| format!("use {}", line.path.text()));
    let items = file.items.iter().map(|item| match &item.kind {
        ItemKind::Service(service) => block(&service.name, service.members.iter().map(service_member)),
        ItemKind::Resource(resource) => block(&resource.name, resource.members.iter().map(member)),
        ItemKind::Mixin(mixin) => block(&mixin.name, mixin.members.iter().map(member)),
        ItemKind::Error(error) => block(&error.name, error.members.iter().map(member)),
        ItemKind::Enum(declared) => {
            let values = declared.values.iter().map(|value| value.name.text.clone());
            let reserved = declared.reserved.iter().map(names);
            block(&declared.name, values.chain(reserved).chain(declared.broken.iter().map(broken)))
        }
        ItemKind::Type(declared) => match &declared.body {
            TypeBody::Alias(_) => declared.name.text.clone(),
            TypeBody::Structure { members, .. } => block(&declared.name, members.iter().map(member)),
        },
        ItemKind::Union(declared) => {
            let variants = declared.variants.iter().map(|variant| variant.name.text.clone());
            let reserved = declared.reserved.iter().map(names);
            block(&declared.name, variants.chain(reserved).chain(declared.broken.iter().map(broken)))
        }
        ItemKind::Annotation(declared) => declared.name.text.clone(),
        ItemKind::Reserved(reserved) => names(reserved),
        ItemKind::Broken(declared) => broken(declared),
    });
    uses.chain(items).collect::<Vec<_>>().join("\n")
}

fn block(name: &Name, members: impl Iterator<Item = String>) -> String {
    format!("{} {{ {} }}", name.text, members.collect::<Vec<_>>().join(", "))
}

fn names(reserved: &Reserved) -> String {
    let names: Vec<&str> = reserved.names.iter().map(|name| name.text.as_str()).collect();
    format!("reserved {}", names.join(" "))
}

fn member(member: &Member) -> String {
    let entries = |word: &str, names: Vec<String>, lost: &[Broken]| {
        let all = names.into_iter().chain(lost.iter().map(broken));
        format!("{word} {{ {} }}", all.collect::<Vec<_>>().join(", "))
    };
    match member {
        Member::Field(field) => field.name.text.clone(),
        Member::Text(text) => text.name.text.clone(),
        Member::Operations(block) => {
            let names = block.entries.iter().map(|one| one.name.as_ref().unwrap_or(&one.verb).text.clone());
            let names = names.chain(block.reserved.iter().map(self::names));
            entries("operations", names.collect(), &block.broken)
        }
        Member::Rules(block) => {
            entries("rules", block.entries.iter().map(|one| one.name.text.clone()).collect(), &block.broken)
        }
        Member::Storage(block) => {
            entries("storage", block.entries.iter().map(|one| one.kind.text.clone()).collect(), &block.broken)
        }
        Member::Examples(block) => entries(
            "examples",
            block.entries.iter().map(|one| one.name.text.clone()).collect(),
            &block.broken,
        ),
        Member::Reserved(reserved) => names(reserved),
        Member::Broken(declared) => broken(declared),
    }
}

fn service_member(member: &ServiceMember) -> String {
    match member {
        ServiceMember::Setting(setting) => setting.name.text.clone(),
        ServiceMember::Auth(auth) => {
            let scopes = auth.scopes.iter().map(|scope| scope.name.text.clone());
            block(&auth.scheme, scopes.chain(auth.broken.iter().map(broken)))
        }
        ServiceMember::Operation(operation) => operation.name.as_ref().expect("a name").text.clone(),
        ServiceMember::Reserved(reserved) => names(reserved),
        ServiceMember::Broken(declared) => broken(declared),
    }
}

fn broken(broken: &Broken) -> String {
    let name = broken.name.as_ref().map_or("?", |name| name.text.as_str());
    format!("!{} {name}", broken.keyword).replace("! ", "!")
}
