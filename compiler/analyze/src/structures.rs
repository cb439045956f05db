//! What is left to check of structures and mixins once every type is known.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_syntax::ast::{ItemKind, Member, Path, TypeBody};
use foldhash::HashMap;

use crate::annotations::{self, Place};
use crate::context::{At, Cx};
use crate::fields::{self, Owner};
use crate::model::{Shape, Types};
use crate::names::{Kind, Symbol, SymbolId};
use crate::{blocks, examples, history, rules};

/// Sets the defaults of structures' fields, then reads their rules and examples.
pub(crate) fn finish(cx: &Cx<'_>, types: &mut Types) {
    for (index, id) in cx.ids.types.iter().enumerate() {
        let Some((mixins, members)) = structure(cx, *id) else { continue };
        let at = At { cx, types, file: cx.names.get(*id).file };
        // Values of the structure itself may stand in its defaults.
        let shape = &types.entries[index].shape;
        let mut values = fields::checked_mixin_defaults(at, mixins, shape);
        values.extend(fields::checked_defaults(at, Owner::Structure, members, shape));
        for (name, value) in values {
            fields::set_default(&mut types.entries[index].shape, &name, value);
        }
    }
    for (index, id) in cx.ids.types.iter().enumerate() {
        let Some((_, members)) = structure(cx, *id) else { continue };
        let at = At { cx, types, file: cx.names.get(*id).file };
        blocks::once(at, members);
        let shape = &types.entries[index].shape;
        let (rules, examples) = (rules::read(at, shape, members), examples::read(at, shape, members));
        types.entries[index].rules = rules;
        types.entries[index].examples = examples;
    }
}

fn structure<'a>(cx: &Cx<'a>, id: SymbolId) -> Option<(&'a [Path], &'a [Member])> {
    match &cx.names.get(id).item.kind {
        ItemKind::Type(decl) => match &decl.body {
            TypeBody::Structure { mixins, members } => Some((mixins, members)),
            TypeBody::Alias(_) => None,
        },
        _ => None,
    }
}

/// Checks the package's mixins by themselves, so that nothing in an unused one goes unseen.
pub(crate) fn mixins(cx: &Cx<'_>, types: &Types) {
    for symbol in cx.names.symbols.iter().filter(|symbol| symbol.kind == Kind::Mixin && cx.names.own(symbol))
    {
        let ItemKind::Mixin(mixin) = &symbol.item.kind else { continue };
        let at = At { cx, types, file: symbol.file };
        annotations::declaration(at, Place::Mixin, &symbol.item.annotations, symbol.item.span);
        let mut shape = Shape::new(&symbol.name.text);
        fields::members(at, Owner::Mixin, &mixin.members, &mut shape);
        fields::replacements(at, &shape);
        fields::defaults(at, Owner::Mixin, &mixin.members, &mut shape);
        history::mixin(cx, &shape);
    }
}

/// Every name of a resource or type in the model becomes a name in each target, so no two may share one.
pub(crate) fn same_names(cx: &Cx<'_>) {
    let mut first: HashMap<&str, (&Symbol<'_>, Span)> = HashMap::default();
    for id in cx.ids.resources.iter().chain(&cx.ids.types) {
        let symbol = cx.names.get(*id);
        let span = symbol.name.span;
        let Some((other, place)) = first.insert(&symbol.name.text, (symbol, span)) else { continue };
        if other.namespace == symbol.namespace {
            continue;
        }
        // The package's own one is at fault, never that of another one.
        let (at, there) = if cx.names.own(symbol) { (span, place) } else { (place, span) };
        let name = &symbol.name.text;
        cx.report(
            Diagnostic::error(codes::E0207, format!("the API would have two declarations called `{name}`"))
                .at(at, "this one")
                .and(there, "and this one")
                .help("rename one of them: clients see names without namespaces"),
        );
    }
}
