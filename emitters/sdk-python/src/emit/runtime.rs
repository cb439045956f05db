//! The hand-written files, which are the same in every package.

use atlas9_emitters_core::{BadPath, Files};

use super::origin;
use crate::Sdk;

/// Path and text of each file.
const CORE: [(&str, &str); 23] = [
    ("__init__.py", include_str!("../../runtime/core/__init__.py")),
    ("answer.py", include_str!("../../runtime/core/answer.py")),
    ("async_client.py", include_str!("../../runtime/core/async_client.py")),
    ("call.py", include_str!("../../runtime/core/call.py")),
    ("convert.py", include_str!("../../runtime/core/convert.py")),
    ("decode.py", include_str!("../../runtime/core/decode.py")),
    ("deprecation.py", include_str!("../../runtime/core/deprecation.py")),
    ("encode.py", include_str!("../../runtime/core/encode.py")),
    ("errors.py", include_str!("../../runtime/core/errors.py")),
    ("exchange.py", include_str!("../../runtime/core/exchange.py")),
    ("filters.py", include_str!("../../runtime/core/filters.py")),
    ("headers.py", include_str!("../../runtime/core/headers.py")),
    ("hooks.py", include_str!("../../runtime/core/hooks.py")),
    ("model.py", include_str!("../../runtime/core/model.py")),
    ("paging.py", include_str!("../../runtime/core/paging.py")),
    ("place.py", include_str!("../../runtime/core/place.py")),
    ("retry.py", include_str!("../../runtime/core/retry.py")),
    ("settings.py", include_str!("../../runtime/core/settings.py")),
    ("steps.py", include_str!("../../runtime/core/steps.py")),
    ("sync_client.py", include_str!("../../runtime/core/sync_client.py")),
    ("tracing.py", include_str!("../../runtime/core/tracing.py")),
    ("unset.py", include_str!("../../runtime/core/unset.py")),
    ("url.py", include_str!("../../runtime/core/url.py")),
];

/// What users import of the runtime, each with its module.
pub(super) const EXPORTS: &[(&str, &str)] = &[
    ("ApiError", "core.errors"),
    ("ApiKey", "core.sync_client"),
    ("AsyncApiKey", "core.async_client"),
    ("AsyncPaginator", "core.paging"),
    ("AttemptInfo", "core.hooks"),
    ("AttemptResult", "core.hooks"),
    ("AuthScheme", "core.settings"),
    ("CallInfo", "core.hooks"),
    ("ConflictError", "core.errors"),
    ("DecodeError", "core.errors"),
    ("DeprecationNotice", "core.hooks"),
    ("ErrorKind", "core.errors"),
    ("FieldError", "core.errors"),
    ("FieldFilter", "core.filters"),
    ("ForbiddenError", "core.errors"),
    ("GoneError", "core.errors"),
    ("Hooks", "core.hooks"),
    ("InternalError", "core.errors"),
    ("InvalidError", "core.errors"),
    ("MalformedError", "core.errors"),
    ("NoAnswerError", "core.errors"),
    ("NotFoundError", "core.errors"),
    ("NullFilter", "core.filters"),
    ("NumberedPage", "core.paging"),
    ("OrderFilter", "core.filters"),
    ("Page", "core.paging"),
    ("Paginator", "core.paging"),
    ("PreconditionFailedError", "core.errors"),
    ("RateLimitedError", "core.errors"),
    ("RequestError", "core.errors"),
    ("RequestTimeoutError", "core.errors"),
    ("Response", "core.answer"),
    ("ServiceError", "core.errors"),
    ("ServiceTimeoutError", "core.errors"),
    ("TooLargeError", "core.errors"),
    ("UNSET", "core.unset"),
    ("UnauthenticatedError", "core.errors"),
    ("UnavailableError", "core.errors"),
    ("UnknownVariant", "core.model"),
    ("Unset", "core.unset"),
    ("from_dict", "core.convert"),
    ("iso_duration", "core.encode"),
    ("to_dict", "core.convert"),
    ("trace_calls", "core.tracing"),
];

/// The tests that come with a package.
const TESTS: &str = include_str!("../../runtime/tests/test_client.py");

/// What the tests call the package that they come with.
const NAME: &str = "sample";

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    let module = &sdk.settings.module;
    for (path, text) in CORE {
        files.insert(&format!("src/{module}/core/{path}"), format!("{}\n{text}", origin(sdk)))?;
    }
    let tests = TESTS.replace(&format!("from {NAME}."), &format!("from {module}."));
    let tests = tests.replace(&format!("\"{NAME}\""), &format!("\"{module}\""));
    files.insert("tests/test_client.py", format!("{}\n{tests}", origin(sdk)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_runtime_is_copied() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime/core");
        let entries = std::fs::read_dir(folder).expect("the runtime is there");
        let mut found: Vec<String> = entries
            .map(|entry| entry.expect("it is readable").file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".py"))
            .collect();
        found.sort();
        assert_eq!(found, CORE.map(|(path, _)| path));
    }

    #[test]
    fn what_is_exported_is_there() {
        for (name, module) in EXPORTS {
            let file = module.replace("core.", "") + ".py";
            let text = CORE.iter().find(|(path, _)| *path == file).map_or("", |(_, text)| text);
            let declared = [format!("class {name}"), format!("def {name}("), format!("\n{name}: ")];
            assert!(declared.iter().any(|start| text.contains(start)), "{name} is not in {file}");
        }
    }
}
