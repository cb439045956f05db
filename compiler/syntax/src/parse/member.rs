//! Fields and the blocks of a declaration.

use pest::iterators::Pair;

use super::Rule;
use super::reader::{Parts, Reader};
use super::recover::{Listed, Slot, Sorted, documents_nothing};
use super::shape::Shape;
use crate::ast::{
    Block, Described, Docs, Example, Expr, ExprKind, Field, Index, Member, Reserved, Rule as AstRule,
    TextMember, Variant,
};

impl Reader<'_> {
    /// The members between the braces of a `body`.
    pub fn members(&mut self, body: Pair<'_, Rule>) -> Vec<Member> {
        let slots = self.entries(Parts::of(body), Shape::Member, Reader::member);
        let member = |slot| match slot {
            Slot::Entry(member) => member,
            Slot::Broken(broken) => Member::Broken(broken),
        };
        slots.into_iter().map(member).collect()
    }

    fn member(&mut self, pair: Pair<'_, Rule>) -> Option<Member> {
        let mut parts = Parts::of(pair);
        let docs = self.docs(parts.take(Rule::docs));
        let part = parts.any()?;
        Some(match part.as_rule() {
            Rule::field => Member::Field(self.field(part, docs)?),
            Rule::operations => {
                Member::Operations(self.block(part, docs, Shape::Operation, Reader::resource_operation)?)
            }
            Rule::rules => Member::Rules(self.block(part, docs, Shape::Rule, Reader::rule)?),
            Rule::storage => Member::Storage(self.block(part, docs, Shape::Index, Reader::index)?),
            Rule::examples => Member::Examples(self.block(part, docs, Shape::Example, Reader::example)?),
            Rule::text_member => Member::Text(self.text_member(part, &docs)?),
            Rule::reserved => Member::Reserved(self.reserved(part, &docs)),
            _ => return None,
        })
    }

    pub fn field(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Field> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.name(&parts.take(Rule::name)?);
        let ty = self.type_expr(parts.take(Rule::type_expr)?)?;
        let default = match parts.take(Rule::default) {
            Some(default) => Some(self.expr(Parts::of(default).take(Rule::expr)?)?),
            None => None,
        };
        let annotations = self.annotations(&mut parts)?;
        Some(Field { docs, name, ty, default, annotations, span })
    }

    fn text_member(&mut self, pair: Pair<'_, Rule>, docs: &Docs) -> Option<TextMember> {
        if !docs.lines.is_empty() {
            self.push(documents_nothing(docs.span));
        }
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.name(&parts.take(Rule::name)?);
        Some(TextMember { name, text: self.text(&parts.take(Rule::text)?), span })
    }

    fn block<'i, T>(
        &mut self,
        pair: Pair<'i, Rule>,
        docs: Docs,
        shape: Shape,
        read: impl Fn(&mut Self, Pair<'i, Rule>) -> Option<Listed<T>>,
    ) -> Option<Block<T>> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        // The block's word.
        parts.any()?;
        let Sorted { entries, reserved, broken } = Sorted::new(self.entries(parts, shape, read));
        Some(Block { docs, entries, reserved, broken, span })
    }

    pub fn reserved(&mut self, pair: Pair<'_, Rule>, docs: &Docs) -> Reserved {
        if !docs.lines.is_empty() {
            self.push(documents_nothing(docs.span));
        }
        let span = self.span(&pair);
        let names = Parts::of(pair).rest().filter(|part| part.as_rule() == Rule::name);
        Reserved { names: names.map(|name| self.name(&name)).collect(), span }
    }

    fn rule(&mut self, pair: Pair<'_, Rule>) -> Option<Listed<AstRule>> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let name = self.name(&parts.take(Rule::name)?);
        let condition = self.expr(parts.take(Rule::expr)?)?;
        let text = parts.take(Rule::text).map(|text| self.text(&text));
        Some(Listed::One(AstRule { docs, name, condition, text, span }))
    }

    fn index(&mut self, pair: Pair<'_, Rule>) -> Option<Listed<Index>> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let kind = self.name(&parts.take(Rule::index_kind)?);
        Some(Listed::One(Index { docs, kind, fields: self.paths(parts.rest()), span }))
    }

    fn example(&mut self, pair: Pair<'_, Rule>) -> Option<Listed<Example>> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let name = self.name(&parts.take(Rule::name)?);
        let object = parts.take(Rule::object)?;
        let value_span = self.span(&object);
        let value = Expr { kind: ExprKind::Object(self.object(object)?), span: value_span };
        Some(Listed::One(Example { docs, name, value, span }))
    }

    /// The entries between the braces of a `values`, `scopes` or `variants`.
    pub fn listed<'i, T>(
        &mut self,
        block: Pair<'i, Rule>,
        shape: Shape,
        read: impl Fn(&mut Self, Pair<'i, Rule>, Docs) -> Option<T>,
    ) -> Sorted<T> {
        let entry = |reader: &mut Self, pair: Pair<'i, Rule>| {
            let mut parts = Parts::of(pair);
            let docs = reader.docs(parts.take(Rule::docs));
            let part = parts.any()?;
            if part.as_rule() == Rule::reserved {
                return Some(Listed::Reserved(reader.reserved(part, &docs)));
            }
            read(reader, part, docs).map(Listed::One)
        };
        Sorted::new(self.entries(Parts::of(block), shape, entry))
    }

    pub fn described(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Described> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.name(&parts.take(Rule::name)?);
        let text = parts.take(Rule::text).map(|text| self.text(&text));
        let annotations = self.annotations(&mut parts)?;
        Some(Described { docs, name, text, annotations, span })
    }

    pub fn variant(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Variant> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.name(&parts.take(Rule::name)?);
        let ty = self.type_expr(parts.take(Rule::type_expr)?)?;
        let text = parts.take(Rule::text).map(|text| self.text(&text));
        let annotations = self.annotations(&mut parts)?;
        Some(Variant { docs, name, ty, text, annotations, span })
    }

    /// The place of an entry without the documentation above it.
    fn undocumented(&self, pair: &Pair<'_, Rule>) -> atlas9_diagnostics::Span {
        let span = self.span(pair);
        let first = pair.clone().into_inner().find(|part| part.as_rule() != Rule::docs);
        let start = first.map_or(span.start, |part| self.span(&part).start);
        atlas9_diagnostics::Span { start, ..span }
    }
}
