//! What the bookstore offers.

use atlas9_server::descriptor::{
    Action, Assigned, Deprecation, Field, List, Literal, Method, Operation, OperationKind, Paging, Raise,
    Returns, Scalar, Target, Transition, Type,
};

const READ: &[&str] = &["books_read"];
const WRITE: &[&str] = &["books_write"];

pub const AUTHOR: &[Operation] = &[
    Operation::new(
        "list",
        Method::Get,
        "/v1/authors",
        OperationKind::List(List {
            filter: &[&["born"]],
            sort: &[&["name"], &["born"]],
            search: &[],
            search_index: None,
            paging: Paging::Cursor,
            default_limit: 20,
            max_limit: 100,
        }),
    )
    .requires(READ),
    Operation::new("get", Method::Get, "/v1/authors/{id}", OperationKind::Get).public(),
    Operation::new("create", Method::Post, "/v1/authors", OperationKind::Create).idempotent().requires(WRITE),
    Operation::new("update", Method::Patch, "/v1/authors/{id}", OperationKind::Update).requires(WRITE),
    Operation::new(
        "delete",
        Method::Delete,
        "/v1/authors/{id}",
        OperationKind::Delete { soft_keep_days: None },
    )
    .requires(WRITE),
];

const fn action(
    params: &'static [Field],
    moves: &'static [Transition],
    sets: &'static [(&'static [&'static str], Assigned)],
) -> OperationKind {
    OperationKind::Action(Action {
        target: Target::Item,
        params,
        returns: Returns::resource("Book"),
        moves,
        sets,
    })
}

pub const BOOK: &[Operation] = &[
    Operation::new(
        "list",
        Method::Get,
        "/v1/books",
        OperationKind::List(List {
            filter: &[
                &["status"],
                &["author_id"],
                &["price", "amount"],
                &["title"],
                &["summary"],
                &["in_print"],
                &["copies"],
                &["weight"],
                &["created_at"],
                &["supplier_note"],
            ],
            sort: &[&["created_at"], &["title"], &["price", "amount"], &["weight"], &["supplier_note"]],
            search: &[&["title"], &["summary"]],
            search_index: None,
            paging: Paging::Cursor,
            default_limit: 2,
            max_limit: 5,
        }),
    )
    .fields()
    .requires(READ),
    Operation::new("get", Method::Get, "/v1/books/{id}", OperationKind::Get).fields().requires(READ),
    Operation::new("create", Method::Post, "/v1/books", OperationKind::Create).idempotent().requires(WRITE),
    Operation::new("update", Method::Patch, "/v1/books/{id}", OperationKind::Update).requires(WRITE),
    Operation::new("replace", Method::Put, "/v1/books/{id}", OperationKind::Replace).requires(WRITE),
    Operation::new(
        "delete",
        Method::Delete,
        "/v1/books/{id}",
        OperationKind::Delete { soft_keep_days: Some(30) },
    )
    .requires(WRITE),
    Operation::new("undelete", Method::Post, "/v1/books/{id}/undelete", OperationKind::Undelete)
        .requires(WRITE),
    Operation::new(
        "publish",
        Method::Post,
        "/v1/books/{id}/publish",
        action(
            &[],
            &[Transition {
                field: &["status"],
                from: &["draft"],
                to: "published",
                otherwise: Raise {
                    code: "already_published",
                    arguments: &[
                        ("book_id", Assigned::Field(&["id"])),
                        ("since", Assigned::Field(&["published_at"])),
                    ],
                },
            }],
            &[(&["published_at"], Assigned::Literal(Literal::Now))],
        ),
    )
    .requires(WRITE),
    Operation::new(
        "retire",
        Method::Post,
        "/v1/books/{id}/retire",
        action(
            &[Field::new("reason", Type::Scalar(Scalar::String { min: 1, max: 50, pattern: None }))
                .optional()],
            &[Transition {
                field: &["status"],
                from: &["published"],
                to: "retired",
                otherwise: Raise { code: "not_on_sale", arguments: &[("book_id", Assigned::Field(&["id"]))] },
            }],
            &[
                (&["summary"], Assigned::Param("reason")),
                (&["secret"], Assigned::Principal),
                (&["supplier_note"], Assigned::Field(&["title"])),
            ],
        ),
    )
    .requires(WRITE)
    .deprecated(Deprecation {
        since: Some("1.4.0"),
        on: Some("2026-05-01"),
        sunset: Some("2027-06-01"),
        replacement: None,
        reason: None,
    }),
    Operation::new(
        "reprice",
        Method::Post,
        "/v1/books/{id}/reprice",
        action(&[Field::new("percent", Type::Scalar(Scalar::Int32 { min: -50, max: 50 }))], &[], &[]),
    )
    .requires(WRITE),
    Operation::new(
        "break_date",
        Method::Post,
        "/v1/books/{id}/break_date",
        action(&[], &[], &[(&["published_at"], Assigned::Literal(Literal::Null))]),
    )
    .requires(WRITE),
];

pub const REVIEW: &[Operation] = &[
    Operation::new(
        "list",
        Method::Get,
        "/v1/books/{book_id}/reviews",
        OperationKind::List(List {
            filter: &[],
            sort: &[],
            search: &[],
            search_index: None,
            paging: Paging::Cursor,
            default_limit: 20,
            max_limit: 100,
        }),
    ),
    Operation::new("get", Method::Get, "/v1/books/{book_id}/reviews/{id}", OperationKind::Get),
    Operation::new("create", Method::Post, "/v1/books/{book_id}/reviews", OperationKind::Create),
    Operation::new(
        "delete",
        Method::Delete,
        "/v1/books/{book_id}/reviews/{id}",
        OperationKind::Delete { soft_keep_days: None },
    ),
];
