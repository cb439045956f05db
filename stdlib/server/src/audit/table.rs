//! The table of changes.

use atlas9_descriptor::Resource;

use super::changes::{Changed, fields, key};
use super::{AuditChange, AuditEntry, Author};
use crate::Record;
use crate::plan::Plan;
use crate::store::{Bind, Broken, ColumnType, Row, Session, Statement, parsed, unexpected};
use crate::value::{Timestamp, Uuid};

const COLUMNS: &str = "id, at, change, resource, key, operation, principal, tenant, request_id, trace_id, \
     version_before, version_after, changes";
/// Rows in one statement; each has as many values as there are columns.
const ROWS: usize = 100;
/// Rows that are purged in one transaction.
const BATCH: u32 = 1000;

pub(super) async fn insert(
    session: &mut Session,
    plan: &Plan,
    changed: &[Changed<'_>],
    author: &Author<'_>,
) -> Result<(), Broken> {
    let json = ColumnType::Json.cast(session.dialect());
    for chunk in changed.chunks(ROWS) {
        let mut insert = Statement::new(&format!("INSERT INTO atlas9_audit ({COLUMNS}) VALUES "));
        for (index, changed) in chunk.iter().enumerate() {
            insert.push(if index > 0 { ", (" } else { "(" });
            for bind in binds(plan.resource, changed, author) {
                insert.bind(bind).push(", ");
            }
            insert.bind(Bind::Text(fields(plan, changed))).push(json).push(")");
        }
        session.execute(insert).await?;
    }
    Ok(())
}

/// The values of all columns but the last.
fn binds(resource: &Resource, changed: &Changed<'_>, author: &Author<'_>) -> [Bind; 12] {
    let text = |text: &str| Bind::Text(text.to_owned());
    let request = author.request.as_ref();
    let optional = |found: Option<&str>| found.map_or(Bind::Null(ColumnType::Text), text);
    let version = |record: Option<&Record>| {
        record.and_then(Record::version).map_or(Bind::Null(ColumnType::Int), Bind::Int)
    };
    [
        Bind::Uuid(Uuid::now_v7()),
        Bind::Timestamp(author.now),
        text(changed.change.as_str()),
        text(resource.name),
        Bind::Text(key(resource, changed.key)),
        text(author.operation),
        optional(request.map(|request| request.principal)),
        optional(request.and_then(|request| request.tenant)),
        optional(request.map(|request| request.id)),
        optional(request.map(|request| request.trace.trace_id.as_str())),
        version(changed.before),
        version(changed.after),
    ]
}

/// A row of which changes are kept.
pub(super) struct Place {
    pub(super) resource: &'static str,
    pub(super) key: String,
    /// Where it belongs to one: another tenant's row may have the same key.
    pub(super) tenant: Option<String>,
}

pub(super) async fn read(
    session: &mut Session,
    row: Place,
    before: Option<Uuid>,
    limit: u32,
) -> Result<Vec<AuditEntry>, Broken> {
    let mut select = Statement::new(&format!("SELECT {COLUMNS} FROM atlas9_audit WHERE resource = "));
    select.bind(Bind::Text(row.resource.to_owned())).push(" AND key = ").bind(Bind::Text(row.key));
    if let Some(tenant) = row.tenant {
        select.push(" AND tenant = ").bind(Bind::Text(tenant));
    }
    if let Some(before) = before {
        select.push(" AND id < ").bind(Bind::Uuid(before));
    }
    select.push(&format!(" ORDER BY id DESC LIMIT {limit}"));
    let rows = session.rows(select).await?;
    rows.iter().map(|row| Ok(entry(row)?)).collect()
}

fn entry(row: &Row) -> Result<AuditEntry, sqlx::Error> {
    let words = |index| row.text(index).map(str::to_owned);
    Ok(AuditEntry {
        id: row.uuid(0)?,
        at: row.timestamp(1)?,
        change: AuditChange::read(row.text(2)?).ok_or_else(|| unexpected(2, &row.text(2)))?,
        resource: words(3)?,
        key: parsed(row.text(4)?)?,
        operation: words(5)?,
        principal: row.optional_text(6)?,
        tenant: row.optional_text(7)?,
        request_id: row.optional_text(8)?,
        trace_id: row.optional_text(9)?,
        version_before: row.optional_number(10)?,
        version_after: row.optional_number(11)?,
        changes: row.json(12)?,
    })
}

/// Deletes some of the changes of a resource that are as old as that; returns how many.
pub(crate) async fn purge(
    session: &mut Session,
    resource: &Resource,
    before: Timestamp,
) -> Result<u64, Broken> {
    let mut delete =
        Statement::new("DELETE FROM atlas9_audit WHERE id IN (SELECT id FROM atlas9_audit WHERE resource = ");
    delete.bind(Bind::Text(resource.name.to_owned())).push(" AND at <= ").bind(Bind::Timestamp(before));
    delete.push(&format!(" ORDER BY at LIMIT {BATCH})"));
    session.execute(delete).await
}
