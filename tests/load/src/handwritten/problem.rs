//! Problems (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a request cannot have.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    retry_after: Option<u64>,
    errors: Vec<Failure>,
}

/// One thing that is wrong with a request.
#[derive(Debug, Serialize)]
pub struct Failure {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<&'static str>,
    pub code: &'static str,
    pub detail: String,
}

impl Failure {
    pub fn field(pointer: &'static str, code: &'static str, detail: &str) -> Failure {
        Failure { pointer: Some(pointer), parameter: None, code, detail: detail.to_owned() }
    }

    pub fn parameter(name: &'static str, code: &'static str, detail: &str) -> Failure {
        Failure { pointer: None, parameter: Some(name), code, detail: detail.to_owned() }
    }
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), retry_after: None, errors: Vec::new() }
    }

    pub fn unauthenticated() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated", "This operation needs a bearer token.")
    }

    pub fn rate_limited(seconds: u64) -> Problem {
        let detail = "Too many requests.";
        Problem {
            retry_after: Some(seconds),
            ..Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
        }
    }

    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "There is no Book with this key.")
    }

    pub fn conflict(code: &'static str, detail: &str) -> Problem {
        Problem::new(StatusCode::CONFLICT, code, detail)
    }

    pub fn precondition_failed() -> Problem {
        Problem::new(StatusCode::PRECONDITION_FAILED, "precondition_failed", "The Book has changed.")
    }

    pub fn malformed(errors: Vec<Failure>) -> Problem {
        Problem { errors, ..Problem::new(StatusCode::BAD_REQUEST, "malformed", "The request is malformed.") }
    }

    pub fn invalid(errors: Vec<Failure>) -> Problem {
        let detail = "The request is not valid.";
        Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail) }
    }

    pub fn unsupported() -> Problem {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send JSON.")
    }

    pub fn internal(cause: impl std::fmt::Display) -> Problem {
        tracing::error!(%cause, "request");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong.")
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Problem {
        match error.as_database_error() {
            Some(database) if database.is_unique_violation() => {
                Problem::conflict("conflict", "There is a Book with this isbn already.")
            }
            Some(database) if database.is_foreign_key_violation() => {
                Problem::invalid(vec![Failure::field("#/author_id", "not_found", "there is no such Author")])
            }
            _ => Problem::internal(error),
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    ty: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Failure],
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            ty: format!("urn:problem:load:{}", self.code),
            title: self.code,
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            errors: &self.errors,
        };
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let mut response =
            (self.status, [(header::CONTENT_TYPE, "application/problem+json")], json).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
