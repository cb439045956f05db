//! `client.rs`: the client with all resources; and `lib.rs`.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::rust::LIFTED;
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::{agent, auth_scheme, environment};
use atlas9_ir::{AuthKind, Field, Operation, TypeDeclKind};

use super::manifest::{FULL, has_features};
use super::{offered, origin};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, code, literal};

/// Crates of whose types the methods of the crate speak.
pub(super) const HANDED_ON: [&str; 5] = ["jiff", "reqwest", "rust_decimal", "serde_json", "uuid"];

/// The type of the client.
const CLIENT: &str = "Client";

/// `client.rs`
pub(super) fn client(sdk: &Sdk<'_>) -> String {
    let environment = environment(sdk.ir);
    let mut w = Writer::new("    ");
    w.line(origin(sdk)).blank().line("//! The client with all resources.").blank();
    w.line("use std::borrow::Cow;").blank();
    w.line("use reqwest::Method;").blank();
    w.line(
        "use crate::api::{Anything, Call, ClientBuilder, ConfigError, Draft, Scheme, Service, Transport};",
    );
    w.blank();
    service(&mut w, sdk, &environment);
    w.blank();
    Doc::of(&format!(
        "A client of {}. It can be cloned, and used by several tasks.",
        code(&sdk.ir.service.name)
    ))
    .write(&mut w);
    w.line("#[derive(Clone, Debug)]").block("pub struct Client {", "}", |w| {
        w.line("pub(crate) transport: Transport,");
    });
    w.blank().block("impl Client {", "}", |w| {
        w.line(format!("/// A client whose key and address come from `{environment}_API_KEY` and `{environment}_BASE_URL`."));
        w.line("///").line("/// # Errors").line("/// When nothing says where the service is.");
        w.block("pub fn from_env() -> Result<Self, ConfigError> {", "}", |w| {
            w.line("Self::builder().build()");
        });
        w.blank().line("/// Makes a client. What is left out comes from the environment, or has a default.");
        w.block("pub fn builder() -> ClientBuilder {", "}", |w| {
            w.line("ClientBuilder::new(SERVICE)");
        });
        w.blank().line("/// A call of what this package does not know: its method, and its path below the base URL with its keys.");
        let parameters = ["&self", "method: Method", "path: impl Into<Cow<'static, str>>", "keys: &[&str]"];
        layout::function(w, "pub fn request", &parameters.map(str::to_owned), "Call<Anything>", |w| {
            w.line("let mut draft = Draft::new(&self.transport, \"request\", method, path, false);");
            w.block("for key in keys {", "}", |w| {
                w.line("draft.key(key);");
            });
            w.line("Call::of(draft)");
        });
        accessors(w, sdk);
    });
    w.blank().block("impl From<Transport> for Client {", "}", |w| {
        w.block("fn from(transport: Transport) -> Self {", "}", |w| {
            w.line("Self { transport }");
        });
    });
    w.finish()
}

fn service(w: &mut Writer, sdk: &Sdk<'_>, environment: &str) {
    let scheme = match auth_scheme(sdk.ir) {
        AuthKind::ApiKey => "Scheme::ApiKey",
        AuthKind::Bearer => "Scheme::Bearer",
    };
    let base_url = sdk.settings.shared.base_url.as_ref();
    let base_url = base_url.map_or_else(|| "None".to_owned(), |url| format!("Some({})", literal(url)));
    let members = [
        format!("agent: {}", literal(&agent(sdk.ir, "rust"))),
        format!("environment: {}", literal(environment)),
        format!("base_url: {base_url}"),
        format!("scheme: {scheme}"),
    ];
    w.line("/// What is known of the service.");
    layout::constant(w, "const SERVICE: Service =", "Service", &members);
}

fn accessors(w: &mut Writer, sdk: &Sdk<'_>) {
    for (id, resource) in offered(sdk) {
        let own = sdk.names.resource(id);
        w.blank();
        Doc::ours(&format!("What can be done with {}.", spaced(&resource.plural))).write(w);
        describe::deprecated(w, resource.deprecated.as_ref());
        if has_features(sdk) {
            w.line(format!("#[cfg(feature = \"{}\")]", own.module));
        }
        let service = format!("crate::{}::{}", own.module, own.service);
        w.line("#[must_use]").block(format!("pub fn {}(&self) -> {service} {{", own.module), "}", |w| {
            w.line(format!("{service}::new(&self.transport)"));
        });
    }
}

/// `lib.rs`
pub(super) fn library(sdk: &Sdk<'_>) -> String {
    let mut w = Writer::new("    ");
    w.line(origin(sdk)).blank();
    w.line("#![doc = include_str!(\"../README.md\")]");
    w.line("#![forbid(unsafe_code)]").line("#![deny(missing_docs)]");
    w.block("#![allow(", ")]", |w| {
        w.lines(["clippy::doc_markdown,", "clippy::many_single_char_names,", "clippy::similar_names,"]);
        w.line("reason = \"what the schema says need not know of Rust\"");
    });
    if is_deprecating(sdk) {
        w.line("#![allow(deprecated, reason = \"what is on its way out is still there\")]");
    }
    if has_features(sdk) {
        let reason = "reason = \"what is left out needs it\"";
        w.line(format!("#![cfg_attr(not(feature = \"{FULL}\"), allow(dead_code, unused_macros, {reason}))]"));
    }
    w.blank();
    for (name, needed) in [("failures", &sdk.macros.failures), ("texts", &sdk.macros.texts)] {
        if needed.get() {
            w.line("#[macro_use]").line(format!("mod {name};")).blank();
        }
    }
    modules(&mut w, sdk);
    w.blank();
    w.line("pub use api::filter;");
    let lifted: Vec<String> = LIFTED.into_iter().filter(|name| *name != CLIENT).map(str::to_owned).collect();
    layout::list(&mut w, "pub use api::{", &lifted);
    w.line(format!("pub use client::{CLIENT};"));
    if !sdk.ir.types.is_empty() || !sdk.ir.resources.is_empty() {
        w.line("pub use types::*;");
    }
    w.blank().lines(HANDED_ON.map(|name| format!("pub use {name};")));
    w.finish()
}

fn modules(w: &mut Writer, sdk: &Sdk<'_>) {
    let mut all: Vec<(String, String)> = vec![
        ("api".to_owned(), "pub mod api;".to_owned()),
        ("client".to_owned(), "mod client;".to_owned()),
        ("types".to_owned(), "pub mod types;".to_owned()),
    ];
    if sdk.ir.errors.values().any(|error| !is_standard(error)) {
        all.push(("errors".to_owned(), "pub mod errors;".to_owned()));
    }
    if !sdk.ir.service.operations.is_empty() {
        all.push(("operations".to_owned(), "pub mod operations;".to_owned()));
    }
    for (id, _) in offered(sdk) {
        let module = &sdk.names.resource(id).module;
        let gate =
            if has_features(sdk) { format!("#[cfg(feature = \"{module}\")]\n") } else { String::new() };
        all.push((module.clone(), format!("{gate}pub mod {module};")));
    }
    all.sort();
    w.lines(all.into_iter().map(|(_, line)| line));
}

/// True where something of the schema is on its way out.
fn is_deprecating(sdk: &Sdk<'_>) -> bool {
    let ir = sdk.ir;
    let fields = |fields: &[Field]| fields.iter().any(|field| field.deprecated.is_some());
    let operations =
        |operations: &[Operation]| operations.iter().any(|operation| operation.deprecated.is_some());
    let types = ir.types.values().any(|decl| {
        decl.deprecated.is_some()
            || match &decl.kind {
                TypeDeclKind::Structure { fields: inner, .. } => fields(inner),
                TypeDeclKind::Enum { values, .. } => values.iter().any(|value| value.deprecated.is_some()),
                TypeDeclKind::Union { variants, .. } => {
                    variants.iter().any(|variant| variant.deprecated.is_some())
                }
                TypeDeclKind::Alias(_) => false,
            }
    });
    let resources = ir.resources.values().any(|resource| {
        resource.deprecated.is_some() || fields(&resource.fields) || operations(&resource.operations)
    });
    let errors = ir.errors.values().any(|error| error.deprecated.is_some() || fields(&error.fields));
    types || resources || errors || operations(&ir.service.operations)
}
