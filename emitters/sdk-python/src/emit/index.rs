//! `__init__.py` and `_client.py`: what is imported from the package, and its two clients.

use std::collections::BTreeMap;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::problems::is_standard;
use atlas9_emitters_core::sdk::{agent, auth_scheme, environment};
use atlas9_ir::{AuthKind, Resource, ResourceId};

use super::imports::{Imports, order, order_of_all};
use super::operations::Plan;
use super::resource::hiding;
use super::runtime::EXPORTS;
use super::{apart, origin, python};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};

/// `__init__.py`: everything is imported when it is asked for.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let exported = exported(sdk);
    let mut w = Writer::new("    ");
    w.line(origin(sdk));
    let docs = if sdk.ir.service.docs.trim().is_empty() { &sdk.ir.docs } else { &sdk.ir.service.docs };
    Doc::of_or(docs, &format!("A client of {}.", sdk.ir.service.name)).write(&mut w);
    w.blank()
        .line("from __future__ import annotations")
        .blank()
        .line("from typing import TYPE_CHECKING")
        .blank();
    w.line("if TYPE_CHECKING:").indented(|w| {
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        exported.iter().for_each(|(name, module)| modules.entry(module.as_str()).or_default().push(name));
        for (module, mut names) in modules {
            names.sort_by(|a, b| order(a, b));
            let names: Vec<String> = names.into_iter().map(|name| format!("{name} as {name}")).collect();
            super::imports::import(w, &format!(".{module}"), &names);
        }
    });
    w.blank().line(format!("__version__ = {}", literal(&sdk.ir.service.version))).blank();
    let mut names: Vec<&str> = exported.keys().map(String::as_str).collect();
    names.sort_by(|a, b| order_of_all(a, b));
    let names: Vec<String> = names.into_iter().map(literal).collect();
    layout::list(&mut w, "__all__ = [", &names, "]");
    w.blank();
    let modules: Vec<String> =
        exported.iter().map(|(name, module)| format!("{}: {}", literal(name), literal(module))).collect();
    layout::list(&mut w, "_MODULES = {", &modules, "}");
    w.blank().lines(LAZY.lines());
    w.finish()
}

/// What is not imported until somebody asks for it. Who checks types sees the imports above alone.
const LAZY: &str = r#"if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
"#;

/// All that users import, each with its module.
fn exported(sdk: &Sdk<'_>) -> BTreeMap<String, String> {
    let service = &sdk.names.service;
    // What the schema has of the same name takes its place; the runtime's is still in its own module.
    let mut found: BTreeMap<String, String> =
        EXPORTS.iter().map(|(name, module)| ((*name).to_owned(), (*module).to_owned())).collect();
    let errors = sdk.ir.errors.iter().filter(|(_, error)| !is_standard(error));
    let errors: Vec<&str> = errors.map(|(id, _)| sdk.names.of_error(id)).collect();
    for name in &sdk.names.exported {
        let module = match name.as_str() {
            name if name == service || name.strip_prefix("Async") == Some(service) => "_client",
            name if errors.contains(&name) => "errors",
            _ => "models",
        };
        found.insert(name.clone(), module.to_owned());
    }
    found
}

/// `_client.py`
pub(super) fn client(sdk: &Sdk<'_>) -> String {
    let mut names = hiding(None, &sdk.ir.service.operations);
    let offered: Vec<(ResourceId, &Resource)> =
        sdk.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty()).collect();
    names.extend(offered.iter().map(|(id, _)| sdk.names.resource(*id).property.clone()));
    let mut imports = Imports::new(names, &sdk.names.exported, ".");
    let operations = sdk.ir.service.operations.iter();
    let plans: Vec<Plan> =
        operations.map(|operation| Plan::new(sdk, None, operation, &mut imports)).collect();
    let mut w = Writer::new("    ");
    service(&mut w, sdk, &mut imports);
    plans.iter().for_each(|plan| plan.write_constant(&mut w, &mut imports));
    for asynchronous in [false, true] {
        class(&mut w, sdk, &offered, &plans, asynchronous, &mut imports);
    }
    python(sdk, "The clients of the service.", &imports, &w.finish())
}

fn service(w: &mut Writer, sdk: &Sdk<'_>, imports: &mut Imports) {
    let scheme = match auth_scheme(sdk.ir) {
        AuthKind::ApiKey => "api_key",
        AuthKind::Bearer => "bearer",
    };
    let url = sdk.settings.shared.base_url.as_deref();
    let ty = imports.get("core.settings", "Service");
    let arguments = [
        format!("agent={}", literal(&agent(sdk.ir, "python"))),
        format!("environment={}", literal(&environment(sdk.ir))),
        format!("base_url={}", url.map_or_else(|| "None".to_owned(), literal)),
        format!("auth_scheme={}", literal(scheme)),
    ];
    layout::list(w, &format!("_SERVICE = {ty}("), &arguments, ")");
}

fn class(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    offered: &[(ResourceId, &Resource)],
    plans: &[Plan],
    asynchronous: bool,
    imports: &mut Imports,
) {
    let (start, base) = match asynchronous {
        false => ("", imports.get("core.sync_client", "SyncService")),
        true => ("Async", imports.get("core.async_client", "AsyncService")),
    };
    let environment = environment(sdk.ir);
    apart(w);
    w.line(format!("class {start}{}({base}):", sdk.names.service));
    w.indented(|w| {
        let how = if asynchronous { " for ``asyncio``" } else { "" };
        let otherwise = format!("A client of {}{how}.", sdk.ir.service.name);
        Doc::of_or(&sdk.ir.service.docs, &otherwise)
            .paragraph(format!(
                "What the arguments leave out comes from ``{environment}_API_KEY`` and ``{environment}_BASE_URL``."
            ))
            .write(w);
        w.blank();
        let (var, service) = (imports.get("typing", "ClassVar"), imports.get("core.settings", "Service"));
        w.line(format!("_service: {var}[{service}] = _SERVICE"));
        for (id, resource) in offered {
            property(w, sdk, *id, resource, start, imports);
        }
        plans.iter().for_each(|plan| plan.write(w, asynchronous, imports));
    });
}

/// A resource, whose module is imported when it is first asked for.
fn property(
    w: &mut Writer,
    sdk: &Sdk<'_>,
    id: ResourceId,
    resource: &Resource,
    start: &str,
    imports: &mut Imports,
) {
    let own = sdk.names.resource(id);
    let class = format!("{start}{}", own.class);
    let typed = imports.typed(&format!("resources.{}", own.module), &class);
    let cached = imports.get("functools", "cached_property");
    w.blank().line(format!("@{cached}"));
    w.line(format!("def {}(self) -> {typed}:", own.property));
    w.indented(|w| {
        let said = Doc::default().line(format!("What can be done with {}.", spaced(&resource.plural)));
        describe::deprecated(said, resource.deprecated.as_ref()).write(w);
        w.line(format!("from .resources import {} as module", own.module)).blank();
        w.line(format!("return module.{class}(self._client)"));
    });
}
