//! What the library offers.

use atlas9_server::descriptor::{
    Action, Answered, Assigned, Enum, Expand, Field, Fields, List, Literal, Method, Operation, OperationKind,
    Paging, Place, Returns, Scalar, Structure, Target, Type,
};

use super::{PAYMENT, TO_GENRE, UUID};

const READ: &[&str] = &["read"];
const WRITE: &[&str] = &["write"];
const HARD: OperationKind = OperationKind::Delete { soft_keep_days: None };
const SOFT: OperationKind = OperationKind::Delete { soft_keep_days: Some(30) };

const fn listing(paging: Paging, sort: &'static [&'static [&'static str]]) -> OperationKind {
    OperationKind::List(List {
        filter: &[],
        sort,
        search: &[],
        search_index: None,
        paging,
        default_limit: 2,
        max_limit: 700,
    })
}

const fn action(target: Target, params: &'static [Field], returns: Returns) -> OperationKind {
    OperationKind::Action(Action { target, params, returns, moves: &[], sets: &[] })
}

pub static PERSON: &[Operation] = &[
    Operation::new("list", Method::Get, "/v1/people", listing(Paging::Page, &[&["name"]])).requires(READ),
    Operation::new("get", Method::Get, "/v1/people/{id}", OperationKind::Get).requires(&["people"]),
    Operation::new("create", Method::Post, "/v1/people", OperationKind::Create).requires(WRITE),
    Operation::new("delete", Method::Delete, "/v1/people/{id}", SOFT).requires(WRITE),
    Operation::new("undelete", Method::Post, "/v1/people/{id}/undelete", OperationKind::Undelete)
        .requires(WRITE),
];

pub static PUBLISHER: &[Operation] = &[
    Operation::new("get", Method::Get, "/v1/publishers/{id}", OperationKind::Get),
    Operation::new("create", Method::Post, "/v1/publishers", OperationKind::Create).requires(WRITE),
    Operation::new("delete", Method::Delete, "/v1/publishers/{id}", HARD).requires(WRITE),
];

pub static GENRE: &[Operation] = &[
    Operation::new("create", Method::Post, "/v1/genres", OperationKind::Create).requires(WRITE),
    Operation::new("delete", Method::Delete, "/v1/genres/{id}", HARD).requires(WRITE),
    Operation::new("get", Method::Get, "/v1/genres/{id}", OperationKind::Get).requires(READ),
    // `/v1/genres/refresh` can be the path of a genre, too.
    Operation::new(
        "refresh",
        Method::Post,
        "/v1/genres/refresh",
        action(Target::Collection, &[], Returns::Nothing),
    )
    .requires(WRITE)
    .idempotent(),
];

static EMBEDS: &[Expand] = &[
    Expand { name: "publisher", field: "publisher_id" },
    Expand { name: "authors", field: "author_ids" },
    Expand { name: "genres", field: "genre_ids" },
];

static KIND: Enum = Enum { name: "Kind", values: &["paper", "audio"], deprecated: &[] };

static REPORT: Structure = Structure {
    name: "ImportReport",
    fields: Fields::of(&[
        Field::new("made", Type::Scalar(Scalar::Int32 { min: 0, max: i32::MAX })).wire("madeSoFar"),
        Field::new("source", Type::string(0, 50)).optional(),
    ]),
    rules: &[],
};

pub static BOOK: &[Operation] = &[
    Operation::new("list", Method::Get, "/v1/books", listing(Paging::Cursor, &[&["title"]]))
        .expand(EMBEDS)
        .fields()
        .public(),
    Operation::new("get", Method::Get, "/v1/books/{id}", OperationKind::Get).expand(EMBEDS).fields().public(),
    Operation::new("create", Method::Post, "/v1/books", OperationKind::Create).idempotent().requires(WRITE),
    Operation::new("update", Method::Patch, "/v1/books/{id}", OperationKind::Update).requires(WRITE),
    Operation::new("replace", Method::Put, "/v1/books/{id}", OperationKind::Replace).requires(WRITE),
    Operation::new("delete", Method::Delete, "/v1/books/{id}", HARD).requires(WRITE),
    Operation::new(
        "rename",
        Method::Post,
        "/v1/titles/{title}/of/{id}",
        OperationKind::Action(Action {
            target: Target::Item,
            params: &[Field::new("title", Type::string(1, 50)).place(Place::Path)],
            returns: Returns::resource("Book"),
            moves: &[],
            sets: &[(&["title"], Assigned::Param("title"))],
        }),
    )
    .requires(WRITE),
    Operation::new(
        "bestsellers",
        Method::Get,
        "/v1/books/bestsellers",
        action(
            Target::Query,
            &[
                Field::new("since", Type::Scalar(Scalar::Date)).place(Place::Query),
                Field::new("top", Type::Scalar(Scalar::Int32 { min: 1, max: 100 }))
                    .wire("topMost")
                    .default(Literal::Int(10))
                    .place(Place::Query),
                Field::new("kind", Type::Enum(&KIND)).optional().place(Place::Query),
                Field::new(
                    "genres",
                    Type::List { item: &Type::Reference(&TO_GENRE), optional: false, min: 0, max: 2 },
                )
                .place(Place::Query),
                Field::new(
                    "trace",
                    Type::List { item: &Type::Scalar(Scalar::Bool), optional: false, min: 1, max: 3 },
                )
                .optional()
                .place(Place::Header("X-Trace")),
                Field::new("secret", Type::string(0, 9)).optional().requires(&["people"]).place(Place::Query),
            ],
            Returns::Many { of: Answered::Resource("Book"), optional: false },
        ),
    )
    .requires(READ),
    Operation::new(
        "import",
        Method::Post,
        "/v1/books/import",
        action(
            Target::Collection,
            &[
                Field::new(
                    "titles",
                    Type::List { item: &Type::string(1, 50), optional: false, min: 1, max: 9 },
                ),
                Field::new("source", Type::string(1, 50)).optional().place(Place::Header("X-Source")),
            ],
            Returns::One { of: Answered::Value(Type::Structure(&REPORT)), optional: false },
        ),
    )
    .idempotent()
    .requires(WRITE),
];

pub static CHAPTER: &[Operation] = &[
    Operation::new("list", Method::Get, "/v1/books/{book_id}/chapters", listing(Paging::Cursor, &[]))
        .public(),
    Operation::new("create", Method::Post, "/v1/books/{book_id}/chapters", OperationKind::Create)
        .requires(WRITE),
    Operation::new("get", Method::Get, "/v1/books/{book_id}/chapters/{id}", OperationKind::Get)
        .expand(&[Expand { name: "editors", field: "editor_ids" }])
        .public(),
    Operation::new("update", Method::Patch, "/v1/books/{book_id}/chapters/{id}", OperationKind::Update)
        .requires(WRITE),
    Operation::new("delete", Method::Delete, "/v1/books/{book_id}/chapters/{id}", HARD).requires(WRITE),
    Operation::new(
        "longest",
        Method::Get,
        "/v1/books/{book_id}/chapters/longest",
        action(Target::Query, &[], Returns::One { of: Answered::Resource("Chapter"), optional: true }),
    )
    .public(),
];

pub static NOTE: &[Operation] =
    &[Operation::new("create", Method::Post, "/v1/people/{person_id}/notes", OperationKind::Create)
        .requires(WRITE)];

pub static BOOKMARK: &[Operation] = &[
    Operation::new("list", Method::Get, "/v1/bookmarks", listing(Paging::Page, &[]))
        .expand(&[Expand { name: "chapter", field: "chapter_id" }, Expand { name: "note", field: "note_id" }])
        .requires(READ),
    Operation::new("create", Method::Post, "/v1/bookmarks", OperationKind::Create).requires(WRITE),
    Operation::new("delete", Method::Delete, "/v1/bookmarks/{id}", HARD).requires(WRITE),
];

pub static SETTINGS: &[Operation] = &[
    Operation::new("get", Method::Get, "/v1/settings", OperationKind::Get)
        .expand(&[Expand { name: "favourites", field: "favourite_ids" }])
        .requires(READ),
    Operation::new("update", Method::Patch, "/v1/settings", OperationKind::Update).requires(WRITE),
    Operation::new("replace", Method::Put, "/v1/settings", OperationKind::Replace).requires(WRITE),
    Operation::new(
        "darken",
        Method::Post,
        "/v1/settings/darken",
        OperationKind::Action(Action {
            target: Target::Item,
            params: &[],
            returns: Returns::resource("Settings"),
            moves: &[],
            sets: &[(&["theme"], Assigned::Literal(Literal::Text("dark")))],
        }),
    )
    .requires(WRITE),
];

pub static PROFILE: &[Operation] = &[
    Operation::new("get", Method::Get, "/v1/people/{person_id}/profile", OperationKind::Get).requires(READ),
    Operation::new("update", Method::Patch, "/v1/people/{person_id}/profile", OperationKind::Update)
        .requires(WRITE),
];

static SESSION: Structure = Structure {
    name: "Session",
    fields: Fields::of(&[Field::new("token", Type::string(0, 99)).sensitive()]),
    rules: &[],
};

pub static SERVICE: &[Operation] = &[
    Operation::new(
        "login",
        Method::Post,
        "/v1/login",
        action(
            Target::Service,
            &[
                Field::new("email", Type::string(3, 50)),
                Field::new("password", Type::string(1, 50)).sensitive(),
            ],
            Returns::One { of: Answered::Value(Type::Structure(&SESSION)), optional: false },
        ),
    )
    .public(),
    Operation::new(
        "cheapest_payment",
        Method::Get,
        "/v1/payments/{country}",
        action(
            Target::Service,
            &[Field::new("country", Type::string(1, 9)).place(Place::Path)],
            Returns::Many { of: Answered::Value(Type::Union(&PAYMENT)), optional: true },
        ),
    )
    .requires(READ),
    Operation::new(
        "book_of_the_day",
        Method::Post,
        "/v1/book_of_the_day",
        action(
            Target::Service,
            &[Field::new("id", UUID)],
            Returns::One { of: Answered::Resource("Book"), optional: false },
        ),
    )
    .requires(WRITE),
];
