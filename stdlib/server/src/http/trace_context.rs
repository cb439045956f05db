//! Which trace a request belongs to (W3C Trace Context, level 1).

use axum::http::{HeaderMap, HeaderName};

/// The most members of a `tracestate`.
const MOST_MEMBERS: usize = 32;
const SAMPLED: u8 = 1;

/// The trace of a request, and the server's own place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TraceContext {
    /// 32 digits.
    pub(crate) trace_id: String,
    /// 16 digits: what called; none where the trace begins here.
    pub(crate) parent_id: Option<String>,
    /// 16 digits: this request.
    pub(crate) span_id: String,
    /// True when the caller may have recorded the trace.
    pub(crate) sampled: bool,
    /// What other tracing systems passed on; empty where there is nothing, or nothing valid.
    pub(crate) state: String,
}

impl TraceContext {
    /// The trace that the caller names, where `traceparent` is there once and valid; else a new one. Whoever calls can name any
    /// trace: it is for the log and for passing on, and decides nothing.
    pub(crate) fn of(headers: &HeaderMap) -> TraceContext {
        let span_id = random(16);
        let mut given = headers.get_all("traceparent").iter();
        let parent = match (given.next(), given.next()) {
            (Some(one), None) => one.to_str().ok().and_then(parent),
            _ => None,
        };
        match parent {
            Some(Parent { trace_id, parent_id, sampled }) => TraceContext {
                trace_id,
                parent_id: Some(parent_id),
                span_id,
                sampled,
                state: state(headers).unwrap_or_default(),
            },
            None => TraceContext {
                trace_id: random(32),
                parent_id: None,
                span_id,
                sampled: false,
                state: String::new(),
            },
        }
    }

    /// Says that the trace is recorded where it begins here; a caller's own word stands.
    pub(crate) fn recorded(mut self) -> TraceContext {
        self.sampled |= self.parent_id.is_none();
        self
    }

    /// The id of a part of the request.
    #[cfg(feature = "otlp")]
    pub(crate) fn part_id() -> String {
        random(16)
    }

    /// The header `traceparent` for calls to other services.
    pub(crate) fn traceparent(&self) -> String {
        format!("00-{}-{}-{:02x}", self.trace_id, self.span_id, if self.sampled { SAMPLED } else { 0 })
    }
}

/// So many random digits, at most 32, that are not all zero.
fn random(digits: usize) -> String {
    // The last half of a UUIDv4 is random but for two bits, the first for four: never zero, and unlike any other.
    let text = uuid::Uuid::new_v4().simple().to_string();
    text.get(32 - digits..).unwrap_or_default().to_owned()
}

struct Parent {
    trace_id: String,
    parent_id: String,
    sampled: bool,
}

/// Section 3.2: `00-TRACE-PARENT-FLAGS`. Later versions may say more behind that.
fn parent(header: &str) -> Option<Parent> {
    let mut parts = header.splitn(5, '-');
    let [version, trace_id, parent_id, flags] = [2, 32, 16, 2].map(|length| hex(parts.next()?, length));
    let (version, trace_id, parent_id, flags) = (version?, trace_id?, parent_id?, flags?);
    let zero = |id: &str| id.bytes().all(|byte| byte == b'0');
    if version == "ff" || (version == "00" && parts.next().is_some()) || zero(trace_id) || zero(parent_id) {
        return None;
    }
    let sampled = u8::from_str_radix(flags, 16).ok()? & SAMPLED != 0;
    Some(Parent { trace_id: trace_id.to_owned(), parent_id: parent_id.to_owned(), sampled })
}

/// Digits in lower case, so many.
fn hex(text: &str, length: usize) -> Option<&str> {
    let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (digits && text.len() == length).then_some(text)
}

/// Section 3.3: the members of all headers `tracestate`; nothing where one of them is wrong.
fn state(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(HeaderName::from_static("tracestate")).iter();
    let texts = values.map(|value| value.to_str().ok()).collect::<Option<Vec<_>>>()?;
    let members =
        texts.iter().flat_map(|text| text.split(',')).map(|member| member.trim_matches([' ', '\t']));
    let members: Vec<&str> = members.filter(|member| !member.is_empty()).collect();
    let mut keys = Vec::new();
    for member in &members {
        let (key, value) = member.split_once('=')?;
        if !is_key(key) || !is_value(value) || keys.contains(&key) {
            return None;
        }
        keys.push(key);
    }
    (members.len() <= MOST_MEMBERS).then(|| members.join(","))
}

fn is_key(key: &str) -> bool {
    let rest = |text: &str| {
        text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/'))
    };
    let lower = |text: &str| text.starts_with(|first: char| first.is_ascii_lowercase());
    match key.split_once('@') {
        Some((tenant, system)) => {
            let begins = lower(tenant) || tenant.starts_with(|first: char| first.is_ascii_digit());
            begins
                && tenant.len() <= 241
                && rest(tenant)
                && lower(system)
                && system.len() <= 14
                && rest(system)
        }
        None => lower(key) && key.len() <= 256 && rest(key),
    }
}

fn is_value(value: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b',' | b'=');
    (1..=256).contains(&value.len()) && value.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::TraceContext;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &str = "00f067aa0ba902b7";

    fn of(headers: &[(&'static str, &str)]) -> TraceContext {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).expect("a header"));
        }
        TraceContext::of(&map)
    }

    #[test]
    fn takes_over_what_is_valid() {
        for (header, sampled) in [
            (format!("00-{TRACE}-{PARENT}-01"), true),
            (format!("00-{TRACE}-{PARENT}-00"), false),
            (format!("00-{TRACE}-{PARENT}-ff"), true),
            (format!("cc-{TRACE}-{PARENT}-01-what-comes"), true),
        ] {
            let context = of(&[("traceparent", &header)]);
            assert_eq!(context.trace_id, TRACE, "{header}");
            assert_eq!((context.parent_id.as_deref(), context.sampled), (Some(PARENT), sampled), "{header}");
            assert_ne!(context.span_id, PARENT);
            let passed = format!("00-{TRACE}-{}-0{}", context.span_id, u8::from(sampled));
            assert_eq!(context.traceparent(), passed);
        }
    }

    #[test]
    fn begins_a_trace_where_there_is_none_that_is_valid() {
        let zeros = "0".repeat(32);
        for header in [
            String::new(),
            format!("00-{TRACE}-{PARENT}"),
            format!("00-{TRACE}-{PARENT}-01-more"),
            format!("00-{TRACE}-{PARENT}-1"),
            format!("ff-{TRACE}-{PARENT}-01"),
            format!("00-{}-{PARENT}-01", TRACE.to_uppercase()),
            format!("00-{zeros}-{PARENT}-01"),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00_{TRACE}_{PARENT}_01"),
            format!("cc-{TRACE}-{PARENT}-01more"),
        ] {
            let context = of(&[("traceparent", &header), ("tracestate", "a=b")]);
            assert_eq!((context.parent_id, context.state.as_str()), (None, ""), "{header}");
            assert_eq!((context.trace_id.len(), context.span_id.len()), (32, 16));
            assert_ne!(context.trace_id, zeros);
        }
        let twice = format!("00-{TRACE}-{PARENT}-01");
        assert_eq!(of(&[("traceparent", &twice), ("traceparent", &twice)]).parent_id, None);
        assert_ne!(of(&[]).trace_id, of(&[]).trace_id);
    }

    #[test]
    fn keeps_the_state_where_it_is_valid() {
        let header = format!("00-{TRACE}-{PARENT}-01");
        let check = |states: &[&str], expected: &str| {
            let mut headers = vec![("traceparent", header.as_str())];
            headers.extend(states.iter().map(|state| ("tracestate", *state)));
            assert_eq!(of(&headers).state, expected, "{states:?}");
        };
        check(
            &["rojo=00f067aa0ba902b7 , congo=t61rcWkgMzE", "", "1a@b=c d"],
            "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE,1a@b=c d",
        );
        for wrong in ["a", "A=b", "a=", "a=b=c", "a=b,a=c", "1a=b", "a@=b", "a=\u{7f}"] {
            if let Ok(value) = HeaderValue::from_str(wrong) {
                check(&[value.to_str().unwrap_or("a")], "");
            }
        }
        let many = |count: usize| (0..count).map(|place| format!("k{place}=v")).collect::<Vec<_>>().join(",");
        check(&[&many(32)], &many(32));
        check(&[&many(33)], "");
    }
}
