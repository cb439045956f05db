//! Values of unions: `{ method: card, number: "..." }`.

use atlas9_diagnostics::{Diagnostic, Span, codes, nearest};
use atlas9_ir::{TypeDeclKind, TypeId, Value, Variant};
use atlas9_syntax::ast::{Expr, ExprKind, Name};

use crate::context::{At, bare, listed};
use crate::names::Once;
use crate::values;

/// The value: the discriminator, then what is given of the variant's structure. Nothing where something is wrong.
pub(crate) fn check(at: At<'_, '_>, id: TypeId, entries: &[(Name, Expr)], span: Span) -> Option<Value> {
    let entry = at.types.entries.get(id.index())?;
    let TypeDeclKind::Union { discriminator, discriminator_span, variants, .. } = &entry.decl.kind else {
        return None;
    };
    let union = Union { name: &entry.decl.name, discriminator, variants };
    let mut once = Once::named();
    let tells = |name: &Name| name.text == *discriminator;
    let mut told = entries.iter().filter(|(name, _)| tells(name));
    let Some((name, word)) = told.find(|(name, _)| once.first(at.cx.sink, name)) else {
        union.missing(at, entries, span);
        return None;
    };
    at.means(name, *discriminator_span);
    if told.any(|(name, _)| !once.first(at.cx.sink, name)) {
        return None;
    }
    let variant = union.variant(at, word)?;
    let shape = &at.types.entries.get(variant.structure.index())?.shape;
    let fields = entries.iter().filter(|(name, _)| !tells(name));
    let Value::Object(fields) = values::object(at, shape, fields, Some(span))? else { return None };
    let first = (discriminator.clone(), Value::Enum(variant.name.clone()));
    Some(Value::Object(std::iter::once(first).chain(fields).collect()))
}

struct Union<'t> {
    name: &'t str,
    discriminator: &'t str,
    variants: &'t [Variant],
}

impl<'t> Union<'t> {
    fn names(&self) -> impl Iterator<Item = &'t str> {
        self.variants.iter().map(|variant| variant.name.as_str())
    }

    fn missing(&self, at: At<'_, '_>, entries: &[(Name, Expr)], span: Span) {
        let misspelt = entries.iter().find(|(name, _)| nearest(&name.text, [self.discriminator]).is_some());
        let (span, label, help) = match misspelt {
            Some((name, _)) => (name.span, "not known", format!("did you mean `{}`?", self.discriminator)),
            None => {
                let help = format!("add `{}:` with {}", self.discriminator, listed(self.names(), "or"));
                (span, "which one is it?", help)
            }
        };
        let message = format!("this value of `{}` does not say which variant it is", self.name);
        let finding = Diagnostic::error(codes::E0318, message).at(span, label).help(help);
        if misspelt.is_some() { at.cx.sink.unknown(finding) } else { at.report(finding) }
    }

    /// The variant that the word names.
    fn variant(&self, at: At<'_, '_>, expr: &Expr) -> Option<&'t Variant> {
        let expr = bare(expr);
        let (word, quoted) = match &expr.kind {
            ExprKind::Path(path) => (path.text(), false),
            ExprKind::String(text) => (text.clone(), true),
            _ => (at.cx.quote(expr.span), false),
        };
        let found = self.variants.iter().find(|variant| variant.name == word);
        if let Some(variant) = found.filter(|_| !quoted) {
            if let ExprKind::Path(path) = &expr.kind {
                path.single().into_iter().for_each(|name| at.means(name, variant.span));
            }
            return Some(variant);
        }
        let (message, label, help) = match found {
            Some(_) => {
                let message = "the name of a variant stands without quotes".to_owned();
                (message, "in quotes", format!("write `{word}`"))
            }
            None => {
                let all = || format!("its variants are {}", listed(self.names(), "and"));
                let message = format!("`{}` has no variant `{word}`", self.name);
                (message, "not one of its variants", at.cx.sink.did_you_mean(&word, self.names(), all))
            }
        };
        at.cx.sink.unknown(Diagnostic::error(codes::E0319, message).at(expr.span, label).help(help));
        None
    }
}
