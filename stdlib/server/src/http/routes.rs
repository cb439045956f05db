//! From a path and a method to an operation.

use std::collections::BTreeMap;

use atlas9_descriptor::{Method, Operation, Service};

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
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// The place of the resource in the service.
    pub(crate) resource: usize,
    pub(crate) operation: &'static Operation,
}

/// What a path leads to.
pub(crate) struct Found<'r, 'p> {
    methods: &'r BTreeMap<Method, Target>,
    /// The segments where the path has placeholders, still percent-encoded.
    pub(crate) values: Vec<&'p str>,
}

impl Routes {
    pub(crate) fn new(service: &'static Service) -> Routes {
        let mut routes = Routes::default();
        for (resource, descriptor) in service.resources.iter().enumerate() {
            for operation in descriptor.operations {
                let node = operation.path.split('/').skip(1).fold(&mut routes.root, Node::child);
                node.methods.insert(operation.method, Target { resource, operation });
            }
        }
        routes
    }

    /// What a path leads to; `None` where the service has no such path. A fixed segment wins over a placeholder.
    pub(crate) fn find<'p>(&self, path: &'p str) -> Option<Found<'_, 'p>> {
        let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let mut values = Vec::new();
        let node = self.root.walk(&segments, &mut values)?;
        Some(Found { methods: &node.methods, values })
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

    fn walk<'n, 'p>(&'n self, segments: &[&'p str], values: &mut Vec<&'p str>) -> Option<&'n Node> {
        let Some((first, rest)) = segments.split_first() else {
            return (!self.methods.is_empty()).then_some(self);
        };
        if let Some(found) = self.fixed.get(*first).and_then(|node| node.walk(rest, values)) {
            return Some(found);
        }
        let node = self.any.as_ref().filter(|_| !first.is_empty())?;
        values.push(first);
        let found = node.walk(rest, values);
        if found.is_none() {
            values.pop();
        }
        found
    }
}

impl Found<'_, '_> {
    /// What answers a method.
    pub(crate) fn target(&self, method: Method) -> Option<Target> {
        self.methods.get(&method).copied()
    }

    /// The header `Allow` of the path.
    pub(crate) fn allow(&self) -> String {
        let mut words = Vec::new();
        for method in self.methods.keys() {
            words.push(word(*method));
            if *method == Method::Get {
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
