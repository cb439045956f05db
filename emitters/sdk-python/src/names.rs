//! What everything is called in the package. Exported names share one space; what cannot is an error.

use std::collections::BTreeSet;

use atlas9_diagnostics::{Diagnostic, Span};
use atlas9_emitters_core::calls::python::{attribute, method, property, type_name, type_of};
use atlas9_emitters_core::names::{pascal, shouty, snake};
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::requests::{Items, items, request_fields};
use atlas9_emitters_core::sdk::{Positions, Space, embedded, variants_of};
use atlas9_ir::{
    ErrorDecl, ErrorId, ErrorKind, Field, Ir, Operation, OperationKind, Resource, ResourceId, TypeDeclKind,
    TypeId, Variant,
};

use crate::SDK;

/// The members of every client.
const CLIENT_MEMBERS: [&str; 2] = ["close", "with_response"];

/// The names of a package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    types: Vec<String>,
    errors: Vec<String>,
    resources: Vec<ResourceNames>,
    /// The class of the client, `Bookstore`.
    pub(crate) service: String,
    /// All names that users import from the package.
    pub(crate) exported: BTreeSet<String>,
}

/// The names that one resource gives rise to.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResourceNames {
    /// What is read, `Book`.
    pub(crate) model: String,
    /// The class of its operations, `Books`; that for asyncio is `AsyncBooks`.
    pub(crate) class: String,
    /// Its attribute of the client, `books`.
    pub(crate) property: String,
    /// Its module, `books`.
    pub(crate) module: String,
    /// The names that a list sorts by, `BookSort`.
    pub(crate) sort: String,
    /// The names of what `expand` embeds, `BookExpand`.
    pub(crate) expand: String,
    /// The names of the fields that a request can choose, `BookField`.
    pub(crate) field: String,
}

impl Names {
    /// Names everything; the findings say which names two things share.
    pub(crate) fn plan(ir: &Ir, positions: &Positions) -> (Names, Vec<Diagnostic>) {
        let mut names = Names {
            types: ir.types.values().map(type_of).collect(),
            errors: ir.errors.values().map(error_name).collect(),
            resources: ir.resources.values().map(ResourceNames::new).collect(),
            service: type_name(&ir.service.name),
            exported: BTreeSet::new(),
        };
        let mut space = Space::new(SDK, []);
        let claimed = names.claims(ir, positions);
        claimed.iter().for_each(|(name, span)| space.claim(name, *span));
        for (resource, own) in ir.resources.values().zip(&mut names.resources) {
            own.settle(resource, &mut space);
        }
        let settled =
            ir.resources.values().zip(&names.resources).flat_map(|(resource, own)| own.choices(resource));
        names.exported =
            claimed.into_iter().map(|(name, _)| name).chain(settled.map(str::to_owned)).collect();
        let mut findings = names.members(ir);
        findings.extend(space.findings());
        (names, findings)
    }

    /// The name of a declared type.
    pub(crate) fn of_type(&self, id: TypeId) -> &str {
        self.types.get(id.index()).map_or("", String::as_str)
    }

    /// The name of a structure where a request gives it whole.
    pub(crate) fn input(&self, id: TypeId) -> String {
        format!("{}Input", self.of_type(id))
    }

    /// The name of a structure where an update changes it in part.
    pub(crate) fn patch(&self, id: TypeId) -> String {
        format!("{}Patch", self.of_type(id))
    }

    /// The class of a union's variant, `PaymentCard`.
    pub(crate) fn variant(&self, id: TypeId, variant: &Variant) -> String {
        format!("{}{}", self.of_type(id), pascal(&type_of(variant)))
    }

    /// The function that reads a union, `read_payment`.
    pub(crate) fn union_reader(&self, id: TypeId) -> String {
        format!("read_{}", snake(self.of_type(id)))
    }

    /// The constant with a union's variants.
    pub(crate) fn union_table(&self, id: TypeId) -> String {
        format!("_{}_VARIANTS", shouty(self.of_type(id)))
    }

    /// The class of an error.
    pub(crate) fn of_error(&self, id: ErrorId) -> &str {
        self.errors.get(id.index()).map_or("", String::as_str)
    }

    /// The names of a resource.
    pub(crate) fn resource(&self, id: ResourceId) -> &ResourceNames {
        // There is one for each resource of the model that the plan was made from.
        &self.resources[id.index()]
    }

    fn claims(&self, ir: &Ir, positions: &Positions) -> Vec<(String, Span)> {
        let service = [self.service.clone(), format!("Async{}", self.service)];
        let mut found: Vec<(String, Span)> = service.map(|name| (name, ir.service.span)).into();
        for (id, decl) in ir.types.iter() {
            let mut forms = vec![""];
            forms.extend(positions.inputs.contains(&id).then_some("Input"));
            forms.extend(positions.patches.contains(&id).then_some("Patch"));
            for form in forms {
                found.push((format!("{}{form}", self.of_type(id)), decl.span));
                let variants = variants_of(ir, id).iter();
                found.extend(
                    variants.map(|variant| (format!("{}{form}", self.variant(id, variant)), variant.span)),
                );
            }
        }
        let declared = ir.errors.iter().filter(|(_, error)| !is_standard(error));
        found.extend(declared.map(|(id, error)| (self.of_error(id).to_owned(), error.span)));
        for (id, resource) in ir.resources.iter() {
            let own = self.resource(id);
            found.push((own.model.clone(), resource.span));
            found.extend(
                resource
                    .operations
                    .iter()
                    .filter_map(|operation| Some((own.item(resource, operation)?, operation.span))),
            );
        }
        found
    }

    /// The clashes between members of one class.
    fn members(&self, ir: &Ir) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut apart = |reserved: &[&'static str], names: Vec<(String, Span)>| {
            let mut space = Space::new(SDK, reserved.iter().copied());
            names.iter().for_each(|(name, span)| space.claim(name, *span));
            findings.extend(space.findings());
        };
        let fields = |fields: &[Field]| fields.iter().map(|field| (attribute(field), field.span)).collect();
        for decl in ir.types.values() {
            if let TypeDeclKind::Structure { fields: declared, .. } = &decl.kind {
                apart(&[], fields(declared));
            }
        }
        ir.resources.values().for_each(|resource| apart(&[], fields(&resource.fields)));
        ir.errors.values().for_each(|error| apart(&[], fields(&error.fields)));
        let methods = |operations: &[Operation]| {
            operations.iter().map(|operation| (method(operation), operation.span)).collect::<Vec<_>>()
        };
        ir.resources.values().for_each(|resource| apart(&[], methods(&resource.operations)));
        let mut client: Vec<(String, Span)> =
            ir.resources.values().map(|resource| (property(resource), resource.span)).collect();
        client.extend(methods(&ir.service.operations));
        apart(&CLIENT_MEMBERS, client);
        for (_, operation) in ir.operations() {
            if let OperationKind::Action(action) = &operation.kind {
                let params = action.params.iter().map(|param| &param.field);
                apart(&[], params.map(|field| (attribute(field), field.span)).collect());
            }
        }
        findings
    }
}

impl ResourceNames {
    fn new(resource: &Resource) -> ResourceNames {
        ResourceNames {
            model: type_of(resource),
            property: property(resource),
            module: property(resource),
            ..ResourceNames::default()
        }
    }

    /// The class of one item of a batch, `CreateBook`; nothing for what is no batch.
    pub(crate) fn item(&self, resource: &Resource, operation: &Operation) -> Option<String> {
        let of = match items(Some(resource), operation)? {
            Items::Bodies(_, create) if request_fields(Some(resource), create).is_empty() => return None,
            Items::Bodies(_, create) => create,
            Items::Keys(_) => operation,
        };
        Some(format!("{}{}", pascal(&method(of)), self.model))
    }

    /// The names of what requests choose from.
    fn choices(&self, resource: &Resource) -> impl Iterator<Item = &str> {
        let all = [
            (sorts(resource), &self.sort),
            (embeds(resource), &self.expand),
            (chooses(resource), &self.field),
        ];
        all.into_iter().filter(|(there, _)| *there).map(|(_, name)| name.as_str())
    }

    /// Names for which another one would do, where the schema has taken the best.
    fn settle(&mut self, resource: &Resource, space: &mut Space) {
        let (model, plural) = (&self.model, type_name(&resource.plural));
        let mut settle = |names: [String; 2]| space.settle(names, resource.span);
        self.class = settle([plural.clone(), format!("{plural}Resource")]);
        settle([format!("Async{}", self.class), format!("Async{}", self.class)]);
        let ty = |end: &str| [format!("{model}{end}"), format!("{model}{end}Name")];
        (self.sort, self.expand, self.field) =
            (settle(ty("Sort")), settle(ty("Expand")), settle(ty("Field")));
    }
}

/// True where requests of a resource can choose fields of it.
pub(crate) fn chooses(resource: &Resource) -> bool {
    resource.operations.iter().any(|operation| operation.fields)
}

/// True where requests of a resource can embed references.
pub(crate) fn embeds(resource: &Resource) -> bool {
    embedded(resource).next().is_some()
}

/// True where a list of the resource can be sorted.
pub(crate) fn sorts(resource: &Resource) -> bool {
    let mut kinds = resource.operations.iter().map(|operation| &operation.kind);
    kinds.any(|kind| matches!(kind, OperationKind::List(list) if !list.sort.is_empty()))
}

/// The class of the runtime for a kind of error, `NotFoundError`.
pub(crate) fn kind_class(kind: ErrorKind) -> String {
    match kind {
        // Python has an error of this name already.
        ErrorKind::Timeout => "ServiceTimeoutError".to_owned(),
        kind => format!("{}Error", pascal(kind.word())),
    }
}

fn error_name(error: &ErrorDecl) -> String {
    if is_standard(error) { kind_class(error.kind) } else { type_of(error) }
}
