//! An operation as a method.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::requests::{Items, Placeholder, items, param_fields, placeholders, request_fields};
use atlas9_emitters_core::sdk::{Answer, Answered, Asks, Position};
use atlas9_ir::{Operation, OperationKind, PaginationStyle, Resource, Type, TypeDeclKind, TypeKind};

use super::errors;
use super::resource::Owner;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};
use crate::types::{self, Uses};

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
            method.write_list(w, &sdk.names.resource(owner.id).model, list.paginate.style);
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
        let receiver = owner.map_or(&sdk.names.client, |owner| &sdk.names.resource(owner.id).service);
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
                ("Path", literal(&format!("{}{}", sdk.ir.service.base_path, operation.path))),
            ],
        };
        method.keys(uses);
        method.payload(resource);
        method.details(resource);
        method
    }

    /// A parameter for each name in the path.
    fn keys(&mut self, uses: &mut Uses) {
        let sdk = self.sdk;
        let owner = self.owner.map(|owner| owner.id);
        let mut names: Vec<String> = Vec::new();
        for placeholder in placeholders(&self.operation.path) {
            let stands_for = Placeholder::of(sdk.ir, owner, self.operation, placeholder);
            let ty = stands_for.map(Placeholder::ty);
            let ty =
                ty.map_or_else(|| "string".to_owned(), |ty| types::direct(sdk, ty, Position::Write, uses));
            let mut name = match stands_for {
                Some(Placeholder::Param(field)) => go::parameter(&go::member(field)),
                _ => go::parameter(placeholder),
            };
            while names.contains(&name) {
                name.push('_');
            }
            names.push(name.clone());
            self.params.push((name, ty));
        }
        if !names.is_empty() {
            self.call.push(("Keys", format!("[]any{{{}}}", names.join(", "))));
        }
    }

    /// The body, and what travels beside it.
    fn payload(&mut self, resource: Option<&Resource>) {
        let operation = self.operation;
        let names = self.owner.map_or(&self.sdk.names.operations, |owner| self.sdk.names.resource(owner.id));
        let fields = request_fields(resource, operation);
        let mut given = |name: &str, ty: String| self.params.push((name.to_owned(), ty));
        if matches!(operation.kind, OperationKind::List(_)) {
            given("params", names.input(operation));
            self.call.push(("Params", "params".to_owned()));
        } else if let Some(items) = items(resource, operation) {
            let one = match items {
                Items::Bodies(_, create) if request_fields(resource, create).is_empty() => {
                    "struct{}".to_owned()
                }
                Items::Bodies(_, create) => names.input(create),
                Items::Keys(_) => names.input(operation),
            };
            given("items", format!("[]{one}"));
            self.call.push(("Body", "map[string]any{\"items\": items}".to_owned()));
        } else if !fields.is_empty() {
            given("body", names.input(operation));
            self.call.push(("Body", "body".to_owned()));
        } else if matches!(
            operation.kind,
            OperationKind::Create | OperationKind::Update | OperationKind::Replace
        ) {
            self.call.push(("Body", "struct{}{}".to_owned()));
        }
        if param_fields(operation).next().is_some() {
            self.params.push(("params".to_owned(), names.params(operation, !fields.is_empty())));
            self.call.push(("Params", "params".to_owned()));
        }
    }

    /// What the client needs to know beyond the request itself.
    fn details(&mut self, resource: Option<&Resource>) {
        let (sdk, operation) = (self.sdk, self.operation);
        let asks = Asks::of(resource, operation);
        if asks.must_match {
            self.params.push(("ifMatch".to_owned(), "string".to_owned()));
            self.call.push(("IfMatch", "ifMatch".to_owned()));
        }
        let own = operation.errors.iter().filter(|id| !is_standard(&sdk.ir.errors[**id]));
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
    match Answer::of(sdk.ir, owner, operation) {
        Answer::Nothing => ("error".to_owned(), "api.Run".to_owned()),
        Answer::One(Answered::Resource(id, _)) => sent("Send", "*", &sdk.names.resource(id).model),
        Answer::One(Answered::Value(ty)) if is_structured(sdk, ty) => {
            sent("Send", "*", &types::plain(sdk, ty, Position::Read, uses))
        }
        Answer::One(Answered::Value(ty)) => {
            sent("SendValue", "", &types::nested(sdk, ty, Position::Read, uses))
        }
        Answer::Items { item, .. } => sent("SendItems", "[]", &one(sdk, item, uses)),
    }
}

fn sent(send: &str, prefix: &str, ty: &str) -> (String, String) {
    (format!("({prefix}{ty}, error)"), format!("api.{send}[{ty}]"))
}

/// An item of an answer.
fn one(sdk: &Sdk<'_>, item: Answered<'_>, uses: &mut Uses) -> String {
    match item {
        Answered::Resource(id, optional) => {
            format!("{}{}", if optional { "*" } else { "" }, sdk.names.resource(id).model)
        }
        Answered::Value(ty) => types::nested(sdk, ty, Position::Read, uses),
    }
}

/// True for what is handed on by a pointer.
fn is_structured(sdk: &Sdk<'_>, ty: &Type) -> bool {
    match sdk.ir.resolve(ty).0 {
        TypeKind::Named(id) => !matches!(sdk.ir.types[*id].kind, TypeDeclKind::Enum { .. }),
        _ => false,
    }
}
