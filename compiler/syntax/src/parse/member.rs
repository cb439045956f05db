//! Fields and the blocks of a declaration.

use super::cursor::PARENS;
use super::reader::Reader;
use super::recover::{Listed, Slot, Sorted, documents_nothing};
use super::shape::Shape;
use crate::ast::{
    Block, Described, Docs, Example, Expr, ExprKind, Field, Index, Member, Reserved, Rule, TextMember,
    Variant,
};
use crate::scan::TokenKind;

impl Reader<'_> {
    /// The members between the braces of a declaration.
    pub fn members(&mut self) -> Option<Vec<Member>> {
        let slots = self.braces(Shape::Member, Reader::member)?;
        let member = |slot| match slot {
            Slot::Entry(member) => member,
            Slot::Broken(broken) => Member::Broken(broken),
        };
        Some(slots.into_iter().map(member).collect())
    }

    pub fn member(&mut self) -> Option<Member> {
        let docs = self.docs();
        let second = self.peek_second()?;
        if self.is_sign(Some(second), b':') {
            return self.field(docs).map(Member::Field);
        }
        if second.kind == TokenKind::Text {
            return self.text_member(&docs).map(Member::Text);
        }
        Some(match self.word() {
            "operations" => {
                Member::Operations(self.block(docs, Shape::Operation, Reader::resource_operation)?)
            }
            "rules" => Member::Rules(self.block(docs, Shape::Rule, Reader::rule)?),
            "storage" => Member::Storage(self.block(docs, Shape::Index, Reader::index)?),
            "examples" => Member::Examples(self.block(docs, Shape::Example, Reader::example)?),
            _ => Member::Reserved(self.reserved(&docs)?),
        })
    }

    pub fn field(&mut self, docs: Docs) -> Option<Field> {
        let first = self.at;
        let name = self.name()?;
        self.eat(b':')?;
        let ty = self.type_expr()?;
        let default = self.maybe(|reader| {
            reader.eat(b'=')?;
            reader.expr()
        });
        let annotations = self.annotations();
        self.no_colon()?;
        Some(Field { docs, name, ty, default, annotations, span: self.since(first) })
    }

    /// What ends before a colon ended too late: the last word of it is the name of something else.
    fn no_colon(&self) -> Option<()> {
        (!self.at_sign(b':')).then_some(())
    }

    fn text_member(&mut self, docs: &Docs) -> Option<TextMember> {
        let first = self.at;
        let name = self.name().filter(|name| name.text != "reserved")?;
        let text = self.text()?;
        self.undocumented(docs);
        Some(TextMember { name, text, span: self.since(first) })
    }

    fn block<T>(
        &mut self,
        docs: Docs,
        shape: Shape,
        read: impl Fn(&mut Self) -> Option<Listed<T>>,
    ) -> Option<Block<T>> {
        let first = self.at;
        // The block's word.
        self.at += 1;
        let Sorted { entries, reserved, broken } = Sorted::new(self.braces(shape, read)?);
        Some(Block { docs, entries, reserved, broken, span: self.since(first) })
    }

    pub fn reserved(&mut self, docs: &Docs) -> Option<Reserved> {
        let first = self.at;
        self.eat_inline("reserved")?;
        let names = self.some(Reader::name)?;
        self.ends_line()?;
        self.undocumented(docs);
        Some(Reserved { names, span: self.since(first) })
    }

    /// Whether nothing more of this entry stands on the line, so that a forgotten comma makes no value or operation of a name.
    fn ends_line(&self) -> Option<()> {
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last))?.end;
        let rest = self.text.get(end..)?.trim_start_matches([' ', '\t']);
        (rest.is_empty() || rest.starts_with(['\n', '\r', '}', ';']) || rest.starts_with("//")).then_some(())
    }

    /// Tells documentation above what has none.
    pub fn undocumented(&mut self, docs: &Docs) {
        if !docs.lines.is_empty() {
            self.push(documents_nothing(docs.span));
        }
    }

    pub fn rule(&mut self) -> Option<Listed<Rule>> {
        let docs = self.docs();
        let first = self.at;
        let name = self.name()?;
        self.eat(b':')?;
        let condition = self.expr()?;
        let text = self.text();
        self.no_colon()?;
        Some(Listed::One(Rule { docs, name, condition, text, span: self.since(first) }))
    }

    pub fn index(&mut self) -> Option<Listed<Index>> {
        let docs = self.docs();
        let first = self.at;
        let kind = self.name().filter(|kind| matches!(kind.text.as_str(), "index" | "unique"))?;
        let fields = self.fields()?;
        Some(Listed::One(Index { docs, kind, fields, span: self.since(first) }))
    }

    /// At least one path in parentheses.
    pub fn fields(&mut self) -> Option<Vec<crate::ast::Path>> {
        self.bracketed(PARENS, Reader::path).filter(|fields| !fields.is_empty())
    }

    pub fn example(&mut self) -> Option<Listed<Example>> {
        let docs = self.docs();
        let first = self.at;
        let name = self.name()?;
        let brace = self.at;
        let kind = ExprKind::Object(self.object()?);
        let value = Expr { kind, span: self.since(brace) };
        Some(Listed::One(Example { docs, name, value, span: self.since(first) }))
    }

    /// The entries between braces, reserved names among them.
    pub fn listed<T>(
        &mut self,
        shape: Shape,
        read: impl Fn(&mut Self, Docs) -> Option<T>,
    ) -> Option<Sorted<T>> {
        self.braces(shape, |reader| reader.one_of(shape, &read)).map(Sorted::new)
    }

    /// An entry, or reserved names.
    pub fn one_of<T>(
        &mut self,
        shape: Shape,
        read: impl Fn(&mut Self, Docs) -> Option<T>,
    ) -> Option<Listed<T>> {
        let docs = self.docs();
        // Scopes can be given again: none is reserved.
        let reserved = match shape {
            Shape::Scope => None,
            _ => self.maybe(|reader| reader.reserved(&docs)),
        };
        match reserved {
            Some(reserved) => Some(Listed::Reserved(reserved)),
            None => read(self, docs).map(Listed::One),
        }
    }

    pub fn described(&mut self, docs: Docs) -> Option<Described> {
        let first = self.at;
        let name = self.name()?;
        if name.text == "reserved" && self.is_inline() && self.is_name(self.peek()) {
            return None;
        }
        let text = self.text();
        let annotations = self.annotations();
        Some(Described { docs, name, text, annotations, span: self.since(first) })
    }

    pub fn variant(&mut self, docs: Docs) -> Option<Variant> {
        let first = self.at;
        let name = self.name()?;
        self.eat(b':')?;
        let ty = self.type_expr()?;
        let text = self.text();
        let annotations = self.annotations();
        self.no_colon()?;
        Some(Variant { docs, name, ty, text, annotations, span: self.since(first) })
    }
}
