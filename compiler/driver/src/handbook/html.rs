//! The handbook as HTML: one file a page that needs nothing beside it.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::pages::{Pages, Place, text};
use crate::explain::Explained;

const STYLE: &str = include_str!("style.css");

/// A page or the index.
pub(super) fn document(title: &str, markdown: &str, pages: &Pages<'_>, place: Place<'_>) -> String {
    let back = match place {
        Place::Page(_) => format!("<a href=\"{}\">All lints and errors</a>", pages.to_index()),
        _ => "<a href=\"#lints\">Lints</a> <a href=\"#coverage\">Coverage</a> <a href=\"#errors\">Errors</a>"
            .to_owned(),
    };
    framed(title, &back, &body(markdown, pages, place, 0))
}

/// Everything in one document.
pub(super) fn in_one(title: &str, index: &str, explained: &[Explained], pages: &Pages<'_>) -> String {
    let section = |page: &Explained| {
        let name = escaped(&page.name.to_lowercase());
        format!("<section id=\"{name}\">\n{}</section>\n", body(&text(page), pages, Place::One, 1))
    };
    let sections: String = explained.iter().map(section).collect();
    let ways =
        "<a href=\"#lints\">Lints</a> <a href=\"#coverage\">Coverage</a> <a href=\"#errors\">Errors</a>";
    framed(title, ways, &format!("{}{sections}", body(index, pages, Place::One, 0)))
}

fn framed(title: &str, ways: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header><nav aria-label=\"Handbook\">{ways}</nav></header>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, std::iter::once(Event::Text(CowStr::from(text))));
    out
}

/// Markdown as HTML, its headings some levels deeper.
fn body(markdown: &str, pages: &Pages<'_>, place: Place<'_>, deeper: u8) -> String {
    let mut writer = Writer { pages, place, deeper, dropped: Vec::new(), events: Vec::new() };
    Parser::new_ext(markdown, Options::ENABLE_TABLES).for_each(|event| writer.event(event));
    let mut out = String::new();
    html::push_html(&mut out, writer.events.into_iter());
    let title = markdown.lines().next().unwrap_or_default().trim_start_matches("# ");
    tables(&out, &escaped(title)).replace("<pre>", "<pre tabindex=\"0\">")
}

/// Wide tables and their heads, for narrow screens and for readers that read aloud, who tell tables apart by their names.
fn tables(page: &str, title: &str) -> String {
    let mut parts = page.split("<table>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        let number = index + 1;
        out.push_str(&format!(
            "<section class=\"wide\" tabindex=\"0\" aria-label=\"{title}, table {number}\"><table>{part}"
        ));
    }
    out.replace("</table>", "</table></section>").replace("<th>", "<th scope=\"col\">")
}

struct Writer<'a, 'p> {
    pages: &'p Pages<'p>,
    place: Place<'p>,
    deeper: u8,
    /// For each link that is open, whether it is left out.
    dropped: Vec<bool>,
    events: Vec<Event<'a>>,
}

impl<'a> Writer<'a, '_> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => self.events.push(Event::Text(text)),
            Event::Code(text) => self.code(text),
            Event::Start(Tag::Link { dest_url, link_type, title, id }) => {
                let outside = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                self.dropped.push(!outside);
                if outside {
                    self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
            }
            Event::End(TagEnd::Link) => {
                if self.dropped.pop() == Some(false) {
                    self.events.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::Heading { level, .. }) => self.heading(level as u8, true),
            Event::End(TagEnd::Heading(level)) => self.heading(level as u8, false),
            Event::Text(text) if self.heads_section() => {
                self.anchor(&text);
                self.events.push(Event::Text(text));
            }
            other => self.events.push(other),
        }
    }

    /// A name that has a page leads there.
    fn code(&mut self, text: CowStr<'a>) {
        let way = self.pages.way(&text, self.place);
        if let Some(way) = &way {
            self.events.push(Event::InlineHtml(format!("<a href=\"{}\">", escaped(way)).into()));
        }
        self.events.push(Event::Code(text));
        if way.is_some() {
            self.events.push(Event::InlineHtml("</a>".into()));
        }
    }

    fn heading(&mut self, level: u8, opens: bool) {
        let level = (level + self.deeper).min(6);
        let (mark, end) = if opens { ("<", "") } else { ("</", "\n") };
        self.events.push(Event::Html(format!("{mark}h{level}>{end}").into()));
    }

    /// True right behind a heading of the index that others lead to.
    fn heads_section(&self) -> bool {
        let last = self.events.last();
        let in_index = self.deeper == 0 && !matches!(self.place, Place::Page(_));
        in_index && matches!(last, Some(Event::Html(tag)) if &**tag == "<h2>")
    }

    fn anchor(&mut self, text: &str) {
        self.events.pop();
        let id = escaped(&text.to_lowercase().replace(' ', "-"));
        self.events.push(Event::Html(format!("<h2 id=\"{id}\">").into()));
    }
}
