//! The contents of the page, at its side.

use atlas9_emitters_core::describe::does;
use atlas9_emitters_core::names::sentence;
use atlas9_ir::{Operation, Resource};

use crate::html::Html;
use crate::{Site, about, anchors};

/// With more resources than this, only the one that is read shows its operations.
const OPEN: usize = 12;

/// The contents as nested lists. They can be folded away, which small screens do.
pub(crate) fn write(h: &mut Html, site: &Site<'_>) {
    h.el("nav", &[("aria-label", "Contents")], |h| {
        h.open("details", &[("open", ""), ("id", "contents")]).leaf("summary", &[], "Contents");
        h.el("ul", &[], |h| {
            h.el("li", &[], |h| {
                h.link("about", "Introduction");
                let parts = about::parts(site);
                h.el("ul", &[], |h| {
                    for (anchor, title) in parts {
                        h.el("li", &[], |h| {
                            h.link(anchor, title);
                        });
                    }
                });
            });
            for resource in site.ir.resources.values() {
                of_resource(h, site, resource);
            }
            of_service(h, site);
            rest(h, site);
        });
        h.close("details");
    });
}

fn of_resource(h: &mut Html, site: &Site<'_>, resource: &Resource) {
    let name = sentence(&resource.plural);
    h.el("li", &[], |h| {
        if site.ir.resources.len() <= OPEN {
            h.link(&resource.snake, &name);
            operations(h, Some(resource), &resource.operations);
        } else {
            h.el("details", &[], |h| {
                h.el("summary", &[], |h| {
                    h.text(&name);
                });
                h.el("ul", &[], |h| {
                    h.el("li", &[], |h| {
                        h.link(&resource.snake, "Fields");
                    });
                    resource.operations.iter().for_each(|operation| entry(h, Some(resource), operation));
                });
            });
        }
    });
}

fn operations(h: &mut Html, resource: Option<&Resource>, operations: &[Operation]) {
    if !operations.is_empty() {
        h.el("ul", &[], |h| operations.iter().for_each(|operation| entry(h, resource, operation)));
    }
}

fn entry(h: &mut Html, resource: Option<&Resource>, operation: &Operation) {
    let anchor = anchors::operation(resource, operation);
    h.el("li", &[], |h| {
        h.el("a", &[("href", &format!("#{anchor}"))], |h| {
            crate::operation::method(h, operation);
            h.text(" ").text(&short(resource, operation));
        });
    });
}

/// `Create`, under the resource's name.
fn short(resource: Option<&Resource>, operation: &Operation) -> String {
    if resource.is_some() { sentence(&operation.name) } else { does(resource, operation) }
}

fn of_service(h: &mut Html, site: &Site<'_>) {
    if !site.ir.service.operations.is_empty() {
        h.el("li", &[], |h| {
            h.link("calls", "Further operations");
            operations(h, None, &site.ir.service.operations);
        });
    }
}

fn rest(h: &mut Html, site: &Site<'_>) {
    if !site.ir.types.is_empty() {
        h.el("li", &[], |h| {
            h.link("types", "Types");
            h.el("ul", &[], |h| {
                for (id, decl) in site.ir.types.iter() {
                    h.el("li", &[], |h| {
                        h.link(site.anchors.of_type(id), &decl.name);
                    });
                }
            });
        });
    }
    h.el("li", &[], |h| {
        h.link("errors", "Errors");
    });
}
