//! From a path and a method to an operation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use atlas9_descriptor::{Method, Operation, Service};

use crate::plan::{Slot, slots};

/// The paths of a service, segment by segment.
#[derive(Default)]
pub(crate) struct Routes {
    root: Node,
}

#[derive(Default)]
struct Node {
    fixed: BTreeMap<&'static str, Node>,
    any: Option<Box<Node>>,
    methods: BTreeMap<Method, Target>,
}

/// What answers a method of a path.
#[derive(Clone)]
pub(crate) struct Target {
    /// The place of the resource in the service; none for an operation of the service.
    pub(crate) resource: Option<usize>,
    pub(crate) operation: &'static Operation,
    /// What the placeholders of the path stand for.
    pub(crate) slots: Arc<[Slot]>,
}

/// What a path leads to, the best first: where one has not the method, another may.
pub(crate) struct Found<'r, 'p> {
    nodes: Vec<(&'r BTreeMap<Method, Target>, Vec<&'p str>)>,
}

impl Routes {
    pub(crate) fn new(service: &'static Service) -> Routes {
        let mut routes = Routes::default();
        for (place, resource) in service.resources.iter().enumerate() {
            for operation in resource.operations {
                let slots = slots(Some(resource), operation);
                routes.add(Some(place), operation, &slots.unwrap_or_default());
            }
        }
        for operation in service.operations {
            routes.add(None, operation, &slots(None, operation).unwrap_or_default());
        }
        routes
    }

    fn add(&mut self, resource: Option<usize>, operation: &'static Operation, slots: &[Slot]) {
        let node = operation.path.split('/').skip(1).fold(&mut self.root, Node::child);
        node.methods.insert(operation.method, Target { resource, operation, slots: Arc::from(slots) });
    }

    /// What a path leads to; `None` where the service has no such path. A fixed segment wins over a placeholder.
    pub(crate) fn find<'p>(&self, path: &'p str) -> Option<Found<'_, 'p>> {
        let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let mut nodes = Vec::new();
        self.root.walk(&segments, &mut Vec::new(), &mut nodes);
        (!nodes.is_empty()).then_some(Found { nodes })
    }
}

impl Node {
    fn child(&mut self, segment: &'static str) -> &mut Node {
        if segment.starts_with('{') {
            self.any.get_or_insert_default()
        } else {
            self.fixed.entry(segment).or_default()
        }
    }

    fn walk<'n, 'p>(
        &'n self,
        segments: &[&'p str],
        values: &mut Vec<&'p str>,
        found: &mut Vec<(&'n BTreeMap<Method, Target>, Vec<&'p str>)>,
    ) {
        let Some((first, rest)) = segments.split_first() else {
            if !self.methods.is_empty() {
                found.push((&self.methods, values.clone()));
            }
            return;
        };
        if let Some(node) = self.fixed.get(*first) {
            node.walk(rest, values, found);
        }
        if let Some(node) = self.any.as_ref().filter(|_| !first.is_empty()) {
            values.push(first);
            node.walk(rest, values, found);
            values.pop();
        }
    }
}

impl<'p> Found<'_, 'p> {
    /// Without the paths that fit less well and whose placeholders stand for what `can_be` does not take for a key: no book has
    /// `import` for its key, so that `/books/import` is an action's alone.
    pub(crate) fn of_keys(mut self, can_be: impl Fn(&Target, &[&'p str]) -> bool) -> Self {
        let mut place = 0;
        self.nodes.retain(|(methods, values)| {
            place += 1;
            place == 1 || methods.values().any(|target| can_be(target, values))
        });
        self
    }

    /// What answers a method, and the segments where its path has placeholders, still percent-encoded.
    pub(crate) fn target(&self, method: Method) -> Option<(Target, &[&'p str])> {
        let mut targets =
            self.nodes.iter().filter_map(|(methods, values)| Some((methods.get(&method)?, values)));
        targets.next().map(|(target, values)| (target.clone(), values.as_slice()))
    }

    /// The header `Allow` of the path.
    pub(crate) fn allow(&self) -> String {
        let methods: BTreeSet<Method> =
            self.nodes.iter().flat_map(|(methods, _)| methods.keys().copied()).collect();
        let mut words = Vec::new();
        for method in methods {
            words.push(word(method));
            if method == Method::Get {
                words.push("HEAD");
            }
        }
        words.push("OPTIONS");
        words.join(", ")
    }
}

/// The method on the wire.
pub(crate) fn word(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}
