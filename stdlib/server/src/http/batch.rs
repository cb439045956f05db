//! What a batch asks for: each item as a request of its own.

use atlas9_descriptor::OperationKind;

use super::input::{Asker, Findings};
use crate::operation::batch::Item;
use crate::operation::create::give;
use crate::plan::Plan;
use crate::validate::{Check, Purpose, check_body, check_items, check_removal, check_repeated};
use crate::value::json::Json;
use crate::{Input, Record, Value};

/// True for what is done with each item of a request.
pub(crate) fn is_batch(kind: &OperationKind) -> bool {
    matches!(kind, OperationKind::BatchCreate { .. } | OperationKind::BatchDelete { .. })
}

impl Asker<'_> {
    /// The items of a batch. `path` leads to the collection.
    pub(super) fn items(
        &self,
        plan: &Plan,
        path: &[Value],
        bytes: &[u8],
        findings: &mut Findings,
    ) -> Vec<Item> {
        let kind = &self.target.operation.kind;
        let items = self.checked(bytes, findings, |check, json| match *kind {
            OperationKind::BatchCreate { max } => self.new_ones(plan, path, max, check, json),
            OperationKind::BatchDelete { max, conditional } => {
                removals(plan, path, (max, conditional), check, json)
            }
            _ => Vec::new(),
        });
        items.unwrap_or_default()
    }

    fn new_ones(
        &self,
        plan: &Plan,
        path: &[Value],
        max: u32,
        check: &mut Check<'_>,
        json: Json,
    ) -> Vec<Item> {
        let tenant = self.shared.plan.tenant_of(self.principal);
        let new = |check: &mut Check<'_>, json| {
            let mut body = check_body(check, json, plan.resource.fields, Purpose::Whole);
            give(plan, &mut body, path, &tenant, self.now);
            Item { input: Input::of(path.to_vec(), body), precondition: None }
        };
        check_items(check, json, max, new)
    }
}

fn removals(
    plan: &Plan,
    path: &[Value],
    (max, conditional): (u32, bool),
    check: &mut Check<'_>,
    json: Json,
) -> Vec<Item> {
    let Some(key) = plan.resource.key.and_then(|place| plan.resource.fields.get(place)) else {
        return Vec::new();
    };
    let found = check_items(check, json, max, |check, json| check_removal(check, json, key, conditional));
    let keys: Vec<Value> = found.iter().map(|(key, _)| key.clone()).collect();
    check_repeated(check, &keys, key);
    let items = found.into_iter().map(|(key, precondition)| {
        let path = path.iter().cloned().chain([key]).collect();
        Item { input: Input::of(path, Record::new(&[])), precondition }
    });
    items.collect()
}
