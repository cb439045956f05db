//! HTML that is put together element by element. Text of the schema's author gets in as text only.

use atlas9_emitters_core::text::printable;

/// A piece of HTML. Names of elements and attributes are ours; whatever else gets in is escaped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Html(String);

/// Elements behind which a line ends, so that two versions of a page can be compared line by line.
const LINES: [&str; 28] = [
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "svg",
    "table",
    "thead",
    "tr",
    "ul",
];

/// Attributes that say all by being there; others are left out where they have no value.
const FLAGS: [&str; 2] = ["data-b", "open"];

impl Html {
    /// What `fill` writes.
    pub(crate) fn of(fill: impl FnOnce(&mut Html)) -> Html {
        let mut html = Html::default();
        fill(&mut html);
        html
    }

    /// A text by itself.
    pub(crate) fn text_of(text: &str) -> Html {
        Html::of(|h| {
            h.text(text);
        })
    }

    /// An element with attributes and whatever `fill` writes into it.
    pub(crate) fn el(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        fill: impl FnOnce(&mut Html),
    ) -> &mut Html {
        self.open(name, attributes);
        fill(self);
        self.close(name)
    }

    /// An element with a text in it.
    pub(crate) fn leaf(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut Html {
        self.el(name, attributes, |h| {
            h.text(text);
        })
    }

    /// The start of an element, which [`Html::close`] ends; also one that has no end.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Html {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in
            attributes.iter().filter(|(name, value)| !value.is_empty() || FLAGS.contains(name))
        {
            self.0.push(' ');
            self.0.push_str(attribute);
            if value.is_empty() {
                continue;
            }
            self.0.push_str("=\"");
            self.attribute(value);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// The end of an element.
    pub(crate) fn close(&mut self, name: &'static str) -> &mut Html {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        if LINES.contains(&name) {
            self.0.push('\n');
        }
        self
    }

    /// The value of an attribute, which stands in double quotes.
    fn attribute(&mut self, value: &str) {
        self.escape(value, true);
    }

    fn escape(&mut self, text: &str, quoted: bool) {
        for c in printable(text).chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' if quoted => self.0.push_str("&quot;"),
                c => self.0.push(c),
            }
        }
    }

    /// A text between elements, where quotes mean nothing.
    pub(crate) fn text(&mut self, text: &str) -> &mut Html {
        self.escape(text, false);
        self
    }

    /// Text in which `` `what stands so` `` is code.
    pub(crate) fn prose(&mut self, text: &str) -> &mut Html {
        if text.matches('`').count() % 2 == 1 {
            return self.text(text);
        }
        for (at, part) in text.split('`').enumerate() {
            if at % 2 == 1 {
                self.code(part)
            } else {
                self.text(part)
            };
        }
        self
    }

    /// A text as code.
    pub(crate) fn code(&mut self, text: &str) -> &mut Html {
        self.leaf("code", &[], text)
    }

    /// A link to a place of the page.
    pub(crate) fn link(&mut self, anchor: &str, text: &str) -> &mut Html {
        self.leaf("a", &[("href", &format!("#{anchor}"))], text)
    }

    /// Markup of ours.
    pub(crate) fn ours(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Another piece.
    pub(crate) fn push(&mut self, other: &Html) -> &mut Html {
        self.0.push_str(&other.0);
        self
    }

    /// True when there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The whole.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn no_text_becomes_markup() {
        let check = |text: &str, expected: &str| assert_eq!(Html::text_of(text).finish(), expected);
        check("a < b & c > d", "a &lt; b &amp; c &gt; d");
        check("</script><!-- x -->", "&lt;/script&gt;&lt;!-- x --&gt;");
        check("\" onload=alert(1) x='", "\" onload=alert(1) x='");
        check("\u{202e}\u{0}x", "x");
        let made = Html::of(|h| {
            h.el("a", &[("href", "#\" x='><script>")], |h| {
                h.prose("use `<b>`");
            });
        });
        assert_eq!(made.finish(), "<a href=\"#&quot; x='&gt;&lt;script&gt;\">use <code>&lt;b&gt;</code></a>");
    }
}
