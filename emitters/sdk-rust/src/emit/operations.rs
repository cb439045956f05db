//! An operation: the method that begins a call of it, and the type that says what it is.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::rust::{Argument, Body, Signature, body_of, service_marker};
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::requests::{Items, Placeholder};
use atlas9_emitters_core::rust::{MANY, Scope, member};
use atlas9_emitters_core::sdk::{Answer, Answered, Asks, Position};
use atlas9_ir::{Field, Operation, OperationKind, PaginationStyle, Resource, Scalar, TypeKind};

use super::errors;
use super::inputs::{self, Sent};
use super::resource::Owner;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, code, literal};
use crate::types::{self, TYPES};

/// A method in the making.
pub(super) struct Method<'a> {
    sdk: &'a Sdk<'a>,
    scope: &'a Scope,
    owner: Option<Owner<'a>>,
    operation: &'a Operation,
    /// The type that says what the operation is.
    marker: String,
    /// True where a call can be told to answer some fields alone.
    chooses: bool,
    /// Names and types of the parameters.
    parameters: Vec<String>,
    /// The lines that put these into the call.
    sent: Vec<Sent>,
    /// What calls are given.
    signature: Signature<'a>,
}

impl<'a> Method<'a> {
    pub(super) fn plan(
        sdk: &'a Sdk<'a>,
        scope: &'a Scope,
        owner: Option<Owner<'a>>,
        operation: &'a Operation,
    ) -> Method<'a> {
        let marker = match owner {
            Some(owner) => sdk.names.resource(owner.id).marker(operation),
            None => service_marker(operation),
        };
        let signature = Signature::of(sdk.ir, owner.map(|owner| owner.id), operation);
        let (parameters, sent) = (Vec::new(), Vec::new());
        let chooses = operation.fields;
        let mut method = Method {
            sdk,
            scope,
            owner,
            operation,
            marker,
            chooses,
            parameters,
            sent,
            signature: signature.clone(),
        };
        signature.keys.iter().for_each(|(name, stands_for)| method.key(name, *stands_for));
        method.body(&signature.body);
        signature.beside.iter().for_each(|argument| method.required(argument));
        signature.if_match.iter().for_each(|name| method.if_match(name));
        method
    }

    fn resource(&self) -> Option<&'a Resource> {
        self.owner.map(|owner| owner.resource)
    }

    /// A parameter for a name in the path.
    fn key(&mut self, name: &str, stands_for: Option<Placeholder<'_>>) {
        let (sdk, scope) = (self.sdk, self.scope);
        let scalar = stands_for.and_then(|stands_for| types::scalar_of(sdk.ir, stands_for.ty()));
        match stands_for {
            Some(stands_for) if !matches!(scalar, Some(Scalar::String { .. })) => {
                let given = types::given(sdk, scope, stands_for.ty(), Position::Write, name);
                self.parameters.push(format!("{name}: {}", given.ty));
                self.sent.push(Sent { how: "key", arguments: vec![given.sent] });
            }
            _ => {
                self.parameters.push(format!("{name}: &str"));
                self.sent.push(Sent { how: "key", arguments: vec![name.to_owned()] });
            }
        }
    }

    /// The body: what it must have as parameters.
    fn body(&mut self, body: &Body<'a>) {
        match body {
            Body::None => {}
            Body::Items(name, items) => self.batch(name, *items),
            Body::Whole(name, _) => {
                self.parameters.push(format!("{name}: {}", body_of(&self.marker)));
                self.sent.push(Sent { how: "body", arguments: vec![name.clone()] });
            }
            Body::Members(required, empty) => {
                if required.is_empty() && empty.is_empty() {
                    self.sent.push(Sent { how: "object", arguments: Vec::new() });
                }
                required.iter().for_each(|argument| self.required(argument));
                empty.iter().for_each(|field| self.empty(field));
            }
        }
    }

    fn required(&mut self, argument: &Argument<'_>) {
        let (parameter, sent) = inputs::required(self.sdk, self.scope, argument);
        self.parameters.push(parameter);
        self.sent.push(sent);
    }

    /// A list or a map that is sent without items unless the call is given some.
    fn empty(&mut self, field: &Field) {
        let map = matches!(self.sdk.ir.resolve(&field.ty).0, TypeKind::Map { .. });
        let how = if map { "empty_map" } else { "empty_list" };
        self.sent.push(Sent { how, arguments: vec![literal(&field.wire)] });
    }

    /// The state that the call is based on.
    fn if_match(&mut self, name: &str) {
        self.parameters.push(format!("{name}: &str"));
        self.sent.push(Sent { how: "header", arguments: vec![literal("If-Match"), name.to_owned()] });
    }

    fn batch(&mut self, name: &str, items: Items<'_>) {
        let (sdk, scope) = (self.sdk, self.scope);
        let many = scope.prelude("IntoIterator");
        match (items, self.owner) {
            (Items::Bodies(..), Some(owner)) => {
                let input = scope.item(TYPES, &sdk.names.resource(owner.id).input);
                self.parameters.push(format!("{name}: impl {many}<Item = {input}>"));
                self.sent.push(Sent { how: "items", arguments: vec![name.to_owned()] });
            }
            (Items::Keys(key), _) => {
                let (into, ty) = (scope.prelude("Into"), types::plain(sdk, scope, &key.ty, Position::Write));
                let removal = scope.item("crate::api", "Removal");
                let conditional = self.operation.kind.batch().is_some_and(|batch| batch.conditional);
                let (item, made) = match conditional {
                    true => (
                        format!("({ty}, impl {into}<{}>)", scope.prelude("String")),
                        format!("|(key, etag)| {removal}::matching(key, etag)"),
                    ),
                    false => (format!("impl {into}<{removal}<{ty}>>"), format!("{into}::into")),
                };
                self.parameters.push(format!("{name}: impl {many}<Item = {item}>"));
                let listed = format!("{name}.into_iter().map({made})");
                self.sent.push(Sent { how: "removals", arguments: vec![literal(&key.wire), listed] });
            }
            (Items::Bodies(..), None) => {}
        }
    }

    /// `books.create`
    fn called(&self) -> String {
        match self.resource() {
            Some(resource) => format!("{}.{}", resource.plural, self.operation.name),
            None => self.operation.name.clone(),
        }
    }

    /// The method that begins a call.
    pub(super) fn write(&self, w: &mut Writer) {
        let call = self.scope.item("crate::api", "Call");
        let mut doc = describe::operation(self.resource(), self.operation);
        if Asks::of(self.resource(), self.operation).must_match {
            doc = doc
                .paragraph("The entity tag names the state that the call is based on; `*` stands for any.");
        }
        doc.and(errors::said(self.sdk, self.operation, &self.marker)).write(w);
        describe::deprecated(w, self.operation.deprecated.as_ref());
        if self.parameters.len() > MANY {
            let reason = "reason = \"the schema asks for them all\"".to_owned();
            layout::attribute(w, "expect", &["clippy::too_many_arguments".to_owned(), reason]);
        }
        let parameters: Vec<String> =
            std::iter::once("&self".to_owned()).chain(self.parameters.iter().cloned()).collect();
        let head = format!("pub fn {}", member(self.operation));
        layout::function(w, &head, &parameters, &format!("{call}<{}>", self.marker), |w| {
            if self.sent.is_empty() {
                w.line(format!("{call}::new(&self.transport)"));
                return;
            }
            w.line(format!("let mut call = {call}::new(&self.transport);"));
            for Sent { how, arguments } in &self.sent {
                layout::call(w, &format!("call.draft.{how}"), arguments, ";");
            }
            w.line("call");
        });
    }

    /// The type of the operation, and what its calls can be told.
    pub(super) fn write_operation(&self, w: &mut Writer) {
        self.write_type(w);
        self.write_traits(w);
        let called = self.called();
        errors::write(w, self.sdk, self.scope, self.operation, &self.marker, &called);
        if let Body::Whole(_, fields) = &self.signature.body {
            let doc = Doc::ours(&format!("What {} is given.", code(&called)));
            inputs::structure(w, self.sdk, self.scope, doc, &body_of(&self.marker), fields);
        }
        self.write_setters(w);
        self.write_fields(w);
    }

    fn write_type(&self, w: &mut Writer) {
        let (scope, marker) = (self.scope, &self.marker);
        let doc = Doc::ours(&format!("The operation {}.", code(&self.called())));
        w.blank();
        doc.write(w);
        w.line("#[derive(Clone, Copy, Debug)]");
        let (answer, form) = self.answer();
        let operation = scope.item("crate::api", "Operation");
        if self.chooses {
            let phantom = scope.item("std::marker", "PhantomData");
            w.line(format!("pub struct {marker}<A = {}>({phantom}<A>);", self.model()));
            let owned = scope.item("serde::de", "DeserializeOwned");
            w.blank().line(format!("impl<A: {owned}> {operation} for {marker}<A> {{"));
        } else {
            w.line(format!("pub struct {marker};"));
            w.blank().line(format!("impl {operation} for {marker} {{"));
        }
        w.indented(|w| {
            let method = scope.item("reqwest", "Method");
            let path = format!("{}{}", self.sdk.ir.service.base_path, self.operation.path);
            w.line(format!("type Answer = {answer};"));
            w.line(format!("type Form = {};", scope.item("crate::api", form)));
            w.line(format!(
                "type Error = {};",
                errors::of_operation(self.sdk, scope, self.operation, marker)
            ));
            w.line(format!("const NAME: &'static str = {};", literal(&self.called())));
            w.line(format!("const METHOD: {method} = {method}::{};", self.operation.method.word()));
            w.line(format!("const PATH: &'static str = {};", literal(&path)));
            if self.operation.idempotent {
                w.line("const IDEMPOTENT: bool = true;");
            }
        });
        w.line("}");
    }

    /// The model of the resource.
    fn model(&self) -> String {
        self.owner.map_or_else(String::new, |owner| types::model(self.sdk, self.scope, owner.id))
    }

    /// What is answered, and in which form.
    fn answer(&self) -> (String, &'static str) {
        let (sdk, scope) = (self.sdk, self.scope);
        let own = if self.chooses { "A".to_owned() } else { self.model() };
        if let OperationKind::List(list) = &self.operation.kind {
            let page = match list.paginate.style {
                PaginationStyle::Cursor => "Page",
                PaginationStyle::Page => "NumberedPage",
            };
            return (format!("{}<{own}>", scope.item("crate::api", page)), "Json");
        }
        if self.chooses {
            return (own, "Json");
        }
        let optional = |ty: String, optional: bool| match optional {
            true => format!("{}<{ty}>", scope.prelude("Option")),
            false => ty,
        };
        let one = |answered: Answered<'_>| match answered {
            Answered::Resource(id, null) => (optional(types::model(sdk, scope, id), null), false),
            Answered::Value(ty) => {
                (types::nested(sdk, scope, ty, Position::Read), types::is_text(sdk.ir, ty))
            }
        };
        let owner = self.owner.map(|owner| (owner.id, owner.resource));
        match Answer::of(sdk.ir, owner, self.operation) {
            Answer::Nothing => ("()".to_owned(), "Nothing"),
            Answer::One(answered) => {
                let (ty, text) = one(answered);
                (ty, if text { "Text" } else { "Json" })
            }
            Answer::Items { item, optional: null } => {
                let (ty, text) = one(item);
                let list = format!("{}<{ty}>", scope.prelude("Vec"));
                (optional(list, null), if text { "TextItems" } else { "ItemsForm" })
            }
        }
    }

    /// What the operation is beside an operation.
    fn write_traits(&self, w: &mut Writer) {
        let asks = Asks::of(self.resource(), self.operation);
        let list = if let OperationKind::List(list) = &self.operation.kind { Some(list) } else { None };
        let soft = self.resource().is_some_and(Resource::soft_delete);
        let traits = [
            ("Keyed", asks.idempotent),
            ("Conditional", asks.if_match && !asks.must_match),
            ("ShowsDeleted", asks.show_deleted || list.is_some() && soft),
            ("Forceable", asks.force),
            ("Searched", list.is_some_and(|list| !list.search.is_empty())),
        ];
        for (name, _) in traits.into_iter().filter(|(_, is)| *is) {
            let (name, marker) = (self.scope.item("crate::api", name), &self.marker);
            w.blank();
            match self.chooses {
                true => {
                    let owned = self.scope.item("serde::de", "DeserializeOwned");
                    w.line(format!("impl<A: {owned}> {name} for {marker}<A> {{}}"))
                }
                false => w.line(format!("impl {name} for {marker} {{}}")),
            };
        }
    }

    fn write_setters(&self, w: &mut Writer) {
        let (sdk, scope) = (self.sdk, self.scope);
        let mut methods = Writer::new("    ");
        methods.indented(|w| {
            if let (Some(owner), false) = (self.owner, self.operation.expand.is_empty()) {
                let names = sdk.names.resource(owner.id);
                w.blank().line("/// The references to embed.");
                let parameters = self.some_of(&names.expand.ty, "expand");
                layout::function(w, "pub fn expand", &parameters, "Self", |w| {
                    self.send_names(w, "expand");
                    w.line("self");
                });
            }
            if let (OperationKind::List(list), Some(owner)) = (&self.operation.kind, self.owner) {
                let sort = &sdk.names.resource(owner.id).sort.ty;
                inputs::list_setters(w, sdk, scope, owner.resource, list, sort);
            }
            inputs::setters(w, sdk, scope, &self.signature.optional, self.signature.position);
        });
        let text = methods.finish();
        if text.is_empty() {
            return;
        }
        let call = scope.item("crate::api", "Call");
        let head = match self.chooses {
            true => format!("impl<A> {call}<{}<A>> {{", self.marker),
            false => format!("impl {call}<{}> {{", self.marker),
        };
        w.blank().line(head).line(text.trim_end()).line("}");
    }

    /// The method that asks for some of the fields.
    fn write_fields(&self, w: &mut Writer) {
        let (true, Some(owner)) = (self.chooses, self.owner) else { return };
        let names = self.sdk.names.resource(owner.id);
        let (call, marker) = (self.scope.item("crate::api", "Call"), &self.marker);
        let part = self.scope.item(TYPES, &names.part);
        w.blank().block(format!("impl {call}<{marker}> {{"), "}", |w| {
            let one = spaced(&owner.resource.snake);
            w.line(format!("/// Answers these fields alone of each {one}."));
            let parameters = self.some_of(&names.field.ty, "fields");
            layout::function(w, "pub fn fields", &parameters, &format!("{call}<{marker}<{part}>>"), |w| {
                self.send_names(w, "fields");
                w.line(format!("{call}::of(self.draft)"));
            });
        });
    }

    fn some_of(&self, ty: &str, name: &str) -> [String; 2] {
        let many = self.scope.prelude("IntoIterator");
        ["mut self".to_owned(), format!("{name}: impl {many}<Item = {ty}>")]
    }

    fn send_names(&self, w: &mut Writer, name: &str) {
        let list = format!("{name}.into_iter().collect::<{}<_>>()", self.scope.prelude("Vec"));
        layout::call(w, "self.draft.query", &[literal(name), list], ";");
    }
}
