//! The descriptors that serve runs on.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "support/model.rs"]
mod model;

use atlas9_descriptor::{Answered, Managed, Resource, Returns, Service, Type};
use atlas9_emit_rust_server::{Embed, lower};
use model::model;

/// What is seen of the service of a schema.
fn check<T: PartialEq + std::fmt::Debug>(declarations: &str, seen: fn(&'static Service) -> T, expected: T) {
    let schema =
        format!("namespace shop\nservice Shop {{ version \"1.0.0\" base_path \"/v1\" }}\n{declarations}\n");
    let ir = model(&[("test.atlas", &schema)]);
    assert_eq!(seen(lower(&ir, Embed::default()).expect("it can be lowered")), expected);
}

fn last(service: &Service) -> &'static Resource {
    service.resources.last().expect("there is a resource")
}

#[test]
fn a_structure_contains_itself() {
    let seen = |service: &'static Service| match last(service).fields.get(1).map(|field| field.ty) {
        Some(Type::Structure(tree)) => match tree.fields.first().map(|field| field.ty) {
            Some(Type::Structure(inner)) => std::ptr::eq(tree, inner),
            _ => false,
        },
        _ => false,
    };
    check(
        "resource Book { id: uuid @key tree: Tree operations { get public } }
         type Tree { left: Tree? name: string }",
        seen,
        true,
    );
}

#[test]
fn paths_and_keys_of_a_child() {
    let seen = |service: &'static Service| {
        let resource = last(service);
        let parents = resource.fields.iter().filter(|field| field.managed == Some(Managed::Parent));
        let path = resource.operations.first().map(|operation| operation.path);
        (resource.path, path, parents.map(|field| field.name).collect::<Vec<_>>(), resource.key)
    };
    check(
        "resource Book { id: uuid @key operations { get public } }
         resource Review in Book { id: uuid @key operations { get public } }",
        seen,
        ("/v1/books/{book_id}/reviews", Some("/v1/books/{book_id}/reviews/{id}"), vec!["book_id"], Some(0)),
    );
}

#[test]
fn unique_constraints_of_fields_and_indexes() {
    let seen =
        |service: &'static Service| last(service).unique.iter().map(|one| one.name).collect::<Vec<_>>();
    check(
        "resource Book { id: uuid @key a: string(..=9) @unique b: int32 c: int32
             operations { get public } storage { unique (b, c) } }",
        seen,
        vec!["books_a_key", "books_b_c_key"],
    );
}

#[test]
fn what_actions_answer() {
    let seen = |service: &'static Service| {
        let kinds = last(service).operations.iter().map(|operation| match operation.kind {
            atlas9_descriptor::OperationKind::Action(action) => match action.returns {
                Returns::Nothing => "nothing",
                Returns::One { of: Answered::Resource("Book"), .. } => "resource",
                Returns::One { optional: true, .. } => "value or null",
                Returns::One { .. } => "value",
                Returns::Many { .. } => "values",
            },
            _ => "no action",
        });
        kinds.collect::<Vec<_>>()
    };
    check(
        "resource Book { id: uuid @key operations {
             action a() public action b() -> Book public action c() -> Sum? public action d() -> [int32] public } }
         type Sum { of: int32 }",
        seen,
        vec!["nothing", "resource", "value or null", "values"],
    );
}

#[test]
fn the_base_of_problems() {
    const BOOK: &str = "resource Book { id: uuid @key operations { get public } }";
    check(BOOK, |service| service.problem_base, "urn:problem:package:");
}
