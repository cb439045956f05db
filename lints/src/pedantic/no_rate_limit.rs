//! A service that any client may call as often as it likes.

use atlas9_ir::Service;

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::insert;

pub(crate) const CHECKS: &[Check] = &[Check::Service(check)];

fn check(context: &Context<'_>, service: &Service) -> Option<Finding> {
    if service.rate_limit.is_some() {
        return None;
    }
    let finding = Finding::new(
        format!("a client of `{}` may call as often as it likes", service.name),
        "no rate limit",
        "add `rate_limit 600 per minute`, with the number that your machines can bear",
    );
    Some(finding.unsafe_fix(insert::last_in(context.sources, service.extent, "rate_limit 600 per minute")))
}
