//! What expressions can do: filters, tests, and how much of either.

use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

use heck::{
    ToKebabCase as _, ToLowerCamelCase as _, ToPascalCase as _, ToShoutySnakeCase as _, ToSnakeCase as _,
};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use regex::{Regex, RegexBuilder};

/// How many steps an expression may take for one declaration; a step also pays for 64 bytes that it makes.
const FUEL: u64 = 10_000;

/// How deep an expression may nest.
const DEPTH: usize = 50;

/// The most bytes of a compiled regular expression.
const MAX_REGEX: usize = 1 << 18;

/// How many regular expressions are kept.
const KEPT: usize = 64;

/// The filters, `name|snake_case`, with what each makes.
pub const FILTERS: &[(&str, &str)] = &[
    ("camel_case", "The text in `camelCase`."),
    ("capitalize", "The text with its first letter in upper case and the others in lower case."),
    ("default", "The value, or another one where it is undefined: `annotations.owner|default('nobody')`."),
    ("first", "The first item or character."),
    ("join", "The items as one text: `fields|join(', ')`."),
    ("kebab_case", "The text in `kebab-case`."),
    ("last", "The last item or character."),
    ("length", "How many items or characters there are."),
    ("lines", "The lines of a text."),
    ("list", "The items as a list."),
    ("lower", "The text in lower case."),
    ("map", "The items, each after a filter: `fields|map('upper')`."),
    ("max", "The greatest item."),
    ("min", "The least item."),
    ("pascal_case", "The text in `PascalCase`."),
    ("reject", "The items for which a test does not hold: `fields|reject('endingwith', '_id')`."),
    ("replace", "The text with a part replaced: `name|replace('_', ' ')`."),
    ("select", "The items for which a test holds: `fields|select('endingwith', '_id')`."),
    ("shouty_case", "The text in `SHOUTY_CASE`."),
    ("snake_case", "The text in `snake_case`."),
    ("sort", "The items, sorted."),
    ("split", "The parts of a text: `name|split('_')`."),
    ("trim", "The text without spaces and line ends around it."),
    ("unique", "The items, each once."),
    ("upper", "The text in upper case."),
];

/// The tests, `name is startingwith('x')`, with what each asks.
pub const TESTS: &[(&str, &str)] = &[
    ("defined", "Whether there is a value: `annotations.owner is defined`."),
    ("endingwith", "Whether the text ends so."),
    ("eq", "Whether the values are the same, as `==`; for `select`."),
    ("false", "Whether it is `false`."),
    ("in", "Whether it is among those, as the operator `in`; for `select`."),
    ("lower", "Whether the text is in lower case."),
    ("matching", "Whether a part of the text matches a regular expression: `name is matching('^[a-z]+$')`."),
    ("ne", "Whether the values differ, as `!=`; for `select`."),
    ("none", "Whether it is `none`."),
    ("number", "Whether it is a number."),
    ("startingwith", "Whether the text begins so."),
    ("string", "Whether it is a text."),
    ("true", "Whether it is `true`."),
    ("undefined", "Whether there is no value."),
    ("upper", "Whether the text is in upper case."),
];

/// Where all expressions are compiled.
pub(crate) static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

fn environment() -> Environment<'static> {
    let mut made = Environment::new();
    // An annotation that is not there is as good as false, but has no arguments.
    made.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    made.set_fuel(Some(FUEL));
    made.set_recursion_limit(DEPTH);
    // What goes wrong tells where.
    made.set_debug(true);
    let globals: Vec<String> = made.globals().map(|(name, _)| name.to_owned()).collect();
    globals.iter().for_each(|global| made.remove_global(global));
    made.add_filter("camel_case", |text: &str| text.to_lower_camel_case());
    made.add_filter("kebab_case", |text: &str| text.to_kebab_case());
    made.add_filter("pascal_case", |text: &str| text.to_pascal_case());
    made.add_filter("shouty_case", |text: &str| text.to_shouty_snake_case());
    made.add_filter("snake_case", |text: &str| text.to_snake_case());
    made.add_test("matching", matching);
    made
}

fn matching(text: &str, pattern: &str) -> Result<bool, Error> {
    static COMPILED: LazyLock<RwLock<HashMap<String, Regex>>> = LazyLock::new(RwLock::default);
    if let Ok(kept) = COMPILED.read()
        && let Some(regex) = kept.get(pattern)
    {
        return Ok(regex.is_match(text));
    }
    let made = regex(pattern).map_err(|why| Error::new(ErrorKind::InvalidOperation, why))?;
    let found = made.is_match(text);
    if let Ok(mut kept) = COMPILED.write() {
        // Patterns that are made of names could be endlessly many.
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), made);
    }
    Ok(found)
}

/// A regular expression, or why there is none.
pub(crate) fn regex(pattern: &str) -> Result<Regex, String> {
    let made = RegexBuilder::new(pattern).size_limit(MAX_REGEX).dfa_size_limit(MAX_REGEX).build();
    made.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => format!("the pattern `{pattern}` is too large"),
        error => {
            let shown = error.to_string();
            let last = shown.lines().last().unwrap_or_default();
            format!("`{pattern}` is not a regular expression: {}", last.trim_start_matches("error: "))
        }
    })
}
