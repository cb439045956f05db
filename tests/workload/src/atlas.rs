//! The API in the language of atlas9.

use crate::names::Named;
use crate::{Files, pages};

/// Every group of lints is on, with those that are off by default. Resources that are made from one pattern repeat themselves, and the
/// pattern is that of the other tools' workloads.
const CONFIG: &str = "\
name: workload
version: 1.0.0
schema: schema/**/*.atlas

lints:
  pedantic: warn
  boolean_trap: allow
  duplicate_type: allow
  missing_audit_fields: allow
  missing_example: allow
  too_many_resources: { most: 10000 }
";

const SERVICE: &str = "\
/// The service and the errors that its operations share.
namespace workload

use std.errors.*

/// An API as large as one likes.
service Workload {
    version      \"1.0.0\"
    base_path    \"/v1\"
    paginate     cursor(default: 20, max: 100)
    deprecation  notice: 84d
    rate_limit   600 per minute
    raises       Unauthenticated, RateLimited, Unavailable

    auth bearer {
        read   \"Read everything.\"
        write  \"Change everything.\"
    }
}

/// Only what is a draft can be approved.
error NotDraft: conflict {
    message  \"{id} is not a draft.\"
    remedy   \"Read it again; somebody has approved it already.\"
    id:      uuid
}
";

pub(crate) fn package(resources: usize) -> Files {
    let mut files = Files::default();
    files.add("atlas.yaml", CONFIG.to_owned());
    files.add("schema/service.atlas", SERVICE.to_owned());
    for (page, named) in pages(resources) {
        let Some(first) = named.first() else { continue };
        files.add(format!("schema/{}/part{page:02}.atlas", first.namespace), file(first, &named));
    }
    files
}

fn file(first: &Named, named: &[Named]) -> String {
    let foreign = first.before().filter(|before| before.namespace != first.namespace);
    let used =
        foreign.map_or_else(String::new, |before| format!("use {}.{}\n", before.namespace, before.pascal));
    let head = format!("namespace {}\n\n{used}use workload.NotDraft\n", first.namespace);
    named.iter().fold(head, |text, named| text + &resource(named))
}

fn resource(named: &Named) -> String {
    let Named { pascal, .. } = named;
    let words = named.words();
    // The first one stands for itself, and need not, or nothing could be created.
    let before =
        named.before().map_or_else(|| format!("ref {pascal}?"), |before| format!("ref {}", before.pascal));
    // Annotations stand below one another, as the formatter puts them.
    let status = format!("{pascal}Status = draft");
    let width = status.len();
    let [key, code, created] = ["uuid", "string(1..=40)", "timestamp = now"].map(|ty| format!("{ty:width$}"));
    format!(
        r#"
/// A {words}.
resource {pascal} {{
    id:           {key} @key
    code:         {code} @unique @immutable
    name:         string(1..=120)
    status:       {status} @readonly
    address:      {pascal}Address
    previous_id:  {before}
    tags:         [string(1..=30)](..=20)
    quantity:     int32(0..=1000000) = 1
    amount:       decimal(12, 2)?
    active:       bool = true
    summary:      string(..=2000)?
    due_on:       date?
    created_at:   {created} @readonly

    operations {{
        list    filter(status, previous_id) sort(created_at, name)  requires read
        get     requires read
        create  idempotent  requires write
        update  conditional  requires write
        delete  requires write

        /// Approves the {words}.
        action approve() -> {pascal}
            moves status draft -> approved else NotDraft(id: id)
            requires write
    }}

    storage {{
        index (status, created_at)
        index (previous_id)
        index (created_at)
        index (name)
    }}
}}

/// Where a {words} is in its life.
enum {pascal}Status {{
    draft     "Not yet approved."
    approved  "Approved, and in force."
}}

/// Where a {words} belongs.
type {pascal}Address {{
    line:  string(1..=120)
    city:  string(1..=80)
    zip:   string(/^[0-9]{{5}}$/)?
}}
"#
    )
}
