//! The model and its descriptors as a folder of Rust: one file a resource, and those that belong to all.

mod api;
mod builder;
mod defaults;
mod descriptor;
mod docs;
mod enums;
mod errors;
mod inputs;
pub(crate) mod literal;
mod operations;
mod resource;
mod root;
mod rust_type;
pub(crate) mod scope;
mod service;
mod signature;
mod size;
mod testing;
mod types;
mod unions;
mod values;

use atlas9_emitters_core::{Options, header};
use atlas9_ir::Ir;
use proc_macro2::TokenStream;

use crate::lower::Lowered;
use crate::names;
pub(crate) use service::Siblings;

use scope::Scope;

/// A file: its name without folder, and its text.
pub(crate) type File = (String, String);

/// What the printing reads.
pub(crate) struct Input<'a> {
    pub(crate) ir: &'a Ir,
    pub(crate) lowered: &'a Lowered,
    pub(crate) options: &'a Options,
    pub(crate) siblings: &'a Siblings,
}

/// A module of the generated code.
pub(crate) struct Module {
    name: String,
    docs: String,
    /// True for what only tests of the user's crate have.
    in_tests: bool,
    /// What it gives to the module above.
    exports: Vec<String>,
    scope: Scope,
    items: TokenStream,
}

/// The files of the module, the root first.
///
/// # Errors
/// When the printed code is no Rust, which a name that no checked model holds could bring about.
pub(crate) fn files(input: &Input<'_>) -> Result<Vec<File>, String> {
    let mut modules: Vec<Module> = resources(input).collect();
    modules.extend(types(input));
    modules.extend(errors(input));
    modules.extend(operations(input));
    modules.push(service(input));
    modules.push(api(input));
    modules.push(tests(input));
    modules.sort_by(|a, b| a.name.cmp(&b.name));

    let head = format!("// {}\n", header("rust-server", input.ir));
    let mut files = vec![("mod.rs".to_owned(), root::text(&head, input, &modules))];
    for module in &modules {
        files.push((format!("{}.rs", module.name), text(&head, module)?));
    }
    Ok(files)
}

fn resources(input: &Input<'_>) -> impl Iterator<Item = Module> {
    let Input { ir, lowered, .. } = *input;
    let values = names::answered_as_values(ir);
    ir.resources.iter().zip(lowered.service.resources).map(move |((id, resource), described)| {
        let name = names::module(resource);
        let exports: Vec<String> = names::of_resource(resource).into_iter().map(|(name, _)| name).collect();
        let scope = Scope::new(&name, exports.iter().cloned());
        let items = resource::items(ir, &scope, id, described, values.contains(&id));
        let docs = format!("`{}` and what is offered on it.", names::ty(resource));
        Module { name, docs, in_tests: false, exports, scope, items }
    })
}

fn types(input: &Input<'_>) -> Option<Module> {
    let exports: Vec<String> = types::taken(input.ir).collect();
    let scope = Scope::new("types", exports.iter().cloned());
    let items = types::items(input.ir, &scope, &input.lowered.types);
    let docs = "Structures, enums and refined scalars.".to_owned();
    (!exports.is_empty()).then(|| Module {
        name: "types".to_owned(),
        docs,
        in_tests: false,
        exports,
        scope,
        items,
    })
}

fn errors(input: &Input<'_>) -> Option<Module> {
    let exports: Vec<String> = errors::taken(input.ir).collect();
    let scope = Scope::new("errors", exports.iter().cloned());
    let items = errors::items(input.ir, &scope, &input.lowered.errors);
    let docs = "Declared errors.".to_owned();
    (!exports.is_empty()).then(|| Module {
        name: "errors".to_owned(),
        docs,
        in_tests: false,
        exports,
        scope,
        items,
    })
}

fn operations(input: &Input<'_>) -> Option<Module> {
    let name = operations::OPERATIONS.to_owned();
    let exports: Vec<String> = operations::taken(input.ir).collect();
    let scope = Scope::new(&name, exports.iter().cloned());
    let items = operations::items(input.ir, &scope);
    let docs = "What the operations of the service are given, and why they fail.".to_owned();
    (!exports.is_empty()).then(|| Module { name, docs, in_tests: false, exports, scope, items })
}

fn service(input: &Input<'_>) -> Module {
    let scope = Scope::new("service", []);
    let embedded = service::embedded(&scope, input.siblings);
    let items = service::items(input.ir, &scope, input.lowered, &embedded);
    let docs = "What the server knows of the service.".to_owned();
    let exports = vec!["SERVICE".to_owned()];
    Module { name: "service".to_owned(), docs, in_tests: false, exports, scope, items }
}

fn api(input: &Input<'_>) -> Module {
    let scope = Scope::new("api", api::taken());
    let items = api::items(input.ir, &scope);
    let docs = "The server, to be given what is code in it.".to_owned();
    let exports = vec!["Api".to_owned(), "api".to_owned()];
    Module { name: "api".to_owned(), docs, in_tests: false, exports, scope, items }
}

fn tests(input: &Input<'_>) -> Module {
    let name = testing::TESTING.to_owned();
    let scope = Scope::new(&name, testing::taken(input.ir));
    let items = testing::items(input.ir, &scope);
    let docs = "For tests: the server in memory, and a typed call for each operation.".to_owned();
    Module { name, docs, in_tests: true, exports: Vec::new(), scope, items }
}

/// The file: the head, the imports, and the items with an empty line before each.
fn text(head: &str, module: &Module) -> Result<String, String> {
    let print = |code: TokenStream| syn::parse2(code).map_err(|error| error.to_string());
    let mut text = head.to_owned();
    let imports: syn::File = print(module.scope.imports(&module.items))?;
    if !imports.items.is_empty() {
        text.push('\n');
        text.push_str(&prettyplease::unparse(&imports));
    }
    let items: syn::File = print(module.items.clone())?;
    for item in items.items {
        text.push('\n');
        text.push_str(&prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        }));
    }
    Ok(text)
}
