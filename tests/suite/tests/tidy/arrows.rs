//! Which crate may know which.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

use super::hold;
use atlas9_suite::place::root;

/// Each crate of ours and the crates of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("atlas9", &["atlas9-build", "atlas9-driver", "atlas9-server"]),
    ("atlas9-analyze", &["atlas9-diagnostics", "atlas9-ir", "atlas9-std", "atlas9-syntax"]),
    ("atlas9-build", &["atlas9-driver"]),
    ("atlas9-descriptor", &[]),
    ("atlas9-diagnostics", &[]),
    (
        "atlas9-driver",
        &[
            "atlas9-analyze",
            "atlas9-descriptor",
            "atlas9-diagnostics",
            "atlas9-emit-docs",
            "atlas9-emit-openapi",
            "atlas9-emit-rust-server",
            "atlas9-emit-sdk-go",
            "atlas9-emit-sdk-python",
            "atlas9-emit-sdk-rust",
            "atlas9-emit-sdk-typescript",
            "atlas9-emit-sql",
            "atlas9-emitters-core",
            "atlas9-ir",
            "atlas9-lints",
            "atlas9-syntax",
        ],
    ),
    ("atlas9-emit-docs", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    ("atlas9-emit-openapi", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    (
        "atlas9-emit-rust-server",
        &["atlas9-descriptor", "atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"],
    ),
    ("atlas9-emit-sdk-go", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    ("atlas9-emit-sdk-python", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    ("atlas9-emit-sdk-rust", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    ("atlas9-emit-sdk-typescript", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    ("atlas9-emit-sql", &["atlas9-diagnostics", "atlas9-emitters-core", "atlas9-ir"]),
    ("atlas9-emitters-core", &["atlas9-diagnostics", "atlas9-ir"]),
    ("atlas9-fuzz", &["atlas9-analyze", "atlas9-diagnostics", "atlas9-ir", "atlas9-lints", "atlas9-syntax"]),
    ("atlas9-ir", &["atlas9-diagnostics"]),
    ("atlas9-lints", &["atlas9-diagnostics", "atlas9-ir"]),
    ("atlas9-load", &["atlas9-build", "atlas9-server"]),
    ("atlas9-server", &["atlas9-descriptor"]),
    ("atlas9-std", &[]),
    ("atlas9-suite", &[]),
    ("atlas9-syntax", &["atlas9-diagnostics"]),
    ("atlas9-workload", &["atlas9-build", "atlas9-driver"]),
    ("bookstore", &["atlas9-build", "atlas9-server"]),
    ("library", &["atlas9-build", "atlas9-server"]),
    ("tenants", &["atlas9-build", "atlas9-server"]),
];

/// Libraries that one crate only may know.
const ALONE: &[(&str, &[&str])] = &[
    ("pest", &["atlas9-syntax"]),
    ("serde-saphyr", &["atlas9-emitters-core", "atlas9-server"]),
    ("minijinja", &["atlas9-lints"]),
    ("openapiv3", &["atlas9-emit-openapi"]),
    ("opentelemetry", &["atlas9-server"]),
    ("pulldown-cmark", &["atlas9-driver", "atlas9-emit-docs"]),
    ("prettyplease", &["atlas9-emit-rust-server"]),
    ("sqlx", &["atlas9-load", "atlas9-server", "bookstore", "tenants"]),
    ("codespan-reporting", &["atlas9-diagnostics"]),
];

#[test]
fn crates_know_only_what_they_may() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ARROWS.iter().map(|(name, to)| (*name, to.iter().copied().collect())).collect();
    let mut broken = Vec::new();
    for (name, dependencies) in dependencies() {
        let Some(allowed) = allowed.get(name.as_str()) else {
            broken.push(format!("{name} has no arrows here: say what it may know"));
            continue;
        };
        let ours = dependencies.iter().filter(|other| other.starts_with("atlas9"));
        broken.extend(
            ours.filter(|other| !allowed.contains(other.as_str())).map(|other| format!("{name} -> {other}")),
        );
    }
    hold("an arrow that architecture.md does not have", &broken);
}

#[test]
fn libraries_stay_behind_their_one_crate() {
    let mut broken = Vec::new();
    for (name, dependencies) in dependencies() {
        let wrong = ALONE
            .iter()
            .filter(|(library, homes)| dependencies.contains(*library) && !homes.contains(&name.as_str()));
        broken.extend(
            wrong.map(|(library, homes)| format!("{name} uses {library}; only {} may", homes.join(", "))),
        );
    }
    hold("a library outside its one crate", &broken);
}

#[test]
fn a_build_script_brings_no_server_and_no_database() {
    let metadata = MetadataCommand::new().current_dir(root()).exec().expect("cargo metadata runs");
    let name_of = |id: &cargo_metadata::PackageId| {
        metadata.packages.iter().find(|package| package.id == *id).map(|package| &package.name)
    };
    let nodes = &metadata.resolve.as_ref().expect("the graph is resolved").nodes;
    let first =
        nodes.iter().find(|node| name_of(&node.id).is_some_and(|name| name.as_str() == "atlas9-build"));
    let mut reached = vec![&first.expect("the crate is there").id];
    let mut at = 0;
    while let Some(node) = reached.get(at).and_then(|id| nodes.iter().find(|node| node.id == **id)) {
        let built = |kind: DependencyKind| kind != DependencyKind::Development;
        let needed = node.deps.iter().filter(|needed| needed.dep_kinds.iter().any(|kind| built(kind.kind)));
        let new: Vec<_> = needed.map(|needed| &needed.pkg).filter(|id| !reached.contains(id)).collect();
        reached.extend(new);
        at += 1;
    }
    let heavy = ["atlas9-server", "axum", "sqlx", "tokio"];
    let broken: Vec<String> = reached
        .into_iter()
        .filter_map(name_of)
        .filter(|name| heavy.contains(&name.as_str()))
        .map(|name| format!("atlas9-build reaches {name}"))
        .collect();
    hold("what every user would have to compile to generate", &broken);
    assert!(at > 10, "the graph was not followed");
}

/// What each of our crates uses, without what its tests use.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new().current_dir(root()).no_deps().exec().expect("cargo metadata runs");
    metadata
        .packages
        .iter()
        .map(|package| {
            let used = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind != DependencyKind::Development);
            (package.name.to_string(), used.map(|dependency| dependency.name.clone()).collect())
        })
        .collect()
}
