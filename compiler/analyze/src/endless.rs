//! Types of which a value would never end.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_syntax::ast::ItemKind;
use foldhash::HashSet;

use crate::context::Sink;
use crate::ids::{Mark, circle_text};
use crate::names::{Kind, Names, SymbolId};
use crate::uses::{self, Edge};

/// Types that contain themselves without end; each circle is reported. `edges` are what each declaration uses.
pub(crate) fn types(sink: &Sink, names: &Names<'_>, edges: &[Vec<Edge>]) -> HashSet<SymbolId> {
    let mut found = circles(sink, names, edges);
    let ends = ends(names, edges, &found);
    found.extend(unions(sink, names, edges, &ends));
    found
}

/// Types on a circle in which every step is a required field, or another name.
fn circles(sink: &Sink, names: &Names<'_>, edges: &[Vec<Edge>]) -> HashSet<SymbolId> {
    let mut marks = vec![Mark::New; edges.len()];
    let mut found = HashSet::default();
    for (root, _) in names.ids() {
        let mut way = if marks[root.0] == Mark::New { vec![(root, 0)] } else { Vec::new() };
        marks[root.0] = if way.is_empty() { marks[root.0] } else { Mark::OnTheWay };
        while let Some((at, next)) = way.last_mut() {
            let Some(edge) = edges[at.0].get(*next) else {
                marks[at.0] = Mark::Done;
                way.pop();
                continue;
            };
            *next += 1;
            match marks[edge.to.0] {
                Mark::New if edge.hard => {
                    marks[edge.to.0] = Mark::OnTheWay;
                    way.push((edge.to, 0));
                }
                Mark::OnTheWay if edge.hard => {
                    let from = way.iter().position(|(symbol, _)| *symbol == edge.to).unwrap_or(0);
                    let circle: Vec<SymbolId> = way[from..].iter().map(|(symbol, _)| *symbol).collect();
                    sink.report(endless_error(names, &circle, edge.span));
                    found.extend(circle);
                }
                _ => {}
            }
        }
    }
    found
}

/// For each declaration whether some value of it ends. A structure ends if all that it must contain does, a union if one of its
/// variants does.
fn ends(names: &Names<'_>, edges: &[Vec<Edge>], known: &HashSet<SymbolId>) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    let mut waits: Vec<usize> = vec![0; edges.len()];
    let mut ready = Vec::new();
    for (id, symbol) in names.ids() {
        let union = is_union(symbol.item);
        let needed = edges[id.0].iter().filter(|edge| edge.hard || union && is_type(names, edge));
        needed.clone().for_each(|edge| users[edge.to.0].push(id.0));
        let count = needed.count();
        waits[id.0] = match &symbol.item.kind {
            // What a variant without an edge is has been lost.
            ItemKind::Union(union) => usize::from(count == union.variants.len() && count > 0),
            _ => count,
        };
        if waits[id.0] == 0 || known.contains(&id) {
            waits[id.0] = 0;
            ready.push(id.0);
        }
    }
    let mut ends = vec![false; edges.len()];
    while let Some(at) = ready.pop() {
        if std::mem::replace(&mut ends[at], true) {
            continue;
        }
        for user in &users[at] {
            waits[*user] = waits[*user].saturating_sub(1);
            if waits[*user] == 0 {
                ready.push(*user);
            }
        }
    }
    ends
}

/// The circles among what does not end: from each such type the way leads on to another one.
fn unions(sink: &Sink, names: &Names<'_>, edges: &[Vec<Edge>], ends: &[bool]) -> Vec<SymbolId> {
    let mut found = Vec::new();
    let mut seen = vec![false; edges.len()];
    for (root, _) in names.ids().filter(|(id, symbol)| symbol.kind == Kind::Type && !ends[id.0]) {
        let mut way: Vec<(SymbolId, Span)> = Vec::new();
        let mut at = root;
        while !std::mem::replace(&mut seen[at.0], true) {
            let union = is_union(names.get(at).item);
            let leads_on = |edge: &&Edge| edge.hard || union && is_type(names, edge);
            let on = edges[at.0].iter().find(|edge| leads_on(edge) && !ends[edge.to.0]);
            let Some(edge) = on else { break };
            way.push((at, edge.span));
            at = edge.to;
        }
        let Some(from) = way.iter().position(|(symbol, _)| *symbol == at) else { continue };
        let circle: Vec<SymbolId> = way[from..].iter().map(|(symbol, _)| *symbol).collect();
        if let Some((_, span)) = way.last() {
            sink.report(endless_error(names, &circle, *span));
        }
        found.extend(circle);
    }
    found
}

/// True for a variant's structure; a union has annotations too.
fn is_type(names: &Names<'_>, edge: &Edge) -> bool {
    names.get(edge.to).kind == Kind::Type
}

fn is_union(item: &atlas9_syntax::ast::Item) -> bool {
    matches!(item.kind, ItemKind::Union(_))
}

fn endless_error(names: &Names<'_>, circle: &[SymbolId], span: Span) -> Diagnostic {
    let structure = |symbol: &SymbolId| !uses::is_alias(names.get(*symbol).item);
    let union = |symbol: &SymbolId| is_union(names.get(*symbol).item);
    let (message, help) = if circle.iter().any(union) {
        (
            "a value of this type would never end",
            "add a variant that ends, or make one of the fields optional with `?`",
        )
    } else if circle.iter().any(structure) {
        ("a value of this type would never end", "make one of the fields optional with `?`, or a list")
    } else {
        ("these types are only names for one another", "say what the values are, such as `string(..=100)`")
    };
    Diagnostic::error(codes::E0305, format!("{message}: {}", circle_text(names, circle)))
        .at(span, "this closes the circle")
        .help(help)
}
