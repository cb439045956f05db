//! Versions: MAJOR.MINOR.PATCH, as semver.org says.

use std::cmp::Ordering;

use atlas9_diagnostics::{Diagnostic, Span, codes};

use crate::context::{At, Sink};
use crate::packages::Origin;

/// A version that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    numbers: [u64; 3],
    /// What stands behind the hyphen; empty for a release.
    pre: Vec<String>,
}

impl Version {
    /// Reads `1.4.0`, `1.4.0-beta.2`, `1.4.0+build`.
    pub(crate) fn parse(text: &str) -> Option<Version> {
        let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
        let (core, pre) = text.split_once('-').map_or((text, None), |(core, pre)| (core, Some(pre)));
        let numbers: Vec<u64> = core.split('.').map(whole).collect::<Option<_>>()?;
        let numbers: [u64; 3] = numbers.try_into().ok()?;
        let sound =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let list = |text: Option<&str>| -> Vec<String> {
            text.map(|text| text.split('.').map(str::to_owned).collect()).unwrap_or_default()
        };
        let (pre, build) = (list(pre), list(build));
        let no_leading_zero =
            |part: &String| !part.bytes().all(|b| b.is_ascii_digit()) || whole(part).is_some();
        let sound = pre.iter().chain(&build).all(|part| sound(part)) && pre.iter().all(no_leading_zero);
        sound.then_some(Version { numbers, pre })
    }
}

fn whole(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

impl Ord for Version {
    fn cmp(&self, other: &Version) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => compare_pre(&self.pre, &other.pre),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Version) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn compare_pre(a: &[String], b: &[String]) -> Ordering {
    let parts = a.iter().zip(b).map(|(a, b)| match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    });
    parts.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
}

/// The version, if there is one already. Those of another package are its own to check, and a package without a service has
/// none to compare with.
pub(crate) fn known(at: At<'_, '_>, text: &str, span: Span, help: &str) -> Option<Version> {
    let Some(version) = Version::parse(text) else {
        report(at.cx.sink, text, span);
        return None;
    };
    let own = at.cx.names.packages.origin(at.file) == Origin::Own;
    if let Some((_, place)) = at.cx.api.version.as_ref().filter(|(newest, _)| own && version > *newest) {
        at.report(
            Diagnostic::error(codes::E0602, format!("version {text} does not exist yet"))
                .at(span, "later than the service's version")
                .and(*place, "the service's version")
                .help(format!("{help}, or raise the service's version")),
        );
        return None;
    }
    Some(version)
}

/// The error of text that is no version.
pub(crate) fn report(sink: &Sink, text: &str, span: Span) {
    sink.report(
        Diagnostic::error(codes::E0601, format!("`{text}` is not a version"))
            .at(span, "three numbers are expected")
            .help("versions are MAJOR.MINOR.PATCH (semver.org), such as \"1.4.0\""),
    );
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn order_is_that_of_semver() {
        let order = [
            "0.9.9",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0",
            "1.2.0",
            "1.10.0",
        ];
        let versions: Vec<_> = order.iter().map(|text| Version::parse(text)).collect();
        assert!(versions.iter().all(Option::is_some) && versions.is_sorted());
        for wrong in ["1", "1.2", "1.2.3.4", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.é", ""] {
            assert_eq!(Version::parse(wrong), None, "{wrong}");
        }
    }
}
