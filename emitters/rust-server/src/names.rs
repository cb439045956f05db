//! What everything is called in Rust, and where two things would be called the same.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_emitters_core::names::{Target, called, identifier, pascal, shouty};
// Every server knows the errors that the standard library declares.
pub(crate) use atlas9_emitters_core::problems::is_standard;
pub(crate) use atlas9_emitters_core::rust::{member, ty, unknown_variant, word};
use atlas9_ir::{
    Action, ActionTarget, EnumValue, ErrorDecl, ErrorId, Field, Ir, Operation, OperationKind, Resource,
    ResourceId, TypeDeclKind, TypeKind, Variant,
};

/// Modules of the generated code beside those of the resources, and methods of its builder; the module and the method of a
/// resource or an operation of that name get an underscore.
const OWN_MODULES: [&str; 16] = [
    "anonymous",
    "api",
    "app",
    "as_caller",
    "authenticator",
    "default",
    "errors",
    "operations",
    "options",
    "serve",
    "service",
    "start",
    "state",
    "testing",
    "types",
    "with_header",
];

/// Methods of a resource's builder beside those of its actions.
const OWN_METHODS: [&str; 9] = [
    "after_commit",
    "before_commit",
    "on_create",
    "on_delete",
    "on_get",
    "on_list",
    "on_replace",
    "on_undelete",
    "on_update",
];

/// The `static` that describes a type, a resource or an error: `BOOK_STATUS`.
pub(crate) fn descriptor(name: &str) -> String {
    identifier(Target::Rust, &shouty(&pascal(name)))
}

/// The value of an enum: `Published`.
pub(crate) fn variant(value: &EnumValue) -> String {
    ty(value)
}

/// The variant of a union: `Card`.
pub(crate) fn union_variant(variant: &Variant) -> String {
    ty(variant)
}

/// The module and the builder method of a resource: `books`.
pub(crate) fn module(resource: &Resource) -> String {
    free(word(&resource.plural))
}

/// The method of the service's builder that takes the code of one of its operations: `login`.
pub(crate) fn service_method(operation: &Operation) -> String {
    free(member(operation))
}

fn free(name: String) -> String {
    if OWN_MODULES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The type of a resource's key: `BookId`.
pub(crate) fn id(resource: &Resource) -> String {
    format!("{}Id", ty(resource))
}

/// The builder of a resource: `BooksApi`.
pub(crate) fn builder(resource: &Resource) -> String {
    format!("{}Api", pascal(&resource.plural))
}

/// The typed calls of a resource in tests: `BooksCalls`.
pub(crate) fn calls(resource: &Resource) -> String {
    format!("{}Calls", pascal(&resource.plural))
}

/// What an operation is given beside keys: `CreateBook`, `RepriceBook`, `ImportBooks`; `LoginInput` of the service, because
/// a type may well be called like its operation.
pub(crate) fn input(resource: Option<&Resource>, operation: &Operation) -> String {
    let name = pascal(&called(Target::Rust, operation, str::to_owned));
    match (resource, &operation.kind) {
        (None, _) => format!("{name}Input"),
        (Some(resource), OperationKind::Action(action)) if of_many(action) => {
            format!("{name}{}", pascal(&resource.plural))
        }
        (Some(resource), _) => format!("{name}{}", ty(resource)),
    }
}

/// True for what is done with all of a resource.
fn of_many(action: &Action) -> bool {
    matches!(action.target, ActionTarget::Collection | ActionTarget::Query)
}

/// The error of an operation: `RepriceBookError`.
pub(crate) fn operation_error(resource: Option<&Resource>, operation: &Operation) -> String {
    match resource {
        None => format!("{}Error", pascal(&called(Target::Rust, operation, str::to_owned))),
        Some(_) => format!("{}Error", input(resource, operation)),
    }
}

/// The method of a resource's builder that takes the code of an operation: `on_create`, `reprice`.
pub(crate) fn override_method(operation: &Operation) -> String {
    match operation.kind {
        OperationKind::Action(_) => member(operation),
        _ => format!("on_{}", operation.name),
    }
}

/// The names of the items that a resource's file defines, each with the place that asks for it.
pub(crate) fn of_resource(resource: &Resource) -> Vec<(String, Span)> {
    let mut names = vec![(ty(resource), resource.span), (builder(resource), resource.span)];
    names.extend(resource.key().map(|_| (id(resource), resource.span)));
    names.extend(resource.operations.iter().flat_map(|operation| of_operation(Some(resource), operation)));
    names
}

/// The names of the items that belong to an operation.
pub(crate) fn of_operation(resource: Option<&Resource>, operation: &Operation) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    if has_input(operation) {
        names.push((input(resource, operation), operation.span));
    }
    if has_error(operation) {
        names.push((operation_error(resource, operation), operation.span));
    }
    names
}

/// True when what the operation is given is a type of its own.
pub(crate) fn has_input(operation: &Operation) -> bool {
    match &operation.kind {
        OperationKind::Create | OperationKind::Update | OperationKind::Replace => true,
        OperationKind::Action(action) => !action.params.is_empty(),
        OperationKind::List(_)
        | OperationKind::Get
        | OperationKind::Delete(_)
        | OperationKind::Undelete
        | OperationKind::BatchCreate(_)
        | OperationKind::BatchDelete(_) => false,
    }
}

/// True when the operation has errors of its own, or is code of the user's. What a batch does is another operation's.
pub(crate) fn has_error(operation: &Operation) -> bool {
    let raises = !operation.raises.is_empty() && operation.kind.batch().is_none();
    raises || matches!(operation.kind, OperationKind::Action(_))
}

/// True when the server can do the operation by itself.
pub(crate) fn has_default(ir: &Ir, id: ResourceId, operation: &Operation) -> bool {
    let OperationKind::Action(action) = &operation.kind else { return operation.kind.batch().is_none() };
    let returned = action.returns.as_ref().map(|ty| ir.resolve(ty));
    let able = match returned {
        None => true,
        Some((TypeKind::Ref(to), optional)) => *to == id && !optional,
        Some(_) => false,
    };
    able && action.target == ActionTarget::Item && !action.needs_code()
}

/// The resources that an action answers in a list, or instead of null: their types are values too.
pub(crate) fn answered_as_values(ir: &Ir) -> BTreeSet<ResourceId> {
    let answers = ir.operations().filter_map(|(_, operation)| match &operation.kind {
        OperationKind::Action(action) => action.returns.as_ref(),
        _ => None,
    });
    let values = answers.filter_map(|ty| match ir.resolve(ty) {
        (TypeKind::Ref(to), true) => Some(*to),
        (TypeKind::List { item, .. }, _) => match ir.resolve(item).0 {
            TypeKind::Ref(to) => Some(*to),
            _ => None,
        },
        _ => None,
    });
    values.collect()
}

/// The errors that have a type: those that the package declares, and those that an operation names.
pub(crate) fn typed_errors(ir: &Ir) -> Vec<(ErrorId, &ErrorDecl)> {
    let named: BTreeSet<ErrorId> =
        ir.operations().flat_map(|(_, operation)| operation.raises.iter().copied()).collect();
    ir.errors.iter().filter(|(id, error)| !is_standard(error) || named.contains(id)).collect()
}

/// Every two things that would have the same name.
pub(crate) fn collisions(ir: &Ir) -> Vec<Diagnostic> {
    let mut clashes = Clashes::default();
    let mut items = BTreeMap::new();
    let mut modules = BTreeMap::new();
    clashes.claim(&mut items, "Api".to_owned(), ir.service.span);
    for decl in ir.types.values() {
        clashes.claim(&mut items, ty(decl), decl.span);
        match &decl.kind {
            TypeDeclKind::Structure { fields, .. } => clashes.members(fields),
            TypeDeclKind::Enum { values, .. } => {
                clashes.variants(values.iter().map(|value| (variant(value), value.span)));
            }
            TypeDeclKind::Union { variants, .. } => {
                clashes.variants(variants.iter().map(|one| (union_variant(one), one.span)));
            }
            TypeDeclKind::Alias(_) => {}
        }
    }
    for (_, error) in typed_errors(ir) {
        clashes.claim(&mut items, ty(error), error.span);
        clashes.members(&error.fields);
    }
    for resource in ir.resources.values() {
        clashes.claim(&mut modules, module(resource), resource.span);
        clashes.members(&resource.fields);
        clashes.methods(resource);
        for (name, span) in of_resource(resource) {
            clashes.claim(&mut items, name, span);
        }
    }
    for operation in &ir.service.operations {
        clashes.claim(&mut modules, service_method(operation), operation.span);
        clashes.params(operation);
        for (name, span) in of_operation(None, operation) {
            clashes.claim(&mut items, name, span);
        }
    }
    clashes.found
}

#[derive(Default)]
struct Clashes {
    found: Vec<Diagnostic>,
}

impl Clashes {
    fn claim(&mut self, taken: &mut BTreeMap<String, Span>, name: String, span: Span) {
        if let Some(first) = taken.get(&name) {
            self.found.push(
                Diagnostic::error(codes::E0701, format!("two names become `{name}` in the Rust server"))
                    .at(span, "this one")
                    .and(*first, "and this one")
                    .help(
                        "rename one of the two, or say with `@name(rust: \"...\")` what it is called in Rust",
                    ),
            );
        } else {
            taken.insert(name, span);
        }
    }

    fn members<'f>(&mut self, fields: impl IntoIterator<Item = &'f Field>) {
        let mut taken = BTreeMap::new();
        for field in fields {
            self.claim(&mut taken, member(field), field.span);
        }
    }

    fn variants(&mut self, names: impl IntoIterator<Item = (String, Span)>) {
        let mut taken = BTreeMap::new();
        for (name, span) in names {
            self.claim(&mut taken, name, span);
        }
    }

    fn params(&mut self, operation: &Operation) {
        if let OperationKind::Action(action) = &operation.kind {
            self.members(action.params.iter().map(|param| &param.field));
        }
    }

    fn methods(&mut self, resource: &Resource) {
        let mut taken: BTreeMap<_, _> =
            OWN_METHODS.iter().map(|name| ((*name).to_owned(), resource.span)).collect();
        for operation in &resource.operations {
            if let OperationKind::Action(_) = &operation.kind {
                self.claim(&mut taken, member(operation), operation.span);
            }
            self.params(operation);
        }
    }
}
