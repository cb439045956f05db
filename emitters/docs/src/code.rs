//! The column of code: calls in each language, bodies as examples.

use atlas9_emitters_core::calls::Call;
use atlas9_emitters_core::requests;
use serde_json::Value as Json;

use crate::answers;
use crate::html::Html;
use crate::operation::At;
use crate::words::{phrase, spaced};
use crate::{Shown, Site};

/// A box of code under a title.
pub(crate) fn figure(h: &mut Html, attributes: &[(&'static str, &str)], title: &str, code: &str) {
    h.el("figure", attributes, |h| {
        h.leaf("figcaption", &[], title);
        h.el("pre", &[], |h| {
            h.code(code);
        });
    });
}

/// A box with an example of JSON; nothing where there is none.
pub(crate) fn json(h: &mut Html, title: &str, value: Option<&Json>) {
    if let Some(value) = value {
        figure(h, &[], title, &format!("{value:#}"));
    }
}

/// The calls and the answer of an operation.
pub(crate) fn of_operation(h: &mut Html, site: &Site<'_>, at: At<'_>) {
    if let Some(request) = requests::example(site.ir, at.id, at.operation) {
        let call = Call {
            ir: site.ir,
            server: site.server_shown(),
            owner: at.id,
            operation: at.operation,
            request: &request,
        };
        for Shown { language, writer } in &site.languages {
            figure(h, &[("data-l", language.word())], language.name(), &writer.call(&call));
        }
    }
    let answer = answers::of(at);
    let title = format!("{} {}", answer.status, phrase(answer.status));
    match answers::shown(at, answer.body).filter(|_| site.is_large()) {
        Some(id) => {
            let resource = &site.ir.resources[id];
            h.el("p", &[], |h| {
                h.text(&title).text(": ").link(&resource.snake, &spaced(&resource.snake));
            });
        }
        None => json(h, &title, answers::example(site, at, answer.body).as_ref()),
    }
}
