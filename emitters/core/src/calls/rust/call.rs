//! The call of an operation.

use atlas9_ir::{Ir, OperationKind, Resource, ResourceId};
use serde_json::{Map, Value as Json};

use super::layout::{Chain, Code};
use super::scalars::{Expected, scalar_of};
use super::signature::{Argument, Body, Place, Signature, conditions};
use super::values::Shape;
use super::{LIFTED, Names, PRINT, body_of, crate_name, crate_path, literal, service_marker};
use crate::calls::{Call, CallWriter};
use crate::requests::{ETAG, Given, Items, Placeholder, request_fields};
use crate::rust::{Sizes, member, module, word};
use crate::sdk::{Answer, Answered, Position, Positions, is_optional};

/// A name that is longer makes no line shorter.
const LONGEST: usize = 30;

/// What calls of a crate are written from.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The model.
    pub ir: &'a Ir,
    /// What code calls the crate, `bookstore`.
    pub package: String,
    /// What everything is called in it.
    pub names: Names,
    /// Which structures have further shapes in requests.
    pub positions: Positions,
    pub(super) sizes: Sizes,
}

impl<'a> Plan<'a> {
    /// Of the crate of that name, as its manifest has it.
    pub fn of(ir: &'a Ir, name: &str) -> Plan<'a> {
        let positions = Positions::of(ir);
        let (names, _) = Names::plan(ir, &positions);
        Plan { ir, package: crate_path(name), names, positions, sizes: Sizes::new(ir) }
    }

    /// Something that every crate has, `bookstore::Patch`.
    pub fn api(&self, name: &str) -> String {
        format!("{}::{name}", self.package)
    }

    /// The path of a declared type.
    pub fn declared(&self, name: &str) -> String {
        // The crate's own names hide those that the schema declares, and so do its modules.
        let hidden = LIFTED.contains(&name) || !name.starts_with(|c: char| c.is_ascii_uppercase());
        format!("{}::{}{name}", self.package, if hidden { "types::" } else { "" })
    }

    /// The call before it is sent: `client.books().get("...")`
    pub fn chain(&self, call: &Call<'_>) -> Chain {
        let signature = Signature::of(self.ir, call.owner, call.operation);
        let mut links: Vec<Code> =
            call.resource().map(|own| method(&module(own), Vec::new())).into_iter().collect();
        links.push(method(&member(call.operation), self.parameters(call, &signature)));
        links.extend(self.setters(call, &signature));
        Chain { root: "client".to_owned(), links }
    }

    fn parameters(&self, call: &Call<'_>, signature: &Signature<'_>) -> Vec<Code> {
        let keys = signature.keys.iter().zip(&call.request.path);
        let mut found: Vec<Code> =
            keys.map(|((_, stands_for), given)| self.key(*stands_for, &given.value)).collect();
        let empty = Map::new();
        let body = call.request.body.as_ref().and_then(Json::as_object).unwrap_or(&empty);
        match &signature.body {
            Body::None => {}
            Body::Items(_, items) => found.push(self.items(call, *items, body)),
            Body::Whole(_, fields) => {
                let position = signature.position;
                let path = self.whole(call);
                found.push(self.structure(
                    &Shape { path, fields: fields.clone(), position, of: None, written: true },
                    body,
                ));
            }
            Body::Members(required, _) => found.extend(required.iter().map(|argument| {
                let json = body.get(&argument.field.wire).unwrap_or(&Json::Null);
                self.given(&argument.field.ty, Position::Write, json)
            })),
        }
        let beside = signature.beside.iter().filter_map(|argument| Some((argument, placed(call, argument)?)));
        found.extend(
            beside.map(|(argument, given)| self.given(&argument.field.ty, Position::Write, &given.value)),
        );
        found.extend(signature.if_match.iter().map(|_| Code::Plain(literal("\"3\""))));
        found
    }

    fn key(&self, stands_for: Option<Placeholder<'_>>, json: &Json) -> Code {
        let text = || Code::Plain(literal(json.as_str().unwrap_or_default()));
        stands_for.map_or_else(text, |stands_for| match scalar_of(self.ir, stands_for.ty()) {
            Some(atlas9_ir::Scalar::String { .. }) => text(),
            _ => self.given(stands_for.ty(), Position::Write, json),
        })
    }

    /// The structure of a body that is given whole.
    fn whole(&self, call: &Call<'_>) -> String {
        match call.owner {
            Some(owner) => {
                let names = self.names.resource(owner);
                format!("{}::{}::{}", self.package, names.module, body_of(&names.marker(call.operation)))
            }
            None => format!("{}::operations::{}", self.package, body_of(&service_marker(call.operation))),
        }
    }

    /// The items of a batch.
    fn items(&self, call: &Call<'_>, items: Items<'_>, body: &Map<String, Json>) -> Code {
        let given =
            body.get("items").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object);
        let conditional = call.operation.kind.batch().is_some_and(|batch| batch.conditional);
        let item = |given: &Map<String, Json>| match items {
            Items::Bodies(_, create) => {
                let path = call.owner.map(|owner| self.declared(&self.names.resource(owner).input));
                let fields = request_fields(call.resource(), create);
                let shape = Shape {
                    path: path.unwrap_or_default(),
                    fields,
                    position: Position::Write,
                    of: None,
                    written: true,
                };
                self.structure(&shape, given)
            }
            Items::Keys(key) => {
                let json = given.get(&key.wire).unwrap_or(&Json::Null);
                if !conditional {
                    return self.asked(&key.ty, json);
                }
                let tag = given.get(ETAG).and_then(Json::as_str).unwrap_or_default();
                let key = self.value(&key.ty, Position::Write, json, Expected::Known);
                Code::Call(String::new(), vec![key, Code::Plain(literal(tag))])
            }
        };
        Code::List("", given.map(item).collect())
    }

    /// The methods for what need not be given.
    fn setters(&self, call: &Call<'_>, signature: &Signature<'_>) -> Vec<Code> {
        let whole = matches!(signature.body, Body::Whole(..));
        let given = |argument: &Argument<'_>| match argument.place {
            Place::Body if whole => None,
            Place::Body => call.request.body.as_ref()?.get(&argument.field.wire),
            Place::Query | Place::Header(_) => Some(&placed(call, argument)?.value),
        };
        // An update is made of what it says.
        let said = |argument: &Argument<'_>, json: &Json| {
            signature.position == Position::Patch || !self.goes_without_saying(argument.field, json)
        };
        let written = signature.optional.iter().filter_map(|argument| {
            let json = given(argument).filter(|json| said(argument, json))?;
            self.setter(argument, signature.position, json)
        });
        self.listing(call).into_iter().chain(written).collect()
    }

    fn setter(&self, argument: &Argument<'_>, position: Position, json: &Json) -> Option<Code> {
        let ty = &argument.field.ty;
        let patched = matches!(argument.place, Place::Body) && is_optional(self.ir, ty);
        let given = match (patched, json) {
            (true, json) => self.patched(ty, position, json),
            (false, Json::Null) => return None,
            (false, json) => self.given(ty, position, json),
        };
        Some(method(&argument.name, vec![given]))
    }

    /// What a list is asked for: the filters, and how many.
    fn listing(&self, call: &Call<'_>) -> Vec<Code> {
        let (Some(resource), OperationKind::List(list)) = (call.resource(), &call.operation.kind) else {
            return Vec::new();
        };
        let conditions = conditions(self.ir, resource, list);
        let asked = |given: &Given<'_>| {
            let Some(ty) = given.ty else {
                return Some(method(&word(&given.name), vec![Code::Plain(given.value.to_string())]));
            };
            let condition = conditions.iter().find(|condition| condition.wire == given.name)?;
            Some(method(&condition.name, vec![self.asked(ty, &given.value)]))
        };
        call.request.query.iter().filter_map(asked).collect()
    }
}

/// What is given of a parameter in the query or a header.
fn placed<'a>(call: &Call<'a>, argument: &Argument<'_>) -> Option<&'a Given<'a>> {
    let request = call.request;
    request.query.iter().chain(&request.headers).find(|given| given.wire == argument.field.wire)
}

fn method(name: &str, arguments: Vec<Code>) -> Code {
    Code::Call(format!(".{name}"), arguments)
}

/// The variable that examples keep one of a resource in, `book`.
fn variable(resource: &Resource) -> String {
    short(&resource.snake).unwrap_or_else(|| "one".to_owned())
}

/// The name as that of a variable, where it can be one beside the client.
fn short(name: &str) -> Option<String> {
    Some(word(name)).filter(|name| name.len() <= LONGEST && name != "client")
}

/// Writes the calls of a model.
#[derive(Clone, Debug)]
pub struct Calls<'a>(pub Plan<'a>);

impl<'a> Calls<'a> {
    /// With the crate that the package's name becomes.
    pub(crate) fn new(ir: &'a Ir) -> Calls<'a> {
        Calls(Plan::of(ir, &crate_name(&ir.package)))
    }
}

impl CallWriter for Calls<'_> {
    fn client(&self) -> Option<String> {
        Some(format!("let client = {}::from_env()?;", self.0.api("Client")))
    }

    fn call(&self, call: &Call<'_>) -> String {
        let chain = self.0.chain(call);
        match (&call.operation.kind, call.resource()) {
            (OperationKind::List(_), Some(resource)) => items(resource, chain),
            _ => {
                let before = result(call).map_or_else(String::new, |result| format!("let {result} = "));
                chain.then("send", &[]).ending(".await?").laid(&before, ";")
            }
        }
    }
}

/// Goes through the items of a list.
fn items(resource: &Resource, chain: Chain) -> String {
    let (one, many) = (variable(resource), short(&resource.plural).unwrap_or_else(|| "all".to_owned()));
    let made = chain.then("items", &[]).laid(&format!("let mut {many} = "), ";");
    let shown = format!("{PRINT}(\"{{{one}:?}}\");");
    format!("{made}\nwhile let Some({one}) = {many}.try_next().await? {{\n    {shown}\n}}")
}

/// What the answer of a call is kept in; nothing where it has no body.
fn result(call: &Call<'_>) -> Option<String> {
    let owner: Option<(ResourceId, &Resource)> = call.owner.map(|id| (id, &call.ir.resources[id]));
    match Answer::of(call.ir, owner, call.operation) {
        Answer::Nothing => None,
        Answer::One(Answered::Resource(id, _)) => Some(variable(&call.ir.resources[id])),
        Answer::One(Answered::Value(_)) | Answer::Items { .. } => Some("result".to_owned()),
    }
}
