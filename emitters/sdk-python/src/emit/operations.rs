//! An operation as a method of both clients.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::python::method;
use atlas9_emitters_core::names::shouty;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::{Answer, Answered, Position, facts};
use atlas9_ir::{Operation, OperationKind, PaginationStyle, Type};

use super::classes::{VALUE, annotated, entry};
use super::imports::Imports;
use super::inputs::{Inputs, Place, repeats};
use super::resource::Owner;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};
use crate::types;

/// What the methods of both clients have in common.
pub(super) struct Plan {
    doc: Doc,
    method: String,
    /// The constant with what all calls of the operation have in common.
    constant: String,
    /// The arguments of that constant's constructor.
    spec: Vec<String>,
    inputs: Inputs,
    returns: Returns,
    /// What is said to whoever calls what is on its way out.
    deprecated: Option<String>,
    call: String,
    options: String,
    deprecate: String,
}

/// What a method gives.
enum Returns {
    /// A type, and the function that reads it.
    Value(String, String),
    /// A list: the type of an item, the function that reads one, and how it is paged.
    Pages(String, String, PaginationStyle),
}

impl Plan {
    pub(super) fn new(
        sdk: &Sdk<'_>,
        owner: Option<Owner<'_>>,
        operation: &Operation,
        imports: &mut Imports,
    ) -> Plan {
        let resource = owner.map(|owner| owner.resource);
        let inputs = Inputs::of(sdk, owner, operation, imports);
        let returns = returns(sdk, owner, operation, &inputs, imports);
        let name = method(operation);
        let operated =
            owner.map_or(name.clone(), |owner| format!("{}.{name}", sdk.names.resource(owner.id).property));
        let doc = documented(sdk, describe::operation(resource, operation), operation, &inputs);
        let deprecated = operation.deprecated.as_ref().map(|deprecation| {
            let said = format!("{operated} is deprecated. {}", facts::deprecation(deprecation));
            literal(&Doc::default().line(said).joined())
        });
        Plan {
            doc,
            constant: format!("_{}", shouty(&name)),
            spec: spec(sdk, operation, &operated, imports),
            call: imports.get("core.call", "Call"),
            options: imports.get("core.settings", "Options"),
            deprecate: deprecated
                .as_ref()
                .map_or_else(String::new, |_| imports.get("core.deprecation", "deprecated")),
            method: name,
            inputs,
            returns,
            deprecated,
        }
    }

    /// `_GET = Operation("books.get", "GET", "/v1/books/{book_id}")`
    pub(super) fn write_constant(&self, w: &mut Writer, imports: &mut Imports) {
        let operation = imports.get("core.call", "Operation");
        layout::list(w, &format!("{} = {operation}(", self.constant), &self.spec, ")");
    }

    /// The method of the client that waits, or of the one for asyncio.
    pub(super) fn write(&self, w: &mut Writer, asynchronous: bool, imports: &mut Imports) {
        let (returns, send, reader) = self.sent(asynchronous, imports);
        let waits = asynchronous && matches!(self.returns, Returns::Value(..));
        w.blank();
        if let Some(said) = &self.deprecated {
            layout::list(w, &format!("@{}(", self.deprecate), std::slice::from_ref(said), ")");
        }
        let start = if waits { "async def" } else { "def" };
        layout::list(
            w,
            &format!("{start} {}(", self.method),
            &self.parameters(),
            &format!(") -> {returns}:"),
        );
        w.indented(|w| {
            self.doc.write(w);
            let wait = if waits { "await " } else { "" };
            w.block(format!("return {wait}{}._client.{send}(", self.this()), ")", |w| {
                w.block(format!("{}(", self.call), "),", |w| self.arguments(w));
                w.line(format!("{reader},"));
            });
        });
    }

    fn sent(&self, asynchronous: bool, imports: &mut Imports) -> (String, &'static str, String) {
        match &self.returns {
            Returns::Value(ty, reader) => (ty.clone(), "run", reader.clone()),
            Returns::Pages(item, reader, style) => {
                let paginator = if asynchronous { "AsyncPaginator" } else { "Paginator" };
                let paginator = imports.typed("core.paging", paginator);
                let (page, send) = match style {
                    PaginationStyle::Cursor => ("Page", "paginate"),
                    PaginationStyle::Page => ("NumberedPage", "paginate_numbered"),
                };
                let page = imports.typed("core.paging", page);
                (format!("{paginator}[{item}, {page}[{item}]]"), send, reader.clone())
            }
        }
    }

    /// `self`, unless an argument is called so.
    fn this(&self) -> &'static str {
        let taken = self.inputs.arguments.iter().any(|argument| argument.name == "self");
        if taken { "_self" } else { "self" }
    }

    fn parameters(&self) -> Vec<String> {
        let mut found = vec![self.this().to_owned()];
        found.extend(self.inputs.keys.iter().map(|(name, ty)| annotated(name, ty, "")));
        found.extend((!self.inputs.keys.is_empty()).then(|| "/".to_owned()));
        found.push("*".to_owned());
        found.extend(self.inputs.arguments.iter().map(|argument| {
            let end = argument.default.as_ref().map_or_else(String::new, |default| format!(" = {default}"));
            annotated(&argument.name, &argument.annotation, &end)
        }));
        found
    }

    /// The arguments of the call.
    fn arguments(&self, w: &mut Writer) {
        w.line(format!("{},", self.constant));
        let batch = usize::from(self.inputs.items);
        let keys = self.inputs.keys.len() - batch;
        let names: Vec<String> = self.inputs.keys.iter().take(keys).map(|(name, _)| name.clone()).collect();
        match names.as_slice() {
            [] => {}
            [one] => {
                w.line(format!("({one},),"));
            }
            names => layout::list(w, "(", names, "),"),
        }
        for part in [Part::Query, Part::Headers, Part::Body] {
            self.part(w, part);
        }
        for argument in &self.inputs.arguments {
            if let Place::Call(name) = argument.place {
                w.line(format!("{name}={},", argument.value));
            }
        }
        layout::list(w, &format!("options={}(", self.options), &self.inputs.options_given(), "),");
    }

    /// `query={"limit": limit},`
    fn part(&self, w: &mut Writer, part: Part) {
        let placed = |place: &Place| match (part, place) {
            (Part::Query, Place::Query(name))
            | (Part::Headers, Place::Header(name))
            | (Part::Body, Place::Body(name)) => Some(literal(name)),
            (Part::Query, Place::Fields) => Some(literal("fields")),
            _ => None,
        };
        let arguments = self.inputs.arguments.iter();
        let mut entries: Vec<String> = arguments
            .filter_map(|argument| Some(entry(w, &placed(&argument.place)?, &argument.value)))
            .collect();
        let (name, always) = match part {
            Part::Query => ("query", false),
            Part::Headers => ("headers", false),
            Part::Body => ("body", self.inputs.body),
        };
        if part == Part::Body && self.inputs.items {
            let items = self.inputs.keys.last().map_or("", |(name, _)| name.as_str());
            entries.push(format!("\"items\": {items}"));
        }
        if always || !entries.is_empty() {
            layout::list(w, &format!("{name}={{"), &entries, "},");
        }
    }
}

/// A part of a request that has names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Query,
    Headers,
    Body,
}

/// What is said of the arguments, and of the errors that the schema declares.
fn documented(sdk: &Sdk<'_>, mut doc: Doc, operation: &Operation, inputs: &Inputs) -> Doc {
    for argument in &inputs.arguments {
        doc = doc.field("param", &argument.name, &argument.doc.joined());
    }
    for id in &operation.errors {
        let error = &sdk.ir.errors[*id];
        if !is_standard(error) {
            let said = error.docs.lines().next().filter(|line| !line.trim().is_empty());
            doc = doc.field("raises", sdk.names.of_error(*id), said.unwrap_or(&error.code));
        }
    }
    doc
}

/// What all calls of an operation have in common.
fn spec(sdk: &Sdk<'_>, operation: &Operation, name: &str, imports: &mut Imports) -> Vec<String> {
    let pattern = format!("{}{}", sdk.ir.service.base_path, operation.path);
    let mut found = vec![literal(name), literal(operation.method.word()), literal(&pattern)];
    let declared = operation.errors.iter().filter(|id| !is_standard(&sdk.ir.errors[**id]));
    let declared: Vec<String> = declared.map(|id| imports.own("errors", sdk.names.of_error(*id))).collect();
    match declared.as_slice() {
        [] => {}
        [one] => found.push(format!("errors=({one},)")),
        all => found.push(format!("errors=({})", all.join(", "))),
    }
    found.extend(operation.idempotent.then(|| "idempotent=True".to_owned()));
    found.extend(repeats(sdk, operation).then(|| "repeats=True".to_owned()));
    found
}

fn returns(
    sdk: &Sdk<'_>,
    owner: Option<Owner<'_>>,
    operation: &Operation,
    inputs: &Inputs,
    imports: &mut Imports,
) -> Returns {
    let owned = owner.map(|owner| (owner.id, owner.resource));
    if let (OperationKind::List(list), Some(owner)) = (&operation.kind, owner) {
        let model = imports.own("models", &sdk.names.resource(owner.id).model);
        let reader = reader_of(&model, inputs, imports);
        return Returns::Pages(model, reader, list.paginate.style);
    }
    match Answer::of(sdk.ir, owned, operation) {
        Answer::Nothing => Returns::Value("None".to_owned(), imports.get("core.decode", "nothing")),
        Answer::One(Answered::Resource(id, false)) => {
            let model = imports.own("models", &sdk.names.resource(id).model);
            let reader = reader_of(&model, inputs, imports);
            Returns::Value(model, reader)
        }
        Answer::One(one) => {
            let (ty, read) = answered(sdk, one, "data", imports);
            Returns::Value(ty, format!("lambda data: {read}"))
        }
        Answer::Items { item, optional } => {
            let (ty, read) = answered(sdk, item, "item", imports);
            let list = imports.get("builtins", "list");
            let read = match read.as_str() {
                "item" => "data[\"items\"]".to_owned(),
                read => format!("[{read} for item in data[\"items\"]]"),
            };
            match optional {
                true => Returns::Value(
                    format!("{list}[{ty}] | None"),
                    format!("lambda data: None if data is None else {read}"),
                ),
                false => Returns::Value(format!("{list}[{ty}]"), format!("lambda data: {read}")),
            }
        }
    }
}

/// The function that reads a model, or those of its fields that were asked for.
fn reader_of(model: &str, inputs: &Inputs, imports: &mut Imports) -> String {
    match inputs.arguments.iter().find(|argument| argument.place == Place::Fields) {
        Some(fields) => format!("{}({model}, {})", imports.get("core.decode", "reader"), fields.name),
        None => format!("{model}.__from_json__"),
    }
}

/// The type of a part of an answer, and the expression that reads it.
fn answered(sdk: &Sdk<'_>, value: Answered<'_>, name: &str, imports: &mut Imports) -> (String, String) {
    match value {
        Answered::Resource(id, optional) => {
            let model = imports.own("models", &sdk.names.resource(id).model);
            let read = format!("{model}.__from_json__({name})");
            match optional {
                true => (format!("{model} | None"), format!("None if {name} is None else {read}")),
                false => (model, read),
            }
        }
        Answered::Value(ty) => {
            (value_type(sdk, ty, imports), types::read(sdk, ty, VALUE, imports).replace(VALUE, name))
        }
    }
}

fn value_type(sdk: &Sdk<'_>, ty: &Type, imports: &mut Imports) -> String {
    types::nullable(sdk, ty, Position::Read, imports)
}
