//! What everything is called in the crate. Each module is a space of its own.

use atlas9_diagnostics::{Diagnostic, Span};
use atlas9_ir::{Action, ActionTarget, ErrorId, Ir, Operation, OperationKind, Resource, ResourceId, TypeId};

use crate::names::{Target, called, identifier, pascal};
use crate::problems::is_standard;
use crate::rust::{member, module, ty};
use crate::sdk::{Members, Positions, Space, embedded, wire};

/// What messages call the crate.
pub const SDK: &str = "the Rust SDK";

/// What stands in the crate itself beside its modules; types of the schema with such names are found in `types`.
pub const LIFTED: [&str; 12] = [
    "Answered",
    "Call",
    "Client",
    "ClientBuilder",
    "ConfigError",
    "Declared",
    "Error",
    "Hooks",
    "Kind",
    "Patch",
    "Problem",
    "Removal",
];

/// What the client itself has.
const CLIENT: [&str; 3] = ["builder", "from_env", "request"];

/// The names of a crate.
#[derive(Clone, Debug, Default)]
pub struct Names {
    types: Vec<String>,
    errors: Vec<String>,
    resources: Vec<ResourceNames>,
}

/// The names that one resource gives rise to.
#[derive(Clone, Debug, Default)]
pub struct ResourceNames {
    /// What is read, `Book`.
    pub model: String,
    /// Some of its fields, `BookPart`.
    pub part: String,
    /// One in a request by itself, `BookInput`.
    pub input: String,
    /// What can be done with it, `Books`.
    pub service: String,
    /// Its module and the client's method, `books`.
    pub module: String,
    /// What a list sorts by: `BookSort`.
    pub sort: Texts,
    /// What `expand` embeds: `BookExpand`.
    pub expand: Texts,
    /// The fields that a request can choose: `BookField`.
    pub field: Texts,
    one: String,
    many: String,
}

/// An enum of texts.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The enum.
    pub ty: String,
    /// Variants, each with its text on the wire.
    pub all: Vec<(String, String)>,
}

impl Names {
    /// Names everything; the findings say which names two things share.
    pub fn plan(ir: &Ir, positions: &Positions) -> (Names, Vec<Diagnostic>) {
        let mut names = Names {
            types: ir.types.values().map(ty).collect(),
            errors: ir.errors.values().map(ty).collect(),
            resources: resources(ir),
        };
        let mut findings = names.declared(ir, positions);
        for ((_, resource), own) in ir.resources.iter().zip(&mut names.resources) {
            findings.extend(own.settle(ir, resource));
        }
        findings.extend(names.client(ir));
        findings.extend(Members { field: member, variant: ty, value: ty }.clashes(ir, SDK));
        (names, findings)
    }

    /// The name of a declared type.
    pub fn of_type(&self, id: TypeId) -> &str {
        self.types.get(id.index()).map_or("", String::as_str)
    }

    /// The name of a structure where a request gives it whole.
    pub fn input(&self, id: TypeId) -> String {
        format!("{}Input", self.of_type(id))
    }

    /// The name of a structure where an update changes it in part.
    pub fn patch(&self, id: TypeId) -> String {
        format!("{}Patch", self.of_type(id))
    }

    /// The structure of what an error carries.
    pub fn of_error(&self, id: ErrorId) -> &str {
        self.errors.get(id.index()).map_or("", String::as_str)
    }

    /// The names of a resource.
    pub fn resource(&self, id: ResourceId) -> &ResourceNames {
        // There is one for each resource of the model that the plan was made from.
        &self.resources[id.index()]
    }

    /// The names that `types.rs` and `errors.rs` define; the clashes between them.
    fn declared(&mut self, ir: &Ir, positions: &Positions) -> Vec<Diagnostic> {
        let mut space = Space::new(SDK, []);
        for (id, decl) in ir.types.iter() {
            space.claim(self.of_type(id), decl.span);
            if positions.inputs.contains(&id) {
                space.claim(&self.input(id), decl.span);
            }
            if positions.patches.contains(&id) {
                space.claim(&self.patch(id), decl.span);
            }
        }
        for (resource, own) in ir.resources.values().zip(&self.resources) {
            space.claim(&own.model, resource.span);
        }
        for (resource, own) in ir.resources.values().zip(&mut self.resources) {
            let model = &own.model;
            own.part = space.settle([format!("{model}Part"), format!("Some{model}")], resource.span);
            own.input = space.settle([format!("{model}Input"), format!("New{model}")], resource.span);
        }
        let mut errors = Space::new(SDK, []);
        for (id, error) in ir.errors.iter().filter(|(_, error)| !is_standard(error)) {
            errors.claim(self.of_error(id), error.span);
        }
        space.findings().into_iter().chain(errors.findings()).collect()
    }

    /// The clashes between the client's methods.
    fn client(&self, ir: &Ir) -> Vec<Diagnostic> {
        let mut client = Space::new(SDK, CLIENT);
        let mut operations = Space::new(SDK, []);
        for (resource, own) in ir.resources.values().zip(&self.resources) {
            client.claim(&own.module, resource.span);
        }
        for operation in &ir.service.operations {
            client.claim(&member(operation), operation.span);
            operations.claim(&marker(None, operation), operation.span);
            if has_errors(ir, operation) {
                operations.claim(&error_of(&marker(None, operation)), operation.span);
            }
        }
        client.findings().into_iter().chain(operations.findings()).collect()
    }
}

impl ResourceNames {
    /// The type of an operation, `CreateBook`.
    pub fn marker(&self, operation: &Operation) -> String {
        marker(Some(self), operation)
    }

    /// Names within the resource's module; the clashes between its operations, and between their methods.
    fn settle(&mut self, ir: &Ir, resource: &Resource) -> Vec<Diagnostic> {
        let mut space = Space::new(SDK, []);
        let mut methods = Space::new(SDK, []);
        for operation in &resource.operations {
            space.claim(&self.marker(operation), operation.span);
            if has_errors(ir, operation) {
                space.claim(&error_of(&self.marker(operation)), operation.span);
            }
            methods.claim(&member(operation), operation.span);
        }
        let many = &self.many;
        self.service = space.settle([many.clone(), format!("{many}Service")], resource.span);
        for (texts, end) in
            [(&mut self.sort, "Sort"), (&mut self.expand, "Expand"), (&mut self.field, "Field")]
        {
            let named = [format!("{}{end}", self.one), format!("{}{end}Name", self.one)];
            texts.ty = space.settle(named, resource.span);
        }
        self.sort.all = variants(orders(ir, resource), resource.span);
        let same = |wire: &str| (wire.to_owned(), wire.to_owned());
        let embedded: Vec<(String, String)> = embedded(resource).map(|(wire, _)| same(wire)).collect();
        self.expand.all = variants(embedded, resource.span);
        let chooses = resource.operations.iter().any(|operation| operation.fields);
        let readable = resource.fields.iter().filter(|field| chooses && field.readable());
        let fields = readable.map(|field| (member(field), field.wire.clone()));
        self.field.all = variants(fields.collect(), resource.span);
        space.findings().into_iter().chain(methods.findings()).collect()
    }
}

/// Names, with the orders behind them.
fn orders(ir: &Ir, resource: &Resource) -> Vec<(String, String)> {
    let mut orders = Vec::new();
    for operation in &resource.operations {
        let OperationKind::List(list) = &operation.kind else { continue };
        for wire in list.sort.iter().map(|path| wire(ir, resource, path).join(".")) {
            let name = wire.replace('.', "_");
            orders.push((name.clone(), wire.clone()));
            orders.push((format!("{name}_desc"), format!("-{wire}")));
        }
    }
    orders
}

/// Variants for texts, whatever their names become.
fn variants(named: Vec<(String, String)>, span: Span) -> Vec<(String, String)> {
    let mut space = Space::new(SDK, ["Self"]);
    let variant = |(name, text): (String, String)| {
        let name = pascal(&name);
        let name =
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("_{name}") };
        (space.settle([name], span), text)
    };
    named.into_iter().map(variant).collect()
}

/// The type of an operation: `CreateBook`, `BatchCreateBooks`, `Login`.
fn marker(resource: Option<&ResourceNames>, operation: &Operation) -> String {
    let name = pascal(&called(Target::Rust, operation, str::to_owned));
    match (resource, &operation.kind) {
        (None, _) if name.starts_with(|c: char| c.is_ascii_digit()) || name == "Self" => {
            format!("Call{name}")
        }
        (None, _) => name,
        (
            Some(own),
            OperationKind::List(_) | OperationKind::BatchCreate(_) | OperationKind::BatchDelete(_),
        ) => format!("{name}{}", own.many),
        (Some(own), OperationKind::Action(action)) if of_many(action) => format!("{name}{}", own.many),
        (Some(own), _) => format!("{name}{}", own.one),
    }
}

/// The type of an operation that fits no resource.
pub fn service_marker(operation: &Operation) -> String {
    marker(None, operation)
}

/// The enum of an operation's own errors, `PublishBookError`.
pub fn error_of(marker: &str) -> String {
    format!("{marker}Error")
}

/// The structure of a body that is given whole, `CreateBookBody`.
pub fn body_of(marker: &str) -> String {
    format!("{marker}Body")
}

/// True for an operation that declares errors of its own.
fn has_errors(ir: &Ir, operation: &Operation) -> bool {
    operation.errors.iter().any(|id| !is_standard(&ir.errors[*id]))
}

/// True for what is done with all of a resource.
fn of_many(action: &Action) -> bool {
    matches!(action.target, ActionTarget::Collection | ActionTarget::Query)
}

/// The resources' names.
fn resources(ir: &Ir) -> Vec<ResourceNames> {
    let named = |resource: &Resource| {
        let model = ty(resource);
        let one = model.trim_end_matches('_').to_owned();
        let many = ty_of(&resource.plural);
        ResourceNames { model, module: module(resource), one, many, ..ResourceNames::default() }
    };
    ir.resources.values().map(named).collect()
}

/// A name in the casing of types that can stand by itself.
fn ty_of(name: &str) -> String {
    identifier(Target::Rust, &pascal(name))
}
