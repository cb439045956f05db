//! Facts about errors and the service.

use atlas9_ir::{AuthKind, ErrorDecl, Retry, Service as IrService, WireCase};
use minijinja::Value;

use super::{Fact, Holds, none, texts};
use crate::custom::CustomKind::{Error, Service};
use crate::custom::subject::{Of, Subject};

pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "error_kind",
        of: &[Error],
        holds: Holds::Text,
        meaning: "The kind behind its colon: `conflict`.",
        get: |subject, _| error(subject, |error| error.kind.word()),
    },
    Fact {
        name: "code",
        of: &[Error],
        holds: Holds::Text,
        meaning: "Its code on the wire: `already_published`.",
        get: |subject, _| error(subject, |error| error.code.as_str()),
    },
    Fact {
        name: "status",
        of: &[Error],
        holds: Holds::MaybeNumber,
        meaning: "Its HTTP status.",
        get: |subject, _| error(subject, |error| error.kind.status()),
    },
    Fact {
        name: "retry",
        of: &[Error],
        holds: Holds::Text,
        meaning: "When the same request may be sent again: `no`, `after_reading`, `after_delay` or `with_backoff`.",
        get: |subject, _| error(subject, |error| retry(error.kind.retry())),
    },
    Fact {
        name: "message",
        of: &[Error],
        holds: Holds::Text,
        meaning: "Its `message`.",
        get: |subject, _| error(subject, |error| error.message.as_str()),
    },
    Fact {
        name: "remedy",
        of: &[Error],
        holds: Holds::Text,
        meaning: "Its `remedy`; empty where there is none.",
        get: |subject, _| error(subject, |error| error.remedy.as_str()),
    },
    Fact {
        name: "version",
        of: &[Service],
        holds: Holds::Text,
        meaning: "The version of the API.",
        get: |subject, _| service(subject, |service| service.version.as_str()),
    },
    Fact {
        name: "base_path",
        of: &[Service],
        holds: Holds::Text,
        meaning: "What every path begins with: `/v1`; empty for none.",
        get: |subject, _| service(subject, |service| service.base_path.as_str()),
    },
    Fact {
        name: "wire_case",
        of: &[Service],
        holds: Holds::Text,
        meaning: "How names are spelt on the wire: `snake_case` or `camel_case`.",
        get: |subject, _| {
            service(subject, |service| match service.wire_case {
                WireCase::SnakeCase => "snake_case",
                WireCase::CamelCase => "camel_case",
            })
        },
    },
    Fact {
        name: "auth",
        of: &[Service],
        holds: Holds::Texts,
        meaning: "How clients say who they are: `bearer`, `api_key`.",
        get: |subject, _| {
            service(subject, |service| {
                texts(service.auth.iter().map(|scheme| match scheme.kind {
                    AuthKind::Bearer => "bearer",
                    AuthKind::ApiKey => "api_key",
                }))
            })
        },
    },
    Fact {
        name: "scopes",
        of: &[Service],
        holds: Holds::Texts,
        meaning: "The names of its scopes.",
        get: |subject, _| {
            service(subject, |service| {
                let scopes = service.auth.iter().flat_map(|scheme| &scheme.scopes);
                texts(scopes.map(|scope| scope.name.as_str()))
            })
        },
    },
    Fact {
        name: "rate_limited",
        of: &[Service],
        holds: Holds::Flag,
        meaning: "Whether it has a `rate_limit`.",
        get: |subject, _| service(subject, |service| service.rate_limit.is_some()),
    },
];

fn error<'a, T: Into<Value>>(subject: &Subject<'a>, get: impl FnOnce(&'a ErrorDecl) -> T) -> Value {
    match subject.of {
        Of::Error(error) => get(error).into(),
        _ => none(),
    }
}

fn service<'a, T: Into<Value>>(subject: &Subject<'a>, get: impl FnOnce(&'a IrService) -> T) -> Value {
    match subject.of {
        Of::Service(service) => get(service).into(),
        _ => none(),
    }
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::No => "no",
        Retry::AfterReading => "after_reading",
        Retry::AfterDelay => "after_delay",
        Retry::WithBackoff => "with_backoff",
    }
}
