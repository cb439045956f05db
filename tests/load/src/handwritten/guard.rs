//! Who calls, how often, under which id, and the log.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State as Shared};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use sha2::{Digest, Sha256};

use super::State;
use super::problem::Problem;
use crate::Failed;
use crate::args::TOKEN;

const REQUESTS: u32 = 100_000_000;
const SECONDS: u32 = 60;

type Limiter =
    RateLimiter<&'static str, HashMapStateStore<&'static str>, DefaultClock, StateInformationMiddleware>;

/// What the full server has and the bare one has not.
pub struct Guard {
    token: [u8; 32],
    limiter: Limiter,
    period: Duration,
    pub working: super::idempotency::Working,
}

/// Who calls.
#[derive(Clone, Copy)]
pub struct Principal(pub &'static str);

impl Guard {
    pub fn new() -> Result<Guard, Failed> {
        let burst = NonZeroU32::new(REQUESTS).ok_or("a limit of nothing")?;
        let period = Duration::from_secs(u64::from(SECONDS)) / REQUESTS;
        let quota = Quota::with_period(period.max(Duration::from_nanos(1))).ok_or("no quota")?;
        Ok(Guard {
            token: Sha256::digest(TOKEN).into(),
            limiter: RateLimiter::hashmap(quota.allow_burst(burst)).with_middleware(),
            period,
            working: super::idempotency::Working::default(),
        })
    }

    fn caller(&self, request: &Request) -> Result<&'static str, Problem> {
        let header = request.headers().get(header::AUTHORIZATION).ok_or_else(Problem::unauthenticated)?;
        let token = header.to_str().ok().and_then(|header| header.strip_prefix("Bearer "));
        let digest: [u8; 32] = Sha256::digest(token.unwrap_or_default()).into();
        if digest == self.token { Ok("development") } else { Err(Problem::unauthenticated()) }
    }
}

/// Around every request of the full server.
pub async fn guard(Shared(state): Shared<Arc<State>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(&request);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut principal = "";
    let mut response = match state.guard.as_ref().map(|guard| (guard, guard.caller(&request))) {
        Some((guard, Ok(found))) => {
            principal = found;
            request.extensions_mut().insert(Principal(found));
            limited(guard, found, request, next).await
        }
        Some((_, Err(problem))) => problem.into_response(),
        None => next.run(request).await,
    };
    set(&mut response, "x-request-id", &id);
    set(&mut response, "cache-control", "private, no-cache");
    set(&mut response, "vary", "authorization");
    tracing::info!(
        request_id = id,
        method = method.as_str(),
        route = route.as_deref().unwrap_or("-"),
        principal,
        status = response.status().as_u16(),
        duration_ms = begun.elapsed().as_secs_f64() * 1000.0,
        "request"
    );
    response
}

async fn limited(guard: &Guard, principal: &'static str, request: Request, next: Next) -> Response {
    let (mut response, left) = match guard.limiter.check_key(&principal) {
        Ok(state) => (next.run(request).await, state.remaining_burst_capacity()),
        Err(until) => {
            let wait = until.wait_time_from(guard.limiter.clock().now()).as_secs() + 1;
            (Problem::rate_limited(wait).into_response(), 0)
        }
    };
    let full_in = guard.period.saturating_mul(REQUESTS - left).as_secs() + 1;
    set(&mut response, "ratelimit-policy", &format!("\"default\";q={REQUESTS};w={SECONDS}"));
    set(&mut response, "ratelimit", &format!("\"default\";r={left};t={full_in}"));
    response
}

fn request_id(request: &Request) -> String {
    let given = request.headers().get("x-request-id").and_then(|value| value.to_str().ok());
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    match given.filter(|id| !id.is_empty() && id.len() <= 64 && id.bytes().all(safe)) {
        Some(id) => id.to_owned(),
        None => uuid::Uuid::now_v7().to_string(),
    }
}

fn set(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}
