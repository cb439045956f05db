//! SQL that forgets the tenant.

use atlas9_server::{Connection, Cx, Problem};

use crate::crm::{Seen, UnguardedContactsError};

/// Counts every contact that the database shows: all of them in SQLite, those of the caller's tenant in PostgreSQL.
pub async fn unguarded(cx: &mut Cx) -> Result<Seen, UnguardedContactsError> {
    const ALL: &str = "SELECT count(*) FROM contacts";
    let failed = |error: sqlx::Error| Problem::internal(error);
    let rows: i64 = match cx.connection().await? {
        Connection::Sqlite(connection) => {
            sqlx::query_scalar(ALL).fetch_one(connection).await.map_err(failed)?
        }
        Connection::Postgres(connection) => {
            sqlx::query_scalar(ALL).fetch_one(connection).await.map_err(failed)?
        }
    };
    Ok(Seen { rows })
}
