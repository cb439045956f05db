//! A small library, described by hand: unions, singletons, lists of references and references to what lives in something else.

mod code;
pub mod help;
mod operations;
mod sql;

use atlas9_server::descriptor::{
    Access, Audited, Auth, Enum, Expr, Field, Fields, Links, Literal, Managed, OnDelete, Operator, Reference,
    Resource, Rule, Scalar, Service, Store, Structure, Type, Union, Variant,
};
use atlas9_server::{App, Options, Principal, Problem, handler};

use crate::fixtures::{self, RESOURCE};
use crate::harness::{Api, databases};

pub const UUID: Type = Type::Scalar(Scalar::Uuid);
const TIMESTAMP: Type = Type::Scalar(Scalar::Timestamp);
const CODE: Type = Type::string(1, 20);

pub const KEY: Field = Field::new("id", UUID).access(Access::ReadOnly).managed(Managed::Key);
const DELETED: Field =
    Field::new("deleted_at", TIMESTAMP).optional().access(Access::ReadOnly).managed(Managed::DeletedAt);

const fn reference(resource: &'static str, key: Type, on_delete: OnDelete) -> Reference {
    Reference { resource, key, on_delete }
}

static TO_PERSON: Reference = reference("Person", UUID, OnDelete::Restrict);
static TO_PUBLISHER: Reference = reference("Publisher", UUID, OnDelete::Clear);
pub static TO_GENRE: Reference = reference("Genre", CODE, OnDelete::Cascade);
static TO_BOOK: Reference = reference("Book", UUID, OnDelete::Cascade);
static TO_CHAPTER: Reference = reference("Chapter", UUID, OnDelete::Restrict);
static TO_NOTE: Reference = reference("Note", UUID, OnDelete::Restrict);
static FAVOURITES: Links =
    Links { table: "settings_favourite_ids", tenant: None, owner: &["singleton"], key: "favourite_id" };

const fn list(item: &'static Type, max: u32) -> Type {
    Type::List { item, optional: false, min: 0, max }
}

pub static PERSON: Resource = Resource {
    name: "Person",
    snake: "person",
    table: "people",
    path: "/v1/people",
    fields: &[
        KEY,
        Field::new("name", Type::string(1, 50)),
        Field::new("salary", Type::Scalar(Scalar::Int64 { min: 0, max: i64::MAX }))
            .optional()
            .requires(&["write"]),
        DELETED,
    ],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::PERSON,
    ..RESOURCE
};

pub static PUBLISHER: Resource = Resource {
    name: "Publisher",
    snake: "publisher",
    table: "publishers",
    path: "/v1/publishers",
    fields: &[KEY, Field::new("name", Type::string(1, 50))],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::PUBLISHER,
    ..RESOURCE
};

pub static GENRE: Resource = Resource {
    name: "Genre",
    snake: "genre",
    table: "genres",
    path: "/v1/genres",
    fields: &[Field::new("code", CODE).access(Access::Immutable)],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::GENRE,
    ..RESOURCE
};

static CARD: Structure = Structure {
    name: "Card",
    fields: Fields::of(&[
        Field::new("number", Type::string(4, 20)).wire("cardNumber").sensitive(),
        Field::new("holder", Type::string(1, 50)).optional(),
        Field::new("network", Type::Enum(&NETWORK)).default(Literal::Text("visa")),
        Field::new("token", Type::string(0, 9)).optional().access(Access::Internal),
    ]),
    rules: &[Rule {
        name: "not_held_by_nobody",
        text: "Somebody holds the card.",
        condition: Expr::Binary(
            Operator::NotEqual,
            &Expr::Field(&["holder"]),
            &Expr::Literal(Literal::Text("nobody")),
        ),
        constraint: "",
    }],
};

static NETWORK: Enum = Enum { name: "Network", values: &["visa", "amex"], deprecated: &[] };

static TRANSFER: Structure = Structure {
    name: "Transfer",
    fields: Fields::of(&[Field::new("iban", Type::string(5, 34))]),
    rules: &[],
};

pub static PAYMENT: Union = Union {
    name: "Payment",
    discriminator: "paid_by",
    wire: "paidBy",
    variants: &[
        Variant { name: "card", structure: &CARD },
        Variant { name: "transfer", structure: &TRANSFER },
    ],
};

pub static BOOK: Resource = Resource {
    name: "Book",
    snake: "book",
    table: "books",
    path: "/v1/books",
    fields: &[
        KEY,
        Field::new("title", Type::string(1, 50)),
        Field::new("publisher_id", Type::Reference(&TO_PUBLISHER)).optional(),
        Field::new("author_ids", list(&Type::Reference(&TO_PERSON), 1000)).default(Literal::List(&[])).store(
            Store::Links(&Links {
                table: "books_author_ids",
                tenant: None,
                owner: &["book_id"],
                key: "author_id",
            }),
        ),
        Field::new("genre_ids", list(&Type::Reference(&TO_GENRE), 3))
            .wire("genreIds")
            .default(Literal::List(&[]))
            .store(Store::Links(&Links {
                table: "books_genre_ids",
                tenant: None,
                owner: &["book_id"],
                key: "genre_id",
            })),
        Field::new("payment", Type::Union(&PAYMENT)).optional().store(Store::Json),
        Field::new("payments", list(&Type::Union(&PAYMENT), 3))
            .default(Literal::List(&[]))
            .store(Store::Json),
    ],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::BOOK,
    rules: &[Rule {
        name: "few_authors",
        text: "A book has at most 700 authors.",
        condition: Expr::Binary(
            Operator::LessOrEqual,
            &Expr::Length(&Expr::Field(&["author_ids"])),
            &Expr::Literal(Literal::Int(700)),
        ),
        constraint: "",
    }],
    ..RESOURCE
};

const PERSON_ID: Field =
    Field::new("person_id", Type::Reference(&TO_OWNER)).access(Access::ReadOnly).managed(Managed::Parent);
const BOOK_ID: Field =
    Field::new("book_id", Type::Reference(&TO_BOOK)).access(Access::ReadOnly).managed(Managed::Parent);

pub static CHAPTER: Resource = Resource {
    name: "Chapter",
    snake: "chapter",
    table: "chapters",
    parent: Some("Book"),
    path: "/v1/books/{book_id}/chapters",
    fields: &[
        KEY,
        BOOK_ID,
        Field::new("title", Type::string(1, 50)),
        Field::new("editor_ids", list(&Type::Reference(&TO_PERSON), 9)).default(Literal::List(&[])).store(
            Store::Links(&Links {
                table: "chapters_editor_ids",
                tenant: None,
                owner: &["book_id", "chapter_id"],
                key: "editor_id",
            }),
        ),
    ],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::CHAPTER,
    ..RESOURCE
};

pub static NOTE: Resource = Resource {
    name: "Note",
    snake: "note",
    table: "notes",
    parent: Some("Person"),
    path: "/v1/people/{person_id}/notes",
    fields: &[KEY, PERSON_ID],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::NOTE,
    ..RESOURCE
};

pub static BOOKMARK: Resource = Resource {
    name: "Bookmark",
    snake: "bookmark",
    table: "bookmarks",
    path: "/v1/bookmarks",
    fields: &[
        KEY,
        Field::new("chapter_id", Type::Reference(&TO_CHAPTER)),
        Field::new("note_id", Type::Reference(&TO_NOTE)).optional(),
    ],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::BOOKMARK,
    ..RESOURCE
};

pub static SETTINGS: Resource = Resource {
    name: "Settings",
    snake: "settings",
    table: "settings",
    path: "/v1/settings",
    fields: &[
        Field::new("theme", Type::string(1, 20)).default(Literal::Text("light")),
        Field::new("note", Type::string(0, 50)).optional(),
        Field::new("limits", Type::Map { value: &Type::string(0, 9), optional: false, min: 0, max: 3 })
            .store(Store::Json),
        Field::new("favourite_ids", list(&Type::Reference(&TO_BOOK), 9)).store(Store::Links(&FAVOURITES)),
    ],
    key: None,
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::SETTINGS,
    ..RESOURCE
};

static TO_OWNER: Reference = reference("Person", UUID, OnDelete::Cascade);

pub static PROFILE: Resource = Resource {
    name: "Profile",
    snake: "profile",
    table: "profile",
    parent: Some("Person"),
    path: "/v1/people/{person_id}/profile",
    fields: &[
        PERSON_ID,
        Field::new("bio", Type::string(0, 50)).default(Literal::Text("")),
        Field::new("created_at", TIMESTAMP).access(Access::ReadOnly).managed(Managed::CreatedAt),
        Field::new("updated_at", TIMESTAMP).access(Access::ReadOnly).managed(Managed::UpdatedAt),
    ],
    key: None,
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::PROFILE,
    ..RESOURCE
};

pub static SERVICE: Service = Service {
    name: "Library",
    base_path: "/v1",
    auth: &[Auth::Bearer],
    scopes: &["read", "write", "people"],
    resources: &[&PERSON, &PUBLISHER, &GENRE, &BOOK, &CHAPTER, &NOTE, &BOOKMARK, &SETTINGS, &PROFILE],
    operations: operations::SERVICE,
    sqlite: sql::SQLITE,
    postgres: sql::POSTGRES,
    ..fixtures::SERVICE
};

/// The library with its code.
pub fn app(store: atlas9_server::Store) -> App {
    code::handlers(App::new(&SERVICE, store).authenticator(Tokens))
}

/// Libraries on every database.
pub async fn libraries() -> Vec<Api> {
    let mut found = Vec::new();
    for (database, url, folder) in databases().await {
        let store = atlas9_server::Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let options = Options { cursor_secret: Some(vec![7; 32]), ..Options::default() };
        let app = App::new(&SERVICE, store.clone()).options(options).authenticator(Tokens);
        let router = code::handlers(app).start().expect("a server").router();
        found.push(Api::on(router, store, database, folder));
    }
    found
}

/// `full` has every scope, `reader` may read.
pub struct Tokens;

impl atlas9_server::Authenticator for Tokens {
    fn authenticate<'a>(
        &'a self,
        token: &'a str,
    ) -> handler::BoxFuture<'a, Result<Option<Principal>, Problem>> {
        let found = match token {
            "full" => Some(Principal::new("full", ["read", "write", "people"])),
            "reader" => Some(Principal::new("reader", ["read"])),
            _ => None,
        };
        Box::pin(async move { Ok(found) })
    }
}
