//! The hand-written files, which are the same in every crate.

use atlas9_emitters_core::{BadPath, Files};

use super::origin;
use crate::Sdk;

/// Path and text of each file.
const FILES: &[(&str, &str)] = &[
    ("api/answer.rs", include_str!("../../runtime/api/answer.rs")),
    ("api/attempt.rs", include_str!("../../runtime/api/attempt.rs")),
    ("api/call.rs", include_str!("../../runtime/api/call.rs")),
    ("api/draft.rs", include_str!("../../runtime/api/draft.rs")),
    ("api/error.rs", include_str!("../../runtime/api/error.rs")),
    ("api/filter.rs", include_str!("../../runtime/api/filter.rs")),
    ("api/finite.rs", include_str!("../../runtime/api/finite.rs")),
    ("api/hooks.rs", include_str!("../../runtime/api/hooks.rs")),
    ("api/json.rs", include_str!("../../runtime/api/json.rs")),
    ("api/kind.rs", include_str!("../../runtime/api/kind.rs")),
    ("api/mod.rs", include_str!("../../runtime/api/mod.rs")),
    ("api/paging.rs", include_str!("../../runtime/api/paging.rs")),
    ("api/patch.rs", include_str!("../../runtime/api/patch.rs")),
    ("api/prepare.rs", include_str!("../../runtime/api/prepare.rs")),
    ("api/problem.rs", include_str!("../../runtime/api/problem.rs")),
    ("api/removal.rs", include_str!("../../runtime/api/removal.rs")),
    ("api/retry.rs", include_str!("../../runtime/api/retry.rs")),
    ("api/running.rs", include_str!("../../runtime/api/running.rs")),
    ("api/settings.rs", include_str!("../../runtime/api/settings.rs")),
    ("api/tagged.rs", include_str!("../../runtime/api/tagged.rs")),
    ("api/transport.rs", include_str!("../../runtime/api/transport.rs")),
    ("api/wire.rs", include_str!("../../runtime/api/wire.rs")),
    (FAILURES, include_str!("../../runtime/failures.rs")),
    (TEXTS, include_str!("../../runtime/texts.rs")),
];

const FAILURES: &str = "failures.rs";

const TEXTS: &str = "texts.rs";

/// Adds the files.
pub(super) fn files(sdk: &Sdk<'_>, files: &mut Files) -> Result<(), BadPath> {
    for (path, text) in FILES {
        let needed = match *path {
            FAILURES => sdk.macros.failures.get(),
            TEXTS => sdk.macros.texts.get(),
            _ => true,
        };
        if needed {
            files.insert(&format!("src/{path}"), format!("{}\n\n{text}", origin(sdk)))?;
        }
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
        for folder in ["", "api/"] {
            for entry in std::fs::read_dir(format!("{runtime}/{folder}")).expect("the runtime is there") {
                let name =
                    format!("{folder}{}", entry.expect("it is readable").file_name().to_string_lossy());
                found.extend(name.ends_with(".rs").then_some(name));
            }
        }
        found.sort();
        let copied: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, copied);
    }

    /// Edition 2024 allows conditions that bind names in several places, which Rust 1.88 is the first to compile.
    #[test]
    fn the_runtime_binds_one_name_in_a_condition() {
        for (path, text) in FILES {
            for bound in ["if let ", "while let "].iter().flat_map(|bound| text.split(bound).skip(1)) {
                let condition = bound.split(" {\n").next().unwrap_or_default();
                assert!(
                    !condition.contains("&&"),
                    "{path} needs a later Rust than the manifest says: {condition}"
                );
            }
            assert!(!text.contains("&& let "), "{path} needs a later Rust than the manifest says");
        }
    }
}
