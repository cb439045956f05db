//! `api.md` of a package: every operation, with a call of it that can be copied.

use atlas9_ir::{Ir, Operation, ResourceId};

use super::facts;
use super::showpiece::prose;
use crate::calls::{Call, CallWriter, Language};
use crate::describe::spaced;
use crate::names::sentence;
use crate::problems::is_standard;
use crate::requests::example;
use crate::text::code;

/// The file, with calls in that language.
pub fn reference(ir: &Ir, language: Language) -> String {
    reference_by(ir, language, language.writer(ir).as_ref())
}

/// The file with calls as this writer of the language has them.
pub fn reference_by(ir: &Ir, language: Language, writer: &dyn CallWriter) -> String {
    let page = Page { ir, language, writer };
    let mut text = format!("# Every operation of {}\n", ir.service.name);
    for (id, resource) in ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty()) {
        text.push_str(&format!("\n## {}\n", sentence(&spaced(&resource.plural))));
        paragraph(&mut text, &prose(&resource.docs));
        for operation in &resource.operations {
            page.entry(&mut text, Some(id), operation);
        }
    }
    if !ir.service.operations.is_empty() {
        text.push_str("\n## What fits no resource\n");
        for operation in &ir.service.operations {
            page.entry(&mut text, None, operation);
        }
    }
    text
}

struct Page<'a> {
    ir: &'a Ir,
    language: Language,
    writer: &'a dyn CallWriter,
}

impl Page<'_> {
    fn entry(&self, text: &mut String, owner: Option<ResourceId>, operation: &Operation) {
        let ir = self.ir;
        let resource = owner.map(|id| &ir.resources[id]);
        text.push_str(&format!("\n### {}\n", code(&operation.name)));
        let said = prose(&operation.docs);
        paragraph(text, &if said.is_empty() { facts::does(resource, operation) } else { said });
        if let Some(deprecated) = &operation.deprecated {
            paragraph(text, &format!("**Deprecated.** {}", prose(&facts::deprecation(deprecated))));
        }
        paragraph(text, &facts::needs(operation).unwrap_or_default());
        if let Some(request) = example(ir, owner, operation) {
            let call = self.writer.call(&Call { ir, server: "", owner, operation, request: &request });
            // A text may hold a fence of its own.
            let longest = call.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            text.push_str(&format!("\n{fence}{}\n{call}\n{fence}\n", self.language.fence()));
        }
        let errors = operation.errors.iter().map(|id| &ir.errors[*id]).filter(|error| !is_standard(error));
        let errors: Vec<String> =
            errors.map(|error| format!("{} ({})", code(&error.code), error.kind.status())).collect();
        if !errors.is_empty() {
            paragraph(text, &format!("Fails with {}.", errors.join(", ")));
        }
    }
}

fn paragraph(text: &mut String, said: &str) {
    if !said.is_empty() {
        text.push_str(&format!("\n{said}\n"));
    }
}
