//! What README of an SDK shows: the resource that offers most, and those of its operations that examples are made of.

use atlas9_ir::{ErrorDecl, ErrorId, Field, Ir, Operation, OperationKind, Resource, ResourceId};

use serde_json::{Map, Value as Json};

use super::{is_optional, is_required};
use crate::calls::{Call, Language};
use crate::problems::is_standard;
use crate::requests::{Request, example, request_fields};
use crate::text::printable;

/// The resource that examples are about.
#[derive(Clone, Copy, Debug)]
pub struct Showpiece<'a> {
    /// The model.
    pub ir: &'a Ir,
    /// The resource's id.
    pub id: ResourceId,
    /// The resource.
    pub resource: &'a Resource,
}

impl<'a> Showpiece<'a> {
    /// The top-level resource that offers most; of several that offer the same, the first one.
    pub fn of(ir: &'a Ir) -> Option<Showpiece<'a>> {
        let top =
            ir.resources.iter().filter(|(_, resource)| resource.parent.is_none() && !resource.singleton);
        let offering = top.filter(|(_, resource)| !resource.operations.is_empty());
        let (id, resource) =
            offering.min_by_key(|(_, resource)| std::cmp::Reverse(resource.operations.len()))?;
        Some(Showpiece { ir, id, resource })
    }

    /// The operation of that name.
    pub fn find(&self, name: &str) -> Option<&'a Operation> {
        self.resource.operations.iter().find(|operation| operation.name == name)
    }

    /// The list.
    pub fn list(&self) -> Option<&'a Operation> {
        let mut operations = self.resource.operations.iter();
        operations.find(|operation| matches!(operation.kind, OperationKind::List(_)))
    }

    /// The call of an operation with an example of what it is given.
    pub fn call(&self, language: Language, operation: &Operation) -> Option<String> {
        let (ir, owner) = (self.ir, Some(self.id));
        let request = self.request(operation)?;
        Some(language.writer(ir).call(&Call { ir, server: "", owner, operation, request: &request }))
    }

    /// An example of what an operation is given.
    pub fn request<'b>(&self, operation: &'b Operation) -> Option<Request<'b>>
    where
        'a: 'b,
    {
        example(self.ir, Some(self.id), operation)
    }

    /// What an update is given that clears one field.
    pub fn clearing(&self, update: &'a Operation, field: &Field) -> Option<Request<'a>> {
        let body = Json::Object(Map::from_iter([(field.wire.clone(), Json::Null)]));
        Some(Request { body: Some(body), ..self.request(update)? })
    }

    /// Two fields that the list can be asked for by name; none where it cannot.
    pub fn chosen(&self) -> Vec<&'a Field> {
        let chooses = self.list().is_some_and(|list| list.fields);
        let open =
            |field: &&Field| field.readable() && field.requires.is_empty() && field.deprecated.is_none();
        self.resource.fields.iter().filter(|_| chooses).filter(open).take(2).collect()
    }

    /// A field that the update can clear.
    pub fn clearable(&self) -> Option<&'a Field> {
        let fields = request_fields(Some(self.resource), self.find("update")?).into_iter();
        fields.filter(|field| field.deprecated.is_none()).find(|field| is_optional(self.ir, &field.ty))
    }

    /// The first operation with an error of its own, if it is given nothing but the key; and that error.
    pub fn failing(&self) -> Option<(&'a Operation, ErrorId, &'a ErrorDecl)> {
        let declared = |operation: &'a Operation| {
            let mut errors = operation.errors.iter().map(|id| (*id, &self.ir.errors[*id]));
            errors.find(|(_, error)| !is_standard(error)).map(|(id, error)| (operation, id, error))
        };
        let found = self.resource.operations.iter().find_map(declared);
        found.filter(|(operation, ..)| self.takes_key_alone(operation))
    }

    fn takes_key_alone(&self, operation: &Operation) -> bool {
        let mut fields = request_fields(Some(self.resource), operation).into_iter();
        operation.path.ends_with(&format!("/{}", operation.name))
            && !fields.any(|field| is_required(self.ir, field))
    }
}

/// What the schema says of the service, as a paragraph of Markdown.
pub fn introduction(ir: &Ir) -> String {
    prose(if ir.service.docs.trim().is_empty() { &ir.docs } else { &ir.service.docs })
}

/// The first paragraph of a Markdown text on one line, without HTML and links.
pub fn prose(docs: &str) -> String {
    let paragraph = docs.trim().split("\n\n").next().unwrap_or("");
    let line = printable(paragraph).split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('<', "&lt;").replace("](", "]\\(")
}
