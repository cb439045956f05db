//! Fields and their literals.

use crate::Type;

/// A field of a resource, a structure or an error, or a parameter of an action.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its declared name; its column's name.
    pub name: &'static str,
    /// Its name on the wire.
    pub wire: &'static str,
    /// Its type.
    pub ty: Type,
    /// True when it may be null.
    pub optional: bool,
    /// Who reads and writes it.
    pub access: Access,
    /// Set when the server gives the value.
    pub managed: Option<Managed>,
    /// What it is when a request leaves it out.
    pub default: Option<Literal>,
    /// True when no two rows share a value.
    pub unique: bool,
    /// True when its values must not be logged.
    pub sensitive: bool,
    /// Scopes without which it is neither shown nor taken.
    pub requires: &'static [&'static str],
    /// Set when it is on its way out.
    pub deprecated: Option<Deprecation>,
    /// How it is stored.
    pub store: Store,
    /// For a parameter: where a request carries it.
    pub place: Place,
}

impl Field {
    /// A required field that clients read and write, stored in one column, with the same name on the wire.
    pub const fn new(name: &'static str, ty: Type) -> Field {
        Field {
            name,
            wire: name,
            ty,
            optional: false,
            access: Access::ReadWrite,
            managed: None,
            default: None,
            unique: false,
            sensitive: false,
            requires: &[],
            deprecated: None,
            store: Store::Column,
            place: Place::Body,
        }
    }

    /// Another name on the wire.
    #[must_use]
    pub const fn wire(mut self, wire: &'static str) -> Field {
        self.wire = wire;
        self
    }

    /// May be null.
    #[must_use]
    pub const fn optional(mut self) -> Field {
        self.optional = true;
        self
    }

    /// Who reads and writes it.
    #[must_use]
    pub const fn access(mut self, access: Access) -> Field {
        self.access = access;
        self
    }

    /// The server gives the value.
    #[must_use]
    pub const fn managed(mut self, managed: Managed) -> Field {
        self.managed = Some(managed);
        self
    }

    /// What it is when a request leaves it out.
    #[must_use]
    pub const fn default(mut self, value: Literal) -> Field {
        self.default = Some(value);
        self
    }

    /// No two rows share a value.
    #[must_use]
    pub const fn unique(mut self) -> Field {
        self.unique = true;
        self
    }

    /// Values must not be logged.
    #[must_use]
    pub const fn sensitive(mut self) -> Field {
        self.sensitive = true;
        self
    }

    /// Scopes without which it is neither shown nor taken.
    #[must_use]
    pub const fn requires(mut self, scopes: &'static [&'static str]) -> Field {
        self.requires = scopes;
        self
    }

    /// On its way out.
    #[must_use]
    pub const fn deprecated(mut self, deprecation: Deprecation) -> Field {
        self.deprecated = Some(deprecation);
        self
    }

    /// How it is stored.
    #[must_use]
    pub const fn store(mut self, store: Store) -> Field {
        self.store = store;
        self
    }

    /// A parameter that a request carries elsewhere than in its body.
    #[must_use]
    pub const fn place(mut self, place: Place) -> Field {
        self.place = place;
        self
    }

    /// True when responses carry it.
    pub const fn readable(&self) -> bool {
        !matches!(self.access, Access::WriteOnly | Access::Internal)
    }

    /// True when the body of a create carries it.
    pub const fn creatable(&self) -> bool {
        matches!(self.access, Access::ReadWrite | Access::Immutable | Access::WriteOnly)
    }

    /// True when the body of an update carries it.
    pub const fn updatable(&self) -> bool {
        matches!(self.access, Access::ReadWrite | Access::WriteOnly)
    }
}

/// Who reads and writes a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// In requests and responses.
    ReadWrite,
    /// Never in requests.
    ReadOnly,
    /// Never in responses.
    WriteOnly,
    /// In create, not in update.
    Immutable,
    /// Stored, never on the wire.
    Internal,
}

/// A value that the server gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Managed {
    /// A new UUIDv7 for each row.
    Key,
    /// The key of the parent, from the path.
    Parent,
    /// The tenant that the row belongs to: that of the caller who makes it.
    Tenant,
    /// The time of the create.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
    /// The time of a soft delete; null while the row is there.
    DeletedAt,
}

/// How a field is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// In one column of its scalar type, named like the field.
    Column,
    /// A structure: its fields are columns with this field's name and an underscore before theirs.
    Flat,
    /// In one JSON column, named like the field.
    Json,
    /// A resource's list of references: in a table of its own, a row for each key in the list.
    Links(&'static Links),
}

/// The table behind a list of references. A key stands in a list once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Links {
    /// The table's name, `books_author_ids`. Beside the columns below it has `position`, a whole number by which the list is
    /// ordered.
    pub table: &'static str,
    /// Its column for the tenant of the row that holds the list, where that belongs to one.
    pub tenant: Option<&'static str>,
    /// Its columns for what else the primary key of that row has: the parents' keys, outermost first, then the own key; for a
    /// singleton that lives in nothing and belongs to nobody its column `singleton`.
    pub owner: &'static [&'static str],
    /// Its column for the key in the list.
    pub key: &'static str,
}

/// Where a request carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the body's object, under its name on the wire.
    Body,
    /// In the query, under its name on the wire.
    Query,
    /// In the path, where its declared name stands in braces.
    Path,
    /// In a header of this name.
    Header(&'static str),
}

/// A literal of the schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal or float, as text.
    Decimal(&'static str),
    /// Text; a uuid, date, timestamp or duration as it stands in JSON; a value of an enum.
    Text(&'static str),
    /// The current time.
    Now,
    /// Items.
    List(&'static [Literal]),
    /// Fields by their declared names.
    Object(&'static [(&'static str, Literal)]),
}

/// When something goes and what replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The version that deprecated it.
    pub since: Option<&'static str>,
    /// The day on which it was deprecated, or will be, `2026-05-01`.
    pub on: Option<&'static str>,
    /// The last day on which clients can count on it, `2027-06-01`.
    pub sunset: Option<&'static str>,
    /// What to use instead.
    pub replacement: Option<&'static str>,
    /// Why.
    pub reason: Option<&'static str>,
}
