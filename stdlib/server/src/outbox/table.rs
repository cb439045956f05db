//! The table of events.

use std::time::Duration;

use super::OutboxEvent;
use crate::audit::{Author, Changed, key};
use crate::http::encoded;
use crate::plan::{Plan, ServicePlan};
use crate::store::{AT_ONCE, Bind, Broken, ColumnType, Dialect, Row, Session, Statement, parsed, unexpected};
use crate::value::write::{View, record};
use crate::value::{Timestamp, Uuid};
use crate::{AuditChange, Record, Value};

const WRITTEN: &str = "id, source, type, subject, time, tenant, resource, key, change, version, request_id, \
     traceparent, data";
const READ: &str = "o.id, o.source, o.type, o.subject, o.time, o.tenant, o.resource, o.key, o.change, o.version, \
     o.request_id, o.traceparent, o.data, o.position, o.attempts + 1";
/// Rows in one statement; each has as many values as there are columns.
const ROWS: usize = 100;

/// Writes the events of rows of one resource, in the transaction that changed them.
pub(crate) async fn insert(
    session: &mut Session,
    (service, plan): (&ServicePlan, &Plan),
    changed: &[Changed<'_>],
    author: &Author<'_>,
) -> Result<(), Broken> {
    let json = ColumnType::Json.cast(session.dialect());
    for chunk in changed.chunks(ROWS) {
        let mut insert = Statement::new(&format!("INSERT INTO atlas9_outbox ({WRITTEN}) VALUES "));
        for (index, changed) in chunk.iter().enumerate() {
            insert.push(if index > 0 { ", (" } else { "(" });
            for bind in binds(service.service.name, plan, changed, author) {
                insert.bind(bind).push(", ");
            }
            insert.bind(data(changed)).push(json).push(")");
        }
        session.execute(insert).await?;
    }
    Ok(())
}

/// The values of all columns but the last.
fn binds(service: &str, plan: &Plan, changed: &Changed<'_>, author: &Author<'_>) -> [Bind; 12] {
    let (resource, change) = (plan.resource.name, changed.change.as_str());
    let request = author.request.as_ref();
    let optional = |found: Option<String>| found.map_or(Bind::Null(ColumnType::Text), Bind::Text);
    [
        Bind::Uuid(Uuid::now_v7()),
        Bind::Text(format!("/{service}")),
        Bind::Text(format!("{service}.{resource}.{change}")),
        Bind::Text(subject(resource, changed.key)),
        Bind::Timestamp(author.now),
        optional(tenant(plan, changed)),
        Bind::Text(resource.to_owned()),
        Bind::Text(key(plan.resource, changed.key)),
        Bind::Text(change.to_owned()),
        Bind::Int(version(changed)),
        optional(request.map(|request| request.id.to_owned())),
        optional(request.map(|request| request.trace.traceparent())),
    ]
}

fn subject(resource: &str, key: &[Value]) -> String {
    let segments = key.iter().map(|one| encoded(&one.plain()));
    std::iter::once(resource.to_owned()).chain(segments).collect::<Vec<_>>().join("/")
}

/// Whose the row is, which is not always the tenant of who changed it: the server purges for everybody.
fn tenant(plan: &Plan, changed: &Changed<'_>) -> Option<String> {
    let record = changed.after.or(changed.before)?;
    record.at(plan.tenant?).filter(|tenant| !tenant.is_null()).map(Value::plain)
}

/// A row that is gone has no version; the next one is greater than all that were told.
fn version(changed: &Changed<'_>) -> i64 {
    let gone = || changed.before.and_then(Record::version).map(|version| version.saturating_add(1));
    changed.after.and_then(Record::version).or_else(gone).unwrap_or_default()
}

/// What was purged is to be forgotten: it is not told once more.
fn data(changed: &Changed<'_>) -> Bind {
    let shown = changed.after.or(changed.before).filter(|_| changed.change != AuditChange::Purged);
    let Some(shown) = shown else { return Bind::Null(ColumnType::Json) };
    let mut out = Vec::new();
    record(&mut out, shown, View::Event);
    Bind::Text(String::from_utf8(out).unwrap_or_default())
}

/// Hands out events, at most [`AT_ONCE`], and keeps them from others for a time.
///
/// The first event of a row that is not done is handed out, and after it those that follow it. Others wait for them: so no two
/// readers have events of the same row, and none overtakes another. A later event of a row is committed after the earlier one,
/// because the row is locked from its change to the end of the transaction.
pub(super) async fn claim(
    session: &mut Session,
    limit: usize,
    time: Duration,
) -> Result<Vec<OutboxEvent>, Broken> {
    let mut events = first_of_rows(session, limit).await?;
    if events.is_empty() {
        return Ok(events);
    }
    let more = following(session, &events, limit).await?;
    let room = limit.saturating_sub(events.len());
    let first: Vec<i64> = events.iter().map(|event| event.position).collect();
    events.extend(more.into_iter().filter(|event| !first.contains(&event.position)).take(room));
    events.sort_by_key(|event| event.position);

    let mut update = Statement::new("UPDATE atlas9_outbox SET attempts = attempts + 1, claimed_until = ");
    push_time(&mut update, session.dialect(), time);
    update.push(" WHERE ");
    push_positions(&mut update, &events);
    session.execute(update).await?;
    Ok(events)
}

/// What nobody has, and nothing of the same row comes before: asked so that each event looks into the index once. A join would compare
/// all events of a row with one another. What another reader is about to take is passed over.
async fn first_of_rows(session: &mut Session, limit: usize) -> Result<Vec<OutboxEvent>, Broken> {
    let dialect = session.dialect();
    let mut select = Statement::new(&format!(
        "SELECT {READ} FROM atlas9_outbox o WHERE (o.claimed_until IS NULL OR o.claimed_until <= "
    ));
    push_time(&mut select, dialect, Duration::ZERO);
    select.push(
        ") AND o.position = (SELECT e.position FROM atlas9_outbox e WHERE e.resource = o.resource AND e.key = o.key \
         AND COALESCE(e.tenant, '') = COALESCE(o.tenant, '') ORDER BY e.position LIMIT 1)",
    );
    select.push(&format!(" ORDER BY o.position LIMIT {limit}"));
    if dialect == Dialect::Postgres {
        select.push(" FOR UPDATE OF o SKIP LOCKED");
    }
    read(session, select).await
}

/// The events of the rows of these, themselves included.
async fn following(
    session: &mut Session,
    events: &[OutboxEvent],
    limit: usize,
) -> Result<Vec<OutboxEvent>, Broken> {
    if events.len() >= limit {
        return Ok(Vec::new());
    }
    let mut select = Statement::new(&format!(
        "SELECT {READ} FROM atlas9_outbox o WHERE (o.resource, o.key, COALESCE(o.tenant, '')) IN \
         (SELECT resource, key, COALESCE(tenant, '') FROM atlas9_outbox WHERE "
    ));
    push_positions(&mut select, events);
    select.push(&format!(") ORDER BY o.position LIMIT {limit}"));
    read(session, select).await
}

/// Deletes events that need not be handed out again.
pub(super) async fn delete(session: &mut Session, events: &[OutboxEvent]) -> Result<(), Broken> {
    for chunk in events.chunks(AT_ONCE) {
        let mut delete = Statement::new("DELETE FROM atlas9_outbox WHERE ");
        push_positions(&mut delete, chunk);
        session.execute(delete).await?;
    }
    Ok(())
}

fn push_positions(statement: &mut Statement, events: &[OutboxEvent]) {
    let positions: Vec<Vec<Bind>> = events.iter().map(|event| vec![Bind::Int(event.position)]).collect();
    statement.push_among(&["position".to_owned()], &positions);
}

/// So much time from now, by the database's clock where it has one of its own: readers on several machines need not agree.
fn push_time(statement: &mut Statement, dialect: Dialect, time: Duration) {
    let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    match dialect {
        Dialect::Postgres => {
            statement
                .push("clock_timestamp() + ")
                .bind(Bind::Int(micros))
                .push(" * interval '1 microsecond'");
        }
        Dialect::Sqlite => {
            let end = Timestamp::now().micros().saturating_add(micros);
            statement.bind(Bind::Timestamp(Timestamp::from_micros(end).unwrap_or_default()));
        }
    }
}

async fn read(session: &mut Session, select: Statement) -> Result<Vec<OutboxEvent>, Broken> {
    let rows = session.rows(select).await?;
    rows.iter().map(|row| Ok(event(row)?)).collect()
}

fn event(row: &Row) -> Result<OutboxEvent, sqlx::Error> {
    let words = |index| row.text(index).map(str::to_owned);
    Ok(OutboxEvent {
        id: row.uuid(0)?,
        source: words(1)?,
        event_type: words(2)?,
        subject: words(3)?,
        time: row.timestamp(4)?,
        tenant: row.optional_text(5)?,
        resource: words(6)?,
        key: parsed(row.text(7)?)?,
        change: AuditChange::read(row.text(8)?).ok_or_else(|| unexpected(8, &row.text(8)))?,
        version: row.number(9)?,
        request_id: row.optional_text(10)?,
        traceparent: row.optional_text(11)?,
        data: row.json(12)?,
        position: row.number(13)?,
        attempt: u32::try_from(row.number(14)?).unwrap_or(u32::MAX),
    })
}
