//! What a crate may be called.

use crate::names::{Target, kebab, reserved, snake};

/// Names of crates that mean something else in Rust, or in the crate itself.
const TAKEN: [&str; 17] = [
    "alloc",
    "base64",
    "build",
    "core",
    "deps",
    "futures-core",
    "jiff",
    "proc-macro",
    "reqwest",
    "rust-decimal",
    "serde",
    "serde-json",
    "serde-path-to-error",
    "std",
    "test",
    "tokio",
    "uuid",
];

/// The crate of a package, by the package's name where that can be a crate's.
pub fn crate_name(package: &str) -> String {
    let name = kebab(package);
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() && is_crate_name(&name) => name,
        Some(first) if first.is_ascii_alphabetic() => format!("{name}-sdk"),
        _ => format!("sdk-{name}"),
    }
}

/// Cargo's rules for names of packages, and those of crates.io.
pub fn is_crate_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let begun = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let kebab = name.replace('_', "-").to_ascii_lowercase();
    let free = !TAKEN.contains(&kebab.as_str()) && !reserved(Target::Rust, &snake(name));
    begun && name.len() <= 64 && name.chars().all(plain) && free
}

/// What code calls a crate: `acme_bookstore`.
pub fn crate_path(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_names_are_those_of_cargo() {
        let check = |name: &str, good: bool| assert_eq!(is_crate_name(name), good, "{name:?}");
        check("bookstore", true);
        check("acme-book_store2", true);
        for bad in ["", "2fa", "a b", "a/b", "x\"", "std", "serde_json", "type", "self"] {
            check(bad, false);
        }
    }

    #[test]
    fn packages_that_are_no_crates_have_another_name() {
        let check = |package: &str, name: &str| assert_eq!(crate_name(package), name);
        check("bookstore", "bookstore");
        check("nasty_names", "nasty-names");
        check("serde", "serde-sdk");
        check("2fa", "sdk-2fa");
    }
}
