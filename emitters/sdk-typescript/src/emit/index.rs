//! `src/index.ts` and `src/client.ts`: the client with all resources, and the one without.

use std::collections::BTreeSet;

use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::{Writer, sdk};
use atlas9_ir::{AuthKind, Resource, ResourceId};

use super::operations::Plan;
use super::resource::File;
use super::{imports, typescript};
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::text::{Doc, literal};

/// `src/client.ts`
pub(super) fn client(sdk: &Sdk<'_>) -> String {
    let mut members = vec![
        format!("agent: {}", literal(&sdk::agent(sdk.ir, "typescript"))),
        format!("environment: {}", literal(&sdk::environment(sdk.ir))),
        format!("authScheme: {}", literal(auth_scheme(sdk))),
    ];
    if let Some(url) = &sdk.settings.shared.base_url {
        members.push(format!("baseUrl: {}", literal(url)));
    }
    let mut w = typescript(sdk);
    w.line("import { HttpClient, type ClientOptions } from \"./core/index.js\";").blank();
    Doc::default()
        .line(format!(
            "A client of {} without its resources, for the functions of their modules.",
            sdk.names.service
        ))
        .line(format!(
            "A bundler takes only the functions that are used; {} brings all of them.",
            sdk.names.service
        ))
        .write(&mut w);
    w.block(format!("export class {} extends HttpClient {{", sdk.names.client), "}", |w| {
        constructor(w, |w| layout::call_with_object(w, "super", &members, "options"));
    });
    w.finish()
}

/// `src/index.ts`
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut w = typescript(sdk);
    let offered: Vec<(ResourceId, &Resource)> =
        sdk.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty()).collect();
    for (id, _) in &offered {
        let own = sdk.names.resource(*id);
        w.line(format!("import {{ {} }} from \"./{}.js\";", own.class, own.module));
    }
    w.line(format!("import {{ {} }} from \"./client.js\";", sdk.names.client));
    let (mut file, methods) = methods(sdk);
    file.uses.core.insert("ClientOptions".to_owned());
    file.uses.core.remove("HttpClient");
    let none = BTreeSet::new();
    imports::write(&mut w, &none, &file.uses.core, "./core/index.js");
    imports::write(&mut w, &methods.values, &methods.types, "./operations.js");
    imports::write(&mut w, &none, &file.uses.types, "./types.js");
    w.blank();
    for (id, resource) in &offered {
        exports(&mut w, sdk, *id, resource);
    }
    let inputs: Vec<String> = methods.types.iter().cloned().collect();
    if !inputs.is_empty() {
        layout::braces(&mut w, "export type ", &inputs, " from \"./operations.js\";");
    }
    w.line(format!("export {{ {} }} from \"./client.js\";", sdk.names.client));
    w.line("export * from \"./core/index.js\";");
    w.line("export * from \"./errors.js\";");
    w.line("export type * from \"./types.js\";").blank();
    service(&mut w, sdk, &offered, &methods.plans);
    w.finish()
}

/// The methods of the service's own operations, and what of `operations.ts` they need.
struct Methods {
    plans: Vec<Plan>,
    values: BTreeSet<String>,
    types: BTreeSet<String>,
}

fn methods<'a>(sdk: &'a Sdk<'a>) -> (File<'a>, Methods) {
    let mut file = File::new(sdk);
    let names = &sdk.names.operations;
    let operations = &sdk.ir.service.operations;
    let methods = Methods {
        plans: operations.iter().map(|operation| Plan::new(&mut file, None, operation)).collect(),
        values: operations.iter().map(|operation| names.function(operation)).collect(),
        types: operations.iter().flat_map(|operation| names.inputs(None, operation)).collect(),
    };
    (file, methods)
}

fn exports(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource) {
    let own = sdk.names.resource(id);
    let mut exported = vec![own.class.clone()];
    exported.extend(sdk::embedded(resource).next().map(|_| format!("type {}", own.expand)));
    let chooses = resource.operations.iter().any(|operation| operation.fields);
    exported.extend(chooses.then(|| format!("type {}", own.field)));
    let inputs = resource.operations.iter().flat_map(|operation| own.inputs(Some(resource), operation));
    exported.extend(inputs.map(|name| format!("type {name}")));
    layout::braces(w, "export ", &exported, &format!(" from \"./{}.js\";", own.module));
}

fn service(w: &mut Writer, sdk: &Sdk<'_>, offered: &[(ResourceId, &Resource)], plans: &[Plan]) {
    let environment = sdk::environment(sdk.ir);
    Doc::of_or(&sdk.ir.service.docs, &format!("A client of {}.", sdk.names.service))
        .paragraph(format!(
            "What the options leave out comes from `{environment}_API_KEY` and `{environment}_BASE_URL`."
        ))
        .write(w);
    w.block(format!("export class {} extends {} {{", sdk.names.service, sdk.names.client), "}", |w| {
        for (id, resource) in offered {
            let own = sdk.names.resource(*id);
            let text = format!("What can be done with {}.", spaced(&resource.plural));
            describe::deprecated(Doc::default().line(text), resource.deprecated.as_ref()).write(w);
            w.line(format!("readonly {}: {1} = new {1}(this);", own.property, own.class));
        }
        w.blank();
        constructor(w, |w| {
            w.line("super(options);");
        });
        plans.iter().for_each(|plan| plan.write_method(w, "this"));
    });
}

fn constructor(w: &mut Writer, body: impl FnOnce(&mut Writer)) {
    Doc::default()
        .tag("@throws TypeError", "when neither the options nor the environment say where the service is.")
        .write(w);
    w.block("constructor(options: ClientOptions = {}) {", "}", body);
}

fn auth_scheme(sdk: &Sdk<'_>) -> &'static str {
    match sdk::auth_scheme(sdk.ir) {
        AuthKind::ApiKey => "api_key",
        AuthKind::Bearer => "bearer",
    }
}
