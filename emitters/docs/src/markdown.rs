//! Documentation of the schema's author: Markdown, of which HTML stays text and pictures are their description.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::html::Html;

/// The text as paragraphs, lists and the like; nothing for an empty one.
pub(crate) fn block(docs: &str) -> Html {
    let mut writer = Writer::default();
    Parser::new(docs).for_each(|event| writer.event(event));
    writer.out
}

/// The text on one line, for a place in a sentence.
pub(crate) fn line(docs: &str) -> Html {
    let mut writer = Writer { one_line: true, ..Writer::default() };
    Parser::new(docs).for_each(|event| writer.event(event));
    writer.out
}

#[derive(Default)]
struct Writer {
    out: Html,
    /// The elements that are open, the innermost last; none for what is shown as it is.
    open: Vec<Option<&'static str>>,
    one_line: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.out.text(&text);
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.out.code(&text);
            }
            Event::SoftBreak => {
                self.out.text(if self.one_line { " " } else { "\n" });
            }
            Event::HardBreak if self.one_line => {
                self.out.text(" ");
            }
            Event::HardBreak => {
                self.out.open("br", &[]);
            }
            Event::Rule if !self.one_line => {
                self.out.open("hr", &[]);
            }
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let element = match tag {
            Tag::Emphasis => Some("em"),
            Tag::Strong => Some("strong"),
            Tag::Link { dest_url, .. } => {
                let address = address(dest_url);
                if let Some(address) = address {
                    self.out.open("a", &[("href", address), ("rel", "noopener noreferrer nofollow")]);
                }
                self.open.push(address.map(|_| "a"));
                return;
            }
            Tag::CodeBlock(kind) => return self.code_block(kind),
            tag => self.block(tag),
        };
        if let Some(element) = element {
            self.out.open(element, &[]);
        }
        self.open.push(element);
    }

    /// Headings are paragraphs: those of the page tell where its parts are.
    fn block(&mut self, tag: &Tag<'_>) -> Option<&'static str> {
        match tag {
            _ if self.one_line => None,
            Tag::Paragraph | Tag::HtmlBlock | Tag::Heading { .. } => Some("p"),
            Tag::BlockQuote(_) => Some("blockquote"),
            Tag::List(None) => Some("ul"),
            Tag::List(Some(_)) => Some("ol"),
            Tag::Item => Some("li"),
            _ => None,
        }
    }

    fn code_block(&mut self, _: &CodeBlockKind<'_>) {
        let element = if self.one_line { "code" } else { "pre" };
        self.out.open(element, &[]);
        self.open.push(Some(element));
    }

    fn end(&mut self, end: TagEnd) {
        if let Some(Some(element)) = self.open.pop() {
            self.out.close(element);
        }
        let apart = matches!(
            end,
            TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock
        );
        if self.one_line && apart {
            self.out.text(" ");
        }
    }
}

/// An address that a reader may follow: the web, or a letter. Others, such as `javascript:`, and ways within somebody else's
/// documentation lead nowhere here.
fn address(given: &str) -> Option<&str> {
    let scheme = given.split_once(':')?.0.to_ascii_lowercase();
    ["http", "https", "mailto"].contains(&scheme.as_str()).then_some(given)
}

#[cfg(test)]
mod tests {
    use super::{block, line};

    #[test]
    fn markdown_is_shown_and_html_is_not_run() {
        let check = |docs: &str, expected: &str| assert_eq!(block(docs).finish(), expected, "{docs}");
        check(
            "Plain *and* **bold** `code`.",
            "<p>Plain <em>and</em> <strong>bold</strong> <code>code</code>.</p>\n",
        );
        check("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n");
        check("# Title\n\ntext", "<p>Title</p>\n<p>text</p>\n");
        check("```js\n</script>\n```", "<pre>&lt;/script&gt;\n</pre>\n");
        check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
        check("a <img src=x onerror=y> b", "<p>a &lt;img src=x onerror=y&gt; b</p>\n");
        check("![a picture](https://x.example/y.png)", "<p>a picture</p>\n");
    }

    #[test]
    fn links_lead_to_the_web_or_nowhere() {
        let check = |docs: &str, expected: &str| assert_eq!(line(docs).finish().trim(), expected, "{docs}");
        let rel = "rel=\"noopener noreferrer nofollow\"";
        check(
            "[x](https://a.example/?b=1&c=\"2\")",
            &format!("<a href=\"https://a.example/?b=1&amp;c=&quot;2&quot;\" {rel}>x</a>"),
        );
        check("[x](https://a.example/?b&c)", &format!("<a href=\"https://a.example/?b&amp;c\" {rel}>x</a>"));
        check("[x](JavaScript:alert(1))", "x");
        check("[x](data:text/html,y)", "x");
        check("[x](//evil.example)", "x");
        check("<https://a.example>", &format!("<a href=\"https://a.example\" {rel}>https://a.example</a>"));
    }
}
