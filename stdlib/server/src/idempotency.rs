//! `Idempotency-Key`: a request that is repeated with its key is done once (IETF draft-ietf-httpapi-idempotency-key-header).
//!
//! A key in flight is no row with a time-out. It is held by the transaction that does the work: in PostgreSQL by an advisory lock, in SQLite
//! by being the one writer. Whoever dies loses it with the connection, at once; a lease would keep the key for its term, and after
//! it let a second worker begin while the first may still be slow. The answer is written in the same transaction, so that the next holder of
//! the key either finds it or finds nothing done. All this is between processes; what is kept in memory only answers sooner.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::http::Reply;
use crate::store::{Bind, Broken, Dialect, Session, Statement};
use crate::value::Timestamp;
use crate::{Failure, Principal, Problem};

/// The longest key that is accepted, in characters.
const LONGEST: usize = 255;

/// Answers that are deleted in one transaction.
const BATCH: usize = 1000;

/// Who asks for what with which key, and a hash of the request.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Empty for a caller without one.
    tenant: String,
    principal: String,
    operation: String,
    key: String,
    hash: Vec<u8>,
}

/// Tenant, principal, operation and key.
type Entry = [String; 4];

/// Keys whose requests are being worked on in this process.
#[derive(Clone, Default)]
pub(crate) struct InFlight {
    keys: Arc<Mutex<BTreeSet<Entry>>>,
}

/// A key that is being worked on until this is dropped.
pub(crate) struct Working {
    keys: InFlight,
    key: Entry,
}

impl Drop for Working {
    fn drop(&mut self) {
        self.keys.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

impl InFlight {
    /// Begins work for a key.
    ///
    /// # Errors
    /// 409 where it has begun already.
    pub(crate) fn begin(&self, key: &Key) -> Result<Working, Problem> {
        let entry = key.entry();
        let new = self.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.clone());
        if new { Ok(Working { keys: self.clone(), key: entry }) } else { Err(in_flight()) }
    }
}

fn in_flight() -> Problem {
    let detail = "A request with this `Idempotency-Key` is being worked on.";
    Problem::conflict_of("idempotency_in_flight", "Request in flight", detail)
        .with_remedy("Repeat the request after the time in `Retry-After`.")
        .with_header("retry-after", "1")
        .retryable()
}

impl Key {
    /// The key of a request's header. The hash covers what decides the answer: method, path, query, body and
    /// scopes.
    pub(crate) fn new(
        header: &str,
        principal: &Principal,
        operation: String,
        request: [&[u8]; 4],
    ) -> Result<Key, Problem> {
        let valid =
            !header.is_empty() && header.len() <= LONGEST && header.bytes().all(|b| b.is_ascii_graphic());
        if !valid {
            let detail = format!("must be 1 to {LONGEST} visible ASCII characters");
            return Err(Problem::malformed(vec![Failure::header("Idempotency-Key", "wrong_format", detail)]));
        }
        let mut hash = Sha256::new();
        for part in request {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let hash = hash.finalize().to_vec();
        Ok(Key {
            tenant: principal.tenant().unwrap_or_default().to_owned(),
            principal: principal.id().to_owned(),
            operation,
            key: header.to_owned(),
            hash,
        })
    }

    fn entry(&self) -> Entry {
        [&self.tenant, &self.principal, &self.operation, &self.key].map(String::clone)
    }

    /// The answer that was given to this key, if it was. Keeps others from asking until the transaction ends.
    pub(crate) async fn replay(
        &self,
        session: &mut Session,
        oldest: Timestamp,
    ) -> Result<Option<Reply>, Problem> {
        if session.dialect() == Dialect::Postgres {
            // Other processes are kept off by a lock that ends with the transaction, however it ends. Its number is the whole
            // database's: a service in another schema may know the same key.
            let mut lock = Statement::new("SELECT pg_try_advisory_xact_lock(");
            lock.bind(Bind::Int(self.lock_number()));
            lock.push(" # hashtextextended(coalesce(current_schema(), ''), 0))");
            let free = session.row(lock).await?.map_or(Ok(true), |row| row.truth(0))?;
            if !free {
                return Err(in_flight());
            }
        }
        let mut select =
            Statement::new("SELECT request_hash, status, headers, body FROM atlas9_idempotency WHERE ");
        self.push_condition(&mut select);
        select.push(" AND created_at > ").bind(Bind::Timestamp(oldest));
        let Some(row) = session.row(select).await? else { return Ok(None) };
        if row.bytes(0)? != self.hash {
            return Err(Problem::idempotency_key_reused());
        }
        let status = u16::try_from(row.number(1)?).unwrap_or(200);
        let mut reply = Reply::stored(status, row.text(2)?, row.bytes(3)?.to_vec());
        reply.header("idempotent-replayed", "true");
        Ok(Some(reply))
    }

    /// Keeps an answer, in the transaction of what it answers, in place of one that is too old. All others that are too old are
    /// [`forget`]'s: a request must not wait for millions of them.
    pub(crate) async fn keep(
        &self,
        session: &mut Session,
        reply: &Reply,
        now: Timestamp,
        oldest: Timestamp,
    ) -> Result<(), Broken> {
        let mut delete = Statement::new("DELETE FROM atlas9_idempotency WHERE ");
        self.push_condition(&mut delete);
        delete.push(" AND created_at <= ").bind(Bind::Timestamp(oldest));
        session.execute(delete).await?;
        let mut insert = Statement::new(
            "INSERT INTO atlas9_idempotency \
             (tenant, principal, operation, idempotency_key, request_hash, status, headers, body, created_at) VALUES (",
        );
        insert.bind(Bind::Text(self.tenant.clone())).push(", ");
        insert.bind(Bind::Text(self.principal.clone())).push(", ");
        insert.bind(Bind::Text(self.operation.clone())).push(", ");
        insert.bind(Bind::Text(self.key.clone())).push(", ");
        insert.bind(Bind::Bytes(self.hash.clone())).push(", ");
        insert.bind(Bind::Int(i64::from(reply.status()))).push(", ");
        insert.bind(Bind::Text(reply.stored_headers())).push(", ");
        insert.bind(Bind::Bytes(reply.body().to_vec())).push(", ");
        insert.bind(Bind::Timestamp(now)).push(")");
        session.execute(insert).await?;
        Ok(())
    }

    fn push_condition(&self, statement: &mut Statement) {
        statement.push("tenant = ").bind(Bind::Text(self.tenant.clone()));
        statement.push(" AND principal = ").bind(Bind::Text(self.principal.clone()));
        statement.push(" AND operation = ").bind(Bind::Text(self.operation.clone()));
        statement.push(" AND idempotency_key = ").bind(Bind::Text(self.key.clone()));
    }

    fn lock_number(&self) -> i64 {
        let mut hash = Sha256::new();
        for part in self.entry() {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let digest: [u8; 32] = hash.finalize().into();
        digest.first_chunk::<8>().map_or(0, |bytes| i64::from_le_bytes(*bytes))
    }
}

/// Deletes some of the answers that are as old as that; returns how many.
pub(crate) async fn forget(session: &mut Session, oldest: Timestamp) -> Result<u64, Broken> {
    let key = "tenant, principal, operation, idempotency_key";
    let mut delete = Statement::new(&format!(
        "DELETE FROM atlas9_idempotency WHERE ({key}) IN (SELECT {key} FROM atlas9_idempotency WHERE created_at <= "
    ));
    delete.bind(Bind::Timestamp(oldest)).push(&format!(" ORDER BY created_at LIMIT {BATCH})"));
    session.execute(delete).await
}
