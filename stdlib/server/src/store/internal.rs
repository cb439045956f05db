//! The runtime's own tables, beside those of the service.

use super::{Bind, Broken, Mode, Reach, Session, Statement, Store};

/// Answers that are kept for `Idempotency-Key`, secrets of the service, hashes of API keys, who changed what, and the events of that.
pub(super) const SQLITE: &str = "
CREATE TABLE IF NOT EXISTS atlas9_idempotency (
    tenant TEXT NOT NULL,
    principal TEXT NOT NULL,
    operation TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant, principal, operation, idempotency_key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS atlas9_idempotency_created_at_idx ON atlas9_idempotency (created_at);
CREATE TABLE IF NOT EXISTS atlas9_secret (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS atlas9_api_key (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    principal TEXT NOT NULL,
    scopes TEXT NOT NULL,
    tenant TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    revoked_at TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS atlas9_audit (
    id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    change TEXT NOT NULL,
    resource TEXT NOT NULL,
    key TEXT NOT NULL,
    operation TEXT NOT NULL,
    principal TEXT,
    tenant TEXT,
    request_id TEXT,
    trace_id TEXT,
    version_before INTEGER,
    version_after INTEGER,
    changes TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS atlas9_audit_key_idx ON atlas9_audit (resource, key, id);
CREATE INDEX IF NOT EXISTS atlas9_audit_at_idx ON atlas9_audit (resource, at);
CREATE TABLE IF NOT EXISTS atlas9_outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    time TEXT NOT NULL,
    tenant TEXT,
    resource TEXT NOT NULL,
    key TEXT NOT NULL,
    change TEXT NOT NULL,
    version INTEGER NOT NULL,
    request_id TEXT,
    traceparent TEXT,
    data TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_until TEXT
);
CREATE INDEX IF NOT EXISTS atlas9_outbox_row_idx ON atlas9_outbox (resource, key, COALESCE(tenant, ''), position);
";

/// The same for PostgreSQL, one server at a time: `IF NOT EXISTS` does not keep two from making the same table at once.
pub(super) const POSTGRES: &str = "
SELECT pg_advisory_xact_lock(7025069830113);
CREATE TABLE IF NOT EXISTS atlas9_idempotency (
    tenant text NOT NULL,
    principal text NOT NULL,
    operation text NOT NULL,
    idempotency_key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer NOT NULL,
    headers text NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, principal, operation, idempotency_key)
);
CREATE INDEX IF NOT EXISTS atlas9_idempotency_created_at_idx ON atlas9_idempotency (created_at);
CREATE TABLE IF NOT EXISTS atlas9_secret (
    name text NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS atlas9_api_key (
    id text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    hash bytea NOT NULL UNIQUE,
    principal text NOT NULL,
    scopes text NOT NULL,
    tenant text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);
DO $$ BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = 'atlas9_idempotency' AND column_name = 'tenant'
    ) THEN
        ALTER TABLE atlas9_idempotency ADD COLUMN tenant text NOT NULL DEFAULT '';
        ALTER TABLE atlas9_idempotency DROP CONSTRAINT atlas9_idempotency_pkey;
        ALTER TABLE atlas9_idempotency ADD PRIMARY KEY (tenant, principal, operation, idempotency_key);
    END IF;
END $$;
CREATE TABLE IF NOT EXISTS atlas9_audit (
    id uuid NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    change text NOT NULL,
    resource text NOT NULL,
    key text NOT NULL,
    operation text NOT NULL,
    principal text,
    tenant text,
    request_id text,
    trace_id text,
    version_before bigint,
    version_after bigint,
    changes jsonb NOT NULL
);
CREATE INDEX IF NOT EXISTS atlas9_audit_key_idx ON atlas9_audit (resource, key, id);
CREATE INDEX IF NOT EXISTS atlas9_audit_at_idx ON atlas9_audit (resource, at);
CREATE TABLE IF NOT EXISTS atlas9_outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL,
    source text NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    time timestamptz NOT NULL,
    tenant text,
    resource text NOT NULL,
    key text NOT NULL,
    change text NOT NULL,
    version bigint NOT NULL,
    request_id text,
    traceparent text,
    data jsonb,
    attempts integer NOT NULL DEFAULT 0,
    claimed_until timestamptz
);
CREATE INDEX IF NOT EXISTS atlas9_outbox_row_idx ON atlas9_outbox (resource, key, COALESCE(tenant, ''), position);
";

/// How many columns there are of a table from before there were tenants; none where it has the tenant, or is still to be made.
pub(super) const SQLITE_OLD: &str = "
SELECT count(*) FROM pragma_table_info('atlas9_idempotency')
WHERE 'tenant' NOT IN (SELECT name FROM pragma_table_info('atlas9_idempotency'))";

/// Makes way for the table with the tenant in its key, and takes the answers along: a request that is repeated after the program was
/// replaced is still not done twice.
pub(super) const SQLITE_BEFORE: &str = "
BEGIN IMMEDIATE;
ALTER TABLE atlas9_idempotency RENAME TO atlas9_idempotency_without_tenant;
DROP INDEX IF EXISTS atlas9_idempotency_created_at_idx;
";

/// See [`SQLITE_BEFORE`], with [`SQLITE`] in between.
pub(super) const SQLITE_AFTER: &str = "
INSERT INTO atlas9_idempotency
    (tenant, principal, operation, idempotency_key, request_hash, status, headers, body, created_at)
SELECT '', principal, operation, idempotency_key, request_hash, status, headers, body, created_at
FROM atlas9_idempotency_without_tenant;
DROP TABLE atlas9_idempotency_without_tenant;
COMMIT;
";

/// A secret that the database keeps: made by whoever asks first, the same for everybody after.
pub(crate) async fn secret(store: &Store, name: &str) -> Result<Vec<u8>, Broken> {
    let mut session = store.session(Mode::Write, std::time::Duration::from_secs(10), Reach::Shared).await?;
    if let Some(found) = find(&mut session, name).await? {
        return Ok(found);
    }
    // Version 4 UUIDs are random but for six bits each, and come from the system's generator.
    let made = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
    let made: Vec<u8> = made.iter().flat_map(|uuid| *uuid.as_bytes()).collect();
    let mut insert = Statement::new("INSERT INTO atlas9_secret (name, value) VALUES (");
    insert.bind(Bind::Text(name.to_owned())).push(", ").bind(Bind::Bytes(made));
    insert.push(") ON CONFLICT (name) DO NOTHING");
    session.execute(insert).await?;
    let kept = find(&mut session, name).await?.unwrap_or_default();
    session.commit().await?;
    Ok(kept)
}

async fn find(session: &mut Session, name: &str) -> Result<Option<Vec<u8>>, Broken> {
    let mut select = Statement::new("SELECT value FROM atlas9_secret WHERE name = ");
    select.bind(Bind::Text(name.to_owned()));
    let row = session.row(select).await?;
    Ok(row.map(|row| row.bytes(0).map(<[u8]>::to_vec)).transpose()?)
}
