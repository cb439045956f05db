//! The kinds of entry that can be broken: the words that begin them and how one is written.

use atlas9_diagnostics::{Code, codes};

use super::Rule;

/// What an entry was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Item,
    Member,
    ServiceMember,
    /// An operation of the service.
    ServiceOperation,
    Value,
    Variant,
    Scope,
    Operation,
    Rule,
    Index,
    Example,
}

pub(super) const ITEMS: &[&str] = &[
    "namespace",
    "use",
    "service",
    "resource",
    "singleton",
    "type",
    "enum",
    "union",
    "closed",
    "mixin",
    "error",
    "annotation",
    "reserved",
];
pub(super) const BLOCKS: &[&str] = &["operations", "rules", "storage", "examples"];
/// The words of a service that are no settings.
pub(super) const SERVICE: &[&str] = &["auth", "operation", "reserved"];
pub(super) const INDICES: &[&str] = &["index", "unique"];
/// The words that begin an entry of `operations`, and behind them the words of clauses.
const WORDS: [&str; 29] = [
    "list",
    "get",
    "create",
    "update",
    "replace",
    "delete",
    "undelete",
    "action",
    "query",
    "collection",
    "reserved",
    "filter",
    "sort",
    "search",
    "expand",
    "fields",
    "paginate",
    "idempotent",
    "conditional",
    "soft",
    "force",
    "batch",
    "moves",
    "sets",
    "raises",
    "requires",
    "public",
    "at",
    "else",
];
/// The standard operations.
pub(super) const VERBS: &[&str] = WORDS.split_at(7).0;
pub(super) const OPERATIONS: &[&str] = WORDS.split_at(11).0;
pub(super) const CLAUSES: &[&str] = WORDS.split_at(11).1;
/// Those of them that begin one; `else` goes on with one.
pub(super) const CLAUSE_STARTS: &[&str] = CLAUSES.split_at(17).0;

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
            Shape::ServiceMember | Shape::ServiceOperation => Rule::lone_service_member,
            Shape::Value => Rule::lone_value,
            Shape::Variant => Rule::lone_variant,
            Shape::Scope => Rule::lone_scope,
            Shape::Operation => Rule::lone_operation,
            Shape::Rule => Rule::lone_rule,
            Shape::Index => Rule::lone_index,
            Shape::Example => Rule::lone_example,
        }
    }

    /// The words one of which must begin the entry, what the entry is called, and the code of an unknown word.
    pub fn keywords(self) -> Option<(&'static [&'static str], &'static str, Code)> {
        match self {
            Shape::Item => Some((ITEMS, "a declaration", codes::E0105)),
            Shape::Operation => Some((OPERATIONS, "an operation", codes::E0114)),
            Shape::Index => Some((INDICES, "an index", codes::E0116)),
            _ => None,
        }
    }

    /// Whether such entries have parameters and clauses.
    pub fn has_operations(self) -> bool {
        matches!(self, Shape::Operation | Shape::ServiceOperation)
    }

    /// The words of which a misspelt one may have been meant, where it is none of the known ones.
    pub fn candidates(self, known: &'static [&'static str]) -> &'static [&'static str] {
        if self == Shape::Operation { &WORDS } else { known }
    }

    /// What must follow a word on its own line.
    pub fn follows(self, word: &str) -> Option<&'static str> {
        Some(match (self, word) {
            (_, "reserved") => "a name",
            (_, "ref") => "the name of a resource",
            (Shape::Operation | Shape::ServiceOperation, _) => match word {
                "requires" => "a scope",
                "raises" => "an error",
                "paginate" => "`cursor` or `page`",
                "sets" | "moves" => "a field",
                "at" => "a method",
                _ => return None,
            },
            (Shape::Item, "namespace" | "use") => "a name",
            (Shape::Item, "on") => "what it stands on",
            (Shape::ServiceMember, _) => "a value",
            _ => return None,
        })
    }

    /// What stands behind the colon that follows the entry's name.
    pub fn behind_colon(self) -> &'static str {
        match self {
            Shape::Item => "`:` and a kind",
            Shape::Member | Shape::Variant => "`:` and a type",
            Shape::Rule => "`:` and a condition",
            _ => "`:`",
        }
    }

    /// How the entry is written, for one that begins with `word` and then `next`.
    pub fn example(self, word: &str, next: &str) -> &'static str {
        match (self, word) {
            (Shape::Item, "closed") if next == "union" => "write `closed union Payment by method { ... }`",
            (_, "reserved") => "write `reserved old_name, older_name`, alone on its line",
            (Shape::Item, "namespace") => "write `namespace bookstore`",
            (Shape::Item, "use") => {
                "write `use std.money.Money`, `use std.errors.*` or `use std.text.{Email, Url}`"
            }
            (Shape::Item, "service") => "write `service Bookstore { ... }`",
            (Shape::Item, "resource") => {
                "write `resource Book { ... }`, or `resource Review in Book with Audited { ... }`"
            }
            (Shape::Item, "type") => "write `type Price { ... }` or `type Isbn = string(..=13)`",
            (Shape::Item, "singleton") => "write `singleton Settings { ... }`",
            (Shape::Item, "enum" | "closed") => "write `enum Status { ... }` or `closed enum Status { ... }`",
            (Shape::Item, "union") => "write `union Payment by method { card: CardPayment }`",
            (Shape::Item, "annotation") => "write `annotation owner(team: string) on resource, field`",
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
            (Shape::ServiceOperation, _) => {
                "write `operation login(email: string) -> Session`, then its clauses"
            }
            (Shape::ServiceMember, _) => "a setting is a word and its values: `version \"1.0.0\"`",
            (Shape::Value, _) => "write a name and its meaning: `draft \"Not yet visible.\"`",
            (Shape::Variant, _) => "write a name and a type: `card: CardPayment`",
            (Shape::Scope, _) => "write a name and its meaning: `books_read \"Read books.\"`",
            (Shape::Operation, "query") => "write `query bestsellers(since: date) -> [Book]`",
            (Shape::Operation, "collection") => "write `collection action import(url: string) -> Report`",
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
