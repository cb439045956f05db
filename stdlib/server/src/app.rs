//! Putting a server together: a service, a database, settings, and code for what is not declared.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use atlas9_descriptor::{Action, Answered, Operation, OperationKind, Resource, Returns, Service, Target};

use crate::auth::Authenticator;
use crate::cx::States;
use crate::error::StartError;
use crate::handler::{Function1, Handler};
use crate::hooks::{Hooks, Refusing, Told};
use crate::http::is_batch;
use crate::idempotency::InFlight;
use crate::metrics::Metrics;
use crate::plan::ServicePlan;
use crate::problem::{Problem, needed};
use crate::process::Process;
use crate::server::{Clock, Server, Shared};
use crate::value::{FromValue, Mismatch, Timestamp, Value};
use crate::{Options, Store, http, otlp};

/// A server that is being put together. Generated code wraps it with typed methods.
pub struct App {
    service: &'static Service,
    store: Store,
    options: Options,
    authenticator: Option<Arc<dyn Authenticator>>,
    handlers: HashMap<(&'static str, &'static str), Handler>,
    hooks: HashMap<&'static str, Hooks>,
    states: States,
    clock: Clock,
    wrong: Vec<String>,
}

/// A change of a resource, for hooks.
#[derive(Clone, Debug)]
pub struct Change {
    /// The declared name of the resource.
    pub resource: &'static str,
    /// The operation, `create`; also where a batch did it with this row and others.
    pub operation: &'static str,
    /// The keys of the row: of its parents, outermost first, then its own; those of the path where code answered something else.
    pub key: Vec<Value>,
    /// Who did it.
    pub principal: String,
    /// The tenant of whoever did it.
    pub tenant: Option<String>,
    /// In which request.
    pub request_id: String,
    /// The header `traceparent` for calls to other services.
    pub traceparent: String,
}

impl Change {
    /// The row's own key: the id that generated code has a type for.
    ///
    /// # Errors
    /// When it is another type's, or what was changed is no single row.
    pub fn id<T: FromValue>(&self) -> Result<T, Mismatch> {
        T::from_value(self.key.last().cloned().unwrap_or(Value::Null))
    }
}

impl App {
    /// A service on a database, which should have been brought to the service's schema by [`Store::migrate`].
    pub fn new(service: &'static Service, store: Store) -> App {
        App {
            service,
            store,
            options: Options::default(),
            authenticator: None,
            handlers: HashMap::new(),
            hooks: HashMap::new(),
            states: States::new(),
            clock: Arc::new(Timestamp::now),
            wrong: Vec::new(),
        }
    }

    /// Other settings.
    #[must_use]
    pub fn options(mut self, options: Options) -> App {
        self.options = options;
        self
    }

    /// Who finds the caller behind a bearer token or an API key.
    #[must_use]
    pub fn authenticator(mut self, authenticator: impl Authenticator) -> App {
        self.authenticator = Some(Arc::new(authenticator));
        self
    }

    /// What tells the time of requests ([`crate::Cx::now`]) instead of the machine: for tests.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> App {
        self.clock = Arc::new(now);
        self
    }

    /// Something that handlers get back from [`crate::Cx::state`] by its type: a client, a queue.
    #[must_use]
    pub fn state<T: Any + Send + Sync>(mut self, state: T) -> App {
        self.states.insert(TypeId::of::<T>(), Arc::new(state));
        self
    }

    /// Code for an operation of a resource by their declared names, instead of what the server does by itself.
    #[must_use]
    pub fn handler(mut self, resource: &'static str, operation: &'static str, handler: Handler) -> App {
        let known = self.service.resources.iter().any(|candidate| {
            candidate.name == resource && candidate.operations.iter().any(|known| known.name == operation)
        });
        if !known {
            self.wrong.push(format!(
                "there is no operation `{operation}` of {resource} that a handler could be for"
            ));
        }
        let resources = self.service.resources.iter().filter(|candidate| candidate.name == resource);
        let mut batches =
            resources.flat_map(|resource| resource.operations).filter(|known| is_batch(&known.kind));
        if batches.any(|batch| batch.name == operation) {
            let single = operation.trim_start_matches("batch_");
            self.wrong.push(format!(
                "`{operation}` of {resource} does with each item what `{single}` does: give that a handler"
            ));
        }
        self.handlers.insert((resource, operation), handler);
        self
    }

    /// Code for an operation of the service by its declared name.
    #[must_use]
    pub fn service_handler(mut self, operation: &'static str, handler: Handler) -> App {
        if !self.service.operations.iter().any(|known| known.name == operation) {
            self.wrong.push(format!("there is no operation `{operation}` that a handler could be for"));
        }
        self.handlers.insert(("", operation), handler);
        self
    }

    /// Does something in the transaction of each change of a resource, before it is committed. A problem refuses the change: all
    /// of it is rolled back, and the problem is answered. It runs once for the operation of the request, and for each row that
    /// goes with a deleted one; what it changes by [`crate::default`] calls no hooks.
    #[must_use]
    pub fn before_commit<F>(mut self, resource: &'static str, hook: F) -> App
    where
        F: for<'a> Function1<'a, Change, Answer = Result<(), Problem>>,
    {
        let hook = Arc::new(hook);
        let hook: Refusing = Arc::new(move |cx, change| {
            let hook = Arc::clone(&hook);
            Box::pin(async move { hook(cx, change).await })
        });
        self.hooks_of(resource).before.push(hook);
        self
    }

    /// Does something after each committed change of a resource. Answers do not wait for it. Of several changes of one request one
    /// is told after the other.
    #[must_use]
    pub fn after_commit<F, Fut>(mut self, resource: &'static str, hook: F) -> App
    where
        F: Fn(Change) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let hook: Told = Arc::new(move |change| Box::pin(hook(change)));
        self.hooks_of(resource).after.push(hook);
        self
    }

    /// Prepares the server.
    ///
    /// # Errors
    /// Everything that does not fit together, at once: descriptors, operations without code, a missing authenticator.
    pub fn start(self) -> Result<Server, StartError> {
        let process = Arc::new(Process::new(Metrics::new(self.options.metrics_clients)));
        self.start_in(process)
    }

    /// Prepares the server as the continuation of another one.
    pub(crate) fn start_in(mut self, process: Arc<Process>) -> Result<Server, StartError> {
        self.check_code();
        let traces = match otlp::Traces::new(&self.options, self.service) {
            Ok(traces) => traces,
            Err(sentence) => {
                self.wrong.push(sentence);
                None
            }
        };
        let plan = match ServicePlan::new(self.service, self.store.dialect()) {
            Ok(plan) if self.wrong.is_empty() => plan,
            Ok(_) => return Err(StartError::Wrong(self.wrong)),
            Err(more) => {
                self.wrong.extend(more);
                return Err(StartError::Wrong(self.wrong));
            }
        };
        let shared = Shared {
            routes: http::Routes::new(self.service),
            reference: http::Reference::new(self.service.docs).filter(|_| self.options.docs),
            rate_limit: self
                .service
                .rate_limit
                .filter(|_| self.options.rate_limit)
                .and_then(http::RateLimit::new),
            plan,
            store: self.store,
            options: self.options,
            authenticator: self.authenticator,
            handlers: self.handlers,
            hooks: self.hooks,
            states: self.states,
            in_flight: InFlight::default(),
            cursors: tokio::sync::OnceCell::new(),
            process,
            clock: self.clock,
            traces,
        };
        Ok(Server { shared: Arc::new(shared) })
    }

    /// Prepares the server and answers requests at an address until the process is told to stop.
    ///
    /// # Errors
    /// As [`App::start`] and [`Server::serve`].
    pub async fn serve(
        self,
        address: impl tokio::net::ToSocketAddrs + std::fmt::Display,
    ) -> Result<(), StartError> {
        self.start()?.serve(address).await
    }

    fn hooks_of(&mut self, resource: &'static str) -> &mut Hooks {
        if !self.service.resources.iter().any(|known| known.name == resource) {
            self.wrong.push(format!("there is no resource {resource} that a hook could be for"));
        }
        self.hooks.entry(resource).or_default()
    }

    fn check_code(&mut self) {
        let of_resources = self.service.resources.iter().flat_map(|resource| resource.operations);
        let guarded = of_resources.chain(self.service.operations).any(|operation| !operation.public);
        if guarded && !self.service.auth.is_empty() && self.authenticator.is_none() {
            self.wrong.push(format!(
                "operations need {}, and no authenticator reads it: call `authenticator(...)`",
                needed(self.service.auth)
            ));
        }
        if self.options.missing_handlers_answer_501 {
            return;
        }
        for operation in self.service.operations {
            if !self.handlers.contains_key(&("", operation.name)) {
                self.wrong
                    .push(format!("`{}` of the service has no code: give it a handler", operation.name));
            }
        }
        for resource in self.service.resources {
            for operation in resource.operations {
                let code =
                    matches!(operation.kind, OperationKind::Action(action) if needs_code(resource, &action));
                if code && !self.handlers.contains_key(&(resource.name, operation.name)) {
                    self.wrong.push(missing_code(resource, operation));
                }
            }
        }
    }
}

fn missing_code(resource: &Resource, operation: &Operation) -> String {
    let instead = match &operation.kind {
        OperationKind::Action(action) if action.target == Target::Item => {
            ", or declare what it does with `moves` and `sets`"
        }
        _ => "",
    };
    format!("`{}` of {} has no code: give it a handler{instead}", operation.name, resource.name)
}

/// True when the server cannot do an action by itself: what it does, or what it answers, is not declared.
pub(crate) fn needs_code(resource: &Resource, action: &Action) -> bool {
    let answers = match action.returns {
        Returns::Nothing => true,
        Returns::One { of: Answered::Resource(name), .. } => name == resource.name,
        _ => false,
    };
    action.needs_code() || action.target != Target::Item || !answers
}
