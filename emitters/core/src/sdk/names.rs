//! Names that must differ within one space of a package.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{EnumValue, Field, Ir, OperationKind, TypeDeclKind, Variant};

/// Names that must differ, from one another and from those that are there already.
#[derive(Clone, Debug)]
pub struct Space {
    package: &'static str,
    reserved: Vec<&'static str>,
    taken: BTreeMap<String, Span>,
    findings: Vec<Diagnostic>,
}

impl Space {
    /// An empty space of a package that messages call so, `the TypeScript SDK`, in which the `reserved` names are taken.
    pub fn new(package: &'static str, reserved: impl IntoIterator<Item = &'static str>) -> Space {
        Space {
            package,
            reserved: reserved.into_iter().collect(),
            taken: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// Takes a name for what stands at the place in the schema; a name that is taken is a finding.
    pub fn claim(&mut self, name: &str, span: Span) {
        let package = self.package;
        if self.reserved.contains(&name) {
            self.findings.push(rename(format!("`{name}` is already something else in {package}"), span));
        } else if let Some(first) = self.taken.get(name) {
            let message = format!("two names become `{name}` in {package}");
            self.findings.push(rename(message, span).and(*first, "the other one"));
        } else {
            self.taken.insert(name.to_owned(), span);
        }
    }

    /// Takes the first of these names that is free, for what may have another one; the last one gets underscores until it is.
    pub fn settle(&mut self, names: impl IntoIterator<Item = String>, span: Span) -> String {
        let mut settled = String::new();
        for name in names {
            settled = name;
            if self.is_free(&settled) {
                break;
            }
        }
        while !self.is_free(&settled) {
            settled.push('_');
        }
        self.taken.insert(settled.clone(), span);
        settled
    }

    fn is_free(&self, name: &str) -> bool {
        !self.reserved.contains(&name) && !self.taken.contains_key(name)
    }

    /// The names that could not be taken.
    pub fn findings(self) -> Vec<Diagnostic> {
        self.findings
    }
}

/// What a language calls the members of a declaration.
#[derive(Clone, Copy, Debug)]
pub struct Members {
    /// A field, or a parameter.
    pub field: fn(&Field) -> String,
    /// A variant of a union.
    pub variant: fn(&Variant) -> String,
    /// A value of an enum.
    pub value: fn(&EnumValue) -> String,
}

impl Members {
    /// The clashes between the fields of one structure, and between the variants of one union or the values of one enum, in a package
    /// that messages call so.
    pub fn clashes(&self, ir: &Ir, package: &'static str) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut apart = |names: Vec<(String, Span)>| {
            let mut space = Space::new(package, []);
            names.iter().for_each(|(name, span)| space.claim(name, *span));
            findings.extend(space.findings());
        };
        let fields =
            |fields: &[Field]| fields.iter().map(|field| ((self.field)(field), field.span)).collect();
        for decl in ir.types.values() {
            match &decl.kind {
                TypeDeclKind::Structure { fields: declared, .. } => apart(fields(declared)),
                TypeDeclKind::Union { variants, .. } => {
                    apart(variants.iter().map(|variant| ((self.variant)(variant), variant.span)).collect());
                }
                TypeDeclKind::Enum { values, .. } => {
                    apart(values.iter().map(|value| ((self.value)(value), value.span)).collect());
                }
                TypeDeclKind::Alias(_) => {}
            }
        }
        ir.resources.values().for_each(|resource| apart(fields(&resource.fields)));
        ir.errors.values().for_each(|error| apart(fields(&error.fields)));
        for (_, operation) in ir.operations() {
            if let OperationKind::Action(action) = &operation.kind {
                let params = action.params.iter();
                apart(params.map(|param| ((self.field)(&param.field), param.field.span)).collect());
            }
        }
        findings
    }
}

fn rename(message: String, span: Span) -> Diagnostic {
    Diagnostic::error(codes::E0701, message)
        .at(span, "this one")
        .help("rename it, or say with `@name` what it is called there; names of the SDK are made from those of the schema")
}
