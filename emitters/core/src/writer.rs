//! Text with explicit blocks: indentation follows the structure of the calls, never the text.

/// Builds a file line by line.
#[derive(Clone, Debug)]
pub struct Writer {
    text: String,
    indent: &'static str,
    depth: usize,
}

impl Writer {
    /// An empty text whose blocks are indented by `indent`.
    pub fn new(indent: &'static str) -> Writer {
        Writer { text: String::new(), indent, depth: 0 }
    }

    /// One line at the present depth. Text with several lines becomes several, each indented.
    pub fn line(&mut self, text: impl AsRef<str>) -> &mut Writer {
        for line in text.as_ref().split('\n') {
            self.one_line(line);
        }
        self
    }

    fn one_line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str(self.indent);
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// Several lines at the present depth.
    pub fn lines<T: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = T>) -> &mut Writer {
        for line in lines {
            self.line(line);
        }
        self
    }

    /// An empty line, unless the text is empty or ends with one.
    pub fn blank(&mut self) -> &mut Writer {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self
    }

    /// `open`, then what `body` writes one level deeper, then `close`.
    pub fn block(
        &mut self,
        open: impl AsRef<str>,
        close: impl AsRef<str>,
        body: impl FnOnce(&mut Writer),
    ) -> &mut Writer {
        self.line(open);
        self.indented(body);
        self.line(close)
    }

    /// What `body` writes, one level deeper.
    pub fn indented(&mut self, body: impl FnOnce(&mut Writer)) -> &mut Writer {
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self
    }

    /// How many columns the present depth takes: what a line has less of than its width.
    pub fn indentation(&self) -> usize {
        self.depth * self.indent.chars().count()
    }

    /// The text, ending with exactly one line break unless it is empty.
    pub fn finish(self) -> String {
        let mut text = self.text;
        while text.ends_with("\n\n") {
            text.pop();
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[test]
    fn blocks_indent_whatever_the_text_holds() {
        let mut writer = Writer::new("  ");
        writer.block("class A {", "}", |w| {
            w.line("// }").blank().blank().block("f() {", "}", |w| {
                w.line("return \"{\";\nend");
            });
        });
        writer.blank();
        assert_eq!(writer.finish(), "class A {\n  // }\n\n  f() {\n    return \"{\";\n    end\n  }\n}\n");
    }
}
