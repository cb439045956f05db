//! Fields and the blocks of a declaration.

use pest::iterators::Pair;

use super::Rule;
use super::reader::{Parts, Reader};
use super::recover::{Slot, documents_nothing};
use super::shape::Shape;
use crate::ast::{
    Block, Broken, Described, Docs, Example, Expr, ExprKind, Field, Index, Member, Rule as AstRule,
    TextMember,
};

impl Reader<'_> {
    /// The members between the braces of a `body`.
    pub fn members(&mut self, body: Pair<'_, Rule>) -> Vec<Member> {
        let slots = self.entries(Parts::of(body), Shape::Member, Reader::member);
        let member = |slot| match slot {
            Slot::Entry(member) => member,
            Slot::Broken(broken, span) => Member::Broken(broken, span),
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
                Member::Operations(self.block(part, docs, Shape::Operation, Reader::operation)?)
            }
            Rule::rules => Member::Rules(self.block(part, docs, Shape::Rule, Reader::rule)?),
            Rule::storage => Member::Storage(self.block(part, docs, Shape::Index, Reader::index)?),
            Rule::examples => Member::Examples(self.block(part, docs, Shape::Example, Reader::example)?),
            Rule::text_member => Member::Text(self.text_member(part, &docs)?),
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
        read: impl Fn(&mut Self, Pair<'i, Rule>) -> Option<T>,
    ) -> Option<Block<T>> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        // The block's word.
        parts.any()?;
        let (entries, broken) = sorted(self.entries(parts, shape, read));
        Some(Block { docs, entries, broken, span })
    }

    fn rule(&mut self, pair: Pair<'_, Rule>) -> Option<AstRule> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let name = self.name(&parts.take(Rule::name)?);
        let condition = self.expr(parts.take(Rule::expr)?)?;
        let text = parts.take(Rule::text).map(|text| self.text(&text));
        Some(AstRule { docs, name, condition, text, span })
    }

    fn index(&mut self, pair: Pair<'_, Rule>) -> Option<Index> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let kind = self.name(&parts.take(Rule::index_kind)?);
        Some(Index { docs, kind, fields: self.paths(parts.rest()), span })
    }

    fn example(&mut self, pair: Pair<'_, Rule>) -> Option<Example> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let name = self.name(&parts.take(Rule::name)?);
        let object = parts.take(Rule::object)?;
        let value_span = self.span(&object);
        let value = Expr { kind: ExprKind::Object(self.object(object)?), span: value_span };
        Some(Example { docs, name, value, span })
    }

    /// The names with their texts between the braces of a `values`.
    pub fn described(&mut self, values: Pair<'_, Rule>) -> (Vec<Described>, Vec<Broken>) {
        sorted(self.entries(Parts::of(values), Shape::Described, Reader::one_described))
    }

    fn one_described(&mut self, pair: Pair<'_, Rule>) -> Option<Described> {
        let mut parts = Parts::of(pair.clone());
        let docs = self.docs(parts.take(Rule::docs));
        let span = self.undocumented(&pair);
        let name = self.name(&parts.take(Rule::name)?);
        let text = parts.take(Rule::text).map(|text| self.text(&text));
        let annotations = self.annotations(&mut parts)?;
        Some(Described { docs, name, text, annotations, span })
    }

    /// The place of an entry without the documentation above it.
    fn undocumented(&self, pair: &Pair<'_, Rule>) -> atlas9_diagnostics::Span {
        let span = self.span(pair);
        let first = pair.clone().into_inner().find(|part| part.as_rule() != Rule::docs);
        let start = first.map_or(span.start, |part| self.span(&part).start);
        atlas9_diagnostics::Span { start, ..span }
    }
}

fn sorted<T>(slots: Vec<Slot<T>>) -> (Vec<T>, Vec<Broken>) {
    let mut out = (Vec::new(), Vec::new());
    for slot in slots {
        match slot {
            Slot::Entry(entry) => out.0.push(entry),
            Slot::Broken(broken, _) => out.1.push(broken),
        }
    }
    out
}
