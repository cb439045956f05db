//! The states of a resource: which actions lead from one to another, as a drawing and as a table.

use std::collections::BTreeMap;

use atlas9_ir::{FieldPath, OperationKind, Resource, TypeDeclKind, TypeKind, Value};

use crate::Site;
use crate::html::Html;

/// The moves of one field.
struct Machine {
    field: FieldPath,
    states: Vec<String>,
    first: Option<String>,
    /// Places of the states that a move leads from and to, and what makes it.
    moves: BTreeMap<(usize, usize), Vec<String>>,
}

/// A drawing that is wider can hardly be read.
const WIDEST: usize = 900;
const BOX: usize = 34;
const LETTER: usize = 8;
/// How much higher an arc rises for each state that it passes.
const RISE: usize = 26;

/// The states of every field that actions move.
pub(crate) fn write(h: &mut Html, site: &Site<'_>, resource: &Resource) {
    for machine in machines(site, resource) {
        h.el("h3", &[], |h| {
            h.text("States of ").code(&machine.field.to_string());
        });
        if let Some(drawing) = Drawing::of(&machine) {
            drawing.write(h, &resource.snake, &machine);
        }
        table(h, resource, &machine);
    }
}

fn machines(site: &Site<'_>, resource: &Resource) -> Vec<Machine> {
    let mut found: Vec<Machine> = Vec::new();
    for operation in &resource.operations {
        let OperationKind::Action(action) = &operation.kind else { continue };
        for change in &action.moves {
            let at = match found.iter().position(|machine| machine.field == change.field) {
                Some(at) => at,
                None => match machine(site, resource, &change.field) {
                    Some(machine) => {
                        found.push(machine);
                        found.len() - 1
                    }
                    None => continue,
                },
            };
            let Some(machine) = found.get_mut(at) else { continue };
            let place = |state: &String| machine.states.iter().position(|known| known == state);
            let Some(to) = place(&change.to) else { continue };
            let from: Vec<usize> = change.from.iter().filter_map(place).collect();
            for from in from {
                machine.moves.entry((from, to)).or_default().push(operation.name.clone());
            }
        }
    }
    found
}

fn machine(site: &Site<'_>, resource: &Resource, path: &FieldPath) -> Option<Machine> {
    let field = site.ir.field(&resource.fields, path)?;
    let TypeKind::Named(id) = site.ir.resolve(&field.ty).0 else { return None };
    let TypeDeclKind::Enum { values, .. } = &site.ir.types[*id].kind else { return None };
    let first = match &field.default {
        Some(Value::Enum(word) | Value::String(word)) => Some(word.clone()),
        _ => None,
    };
    let states = values.iter().map(|value| value.name.clone()).collect();
    Some(Machine { field: path.clone(), states, first, moves: BTreeMap::new() })
}

fn table(h: &mut Html, resource: &Resource, machine: &Machine) {
    h.el("table", &[], |h| {
        h.el("thead", &[], |h| {
            h.el("tr", &[], |h| {
                for title in ["From", "To", "By"] {
                    h.leaf("th", &[("scope", "col")], title);
                }
            });
        });
        h.el("tbody", &[], |h| {
            let state = |at: usize| machine.states.get(at).map_or("", String::as_str);
            for ((from, to), names) in &machine.moves {
                h.el("tr", &[], |h| {
                    h.leaf("td", &[], state(*from)).leaf("td", &[], state(*to));
                    h.el("td", &[], |h| {
                        for (at, name) in names.iter().enumerate() {
                            h.text(if at > 0 { ", " } else { "" });
                            h.link(&format!("{}.{name}", resource.snake), name);
                        }
                    });
                });
            }
        });
    });
    if let Some(first) = &machine.first {
        h.el("p", &[], |h| {
            h.text("It begins as ").code(first).text(".");
        });
    }
}

/// The states side by side; moves to the next one are lines, others arcs: forward above, backward below.
struct Drawing {
    /// Left edge and width of each box.
    boxes: Vec<(usize, usize)>,
    above: usize,
    below: usize,
    width: usize,
}

impl Drawing {
    fn of(machine: &Machine) -> Option<Drawing> {
        let mut boxes = Vec::new();
        let mut left = 1;
        for (at, state) in machine.states.iter().enumerate() {
            let width = state.chars().count() * LETTER + 24;
            boxes.push((left, width));
            let label = machine.moves.get(&(at, at + 1)).map_or(0, |names| label(names).chars().count());
            left += width + (label * LETTER + 30).max(40);
        }
        let (last, width) = boxes.last()?;
        let width = last + width + 1;
        let spans = |forward: bool| {
            let arcs = machine.moves.keys().filter(move |(from, to)| match forward {
                true => *to > from + 1,
                false => to <= from,
            });
            arcs.map(|(from, to)| from.abs_diff(*to).max(1)).max().map_or(8, |span| span * RISE * 3 / 4 + 24)
        };
        (width <= WIDEST).then(|| Drawing { above: spans(true), below: spans(false), boxes, width })
    }

    fn write(&self, h: &mut Html, snake: &str, machine: &Machine) {
        let height = self.above + BOX + self.below;
        let (title, arrow) =
            (format!("{snake}.{}.states", machine.field), format!("{snake}.{}.arrow", machine.field));
        let (width, view) = (self.width.to_string(), format!("0 0 {} {height}", self.width));
        let attributes = [
            ("class", "states"),
            ("role", "img"),
            ("aria-labelledby", title.as_str()),
            ("viewBox", view.as_str()),
            ("width", width.as_str()),
            ("height", &height.to_string()),
        ];
        h.el("svg", &attributes, |h| {
            let about = format!("The states of {}; the table below has every move.", machine.field);
            h.leaf("title", &[("id", &title)], &about);
            h.el("defs", &[], |h| {
                let shape = [("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"), ("markerWidth", "7")];
                let shape =
                    [&shape[..], &[("markerHeight", "7"), ("orient", "auto"), ("id", &arrow)]].concat();
                h.el("marker", &shape, |h| {
                    h.el("path", &[("d", "M0 0 8 4 0 8z")], |_| {});
                });
            });
            for ((from, to), names) in &machine.moves {
                self.arrow(h, (*from, *to), &label(names), &arrow);
            }
            for (at, state) in machine.states.iter().enumerate() {
                self.state(h, at, state, machine.first.as_ref() == Some(state));
            }
        });
    }

    fn state(&self, h: &mut Html, at: usize, name: &str, first: bool) {
        let Some((left, width)) = self.boxes.get(at) else { return };
        let text = |number: usize| number.to_string();
        let place =
            [("x", text(*left)), ("y", text(self.above)), ("width", text(*width)), ("height", text(BOX))];
        let mut attributes: Vec<(&str, &str)> =
            place.iter().map(|(name, value)| (*name, value.as_str())).collect();
        attributes.push(("rx", "8"));
        attributes.extend(first.then_some(("class", "first")));
        h.el("rect", &attributes, |_| {});
        self.words(h, left + width / 2, self.above + BOX / 2 + 5, name);
    }

    fn words(&self, h: &mut Html, x: usize, y: usize, text: &str) {
        h.leaf("text", &[("x", &x.to_string()), ("y", &y.to_string())], text);
    }

    fn arrow(&self, h: &mut Html, (from, to): (usize, usize), label: &str, arrow: &str) {
        let (Some((left, width)), Some((other, other_width))) = (self.boxes.get(from), self.boxes.get(to))
        else {
            return;
        };
        let (start, end) = (left + width / 2, other + other_width / 2);
        let middle = self.above + BOX / 2;
        let (path, x, y) = if to == from + 1 {
            let (start, end) = (left + width, *other);
            (format!("M{start} {middle}H{end}"), (start + end) / 2, middle - 6)
        } else {
            let rise = from.abs_diff(to).max(1) * RISE;
            // A move to where it begins leaves and comes back apart.
            let (start, end) = if from == to { (start - 10, end + 10) } else { (start, end) };
            let (edge, height) = match to > from {
                true => (self.above, self.above.saturating_sub(rise)),
                false => (self.above + BOX, self.above + BOX + rise),
            };
            // A curve reaches three quarters of the way to where it is drawn to.
            let label_at =
                if to > from { (edge - rise * 3 / 4).saturating_sub(6) } else { edge + rise * 3 / 4 + 15 };
            (
                format!("M{start} {edge}C{start} {height} {end} {height} {end} {edge}"),
                (start + end) / 2,
                label_at,
            )
        };
        h.el("path", &[("class", "arrow"), ("d", &path), ("marker-end", &format!("url(#{arrow})"))], |_| {});
        self.words(h, x, y, label);
    }
}

fn label(names: &[String]) -> String {
    names.join(", ")
}
