//! Every statement that is prepared for rows of tenants names the tenant, once for each table that it reads.

use std::path::Path;

use atlas9_descriptor::{
    Access, Auth, Field, Links, Managed, OnDelete, Reference, Resource, Scalar, Service, Store, Type,
};

use super::{Plan, ServicePlan};
use crate::audit::Trail;
use crate::store::{Dialect, TENANT};

const UUID: Type = Type::Scalar(Scalar::Uuid);
static TO_OWNER: Reference = Reference { resource: "Owner", key: UUID, on_delete: OnDelete::Restrict };
static TO_THING: Reference = Reference { resource: "Thing", key: UUID, on_delete: OnDelete::Clear };
static TO_KIND: Reference = Reference { resource: "Kind", key: UUID, on_delete: OnDelete::Cascade };
static TO_THINGS: Reference = Reference { resource: "Thing", key: UUID, on_delete: OnDelete::Cascade };
static LIST: Type = Type::List { item: &Type::Reference(&TO_THINGS), optional: false, min: 1, max: 9 };
static LINKS: Links = Links {
    table: "things_thing_ids",
    tenant: Some("tenant_id"),
    owner: &["owner_id", "thing_id"],
    key: "other",
};

const TENANT_ID: Field = Field::new("tenant_id", UUID).access(Access::ReadOnly).managed(Managed::Tenant);
const ID: Field = Field::new("id", UUID).access(Access::ReadOnly).managed(Managed::Key);
const DELETED_AT: Field = Field::new("deleted_at", Type::Scalar(Scalar::Timestamp))
    .optional()
    .access(Access::ReadOnly)
    .managed(Managed::DeletedAt);

const fn resource(name: &'static str, table: &'static str, fields: &'static [Field]) -> Resource {
    Resource {
        name,
        snake: table,
        table,
        parent: None,
        path: "/all",
        fields,
        key: Some(0),
        operations: &[],
        rules: &[],
        unique: &[],
        audited: None,
        events: false,
    }
}

static KIND: Resource = resource("Kind", "kinds", &[ID]);
static OWNER: Resource = resource("Owner", "owners", &[ID, TENANT_ID, DELETED_AT]);
static THING: Resource = Resource {
    parent: Some("Owner"),
    path: "/owners/{owner_id}/things",
    ..resource(
        "Thing",
        "things",
        &[
            ID,
            Field::new("owner_id", Type::Reference(&TO_OWNER))
                .access(Access::ReadOnly)
                .managed(Managed::Parent),
            TENANT_ID,
            Field::new("other", Type::Reference(&TO_THING)).optional(),
            Field::new("kind", Type::Reference(&TO_KIND)),
            Field::new("all", LIST).store(Store::Links(&LINKS)),
            DELETED_AT,
        ],
    )
};
static SERVICE: Service = Service {
    name: "Pinned",
    version: "1.0.0",
    base_path: "",
    auth: &[Auth::Bearer],
    scopes: &[],
    rate_limit: None,
    problem_base: "urn:problem:",
    resources: &[&KIND, &OWNER, &THING],
    operations: &[],
    errors: &[],
    openapi: "",
    docs: "",
    sqlite: &[],
    postgres: &[],
};

fn statements(plan: &Plan) -> Vec<String> {
    let (texts, watched) = (&plan.texts, Trail::first_row());
    let of_rows = [
        &texts.get,
        &texts.get_any,
        &texts.lock,
        &texts.lock_any,
        &texts.exists,
        &texts.exists_read,
        texts.insert(watched),
        &texts.among,
        texts.delete(watched),
    ];
    let mut all: Vec<String> = of_rows.iter().map(|text| text.to_string()).collect();
    all.extend(plan.referrers.iter().map(|referrer| referrer.rows()));
    all.extend(plan.losses.iter().map(|loss| loss.touch(watched).to_owned()));
    all.extend(plan.links.iter().map(|links| links.targets.0.clone()));
    all.extend(plan.links.iter().flat_map(|links| [links.table.rows("l"), links.table.delete("l")]));
    all.extend(plan.links.iter().map(|links| links.table.insert("x") + &links.table.row()));
    all.extend(
        plan.references.iter().filter(|to| to.resource != "Kind").map(|reference| reference.row.clone()),
    );
    all.push(texts.delete_where(watched).to_owned());
    all.push(plan.update(watched, Vec::new(), |_| {}).text().to_owned());
    all.extend([
        plan.table.rows("t"),
        plan.table.joined("t", ""),
        plan.table.delete("t"),
        plan.table.touch(),
    ]);
    all
}

/// How often a statement names a table of tenants. Names of tables are those in quotes that stand behind these words.
fn tables(statement: &str) -> usize {
    ["owners", "things", "things_thing_ids"]
        .iter()
        .map(|table| {
            let quoted = format!("\"{table}\" ");
            statement.matches(&quoted).count()
        })
        .sum()
}

#[test]
fn every_prepared_statement_names_the_tenant_of_each_table() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let plan = ServicePlan::new(&SERVICE, dialect).map_err(|wrong| wrong.join("\n")).expect("a plan");
        let plans: Vec<&Plan> = plan.plans().iter().filter(|plan| plan.tenant.is_some()).collect();
        let all: Vec<String> = plans.iter().flat_map(|plan| statements(plan)).collect();
        assert!(all.len() > 30, "{all:#?}");
        for statement in all {
            let (tables, pins) = (tables(&statement), statement.matches(TENANT).count());
            assert!(tables > 0 && tables == pins, "{tables} tables, {pins} times the tenant: {statement}");
        }
    }
}

#[test]
fn what_is_shared_concerns_every_tenant() {
    let plan = ServicePlan::new(&SERVICE, Dialect::Sqlite).map_err(|wrong| wrong.join("\n")).expect("a plan");
    let kind = plan.named("Kind").expect("a plan");
    assert!(kind.concerns_tenants && !kind.referrers.is_empty());
    for referrer in &kind.referrers {
        assert!(!referrer.rows().contains(TENANT), "{}", referrer.rows());
    }
}

/// The name of a resource's table is only where the tenant is put beside it, and who asks for all tenants is known.
#[test]
fn no_other_file_names_a_table() {
    let mut every = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&entry).expect("a file");
            if ["table.rs", "tests.rs"].contains(&name.as_str()) {
                continue;
            }
            assert!(
                !text.contains("resource.table") && !text.contains("parent.table"),
                "{}",
                entry.display()
            );
            if text.contains(".every()") {
                every.push(name);
            }
        }
    }
    every.sort();
    assert_eq!(every, ["purge.rs", "referrers.rs"]);
}
