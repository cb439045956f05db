//! The page as a whole: head, navigation, contents, script.

use std::sync::LazyLock;

use atlas9_emitters_core::header;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::html::Html;
use crate::operation::{self, At};
use crate::{Site, about, errors, navigation, resource, types};

/// What the page carries of the hand-written files: all but indentation, comments and empty lines.
static STYLE: LazyLock<String> = LazyLock::new(|| compact(include_str!("../assets/page.css")));
static SCRIPT: LazyLock<String> = LazyLock::new(|| compact(include_str!("../assets/page.js")));

/// The sign of the page in tabs; in the page itself, because nothing is loaded.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' \
                    rx='4' fill='%230f766e'/%3E%3Cpath d='M4.5 5h7M4.5 8h7M4.5 11h4' stroke='white' stroke-width='1.5'/%3E%3C/svg%3E";

/// The page.
pub(crate) fn of(site: &Site<'_>) -> String {
    let page = Html::of(|h| {
        h.ours("<!DOCTYPE html>\n<html lang=\"en\">\n");
        head(h, site);
        let service = &site.ir.service;
        let scheme = service.auth.first().map_or("", |scheme| about::scheme_word(scheme.kind));
        // What is far away is laid out when it comes near; of a small page the whole is, which browsers find their way in best.
        let size = if site.is_large() { "large" } else { "" };
        h.open(
            "body",
            &[
                ("class", size),
                ("data-auth", scheme),
                ("data-fixed", if site.server.is_empty() { "" } else { "1" }),
            ],
        );
        h.el("a", &[("class", "skip"), ("href", "#main")], |h| {
            h.text("Skip to the contents");
        });
        h.el("header", &[("id", "top")], |h| {
            h.el("a", &[("class", "brand"), ("href", "#about")], |h| {
                h.text(&service.name).text(" ").leaf("span", &[], &service.version);
            });
        });
        navigation::write(h, site);
        h.el("main", &[("id", "main"), ("tabindex", "-1")], |h| contents(h, site));
        h.ours("<script>").ours(SCRIPT.as_str()).ours("</script>\n</body>\n</html>\n");
    });
    page.finish()
}

fn head(h: &mut Html, site: &Site<'_>) {
    h.open("head", &[]).open("meta", &[("charset", "utf-8")]).ours("\n");
    h.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy())]).ours("\n");
    h.open("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]).ours("\n");
    h.open("meta", &[("name", "color-scheme"), ("content", "light dark")]).ours("\n");
    h.open("meta", &[("name", "generator"), ("content", &header("docs", site.ir))]).ours("\n");
    h.open("link", &[("rel", "icon"), ("href", ICON)]).ours("\n");
    h.leaf("title", &[], &format!("{} {}: API reference", site.ir.service.name, site.ir.service.version))
        .ours("\n");
    h.ours("<style>").ours(STYLE.as_str()).ours("</style>\n").close("head").ours("\n");
}

/// Only what stands in the page, and calls of the server that it comes from.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'",
        hash(&STYLE),
        hash(&SCRIPT)
    )
}

fn contents(h: &mut Html, site: &Site<'_>) {
    about::write(h, site);
    for (id, _) in site.ir.resources.iter() {
        resource::write(h, site, id);
    }
    if !site.ir.service.operations.is_empty() {
        h.el("section", &[("class", "group"), ("id", "calls")], |h| {
            h.leaf("h2", &[], "Further operations");
            for operation in &site.ir.service.operations {
                operation::write(h, site, At { id: None, resource: None, operation });
            }
        });
    }
    types::write(h, site);
    errors::write(h, site);
}

fn compact(text: &str) -> String {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}
