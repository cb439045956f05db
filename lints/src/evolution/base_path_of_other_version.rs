//! A base path that speaks of another version than the service.

use atlas9_ir::Service;

use crate::check::{Check, Context};
use crate::finding::Finding;

pub(crate) const CHECKS: &[Check] = &[Check::Service(check)];

fn check(_: &Context<'_>, service: &Service) -> Option<Finding> {
    let segment = service.base_path.split('/').find(|segment| major(segment).is_some())?;
    let (said, own) = (major(segment)?, service.version.split('.').next()?);
    // Before the first version anything may be tried.
    (said != own && own != "0").then(|| {
        let (version, path) = (&service.version, &service.base_path);
        Finding::new(
            format!("the service is version {version}, but its base path `{path}` says {said}"),
            format!("`{segment}` for version {own}"),
            format!(
                "a version that breaks nothing stays in {said}.x; one that does has a base path of its own: `{}`",
                path.replacen(segment, &format!("v{own}"), 1)
            ),
        )
    })
}

/// The number in `v2`.
fn major(segment: &str) -> Option<&str> {
    let number = segment.strip_prefix('v')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}
