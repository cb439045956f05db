//! Names in the casings of the targets, clear of their reserved words.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A target whose words names must not clash with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the targets")]
pub enum Target {
    Rust,
    TypeScript,
    Python,
    Go,
    Sql,
}

/// `BookStatus`
pub fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// `bookStatus`
pub fn camel(name: &str) -> String {
    name.to_lower_camel_case()
}

/// `book_status`
pub fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// `book-status`
pub fn kebab(name: &str) -> String {
    name.to_kebab_case()
}

/// `BOOK_STATUS`
pub fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// `Already published`, from `already_published` or `AlreadyPublished`.
pub fn sentence(name: &str) -> String {
    let words = name.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// The name as an identifier of the target: an underscore behind a reserved word, one before a leading digit.
///
/// The name itself is in the casing that the caller wants; letters other than ASCII letters, digits and `_` cannot occur
/// in names of the language.
pub fn identifier(target: Target, name: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        return format!("_{name}");
    }
    match reserved(target, name) {
        true => format!("{name}_"),
        false => name.to_owned(),
    }
}

/// True when the word means something else in the target.
pub fn reserved(target: Target, word: &str) -> bool {
    words(target).contains(&word)
}

fn words(target: Target) -> &'static [&'static str] {
    match target {
        Target::Rust => RUST,
        Target::TypeScript => TYPESCRIPT,
        Target::Python => PYTHON,
        Target::Go => GO,
        Target::Sql => SQL,
    }
}

/// The Rust Reference, keywords: strict, reserved and weak, edition 2024.
const RUST: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// ECMA-262, reserved words, with those of strict mode and modules.
const TYPESCRIPT: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// The Python Language Reference, keywords and soft keywords.
const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while", "with",
    "yield",
];

/// The Go Programming Language Specification, keywords.
const GO: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// PostgreSQL, appendix C (reserved, and reserved except function or type), and SQLite's keywords that need quotes.
const SQL: &[&str] = &[
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "commit",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "index",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casings_of_awkward_names() {
        let check = |name: &str, expected: [&str; 4]| {
            assert_eq!(
                [pascal(name), camel(name), snake(name), sentence(name)],
                expected.map(str::to_owned),
                "{name}"
            );
        };
        check(
            "already_published",
            ["AlreadyPublished", "alreadyPublished", "already_published", "Already published"],
        );
        check("isbn10", ["Isbn10", "isbn10", "isbn10", "Isbn10"]);
        check("HTTPServer", ["HttpServer", "httpServer", "http_server", "Http server"]);
        check("2fa", ["2fa", "2fa", "2fa", "2fa"]);
    }

    #[test]
    fn identifiers_are_clear_of_reserved_words() {
        assert_eq!(identifier(Target::Rust, "type"), "type_");
        assert_eq!(identifier(Target::TypeScript, "default"), "default_");
        assert_eq!(identifier(Target::Python, "2fa"), "_2fa");
        assert_eq!(identifier(Target::Go, "title"), "title");
    }
}
