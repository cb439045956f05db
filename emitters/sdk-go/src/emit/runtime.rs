//! The hand-written files, which are the same in every module but for its path.

use atlas9_emitters_core::{BadPath, Files};

use super::origin;
use crate::Sdk;

/// The path that the hand-written packages import one another by.
const PATH: &str = "example.com/sdk";

/// Path and text of each file.
const FILES: &[(&str, &str)] = &[
    ("api/attempt.go", include_str!("../../runtime/api/attempt.go")),
    ("api/client.go", include_str!("../../runtime/api/client.go")),
    ("api/client_test.go", include_str!("../../runtime/api/client_test.go")),
    ("api/encode.go", include_str!("../../runtime/api/encode.go")),
    ("api/encode_test.go", include_str!("../../runtime/api/encode_test.go")),
    ("api/errors.go", include_str!("../../runtime/api/errors.go")),
    ("api/faults_test.go", include_str!("../../runtime/api/faults_test.go")),
    ("api/hidden.go", include_str!("../../runtime/api/hidden.go")),
    ("api/hidden_test.go", include_str!("../../runtime/api/hidden_test.go")),
    ("api/hooks.go", include_str!("../../runtime/api/hooks.go")),
    ("api/kinds.go", include_str!("../../runtime/api/kinds.go")),
    ("api/paging.go", include_str!("../../runtime/api/paging.go")),
    ("api/prepare.go", include_str!("../../runtime/api/prepare.go")),
    ("api/retry.go", include_str!("../../runtime/api/retry.go")),
    ("api/scalars.go", include_str!("../../runtime/api/scalars.go")),
    ("api/send.go", include_str!("../../runtime/api/send.go")),
    ("api/settings.go", include_str!("../../runtime/api/settings.go")),
    ("api/union.go", include_str!("../../runtime/api/union.go")),
    ("api/url.go", include_str!("../../runtime/api/url.go")),
    ("filter/filter.go", include_str!("../../runtime/filter/filter.go")),
    ("opt/opt.go", include_str!("../../runtime/opt/opt.go")),
    ("option/option.go", include_str!("../../runtime/option/option.go")),
];

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    for (path, text) in FILES {
        let text = text.replace(&format!("\"{PATH}/"), &format!("\"{}/", sdk.settings.module));
        files.insert(path, format!("{}\n\n{text}", origin(sdk)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_runtime_is_copied() {
        let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
        let mut found = Vec::new();
        for folder in ["api", "filter", "opt", "option"] {
            for entry in std::fs::read_dir(format!("{runtime}/{folder}")).expect("the runtime is there") {
                let name = entry.expect("it is readable").file_name();
                found.push(format!("{folder}/{}", name.to_string_lossy()));
            }
        }
        found.sort();
        let copied: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, copied);
    }
}
