//! A small bookstore, described by hand: what the compiler would make of the example, and a field of every type.

mod operations;

use atlas9_server::descriptor::{
    Access, Audited, Auth, Enum, ErrorType, Expr, Field, Fields, Literal, Managed, Migration, OnDelete,
    Operator, Reference, Resource, Retry, Rule, Scalar, Service, Store, Structure, Type, Unique,
};

use crate::fixtures::{self, RESOURCE};

const UUID: Type = Type::Scalar(Scalar::Uuid);
const TIMESTAMP: Type = Type::Scalar(Scalar::Timestamp);

const fn text(min: u32, max: u32) -> Type {
    Type::Scalar(Scalar::String { min, max, pattern: None })
}

const fn matching(pattern: &'static str) -> Type {
    Type::Scalar(Scalar::String { min: 0, max: u32::MAX, pattern: Some(pattern) })
}

const KEY: Field = Field::new("id", UUID).access(Access::ReadOnly).managed(Managed::Key);
const CREATED: Field =
    Field::new("created_at", TIMESTAMP).access(Access::ReadOnly).managed(Managed::CreatedAt);
const UPDATED: Field =
    Field::new("updated_at", TIMESTAMP).access(Access::ReadOnly).managed(Managed::UpdatedAt);

pub static AUTHOR: Resource = Resource {
    name: "Author",
    snake: "author",
    table: "authors",
    path: "/v1/authors",
    fields: &[
        KEY,
        Field::new("name", text(1, 120)),
        Field::new("born", Type::Scalar(Scalar::Date)).optional(),
        CREATED,
        UPDATED,
    ],
    operations: operations::AUTHOR,
    ..RESOURCE
};

static MONEY: Structure = Structure {
    name: "Money",
    fields: Fields::of(&[
        Field::new(
            "amount",
            Type::Scalar(Scalar::Decimal {
                precision: 10,
                scale: 2,
                min: Some("0"),
                max: None,
                exclusive_max: false,
            }),
        ),
        Field::new("currency", matching("^[A-Z]{3}$")),
    ]),
    rules: &[],
};

/// Contains itself, so that it is stored as JSON.
static CREDIT: Structure = Structure {
    name: "Credit",
    fields: Fields::of(&[
        Field::new("role", text(1, 30)).wire("roleName"),
        Field::new("share", Type::Scalar(Scalar::Int64 { min: 0, max: i64::MAX })).optional(),
        Field::new("under", Type::Structure(&CREDIT)).optional().store(Store::Json),
    ]),
    rules: &[Rule {
        name: "no_ghosts",
        text: "A ghost is not credited.",
        condition: Expr::Binary(
            Operator::NotEqual,
            &Expr::Field(&["role"]),
            &Expr::Literal(Literal::Text("ghost")),
        ),
        constraint: "",
    }],
};

static STATUS: Enum =
    Enum { name: "BookStatus", values: &["draft", "published", "retired"], deprecated: &[] };
static TO_AUTHOR: Reference = Reference { resource: "Author", key: UUID, on_delete: OnDelete::Restrict };
static TO_BOOK: Reference = Reference { resource: "Book", key: UUID, on_delete: OnDelete::Restrict };

pub static BOOK: Resource = Resource {
    name: "Book",
    snake: "book",
    table: "books",
    path: "/v1/books",
    fields: &[
        KEY,
        Field::new("isbn", matching("^[0-9]{13}$")).access(Access::Immutable).unique(),
        Field::new("title", text(1, 200)),
        Field::new("author_id", Type::Reference(&TO_AUTHOR)),
        Field::new("price", Type::Structure(&MONEY)).store(Store::Flat),
        Field::new("discount", Type::Structure(&MONEY)).optional().store(Store::Flat),
        Field::new("status", Type::Enum(&STATUS)).access(Access::ReadOnly).default(Literal::Text("draft")),
        Field::new("published_at", TIMESTAMP).optional().access(Access::ReadOnly),
        Field::new("summary", text(0, 2000)).optional(),
        Field::new("tags", Type::List { item: &text(1, 30), optional: false, min: 0, max: 20 })
            .default(Literal::List(&[]))
            .store(Store::Json),
        Field::new("attributes", Type::Map { value: &text(0, 50), optional: false, min: 0, max: 3 })
            .default(Literal::Object(&[]))
            .store(Store::Json),
        Field::new("extra", Type::Scalar(Scalar::Json)).optional().store(Store::Json),
        Field::new(
            "credits",
            Type::List { item: &Type::Structure(&CREDIT), optional: false, min: 0, max: 9 },
        )
        .default(Literal::List(&[]))
        .store(Store::Json),
        Field::new("weight", Type::Scalar(Scalar::Float64 { min: 0.0, max: 100.0, exclusive_max: true }))
            .optional(),
        Field::new("pages", Type::Scalar(Scalar::Int32 { min: 1, max: i32::MAX })).optional(),
        Field::new("copies", Type::Scalar(Scalar::Int64 { min: i64::MIN, max: i64::MAX })).optional(),
        Field::new("cover", Type::Scalar(Scalar::Bytes { min: 0, max: 16 })).optional(),
        Field::new("loan", Type::Scalar(Scalar::Duration)).optional(),
        Field::new("in_print", Type::Scalar(Scalar::Bool)).wire("inPrint").default(Literal::Bool(true)),
        Field::new("sequel_of", Type::Reference(&TO_BOOK)).optional(),
        Field::new("supplier_note", text(0, 500)).optional().sensitive().requires(&["books_write"]),
        Field::new("secret", text(0, 20)).optional().access(Access::Internal),
        CREATED,
        UPDATED,
        Field::new("deleted_at", TIMESTAMP).optional().access(Access::ReadOnly).managed(Managed::DeletedAt),
    ],
    audited: Some(Audited { keep_days: Some(365) }),
    events: true,
    operations: operations::BOOK,
    rules: &[
        Rule {
            name: "published_has_date",
            text: "A published book has a date.",
            condition: Expr::Binary(
                Operator::Or,
                &Expr::Binary(
                    Operator::NotEqual,
                    &Expr::Field(&["status"]),
                    &Expr::Literal(Literal::Text("published")),
                ),
                &Expr::Binary(
                    Operator::NotEqual,
                    &Expr::Field(&["published_at"]),
                    &Expr::Literal(Literal::Null),
                ),
            ),
            constraint: "books_published_has_date_check",
        },
        Rule {
            name: "discount_below_price",
            text: "The discount is less than the price.",
            condition: Expr::Binary(
                Operator::Or,
                &Expr::Binary(Operator::Equal, &Expr::Field(&["discount"]), &Expr::Literal(Literal::Null)),
                &Expr::Binary(
                    Operator::Less,
                    &Expr::Field(&["discount", "amount"]),
                    &Expr::Field(&["price", "amount"]),
                ),
            ),
            constraint: "",
        },
    ],
    unique: &[
        Unique { name: "books_isbn_key", fields: &[&["isbn"]] },
        Unique { name: "books_title_author_id_key", fields: &[&["title"], &["author_id"]] },
    ],
    ..RESOURCE
};

pub static REVIEW: Resource = Resource {
    name: "Review",
    snake: "review",
    table: "reviews",
    parent: Some("Book"),
    path: "/v1/books/{book_id}/reviews",
    fields: &[
        KEY,
        Field::new("book_id", Type::Reference(&TO_BOOK)).access(Access::ReadOnly).managed(Managed::Parent),
        Field::new("stars", Type::Scalar(Scalar::Int32 { min: 1, max: 5 })),
        Field::new("text", text(0, 4000)).optional(),
        CREATED,
    ],
    audited: Some(Audited { keep_days: None }),
    events: true,
    operations: operations::REVIEW,
    ..RESOURCE
};

const fn conflict(
    code: &'static str,
    title: &'static str,
    message: &'static str,
    remedy: &'static str,
    fields: &'static [Field],
) -> ErrorType {
    ErrorType {
        code,
        title,
        kind: "conflict",
        status: 409,
        retry: Retry::AfterReading,
        message,
        remedy,
        fields,
    }
}

pub static SERVICE: Service = Service {
    name: "Bookstore",
    version: "1.4.0",
    base_path: "/v1",
    auth: &[Auth::Bearer],
    scopes: &["books_read", "books_write"],
    resources: &[&AUTHOR, &BOOK, &REVIEW],
    errors: &[
        conflict(
            "already_published",
            "Already published",
            "Book {book_id} is on sale already.",
            "Update the book instead of publishing it again.",
            &[Field::new("book_id", UUID), Field::new("since", TIMESTAMP).optional()],
        ),
        conflict(
            "not_on_sale",
            "Not on sale",
            "Book {book_id} is not on sale.",
            "Publish it first, or delete it.",
            &[Field::new("book_id", UUID)],
        ),
    ],
    openapi: "{\"openapi\":\"3.1.0\"}",
    docs: "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head>",
    sqlite: &[Migration { version: 1, description: "create", up: include_str!("sqlite.sql") }],
    postgres: &[Migration { version: 1, description: "create", up: include_str!("postgres.sql") }],
    ..fixtures::SERVICE
};
