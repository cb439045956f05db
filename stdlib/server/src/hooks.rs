//! What is done with each change of a resource, before it is committed and after.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::Change;
use crate::cx::Hook;
use crate::handler::BoxFuture;
use crate::operation::attempt::give_up;
use crate::plan::Plan;
use crate::server::Shared;
use crate::{Cx, Problem};

/// Code in the transaction, which may refuse the change.
pub(crate) type Refusing =
    Arc<dyn for<'a> Fn(&'a mut Cx, Change) -> BoxFuture<'a, Result<(), Problem>> + Send + Sync>;

/// Code that is told of the change.
pub(crate) type Told = Arc<dyn Fn(Change) -> BoxFuture<'static, ()> + Send + Sync>;

/// The hooks of a resource.
#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) before: Vec<Refusing>,
    pub(crate) after: Vec<Told>,
}

/// True where there are hooks for rows that can go along with those of a resource.
pub(crate) fn are_told(shared: &Shared, plan: &Plan) -> bool {
    let (mut open, mut seen) = (vec![plan], HashSet::new());
    while let (false, Some(plan)) = (shared.hooks.is_empty(), open.pop()) {
        for referrer in plan.referrers.iter().chain(&plan.parts).filter(|referrer| referrer.goes_along()) {
            if shared.hooks.contains_key(referrer.resource) {
                return true;
            }
            if seen.insert(referrer.resource) {
                open.extend(shared.plan.named(referrer.resource));
            }
        }
    }
    false
}

/// Lets code look at changes that are about to be committed, one after the other.
///
/// # Errors
/// The first problem that code has with one of them.
pub(crate) async fn before_commit(cx: &mut Cx, changes: &[Change]) -> Result<(), Problem> {
    let shared = Arc::clone(&cx.shared);
    for change in changes {
        for hook in shared.hooks.get(change.resource).into_iter().flat_map(|hooks| &hooks.before) {
            cx.in_code = true;
            hook(cx, change.clone()).await?;
            give_up(cx).await?;
        }
    }
    Ok(())
}

/// What is to be done once changes are committed.
pub(crate) struct After {
    hooks: Vec<Hook>,
    told: Vec<(Told, Change)>,
}

/// Collects what is to be done after the commit.
pub(crate) fn after_commit(cx: &mut Cx, changes: &[Change]) -> After {
    let hooks = |resource| cx.shared.hooks.get(resource).into_iter().flat_map(|hooks| &hooks.after);
    let told = changes
        .iter()
        .flat_map(|change| hooks(change.resource).map(|hook: &Told| (Arc::clone(hook), change.clone())));
    After { told: told.collect(), hooks: std::mem::take(&mut cx.hooks) }
}

impl After {
    pub(crate) fn is_empty(&self) -> bool {
        self.hooks.is_empty() && self.told.is_empty()
    }

    /// Begins it.
    pub(crate) fn begin(self, shared: &Shared) {
        for hook in self.hooks {
            shared.process.spawn(hook());
        }
        if self.told.is_empty() {
            return;
        }
        // One change after the other: a batch has hundreds, and hooks call other services.
        shared.process.spawn(async move {
            for (hook, change) in self.told {
                // In a task of its own, so that one that panics does not keep the others from being told.
                let _ = tokio::spawn(hook(change)).await;
            }
        });
    }
}
