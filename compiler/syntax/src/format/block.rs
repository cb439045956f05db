//! Members and blocks of declarations.

use atlas9_diagnostics::Span;

use super::columns::{Row, RowKind};
use super::expression::paths;
use super::printer::Printer;
use crate::ast::{
    Auth, Block, Described, Docs, Example, Field, Index, Member, Rule, ServiceMember, Setting, TextMember,
};

impl Printer<'_> {
    pub fn member(&mut self, member: &Member) {
        match member {
            Member::Field(field) => self.field(field),
            Member::Text(text) => self.text_member(text),
            Member::Operations(block) => {
                let short = |printer: &Self, operation: &crate::ast::Operation| {
                    let is_short = operation.docs.lines.is_empty() && operation.name.is_none();
                    is_short.then(|| printer.inline_operation(operation))
                };
                self.block("operations", block, Self::operation, short);
            }
            Member::Rules(block) => {
                let is_alone = block.entries.len() == 1;
                let short = |printer: &Self, rule: &Rule| {
                    (is_alone && rule.docs.lines.is_empty()).then(|| printer.rule_text(rule))
                };
                self.block("rules", block, Self::rule, short);
            }
            Member::Storage(block) => {
                let short = |printer: &Self, index: &Index| {
                    index.docs.lines.is_empty().then(|| printer.index_text(index))
                };
                self.block("storage", block, Self::index, short);
            }
            Member::Examples(block) => self.block("examples", block, Self::example, |_, _| None),
            // A file with errors is not formatted.
            Member::Broken(..) => {}
        }
    }

    /// A field for braces that stay on one line.
    pub fn short_member(&self, member: &Member) -> Option<String> {
        match member {
            Member::Field(field) if field.docs.lines.is_empty() => Some(self.field_text(field)),
            _ => None,
        }
    }

    fn field(&mut self, field: &Field) {
        let row = Row {
            kind: RowKind::Field,
            name: format!("{}:", field.name.text),
            value: self.type_and_default(field),
            rest: self.annotations(&field.annotations),
        };
        self.row(&field.docs, field.span, row);
    }

    /// A field on one line without columns.
    pub fn field_text(&self, field: &Field) -> String {
        let annotations = self.annotations(&field.annotations);
        format!("{}: {} {annotations}", field.name.text, self.type_and_default(field)).trim_end().to_owned()
    }

    fn type_and_default(&self, field: &Field) -> String {
        let default =
            field.default.as_ref().map(|value| format!(" = {}", self.expr(value))).unwrap_or_default();
        format!("{}{default}", self.type_expr(&field.ty))
    }

    fn text_member(&mut self, member: &TextMember) {
        let value = self.slice(member.text.span).to_owned();
        let row = Row { kind: RowKind::Word, name: member.name.text.clone(), value, rest: String::new() };
        self.row(&Docs::default(), member.span, row);
    }

    /// A block with its word. `short` gives the text of an entry that may stand in a block on one line.
    fn block<T>(
        &mut self,
        word: &str,
        block: &Block<T>,
        entry: impl Fn(&mut Self, &T),
        short: impl Fn(&Self, &T) -> Option<String>,
    ) {
        self.braced(&block.docs, block.span, block.span.range().start, word, &block.entries, entry, short);
    }

    /// `head { entries }` over several lines, or on one where it was written so and can stay so.
    #[expect(clippy::too_many_arguments, reason = "an entry has a place, a head and two ways to be printed")]
    pub fn braced<T>(
        &mut self,
        docs: &Docs,
        span: Span,
        head_end: usize,
        head: &str,
        entries: &[T],
        entry: impl Fn(&mut Self, &T),
        short: impl Fn(&Self, &T) -> Option<String>,
    ) {
        let open = self.to_brace(span, head_end);
        let inside = Span { start: open.end, ..span };
        if entries.is_empty() && !self.has_comment(inside) {
            return self.plain(docs, span, format!("{head} {{}}"));
        }
        let texts: Option<Vec<String>> = entries.iter().map(|one| short(self, one)).collect();
        if let Some(texts) = texts
            && self.is_one_line(inside)
            && !self.has_comment(inside)
        {
            let text = format!("{head} {{ {} }}", texts.join(" "));
            if self.fits(&text) {
                return self.plain(docs, span, text);
            }
        }
        self.open(docs, open, format!("{head} {{"));
        for one in entries {
            entry(self, one);
        }
        self.close(span, span.range().end, "}".to_owned());
    }

    fn rule(&mut self, rule: &Rule) {
        self.plain(&rule.docs, rule.span, self.rule_text(rule));
    }

    fn rule_text(&self, rule: &Rule) -> String {
        let text = rule.text.as_ref().map(|text| format!("  {}", self.slice(text.span))).unwrap_or_default();
        format!("{}: {}{text}", rule.name.text, self.expr(&rule.condition))
    }

    fn index(&mut self, index: &Index) {
        self.plain(&index.docs, index.span, self.index_text(index));
    }

    fn index_text(&self, index: &Index) -> String {
        format!("{} ({})", index.kind.text, paths(&index.fields))
    }

    fn example(&mut self, example: &Example) {
        let name = format!("{} ", example.name.text);
        self.value(&example.docs, example.span, &name, &example.value, "");
    }

    pub fn service_member(&mut self, member: &ServiceMember) {
        match member {
            ServiceMember::Setting(setting) => self.setting(setting),
            ServiceMember::Auth(auth) => self.auth(auth),
            // A file with errors is not formatted.
            ServiceMember::Broken(..) => {}
        }
    }

    /// A setting for braces that stay on one line.
    pub fn short_setting(&self, member: &ServiceMember) -> Option<String> {
        match member {
            ServiceMember::Setting(setting) if setting.docs.lines.is_empty() => {
                Some(format!("{} {}", setting.name.text, self.set_to(setting)))
            }
            _ => None,
        }
    }

    fn setting(&mut self, setting: &Setting) {
        let row = Row {
            kind: RowKind::Word,
            name: setting.name.text.clone(),
            value: self.set_to(setting),
            rest: String::new(),
        };
        self.row(&setting.docs, setting.span, row);
    }

    fn set_to(&self, setting: &Setting) -> String {
        let values = super::expression::joined(&setting.values, |value| self.argument(value));
        let per = setting.per.as_ref().map(|unit| format!(" per {}", unit.text)).unwrap_or_default();
        format!("{values}{per}")
    }

    fn auth(&mut self, auth: &Auth) {
        let head = format!("auth {}", auth.scheme.text);
        let end = auth.scheme.span.range().end;
        self.braced(&auth.docs, auth.span, end, &head, &auth.scopes, Self::described, Self::short_described);
    }

    pub fn described(&mut self, described: &Described) {
        let row = Row {
            kind: RowKind::Word,
            name: described.name.text.clone(),
            value: self.description(described),
            rest: String::new(),
        };
        self.row(&described.docs, described.span, row);
    }

    pub fn short_described(&self, described: &Described) -> Option<String> {
        let text = format!("{} {}", described.name.text, self.description(described));
        described.docs.lines.is_empty().then(|| text.trim_end().to_owned())
    }

    fn description(&self, described: &Described) -> String {
        let text = described.text.as_ref().map_or("", |text| self.slice(text.span));
        format!("{text} {}", self.annotations(&described.annotations)).trim().to_owned()
    }
}
