//! How often a caller may ask (IETF draft-ietf-httpapi-ratelimit-headers).

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::Extensions;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::reply::Reply;

/// Full buckets are forgotten after so many requests, so that callers who went away take no memory.
const TIDY_EVERY: u32 = 4096;

type Limiter = RateLimiter<Bucket, HashMapStateStore<Bucket>, DefaultClock, StateInformationMiddleware>;

/// Buckets of one service: each is full with the service's number of requests, and fills again evenly.
pub(crate) struct RateLimit {
    limiter: Limiter,
    requests: u32,
    seconds: u32,
    /// The time in which one request comes back.
    period: Duration,
    counted: AtomicU32,
}

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    Principal(String),
    /// A caller without a principal, by the address of the connection. Headers such as `X-Forwarded-For` do not count: whoever
    /// calls can write what he likes into them.
    Address(IpAddr),
    /// A caller without a principal in a router that is served without `ConnectInfo<SocketAddr>`.
    Unknown,
}

/// What is left to a caller.
pub(crate) struct Rate {
    requests: u32,
    seconds: u32,
    left: u32,
    full_in: u64,
    refused: Option<u64>,
}

impl RateLimit {
    /// So many requests in so many seconds; nothing where either is zero.
    pub(crate) fn new((requests, seconds): (u32, u32)) -> Option<RateLimit> {
        let burst = NonZeroU32::new(requests)?;
        let period = Duration::from_secs(u64::from(seconds)) / requests;
        let quota = Quota::with_period(period)?.allow_burst(burst);
        let limiter = RateLimiter::hashmap(quota).with_middleware();
        Some(RateLimit { limiter, requests, seconds, period, counted: AtomicU32::new(0) })
    }

    /// Counts a request.
    pub(crate) fn count(&self, bucket: Bucket) -> Rate {
        if self.counted.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let (left, refused) = match self.limiter.check_key(&bucket) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(seconds_up(until.wait_time_from(self.limiter.clock().now())).max(1))),
        };
        let full_in = seconds_up(self.period.saturating_mul(self.requests.saturating_sub(left)));
        Rate { requests: self.requests, seconds: self.seconds, left, full_in, refused }
    }
}

impl Bucket {
    /// The bucket of a principal's id, or of the address where that is empty.
    pub(crate) fn of(principal: &str, extensions: &Extensions) -> Bucket {
        if !principal.is_empty() {
            return Bucket::Principal(principal.to_owned());
        }
        let connection = extensions.get::<ConnectInfo<SocketAddr>>();
        connection.map_or(Bucket::Unknown, |ConnectInfo(address)| Bucket::Address(network(address.ip())))
    }
}

/// An IPv6 customer has a whole network of 64 bits, and could come from another address with each request.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    }
}

fn seconds_up(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

impl Rate {
    /// After how many seconds to ask again, where the request is one too many.
    pub(crate) fn refused(&self) -> Option<u64> {
        self.refused
    }

    /// Adds `RateLimit-Policy` and `RateLimit`.
    pub(crate) fn announce(&self, reply: &mut Reply) {
        reply.header("ratelimit-policy", &format!("\"default\";q={};w={}", self.requests, self.seconds));
        reply.header("ratelimit", &format!("\"default\";r={};t={}", self.left, self.full_in));
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, RateLimit, network};

    #[test]
    fn counts() {
        let limit = RateLimit::new((2, 3600)).expect("a limit");
        let check = |bucket: Bucket, left, refused| {
            let rate = limit.count(bucket);
            assert_eq!((rate.left, rate.refused.is_some()), (left, refused));
            rate
        };
        let joe = || Bucket::Principal("joe".to_owned());
        check(joe(), 1, false);
        check(joe(), 0, false);
        let refused = check(joe(), 0, true);
        assert!(matches!(refused.refused, Some(1790..=1800)), "{:?}", refused.refused);
        assert_eq!(refused.full_in, 3600);
        check(Bucket::Unknown, 1, false);
        assert!(RateLimit::new((0, 60)).is_none() && RateLimit::new((60, 0)).is_none());
    }

    #[test]
    fn takes_a_network_for_one() {
        let check = |address: &str, expected: &str| {
            let network = network(address.parse().expect("an address"));
            assert_eq!(network.to_string(), expected);
        };
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
        check("::ffff:192.0.2.7", "192.0.2.7");
        check("192.0.2.7", "192.0.2.7");
    }
}
