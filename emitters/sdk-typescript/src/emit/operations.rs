//! An operation as a function, and as a method that calls it.

use atlas9_emitters_core::Writer;
use atlas9_ir::{Ir, Operation, OperationKind, Resource, ResourceId, Type, TypeKind};

use super::resource::File;
use crate::describe;
use crate::layout;
use crate::names::{ResourceNames, is_standard, shape_name};
use crate::positions::{Position, request_fields};
use crate::shapes;
use crate::text::{Doc, literal, template};
use crate::types;

/// What both forms of an operation have in common.
pub(super) struct Plan {
    doc: Doc,
    function: String,
    method: String,
    /// Parameters behind the client, before the options: name, type, and what it is when it is left out.
    params: Vec<Param>,
    options: &'static str,
    /// `ApiPromise<Book>`
    returns: String,
    /// `request<Book>`
    send: String,
    /// The members of the call's description.
    call: Vec<String>,
}

struct Param {
    name: String,
    ty: String,
    /// True where a call may leave it out.
    optional: bool,
}

impl Plan {
    /// Plans an operation; the file learns what it must import.
    pub(super) fn new(
        file: &mut File<'_>,
        id: ResourceId,
        resource: &Resource,
        operation: &Operation,
    ) -> Plan {
        let sdk = file.sdk;
        let names = sdk.names.resource(id);
        let (path, mut params) = path(file, id, operation);
        let mut call = vec![
            format!("operation: {}", literal(&format!("{}.{}", names.property, names.method(operation)))),
            format!("method: \"{}\"", operation.method.word()),
            format!("path: {path}"),
        ];
        payload(sdk.ir, resource, operation, names, &mut params, &mut call);
        details(file, resource, operation, &mut call);
        let answer = answer(file, id, operation, &mut call);
        let listed = matches!(operation.kind, OperationKind::List(_));
        let (wrapper, send) = if listed { ("Paginator", "paginate") } else { ("ApiPromise", "request") };
        let options = options_of(resource, operation);
        file.uses.core.insert(wrapper.to_owned());
        file.uses.core.extend(options.split(" & ").map(str::to_owned));
        Plan {
            doc: describe::operation(sdk, resource, operation),
            function: names.function(operation),
            method: names.method(operation),
            params,
            options,
            returns: format!("{wrapper}<{answer}>"),
            // The linter's rule on `void` knows no calls; the compiler infers it from what is returned.
            send: if answer == "void" { send.to_owned() } else { format!("{send}<{answer}>") },
            call,
        }
    }

    /// `list(params?: ListBooks, options?: RequestOptions): Paginator<Book> { ... }`
    pub(super) fn write_method(&self, w: &mut Writer) {
        let mut given: Vec<String> = self.params.iter().map(|param| param.declared()).collect();
        given.push(format!("options?: {}", self.options));
        let mut passed = vec!["this.#client".to_owned()];
        passed.extend(self.params.iter().map(|param| param.name.clone()));
        passed.push("options".to_owned());
        w.blank();
        self.doc.write(w);
        layout::list(w, &format!("{}(", self.method), &given, &format!("): {} {{", self.returns));
        w.indented(|w| layout::list(w, &format!("return {}(", self.function), &passed, ");"));
        w.line("}");
    }

    /// `export function listBooks(client: HttpClient, ...): Paginator<Book> { ... }`
    pub(super) fn write_function(&self, w: &mut Writer) {
        let mut given = vec!["client: HttpClient".to_owned()];
        given.extend(self.params.iter().map(Param::declared));
        given.push(format!("options?: {}", self.options));
        w.blank();
        self.doc.write(w);
        layout::list(
            w,
            &format!("export function {}(", self.function),
            &given,
            &format!("): {} {{", self.returns),
        );
        w.indented(|w| {
            layout::call_with_object(w, &format!("return client.{}", self.send), &self.call, "options")
        });
        w.line("}");
    }
}

impl Param {
    // No default of `{}`: that is no value of an input with a field called like what every object has.
    fn declared(&self) -> String {
        let mark = if self.optional { "?" } else { "" };
        format!("{}{mark}: {}", self.name, self.ty)
    }
}

/// The path as an expression, and a parameter for each of its placeholders.
fn path(file: &mut File<'_>, id: ResourceId, operation: &Operation) -> (String, Vec<Param>) {
    let sdk = file.sdk;
    let whole = format!("{}{}", sdk.ir.service.base_path, operation.path);
    let mut keys = sdk.ir.lineage(id).into_iter();
    let mut params = Vec::new();
    let mut text = String::new();
    let mut rest = whole.as_str();
    while let Some((before, (placeholder, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        let key = keys.next().and_then(|resource| sdk.ir.key_type(resource));
        let ty = key.map_or_else(
            || "string".to_owned(),
            |key| types::plain(sdk, key, Position::Write, &mut file.uses),
        );
        let name = param_name(placeholder);
        text.push_str(&format!("{}${{{name}}}", template(before)));
        params.push(Param { name, ty, optional: false });
        rest = after;
    }
    if params.is_empty() {
        return (literal(&whole), params);
    }
    file.values.insert("path".to_owned());
    (format!("path`{text}{}`", template(rest)), params)
}

/// The name of a placeholder's parameter, clear of the others that functions have.
fn param_name(placeholder: &str) -> String {
    use atlas9_emitters_core::names::{Target, camel, identifier};
    let name = camel(placeholder);
    match ["client", "params", "body", "options", "path"].contains(&name.as_str()) {
        true => format!("{name}Key"),
        false => identifier(Target::TypeScript, &name),
    }
}

fn payload(
    ir: &Ir,
    resource: &Resource,
    operation: &Operation,
    names: &ResourceNames,
    params: &mut Vec<Param>,
    call: &mut Vec<String>,
) {
    if matches!(operation.kind, OperationKind::List(_)) {
        params.push(Param { name: "params".to_owned(), ty: names.input(operation), optional: true });
        call.push("query: params".to_owned());
        return;
    }
    let fields = request_fields(resource, operation);
    if !fields.is_empty() {
        let needed = fields.iter().any(|field| types::is_required(ir, field));
        let whole = needed || matches!(operation.kind, OperationKind::Update);
        params.push(Param { name: "body".to_owned(), ty: names.input(operation), optional: !whole });
        call.push(if whole { "body" } else { "body: body ?? {}" }.to_owned());
    } else if matches!(operation.kind, OperationKind::Create | OperationKind::Update | OperationKind::Replace)
    {
        call.push("body: {}".to_owned());
    }
}

/// What the client needs to know beyond the request itself.
fn details(file: &mut File<'_>, resource: &Resource, operation: &Operation, call: &mut Vec<String>) {
    let sdk = file.sdk;
    if matches!(operation.kind, OperationKind::Get) && resource.soft_delete() {
        call.push("query: { show_deleted: options?.showDeleted }".to_owned());
    }
    if operation.idempotent {
        call.push("idempotent: true".to_owned());
    }
    let declared = operation.errors.iter().filter(|id| !is_standard(&sdk.ir.errors[**id]));
    let declared: Vec<String> = declared.map(|id| sdk.names.of_error(*id).to_owned()).collect();
    if !declared.is_empty() {
        call.push(format!("errors: [{}]", declared.join(", ")));
        file.errors.extend(declared);
    }
}

/// The type of the answer; its shape joins the call where there is one.
fn answer(file: &mut File<'_>, id: ResourceId, operation: &Operation, call: &mut Vec<String>) -> String {
    match &operation.kind {
        OperationKind::Delete(delete) if delete.soft_keep_days.is_none() => "void".to_owned(),
        OperationKind::Action(action) => match &action.returns {
            None => "void".to_owned(),
            Some(Type { kind: TypeKind::Ref(of), optional }) => {
                let model = model(file, *of, call);
                if *optional { format!("{model} | null") } else { model }
            }
            Some(ty) => {
                let sdk = file.sdk;
                if let Some(shape) = shapes::of_type(sdk.ir, ty, &|id| sdk.names.shape(id)) {
                    let mut named = Vec::new();
                    shapes::structures(sdk.ir, ty, &mut named);
                    file.shapes.extend(named.into_iter().map(|id| sdk.names.shape(id)));
                    call.push(format!("shape: {shape}"));
                }
                types::nullable(sdk, ty, Position::Read, &mut file.uses)
            }
        },
        _ => model(file, id, call),
    }
}

fn model(file: &mut File<'_>, id: ResourceId, call: &mut Vec<String>) -> String {
    let sdk = file.sdk;
    let model = sdk.names.resource(id).model.clone();
    if shapes::needed_by(sdk.ir, &sdk.ir.resources[id]) {
        let shape = shape_name(&model);
        call.push(format!("shape: {shape}"));
        file.shapes.insert(shape);
    }
    file.uses.types.insert(model.clone());
    model
}

fn options_of(resource: &Resource, operation: &Operation) -> &'static str {
    match (&operation.kind, operation.idempotent) {
        (OperationKind::Get, _) if resource.soft_delete() => "ShowDeletedOptions",
        (OperationKind::Get | OperationKind::List(_), _) => "RequestOptions",
        (OperationKind::Create, true) => "IdempotencyOptions",
        (OperationKind::Create, false) => "RequestOptions",
        (_, true) => "IfMatchOptions & IdempotencyOptions",
        (_, false) => "IfMatchOptions",
    }
}
