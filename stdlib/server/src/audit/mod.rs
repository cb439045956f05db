//! Who changed what: rows of watched resources, compared as they were before a transaction and as they are at its end. What is
//! different is kept where the resource is `@audited`, and becomes an event of the outbox where it has `@events`.
//!
//! What writes rows of a resource needs a [`Watched`], which only [`Trail`] gives: so no path leads past it. Because the rows are read
//! again before the commit, what the database does by itself (cascades, references that become null) is seen too.

mod changes;
mod entry;
mod table;
mod trail;

pub(crate) use changes::{Changed, key};
pub use entry::{AuditChange, AuditEntry};
pub(crate) use table::purge;
pub(crate) use trail::{Gone, Trail, Watched, key_binds, key_of, own_columns, referring};

use atlas9_descriptor::Resource;

use crate::http::TraceContext;
use crate::plan::{Plan, path_binds};
use crate::store::{Broken, Session};
use crate::value::{Timestamp, Uuid};
use crate::{Cx, Problem, Record, Value, hooks};

/// Who changes rows, and when.
pub(crate) struct Author<'a> {
    pub(crate) now: Timestamp,
    /// The operation that does it.
    pub(crate) operation: &'a str,
    /// The request; none where the server does it by itself.
    pub(crate) request: Option<Request<'a>>,
}

/// Where a change comes from.
pub(crate) struct Request<'a> {
    pub(crate) principal: &'a str,
    pub(crate) tenant: Option<&'a str>,
    pub(crate) id: &'a str,
    pub(crate) trace: &'a TraceContext,
}

impl Cx {
    /// What happened to a row of an `@audited` resource, deleted ones too: at most `limit` changes, the last one first, and only those
    /// older than the change with the id `before`. Keys are those of the parents, outermost first, then the own key.
    ///
    /// Of a row that belongs to a tenant it is what callers of the request's own tenant did.
    ///
    /// What the request itself has changed is not among them: it is written when the transaction ends. Whether the caller may see the
    /// audit of the row is for the code that asks to decide.
    ///
    /// # Errors
    /// When the database is not there.
    pub async fn audit(
        &mut self,
        resource: &Resource,
        key: &[Value],
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, Problem> {
        let row = table::Place {
            resource: resource.name,
            key: self::key(resource, key),
            tenant: resource.tenant_field().map(|_| self.principal.tenant().unwrap_or_default().to_owned()),
        };
        Ok(table::read(self.session().await?, row, before, limit).await?)
    }

    /// Before the row that a path leads to is changed.
    pub(crate) async fn watch(&mut self, plan: &Plan, path: &[Value]) -> Result<Watched, Broken> {
        let path = path_binds(&plan.path, path);
        let (trail, session) = self.watching().await?;
        trail.path(session, plan, path).await
    }

    /// Before rows are changed.
    pub(crate) async fn watch_rows<K: AsRef<[Value]>>(
        &mut self,
        plan: &Plan,
        keys: &[K],
    ) -> Result<Watched, Broken> {
        let (trail, session) = self.watching().await?;
        trail.rows(session, plan, keys).await
    }

    /// Before rows go for ever, with all that the database changes then. Where there are hooks for what goes along, it is noted.
    pub(crate) async fn watch_going(&mut self, plan: &Plan, keys: &[Vec<Value>]) -> Result<Watched, Broken> {
        let shared = std::sync::Arc::clone(&self.shared);
        let mut gone = hooks::are_told(&shared, plan).then(Vec::new);
        let (trail, session) = self.watching().await?;
        let watched = trail.going(session, &shared.plan, plan, keys, gone.as_mut()).await?;
        self.gone.extend(gone.into_iter().flatten());
        Ok(watched)
    }

    /// Before a row is made.
    pub(crate) fn watch_new(&mut self, plan: &Plan, record: &Record) -> Watched {
        self.trail.new_row(plan, record)
    }

    /// Writes what has changed, at the end of the transaction.
    pub(crate) async fn settle(&mut self) -> Result<(), Broken> {
        let Some(session) = &mut self.session else { return Ok(()) };
        let request = Request {
            principal: self.principal.id(),
            tenant: self.principal.tenant(),
            id: &self.request_id,
            trace: &self.trace,
        };
        let author = Author { now: self.now, operation: self.operation, request: Some(request) };
        self.trail.settle(session, &self.shared.plan, &author).await
    }

    async fn watching(&mut self) -> Result<(&mut Trail, &mut Session), Broken> {
        self.session().await?;
        let session = self.session.as_mut().ok_or_else(|| Broken::Other(Problem::internal("no session")))?;
        Ok((&mut self.trail, session))
    }
}
