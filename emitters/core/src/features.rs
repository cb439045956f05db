//! What an emitter may not express yet: an error at each place of a schema that asks for it.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{
    ActionTarget, Ir, Operation, OperationKind, PaginationStyle, ParamPlace, Resource, TypeDeclKind, TypeKind,
};

/// A part of the language that every emitter lists as expressed, or is refused. A new part is one variant here, and one arm in
/// each of the functions below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// `expand(author)`
    Expand,
    /// `fields`
    Fields,
    /// `paginate page(...)`
    Pages,
    /// `union Payment by method { ... }`
    Unions,
    /// `singleton Settings { ... }`
    Singletons,
    /// `[ref Author]`
    ReferenceLists,
    /// `collection action import() ...`
    CollectionActions,
    /// `query bestsellers() -> [Book]`
    Queries,
    /// `operation login() ...` of a service
    ServiceOperations,
    /// A parameter in the path or in a header
    PlacedParams,
    /// `tenant_id: uuid @tenant`
    Tenants,
}

impl Feature {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Feature::Expand => {
                ("embed references", "remove `expand`; clients read the other resource by its key")
            }
            Feature::Fields => ("answer some fields alone", "remove `fields`; clients read all of them"),
            Feature::Pages => ("number pages", "use `paginate cursor(default: 20, max: 100)`"),
            Feature::Unions => ("express unions", "use a structure with an optional field for each variant"),
            Feature::Singletons => ("express singletons", "use a `resource` with one row"),
            Feature::ReferenceLists => ("keep lists of references", "declare a resource that joins the two"),
            Feature::CollectionActions => ("offer collection actions", "use an `action` on one resource"),
            Feature::Queries => ("offer queries", "use a `list` with a filter"),
            Feature::ServiceOperations => {
                ("offer operations of the service", "use an `action` of a resource")
            }
            Feature::Tenants => {
                ("keep tenants apart", "leave out `@tenant`, and serve each tenant by itself")
            }
            Feature::PlacedParams => (
                "take parameters from the path or from headers",
                "leave out `@header` and the name in the path",
            ),
        }
    }
}

/// An error for each use of a feature that is not among the `supported` ones. `target` begins the sentence: `the Rust server`.
pub fn unsupported(ir: &Ir, target: &str, supported: &[Feature]) -> Vec<Diagnostic> {
    let uses = types(ir).chain(resources(ir)).chain(operations(ir));
    uses.filter(|found| !supported.contains(&found.feature))
        .map(|found| {
            let (verb, help) = found.feature.words();
            Diagnostic::error(codes::E0702, format!("{target} does not {verb} yet"))
                .at(found.span, "asked for here")
                .help(help)
                .symbol(found.symbol)
        })
        .collect()
}

struct Use {
    feature: Feature,
    span: Span,
    symbol: String,
}

fn types(ir: &Ir) -> impl Iterator<Item = Use> {
    let unions = ir.types.values().filter(|decl| matches!(decl.kind, TypeDeclKind::Union { .. }));
    unions.map(|decl| Use { feature: Feature::Unions, span: decl.span, symbol: decl.name.clone() })
}

fn resources(ir: &Ir) -> impl Iterator<Item = Use> {
    let singletons = ir.resources.values().filter(|resource| resource.singleton).map(|resource| Use {
        feature: Feature::Singletons,
        span: resource.span,
        symbol: resource.name.clone(),
    });
    let fields =
        ir.resources.values().flat_map(|resource| resource.fields.iter().map(move |field| (resource, field)));
    let lists = fields.filter(|(_, field)| is_reference_list(ir, &field.ty));
    let tenants = ir.resources.values().filter_map(|resource| {
        let tenant = resource.tenant()?;
        let symbol = format!("{}.{}", resource.name, tenant.name);
        Some(Use { feature: Feature::Tenants, span: tenant.span, symbol })
    });
    singletons.chain(tenants).chain(lists.map(|(resource, field)| Use {
        feature: Feature::ReferenceLists,
        span: field.span,
        symbol: format!("{}.{}", resource.name, field.name),
    }))
}

fn is_reference_list(ir: &Ir, ty: &atlas9_ir::Type) -> bool {
    match ir.resolve(ty).0 {
        TypeKind::List { item, .. } => matches!(ir.resolve(item).0, TypeKind::Ref(_)),
        _ => false,
    }
}

fn operations(ir: &Ir) -> impl Iterator<Item = Use> {
    ir.operations().flat_map(|(resource, operation)| {
        let symbol = symbol(ir, resource, operation);
        let found = of_operation(operation).into_iter();
        found.map(move |feature| Use { feature, span: operation.span, symbol: symbol.clone() })
    })
}

fn symbol(ir: &Ir, resource: Option<&Resource>, operation: &Operation) -> String {
    let owner = resource.map_or(&ir.service.name, |resource| &resource.name);
    format!("{owner}.{}", operation.name)
}

fn of_operation(operation: &Operation) -> Vec<Feature> {
    let mut found = Vec::new();
    if !operation.expand.is_empty() {
        found.push(Feature::Expand);
    }
    if operation.fields {
        found.push(Feature::Fields);
    }
    match &operation.kind {
        OperationKind::List(list) if list.paginate.style == PaginationStyle::Page => {
            found.push(Feature::Pages)
        }
        OperationKind::Action(action) => {
            found.extend(match action.target {
                ActionTarget::Item => None,
                ActionTarget::Collection => Some(Feature::CollectionActions),
                ActionTarget::Query => Some(Feature::Queries),
                ActionTarget::Service => Some(Feature::ServiceOperations),
            });
            if action
                .params
                .iter()
                .any(|param| matches!(param.place, ParamPlace::Path | ParamPlace::Header(_)))
            {
                found.push(Feature::PlacedParams);
            }
        }
        _ => {}
    }
    found
}
