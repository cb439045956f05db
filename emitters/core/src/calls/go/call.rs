//! The call of an operation.

use std::fmt;

use atlas9_ir::{Ir, OperationKind};
use serde_json::{Map, Value as Json};

use super::types::{self, Uses};
use super::values::Values;
use super::{Parameter, Plan, conditions, exported, field, layout, literal, method, parameters, variable};
use crate::calls::{Call, CallWriter};
use crate::requests::{ETAG, Given, Items, Request, param_fields, request_fields};
use crate::sdk::{Answer, Answered, Position};

/// Writes the calls of a model.
pub(crate) struct Calls<'a>(Plan<'a>);

impl<'a> Calls<'a> {
    pub(crate) fn new(ir: &'a Ir) -> Calls<'a> {
        Calls(Plan::outside(ir))
    }
}

impl CallWriter for Calls<'_> {
    fn client(&self) -> Option<String> {
        let key = if self.0.ir.service.auth.is_empty() { "" } else { "option.APIKey(\"...\")" };
        Some(format!("client, err := {}.New({key})", self.0.package))
    }

    fn call(&self, call: &Call<'_>) -> String {
        let expression = expression(&self.0, call, &mut Uses::new());
        match &call.operation.kind {
            OperationKind::List(_) => {
                let one = call.owner.map_or_else(|| "one".to_owned(), |owner| variable(&self.0, owner));
                let failed = "\tif err != nil {\n\t\treturn err\n\t}";
                format!("for {one}, err := range {expression} {{\n{failed}\n\tfmt.Println({one})\n}}")
            }
            _ => match result(&self.0, call) {
                Some(result) => format!("{result}, err := {expression}"),
                None => format!("err := {expression}"),
            },
        }
    }
}

/// What the answer of a call is kept in; nothing where it has no body.
pub fn result(plan: &Plan<'_>, call: &Call<'_>) -> Option<String> {
    let owner = call.owner.map(|id| (id, &plan.ir.resources[id]));
    match Answer::of(plan.ir, owner, call.operation) {
        Answer::Nothing => None,
        Answer::One(Answered::Resource(id, _)) => Some(variable(plan, id)),
        Answer::One(Answered::Value(_)) | Answer::Items { .. } => Some("result".to_owned()),
    }
}

/// A call before it is written down: `client.Books.Get(ctx, "...")`.
#[derive(Clone, Debug)]
pub struct Expression {
    /// `client.Books.Get`
    pub callee: String,
    /// What it is given, without the context.
    pub arguments: Vec<String>,
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(ctx", self.callee)?;
        self.arguments.iter().try_for_each(|argument| write!(f, ", {argument}"))?;
        f.write_str(")")
    }
}

/// The call with what its request gives; `uses` takes note of the packages that it names.
pub fn expression(plan: &Plan<'_>, call: &Call<'_>, uses: &mut Uses) -> Expression {
    let callee = match call.resource() {
        Some(resource) => format!("client.{}.{}", field(resource), method(call.operation)),
        None => format!("client.{}", method(call.operation)),
    };
    let mut keys = call.request.path.iter();
    let mut arguments = Arguments { plan, call, values: Values { plan, uses } };
    let given = parameters(plan, call.owner, call.operation).into_iter();
    let given = given.map(|parameter| arguments.argument(parameter, &mut keys));
    Expression { callee, arguments: given.collect() }
}

struct Arguments<'a, 'u> {
    plan: &'a Plan<'a>,
    call: &'a Call<'a>,
    values: Values<'a, 'u>,
}

impl<'a> Arguments<'a, '_> {
    fn argument(
        &mut self,
        parameter: Parameter<'_>,
        keys: &mut impl Iterator<Item = &'a Given<'a>>,
    ) -> String {
        match parameter {
            Parameter::Key(_, ty) => {
                let value = keys.next().map_or(&Json::Null, |given| &given.value);
                match ty {
                    Some(ty) => self.values.value(ty, Position::Write, value).text(),
                    None => literal(value.as_str().unwrap_or_default()),
                }
            }
            Parameter::List(ty) => ty + &layout::braced(&self.asked()),
            Parameter::Items(items, one) => {
                let items = self.items(items);
                format!("[]{one}{}", layout::listed(&items))
            }
            Parameter::Body(ty) => {
                let position = match self.call.operation.kind {
                    OperationKind::Update => Position::Patch,
                    _ => Position::Write,
                };
                let fields = request_fields(self.call.resource(), self.call.operation);
                let body = self.call.request.body.as_ref().and_then(Json::as_object);
                let members = body.map(|body| self.values.members(&fields, position, &[], body));
                ty + &layout::braced(&members.unwrap_or_default())
            }
            Parameter::Placed(ty) => ty + &layout::braced(&self.placed()),
            Parameter::IfMatch => literal("\"3\""),
        }
    }

    /// What a list is asked for: how many, and the filters.
    fn asked(&mut self) -> Vec<(String, String)> {
        let (Some(resource), OperationKind::List(list)) = (self.call.resource(), &self.call.operation.kind)
        else {
            return Vec::new();
        };
        let conditions = conditions(self.plan.ir, resource, list);
        let mut found = Vec::new();
        for given in &self.call.request.query {
            let Some(ty) = given.ty else {
                found.push((exported(&given.name), given.value.to_string()));
                continue;
            };
            if let Some(condition) = conditions.iter().find(|condition| condition.wire == given.name) {
                let value = self.values.value(ty, Position::Write, &given.value);
                self.values.uses.insert("filter");
                let (plan, uses) = (self.plan, &mut *self.values.uses);
                let asked = value.given_to("filter.Eq", || types::direct(plan, ty, Position::Write, uses));
                found.push((condition.name.clone(), asked));
            }
        }
        found
    }

    /// The items of a batch.
    fn items(&mut self, items: Items<'_>) -> Vec<String> {
        let body = self.call.request.body.as_ref();
        let given = body.and_then(|body| body.get("items")).and_then(Json::as_array);
        let given = given.into_iter().flatten().filter_map(Json::as_object);
        given.map(|item| layout::braced(&self.item(items, item))).collect()
    }

    fn item(&mut self, items: Items<'_>, item: &Map<String, Json>) -> Vec<(String, String)> {
        match items {
            Items::Bodies(_, create) => {
                let fields = request_fields(self.call.resource(), create);
                self.values.members(&fields, Position::Write, &[], item)
            }
            Items::Keys(key) => {
                let mut members = self.values.members(&[key], Position::Read, &["ETag"], item);
                members.extend(
                    item.get(ETAG).and_then(Json::as_str).map(|tag| ("ETag".to_owned(), literal(tag))),
                );
                members
            }
        }
    }

    /// Parameters of the query and of headers.
    fn placed(&mut self) -> Vec<(String, String)> {
        let fields: Vec<_> = param_fields(self.call.operation).map(|(field, _)| field).collect();
        let names = self.plan.fields(&fields, &[]);
        let Request { query, headers, .. } = self.call.request;
        let mut found = Vec::new();
        for (name, field) in names.into_iter().zip(fields) {
            if let Some(given) = query.iter().chain(headers).find(|given| given.wire == field.wire) {
                let written = match types::is_optional_in(self.plan.ir, field, Position::Write) {
                    true => self.values.option(&field.ty, Position::Write, &given.value),
                    false => self.values.value(&field.ty, Position::Write, &given.value).text(),
                };
                found.push((name, written));
            }
        }
        found
    }
}
