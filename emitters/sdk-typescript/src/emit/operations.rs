//! An operation as a function, and as a method that calls it.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::names::{Target, camel, identifier};
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::requests::{Items, Placeholder, items, param_fields, request_fields};
use atlas9_emitters_core::sdk::{Answer, Answered, Asks, Position, is_required};
use atlas9_ir::{
    Field, Ir, Operation, OperationKind, PaginationStyle, Resource, ResourceId, Scalar, TypeKind,
};

use super::inputs::{self, expandable};
use super::resource::{File, Owner};
use crate::describe;
use crate::layout;
use crate::names::{CHOSEN, ResourceNames, shape_name};
use crate::text::{Doc, literal, object_property, property};
use crate::types;

/// What both forms of an operation have in common.
pub(super) struct Plan {
    doc: Doc,
    function: String,
    method: String,
    /// `<const Names extends ...>` where a call chooses fields, else empty.
    generics: String,
    /// Parameters behind the client, before the options: name, type, and what it is when it is left out.
    params: Vec<Param>,
    options: String,
    /// `ApiPromise<Book>`
    returns: String,
    /// `request<Book>`
    send: String,
    /// The members of the call's description.
    call: Vec<String>,
    /// True where the method of a resource makes the call itself: the function is deprecated, and linters find its use.
    alone: bool,
}

struct Param {
    name: String,
    ty: String,
    /// True where a call may leave it out.
    optional: bool,
}

impl Plan {
    /// Plans an operation; the file learns what it must import.
    pub(super) fn new(file: &mut File<'_>, owner: Option<Owner<'_>>, operation: &Operation) -> Plan {
        let sdk = file.sdk;
        let names = owner.map_or(&sdk.names.operations, |owner| sdk.names.resource(owner.id));
        let resource = owner.map(|owner| owner.resource);
        let (route, mut params) = path(file, owner, operation);
        let method = names.method(operation);
        let name = if names.property.is_empty() { method } else { format!("{}.{method}", names.property) };
        let mut call = vec![
            format!("operation: {}", literal(&name)),
            format!("method: \"{}\"", operation.method.word()),
            format!("path: {}", literal(&route)),
        ];
        if !params.is_empty() {
            let keys: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
            call.push(format!("keys: [{}]", keys.join(", ")));
        }
        payload(sdk.ir, resource, operation, names, &mut params, &mut call);
        placed(sdk.ir, operation, names, &mut params, &mut call);
        // A parameter that may be left out stands behind those that may not.
        params.sort_by_key(|param| param.optional);
        details(file, resource, operation, &mut call);
        let whole = answer(file, owner, operation, &mut call);
        let answer = if operation.fields { chosen(file, owner, names, operation, &whole) } else { whole };
        let style = match &operation.kind {
            OperationKind::List(list) => Some(list.paginate.style),
            _ => None,
        };
        let (wrapper, send) = match style {
            Some(PaginationStyle::Cursor) => ("Paginator", "paginate"),
            Some(PaginationStyle::Page) => ("Paginator", "paginateNumbered"),
            None => ("ApiPromise", "request"),
        };
        file.uses.core.insert(wrapper.to_owned());
        let numbered = style == Some(PaginationStyle::Page);
        file.uses.core.extend(numbered.then(|| "NumberedPage".to_owned()));
        let options = options_of(file, owner, names, operation);
        if operation.conditional {
            // What is needed cannot stand behind what may be left out.
            for param in params.iter_mut().filter(|param| param.optional) {
                param.optional = false;
                param.ty.push_str(" | undefined");
            }
        }
        let mark = if operation.conditional { "" } else { "?" };
        Plan {
            doc: describe::operation(sdk, resource, operation),
            function: names.function(operation),
            method: names.method(operation),
            generics: if operation.fields {
                format!("<const {}>", inputs::chosen(names))
            } else {
                String::new()
            },
            params,
            options: format!("options{mark}: {options}"),
            returns: match numbered {
                true => format!("{wrapper}<{answer}, NumberedPage<{answer}>>"),
                false => format!("{wrapper}<{answer}>"),
            },
            // The linter's rule on `void` knows no calls; the compiler infers it from what is returned.
            send: if answer == "void" { send.to_owned() } else { format!("{send}<{answer}>") },
            call,
            alone: owner.is_some() && operation.deprecated.is_some(),
        }
    }

    /// `list(params?: ListBooks, options?: RequestOptions): Paginator<Book> { ... }`
    pub(super) fn write_method(&self, w: &mut Writer, client: &str) {
        let mut given: Vec<String> = self.params.iter().map(|param| param.declared()).collect();
        given.push(self.options.clone());
        let mut passed = vec![client.to_owned()];
        passed.extend(self.params.iter().map(|param| param.name.clone()));
        passed.push("options".to_owned());
        w.blank();
        self.doc.write(w);
        layout::list(
            w,
            &format!("{}{}(", self.method, self.generics),
            &given,
            &format!("): {} {{", self.returns),
        );
        w.indented(|w| match self.alone {
            true => self.write_call(w, client),
            false => layout::list(w, &format!("return {}(", self.function), &passed, ");"),
        });
        w.line("}");
    }

    /// `export function listBooks(client: HttpClient, ...): Paginator<Book> { ... }`
    pub(super) fn write_function(&self, w: &mut Writer) {
        let mut given = vec!["client: HttpClient".to_owned()];
        given.extend(self.params.iter().map(Param::declared));
        given.push(self.options.clone());
        w.blank();
        self.doc.write(w);
        layout::list(
            w,
            &format!("export function {}{}(", self.function, self.generics),
            &given,
            &format!("): {} {{", self.returns),
        );
        w.indented(|w| self.write_call(w, "client"));
        w.line("}");
    }

    fn write_call(&self, w: &mut Writer, client: &str) {
        layout::call_with_object(w, &format!("return {client}.{}", self.send), &self.call, "options");
    }
}

impl Param {
    // No default of `{}`: that is no value of an input with a field called like what every object has.
    fn declared(&self) -> String {
        let mark = if self.optional { "?" } else { "" };
        format!("{}{mark}: {}", self.name, self.ty)
    }
}

/// The path, and a parameter for each of its placeholders.
fn path(file: &mut File<'_>, owner: Option<Owner<'_>>, operation: &Operation) -> (String, Vec<Param>) {
    let sdk = file.sdk;
    let whole = format!("{}{}", sdk.ir.service.base_path, operation.path);
    let mut params = Vec::new();
    let mut rest = whole.as_str();
    while let Some((placeholder, after)) = rest.split_once('{').and_then(|(_, tail)| tail.split_once('}')) {
        let stands_for = Placeholder::of(sdk.ir, owner.map(|owner| owner.id), operation, placeholder);
        let ty = stands_for.map(Placeholder::ty);
        let ty = ty.map_or_else(
            || "string".to_owned(),
            |key| types::plain(sdk, key, Position::Write, &mut file.uses),
        );
        params.push(Param { name: param_name(placeholder), ty, optional: false });
        rest = after;
    }
    (whole, params)
}

/// The name of a placeholder's parameter, clear of the others that functions have.
fn param_name(placeholder: &str) -> String {
    let name = camel(placeholder);
    match ["client", "params", "body", "options"].contains(&name.as_str()) {
        true => format!("{name}Key"),
        false => identifier(Target::TypeScript, &name),
    }
}

fn payload(
    ir: &Ir,
    resource: Option<&Resource>,
    operation: &Operation,
    names: &ResourceNames,
    params: &mut Vec<Param>,
    call: &mut Vec<String>,
) {
    if matches!(operation.kind, OperationKind::List(_)) {
        let generic = if operation.fields { format!("<{CHOSEN}>") } else { String::new() };
        let ty = format!("{}{generic}", names.input(operation));
        params.push(Param { name: "params".to_owned(), ty, optional: true });
        call.push("query: params".to_owned());
        return;
    }
    if let Some(items) = items(resource, operation) {
        let one = match items {
            Items::Bodies(_, create) if request_fields(resource, create).is_empty() => {
                "Record<string, never>".to_owned()
            }
            Items::Bodies(_, create) => names.input(create),
            Items::Keys(_) => names.input(operation),
        };
        params.push(Param { name: "items".to_owned(), ty: format!("readonly {one}[]"), optional: false });
        call.push("body: { items }".to_owned());
        return;
    }
    let fields = request_fields(resource, operation);
    if !fields.is_empty() {
        let needed = fields.iter().any(|field| is_required(ir, field));
        let whole = needed || matches!(operation.kind, OperationKind::Update);
        params.push(Param { name: "body".to_owned(), ty: names.input(operation), optional: !whole });
        call.push(if whole { "body" } else { "body: body ?? {}" }.to_owned());
    } else if matches!(operation.kind, OperationKind::Create | OperationKind::Update | OperationKind::Replace)
    {
        call.push("body: {}".to_owned());
    }
}

/// Parameters of an action that travel in the query and in headers.
fn placed(
    ir: &Ir,
    operation: &Operation,
    names: &ResourceNames,
    params: &mut Vec<Param>,
    call: &mut Vec<String>,
) {
    let fields: Vec<(&Field, Option<&str>)> = param_fields(operation).collect();
    if fields.is_empty() {
        return;
    }
    let optional = !fields.iter().any(|(field, _)| is_required(ir, field));
    let body = params.iter().any(|param| param.name == "body");
    params.push(Param { name: "params".to_owned(), ty: names.params(operation, body), optional });
    let mark = if optional { "?" } else { "" };
    let value = |field: &Field| match property(&field.wire) {
        quoted if quoted.starts_with('"') && optional => format!("params?.[{quoted}]"),
        quoted if quoted.starts_with('"') => format!("params[{quoted}]"),
        plain => format!("params{mark}.{plain}"),
    };
    let member = |name: &str, field: &Field| format!("{}: {}", object_property(name), value(field));
    let query = fields.iter().filter(|(_, header)| header.is_none());
    let query: Vec<String> = query.map(|(field, _)| member(&field.wire, field)).collect();
    let headers: Vec<String> =
        fields.iter().filter_map(|(field, header)| Some(member((*header)?, field))).collect();
    match (query.is_empty(), headers.is_empty()) {
        (false, true) => call.push("query: params".to_owned()),
        (false, false) => call.push(format!("query: {{ {} }}", query.join(", "))),
        (true, _) => {}
    }
    let listed = |field: &Field| matches!(ir.resolve(&field.ty).0, TypeKind::List { .. });
    if fields.iter().any(|(field, header)| header.is_none() && listed(field)) {
        call.push("repeats: true".to_owned());
    }
    if !headers.is_empty() {
        call.push(format!("headers: {{ {} }}", headers.join(", ")));
    }
}

/// What the client needs to know beyond the request itself.
fn details(file: &mut File<'_>, resource: Option<&Resource>, operation: &Operation, call: &mut Vec<String>) {
    let sdk = file.sdk;
    let asks = Asks::of(resource, operation);
    let mark = if asks.must_match { "" } else { "?" };
    let members = [
        (asks.show_deleted, "show_deleted", "showDeleted"),
        (asks.expand, "expand", "expand"),
        (asks.fields, "fields", "fields"),
        (asks.force, "force", "force"),
    ];
    let members = members.into_iter().filter(|(asked, ..)| *asked);
    let query: Vec<String> =
        members.map(|(_, wire, option)| format!("{wire}: options{mark}.{option}")).collect();
    if !query.is_empty() {
        call.push(format!("query: {{ {} }}", query.join(", ")));
    }
    if asks.idempotent {
        call.push("idempotent: true".to_owned());
    }
    let declared = operation.errors.iter().filter(|id| !is_standard(&sdk.ir.errors[**id]));
    let declared: Vec<String> = declared.map(|id| sdk.names.of_error(*id).to_owned()).collect();
    if !declared.is_empty() {
        call.push(format!("errors: [{}]", declared.join(", ")));
        file.errors.extend(declared);
    }
}

/// The type of the answer; how it is read joins the call.
fn answer(
    file: &mut File<'_>,
    owner: Option<Owner<'_>>,
    operation: &Operation,
    call: &mut Vec<String>,
) -> String {
    let ir = file.sdk.ir;
    match Answer::of(ir, owner.map(|owner| (owner.id, owner.resource)), operation) {
        Answer::Nothing => {
            call.push("answers: \"nothing\"".to_owned());
            "void".to_owned()
        }
        Answer::One(one) => {
            call.extend(may_be_null(ir, one).then(|| NULLABLE.to_owned()));
            answered(file, one, call)
        }
        Answer::Items { item, optional } => {
            call.push("answers: \"items\"".to_owned());
            call.extend(optional.then(|| NULLABLE.to_owned()));
            let item = answered(file, item, call);
            let list = if item.contains(" | ") { format!("({item})[]") } else { format!("{item}[]") };
            if optional { format!("{list} | null") } else { list }
        }
    }
}

/// The member of a call whose answer may be null.
const NULLABLE: &str = "nullable: true";

fn may_be_null(ir: &Ir, value: Answered<'_>) -> bool {
    match value {
        Answered::Resource(_, optional) => optional,
        Answered::Value(ty) => {
            let (kind, optional) = ir.resolve(ty);
            optional || matches!(kind, TypeKind::Scalar(Scalar::Json))
        }
    }
}

fn answered(file: &mut File<'_>, value: Answered<'_>, call: &mut Vec<String>) -> String {
    let sdk = file.sdk;
    match value {
        Answered::Resource(id, optional) => {
            let model = model(file, id, call);
            if optional { format!("{model} | null") } else { model }
        }
        Answered::Value(ty) => {
            if let Some(shape) = sdk.shapes.of_type(ty, &|id| sdk.names.shape(id)) {
                file.shapes.extend(sdk.shapes.structure(ty).map(|id| sdk.names.shape(id)));
                call.push(format!("shape: {shape}"));
            }
            types::nullable(sdk, ty, Position::Read, &mut file.uses)
        }
    }
}

/// `SelectedFields<Book, Names, BookExpand>`
fn chosen(
    file: &mut File<'_>,
    owner: Option<Owner<'_>>,
    names: &ResourceNames,
    operation: &Operation,
    whole: &str,
) -> String {
    file.uses.core.insert("SelectedFields".to_owned());
    let embedded = owner.filter(|_| !operation.expand.is_empty());
    let embedded = embedded
        .map(|owner| format!(", {}", expandable(owner.resource, names, operation)))
        .unwrap_or_default();
    format!("SelectedFields<{whole}, {CHOSEN}{embedded}>")
}

fn model(file: &mut File<'_>, id: ResourceId, call: &mut Vec<String>) -> String {
    let sdk = file.sdk;
    let model = sdk.names.resource(id).model.clone();
    if sdk.shapes.needed_by(&sdk.ir.resources[id]) {
        let shape = shape_name(&model);
        call.push(format!("shape: {shape}"));
        file.shapes.insert(shape);
    }
    file.uses.types.insert(model.clone());
    model
}

/// The type of the options; the file learns what it must import.
fn options_of(
    file: &mut File<'_>,
    owner: Option<Owner<'_>>,
    names: &ResourceNames,
    operation: &Operation,
) -> String {
    let asks = Asks::of(owner.map(|owner| owner.resource), operation);
    let mut parts: Vec<&str> = Vec::new();
    let mut expand = String::new();
    parts.extend(asks.show_deleted.then_some("ShowDeletedOptions"));
    if let Some(owner) = owner.filter(|_| asks.expand) {
        expand = format!("<{}>", expandable(owner.resource, names, operation));
        parts.push("ExpandOptions");
    }
    parts.extend(asks.fields.then_some("FieldsOptions"));
    parts.extend(asks.force.then_some("ForceOptions"));
    parts.extend(asks.if_match.then_some(if asks.must_match {
        "ConditionalOptions"
    } else {
        "IfMatchOptions"
    }));
    parts.extend(asks.idempotent.then_some("IdempotencyOptions"));
    if parts.is_empty() {
        parts.push("RequestOptions");
    }
    file.uses.core.extend(parts.iter().map(|part| (*part).to_owned()));
    let with_names = parts.into_iter().map(|part| match part {
        "ExpandOptions" => format!("{part}{expand}"),
        "FieldsOptions" => format!("{part}<{CHOSEN}>"),
        _ => part.to_owned(),
    });
    with_names.collect::<Vec<_>>().join(" & ")
}
