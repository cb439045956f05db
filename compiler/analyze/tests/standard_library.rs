//! The standard library says what everything is for, its page of the reference has all of it, and its patterns take what they
//! should and nothing else.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use atlas9_analyze::analyze_texts;
use atlas9_diagnostics::SourceMap;
use atlas9_ir::{Field, Ir, Scalar, TypeDeclKind, TypeKind};
use atlas9_syntax::ast::{Docs, File, Item, ItemKind, Member, TypeBody};
use regex::Regex;

/// Uses the type in a package of its own; the model.
fn used(path: &str) -> Ir {
    let text = format!("namespace shop\ntype Use {{ it: {path} }}\n");
    let (_, ir, diagnostics) = analyze_texts(&[("shop.atlas", &text)]);
    assert_eq!(diagnostics, [], "{path}");
    ir.expect("a model")
}

/// Which of the texts a declared string takes.
fn takes<'t>(path: &str, texts: &[&'t str]) -> Vec<&'t str> {
    let ir = used(path);
    let decl = ir.types.values().next().expect("the type is in the model");
    let TypeDeclKind::Alias(ty) = &decl.kind else { return Vec::new() };
    let TypeKind::Scalar(Scalar::String { length, pattern: Some(pattern) }) = &ty.kind else {
        return Vec::new();
    };
    let bound = |bound: &Option<String>| bound.as_ref().and_then(|text| text.parse::<usize>().ok());
    let (min, max) =
        (bound(&length.min).expect("a least length"), bound(&length.max).expect("a greatest length"));
    let pattern = Regex::new(pattern).expect("a pattern");
    let fits = |text: &&&str| (min..=max).contains(&text.chars().count()) && pattern.is_match(text);
    texts.iter().filter(fits).copied().collect()
}

#[test]
fn patterns_take_what_they_should() {
    let long = format!("{}@{}.org", "a".repeat(60), "b".repeat(190));
    let right: [(&str, &[&str]); 5] = [
        (
            "std.text.Email",
            &["ada@example.org", "a.b+c@mail.example.co.uk", "o'neil@x-y.io", "root@localhost"],
        ),
        (
            "std.text.Url",
            &[
                "https://example.org",
                "http://localhost:8080/a?b=c&d=%20#e",
                "https://[2001:db8::1]/x",
                "https://xn--bcher-kva.example/~me/",
            ],
        ),
        ("std.text.Slug", &["a", "dune-2", "the-left-hand-of-darkness"]),
        ("std.text.CountryCode", &["DE", "JP"]),
        (
            "std.text.LanguageTag",
            &[
                "de",
                "pt-BR",
                "zh-Hant-TW",
                "es-419",
                "sl-rozaj-biske",
                "de-CH-1901",
                "zh-yue",
                "en-US-u-ca-gregory",
                "en-x-me",
            ],
        ),
    ];
    let wrong: [(&str, &[&str]); 5] = [
        (
            "std.text.Email",
            &["ada", "@example.org", "ada@", "a b@x.org", "ada@-x.org", "ada@x.org\n", "ä@x.org", &long],
        ),
        (
            "std.text.Url",
            &[
                "example.org",
                "ftp://example.org",
                "https://",
                "https:///x",
                "https://a b",
                "javascript:alert(1)",
                "https://x/\"",
                "https://x/%2",
                "https://é.org",
            ],
        ),
        ("std.text.Slug", &["", "-a", "a-", "a--b", "A", "a_b", "é"]),
        ("std.text.CountryCode", &["de", "DEU", "D", "D1", "DE\n"]),
        (
            "std.text.LanguageTag",
            &["", "d", "de_CH", "de-", "i-klingon", "x-me", "de-u", "abcdefghi", "de-1"],
        ),
    ];
    for (path, texts) in right {
        assert_eq!(takes(path, texts), texts, "{path}");
    }
    for (path, texts) in wrong {
        assert_eq!(takes(path, texts), [""; 0], "{path}");
    }
}

#[test]
fn coordinates_have_bounds() {
    let ir = used("std.geo.Point");
    let bounds = ir.types.values().filter_map(|decl| match &decl.kind {
        TypeDeclKind::Alias(ty) => match &ty.kind {
            TypeKind::Scalar(Scalar::Float64 { range }) => Some((range.min.clone()?, range.max.clone()?)),
            _ => None,
        },
        _ => None,
    });
    let bounds: Vec<(String, String)> = bounds.collect();
    assert_eq!(bounds, [("-90".to_owned(), "90".to_owned()), ("-180".to_owned(), "180".to_owned())]);
    let point = ir.types.values().find(|decl| decl.name == "Point").expect("the point is there");
    let TypeDeclKind::Structure { fields, .. } = &point.kind else { return };
    let names: Vec<&str> = fields.iter().map(|field: &Field| field.name.as_str()).collect();
    assert_eq!(names, ["latitude", "longitude"]);
}

#[test]
fn everything_is_documented() {
    let mut sources = SourceMap::new();
    let (files, problems) = atlas9_analyze::standard_library(&mut sources);
    assert_eq!(problems, []);
    let mut silent = Vec::new();
    for file in &files {
        let namespace = file.namespace.as_ref().expect("a namespace");
        let mut hear = |name: &str, docs: &Docs| {
            if docs.lines.is_empty() {
                silent.push(format!("{}.{name}", namespace.path.text()));
            }
        };
        hear("", &namespace.docs);
        for item in &file.items {
            let (name, members): (&str, &[Member]) = match &item.kind {
                ItemKind::Type(decl) => match &decl.body {
                    TypeBody::Structure { members, .. } => (&decl.name.text, members),
                    TypeBody::Alias(_) => (&decl.name.text, &[]),
                },
                ItemKind::Enum(decl) => (&decl.name.text, &[]),
                ItemKind::Mixin(mixin) => (&mixin.name.text, &mixin.members),
                ItemKind::Error(error) => (&error.name.text, &error.members),
                _ => ("something else than types, enums, mixins and errors", &[]),
            };
            hear(name, &item.docs);
            for member in members {
                if let Member::Field(field) = member {
                    hear(&format!("{name}.{}", field.name.text), &field.docs);
                }
            }
        }
    }
    assert_eq!(silent, [""; 0]);
}

/// Whatever is declared can be used.
#[test]
fn everything_can_be_used() {
    let text = "namespace shop\n\nuse std.errors.*\nuse std.geo.*\nuse std.jobs.*\nuse std.money.*\nuse std.paging.*\n\
                use std.text.*\nuse std.time.*\n\nresource Export with Job, Audited {\n    id: uuid @key\n\n    \
                operations {\n        list\n        get raises JobEnded\n    }\n}\n\n\
                type Some with CursorPage {\n    items: [Point]\n}\n\ntype Numbered with NumberedPage {\n    price: Money\n}\n";
    let (_, ir, diagnostics) = analyze_texts(&[("shop.atlas", text)]);
    assert_eq!(diagnostics, []);
    let ir = ir.expect("a model");
    assert!(ir.types.values().any(|decl| decl.name == "JobFailure"));
}

/// A line of a table of the page.
fn row(name: &str, what: &str, says: &str) -> String {
    format!("| `{name}` | {} | {} |\n", what.replace('|', "\\|"), says.replace('|', "\\|"))
}

/// Source text as Markdown shows it, whatever its columns.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// The lines of a declaration and its members.
fn rows(sources: &SourceMap, item: &Item) -> String {
    let of_members = |name: &str, members: &[Member]| {
        let fields = members.iter().filter_map(|member| match member {
            Member::Field(field) => Some(field),
            _ => None,
        });
        let rows = fields.map(|field| {
            let (_, ty) = sources.slice(field.span).split_once(':').expect("a type stands behind the name");
            row(&format!("{name}.{}", field.name.text), &code(ty), &field.docs.lines.join(" "))
        });
        rows.collect::<String>()
    };
    let (name, what, members) = match &item.kind {
        ItemKind::Type(decl) => match &decl.body {
            TypeBody::Structure { members, .. } => {
                (&decl.name.text, "structure".to_owned(), of_members(&decl.name.text, members))
            }
            TypeBody::Alias(ty) => (&decl.name.text, code(sources.slice(ty.span)), String::new()),
        },
        ItemKind::Enum(decl) => {
            let values = decl.values.iter().map(|value| {
                let says = value.text.as_ref().map_or("", |text| text.value.as_str());
                row(&format!("{}.{}", decl.name.text, value.name.text), "value", says)
            });
            (&decl.name.text, "enum".to_owned(), values.collect())
        }
        ItemKind::Mixin(mixin) => {
            (&mixin.name.text, "mixin".to_owned(), of_members(&mixin.name.text, &mixin.members))
        }
        ItemKind::Error(error) => {
            let what = format!("error, `{}`", error.kind.text);
            (&error.name.text, what, of_members(&error.name.text, &error.members))
        }
        _ => return String::new(),
    };
    row(name, &what, &item.docs.lines.join(" ")) + &members
}

/// The section of a namespace, with what its table is now.
fn section(sources: &SourceMap, file: &File, then: &str) -> String {
    let rows: String = file.items.iter().map(|item| rows(sources, item)).collect();
    let (before, rest) = then.split_once("\n|").expect("a table");
    let (_, after) = rest.split_once("\n\n").expect("something behind the table");
    format!("{before}\n| name | is | says |\n|---|---|---|\n{rows}\n{after}")
}

#[test]
fn the_page_has_every_declaration() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference/standard-library.md");
    let then = fs::read_to_string(&path).expect("the page can be read");
    let mut sources = SourceMap::new();
    let (files, _) = atlas9_analyze::standard_library(&mut sources);
    let mut parts = then.split("\n## ");
    let mut now = parts.next().expect("an introduction").to_owned();
    let mut told = 0;
    for part in parts {
        let name = part.lines().next().expect("a heading");
        let of = |file: &&File| file.namespace.as_ref().is_some_and(|it| it.path.text() == name);
        let file = files.iter().find(of).expect(name);
        now += &format!("\n## {}", section(&sources, file, part));
        told += 1;
        let shown: String =
            part.split("```atlas\n").skip(1).filter_map(|it| it.split("```").next()).collect();
        let used = shown.lines().filter(|line| !line.starts_with("use "));
        let words: Vec<&str> =
            used.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_')).collect();
        // Whatever is no member. One of the errors shows how all of them are used.
        let rows: String = file.items.iter().map(|item| rows(&sources, item)).collect();
        let names = rows.split("\n| `").filter_map(|row| row.trim_start_matches("| `").split('`').next());
        let names = names.filter(|it| name != "std.errors" && !it.contains('.'));
        let unused = names.filter(|name| !words.contains(name));
        assert_eq!(unused.collect::<Vec<_>>(), [""; 0], "{name}");
    }
    assert_eq!(told, files.len(), "a heading for each namespace");
    if now != then && std::env::var_os("UPDATE").is_some() {
        fs::write(path, now).expect("the page can be written");
    } else {
        assert!(now == then, "run UPDATE=1 cargo test -p atlas9-analyze\n{now}");
    }
}
