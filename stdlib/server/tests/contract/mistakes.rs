//! Descriptions that do not fit together: told at start, all at once.

use atlas9_server::descriptor::{
    Access, Action, Answered, Expand, Field, Links, List, Literal, Managed, Method, OnDelete, Operation,
    OperationKind, Paging, Place, Reference, Resource, Returns, Rule, Scalar, Service, Store, Structure,
    Target, Type, Union, Variant,
};
use atlas9_server::descriptor::{Expr, Fields, Operator};
use atlas9_server::{App, Options};

use crate::fixtures::RESOURCE;

const UUID: Type = Type::Scalar(Scalar::Uuid);
const KEY: Field = Field::new("id", UUID).access(Access::ReadOnly).managed(Managed::Key);
static TO_THING: Reference = Reference { resource: "Thing", key: UUID, on_delete: OnDelete::Restrict };
static TO_ONE: Reference = Reference { resource: "One", key: UUID, on_delete: OnDelete::Restrict };
static BY: Structure =
    Structure { name: "By", fields: Fields::of(&[Field::new("kind", Type::string(0, 9))]), rules: &[] };
static UNION: Union = Union {
    name: "Choice",
    discriminator: "kind",
    wire: "kind",
    variants: &[Variant { name: "by", structure: &BY }],
};

static THING: Resource = Resource {
    name: "Thing",
    snake: "thing",
    table: "things",
    path: "/things",
    fields: &[
        KEY,
        Field::new("to_id", Type::Reference(&TO_ONE)).optional(),
        Field::new(
            "many_ids",
            Type::List { item: &Type::Reference(&TO_THING), optional: true, min: 0, max: 9 },
        )
        .optional()
        .store(Store::Links(&Links { table: "x", tenant: None, owner: &[], key: "thing_id" })),
        Field::new("choice", Type::Union(&UNION)).store(Store::Json),
        Field::new("placed", UUID).place(Place::Query),
    ],
    operations: &[
        Operation::new("get", Method::Get, "/things/{id}/{other}", OperationKind::Get)
            .expand(&[Expand { name: "choice", field: "choice" }]),
        Operation::new(
            "list",
            Method::Get,
            "/livez",
            OperationKind::List(List {
                filter: &[],
                sort: &[],
                search: &[],
                search_index: None,
                paging: Paging::Page,
                default_limit: 1,
                max_limit: 1,
            }),
        ),
        Operation::new("act", Method::Delete, "/things", action(Target::Item, PARAMS)),
        Operation::new("all", Method::Post, "/things/all", action(Target::Service, &[])),
        Operation::new(
            "some",
            Method::Post,
            "/things/some",
            OperationKind::BatchDelete { max: 0, conditional: false },
        ),
    ],
    ..RESOURCE
};

static PARAMS: &[Field] = &[
    Field::new("body", UUID),
    Field::new("path", UUID).place(Place::Path),
    Field::new("query", Type::Structure(&BY)).place(Place::Query),
    Field::new("header", UUID).place(Place::Header("X Y")),
    Field::new("again", UUID).place(Place::Header("x y")),
];

const fn action(target: Target, params: &'static [Field]) -> OperationKind {
    let returns = Returns::Many { of: Answered::Resource("Nothing"), optional: false };
    let sets = &[(&["to_id"] as &[&str], atlas9_server::descriptor::Assigned::Literal(Literal::Null))];
    OperationKind::Action(Action { target, params, returns, moves: &[], sets })
}

static ONE: Resource = Resource {
    name: "One",
    snake: "one",
    table: "one",
    path: "/one",
    fields: &[
        Field::new("needed", Type::string(0, 9)),
        Field::new("count", Type::Scalar(Scalar::Int32 { min: 0, max: 9 })).default(Literal::Int(0)),
    ],
    key: None,
    operations: &[Operation::new("create", Method::Post, "/one", OperationKind::Create)],
    ..RESOURCE
};

/// Every field has a default, and the rule does not hold for them.
static BROKEN: Resource = Resource {
    name: "Broken",
    snake: "broken",
    table: "broken",
    path: "/broken",
    fields: &[Field::new("count", Type::Scalar(Scalar::Int32 { min: 0, max: 9 })).default(Literal::Int(0))],
    key: None,
    operations: &[Operation::new("get", Method::Get, "/broken", OperationKind::Get)],
    rules: &[Rule {
        name: "counted",
        text: "It is counted.",
        condition: Expr::Binary(Operator::Greater, &Expr::Field(&["count"]), &Expr::Literal(Literal::Int(0))),
        constraint: "",
    }],
    ..RESOURCE
};

async fn check(resources: Vec<&'static Resource>, operations: &'static [Operation], lines: &[&str]) {
    let service = Service {
        name: "Mistakes",
        version: "1.0.0",
        base_path: "",
        auth: &[],
        scopes: &[],
        rate_limit: None,
        problem_base: "urn:problem:",
        resources: Vec::leak(resources),
        operations,
        errors: &[],
        openapi: "",
        docs: "",
        sqlite: &[],
        postgres: &[],
    };
    let store = atlas9_server::Store::open("sqlite::memory:").await.expect("a database");
    let options = Options { missing_handlers_answer_501: true, ..Options::default() };
    let error =
        App::new(Box::leak(Box::new(service)), store).options(options).start().err().expect("an error");
    let text = error.to_string();
    let told: Vec<&str> = text.lines().skip(1).map(|line| line.trim_start_matches("- ")).collect();
    assert_eq!(told, lines);
}

#[tokio::test]
async fn tells_every_mistake() {
    static PING: &[Operation] = &[
        Operation::new("ping", Method::Get, "/ping", OperationKind::Get),
        Operation::new("all", Method::Post, "/things/all", action(Target::Item, &[])),
    ];
    check(
        vec![&THING, &ONE],
        PING,
        &[
            "Thing.to_id: `One` is a singleton, which nothing refers to",
            "Choice: `By` of `by` is named like what tells the variants apart",
            "Thing.placed: only a parameter has a place",
            "Thing.many_ids: only a list of references that is never null is kept in a table of its own",
            "Thing.many_ids: a key in a list of references is never null",
            "Thing.many_ids: the columns of `x` do not fit the resource's key",
            "Thing, get: `{other}` in its path stands for nothing",
            "Thing, list: `/livez` is answered by the server itself",
            "Thing, act.body: a request of this method has no body",
            "Thing, act.path: the path has no placeholder for it",
            "Thing, act.query: it cannot be given as text, so that it has to stand in the body",
            "Thing, act.header: `X Y` cannot be the name of a header",
            "Thing, act.again: `x y` cannot be the name of a header",
            "Thing, act.again: another parameter has the same name in the same place",
            "Thing, act: it answers `Nothing`, and there is no such resource",
            "Thing, act: its path does not have the keys that lead there",
            "Thing, all: what it acts on is not what offers it",
            "Thing, all: it answers `Nothing`, and there is no such resource",
            "Thing, all: there is no one resource that it could change",
            "Thing, some: there is no operation that it does with each item",
            "Thing, some: it takes no items",
            "One.needed: a field of a singleton needs a default, or has to be optional",
            "One, create: a singleton cannot offer it",
            "ping: there is no resource that it is for",
            "all: what it acts on is not what offers it",
            "all: it answers `Nothing`, and there is no such resource",
            "all: there is no one resource that it could change",
            "all: `all` has the same method and path",
        ],
    )
    .await;
}

#[tokio::test]
async fn tells_defaults_that_break_a_rule() {
    check(vec![&BROKEN], &[], &["Broken: its defaults break the rule `counted`"]).await;
}
