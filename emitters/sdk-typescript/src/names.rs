//! What everything is called in the package. All exported names share one space; what cannot is an error.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::calls::typescript;
use atlas9_emitters_core::names::{Target, called, camel, identifier, kebab, pascal};
// An error of the standard library has the class of its kind in the runtime.
pub(crate) use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::requests::{Items, items, param_fields, request_fields};
use atlas9_emitters_core::sdk::{Positions, Space, embedded};
use atlas9_ir::{
    Action, ActionTarget, ErrorDecl, ErrorId, Ir, Named, Operation, OperationKind, Resource, ResourceId,
    TypeId,
};

use crate::SDK;
use crate::emit::CORE_EXPORTS;
use crate::shapes::Shapes;

/// The modules of every package, and `core`, which is a folder.
const MODULES: [&str; 7] = ["client", "core", "errors", "index", "operations", "shapes", "types"];

/// The names of a package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    types: Vec<String>,
    errors: Vec<String>,
    resources: Vec<ResourceNames>,
    /// Of the operations that fit no resource.
    pub(crate) operations: ResourceNames,
    /// The class of the whole service, `Bookstore`.
    pub(crate) service: String,
    /// The class of the client without resources, `BookstoreClient`.
    pub(crate) client: String,
}

/// The names that one resource gives rise to.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResourceNames {
    /// What is read, `Book`.
    pub(crate) model: String,
    /// The class of its operations, `Books`.
    pub(crate) class: String,
    /// Its property of the client, `books`.
    pub(crate) property: String,
    /// Its module and subpath, `books`.
    pub(crate) module: String,
    /// The names that a list sorts by, `BookSort`.
    pub(crate) sort: String,
    /// The names of what `expand` embeds, `BookExpand`.
    pub(crate) expand: String,
    /// The names of the fields that a request can choose, `BookField`.
    pub(crate) field: String,
    plural: String,
    /// What the names of inputs end with.
    input: String,
}

impl ResourceNames {
    fn new(resource: &Resource) -> ResourceNames {
        let model = type_name(resource);
        let plural = pascal(&resource.plural);
        let module = kebab(&resource.plural);
        ResourceNames {
            class: if plural == model { format!("{plural}Resource") } else { typescript::type_name(&plural) },
            property: typescript::property(resource),
            module: if MODULES.contains(&module.as_str()) { format!("{module}-resource") } else { module },
            sort: format!("{model}Sort"),
            expand: format!("{model}Expand"),
            field: format!("{model}Field"),
            input: model.clone(),
            model,
            plural,
        }
    }

    /// Of the operations of the service, which have a module but no class.
    fn of_service() -> ResourceNames {
        ResourceNames {
            module: "operations".to_owned(),
            input: "Request".to_owned(),
            ..ResourceNames::default()
        }
    }

    /// The method of an operation, `publish`.
    pub(crate) fn method(&self, operation: &Operation) -> String {
        typescript::method(operation)
    }

    /// The function of an operation, `publishBook`; that of a list, and of what is done with all of them, has the plural.
    pub(crate) fn function(&self, operation: &Operation) -> String {
        match &operation.kind {
            OperationKind::List(_) => format!("list{}", self.plural),
            OperationKind::Action(Action {
                target: ActionTarget::Collection | ActionTarget::Query, ..
            })
            | OperationKind::BatchCreate(_)
            | OperationKind::BatchDelete(_) => {
                typescript::identifier_start(format!("{}{}", camel(&word(operation)), self.plural))
            }
            OperationKind::Action(Action { target: ActionTarget::Service, .. }) => {
                identifier(Target::TypeScript, &camel(&word(operation)))
            }
            _ => typescript::identifier_start(format!("{}{}", camel(&word(operation)), self.model)),
        }
    }

    /// The type of an operation's body or parameters, `CreateBook`.
    pub(crate) fn input(&self, operation: &Operation) -> String {
        match operation.kind {
            OperationKind::List(_) => format!("List{}", self.plural),
            _ => typescript::type_name(&format!("{}{}", pascal(&word(operation)), self.input)),
        }
    }

    /// The type of what travels in the query and in headers, where there is a body beside it.
    pub(crate) fn params(&self, operation: &Operation, body: bool) -> String {
        if body { format!("{}Params", self.input(operation)) } else { self.input(operation) }
    }
}

impl Names {
    /// Names everything; the findings say which names two things share.
    pub(crate) fn plan<'a>(
        ir: &'a Ir,
        positions: &Positions,
        shapes: &Shapes<'a>,
    ) -> (Names, Vec<Diagnostic>) {
        let service = typescript::type_name(&ir.service.name);
        let names = Names {
            types: ir.types.values().map(type_name).collect(),
            errors: ir.errors.values().map(error_name).collect(),
            resources: ir.resources.values().map(ResourceNames::new).collect(),
            operations: ResourceNames::of_service(),
            client: format!("{service}Client"),
            service,
        };
        // A type of the schema would be hidden by it, where a request chooses fields.
        let chooses = ir.operations().any(|(_, operation)| operation.fields);
        let reserved = CORE_EXPORTS.iter().chain(&PLATFORM).copied().chain(chooses.then_some(CHOSEN));
        let mut space = Space::new(SDK, reserved);
        names.claim_exports(ir, positions, shapes, &mut space);
        let mut properties = Space::new(SDK, CLIENT_MEMBERS);
        for (id, resource) in ir.resources.iter() {
            let own = names.resource(id);
            properties.claim(&own.property, resource.span);
            names.claim_resource(shapes, resource, own, &mut space);
        }
        for operation in &ir.service.operations {
            properties.claim(&names.operations.method(operation), operation.span);
        }
        let mut findings = names.operations.claim(None, &ir.service.operations, &mut space);
        findings.extend(space.findings().into_iter().chain(properties.findings()));
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

    /// The name of a type's shape.
    pub(crate) fn shape(&self, id: TypeId) -> String {
        shape_name(self.of_type(id))
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

    fn claim_exports(&self, ir: &Ir, positions: &Positions, shapes: &Shapes<'_>, space: &mut Space) {
        space.claim(&self.service, ir.service.span);
        space.claim(&self.client, ir.service.span);
        for (id, decl) in ir.types.iter() {
            space.claim(self.of_type(id), decl.span);
            if shapes.needed(id) {
                space.claim(&self.shape(id), decl.span);
            }
            if positions.inputs.contains(&id) {
                space.claim(&self.input(id), decl.span);
            }
            if positions.patches.contains(&id) {
                space.claim(&self.patch(id), decl.span);
            }
        }
        for (id, error) in ir.errors.iter().filter(|(_, error)| !is_standard(error)) {
            space.claim(self.of_error(id), error.span);
            if !error.fields.is_empty() {
                space.claim(&payload_name(self.of_error(id)), error.span);
            }
        }
    }

    fn claim_resource<'a>(
        &self,
        shapes: &Shapes<'a>,
        resource: &'a Resource,
        own: &ResourceNames,
        space: &mut Space,
    ) {
        space.claim(&own.model, resource.span);
        space.claim(&own.class, resource.span);
        if shapes.needed_by(resource) {
            space.claim(&shape_name(&own.model), resource.span);
        }
        if embedded(resource).next().is_some() {
            space.claim(&own.expand, resource.span);
        }
        if resource.operations.iter().any(|operation| operation.fields) {
            space.claim(&own.field, resource.span);
        }
        own.claim(Some(resource), &resource.operations, space);
    }
}

impl ResourceNames {
    fn claim(
        &self,
        resource: Option<&Resource>,
        operations: &[Operation],
        space: &mut Space,
    ) -> Vec<Diagnostic> {
        let mut members = Space::new(SDK, []);
        let mut functions = Space::new(SDK, []);
        for operation in operations {
            members.claim(&self.method(operation), operation.span);
            functions.claim(&self.function(operation), operation.span);
            self.inputs(resource, operation).iter().for_each(|name| space.claim(name, operation.span));
        }
        members.findings().into_iter().chain(functions.findings()).collect()
    }

    /// The types that an operation declares beside its function.
    pub(crate) fn inputs(&self, resource: Option<&Resource>, operation: &Operation) -> Vec<String> {
        let mut found = Vec::new();
        if let OperationKind::List(list) = &operation.kind {
            found.extend((!list.sort.is_empty()).then(|| self.sort.clone()));
            found.push(self.input(operation));
            return found;
        }
        let keys = matches!(items(resource, operation), Some(Items::Keys(_)));
        found.extend(keys.then(|| self.input(operation)));
        let body = !request_fields(resource, operation).is_empty();
        found.extend(body.then(|| self.input(operation)));
        found.extend(param_fields(operation).next().map(|_| self.params(operation, body)));
        found
    }
}

/// The name of a type, unless the schema's author calls it otherwise.
fn type_name(declaration: &impl Named) -> String {
    called(Target::TypeScript, declaration, typescript::type_name)
}

/// The name of an operation, unless the schema's author calls it otherwise.
fn word(operation: &Operation) -> String {
    called(Target::TypeScript, operation, str::to_owned)
}

/// The class of the runtime for a kind of error, `NotFoundError`.
pub(crate) fn kind_class(kind: atlas9_ir::ErrorKind) -> String {
    format!("{}Error", pascal(kind.word()))
}

/// The type of what an error carries.
pub(crate) fn payload_name(error: &str) -> String {
    format!("{error}Payload")
}

/// The constant that holds a shape.
pub(crate) fn shape_name(name: &str) -> String {
    format!("{}Shape", typescript::identifier_start(camel(name)))
}

fn error_name(error: &ErrorDecl) -> String {
    if is_standard(error) { kind_class(error.kind) } else { type_name(error) }
}

/// Names of the platform that the package itself refers to, or that no class may have.
const PLATFORM: [&str; 2] = ["Uint8Array", "Object"];

/// The type parameter of what takes the names of fields.
pub(crate) const CHOSEN: &str = "Names";

/// The members of every client.
const CLIENT_MEMBERS: [&str; 3] = ["request", "paginate", "paginateNumbered"];
