//! A class with members: its slots, its constructor, and how it is read and sent.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::python::{attribute, identifier};
use atlas9_emitters_core::sdk::{Position, is_optional, is_required};
use atlas9_ir::{Field, Type};

use super::apart;
use super::imports::{Imports, natural};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};
use crate::types;

/// Stands for what is read in an expression, and can occur in none.
pub(super) const VALUE: &str = "\u{1}";

/// A class in the making.
pub(super) struct Class<'a> {
    pub(super) doc: Doc,
    pub(super) name: String,
    pub(super) members: Vec<Member<'a>>,
    /// True for what answers hold.
    pub(super) read: bool,
    /// True where an answer may hold some of the members alone.
    pub(super) chosen: bool,
}

/// A member of a class.
pub(super) struct Member<'a> {
    /// The attribute.
    pub(super) name: String,
    pub(super) wire: String,
    pub(super) doc: Doc,
    /// The type of the attribute and of the argument.
    pub(super) annotation: String,
    /// The expression that reads it from [`VALUE`].
    pub(super) reads: String,
    /// What a request holds for it.
    pub(super) sends: String,
    /// True where an answer may lack it.
    pub(super) absent: Absent,
    pub(super) hidden: bool,
    /// True where the constructor can be called without it.
    pub(super) optional: bool,
    /// What a member is that the constructor is not told of.
    pub(super) field: Option<&'a Field>,
}

/// What it means when an answer lacks a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// It does not: every answer has it.
    Never,
    /// The same as null.
    Null,
    /// The caller did not ask for it, or may not see it.
    Unseen,
}

/// The members for fields in that position.
pub(super) fn members<'a>(
    sdk: &Sdk<'_>,
    fields: impl IntoIterator<Item = &'a Field>,
    position: Position,
    imports: &mut Imports,
) -> Vec<Member<'a>> {
    fields.into_iter().map(|field| member(sdk, field, position, imports)).collect()
}

fn member<'a>(sdk: &Sdk<'_>, field: &'a Field, position: Position, imports: &mut Imports) -> Member<'a> {
    let name = attribute(field);
    let plain = types::nullable(sdk, &field.ty, position, imports);
    let optional = position == Position::Patch || position == Position::Write && !is_required(sdk.ir, field);
    let annotation = match optional {
        true => format!("{plain} | {}", imports.get("core.unset", "Unset")),
        false => plain,
    };
    let absent = match () {
        () if position != Position::Read => Absent::Never,
        () if !field.requires.is_empty() => Absent::Unseen,
        () if is_optional(sdk.ir, &field.ty) || types::is_json(sdk.ir, &field.ty) => Absent::Null,
        () => Absent::Never,
    };
    let reads = match position {
        Position::Read => types::read(sdk, &field.ty, VALUE, imports),
        Position::Write | Position::Patch => String::new(),
    };
    Member {
        sends: types::sent(sdk, &field.ty, &format!("self.{name}"), imports),
        wire: field.wire.clone(),
        doc: describe::field(sdk.ir, field, position),
        annotation,
        reads,
        absent,
        hidden: field.sensitive.is_some(),
        optional,
        field: Some(field),
        name,
    }
}

/// A member that holds what `expand` embeds.
pub(super) fn embedded(wire: &str, annotation: String, reads: String, doc: Doc) -> Member<'static> {
    let name = identifier(wire);
    Member {
        sends: format!("self.{name}"),
        wire: wire.to_owned(),
        name,
        doc,
        annotation,
        reads,
        absent: Absent::Unseen,
        hidden: false,
        optional: true,
        field: None,
    }
}

/// The member of another type in a request: the entity tag of one that a batch deletes.
pub(super) fn plain(
    name: &str,
    ty: &Type,
    sdk: &Sdk<'_>,
    required: bool,
    doc: Doc,
    imports: &mut Imports,
) -> Member<'static> {
    let plain = types::nullable(sdk, ty, Position::Write, imports);
    let annotation =
        if required { plain } else { format!("{plain} | {}", imports.get("core.unset", "Unset")) };
    Member {
        name: name.to_owned(),
        wire: name.to_owned(),
        doc,
        annotation,
        reads: String::new(),
        sends: format!("self.{name}"),
        absent: Absent::Never,
        hidden: false,
        optional: !required,
        field: None,
    }
}

impl Class<'_> {
    pub(super) fn write(&self, w: &mut Writer, imports: &mut Imports) {
        let base = imports.get("core.model", "Model");
        apart(w);
        w.line(format!("class {}({base}):", self.name));
        w.indented(|w| {
            self.doc.write(w);
            if !self.doc.is_empty() {
                w.blank();
            }
            self.slots(w, imports);
            self.attributes(w);
            if !self.members.is_empty() {
                self.constructor(w, imports);
            }
            self.json(w, imports);
            if self.read {
                self.reader(w, imports, "__from_json__", false);
            }
            if self.read && self.chosen {
                self.reader(w, imports, "__some_from_json__", true);
            }
        });
    }

    fn slots(&self, w: &mut Writer, imports: &mut Imports) {
        let mut names: Vec<&str> = self.members.iter().map(|member| member.name.as_str()).collect();
        names.sort_by(|a, b| natural(a, b));
        let names: Vec<String> = names.into_iter().map(literal).collect();
        layout::tuple(w, "__slots__ = ", &names);
        let hidden = self.members.iter().filter(|member| member.hidden);
        let hidden: Vec<String> = hidden.map(|member| literal(&member.name)).collect();
        if !hidden.is_empty() {
            let names = ["ClassVar", "frozenset", "str"];
            let [var, set, text] =
                names.map(|name| imports.get(if name == "ClassVar" { "typing" } else { "builtins" }, name));
            layout::list(w, &format!("__hidden__: {var}[{set}[{text}]] = {set}({{"), &hidden, "})");
        }
    }

    fn attributes(&self, w: &mut Writer) {
        if !self.members.is_empty() {
            w.blank();
        }
        for member in &self.members {
            w.line(layout::annotated(w, &member.name, &member.annotation, ""));
            member.doc.write(w);
        }
    }

    fn constructor(&self, w: &mut Writer, imports: &mut Imports) {
        let this = self.this();
        w.blank();
        // What is embedded comes from the service alone.
        let given: Vec<&Member<'_>> = self
            .members
            .iter()
            .filter(|member| !self.read || member.absent != Absent::Unseen || member.field.is_some())
            .collect();
        let mut arguments = vec![this.to_owned(), "*".to_owned()];
        for member in &given {
            let unset = member.optional || self.read && member.absent == Absent::Unseen;
            arguments.push(match unset {
                true if self.read => self.unseen(member, imports),
                true => {
                    let end = format!(" = {}", imports.get("core.unset", "UNSET"));
                    annotated(&member.name, &member.annotation, &end)
                }
                false => annotated(&member.name, &member.annotation, ""),
            });
        }
        layout::list(w, "def __init__(", &arguments, ") -> None:");
        w.indented(|w| {
            for member in given {
                if self.read && member.absent == Absent::Unseen {
                    let unset = imports.get("core.unset", "Unset");
                    w.line(format!("if not isinstance({}, {unset}):", member.name));
                    w.indented(|w| {
                        layout::assign_name(w, &format!("{this}.{}", member.name), &member.name);
                    });
                } else {
                    layout::assign_name(w, &format!("{this}.{}", member.name), &member.name);
                }
            }
        });
    }

    fn unseen(&self, member: &Member<'_>, imports: &mut Imports) -> String {
        let (ty, value) = (imports.get("core.unset", "Unset"), imports.get("core.unset", "UNSET"));
        annotated(&member.name, &format!("{} | {ty}", member.annotation), &format!(" = {value}"))
    }

    /// `self`, unless a member is called so.
    fn this(&self) -> &'static str {
        if self.members.iter().any(|member| member.name == "self") { "_self" } else { "self" }
    }

    fn json(&self, w: &mut Writer, imports: &mut Imports) {
        let any = imports.get("typing", "Any");
        let (dict, text) = (imports.get("builtins", "dict"), imports.get("builtins", "str"));
        w.blank().line(format!("def __json__(self) -> {dict}[{text}, {any}]:"));
        w.indented(|w| {
            let seen = |member: &&Member<'_>| !self.read || !self.chosen && member.absent != Absent::Unseen;
            let (always, sometimes): (Vec<&Member<'_>>, Vec<&Member<'_>>) =
                self.members.iter().partition(seen);
            let always: Vec<String> =
                always.into_iter().map(|member| entry(w, &literal(&member.wire), &member.sends)).collect();
            if sometimes.is_empty() {
                layout::list(w, "return {", &always, "}");
                return;
            }
            layout::list(w, &format!("data: {dict}[{text}, {any}] = {{"), &always, "}");
            for member in sometimes {
                w.line(format!("if hasattr(self, {}):", literal(&member.name)));
                w.indented(|w| {
                    layout::assign_name(w, &format!("data[{}]", literal(&member.wire)), &member.sends);
                });
            }
            w.line("return data");
        });
    }

    fn reader(&self, w: &mut Writer, imports: &mut Imports, name: &str, some: bool) {
        let any = imports.get("typing", "Any");
        let (dict, text) = (imports.get("builtins", "dict"), imports.get("builtins", "str"));
        let own = imports.typed("typing_extensions", "Self");
        w.blank().line("@classmethod");
        w.line(format!("def {name}(cls, data: {dict}[{text}, {any}]) -> {own}:"));
        w.indented(|w| {
            w.line("self = cls.__new__(cls)");
            for member in &self.members {
                if some || member.absent == Absent::Unseen {
                    w.line(format!("if {} in data:", literal(&member.wire)));
                    w.indented(|w| read(w, member, &format!("data[{}]", literal(&member.wire)), "self."));
                } else {
                    let from = member.source("data");
                    read(w, member, &from, "self.");
                }
            }
            w.line("return self");
        });
    }
}

impl Member<'_> {
    /// Where an answer has it.
    pub(super) fn source(&self, data: &str) -> String {
        match self.absent {
            Absent::Null => format!("{data}.get({})", literal(&self.wire)),
            Absent::Never | Absent::Unseen => format!("{data}[{}]", literal(&self.wire)),
        }
    }
}

/// `self.price = Money.__from_json__(data["price"])`
pub(super) fn read(w: &mut Writer, member: &Member<'_>, from: &str, target: &str) {
    let target = format!("{target}{}", member.name);
    let null = format!("None if {VALUE} is None else ");
    let one = match member.reads.strip_prefix(&null) {
        Some(rest) => format!("None if (value := {from}) is None else {}", rest.replace(VALUE, "value")),
        None => member.reads.replace(VALUE, from),
    };
    let line = format!("{target} = {one}");
    if layout::fits(w, &line) {
        w.line(line);
        return;
    }
    w.line(format!("value = {from}"));
    match member.reads.strip_prefix(&null) {
        Some(rest) => {
            w.line("if value is not None:").indented(|w| {
                w.line(format!("value = {}", rest.replace(VALUE, "value")));
            });
        }
        None if member.reads != VALUE => {
            w.line(format!("value = {}", member.reads.replace(VALUE, "value")));
        }
        None => {}
    }
    layout::assign_name(w, &target, "value");
}

/// An argument with its type, as it stands on a line of its own two levels deep.
pub(super) fn annotated(name: &str, ty: &str, end: &str) -> String {
    let mut w = Writer::new("        ");
    let mut line = String::new();
    w.indented(|w| line = layout::annotated(w, name, ty, end));
    line
}

/// `"price": price`, where a call that is too long is broken.
pub(super) fn entry(w: &Writer, key: &str, value: &str) -> String {
    let line = format!("{key}: {value}");
    let room = layout::WIDTH - w.indentation() - 5;
    match value.strip_suffix(')').and_then(|call| call.split_once('(')) {
        Some((function, inner)) if line.chars().count() > room => {
            let inner = match inner.split_once(", ") {
                Some((first, rest)) if inner.chars().count() + 4 > room => format!("{first},\n    {rest},"),
                _ => inner.to_owned(),
            };
            format!("{key}: {function}(\n    {inner}\n)")
        }
        _ => line,
    }
}
