//! The context of a request: who calls, when, and the transaction.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crate::audit::{Gone, Trail};
use crate::handler::BoxFuture;
use crate::http::{Precondition, Trace, TraceContext};
use crate::operation::attempt::Attempt;
use crate::server::Shared;
use crate::store::{Broken, Mode, Reach, Session};
use crate::value::Timestamp;
use crate::{Connection, Dialect, Principal, Problem};

pub(crate) type Hook = Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send>;
pub(crate) type States = HashMap<TypeId, Arc<dyn Any + Send + Sync>>;

/// The context of a request. What code does with the database through it happens in one transaction, which is committed when
/// the code answers and rolled back when it answers a problem.
pub struct Cx {
    pub(crate) shared: Arc<Shared>,
    pub(crate) principal: Principal,
    pub(crate) request_id: String,
    pub(crate) trace: TraceContext,
    /// The name of the operation that is asked for.
    pub(crate) operation: &'static str,
    pub(crate) now: Timestamp,
    pub(crate) deadline: Instant,
    pub(crate) mode: Mode,
    pub(crate) session: Option<Session>,
    /// When the connection was first needed.
    pub(crate) connected: Option<Instant>,
    /// Whose rows the request reaches.
    pub(crate) reach: Reach,
    /// What may have changed.
    pub(crate) trail: Trail,
    pub(crate) hooks: Vec<Hook>,
    /// Rows that went with others, by the names of their resources, with their keys.
    pub(crate) gone: Vec<Gone>,
    /// The state that the request wants the row of its path to have.
    pub(crate) precondition: Option<Precondition>,
    /// True while the user's code runs, which may go on after a failure.
    pub(crate) in_code: bool,
    /// What is being done by itself: after a refusal code goes on, or a batch with its next item.
    pub(crate) attempt: Option<Attempt>,
}

impl Cx {
    /// The context of a request that has just been let in.
    pub(crate) fn new(shared: &Arc<Shared>, trace: &Trace, mode: Mode) -> Cx {
        Cx {
            shared: Arc::clone(shared),
            principal: trace.principal.clone(),
            request_id: trace.id.clone(),
            trace: trace.context.clone(),
            operation: "",
            trail: Trail::default(),
            now: shared.now(),
            deadline: Instant::now() + shared.options.timeout,
            mode,
            session: None,
            connected: None,
            reach: shared.plan.reach(&trace.principal),
            hooks: Vec::new(),
            gone: Vec::new(),
            precondition: None,
            in_code: false,
            attempt: None,
        }
    }

    /// Who calls.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The tenant whose rows the request reaches; none for a caller who belongs to none.
    pub fn tenant(&self) -> Option<&str> {
        self.principal.tenant()
    }

    /// True when the caller has the scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.principal.may(&[scope])
    }

    /// The id under which the request stands in the log and in `X-Request-Id`.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The header `traceparent` for calls to other services, so that their logs name the same trace (W3C Trace Context). Its
    /// trace is the caller's where the caller named one.
    pub fn traceparent(&self) -> String {
        self.trace.traceparent()
    }

    /// The header `tracestate` to be passed on with [`Cx::traceparent`]; none where the caller gave none, or none that is valid.
    pub fn tracestate(&self) -> Option<&str> {
        Some(self.trace.state.as_str()).filter(|state| !state.is_empty())
    }

    /// The trace's id, 32 digits: `trace_id` in the log.
    pub fn trace_id(&self) -> &str {
        &self.trace.trace_id
    }

    /// The time of the request. It is the same for everything that the request does.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// When the request will have taken too long and is answered 503.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Which SQL the database speaks.
    pub fn dialect(&self) -> Dialect {
        self.shared.plan.dialect
    }

    /// What was given to [`crate::App::state`].
    ///
    /// # Errors
    /// When no such state was given: a mistake in the server's set-up, answered 500.
    pub fn state<T: Any + Send + Sync>(&self) -> Result<Arc<T>, Problem> {
        let found = self.shared.states.get(&TypeId::of::<T>()).cloned();
        found
            .and_then(|state| state.downcast::<T>().ok())
            .ok_or_else(|| Problem::internal(format!("no state `{}`", std::any::type_name::<T>())))
    }

    /// Does something once the transaction is committed; nothing where it is rolled back. The answer does not wait for it.
    pub fn after_commit<F, Fut>(&mut self, hook: F)
    where
        F: FnOnce() -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        self.hooks.push(Box::new(move || Box::pin(hook())));
    }

    /// The connection with the request's transaction, for SQL of one's own. Where the service has tenants, such SQL has to name the
    /// tenant in SQLite; in PostgreSQL row security leaves out the rows of others, unless the server's role is above it.
    ///
    /// Behind a GET it only reads: the database refuses to write, but for an SQLite database in memory, which has one connection.
    ///
    /// # Errors
    /// When the database is not there.
    pub async fn connection(&mut self) -> Result<Connection<'_>, Problem> {
        Ok(self.session().await?.connection())
    }

    /// The request's connection; taken from the pool when it is first needed.
    pub(crate) async fn session(&mut self) -> Result<&mut Session, Broken> {
        if self.session.is_none() {
            let left = self.deadline.saturating_duration_since(Instant::now());
            self.connected.get_or_insert_with(Instant::now);
            self.session = Some(self.shared.store.session(self.mode, left, self.reach.clone()).await?);
        }
        self.session.as_mut().ok_or_else(|| Broken::Other(Problem::internal("no session")))
    }
}
