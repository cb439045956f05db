//! Names as Python has them. Fields keep the name that they have on the wire.

use atlas9_ir::{Field, Named, Operation, Resource};

use crate::names::{Target, called, pascal, reserved, snake};

/// Words that mean something only where the grammar expects them, and are names elsewhere.
const SOFT: [&str; 3] = ["case", "match", "type"];

/// What every object has. A member of that name would change what the object does.
const SPECIAL: [&str; 25] = [
    "__class__",
    "__del__",
    "__delattr__",
    "__dict__",
    "__dir__",
    "__doc__",
    "__eq__",
    "__format__",
    "__from_json__",
    "__getattr__",
    "__getattribute__",
    "__hash__",
    "__hidden__",
    "__init__",
    "__init_subclass__",
    "__json__",
    "__module__",
    "__ne__",
    "__new__",
    "__reduce__",
    "__repr__",
    "__setattr__",
    "__slots__",
    "__some_from_json__",
    "__str__",
];

/// What a field is called as an attribute, and as an argument.
pub fn attribute(field: &Field) -> String {
    identifier(&called(Target::Python, field, |_| field.wire.clone()))
}

/// The method of an operation, `publish`.
pub fn method(operation: &Operation) -> String {
    identifier(&called(Target::Python, operation, snake))
}

/// The client's attribute for a resource, `books`.
pub fn property(resource: &Resource) -> String {
    identifier(&snake(&resource.plural))
}

/// A name in a path as that of an argument.
pub fn parameter(name: &str) -> String {
    identifier(&snake(name))
}

/// The variable that examples keep the client in, `bookstore`.
pub fn client(service: &str) -> String {
    identifier(&snake(service))
}

/// The variable that examples keep one of a resource in, `book`.
pub fn variable(resource: &Resource) -> String {
    identifier(&resource.snake)
}

/// The name of a type as declared where it is in the casing of types already: `ISBN` stays `ISBN`.
pub fn type_name(name: &str) -> String {
    let fits = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_');
    identifier(&if fits { name.to_owned() } else { pascal(name) })
}

/// What a declaration is called as a type, which its author may say.
pub fn type_of(declaration: &impl Named) -> String {
    called(Target::Python, declaration, type_name)
}

/// The name, clear of Python's words and of what every object has.
pub fn identifier(name: &str) -> String {
    let keyword = reserved(Target::Python, name) && !SOFT.contains(&name);
    match name {
        name if keyword || SPECIAL.contains(&name) => format!("{name}_"),
        // Within a class such a name becomes another one.
        name if name.starts_with("__") && !name.ends_with("__") => {
            name.trim_start_matches('_').to_owned() + "_"
        }
        name if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) => format!("_{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_words_of_python() {
        let check = |name: &str, expected: &str| assert_eq!(identifier(name), expected, "{name}");
        check("class", "class_");
        check("type", "type");
        check("self", "self");
        check("2fa", "_2fa");
        check("__proto__", "__proto__");
        check("__init__", "__init___");
        check("__hidden", "hidden_");
        assert_eq!(type_name("None"), "None_");
        assert_eq!(type_name("book_status"), "BookStatus");
    }
}
