//! Parameters: of the path, of a list's query, in headers.

use atlas9_emitters_core::json::{Names, json};
use atlas9_emitters_core::requests::placeholders;
use atlas9_emitters_core::sdk::is_ordered;
use atlas9_emitters_core::storage::key_scalar;
use atlas9_ir::{
    Expand, Field, FieldPath, Ir, List, Managed, Operation, OperationKind, PaginationStyle, Param,
    ParamPlace, Resource, Type as Declared, TypeKind,
};
use openapiv3::{
    ArrayType, IntegerType, Parameter, ParameterData, ReferenceOr, SchemaKind, StringType, Type,
};

use crate::parts::{AnySchema, list, parameter, schema, text as string, with, words};
use crate::scalars;
use crate::shapes::{Position, Shapes};
use crate::shared::At;
use crate::text;

/// Values that one parameter can hold.
const MOST_VALUES: usize = 100;

/// The keys in an operation's path, in its order, by the names that they have in the document's path.
pub(crate) fn of_path(shapes: &mut Shapes<'_>, at: At<'_>, path: &str) -> Vec<ReferenceOr<Parameter>> {
    let named = placeholders(&at.operation.path).zip(placeholders(path));
    let keys = named.filter(|(name, _)| !is_param(at.operation, name));
    let Some(resource) = at.resource() else { return Vec::new() };
    let data = keys.filter_map(|(name, shown)| {
        Some(ReferenceOr::Item(in_path(ParameterData {
            name: shown.to_owned(),
            ..key(shapes, resource, name)?
        })))
    });
    data.collect()
}

/// Gives the parameters in an operation's own path the names that they have in the document's.
pub(crate) fn rename(parameters: &mut [ReferenceOr<Parameter>], own: &str, path: &str) {
    for parameter in parameters {
        let ReferenceOr::Item(Parameter::Path { parameter_data: data, .. }) = parameter else { continue };
        let named = placeholders(own).zip(placeholders(path)).find(|(name, _)| *name == data.name);
        if let Some((_, shown)) = named {
            shown.clone_into(&mut data.name);
        }
    }
}

fn is_param(operation: &Operation, name: &str) -> bool {
    let OperationKind::Action(action) = &operation.kind else { return false };
    action.params.iter().any(|param| param.place == ParamPlace::Path && param.field.name == name)
}

/// An action's parameters in the query, in headers and in the path.
pub(crate) fn placed(shapes: &mut Shapes<'_>, params: &[Param]) -> Vec<ReferenceOr<Parameter>> {
    let made = params.iter().filter_map(|param| {
        let put: fn(ParameterData) -> Parameter = match &param.place {
            ParamPlace::Body => return None,
            ParamPlace::Query => in_query,
            ParamPlace::Path => in_path,
            ParamPlace::Header(_) => in_header,
        };
        Some(ReferenceOr::Item(put(given(shapes, param))))
    });
    made.collect()
}

fn given(shapes: &mut Shapes<'_>, param: &Param) -> ParameterData {
    let field = &param.field;
    let name = match &param.place {
        ParamPlace::Header(name) => name,
        ParamPlace::Path => &field.name,
        ParamPlace::Query | ParamPlace::Body => &field.wire,
    };
    let about = text::paragraphs([text::docs(&field.docs), text::deprecation(field.deprecated.as_ref())]);
    let default = field.default.as_ref().and_then(|value| json(shapes.ir, &field.ty, value, Names::Wire));
    let schema = with(shapes.plain(&field.ty, Position::Write), |data| data.default = default);
    // A list is a parameter for each item, which is how OpenAPI reads a query that says nothing else: an item may hold a comma.
    ParameterData {
        description: about,
        required: field.required_in_create() && !may_be_empty(shapes, field),
        deprecated: field.deprecated.as_ref().map(|_| true),
        ..parameter(name, "", schema)
    }
}

/// True for a list that no parameter at all stands for.
fn may_be_empty(shapes: &Shapes<'_>, field: &Field) -> bool {
    match shapes.ir.resolve(&field.ty).0 {
        TypeKind::List { length, .. } => length.min.as_deref().is_none_or(|min| min == "0"),
        _ => false,
    }
}

/// `expand`
pub(crate) fn expand(references: &[Expand]) -> Option<ParameterData> {
    let names = references.iter().map(|reference| reference.wire.as_str());
    let about = "References to embed; each one stands in the answer under its name, beside its key.";
    (!references.is_empty()).then(|| several_once("expand", about, item(schema(Type::String(words(names))))))
}

/// `fields`
pub(crate) fn fields(resource: &Resource, operation: &Operation) -> ParameterData {
    let names = resource.fields.iter().filter(|field| field.readable()).map(|field| field.wire.as_str());
    let names = words(names);
    let most = names.enumeration.len();
    let mut about =
        "The fields to answer, each of them whole; all of them where this is left out.".to_owned();
    if !operation.expand.is_empty() {
        about.push_str(" What `expand` embeds is there besides.");
    }
    let values = ArrayType { max_items: Some(most), ..once(item(schema(Type::String(names)))) };
    listed("fields", &about, values)
}

fn key(shapes: &mut Shapes<'_>, resource: &Resource, name: &str) -> Option<ParameterData> {
    let ir = shapes.ir;
    let parent =
        resource.fields.iter().find(|field| field.managed == Some(Managed::Parent) && field.wire == name);
    let field = parent.or_else(|| resource.key())?;
    let of = match ir.resolve(&field.ty).0 {
        TypeKind::Ref(to) if parent.is_some() => &ir.resources[*to].snake,
        _ => &resource.snake,
    };
    let about = text::paragraphs([format!("Which {}.", text::spaced(of)), text::docs(&field.docs)]);
    let mut schema = value(shapes, &field.ty);
    if let ReferenceOr::Item(openapiv3::Schema {
        schema_kind: SchemaKind::Type(Type::String(text)), ..
    }) = &mut schema
    {
        // A segment without a character is no segment.
        text.min_length = Some(1).filter(|_| text.format.is_empty());
    }
    Some(ParameterData { required: true, ..parameter(name, about.unwrap_or_default(), schema) })
}

/// A value in the path or the query. Bounds do not matter there: what is out of bounds is just not found.
fn value(shapes: &mut Shapes<'_>, ty: &Declared) -> AnySchema {
    let ir = shapes.ir;
    let scalar = match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => Some(scalar),
        TypeKind::Ref(to) => key_scalar(ir, *to),
        _ => None,
    };
    match scalar {
        Some(scalar) => item(scalars::of(&scalars::unbounded(scalar))),
        None => shapes.plain(ty, Position::Write),
    }
}

/// The parameters of a list: its page, order, search and filters.
pub(crate) fn of_list(
    shapes: &mut Shapes<'_>,
    resource: &Resource,
    list: &List,
) -> Vec<ReferenceOr<Parameter>> {
    let mut found = page(resource, list);
    found.extend(sort(shapes.ir, resource, list));
    found.extend(search(shapes.ir, resource, list));
    for path in &list.filter {
        found.extend(filter(shapes, resource, path));
    }
    if resource.soft_delete() {
        found.push(show_deleted());
    }
    found.into_iter().map(|data| ReferenceOr::Item(in_query(data))).collect()
}

/// `show_deleted`
pub(crate) fn show_deleted() -> ParameterData {
    parameter("show_deleted", "Also what is deleted and still kept.", flag())
}

/// `force`
pub(crate) fn force() -> ParameterData {
    parameter("force", "Also deletes what refers to it and would hold it.", flag())
}

fn page(resource: &Resource, list: &List) -> Vec<ParameterData> {
    let plural = text::spaced(&resource.plural);
    let (default, max) = (list.paginate.default, list.paginate.max);
    let mut limit = schema(Type::Integer(IntegerType { minimum: Some(1), ..IntegerType::default() }));
    limit.schema_data.default = Some(default.into());
    let place = match list.paginate.style {
        PaginationStyle::Cursor => {
            let cursor = StringType { min_length: Some(1), ..StringType::default() };
            let about = "Where to go on: `next_cursor` of an earlier page of the same list.";
            parameter("cursor", about, item(schema(Type::String(cursor))))
        }
        PaginationStyle::Page => {
            let mut page = schema(Type::Integer(IntegerType { minimum: Some(1), ..IntegerType::default() }));
            page.schema_data.default = Some(1.into());
            parameter("page", "Which page; the first one is 1.", item(page))
        }
    };
    vec![
        parameter(
            "limit",
            format!("The most {plural} on a page; more than {max} is cut to {max}."),
            item(limit),
        ),
        place,
        parameter("count", "Also counts what there is on all pages.", flag()),
    ]
}

fn sort(ir: &Ir, resource: &Resource, list: &List) -> Option<ParameterData> {
    if list.sort.is_empty() {
        return None;
    }
    let names = list.sort.iter().map(|path| wire(ir, resource, path));
    let both: Vec<String> = names.flat_map(|name| [name.clone(), format!("-{name}")]).collect();
    let about = "The order; several names are sorted by one after the other, a `-` puts the greatest first.";
    Some(several_once("sort", about, item(schema(Type::String(words(both))))))
}

fn search(ir: &Ir, resource: &Resource, list: &List) -> Option<ParameterData> {
    let fields: Vec<String> =
        list.search.iter().map(|path| format!("`{}`", wire(ir, resource, path))).collect();
    let words = schema(Type::String(StringType::default()));
    (!fields.is_empty()).then(|| {
        parameter(
            "q",
            format!("At most ten words, each to be found in {}.", fields.join(" or ")),
            item(words),
        )
    })
}

/// A field's filters: the value itself, other than it, one of several, and where values have an order, below and above.
fn filter(shapes: &mut Shapes<'_>, resource: &Resource, path: &FieldPath) -> Vec<ParameterData> {
    let ir = shapes.ir;
    let Some(field) = ir.field(&resource.fields, path) else { return Vec::new() };
    let name = wire(ir, resource, path);
    let value = value(shapes, &field.ty);
    let one = |suffix: &str, about: String| parameter(format!("{name}{suffix}"), about, value.clone());
    let mut found = vec![
        one("", format!("Only those whose `{name}` is this.")),
        one(".ne", format!("Only those whose `{name}` is not this.")),
        several(&format!("{name}.in"), &format!("Only those whose `{name}` is one of these."), value.clone()),
    ];
    let ordered = is_ordered(ir, field);
    let bounds = [("lt", "below"), ("lte", "at most"), ("gt", "above"), ("gte", "at least")];
    for (word, meaning) in bounds.into_iter().filter(|_| ordered) {
        found.push(one(&format!(".{word}"), format!("Only those whose `{name}` is {meaning} this.")));
    }
    if nullable(ir, resource, path) {
        found.push(parameter(
            format!("{name}.null"),
            format!("Only those that have no `{name}`, or only those that have one."),
            flag(),
        ));
    }
    for data in &mut found {
        data.deprecated = field.deprecated.as_ref().map(|_| true);
    }
    found
}

/// True when a row can lack the value, or a structure that it stands in.
fn nullable(ir: &Ir, resource: &Resource, path: &FieldPath) -> bool {
    steps(ir, resource, path).iter().any(|field| ir.resolve(&field.ty).1)
}

/// Several values behind one name, with commas between them.
fn several(name: &str, about: &str, value: AnySchema) -> ParameterData {
    listed(name, about, list(value))
}

/// Several values behind one name, none of which may stand there twice.
fn several_once(name: &str, about: &str, value: AnySchema) -> ParameterData {
    listed(name, about, once(value))
}

fn once(value: AnySchema) -> ArrayType {
    ArrayType { unique_items: true, ..list(value) }
}

fn listed(name: &str, about: &str, values: ArrayType) -> ParameterData {
    let values =
        ArrayType { min_items: Some(1), max_items: values.max_items.or(Some(MOST_VALUES)), ..values };
    ParameterData { explode: Some(false), ..parameter(name, about, item(schema(Type::Array(values)))) }
}

/// The names on the wire that a path leads through, `price.amount`.
fn wire(ir: &Ir, resource: &Resource, path: &FieldPath) -> String {
    let names: Vec<&str> = steps(ir, resource, path).into_iter().map(|field| field.wire.as_str()).collect();
    names.join(".")
}

/// The fields that a path leads through.
fn steps<'a>(ir: &'a Ir, resource: &'a Resource, path: &FieldPath) -> Vec<&'a Field> {
    let field = |length: usize| ir.field(&resource.fields, &FieldPath(path.0.get(..length)?.to_vec()));
    (1..=path.0.len()).filter_map(field).collect()
}

/// `Idempotency-Key`
pub(crate) fn idempotency_key() -> ParameterData {
    let pattern = Some("^[!-~]+$".to_owned());
    let key = StringType { min_length: Some(1), max_length: Some(255), pattern, ..string("") };
    let about = "A new name for each request, such as a UUID. Sent again with the same name, the request is done once and \
                 answered alike; the answer is kept for 24 hours.";
    // No example: whoever tries it out twice would get the answer of whoever was first.
    parameter("Idempotency-Key", about, item(schema(Type::String(key))))
}

/// `If-Match`
pub(crate) fn if_match(required: bool) -> ParameterData {
    let about = match required {
        true => {
            "The `ETag` that the resource must still have, such as `\"3\"`: another one is answered 412, and without it the answer is 428."
        }
        false => {
            "The `ETag` that the resource must still have, such as `\"3\"`: another one is answered 412."
        }
    };
    ParameterData { required, ..tag("If-Match", about, Some(TAGS.to_owned())) }
}

/// `If-None-Match` of a read. What is no tag is passed over there.
pub(crate) fn if_none_match() -> ParameterData {
    let about =
        "The `ETag` that is known already, such as `\"3\"`: while the resource has it, the answer is 304.";
    tag("If-None-Match", about, None)
}

/// `If-None-Match` of a change.
pub(crate) fn unless_match() -> ParameterData {
    let about =
        "The `ETag` that the resource must not have, such as `\"3\"`: while it has it, the answer is 412.";
    tag("If-None-Match", about, Some(TAGS.to_owned()))
}

/// `*`, or entity tags in quotes (RFC 9110, section 8.8.3).
const TAGS: &str = r#"^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$"#;

/// `*`, or one entity tag in quotes.
pub(crate) const TAG: &str = r#"^(\*|(W/)?"[!#-~]*")$"#;

fn tag(name: &str, about: &str, pattern: Option<String>) -> ParameterData {
    let text = StringType { pattern, ..string("") };
    parameter(name, about, item(schema(Type::String(text))))
}

pub(crate) fn in_query(parameter_data: ParameterData) -> Parameter {
    Parameter::Query {
        parameter_data,
        allow_reserved: false,
        style: Default::default(),
        allow_empty_value: None,
    }
}

pub(crate) fn in_header(parameter_data: ParameterData) -> Parameter {
    Parameter::Header { parameter_data, style: Default::default() }
}

fn in_path(parameter_data: ParameterData) -> Parameter {
    Parameter::Path { parameter_data, style: Default::default() }
}

fn flag() -> AnySchema {
    item(schema(Type::Boolean(Default::default())))
}

fn item(schema: openapiv3::Schema) -> AnySchema {
    ReferenceOr::Item(schema)
}
