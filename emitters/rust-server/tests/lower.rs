//! The descriptors that serve runs on.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "support/model.rs"]
mod model;

use atlas9_descriptor::{Answered, Managed, OnDelete, Resource, Returns, STANDARD, Service, Store, Type};
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

#[test]
fn the_runtime_knows_the_errors_of_the_standard_library() {
    let raised = STANDARD.iter().map(|error| error.title.split(' ').map(capital).collect::<String>());
    let raised = raised.collect::<Vec<_>>().join(", ");
    let ir = model(&[(
        "test.atlas",
        &format!("namespace shop\nuse std.errors.*\nservice Shop {{ version \"1.0.0\" raises {raised} }}"),
    )]);
    let declared = ir.errors.values().map(|error| {
        (error.code.as_str(), error.kind.word(), error.kind.status(), &*error.message, &*error.remedy)
    });
    let known =
        STANDARD.iter().map(|error| (error.code, error.kind, error.status, error.message, error.remedy));
    assert_eq!(declared.collect::<Vec<_>>(), known.collect::<Vec<_>>());
    let service = lower(&ir, Embed::default()).expect("it can be lowered");
    assert!(service.errors.is_empty(), "they stand in the runtime alone");
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

#[test]
fn a_list_of_references_has_a_table() {
    let seen = |service: &'static Service| {
        let stores = last(service).fields.iter().filter_map(|field| match field.store {
            Store::Links(links) => Some((field.name, links.table, links.owner, links.key)),
            _ => None,
        });
        stores.collect::<Vec<_>>()
    };
    check(
        "resource Author { id: uuid @key operations { get public } }
         resource Shelf { id: uuid @key operations { get public } }
         resource Book in Shelf { id: uuid @key author_ids: [ref Author] operations { get public } }",
        seen,
        vec![("author_ids", "books_author_ids", &["shelf_id", "book_id"][..], "author_id")],
    );
    check(
        "resource Author { id: uuid @key operations { get public } }
         singleton Front { authors: [ref Author] operations { get public } }",
        seen,
        vec![("authors", "front_authors", &["singleton"][..], "author_id")],
    );
}

#[test]
fn a_singleton_goes_with_its_parent() {
    let seen = |service: &'static Service| {
        let resource = last(service);
        let parent = resource.fields.first().map(|field| match field.ty {
            Type::Reference(reference) => reference.on_delete,
            _ => OnDelete::Restrict,
        });
        (resource.key, resource.table, parent)
    };
    check(
        "resource Author { id: uuid @key operations { get public } }
         singleton Profile in Author { bio: string(..=40)? operations { get public } }",
        seen,
        (None, "profile", Some(OnDelete::Cascade)),
    );
}

#[test]
fn a_child_that_is_referred_to_has_a_unique_key() {
    let seen = |service: &'static Service| {
        let of = |resource: &&Resource| resource.unique.iter().map(|one| one.name).collect::<Vec<_>>();
        service.resources.iter().map(of).collect::<Vec<_>>()
    };
    check(
        "resource Book { id: uuid @key operations { get public } }
         resource Copy in Book { number: int32 @key operations { get public } }
         resource Loan { id: uuid @key copy_id: ref Copy operations { get public } }",
        seen,
        vec![vec![], vec!["copies_number_key"], vec![]],
    );
}

#[test]
fn a_union_contains_itself() {
    let seen = |service: &'static Service| match last(service).fields.get(1).map(|field| field.ty) {
        Some(Type::Union(node)) => {
            let inner = node.variants.get(1).and_then(|branch| branch.structure.fields.first());
            let inner = inner.map(|field| matches!(field.ty, Type::Union(of) if std::ptr::eq(of, node)));
            (node.variants.iter().map(|variant| variant.name).collect(), node.wire, inner)
        }
        _ => (Vec::new(), "", None),
    };
    check(
        "resource Book { id: uuid @key node: Node operations { get public } }
         union Node by kind { leaf: Leaf branch: Branch }
         type Leaf { value: int32 }
         type Branch { left: Node? right: Node? }",
        seen,
        (vec!["leaf", "branch"], "kind", Some(true)),
    );
}
