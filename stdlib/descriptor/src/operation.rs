//! What the server offers on a resource.

use crate::{Deprecation, Field, Literal, Path, Type};

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// `list`, `get`, ... or the action's name.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path with the service's base path, placeholders in braces: `/v1/books/{id}/publish`. A placeholder is the name of
    /// a parent's key as it stands in [`crate::Resource::path`], that of a parameter in the path, or else the own key.
    pub path: &'static str,
    /// What it does.
    pub kind: OperationKind,
    /// True when `Idempotency-Key` is honoured.
    pub idempotent: bool,
    /// True when a request must name the state that it changes, `If-Match`.
    pub conditional: bool,
    /// True when nobody needs to say who they are.
    pub public: bool,
    /// Scopes that a caller needs, all of them.
    pub requires: &'static [&'static str],
    /// References that a list or a get embeds when it is asked to.
    pub expand: &'static [Expand],
    /// True for a list or a get whose answer has only the fields that `?fields=` names, where a request does.
    pub fields: bool,
    /// True for a delete that also deletes what holds the row where it is asked to, `?force=true`.
    pub force: bool,
    /// Set when it is on its way out.
    pub deprecated: Option<Deprecation>,
}

impl Operation {
    /// An operation that needs a caller but no scope.
    pub const fn new(
        name: &'static str,
        method: Method,
        path: &'static str,
        kind: OperationKind,
    ) -> Operation {
        Operation {
            name,
            method,
            path,
            kind,
            idempotent: false,
            conditional: false,
            public: false,
            requires: &[],
            expand: &[],
            fields: false,
            force: false,
            deprecated: None,
        }
    }

    /// Honours `Idempotency-Key`.
    #[must_use]
    pub const fn idempotent(mut self) -> Operation {
        self.idempotent = true;
        self
    }

    /// Needs `If-Match`.
    #[must_use]
    pub const fn conditional(mut self) -> Operation {
        self.conditional = true;
        self
    }

    /// Open to everybody.
    #[must_use]
    pub const fn public(mut self) -> Operation {
        self.public = true;
        self
    }

    /// Scopes that a caller needs.
    #[must_use]
    pub const fn requires(mut self, scopes: &'static [&'static str]) -> Operation {
        self.requires = scopes;
        self
    }

    /// Embeds references when it is asked to.
    #[must_use]
    pub const fn expand(mut self, expand: &'static [Expand]) -> Operation {
        self.expand = expand;
        self
    }

    /// Answers the fields that a request names.
    #[must_use]
    pub const fn fields(mut self) -> Operation {
        self.fields = true;
        self
    }

    /// Also deletes what holds the row where it is asked to.
    #[must_use]
    pub const fn force(mut self) -> Operation {
        self.force = true;
        self
    }

    /// On its way out.
    #[must_use]
    pub const fn deprecated(mut self, deprecation: Deprecation) -> Operation {
        self.deprecated = Some(deprecation);
        self
    }
}

/// A reference that can be embedded: `?expand=author` of `author_id: ref Author`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expand {
    /// The name in `?expand=` and of the embedded member, on the wire.
    pub name: &'static str,
    /// The declared name of the field that holds the key, or the list of keys.
    pub field: &'static str,
}

/// A method (RFC 9110, RFC 5789).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What an operation does.
#[derive(Clone, Copy, Debug)]
pub enum OperationKind {
    /// Reads many, page by page.
    List(List),
    /// Reads one.
    Get,
    /// Makes one.
    Create,
    /// Changes some fields.
    Update,
    /// Changes all fields.
    Replace,
    /// Removes one.
    Delete {
        /// For a soft delete, how many days the row is kept.
        soft_keep_days: Option<u32>,
    },
    /// Takes back a soft delete.
    Undelete,
    /// Does with each item of a request what the resource's `create` does with one, all or none.
    BatchCreate {
        /// The most items of a request.
        max: u32,
    },
    /// Does with each item of a request what the resource's `delete` does with one, all or none.
    BatchDelete {
        /// The most items of a request.
        max: u32,
        /// True when each item must name the state that its row has, `etag`.
        conditional: bool,
    },
    /// Does what the schema or code says.
    Action(Action),
}

/// What a list offers.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// Fields that can be filtered by.
    pub filter: &'static [Path],
    /// Fields that can be sorted by.
    pub sort: &'static [Path],
    /// Text fields that `q` searches.
    pub search: &'static [Path],
    /// The tables by which SQLite finds what `q` may mean; without them it reads every row.
    pub search_index: Option<SearchIndex>,
    /// How it is paged.
    pub paging: Paging,
    /// Items on a page when the client does not say.
    pub default_limit: u32,
    /// The most items on a page.
    pub max_limit: u32,
}

/// The tables by which SQLite finds texts. PostgreSQL has an index over the columns themselves, which no statement names.
#[derive(Clone, Copy, Debug)]
pub struct SearchIndex {
    /// The table of FTS5 that has the texts.
    pub texts: &'static str,
    /// Its column for each field that is searched, in the order of [`List::search`].
    pub columns: &'static [&'static str],
    /// The table that has the number under which FTS5 knows a row, beside the row's key.
    pub rows: &'static str,
    /// Its column for the number.
    pub number: &'static str,
}

/// How a list is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By an opaque cursor.
    Cursor,
    /// By a page's number.
    Page,
}

/// Something that is done with one resource, with all of them, or with none.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// What it acts on.
    pub target: Target,
    /// What it is given; each says where a request carries it.
    pub params: &'static [Field],
    /// What it answers.
    pub returns: Returns,
    /// Guarded transitions.
    pub moves: &'static [Transition],
    /// Assignments.
    pub sets: &'static [(Path, Assigned)],
}

impl Action {
    /// True when nothing is declared that the server could do itself.
    pub const fn needs_code(&self) -> bool {
        self.moves.is_empty() && self.sets.is_empty()
    }
}

/// What an action acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One resource, or a singleton.
    Item,
    /// All of them.
    Collection,
    /// All of them, which it only reads.
    Query,
    /// No resource: an operation of the service.
    Service,
}

/// What an action answers.
#[derive(Clone, Copy, Debug)]
pub enum Returns {
    /// 204.
    Nothing,
    /// One; may be null where `optional`.
    One {
        /// What it is.
        of: Answered,
        /// True when it may be null.
        optional: bool,
    },
    /// Any number, as `{"items": [...]}`; an item may be null where `optional`.
    Many {
        /// What each is.
        of: Answered,
        /// True when an item may be null.
        optional: bool,
    },
}

impl Returns {
    /// What an action answers that acts on one resource and answers that as it is afterwards.
    pub const fn resource(name: &'static str) -> Returns {
        Returns::One { of: Answered::Resource(name), optional: false }
    }
}

/// What an answer is, or one item of it.
#[derive(Clone, Copy, Debug)]
pub enum Answered {
    /// A resource, whole, by its declared name.
    Resource(&'static str),
    /// Another value, mostly a structure or a union.
    Value(Type),
}

/// A guarded transition of a field.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// The field.
    pub field: Path,
    /// The values it may have before.
    pub from: &'static [&'static str],
    /// The value it has after.
    pub to: &'static str,
    /// What is answered otherwise.
    pub otherwise: Raise,
}

/// An error with the values of its fields.
#[derive(Clone, Copy, Debug)]
pub struct Raise {
    /// The error's code in [`crate::Service::errors`].
    pub code: &'static str,
    /// Its fields' names and values.
    pub arguments: &'static [(&'static str, Assigned)],
}

/// Where an assigned value comes from.
#[derive(Clone, Copy, Debug)]
pub enum Assigned {
    /// A literal, or the current time.
    Literal(Literal),
    /// A parameter of the action.
    Param(&'static str),
    /// A field of the resource, as it was before.
    Field(Path),
    /// The caller's id.
    Principal,
}
