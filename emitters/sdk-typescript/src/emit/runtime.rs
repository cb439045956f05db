//! The hand-written files, which are the same in every package.

use atlas9_emitters_core::{BadPath, Files};

use super::typescript;
use crate::Sdk;

/// Path and text of each file.
const CORE: [(&str, &str); 16] = [
    ("src/core/attempt.ts", include_str!("../../runtime/core/attempt.ts")),
    ("src/core/client.ts", include_str!("../../runtime/core/client.ts")),
    ("src/core/errors.ts", include_str!("../../runtime/core/errors.ts")),
    ("src/core/fields.ts", include_str!("../../runtime/core/fields.ts")),
    ("src/core/filter.ts", include_str!("../../runtime/core/filter.ts")),
    ("src/core/index.ts", include_str!("../../runtime/core/index.ts")),
    ("src/core/json.ts", include_str!("../../runtime/core/json.ts")),
    ("src/core/options.ts", include_str!("../../runtime/core/options.ts")),
    ("src/core/paging.ts", include_str!("../../runtime/core/paging.ts")),
    ("src/core/promise.ts", include_str!("../../runtime/core/promise.ts")),
    ("src/core/report.ts", include_str!("../../runtime/core/report.ts")),
    ("src/core/request.ts", include_str!("../../runtime/core/request.ts")),
    ("src/core/retry.ts", include_str!("../../runtime/core/retry.ts")),
    ("src/core/settings.ts", include_str!("../../runtime/core/settings.ts")),
    ("src/core/time.ts", include_str!("../../runtime/core/time.ts")),
    ("src/core/url.ts", include_str!("../../runtime/core/url.ts")),
];

/// What `core/index.ts` gives to users of the package, in its order. No name of a schema may be one of these.
pub(crate) const CORE_EXPORTS: &[&str] = &[
    "ApiCall",
    "ApiError",
    "ApiKeyCallback",
    "ApiPromise",
    "ApiResponse",
    "AttemptInfo",
    "AttemptResult",
    "AuthScheme",
    "CallInfo",
    "ClientHooks",
    "ClientLogger",
    "ClientOptions",
    "ConditionalOptions",
    "ConflictError",
    "ConnectionError",
    "DecodeError",
    "DeprecationNotice",
    "ErrorClass",
    "ErrorKind",
    "ExpandOptions",
    "FetchFunction",
    "FieldError",
    "FieldFilter",
    "FieldsOptions",
    "ForbiddenError",
    "ForceOptions",
    "GoneError",
    "HttpClient",
    "IdempotencyOptions",
    "IfMatchOptions",
    "InternalError",
    "InvalidError",
    "JsonValue",
    "ListPage",
    "MalformedError",
    "NotFoundError",
    "NullFilter",
    "NumberedPage",
    "NumberedPageParams",
    "OrderFilter",
    "PageParams",
    "Paginator",
    "PathValue",
    "PreconditionFailedError",
    "ProblemDetails",
    "RateLimitedError",
    "RequestError",
    "RequestOptions",
    "RequestTimeoutError",
    "SelectedFields",
    "ServiceError",
    "ServiceInfo",
    "ShowDeletedOptions",
    "TimeoutError",
    "TooLargeError",
    "UnauthenticatedError",
    "UnavailableError",
    "UnknownVariantName",
    "WireShape",
];

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    for (path, text) in CORE {
        let mut w = typescript(sdk);
        w.lines(text.trim_end().split('\n'));
        files.insert(path, w.finish())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_runtime_is_copied() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime/core");
        let entries = std::fs::read_dir(folder).expect("the runtime is there");
        let mut found: Vec<String> = entries
            .map(|entry| format!("src/core/{}", entry.expect("it is readable").file_name().to_string_lossy()))
            .collect();
        found.sort();
        assert_eq!(found, CORE.map(|(path, _)| path));
    }

    #[test]
    fn the_names_that_the_runtime_exports_are_known() {
        let index = CORE.iter().find(|(path, _)| path.ends_with("/index.ts")).map_or("", |(_, text)| text);
        let inside = index.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(names, _)| names);
        let mut exported: Vec<&str> = inside
            .flat_map(|names| names.split(','))
            .map(|name| name.trim().trim_start_matches("type ").trim())
            .filter(|name| !name.is_empty())
            .collect();
        exported.sort_unstable();
        assert_eq!(CORE_EXPORTS, exported);
    }
}
