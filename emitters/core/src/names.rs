//! Names in the casings of the targets, clear of their reserved words.

use atlas9_ir::Named;
pub use atlas9_ir::{Target, reserved};
use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// `BookStatus`
pub fn pascal(name: &str) -> String {
    match name {
        name if is_plain(name) => joined(name, true),
        name if is_humped(name) => name.to_owned(),
        name => name.to_upper_camel_case(),
    }
}

/// `bookStatus`
pub fn camel(name: &str) -> String {
    if is_plain(name) { joined(name, false) } else { name.to_lower_camel_case() }
}

/// `book_status`
pub fn snake(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { name.to_snake_case() }
}

/// Whether a name is in snake_case already, as nearly all of a schema are. Heck, which looks at each letter's case and writes
/// words through a formatter, would take a fifth of a check for them.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(is_plain) && !name.starts_with('_') && !name.ends_with('_') && !name.contains("__")
}

/// Whether a name is in PascalCase already, and each of its words a capital and small letters.
fn is_humped(name: &str) -> bool {
    let bytes = name.as_bytes();
    let follows = |pair: &[u8]| match pair {
        [before, next] if next.is_ascii_uppercase() => before.is_ascii_lowercase(),
        [_, next] => next.is_ascii_alphanumeric(),
        _ => true,
    };
    bytes.first().is_some_and(u8::is_ascii_uppercase) && bytes.windows(2).all(follows)
}

/// The words of a name in snake_case as one, each with a capital, the first one too where `capital` says so.
fn joined(name: &str, mut capital: bool) -> String {
    let mut joined = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '_' => capital = true,
            letter => {
                joined.push(if capital { letter.to_ascii_uppercase() } else { letter });
                capital = false;
            }
        }
    }
    joined
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

/// The name of a declaration in the target: what its author calls it there (`@name(python: "kind")`), else what its own name
/// becomes.
pub fn called(target: Target, declaration: &impl Named, otherwise: impl FnOnce(&str) -> String) -> String {
    match declaration.names().get(target) {
        Some(given) => given.to_owned(),
        None => otherwise(declaration.name()),
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
    fn names_that_need_no_work_are_what_heck_makes_of_them() {
        let names = ["a", "a_b", "price_2_go", "x1_y2", "_a", "a_", "a__b", "2_a", "book_status", ""];
        let humped = [
            "A",
            "Ab",
            "BookStatus",
            "Isbn10",
            "Isbn10Code",
            "HTTPServer",
            "B2B",
            "AbC",
            "A_b",
            "ABc",
            "Ab_",
            "aB",
        ];
        for name in names.into_iter().chain(humped) {
            assert_eq!(pascal(name), name.to_upper_camel_case(), "{name}");
            assert_eq!(camel(name), name.to_lower_camel_case(), "{name}");
            assert_eq!(snake(name), name.to_snake_case(), "{name}");
        }
    }

    #[test]
    fn identifiers_are_clear_of_reserved_words() {
        assert_eq!(identifier(Target::Rust, "type"), "type_");
        assert_eq!(identifier(Target::TypeScript, "default"), "default_");
        assert_eq!(identifier(Target::Python, "2fa"), "_2fa");
        assert_eq!(identifier(Target::Go, "title"), "title");
    }
}
