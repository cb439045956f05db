//! The declarations that custom lints look at, one after the other.

use atlas9_diagnostics::Span;
use atlas9_ir::{
    ActionTarget, Applied, EnumValue, ErrorDecl, Field, Ir, Operation, OperationKind, ParamPlace, Resource,
    Service, Type, TypeDecl, TypeDeclKind, Variant,
};

use super::CustomKind;

/// A declaration.
pub(crate) struct Subject<'a> {
    pub kind: CustomKind,
    pub of: Of<'a>,
    /// What it belongs to; nothing at the top of a file.
    pub owner: Option<&'a Subject<'a>>,
}

/// What is declared.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    Service(&'a Service),
    Resource(&'a Resource),
    Type(&'a TypeDecl),
    Variant(&'a Variant),
    Value(&'a EnumValue),
    Error(&'a ErrorDecl),
    Field(&'a Field),
    Parameter(&'a Field, &'a ParamPlace),
    Operation(&'a Operation),
}

/// Reads one member that every declaration has.
macro_rules! each {
    ($of:expr, $it:ident => $member:expr) => {
        match $of {
            Of::Service($it) => $member,
            Of::Resource($it) => $member,
            Of::Type($it) => $member,
            Of::Variant($it) => $member,
            Of::Value($it) => $member,
            Of::Error($it) => $member,
            Of::Field($it) | Of::Parameter($it, _) => $member,
            Of::Operation($it) => $member,
        }
    };
}

impl<'a> Subject<'a> {
    pub fn name(&self) -> &'a str {
        each!(self.of, it => &it.name)
    }

    pub fn docs(&self) -> &'a str {
        each!(self.of, it => &it.docs)
    }

    pub fn span(&self) -> Span {
        each!(self.of, it => it.span)
    }

    pub fn annotations(&self) -> &'a [Applied] {
        each!(self.of, it => &it.annotations)
    }

    pub fn deprecated(&self) -> bool {
        match self.of {
            Of::Service(_) => false,
            Of::Resource(it) => it.deprecated.is_some(),
            Of::Type(it) => it.deprecated.is_some(),
            Of::Variant(it) => it.deprecated.is_some(),
            Of::Value(it) => it.deprecated.is_some(),
            Of::Error(it) => it.deprecated.is_some(),
            Of::Field(it) | Of::Parameter(it, _) => it.deprecated.is_some(),
            Of::Operation(it) => it.deprecated.is_some(),
        }
    }

    /// `Book.title`
    pub fn symbol(&self) -> String {
        match self.owner {
            Some(owner) => format!("{}.{}", owner.symbol(), self.name()),
            None => self.name().to_owned(),
        }
    }

    /// The type of a field, of a parameter, or that a refined scalar refines.
    pub fn ty(&self) -> Option<&'a Type> {
        match self.of {
            Of::Field(field) | Of::Parameter(field, _) => Some(&field.ty),
            Of::Type(TypeDecl { kind: TypeDeclKind::Alias(ty), .. }) => Some(ty),
            _ => None,
        }
    }

    /// The fields that it declares.
    pub fn fields(&self) -> &'a [Field] {
        match self.of {
            Of::Resource(resource) => &resource.fields,
            Of::Error(error) => &error.fields,
            Of::Type(TypeDecl { kind: TypeDeclKind::Structure { fields, .. }, .. }) => fields,
            _ => &[],
        }
    }
}

/// What stands at the top of a file, with all that belongs to it.
pub(crate) fn tops(ir: &Ir) -> Vec<Subject<'_>> {
    let top = |kind, of| Subject { kind, of, owner: None };
    let service = (!ir.is_library()).then(|| top(CustomKind::Service, Of::Service(&ir.service)));
    let types = ir.types.values().map(|decl| {
        let kind = match decl.kind {
            TypeDeclKind::Enum { .. } => CustomKind::Enum,
            TypeDeclKind::Union { .. } => CustomKind::Union,
            TypeDeclKind::Structure { .. } | TypeDeclKind::Alias(_) => CustomKind::Type,
        };
        top(kind, Of::Type(decl))
    });
    let resources = ir.resources.values().map(|resource| {
        let kind = if resource.singleton { CustomKind::Singleton } else { CustomKind::Resource };
        top(kind, Of::Resource(resource))
    });
    let errors = ir.errors.values().map(|error| top(CustomKind::Error, Of::Error(error)));
    service.into_iter().chain(types).chain(resources).chain(errors).collect()
}

/// Shows a declaration, then all that belongs to it.
pub(crate) fn visit(subject: &Subject<'_>, look: &mut dyn FnMut(&Subject<'_>)) {
    look(subject);
    let mut member = |kind, of| visit(&Subject { kind, of, owner: Some(subject) }, look);
    // What the compiler added is nobody's to mend.
    let fields = subject.fields().iter().filter(|field| !field.implied);
    fields.for_each(|field| member(CustomKind::Field, Of::Field(field)));
    match subject.of {
        Of::Service(service) => operations(&service.operations, &mut member),
        Of::Resource(resource) => operations(&resource.operations, &mut member),
        Of::Type(decl) => match &decl.kind {
            TypeDeclKind::Enum { values, .. } => {
                values.iter().for_each(|value| member(CustomKind::Value, Of::Value(value)));
            }
            TypeDeclKind::Union { variants, .. } => {
                variants.iter().for_each(|variant| member(CustomKind::Variant, Of::Variant(variant)));
            }
            TypeDeclKind::Structure { .. } | TypeDeclKind::Alias(_) => {}
        },
        Of::Operation(Operation { kind: OperationKind::Action(action), .. }) => {
            for param in &action.params {
                member(CustomKind::Parameter, Of::Parameter(&param.field, &param.place));
            }
        }
        _ => {}
    }
}

fn operations<'a>(operations: &'a [Operation], member: &mut dyn FnMut(CustomKind, Of<'a>)) {
    // The batch of another operation has no name of its own.
    for operation in operations.iter().filter(|operation| operation.kind.batch().is_none()) {
        let kind = match &operation.kind {
            OperationKind::Action(action) => match action.target {
                ActionTarget::Item | ActionTarget::Collection => CustomKind::Action,
                ActionTarget::Query => CustomKind::Query,
                ActionTarget::Service => CustomKind::Operation,
            },
            _ => CustomKind::Operation,
        };
        member(kind, Of::Operation(operation));
    }
}
