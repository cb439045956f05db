//! One request from beginning to end.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use atlas9_descriptor::{self as descriptor, Method, OperationKind, Service};
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, request::Parts};

use super::accept::{acceptable, plain, readable};
use super::deprecation::is_gone;
use super::execute::{execute, mode};
use super::input::{Asker, Given, can_be_keys, has_body, input, is_action};
use super::precondition::Precondition;
use super::rate_limit::Bucket;
use super::render::Asking;
use super::reply::{PROBLEM, Reply};
use super::routes::Target;
use super::trace::{Open, Trace, full_name};
use super::{body, caller, deprecation, limits, system};
use crate::handler::BoxFuture;
use crate::idempotency::Key;
use crate::plan::Plan;
use crate::server::Shared;
use crate::uses::Uses;
use crate::{Cx, Failure, ListRequest, Principal, Problem};

/// How long the rest of a refused body is waited for.
const DRAINING: Duration = Duration::from_secs(1);

/// Why a request failed, for tests in the same process; it goes over no network.
#[derive(Clone)]
pub(crate) struct Cause(pub(crate) String);

/// Answers a request, whatever happens.
pub(crate) async fn answer(shared: Arc<Shared>, request: Request<Body>) -> Response<Body> {
    let (parts, mut body) = request.into_parts();
    let mut open = Open::new(&shared, &parts);
    let result = guarded(&shared, &parts, &mut body, &mut open.trace).await;
    let trace = &open.trace;
    let problem = result.as_ref().err().cloned();
    let mut reply = result.unwrap_or_else(|problem| render(&shared, problem, trace));
    deprecation::announce(&mut reply, trace.uses.all(), !shared.plan.service.openapi.is_empty());
    if let Some(rate) = &trace.rate {
        rate.announce(&mut reply);
    }
    if trace.target.is_some() {
        keep_apart(&mut reply, shared.plan.service);
    }
    reply.header("x-request-id", &trace.id);
    if !body::finish(&mut body, &parts.headers, reply.status(), DRAINING).await
        && parts.version <= axum::http::Version::HTTP_11
    {
        reply.header("connection", "close");
    }
    open.end(&reply, problem.as_ref());
    let head = parts.method == axum::http::Method::HEAD;
    let mut response = if head { reply.without_body() } else { reply }.into_response();
    if let Some(cause) = problem.as_ref().and_then(Problem::cause) {
        response.extensions_mut().insert(Cause(cause.to_owned()));
    }
    response
}

/// Within the time that a request has, and without the process suffering from a panic.
async fn guarded(
    shared: &Arc<Shared>,
    parts: &Parts,
    body: &mut Body,
    trace: &mut Trace,
) -> Result<Reply, Problem> {
    let handling = Caught { inner: Box::pin(handle(shared, parts, body, trace)) };
    match tokio::time::timeout(shared.options.timeout, handling).await {
        Ok(Some(result)) => result,
        Ok(None) => Err(Problem::internal("panicked")),
        Err(_) if trace.reading => Err(Problem::request_timeout()),
        Err(_) => Err(Problem::unavailable(1, "took too long")),
    }
}

/// What one caller was answered is nothing for another: not from a cache that many share, nor from that of a program which changes its
/// credentials. RFC 9111, section 3.5, protects `Authorization` alone. Whoever keeps an answer asks with its tag whether it still holds.
fn keep_apart(reply: &mut Reply, service: &Service) {
    reply.header("cache-control", if service.auth.is_empty() { "no-cache" } else { "private, no-cache" });
    for auth in service.auth {
        reply.header("vary", auth.header());
    }
}

fn render(shared: &Shared, problem: Problem, trace: &Trace) -> Reply {
    let service = shared.plan.service;
    let problem = problem.in_words_of(service);
    let body = problem.to_json(service.problem_base, &trace.id, &trace.principal);
    let mut reply = Reply::new(problem.status(), PROBLEM, body);
    for (name, value) in problem.headers() {
        reply.header(name, value);
    }
    reply
}

async fn handle(
    shared: &Arc<Shared>,
    parts: &Parts,
    body: &mut Body,
    trace: &mut Trace,
) -> Result<Reply, Problem> {
    limits::head(&shared.options, parts)?;
    let path = parts.uri.path();
    if let Some(reply) = system::answer(shared, parts).await {
        trace.system = true;
        return reply;
    }
    let most = shared.options.concurrent_requests;
    let run = shared.process.request(most);
    trace.run = Some(run.ok_or_else(|| Problem::unavailable(1, "too many requests at a time"))?);
    let found = shared.routes.find(path).ok_or_else(|| nothing_there(shared))?;
    let found = found.of_keys(|target, segments| can_be_keys(&shared.plan, target, segments));
    if parts.method == axum::http::Method::OPTIONS {
        let mut reply = Reply::empty(204);
        reply.header("allow", &found.allow());
        return Ok(reply);
    }
    let target = method(&parts.method).and_then(|method| found.target(method));
    let (target, segments) = target.ok_or_else(|| Problem::method_not_allowed(&found.allow()))?;
    trace.aim(shared, target.clone());
    identify(shared, parts, trace, target.operation.public).await?;
    caller::allowed(&trace.principal, target.operation)?;
    if shared.options.gone_after_sunset
        && target.operation.deprecated.is_some_and(|deprecated| is_gone(&deprecated, shared.now()))
    {
        return Err(Problem::gone(target.operation));
    }
    caller::belongs(shared, &trace.principal, target.resource)?;
    acceptable(&parts.headers)?;
    operate(shared, parts, body, trace, &target, segments).await
}

/// Finds the caller and counts the request. A token that is not accepted counts for the address that it comes from.
async fn identify(shared: &Shared, parts: &Parts, trace: &mut Trace, public: bool) -> Result<(), Problem> {
    let caller = caller::caller(shared, &parts.headers, public).await;
    if let Some(limit) = &shared.rate_limit {
        let principal = caller.as_ref().map_or("", Principal::id);
        let rate = limit.count(Bucket::of(principal, &parts.extensions));
        let refused = rate.refused();
        trace.rate = Some(rate);
        if let Some(seconds) = refused {
            return Err(Problem::rate_limited(seconds));
        }
    }
    trace.principal = caller?;
    Ok(())
}

async fn operate(
    shared: &Arc<Shared>,
    parts: &Parts,
    body: &mut Body,
    trace: &mut Trace,
    target: &Target,
    segments: &[&str],
) -> Result<Reply, Problem> {
    let plan = target.resource.and_then(|place| shared.plan.at(place));
    let operation = target.operation;
    // The secret of cursors is in the database; whoever has a connection must not wait for another.
    shared.cursors().await?;
    let bytes = match has_body(operation.method, &operation.kind, plan) {
        true => {
            trace.reading = true;
            let read = read_body(shared, &parts.headers, operation.method, &operation.kind, body).await;
            trace.reading = false;
            read?
        }
        false => Vec::new(),
    };
    let cx = Cx::new(shared, trace, mode(operation.method));
    let given = Given { segments, query: parts.uri.query(), headers: &parts.headers, body: &bytes };
    let principal = trace.principal.clone();
    let mut uses = Uses::default();
    let asker = Asker { shared, plan, target, principal: &principal, now: cx.now };
    let input = input(&asker, given, &mut uses).await;
    trace.uses.extend(uses);
    let input = input?;
    let precondition = match changes_one(&operation.kind) {
        true => Precondition::read(&parts.headers)?,
        false => None,
    };
    if operation.conditional && precondition.as_ref().and_then(Precondition::wanted).is_none() {
        return Err(Problem::precondition_required());
    }
    let key = key(shared, parts, trace, target, plan, &bytes)?;
    let asking = Asking {
        plan,
        operation,
        principal: &trace.principal,
        headers: &parts.headers,
        path: parts.uri.path(),
        query: parts.uri.query(),
        page: input.list.as_ref().and_then(ListRequest::page),
        expand: input.list.as_ref().map(|list| list.expand.clone()).unwrap_or_default(),
        fields: input.list.as_ref().and_then(|list| list.fields.clone()),
    };
    execute(cx, &asking, input, precondition, key).await
}

/// The body, of a type that the method reads. An action may come without one.
async fn read_body(
    shared: &Shared,
    headers: &HeaderMap,
    method: Method,
    kind: &OperationKind,
    body: &mut Body,
) -> Result<Vec<u8>, Problem> {
    let typed = headers.contains_key("content-type");
    let may_lack = is_action(kind);
    if typed || !may_lack {
        readable(headers, method)?;
    }
    plain(headers)?;
    let bytes = body::read(body, headers, shared.options.body_limit).await?;
    if !typed && !bytes.is_empty() {
        readable(headers, method)?;
    }
    Ok(bytes)
}

fn nothing_there(shared: &Shared) -> Problem {
    let problem = Problem::not_found("There is nothing at this path.");
    match shared.plan.service.openapi {
        "" => problem,
        _ => problem.with_remedy("`/openapi.json` tells which paths there are."),
    }
}

/// True for what changes one row, whose state the request can name.
fn changes_one(kind: &OperationKind) -> bool {
    match kind {
        OperationKind::Update
        | OperationKind::Replace
        | OperationKind::Delete { .. }
        | OperationKind::Undelete => true,
        OperationKind::Action(action) => action.target == descriptor::Target::Item,
        OperationKind::List(_)
        | OperationKind::Get
        | OperationKind::Create
        | OperationKind::BatchCreate { .. }
        | OperationKind::BatchDelete { .. } => false,
    }
}

fn key(
    shared: &Shared,
    parts: &Parts,
    trace: &Trace,
    target: &Target,
    plan: Option<&Plan>,
    bytes: &[u8],
) -> Result<Option<Key>, Problem> {
    let mut headers = parts.headers.get_all("idempotency-key").iter().filter(|_| target.operation.idempotent);
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(Problem::malformed(vec![Failure::repeated_header("Idempotency-Key")]));
    }
    let operation = full_name(plan, target);
    let place = parts.uri.path_and_query().map_or("", |place| place.as_str());
    let scopes = sighted(shared, &trace.principal);
    let request = [parts.method.as_str().as_bytes(), place.as_bytes(), bytes, scopes.as_bytes()];
    Key::new(header.to_str().unwrap_or_default(), &trace.principal, operation, request).map(Some)
}

/// The service's scopes that a caller has. An answer that is kept shows what its caller may see: with another token the same
/// caller may see less.
fn sighted(shared: &Shared, principal: &Principal) -> String {
    let scopes = shared.plan.service.scopes.iter().copied().filter(|scope| principal.may(&[scope]));
    scopes.collect::<Vec<_>>().join(" ")
}

fn method(method: &axum::http::Method) -> Option<Method> {
    match method.as_str() {
        "GET" | "HEAD" => Some(Method::Get),
        "POST" => Some(Method::Post),
        "PUT" => Some(Method::Put),
        "PATCH" => Some(Method::Patch),
        "DELETE" => Some(Method::Delete),
        _ => None,
    }
}

/// A future whose panic is nothing but `None`.
struct Caught<'f, T> {
    inner: BoxFuture<'f, T>,
}

impl<T> Future for Caught<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        // What a panic leaves half done is dropped with the request and rolled back by the database.
        match catch_unwind(AssertUnwindSafe(|| self.inner.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    }
}
