//! What a method is given: keys, then a keyword argument for each field, parameter, filter and option.

use atlas9_emitters_core::calls::python::{attribute, identifier, parameter};
use atlas9_emitters_core::requests::{Items, Placeholder, items, param_fields, placeholders, request_fields};
use atlas9_emitters_core::sdk::{
    Asks, Filter, Position, filters, is_optional, is_ordered, is_required, wire,
};
use atlas9_ir::{Field, List, Operation, OperationKind, PaginationStyle, Resource, TypeKind};

use super::imports::Imports;
use super::resource::Owner;
use crate::Sdk;
use crate::describe;
use crate::text::{Doc, code};
use crate::types;

/// A keyword argument.
pub(super) struct Argument {
    /// Its name in the method.
    pub(super) name: String,
    pub(super) annotation: String,
    /// What it is when it is left out; nothing where it cannot be.
    pub(super) default: Option<String>,
    /// Where its value goes, under a name on the wire.
    pub(super) place: Place,
    /// What stands there of it.
    pub(super) value: String,
    pub(super) doc: Doc,
}

/// Where a value goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Body(String),
    Query(String),
    Header(String),
    /// An argument of the call, `if_match`.
    Call(&'static str),
    /// One of the options that all calls have, in their order.
    Option,
    /// It says how the answer is read, and stands in the query.
    Fields,
}

/// What a method is given.
pub(super) struct Inputs {
    /// Names and types of what stands before the keywords.
    pub(super) keys: Vec<(String, String)>,
    pub(super) arguments: Vec<Argument>,
    /// True for a batch, whose last key is the list of its items.
    pub(super) items: bool,
    /// True where the request has a body, be it an empty one.
    pub(super) body: bool,
}

/// The options that all calls have: name and type.
const OPTIONS: [(&str, &str); 4] =
    [("timeout", "float"), ("attempt_timeout", "float"), ("max_retries", "int"), ("headers", "Mapping")];

impl Inputs {
    pub(super) fn of(
        sdk: &Sdk<'_>,
        owner: Option<Owner<'_>>,
        operation: &Operation,
        imports: &mut Imports,
    ) -> Inputs {
        let resource = owner.map(|owner| owner.resource);
        let fields = request_fields(resource, operation);
        let batch = items(resource, operation);
        let changes =
            matches!(operation.kind, OperationKind::Create | OperationKind::Update | OperationKind::Replace);
        let body = changes || !fields.is_empty() || batch.is_some();
        let mut found = Inputs { keys: Vec::new(), arguments: Vec::new(), items: batch.is_some(), body };
        let position = match operation.kind {
            OperationKind::Update => Position::Patch,
            _ => Position::Write,
        };
        for field in fields {
            found.field(sdk, field, position, Place::Body(field.wire.clone()), imports);
        }
        for (field, header) in param_fields(operation) {
            let place = header
                .map_or_else(|| Place::Query(field.wire.clone()), |name| Place::Header(name.to_owned()));
            found.field(sdk, field, Position::Write, place, imports);
        }
        if let (OperationKind::List(list), Some(owner)) = (&operation.kind, owner) {
            found.list(sdk, owner, operation, list, imports);
        }
        found.asks(sdk, owner, operation, imports);
        found.options(imports);
        found.keys(sdk, owner, operation, batch, imports);
        found
    }

    /// The name in the method of one of the options that all calls have.
    pub(super) fn options_given(&self) -> Vec<String> {
        let own = self.arguments.iter().filter(|argument| argument.place == Place::Option);
        own.map(|argument| argument.name.clone()).collect()
    }

    fn field(
        &mut self,
        sdk: &Sdk<'_>,
        field: &Field,
        position: Position,
        place: Place,
        imports: &mut Imports,
    ) {
        let name = attribute(field);
        let required = position == Position::Write && is_required(sdk.ir, field);
        let plain = types::nullable(sdk, &field.ty, position, imports);
        let mut value = types::sent(sdk, &field.ty, &name, imports);
        if let Some(deprecation) = &field.deprecated {
            let said = Doc::default().line(format!(
                "{name} is deprecated. {}",
                atlas9_emitters_core::sdk::facts::deprecation(deprecation)
            ));
            let given = imports.get("core.deprecation", "given");
            value = format!("{given}({value}, {})", crate::text::literal(&said.joined()));
        }
        self.arguments.push(Argument {
            annotation: match required {
                true => plain,
                false => format!("{plain} | {}", imports.get("core.unset", "Unset")),
            },
            default: (!required).then(|| imports.get("core.unset", "UNSET")),
            place,
            value,
            doc: describe::field(sdk.ir, field, position),
            name,
        });
    }

    /// Adds an argument of ours, whose name gives way to those of the schema.
    fn add(&mut self, name: &str, annotation: String, place: Place, doc: &str) {
        let mut free = name.to_owned();
        while self.arguments.iter().any(|argument| argument.name == free) {
            free = if free == name { format!("request_{name}") } else { format!("{free}_") };
        }
        self.arguments.push(Argument {
            value: free.clone(),
            name: free,
            annotation: if annotation == "Any" { annotation } else { format!("{annotation} | None") },
            default: Some("None".to_owned()),
            place,
            doc: Doc::default().line(doc),
        });
    }

    fn list(
        &mut self,
        sdk: &Sdk<'_>,
        owner: Owner<'_>,
        operation: &Operation,
        list: &List,
        imports: &mut Imports,
    ) {
        let names = sdk.names.resource(owner.id);
        self.filters("", &filters(sdk.ir, owner.resource, list), sdk, imports);
        let [text, int, yes] = ["str", "int", "bool"].map(|name| imports.get("builtins", name));
        let mut add = |name: &str, annotation: String, doc: &str| {
            self.add(name, annotation, Place::Query(name.to_owned()), doc);
        };
        if !list.search.is_empty() {
            let paths = list.search.iter().map(|path| code(&wire(sdk.ir, owner.resource, path).join(".")));
            let doc = format!("Words to be found in {}.", paths.collect::<Vec<_>>().join(", "));
            add("q", text.clone(), &doc);
        }
        if !list.sort.is_empty() {
            let sort = imports.own("models", &names.sort);
            let many = imports.get("collections.abc", "Sequence");
            let doc = "The order; several names are sorted by one after the other.";
            add("sort", format!("{sort} | {many}[{sort}]"), doc);
        }
        if owner.resource.soft_delete() {
            add("show_deleted", yes.clone(), "Also those that are deleted and still kept.");
        }
        if !operation.expand.is_empty() {
            self.expand(sdk, owner, operation, imports);
        }
        if operation.fields {
            self.chosen(
                sdk,
                owner,
                "The fields to answer of each; all of them where this is left out.",
                imports,
            );
        }
        let mut add = |name: &str, annotation: String, doc: &str| {
            self.add(name, annotation, Place::Query(name.to_owned()), doc);
        };
        add("limit", int.clone(), "The most items on a page. More than the service allows is cut to that.");
        match list.paginate.style {
            PaginationStyle::Cursor => {
                add("cursor", text, "Where to go on: ``next_cursor`` of an earlier page of the same list.");
            }
            PaginationStyle::Page => add("page", int, "Which page is the first one to read."),
        }
        add("count", yes, "Also counts the items of all pages.");
    }

    fn filters(&mut self, before: &str, tree: &[(String, Filter<'_>)], sdk: &Sdk<'_>, imports: &mut Imports) {
        for (name, filter) in tree {
            let path = format!("{before}{name}");
            match filter {
                Filter::Field(field) => {
                    let annotation = compared(sdk, field, imports);
                    let doc = describe::deprecated(Doc::default(), field.deprecated.as_ref());
                    let doc = doc.line(format!("Only those with this {}.", code(&path)));
                    let called = match before {
                        "" => attribute(field),
                        _ => identifier(&path.replace('.', "_")),
                    };
                    self.add(&called, annotation, Place::Query(path), &doc.joined());
                }
                Filter::Structure(inner) => self.filters(&format!("{path}."), inner, sdk, imports),
            }
        }
    }

    fn expand(&mut self, sdk: &Sdk<'_>, owner: Owner<'_>, operation: &Operation, imports: &mut Imports) {
        let many = imports.get("collections.abc", "Sequence");
        let names = imports.own("models", &sdk.names.resource(owner.id).expand);
        let own: Vec<String> = operation.expand.iter().map(|expand| code(&expand.wire)).collect();
        let doc = format!("The references to embed: {}.", own.join(", "));
        self.add("expand", format!("{many}[{names}]"), Place::Query("expand".to_owned()), &doc);
    }

    fn chosen(&mut self, sdk: &Sdk<'_>, owner: Owner<'_>, doc: &str, imports: &mut Imports) {
        let many = imports.get("collections.abc", "Sequence");
        let names = imports.own("models", &sdk.names.resource(owner.id).field);
        self.add("fields", format!("{many}[{names}]"), Place::Fields, doc);
    }

    /// What a call can be told beside its request.
    fn asks(
        &mut self,
        sdk: &Sdk<'_>,
        owner: Option<Owner<'_>>,
        operation: &Operation,
        imports: &mut Imports,
    ) {
        let asks = Asks::of(owner.map(|owner| owner.resource), operation);
        let [text, yes] = ["str", "bool"].map(|name| imports.get("builtins", name));
        let query = |name: &str| Place::Query(name.to_owned());
        if asks.show_deleted {
            let doc = "Gives a deleted one too, as long as it is kept.";
            self.add("show_deleted", yes.clone(), query("show_deleted"), doc);
        }
        if let Some(owner) = owner.filter(|_| asks.expand) {
            self.expand(sdk, owner, operation, imports);
        }
        if let Some(owner) = owner.filter(|_| asks.fields) {
            self.chosen(sdk, owner, "The fields to answer; all of them where this is left out.", imports);
        }
        if asks.force {
            self.add("force", yes, query("force"), "Also deletes what refers to it and would hold it.");
        }
        if asks.must_match {
            let doc = "The entity tag of the state that the change is based on; ``\"*\"`` stands for any.";
            self.add("if_match", text.clone(), Place::Call("if_match"), doc);
            if let Some(last) = self.arguments.last_mut() {
                last.default = None;
                last.annotation = text.clone();
            }
        } else if asks.if_match {
            let doc = "The entity tag of the state that the change is based on.";
            self.add("if_match", text.clone(), Place::Call("if_match"), doc);
        }
        if asks.idempotent {
            let doc = "The key of the logical call; made anew for each call unless it is given.";
            self.add("idempotency_key", text, Place::Call("idempotency_key"), doc);
        }
    }

    fn options(&mut self, imports: &mut Imports) {
        for (name, ty) in OPTIONS {
            let annotation = match ty {
                "Mapping" => {
                    let (map, text) =
                        (imports.get("collections.abc", "Mapping"), imports.get("builtins", "str"));
                    format!("{map}[{text}, {text}]")
                }
                ty => imports.get("builtins", ty),
            };
            self.add(name, annotation, Place::Option, "");
        }
    }

    /// An argument for each name in the path, and the items of a batch.
    fn keys(
        &mut self,
        sdk: &Sdk<'_>,
        owner: Option<Owner<'_>>,
        operation: &Operation,
        batch: Option<Items<'_>>,
        imports: &mut Imports,
    ) {
        for placeholder in placeholders(&operation.path) {
            let stands_for = Placeholder::of(sdk.ir, owner.map(|owner| owner.id), operation, placeholder);
            let ty = stands_for.map(Placeholder::ty);
            let ty = match ty {
                Some(ty) => types::plain(sdk, ty, Position::Write, imports),
                None => imports.get("builtins", "str"),
            };
            let name = match stands_for {
                Some(Placeholder::Param(field)) => attribute(field),
                _ => parameter(placeholder),
            };
            self.key(name, ty);
        }
        let many = batch.map(|_| imports.get("collections.abc", "Sequence"));
        let item = owner.and_then(|owner| sdk.names.resource(owner.id).item(owner.resource, operation));
        match (many, item) {
            (Some(many), Some(item)) => {
                let item = imports.own("models", &item);
                self.key("items".to_owned(), format!("{many}[{item}]"));
            }
            // There is nothing to say of such a one.
            (Some(many), None) => {
                let map = imports.get("collections.abc", "Mapping");
                let (text, any) = (imports.get("builtins", "str"), imports.get("typing", "Any"));
                self.key("items".to_owned(), format!("{many}[{map}[{text}, {any}]]"));
            }
            (None, _) => {}
        }
    }

    fn key(&mut self, name: String, ty: String) {
        let taken = |name: &String| {
            self.keys.iter().any(|(other, _)| other == name)
                || self.arguments.iter().any(|argument| argument.name == *name)
                || name == "self"
        };
        let mut free = name;
        while taken(&free) {
            free.push('_');
        }
        self.keys.push((free, ty));
    }
}

/// The type of a filter: a value, or what it is compared with.
fn compared(sdk: &Sdk<'_>, field: &Field, imports: &mut Imports) -> String {
    let ty = types::plain(sdk, &field.ty, Position::Write, imports);
    let filter = if is_ordered(sdk.ir, field) { "OrderFilter" } else { "FieldFilter" };
    let filter = imports.get("core.filters", filter);
    let null = match is_optional(sdk.ir, &field.ty) {
        true => format!(" | {}", imports.get("core.filters", "NullFilter")),
        false => String::new(),
    };
    format!("{ty} | {filter}[{ty}]{null}")
}

/// True where a list in the query is a parameter for each item.
pub(super) fn repeats(sdk: &Sdk<'_>, operation: &Operation) -> bool {
    let listed = |field: &Field| matches!(sdk.ir.resolve(&field.ty).0, TypeKind::List { .. });
    param_fields(operation).any(|(field, header)| header.is_none() && listed(field))
}

/// Names that hide nothing of the method: those of its arguments.
pub(super) fn names(resource: Option<&Resource>, operation: &Operation) -> Vec<String> {
    let fields = request_fields(resource, operation).into_iter().map(attribute);
    let params = param_fields(operation).map(|(field, _)| attribute(field));
    let list = match (&operation.kind, resource) {
        (OperationKind::List(list), Some(resource)) => list
            .filter
            .iter()
            .filter_map(|path| resource.fields.iter().find(|field| Some(&field.name) == path.0.first()))
            .map(attribute)
            .collect(),
        _ => Vec::new(),
    };
    let keys = placeholders(&operation.path).map(parameter);
    fields.chain(params).chain(list).chain(keys).collect()
}
