//! The kinds of entry that can be broken: the words that begin them and how one is written.

use super::Rule;

/// What an entry was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Item,
    Member,
    ServiceMember,
    Described,
    Operation,
    Rule,
    Index,
    Example,
}

pub(super) const ITEMS: &[&str] =
    &["namespace", "use", "service", "resource", "type", "enum", "closed", "mixin", "error"];
pub(super) const BLOCKS: &[&str] = &["operations", "rules", "storage", "examples"];
pub(super) const INDICES: &[&str] = &["index", "unique"];
/// The verbs of operations, and behind them the words of clauses.
const OPERATIONS: [&str; 21] = [
    "list",
    "get",
    "create",
    "update",
    "replace",
    "delete",
    "undelete",
    "action",
    "filter",
    "sort",
    "search",
    "expand",
    "paginate",
    "idempotent",
    "soft",
    "moves",
    "sets",
    "raises",
    "requires",
    "public",
    "else",
];
pub(super) const VERBS: &[&str] = OPERATIONS.split_at(8).0;
pub(super) const CLAUSES: &[&str] = OPERATIONS.split_at(8).1;

/// Words of the language's design that this version does not read yet.
pub(super) const PLANNED: &[&str] =
    &["singleton", "union", "annotation", "operation", "query", "collection", "reserved"];

/// Annotations, for those who forget the at sign.
pub(super) const ANNOTATIONS: &[&str] = &[
    "key",
    "unique",
    "readonly",
    "writeonly",
    "immutable",
    "internal",
    "sensitive",
    "requires",
    "deprecated",
    "added",
    "renamed",
    "on_delete",
    "on_update",
    "header",
    "allow",
];

impl Shape {
    /// The rule that matches one entry and nothing else.
    pub fn lone(self) -> Rule {
        match self {
            Shape::Item => Rule::lone_item,
            Shape::Member => Rule::lone_member,
            Shape::ServiceMember => Rule::lone_service_member,
            Shape::Described => Rule::lone_described,
            Shape::Operation => Rule::lone_operation,
            Shape::Rule => Rule::lone_rule,
            Shape::Index => Rule::lone_index,
            Shape::Example => Rule::lone_example,
        }
    }

    /// The words one of which must begin the entry, and what the entry is called.
    pub fn keywords(self) -> Option<(&'static [&'static str], &'static str)> {
        match self {
            Shape::Item => Some((ITEMS, "a declaration")),
            Shape::Operation => Some((VERBS, "an operation")),
            Shape::Index => Some((INDICES, "an index")),
            _ => None,
        }
    }

    /// The words of which a misspelt one may have been meant.
    pub fn candidates(self) -> &'static [&'static str] {
        match self {
            Shape::Operation => &OPERATIONS,
            _ => self.keywords().map_or(BLOCKS, |(known, _)| known),
        }
    }

    /// What must follow a word on its own line.
    pub fn follows(self, word: &str) -> Option<&'static str> {
        Some(match (self, word) {
            (Shape::Operation, "requires") => "a scope",
            (Shape::Operation, "raises") => "an error",
            (Shape::Operation, "paginate") => "`cursor` or `page`",
            (Shape::Operation, "sets" | "moves") => "a field",
            (Shape::Item, "namespace" | "use") => "a name",
            (Shape::ServiceMember, _) => "a value",
            (_, "ref") => "the name of a resource",
            _ => return None,
        })
    }

    /// What stands behind the colon that follows the entry's name.
    pub fn behind_colon(self) -> &'static str {
        match self {
            Shape::Item => "`:` and a kind",
            Shape::Member => "`:` and a type",
            Shape::Rule => "`:` and a condition",
            _ => "`:`",
        }
    }

    /// How the entry is written, for one that begins with `word`.
    pub fn example(self, word: &str) -> &'static str {
        match (self, word) {
            (Shape::Item, "namespace") => "write `namespace bookstore`",
            (Shape::Item, "use") => {
                "write `use std.money.Money`, `use std.errors.*` or `use std.text.{Email, Url}`"
            }
            (Shape::Item, "service") => "write `service Bookstore { ... }`",
            (Shape::Item, "resource") => {
                "write `resource Book { ... }`, or `resource Review in Book with Audited { ... }`"
            }
            (Shape::Item, "type") => "write `type Price { ... }` or `type Isbn = string(..=13)`",
            (Shape::Item, "enum" | "closed") => "write `enum Status { ... }` or `closed enum Status { ... }`",
            (Shape::Item, "mixin") => "write `mixin Audited { ... }`",
            (Shape::Item, "error") => "write `error SoldOut: conflict { ... }`",
            (Shape::Item, _) => {
                "a declaration begins with a word such as `resource`, `type`, `enum` or `error`"
            }
            (Shape::Member, "operations" | "rules" | "storage" | "examples") => {
                "a block is its word and braces: `operations { list get }`"
            }
            (Shape::Member, "message" | "remedy") => "write `message \"What went wrong.\"`",
            (Shape::Member, _) => {
                "a field is written `name: type`, then `= default` and annotations such as `@unique`"
            }
            (Shape::ServiceMember, "auth") => "write `auth bearer { books_read \"Read books.\" }`",
            (Shape::ServiceMember, _) => "a setting is a word and its values: `version \"1.0.0\"`",
            (Shape::Described, _) => "write a name and its meaning: `draft \"Not yet visible.\"`",
            (Shape::Operation, "action") => "write `action publish(at: timestamp) -> Book`, then its clauses",
            (Shape::Operation, _) => {
                "an operation is a verb and its clauses: `list sort(name) requires books_read`"
            }
            (Shape::Rule, _) => "a rule is written `name: condition \"What it means.\"`",
            (Shape::Index, _) => "write `index (author_id, created_at)` or `unique (isbn)`",
            (Shape::Example, _) => "an example is written `name { field: value, field: value }`",
        }
    }
}
