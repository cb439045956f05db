//! The introduction, and what holds for all operations: of it only what this service has.

use atlas9_emitters_core::calls::Call;
use atlas9_emitters_core::problems::standard_members;
use atlas9_emitters_core::requests;
use atlas9_ir::{AuthKind, AuthScheme, ErrorKind, HttpMethod, OperationKind, PaginationStyle, TypeDeclKind};
use serde_json::{Value as Json, json};

use crate::code::{figure, json as json_box};
use crate::html::Html;
use crate::{Shown, Site, markdown, words};

type Part = (&'static str, &'static str, fn(&mut Html, &Site<'_>), fn(&mut Html, &Site<'_>));

/// The parts that this service has, with their anchors.
pub(crate) fn parts(site: &Site<'_>) -> Vec<(&'static str, &'static str)> {
    present(site).into_iter().map(|(anchor, title, ..)| (anchor, title)).collect()
}

/// The name of a way to say who calls, which the script reads.
pub(crate) fn scheme_word(kind: AuthKind) -> &'static str {
    match kind {
        AuthKind::Bearer => "bearer",
        AuthKind::ApiKey => "api_key",
    }
}

/// The sections.
pub(crate) fn write(h: &mut Html, site: &Site<'_>) {
    h.el("section", &[("class", "group"), ("id", "about")], |h| {
        h.el("div", &[("class", "pair")], |h| {
            h.el("div", &[("class", "text")], |h| introduction(h, site));
            h.el("div", &[("class", "code")], |h| client(h, site));
        });
        for (anchor, title, text, code) in present(site) {
            h.el("article", &[("class", "pair"), ("id", anchor)], |h| {
                h.el("div", &[("class", "text")], |h| {
                    h.el("h2", &[("class", "small")], |h| {
                        h.link(anchor, title);
                    });
                    text(h, site);
                });
                let example = Html::of(|h| code(h, site));
                if !example.is_empty() {
                    h.el("div", &[("class", "code")], |h| {
                        h.push(&example);
                    });
                }
            });
        }
    });
}

fn present(site: &Site<'_>) -> Vec<Part> {
    let operations = || site.ir.operations().map(|(_, operation)| operation);
    let lists = operations().any(|operation| matches!(operation.kind, OperationKind::List(_)));
    let filters = operations()
        .any(|operation| matches!(&operation.kind, OperationKind::List(list) if !list.filter.is_empty()));
    let changes = operations().any(|operation| operation.method != HttpMethod::Get);
    let deprecated = operations().any(|operation| operation.deprecated.is_some());
    let all: [(bool, Part); 8] = [
        (
            !site.ir.service.auth.is_empty(),
            ("about-authentication", "Authentication", authentication, credentials),
        ),
        (true, ("about-values", "Requests and answers", values, nothing)),
        (true, ("about-errors", "How requests fail", failures, problem)),
        (lists, ("about-pages", "Pages of a list", pages, nothing)),
        (filters, ("about-filters", "Filters", filtering, nothing)),
        (changes, ("about-safety", "Safe changes", safety, nothing)),
        (site.ir.service.rate_limit.is_some(), ("about-rate", "Rate limit", rate, nothing)),
        (deprecated, ("about-deprecation", "Deprecation", deprecation, nothing)),
    ];
    all.into_iter().filter_map(|(there, part)| there.then_some(part)).collect()
}

fn nothing(_: &mut Html, _: &Site<'_>) {}

fn introduction(h: &mut Html, site: &Site<'_>) {
    let service = &site.ir.service;
    h.el("h1", &[], |h| {
        h.text(&service.name);
    });
    h.push(&markdown::block(if service.docs.trim().is_empty() { &site.ir.docs } else { &service.docs }));
    h.el("dl", &[("class", "facts")], |h| {
        fact(h, "Version", &service.version);
        let base = format!("{}{}", site.server, service.base_path);
        fact(h, "Base URL", if base.is_empty() { "/" } else { &base });
        if let Some(days) = service.deprecation_notice_days {
            h.leaf("dt", &[], "Deprecation notice").leaf("dd", &[], &format!("at least {days} days"));
        }
    });
}

fn fact(h: &mut Html, name: &str, value: &str) {
    h.leaf("dt", &[], name).el("dd", &[], |h| {
        h.code(value);
    });
}

/// How a client is made, or what a first call is, for each language.
fn client(h: &mut Html, site: &Site<'_>) {
    for shown in &site.languages {
        let word = shown.language.word();
        let title = format!("The client of the {} calls", shown.language.name());
        match shown.writer.client() {
            Some(made) => figure(h, &[("class", "client"), ("data-t", word)], &title, &made),
            None => first_call(h, site, shown),
        }
    }
}

/// The first operation that reads and needs no key.
fn first_call(h: &mut Html, site: &Site<'_>, shown: &Shown<'_>) {
    let of_resources =
        site.ir.resources.iter().flat_map(|(id, resource)| {
            resource.operations.iter().map(move |operation| (Some(id), operation))
        });
    let all = of_resources.chain(site.ir.service.operations.iter().map(|operation| (None, operation)));
    let mut reads = all.filter(|(_, operation)| operation.method == HttpMethod::Get);
    let Some((owner, operation)) = reads.find(|(_, operation)| !operation.path.contains('{')) else {
        return;
    };
    if let Some(request) = requests::example(site.ir, None, operation) {
        let call = Call { ir: site.ir, server: site.server_shown(), owner, operation, request: &request };
        figure(h, &[("data-t", shown.language.word())], "A first call", &shown.writer.call(&call));
    }
}

fn authentication(h: &mut Html, site: &Site<'_>) {
    let schemes = &site.ir.service.auth;
    if schemes.len() > 1 {
        h.leaf("p", &[], "One of these is enough:");
    }
    schemes.iter().for_each(|one| scheme(h, one));
    h.el("p", &[], |h| {
        h.prose("Without a credential, or with one that is not accepted, the answer is 401; without a scope that an operation \
                 needs it is 403, and `required_scopes` says which.");
    });
}

fn scheme(h: &mut Html, scheme: &AuthScheme) {
    h.el("p", &[], |h| {
        match scheme.kind {
            AuthKind::Bearer => h.prose("Send a token as `Authorization: Bearer TOKEN` (RFC 6750)."),
            AuthKind::ApiKey => h.prose("Send a key as `X-API-Key: KEY`."),
        };
    });
    h.push(&markdown::block(&scheme.docs));
    if !scheme.scopes.is_empty() {
        h.leaf("p", &[], "Its scopes are:");
        h.el("ul", &[("class", "fields")], |h| {
            for scope in &scheme.scopes {
                h.el("li", &[], |h| {
                    h.leaf("code", &[("class", "name")], &scope.name)
                        .text(" ")
                        .push(&markdown::line(&scope.docs));
                });
            }
        });
    }
}

fn credentials(h: &mut Html, site: &Site<'_>) {
    for scheme in &site.ir.service.auth {
        let line = match scheme.kind {
            AuthKind::Bearer => "Authorization: Bearer eyJhbGciOi...",
            AuthKind::ApiKey => "X-API-Key: ...",
        };
        figure(h, &[], "Header", line);
    }
}

fn values(h: &mut Html, site: &Site<'_>) {
    h.el("ul", &[], |h| {
        let mut item = |text: &str| {
            h.el("li", &[], |h| {
                h.prose(text);
            });
        };
        item("Bodies are JSON in UTF-8, at most 1 MiB.");
        item("A field that may be null and is left out is null. Fields that are not known are refused, and so are parameters.");
        item("Decimals and whole numbers of 64 bits are texts, so that no reader rounds them.");
        item("Times are UTC with up to six digits of a second.");
        if site.ir.types.values().any(|decl| matches!(decl.kind, TypeDeclKind::Enum { closed: false, .. })) {
            item("Later versions may answer more fields, and words of enums that are not known today.");
        }
        item("Every answer has an `X-Request-Id`, which the server's log knows too; yours is taken over where it is short and safe.");
    });
}

fn failures(h: &mut Html, site: &Site<'_>) {
    h.el("p", &[], |h| {
        h.prose("Every failure is `application/problem+json` (RFC 9457). Programs decide by `code`, or by `kind`; `detail` and \
                 `remedy` are for people. What is wrong with a request is told all at once in `errors`, each with a JSON pointer \
                 into the body, or the name of the parameter or header.");
    });
    let used =
        ErrorKind::ALL.into_iter().filter(|kind| site.ir.errors.values().any(|error| error.kind == *kind));
    h.el("table", &[], |h| {
        h.el("thead", &[], |h| {
            h.el("tr", &[], |h| {
                for title in ["Status", "Kind", "Again?"] {
                    h.leaf("th", &[("scope", "col")], title);
                }
            });
        });
        h.el("tbody", &[], |h| used.for_each(|kind| kind_row(h, kind)));
    });
    h.el("p", &[], |h| {
        h.prose("Any operation can also answer 404 where the path leads nowhere, 405 and 406, 408 and 413 where its body is slow or \
                 large, 415 where it is no JSON, and 500 and 503 when the server fails or is overloaded.");
    });
}

fn kind_row(h: &mut Html, kind: ErrorKind) {
    h.el("tr", &[], |h| {
        h.leaf("td", &[], &kind.status().to_string());
        h.el("td", &[], |h| {
            h.code(kind.word());
        });
        h.el("td", &[], |h| {
            h.prose(words::retry(kind));
        });
    });
}

fn problem(h: &mut Html, site: &Site<'_>) {
    let mut members =
        standard_members(site.ir, "invalid", "Invalid", ErrorKind::Invalid, "The request is not valid.");
    let errors = json!([{"pointer": "#/name", "code": "required", "detail": "is missing"}]);
    members.insert("errors".to_owned(), errors);
    json_box(h, "422 answer", Some(&Json::Object(members)));
}

fn pages(h: &mut Html, site: &Site<'_>) {
    let styles = site.ir.operations().filter_map(|(_, operation)| match &operation.kind {
        OperationKind::List(list) => Some(list.paginate.style),
        _ => None,
    });
    let styles: Vec<PaginationStyle> = styles.collect();
    let mut say = |text: &str| {
        h.el("p", &[], |h| {
            h.prose(text);
        });
    };
    say(
        "A list is answered as an object with `items`. `limit` says how many are on a page; more than the greatest number is cut \
         to it. `count=true` adds `count`, the number on all pages.",
    );
    if styles.contains(&PaginationStyle::Cursor) {
        say(
            "`next_cursor` of a page, sent as `cursor`, leads to the next one; it is null on the last. The header `Link` has the \
             whole address. A cursor belongs to its filters and its order.",
        );
    }
    if styles.contains(&PaginationStyle::Page) {
        say(
            "Where pages have numbers, `next_page` of a page, sent as `page`, leads to the next one; it is null on the last.",
        );
    }
    say("`sort` takes names with commas between them; a `-` before a name puts the greatest first.");
}

fn filtering(h: &mut Html, _: &Site<'_>) {
    h.el("p", &[], |h| {
        h.prose("A list says which fields it can be filtered by. Several filters hold together. A name alone stands for equality; \
                 behind it can stand:");
    });
    let comparisons = [
        (".ne", "is not"),
        (".in", "is one of several, with commas between them"),
        (".lt", "is below"),
        (".lte", "is at most"),
        (".gt", "is above"),
        (".gte", "is at least"),
        (".null", "is missing, `true` or `false`"),
    ];
    h.el("ul", &[("class", "fields")], |h| {
        for (name, meaning) in comparisons {
            h.el("li", &[], |h| {
                h.leaf("code", &[("class", "name")], name).text(" ").prose(meaning);
            });
        }
    });
}

fn safety(h: &mut Html, site: &Site<'_>) {
    let mut say = |text: &str| {
        h.el("p", &[], |h| {
            h.prose(text);
        });
    };
    if site.ir.operations().any(|(_, operation)| operation.idempotent) {
        say(
            "Where an operation takes an `Idempotency-Key`, send a new one for each thing that you want done, and the same one \
             when you repeat the request: it is done once. Answers are kept for 24 hours; a kept one says \
             `Idempotent-Replayed: true`. The same key with another body is 422, and 409 while the first request runs.",
        );
    }
    say(
        "One resource is answered with its `ETag`. Sent back as `If-Match`, a change is made only while nobody else has changed \
         it; otherwise the answer is 412.",
    );
}

fn rate(h: &mut Html, site: &Site<'_>) {
    let Some(limit) = site.ir.service.rate_limit else { return };
    let time = match limit.seconds {
        1 => "second".to_owned(),
        60 => "minute".to_owned(),
        3600 => "hour".to_owned(),
        86_400 => "day".to_owned(),
        seconds => format!("{seconds} seconds"),
    };
    h.el("p", &[], |h| {
        h.text(&format!("{} requests in a {time}. ", limit.requests));
        h.prose("`RateLimit` and `RateLimit-Policy` say how many are left. One too many is answered 429, and `Retry-After` says in \
                 how many seconds there is room again.");
    });
}

fn deprecation(h: &mut Html, _: &Site<'_>) {
    h.el("p", &[], |h| {
        h.prose(
            "Answers of a deprecated operation say `Deprecation` (RFC 9745) where its day is known, and `Sunset` (RFC 8594) where its end is. What is deprecated is marked here, \
             with what to use instead.",
        );
    });
}
