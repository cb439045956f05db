//! Members and blocks of declarations.

use atlas9_diagnostics::Span;

use super::columns::{Row, RowKind};
use super::entries::{Braces, Entry, Placed, entries, reserved_text, short_entries};
use super::expression::paths;
use super::printer::Printer;
use crate::ast::{
    Annotation, Auth, Block, Described, Docs, Example, Field, Index, Member, Rule, ServiceMember, Setting,
    Text, TextMember, Variant,
};

impl Printer<'_> {
    pub fn member(&mut self, member: &Member) {
        match member {
            Member::Field(field) => self.field(field),
            Member::Text(text) => self.text_member(text),
            Member::Operations(block) => self.block("operations", block, Self::operation, |printer, one| {
                let is_short = one.docs.lines.is_empty() && one.name.is_none();
                is_short.then(|| printer.inline_operation(one))
            }),
            Member::Rules(block) => {
                let is_alone = block.entries.len() == 1;
                self.block("rules", block, Self::rule, |printer, rule| {
                    (is_alone && rule.docs.lines.is_empty()).then(|| printer.rule_text(rule))
                });
            }
            Member::Storage(block) => self.block("storage", block, Self::index, |printer, index| {
                index.docs.lines.is_empty().then(|| printer.index_text(index))
            }),
            Member::Examples(block) => self.block("examples", block, Self::example, |_, _| None),
            // They are entries of another kind.
            Member::Reserved(_) | Member::Broken(_) => {}
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
    fn block<T: Placed>(
        &mut self,
        word: &str,
        block: &Block<T>,
        entry: impl Fn(&mut Self, &T),
        short: impl Fn(&Self, &T) -> Option<String>,
    ) {
        let place = Braces { docs: &block.docs, span: block.span, head_end: block.span.range().start };
        let entries = entries(&block.entries, &block.reserved, &block.broken);
        self.braced(&place, word, &entries, entry, short);
    }

    /// `head { entries }` over several lines, or on one where it was written so and can stay so.
    pub fn braced<T>(
        &mut self,
        place: &Braces<'_>,
        head: &str,
        entries: &[Entry<'_, T>],
        entry: impl Fn(&mut Self, &T),
        short: impl Fn(&Self, &T) -> Option<String>,
    ) {
        let open = self.to_brace(place.span, place.head_end);
        let inside = Span { start: open.end, ..place.span };
        if entries.is_empty() && !self.has_comment(inside) {
            return self.plain(place.docs, place.span, format!("{head} {{}}"));
        }
        let is_short = self.is_one_line(inside) && !self.has_comment(inside);
        let texts = if is_short { short_entries(entries, |one| short(self, one)) } else { None };
        let text = texts.map(|texts| format!("{head} {{ {} }}", texts.join(" ")));
        if let Some(text) = text.filter(|text| self.fits(text)) {
            return self.plain(place.docs, place.span, text);
        }
        self.open(place.docs, open, format!("{head} {{"));
        for one in entries {
            match one {
                Entry::One(it) => entry(self, it),
                Entry::Reserved(reserved) => {
                    self.plain(&Docs::default(), reserved.span, reserved_text(reserved));
                }
                // What has errors is not laid out.
                Entry::Broken(_) => {}
            }
        }
        self.close(place.span, place.span.range().end, "}".to_owned());
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
            ServiceMember::Operation(operation) => self.operation(operation),
            // They are entries of another kind.
            ServiceMember::Reserved(_) | ServiceMember::Broken(_) => {}
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
        let place = Braces { docs: &auth.docs, span: auth.span, head_end: auth.scheme.span.range().end };
        let entries = entries(&auth.scopes, &[], &auth.broken);
        self.braced(&place, &head, &entries, Self::described, Self::short_described);
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
        self.text_and_annotations(described.text.as_ref(), &described.annotations)
    }

    pub fn variant(&mut self, variant: &Variant) {
        let row = Row {
            kind: RowKind::Field,
            name: format!("{}:", variant.name.text),
            value: self.type_expr(&variant.ty),
            rest: self.text_and_annotations(variant.text.as_ref(), &variant.annotations),
        };
        self.row(&variant.docs, variant.span, row);
    }

    pub fn short_variant(&self, variant: &Variant) -> Option<String> {
        let rest = self.text_and_annotations(variant.text.as_ref(), &variant.annotations);
        let text = format!("{}: {} {rest}", variant.name.text, self.type_expr(&variant.ty));
        variant.docs.lines.is_empty().then(|| text.trim_end().to_owned())
    }

    fn text_and_annotations(&self, text: Option<&Text>, annotations: &[Annotation]) -> String {
        let text = text.map_or("", |text| self.slice(text.span));
        format!("{text} {}", self.annotations(annotations)).trim().to_owned()
    }
}
