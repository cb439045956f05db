//! Names as Go has them: exported ones begin with a capital, and some words are written in capitals.

use atlas9_ir::{Named, Operation, Resource, ResourceId};

use super::Plan;
use crate::names::{Target, called, pascal, reserved, snake};

/// Words that Go writes in capitals, sorted: <https://go.dev/wiki/CodeReviewComments#initialisms>, with those of its linters.
const INITIALISMS: [&str; 38] = [
    "acl", "api", "ascii", "cpu", "css", "dns", "eof", "guid", "html", "http", "https", "id", "ip", "json",
    "lhs", "qps", "ram", "rhs", "rpc", "sla", "smtp", "sql", "ssh", "tcp", "tls", "ttl", "udp", "ui", "uid",
    "uri", "url", "utf8", "uuid", "vm", "xml", "xmpp", "xsrf", "xss",
];

/// Names that a parameter would hide from the body of its function: packages, the function's own names, and predeclared ones.
const HIDDEN: [&str; 30] = [
    "any", "api", "append", "bool", "byte", "context", "ctx", "error", "false", "filter", "float64", "int",
    "int32", "int64", "items", "iter", "json", "len", "make", "new", "nil", "opt", "option", "opts",
    "params", "r", "rune", "string", "time", "true",
];

/// Names of packages that mean something else in the module or in its examples.
const TAKEN: [&str; 27] = [
    "api", "client", "context", "created", "ctx", "err", "errors", "filter", "fmt", "found", "http",
    "httptest", "internal", "invalid", "io", "iter", "json", "log", "main", "opt", "option", "os", "refused",
    "response", "testing", "time", "vendor",
];

/// The methods by which a structure that holds what is sensitive is printed without it.
pub const SHOWN: [&str; 3] = ["GoString", "LogValue", "String"];

/// A name in snake_case as an exported one: `AuthorID`.
pub fn exported(name: &str) -> String {
    let words = snake(name);
    let name: String = words.split('_').map(capital).collect();
    // Nothing is exported that begins with no letter.
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("X{name}") }
}

/// What a declaration is called as an exported name, which its author may say.
pub fn member(declaration: &impl Named) -> String {
    capitalised(&called(Target::Go, declaration, exported))
}

/// A name as that of a parameter, clear of what its function needs: `authorID`.
pub fn parameter(name: &str) -> String {
    let name = local(name);
    let taken = reserved(Target::Go, &name) || HIDDEN.contains(&name.as_str()) || name == "body";
    if taken { format!("{name}Key") } else { name }
}

/// The variable that examples keep one of a resource in, `book`, clear of what they are made with.
pub fn variable(plan: &Plan<'_>, resource: ResourceId) -> String {
    let name = local(&plan.ir.resources[resource].snake);
    let used = ["body", "client", "err", "errors", "fmt", "log", "response"].contains(&name.as_str())
        || name == plan.package;
    let taken = used || reserved(Target::Go, &name) || HIDDEN.contains(&name.as_str());
    if taken { "result".to_owned() } else { name }
}

/// A name as one that begins with a small letter.
fn local(name: &str) -> String {
    let words = snake(name);
    let mut words = words.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("x");
    let name: String = std::iter::once(first.to_owned()).chain(words.map(capital)).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("x{name}") } else { name }
}

/// The name of a type as declared where it is in the casing of types already: `ISBN` stays `ISBN`.
pub fn type_name(name: &str) -> String {
    let fits = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_');
    if fits { name.to_owned() } else { capitalised(&pascal(name)) }
}

/// What a declaration is called as a type, which its author may say.
pub fn type_of(declaration: &impl Named) -> String {
    capitalised(&called(Target::Go, declaration, type_name))
}

/// The name of a package in its clause: letters and digits alone.
pub fn package_name(package: &str) -> String {
    let name: String = package.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let begun = name.starts_with(|c: char| c.is_ascii_alphabetic());
    match !begun || reserved(Target::Go, &name) || TAKEN.contains(&name.as_str()) {
        true if begun => format!("{name}sdk"),
        true => format!("sdk{name}"),
        false => name,
    }
}

/// The client's field for a resource, `Books`.
pub fn field(resource: &Resource) -> String {
    exported(&resource.plural)
}

/// The method of an operation, `Publish`.
pub fn method(operation: &Operation) -> String {
    member(operation)
}

/// The names of one structure's fields, which all differ: where two would be the same, the later one has an underscore.
pub fn apart(names: impl IntoIterator<Item = String>, taken: &[&str]) -> Vec<String> {
    let mut used: Vec<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let first = used.len();
    for mut name in names {
        while used.contains(&name) {
            name.push('_');
        }
        used.push(name);
    }
    used.split_off(first)
}

fn capital(word: &str) -> String {
    match INITIALISMS.binary_search(&word) {
        Ok(_) => word.to_ascii_uppercase(),
        Err(_) => capitalised(word),
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exported_and_differ() {
        let check = |name: &str, expected: &str| assert_eq!(exported(name), expected, "{name}");
        check("author_id", "AuthorID");
        check("fooBar", "FooBar");
        check("2fa", "X2fa");
        check("_", "X");
        check("http_url", "HTTPURL");
        let names = ["foo_bar", "fooBar", "count", "_id", "id"].map(exported);
        let differ = apart(names, &["Count"]);
        assert_eq!(differ, ["FooBar", "FooBar_", "Count_", "ID", "ID_"]);
    }

    #[test]
    fn parameters_hide_nothing() {
        let check = |name: &str, expected: &str| assert_eq!(parameter(name), expected, "{name}");
        check("book_id", "bookID");
        check("id", "id");
        check("type", "typeKey");
        check("string", "stringKey");
        check("2fa", "x2fa");
    }

    #[test]
    fn words_can_be_searched() {
        assert!(INITIALISMS.is_sorted());
    }

    #[test]
    fn package_names_are_no_words_of_go() {
        let check = |package: &str, name: &str| assert_eq!(package_name(package), name);
        check("book-store", "bookstore");
        check("type", "typesdk");
        check("option", "optionsdk");
        check("2fa", "sdk2fa");
    }
}
