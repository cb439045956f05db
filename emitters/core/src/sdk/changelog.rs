//! `CHANGELOG.md` of a package: what the schema records of each version, the latest one first.

use std::collections::BTreeMap;

use atlas9_ir::{Deprecation, Field, History, Ir, Operation, OperationKind, TypeDeclKind};

use crate::text::{code, printable};

/// The file, as <https://keepachangelog.com/en/1.1.0/> has it.
pub fn changelog(ir: &Ir) -> String {
    let mut versions: BTreeMap<Version, Changes> = BTreeMap::new();
    let present = Version::of(&ir.service.version);
    versions.entry(present).or_default();
    for element in elements(ir) {
        element.enter(&mut versions);
    }
    let mut text = "# Changelog\n\nWhat the schema records of each version of the service.\n".to_owned();
    for (version, changes) in versions.iter().rev() {
        text.push_str(&format!("\n## {}\n", printable(&version.text)));
        changes.write(&mut text);
    }
    text
}

/// A version, in the order of its numbers (Semantic Versioning 2.0.0, section 11).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    numbers: Vec<u64>,
    /// A version with something behind its numbers comes before the one without.
    released: bool,
    text: String,
}

impl Version {
    fn of(text: &str) -> Version {
        let (numbers, before) = text.split_once('-').map_or((text, false), |(numbers, _)| (numbers, true));
        let numbers = numbers.split('.').map(|number| number.parse().unwrap_or(0)).collect();
        Version { numbers, released: !before, text: text.to_owned() }
    }
}

/// What a version changed, in the order of the schema.
#[derive(Clone, Debug, Default)]
struct Changes {
    added: Vec<String>,
    renamed: Vec<String>,
    deprecated: Vec<String>,
}

impl Changes {
    fn write(&self, text: &mut String) {
        let parts = [("Added", &self.added), ("Changed", &self.renamed), ("Deprecated", &self.deprecated)];
        for (title, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            text.push_str(&format!("\n### {title}\n\n"));
            lines.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
        }
    }
}

/// Something with a past.
struct Element<'a> {
    symbol: String,
    history: &'a History,
    deprecated: Option<&'a Deprecation>,
}

impl Element<'_> {
    fn enter(&self, versions: &mut BTreeMap<Version, Changes>) {
        let symbol = code(&self.symbol);
        if let Some(added) = &self.history.added {
            versions.entry(Version::of(&added.version)).or_default().added.push(symbol.clone());
        }
        if let Some(renamed) = &self.history.renamed
            && let Some(since) = &renamed.since
        {
            let line = format!("{symbol} was called {}", code(&renamed.from));
            versions.entry(Version::of(since)).or_default().renamed.push(line);
        }
        if let Some(deprecated) = self.deprecated
            && let Some(since) = &deprecated.since
        {
            let facts = printable(&super::facts::deprecation(deprecated)).replace('\n', " ");
            versions.entry(Version::of(since)).or_default().deprecated.push(format!("{symbol}: {facts}"));
        }
    }
}

fn elements(ir: &Ir) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    for decl in ir.types.values() {
        found.push(element(decl.name.clone(), &decl.history, decl.deprecated.as_ref()));
        match &decl.kind {
            TypeDeclKind::Structure { fields: inner, .. } => fields(&decl.name, inner, &mut found),
            TypeDeclKind::Enum { values, .. } => found.extend(values.iter().map(|value| {
                element(format!("{}.{}", decl.name, value.name), &value.history, value.deprecated.as_ref())
            })),
            TypeDeclKind::Union { variants, .. } => found.extend(variants.iter().map(|variant| {
                element(
                    format!("{}.{}", decl.name, variant.name),
                    &variant.history,
                    variant.deprecated.as_ref(),
                )
            })),
            TypeDeclKind::Alias(_) => {}
        }
    }
    for resource in ir.resources.values() {
        found.push(element(resource.name.clone(), &resource.history, resource.deprecated.as_ref()));
        fields(&resource.name, &resource.fields, &mut found);
        operations(&resource.name, &resource.operations, &mut found);
    }
    operations(&ir.service.name, &ir.service.operations, &mut found);
    for error in ir.errors.values() {
        found.push(element(error.name.clone(), &error.history, error.deprecated.as_ref()));
        fields(&error.name, &error.fields, &mut found);
    }
    found
}

fn element<'a>(symbol: String, history: &'a History, deprecated: Option<&'a Deprecation>) -> Element<'a> {
    Element { symbol, history, deprecated }
}

fn fields<'a>(owner: &str, fields: &'a [Field], found: &mut Vec<Element<'a>>) {
    // What nobody sees has no history for clients.
    let seen = fields.iter().filter(|field| field.readable() || field.creatable() || field.updatable());
    found.extend(
        seen.map(|field| {
            element(format!("{owner}.{}", field.name), &field.history, field.deprecated.as_ref())
        }),
    );
}

fn operations<'a>(owner: &str, operations: &'a [Operation], found: &mut Vec<Element<'a>>) {
    for operation in operations {
        let symbol = format!("{owner}.{}", operation.name);
        if let OperationKind::Action(action) = &operation.kind {
            let params = action.params.iter().map(|param| &param.field);
            found.extend(params.map(|field| {
                element(format!("{symbol}({})", field.name), &field.history, field.deprecated.as_ref())
            }));
        }
        found.push(element(symbol, &operation.history, operation.deprecated.as_ref()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_the_order_of_their_numbers() {
        let check = |less: &str, more: &str| assert!(Version::of(less) < Version::of(more), "{less} {more}");
        check("1.9.0", "1.10.0");
        check("2.0.0-rc.1", "2.0.0");
        check("1.0.0", "1.0.1");
    }
}
