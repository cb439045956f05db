//! An operation as a method.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::types::{self, Uses};
use atlas9_emitters_core::calls::go::{self, Parameter};
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::{Answer, Answered, Asks, Position, is_optional};
use atlas9_ir::{Operation, OperationKind, PaginationStyle, Resource, Type, TypeDeclKind, TypeKind};

use super::errors;
use super::resource::Owner;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};

/// A method in the making.
struct Method<'a> {
    sdk: &'a Sdk<'a>,
    owner: Option<Owner<'a>>,
    operation: &'a Operation,
    /// `r *Books`
    receiver: String,
    name: String,
    /// Names and types of the parameters between the context and the options.
    params: Vec<(String, String)>,
    /// The members of the call.
    call: Vec<(&'static str, String)>,
}

/// Writes the method, or the methods of a list.
pub(super) fn write(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    owner: Option<Owner<'_>>,
    operation: &Operation,
    uses: &mut Uses,
) {
    let method = Method::plan(sdk, owner, operation, uses);
    match (&operation.kind, owner) {
        (OperationKind::List(list), Some(owner)) => {
            uses.insert("iter");
            method.write_list(w, &sdk.plan.names.resource(owner.id).model, list.paginate.style);
        }
        _ => method.write(w, uses),
    }
}

impl<'a> Method<'a> {
    fn plan(
        sdk: &'a Sdk<'a>,
        owner: Option<Owner<'a>>,
        operation: &'a Operation,
        uses: &mut Uses,
    ) -> Method<'a> {
        let receiver =
            owner.map_or(&sdk.plan.names.client, |owner| &sdk.plan.names.resource(owner.id).service);
        let resource = owner.map(|owner| owner.resource);
        let operated = resource.map_or_else(String::new, |resource| format!("{}.", resource.plural));
        let mut method = Method {
            sdk,
            owner,
            operation,
            receiver: format!("r *{receiver}"),
            name: go::method(operation),
            params: Vec::new(),
            call: vec![
                ("Operation", literal(&format!("{operated}{}", operation.name))),
                ("Method", literal(operation.method.word())),
                ("Path", literal(&format!("{}{}", sdk.plan.ir.service.base_path, operation.path))),
            ],
        };
        method.given(uses);
        method.details(resource);
        method
    }

    /// What the caller gives, and where it goes.
    fn given(&mut self, uses: &mut Uses) {
        let (plan, operation) = (&self.sdk.plan, self.operation);
        let mut keys: Vec<String> = Vec::new();
        let mut rest: Vec<(&'static str, String)> = Vec::new();
        for parameter in go::parameters(plan, self.owner.map(|owner| owner.id), operation) {
            let (name, ty) = match parameter {
                Parameter::Key(name, ty) => {
                    keys.push(name.clone());
                    let text = || "string".to_owned();
                    (name, ty.map_or_else(text, |ty| types::direct(plan, ty, Position::Write, uses)))
                }
                Parameter::List(ty) | Parameter::Placed(ty) => {
                    rest.push(("Params", "params".to_owned()));
                    ("params".to_owned(), ty)
                }
                Parameter::Items(_, one) => {
                    rest.push(("Body", "map[string]any{\"items\": items}".to_owned()));
                    ("items".to_owned(), format!("[]{one}"))
                }
                Parameter::Body(ty) => {
                    rest.push(("Body", "body".to_owned()));
                    ("body".to_owned(), ty)
                }
                Parameter::IfMatch => {
                    rest.push(("IfMatch", "ifMatch".to_owned()));
                    ("ifMatch".to_owned(), "string".to_owned())
                }
            };
            self.params.push((name, ty));
        }
        if !keys.is_empty() {
            self.call.push(("Keys", format!("[]any{{{}}}", keys.join(", "))));
        }
        let bodied =
            matches!(operation.kind, OperationKind::Create | OperationKind::Update | OperationKind::Replace);
        if bodied && !rest.iter().any(|(member, _)| *member == "Body") {
            self.call.push(("Body", "struct{}{}".to_owned()));
        }
        self.call.extend(rest);
    }

    /// What the client needs to know beyond the request itself.
    fn details(&mut self, resource: Option<&Resource>) {
        let (sdk, operation) = (self.sdk, self.operation);
        let asks = Asks::of(resource, operation);
        let own = operation.errors.iter().filter(|id| !is_standard(&sdk.plan.ir.errors[**id]));
        let own: Vec<String> = own.map(|id| errors::variable(sdk, *id)).collect();
        if !own.is_empty() {
            self.call.push(("Errors", format!("[]api.Declared{{{}}}", own.join(", "))));
        }
        let takes = [
            (asks.idempotent, "api.IdempotencyKey"),
            (asks.if_match, "api.IfMatch"),
            (asks.show_deleted, "api.ShowDeleted"),
            (asks.force, "api.Force"),
            (asks.expand, "api.Expand"),
            (asks.fields, "api.Fields"),
        ];
        let takes: Vec<&str> = takes.into_iter().filter(|(asked, _)| *asked).map(|(_, name)| name).collect();
        if !takes.is_empty() {
            self.call.push(("Takes", takes.join(" | ")));
        }
    }

    fn doc(&self) -> Doc {
        let doc = describe::operation(self.sdk, self.owner.map(|owner| owner.resource), self.operation);
        let asks = Asks::of(self.owner.map(|owner| owner.resource), self.operation);
        match asks.must_match {
            true => doc
                .paragraph("The entity tag names the state that the call is based on; \"*\" stands for any."),
            false => doc,
        }
    }

    fn write(&self, w: &mut Writer, uses: &mut Uses) {
        let (returns, send) = answer(self.sdk, self.owner, self.operation, uses);
        self.function(w, &self.doc(), &self.name, &returns, |w| {
            layout::literal(w, &format!("return {send}(ctx, r.client, api.Call{{"), &self.call, "}, opts)");
        });
    }

    fn write_list(&self, w: &mut Writer, model: &str, style: PaginationStyle) {
        let (page, numbered) = match style {
            PaginationStyle::Cursor => ("Page", ""),
            PaginationStyle::Page => ("NumberedPage", "Numbered"),
        };
        let (name, page) = (&self.name, format!("api.{page}[{model}]"));
        let given: Vec<&str> = self.params.iter().map(|(name, _)| name.as_str()).collect();
        let given = given.join(", ");
        self.function(w, &self.doc(), name, &format!("iter.Seq2[*{model}, error]"), |w| {
            w.line(format!("return api.{numbered}Items(r.{name}Pages(ctx, {given}, opts...))"));
        });
        let doc = Doc::ours(format!("{name}Pages gives page after page, each fetched when it is asked for."));
        self.function(w, &doc, &format!("{name}Pages"), &format!("iter.Seq2[*{page}, error]"), |w| {
            let send = format!("api.{numbered}Pages[{model}]");
            w.line(format!("return {send}(ctx, r.client, r.call{name}({given}), opts)"));
        });
        let doc = Doc::ours(format!(
            "{name}Page gives a single page: the first one, or the one that was asked for."
        ));
        self.function(w, &doc, &format!("{name}Page"), &format!("(*{page}, error)"), |w| {
            w.line(format!("return api.Send[{page}](ctx, r.client, r.call{name}({given}), opts)"));
        });
        let declared = self.declared().join(", ");
        w.blank().block(format!("func ({}) call{name}({declared}) api.Call {{", self.receiver), "}", |w| {
            layout::literal(w, "return api.Call{", &self.call, "}");
        });
    }

    fn function(&self, w: &mut Writer, doc: &Doc, name: &str, returns: &str, body: impl FnOnce(&mut Writer)) {
        let mut given = vec!["ctx context.Context".to_owned()];
        given.extend(self.declared());
        given.push("opts ...option.Option".to_owned());
        w.blank();
        doc.write(w);
        w.block(format!("func ({}) {name}({}) {returns} {{", self.receiver, given.join(", ")), "}", body);
    }

    fn declared(&self) -> Vec<String> {
        self.params.iter().map(|(name, ty)| format!("{name} {ty}")).collect()
    }
}

/// What the method returns, and the function that sends its call.
fn answer(
    sdk: &Sdk<'_>,
    owner: Option<Owner<'_>>,
    operation: &Operation,
    uses: &mut Uses,
) -> (String, String) {
    let owner = owner.map(|owner| (owner.id, owner.resource));
    match Answer::of(sdk.plan.ir, owner, operation) {
        Answer::Nothing => ("error".to_owned(), "api.Run".to_owned()),
        Answer::One(Answered::Resource(id, optional)) => {
            pointed(&sdk.plan.names.resource(id).model, optional)
        }
        Answer::One(Answered::Value(ty)) if is_structured(sdk, ty) => {
            pointed(&types::plain(&sdk.plan, ty, Position::Read, uses), is_optional(sdk.plan.ir, ty))
        }
        Answer::One(Answered::Value(ty)) => {
            sent("SendValue", "", &types::nested(&sdk.plan, ty, Position::Read, uses))
        }
        Answer::Items { item, .. } => sent("SendItems", "[]", &one(sdk, item, uses)),
    }
}

/// A structure, which is handed on by a pointer, whether it may be null or not.
fn pointed(ty: &str, optional: bool) -> (String, String) {
    match optional {
        true => sent("SendValue", "", &format!("*{ty}")),
        false => sent("Send", "*", ty),
    }
}

fn sent(send: &str, prefix: &str, ty: &str) -> (String, String) {
    (format!("({prefix}{ty}, error)"), format!("api.{send}[{ty}]"))
}

/// An item of an answer.
fn one(sdk: &Sdk<'_>, item: Answered<'_>, uses: &mut Uses) -> String {
    match item {
        Answered::Resource(id, optional) => {
            format!("{}{}", if optional { "*" } else { "" }, sdk.plan.names.resource(id).model)
        }
        Answered::Value(ty) => types::nested(&sdk.plan, ty, Position::Read, uses),
    }
}

/// True for what is handed on by a pointer.
fn is_structured(sdk: &Sdk<'_>, ty: &Type) -> bool {
    match sdk.plan.ir.resolve(ty).0 {
        TypeKind::Named(id) => !matches!(sdk.plan.ir.types[*id].kind, TypeDeclKind::Enum { .. }),
        _ => false,
    }
}
