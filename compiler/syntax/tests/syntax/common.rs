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
    let mut file = parse(FileId(0), source).0;
    file.comments.clear();
    let mut shown = format!("{file:?}");
    while let Some(start) = shown.find("Span {") {
        let end = shown[start..].find('}').expect("a brace") + start + 1;
        shown.replace_range(start..end, "_");
    }
    shown
}

/// The texts of all comments, sorted.
fn comments(source: &str) -> Vec<String> {
    let mut all: Vec<String> = parse(FileId(0), source).0.comments.into_iter().map(|one| one.text).collect();
    all.sort();
    all
}

/// The words and signs, without comments and what may be left out: commas, empty parentheses.
fn tokens(source: &str) -> Vec<String> {
    let mut code = source.trim_start_matches('\u{feff}').to_owned();
    let shift = source.len() - code.len();
    for comment in parse(FileId(0), source).0.comments.iter().rev() {
        let place = comment.span.range();
        code.replace_range(place.start - shift..place.end - shift, " ");
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in code.replace(',', " ").chars() {
        match tokens.last_mut() {
            Some(word) if is_word(last) && is_word(c) => word.push(c),
            Some(open) if open == "(" && c == ')' => drop(tokens.pop()),
            _ if c.is_whitespace() => {}
            _ => tokens.push(c.to_string()),
        }
        last = c;
    }
    tokens
}

/// What is said of a file, wherever it stands, and the lines on which it does.
fn said(source: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |at: usize| source[..at].rfind('\n').map_or(0, |at| at + 1);
    let said = diagnostics.iter().map(|told| {
        let place = told.span.expect("a place").range();
        let end = source[place.end..].find('\n').map_or(source.len(), |at| place.end + at);
        let labels: Vec<&str> = told.labels.iter().map(|label| label.text.as_str()).collect();
        let at = &source[line(place.start)..end];
        format!("{} {} {} {:?} {labels:?} at {at:?}", told.code, told.message, told.label, told.help)
    });
    said.collect()
}

/// Formats, and holds what formatting promises: the same words, the same tree, every comment, nothing left to change, and of a file
/// with mistakes the same findings on the same lines.
pub fn formatted(source: &str) -> String {
    let (once, diagnostics) = format(FileId(0), source);
    assert_eq!(tokens(source), tokens(&once), "words were lost from\n{source}\nin\n{once}");
    assert_eq!(tree(source), tree(&once), "the tree changed from\n{source}\nto\n{once}");
    assert_eq!(comments(source), comments(&once), "comments were lost from\n{source}\nin\n{once}");
    let (twice, again) = format(FileId(0), &once);
    assert_eq!(twice, once, "formatting again changes\n{once}\nwhich was\n{source}");
    let (before, after) = (said(source, &diagnostics), said(&once, &again));
    assert_eq!(before, after, "something else is said of\n{source}\nand of\n{once}");
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
