//! What the module of a model is written from, above all what everything is called in its package. Exported names share one space; what cannot is an error, but for constants.

use atlas9_diagnostics::Diagnostic;
use atlas9_ir::{
    EnumValue, ErrorDecl, ErrorId, ErrorKind, Field, Ir, Operation, OperationKind, Resource, ResourceId,
    TypeDeclKind, TypeId,
};

use super::{SHOWN, apart, exported, member, package_name, type_name, type_of};
use crate::names::{Target, snake};
use crate::problems::is_standard;
use crate::requests::{Items, items, param_fields, request_fields};
use crate::sdk::{Members, Positions, Secrets, Space, embedded, wire};

/// What messages call the module.
pub const SDK: &str = "the Go SDK";

/// The files of every package.
const FILES: [&str; 8] = ["client", "doc", "errors", "example", "go", "models", "operations", "readme"];

/// The members of every client.
pub const CLIENT_MEMBERS: [&str; 1] = ["Do"];

/// What the module of a model is written from.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The model.
    pub ir: &'a Ir,
    /// The package's name in its clause, `bookstore`.
    pub package: String,
    /// What everything is called in it.
    pub names: Names,
    /// Which structures have further shapes in requests.
    pub positions: Positions,
    /// Which structures hold what is sensitive.
    pub secrets: Secrets,
    /// What stands in front of the package's names.
    before: String,
}

impl<'a> Plan<'a> {
    /// For code of the package itself; the findings say which names two things share.
    pub fn inside(ir: &'a Ir) -> (Plan<'a>, Vec<Diagnostic>) {
        let positions = Positions::of(ir);
        let (names, findings) = Names::plan(ir, &positions);
        let (package, secrets) = (package_name(&ir.package), Secrets::of(ir));
        (Plan { ir, package, names, positions, secrets, before: String::new() }, findings)
    }

    /// For code that uses the package: `bookstore.Book`.
    pub fn outside(ir: &'a Ir) -> Plan<'a> {
        let (plan, _) = Plan::inside(ir);
        Plan { before: format!("{}.", plan.package), ..plan }
    }

    /// A name of the package, as the code writes it.
    pub fn own(&self, name: &str) -> String {
        format!("{}{name}", self.before)
    }

    /// What the fields of a structure are called; those of `taken` mean something else there, as methods do that hide what is sensitive.
    pub fn fields(&self, fields: &[&Field], taken: &[&str]) -> Vec<String> {
        let hides = self.secrets.within(self.ir, fields.iter().copied());
        let methods = SHOWN.iter().filter(|_| hides);
        let taken: Vec<&str> = taken.iter().chain(methods).copied().collect();
        apart(fields.iter().map(|field| member(*field)), &taken)
    }
}

/// The names of a package.
#[derive(Clone, Debug, Default)]
pub struct Names {
    types: Vec<String>,
    /// Of the values of each enum.
    values: Vec<Vec<String>>,
    errors: Vec<String>,
    resources: Vec<ResourceNames>,
    /// Of the operations that fit no resource.
    pub operations: ResourceNames,
    /// The type of the client, `Client`.
    pub client: String,
}

/// The names that one resource gives rise to.
#[derive(Clone, Debug, Default)]
pub struct ResourceNames {
    /// What is read, `Book`.
    pub model: String,
    /// The type of its operations, `Books`.
    pub service: String,
    /// Its file without the ending, `books`.
    pub file: String,
    /// What a list sorts by, with a constant for each order: `BookSort`.
    pub sort: Constants,
    /// What `expand` embeds: `BookExpand`.
    pub expand: Constants,
    /// The fields that a request can choose: `BookField`.
    pub field: Constants,
    plural: String,
    /// What the names of inputs end with.
    input: String,
}

/// A type of texts and its constants.
#[derive(Clone, Debug, Default)]
pub struct Constants {
    /// The type.
    pub ty: String,
    /// Names, each with its text on the wire.
    pub all: Vec<(String, String)>,
}

impl Names {
    /// Names everything; the findings say which names two things share.
    fn plan(ir: &Ir, positions: &Positions) -> (Names, Vec<Diagnostic>) {
        let mut names = Names {
            types: ir.types.values().map(type_of).collect(),
            errors: ir.errors.values().map(error_name).collect(),
            resources: resources(ir),
            operations: ResourceNames { input: "Request".to_owned(), ..ResourceNames::default() },
            ..Names::default()
        };
        let mut space = Space::new(SDK, ["New"]);
        names.claim(ir, positions, &mut space);
        let client = ["Client".to_owned(), format!("{}Client", type_name(&ir.service.name))];
        names.client = space.settle(client, ir.service.span);
        names.values = ir.types.iter().map(|(id, _)| values(ir, id, names.of_type(id), &mut space)).collect();
        for ((_, resource), own) in ir.resources.iter().zip(&mut names.resources) {
            own.settle(ir, resource, &mut space);
        }
        let mut findings = names.methods(ir);
        findings.extend(Members { field: member, variant: member, value: member }.clashes(ir, SDK));
        findings.extend(space.findings());
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

    /// The constants of an enum's values, in its order.
    pub fn values(&self, id: TypeId) -> &[String] {
        self.values.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// The type of an error.
    pub fn of_error(&self, id: ErrorId) -> &str {
        self.errors.get(id.index()).map_or("", String::as_str)
    }

    /// The names of a resource.
    pub fn resource(&self, id: ResourceId) -> &ResourceNames {
        // There is one for each resource of the model that the plan was made from.
        &self.resources[id.index()]
    }

    fn claim(&self, ir: &Ir, positions: &Positions, space: &mut Space) {
        for (id, decl) in ir.types.iter() {
            space.claim(self.of_type(id), decl.span);
            if positions.inputs.contains(&id) {
                space.claim(&self.input(id), decl.span);
            }
            if positions.patches.contains(&id) {
                space.claim(&self.patch(id), decl.span);
            }
        }
        for (id, error) in ir.errors.iter().filter(|(_, error)| !is_standard(error)) {
            space.claim(self.of_error(id), error.span);
        }
        for (id, resource) in ir.resources.iter() {
            let own = self.resource(id);
            space.claim(&own.model, resource.span);
            own.claim(Some(resource), &resource.operations, space);
        }
        self.operations.claim(None, &ir.service.operations, space);
    }

    /// The clashes between methods of one type, and between the client's methods and its fields.
    fn methods(&self, ir: &Ir) -> Vec<Diagnostic> {
        let mut client = Space::new(SDK, CLIENT_MEMBERS);
        let mut findings = Vec::new();
        for resource in ir.resources.values() {
            client.claim(&exported(&resource.plural), resource.span);
            let mut methods = Space::new(SDK, []);
            for operation in &resource.operations {
                methods_of(operation).iter().for_each(|name| methods.claim(name, operation.span));
            }
            findings.extend(methods.findings());
        }
        for operation in &ir.service.operations {
            client.claim(&member(operation), operation.span);
        }
        findings.extend(client.findings());
        findings
    }
}

impl ResourceNames {
    fn new(resource: &Resource) -> ResourceNames {
        let model = type_of(resource);
        let plural = exported(&resource.plural);
        ResourceNames {
            // Without underscores: Go takes what stands behind one for a system or a test.
            file: resource.plural.replace('_', ""),
            input: model.clone(),
            model,
            plural,
            ..ResourceNames::default()
        }
    }

    /// The type of an operation's body or parameters, `CreateBook`.
    pub fn input(&self, operation: &Operation) -> String {
        match operation.kind {
            OperationKind::List(_) => format!("List{}", self.plural),
            _ => format!("{}{}", member(operation), self.input),
        }
    }

    /// The type of what travels in the query and in headers, where there is a body beside it.
    pub fn params(&self, operation: &Operation, body: bool) -> String {
        if body { format!("{}Params", self.input(operation)) } else { self.input(operation) }
    }

    fn claim(&self, resource: Option<&Resource>, operations: &[Operation], space: &mut Space) {
        for operation in operations {
            self.inputs(resource, operation).iter().for_each(|name| space.claim(name, operation.span));
        }
    }

    /// The types that an operation is given.
    fn inputs(&self, resource: Option<&Resource>, operation: &Operation) -> Vec<String> {
        let list = matches!(operation.kind, OperationKind::List(_));
        let keys = matches!(items(resource, operation), Some(Items::Keys(_)));
        let body = !request_fields(resource, operation).is_empty();
        let mut found = Vec::new();
        found.extend((list || keys || body).then(|| self.input(operation)));
        found.extend(param_fields(operation).next().map(|_| self.params(operation, body)));
        found
    }

    /// Names for which another one would do, where the schema has taken the best.
    fn settle(&mut self, ir: &Ir, resource: &Resource, space: &mut Space) {
        let model = &self.model;
        let mut settle = |names: [String; 2]| space.settle(names, resource.span);
        self.service = settle([self.plural.clone(), format!("{}Service", self.plural)]);
        let ty = |end: &str| [format!("{model}{end}"), format!("{model}{end}Name")];
        (self.sort.ty, self.expand.ty, self.field.ty) =
            (settle(ty("Sort")), settle(ty("Expand")), settle(ty("Field")));
        let mut orders = Vec::new();
        for operation in &resource.operations {
            let OperationKind::List(list) = &operation.kind else { continue };
            for wire in list.sort.iter().map(|path| wire(ir, resource, path).join(".")) {
                orders.push((wire.clone(), wire.clone()));
                orders.push((format!("{wire}_desc"), format!("-{wire}")));
            }
        }
        let same = |wire: &str| (wire.to_owned(), wire.to_owned());
        let expand = embedded(resource).map(|(wire, _)| same(wire)).collect();
        let chooses = resource.operations.iter().any(|operation| operation.fields);
        let readable = resource.fields.iter().filter(|field| chooses && field.readable());
        let fields = readable.map(|field| same(&field.wire)).collect();
        for (constants, texts) in
            [(&mut self.sort, orders), (&mut self.expand, expand), (&mut self.field, fields)]
        {
            let named = texts.into_iter().map(|(name, text)| {
                let name = name.replace('.', "_");
                let names =
                    [format!("{}{}", constants.ty, exported(&name)), format!("{}_{name}", constants.ty)];
                (space.settle(names, resource.span), text)
            });
            constants.all = named.collect();
        }
    }
}

/// The methods of an operation.
pub fn methods_of(operation: &Operation) -> Vec<String> {
    let name = member(operation);
    match operation.kind {
        OperationKind::List(_) => vec![format!("{name}Pages"), format!("{name}Page"), name],
        _ => vec![name],
    }
}

/// The type of the runtime for a kind of error, `ConflictError`.
pub fn kind_type(kind: ErrorKind) -> String {
    format!("{}Error", type_name(&exported(kind.word())))
}

fn error_name(error: &ErrorDecl) -> String {
    let name = type_of(error);
    match (is_standard(error), name.ends_with("Error")) {
        (true, _) => kind_type(error.kind),
        (false, true) => name,
        (false, false) if error.names.get(Target::Go).is_some() => name,
        (false, false) => format!("{name}Error"),
    }
}

/// The resources' names, each with a file of its own.
fn resources(ir: &Ir) -> Vec<ResourceNames> {
    let mut named: Vec<ResourceNames> = Vec::new();
    for resource in ir.resources.values() {
        let mut own = ResourceNames::new(resource);
        while FILES.contains(&own.file.as_str()) || named.iter().any(|other| other.file == own.file) {
            own.file.push_str("resource");
        }
        named.push(own);
    }
    named
}

/// The constants of an enum: `KindPaper`, and where two values would share one, `Kind_paper`.
fn values(ir: &Ir, id: TypeId, ty: &str, space: &mut Space) -> Vec<String> {
    let TypeDeclKind::Enum { values, .. } = &ir.types[id].kind else { return Vec::new() };
    let named = |value: &EnumValue| {
        let best = match value.names.get(Target::Go) {
            Some(_) => member(value),
            None => format!("{ty}{}", exported(&value.name)),
        };
        space.settle([best, format!("{ty}_{}", snake(&value.name))], value.span)
    };
    values.iter().map(named).collect()
}
