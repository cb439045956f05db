//! The table of keys.

use std::time::Duration;

use super::ApiKey;
use crate::store::{
    Bind, Broken, Cell, ColumnType, Dialect, Mode, Reach, Row, Session, Statement, Store, StoreError,
    unexpected,
};
use crate::value::Timestamp;

/// How long the database works on a statement.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

const SELECT: &str = "SELECT id, name, principal, scopes, tenant, created_at, expires_at, last_used_at, revoked_at \
     FROM atlas9_api_key";

/// That the runtime has made its tables here: a missing one is the operator's business, and no failure of the database.
pub(super) async fn assert_there(session: &mut Session) -> Result<(), StoreError> {
    let statement = Statement::new(match session.dialect() {
        Dialect::Sqlite => {
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'atlas9_api_key'"
        }
        Dialect::Postgres => {
            "SELECT CASE WHEN to_regclass('atlas9_api_key') IS NULL THEN 0 ELSE 1 END::bigint"
        }
    });
    let row = session.row(statement).await?;
    let found = row.map_or(Ok(0), |row| row.number(0)).map_err(Broken::from)?;
    if found == 0 { Err(StoreError::NoTables) } else { Ok(()) }
}

pub(super) async fn insert(session: &mut Session, key: &ApiKey, hash: &[u8]) -> Result<(), Broken> {
    let mut insert = Statement::new(
        "INSERT INTO atlas9_api_key (id, name, hash, principal, scopes, tenant, created_at, expires_at) VALUES (",
    );
    let scopes = serde_json::Value::from(key.scopes.clone()).to_string();
    let tenant = key.tenant.clone().map_or(Bind::Null(ColumnType::Text), Bind::Text);
    let end = key.expires_at.map_or(Bind::Null(ColumnType::Timestamp), Bind::Timestamp);
    insert.bind(Bind::Text(key.id.clone())).push(", ");
    insert.bind(Bind::Text(key.name.clone())).push(", ");
    insert.bind(Bind::Bytes(hash.to_vec())).push(", ");
    insert.bind(Bind::Text(key.principal.clone())).push(", ");
    insert.bind(Bind::Text(scopes)).push(", ");
    insert.bind(tenant).push(", ");
    insert.bind(Bind::Timestamp(key.created_at)).push(", ");
    insert.bind(end).push(")");
    session.execute(insert).await?;
    Ok(())
}

pub(super) async fn all(session: &mut Session) -> Result<Vec<ApiKey>, Broken> {
    let mut select = Statement::new(SELECT);
    select.push(" ORDER BY created_at, id");
    let rows = session.rows(select).await?;
    rows.iter().map(|row| Ok(read(row)?)).collect()
}

pub(super) async fn by_id(session: &mut Session, id: &str) -> Result<Option<ApiKey>, Broken> {
    one(session, "id", Bind::Text(id.to_owned())).await
}

pub(super) async fn by_hash(session: &mut Session, hash: &[u8]) -> Result<Option<ApiKey>, Broken> {
    one(session, "hash", Bind::Bytes(hash.to_vec())).await
}

async fn one(session: &mut Session, column: &'static str, value: Bind) -> Result<Option<ApiKey>, Broken> {
    let mut select = Statement::new(SELECT);
    select.push(" WHERE ").push(column).push(" = ").bind(value);
    let row = session.row(select).await?;
    Ok(row.map(|row| read(&row)).transpose()?)
}

pub(super) async fn revoke(session: &mut Session, id: &str, now: Timestamp) -> Result<(), Broken> {
    let mut update = Statement::new("UPDATE atlas9_api_key SET revoked_at = ");
    update.bind(Bind::Timestamp(now)).push(" WHERE revoked_at IS NULL AND id = ");
    update.bind(Bind::Text(id.to_owned()));
    session.execute(update).await?;
    Ok(())
}

pub(super) async fn used(store: &Store, id: &str, now: Timestamp) -> Result<(), StoreError> {
    let mut session = store.session(Mode::Write, TIMEOUT, Reach::Shared).await?;
    let mut update = Statement::new("UPDATE atlas9_api_key SET last_used_at = ");
    update.bind(Bind::Timestamp(now)).push(" WHERE id = ").bind(Bind::Text(id.to_owned()));
    session.execute(update).await?;
    Ok(session.commit().await?)
}

fn read(row: &Row) -> Result<ApiKey, sqlx::Error> {
    Ok(ApiKey {
        id: row.text(0)?.to_owned(),
        name: row.text(1)?.to_owned(),
        principal: row.text(2)?.to_owned(),
        scopes: serde_json::from_str(row.text(3)?).map_err(|error| sqlx::Error::Decode(error.into()))?,
        tenant: match row.cell(4, ColumnType::Text)? {
            Cell::Text(tenant) => Some(tenant.to_owned()),
            _ => None,
        },
        created_at: time(row, 5)?.unwrap_or_default(),
        expires_at: time(row, 6)?,
        last_used_at: time(row, 7)?,
        revoked_at: time(row, 8)?,
    })
}

/// What cannot be read is an error and not nothing: else a key that was revoked would be good again.
fn time(row: &Row, index: usize) -> Result<Option<Timestamp>, sqlx::Error> {
    let cell = row.cell(index, ColumnType::Timestamp)?;
    let time = match &cell {
        Cell::Null => return Ok(None),
        Cell::Timestamp(micros) => Timestamp::from_micros(*micros),
        Cell::Text(text) => text.parse().ok(),
        _ => None,
    };
    time.map(Some).ok_or_else(|| unexpected(index, &cell))
}
