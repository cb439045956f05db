//! `src/index.ts` and `src/client.ts`: the client with all resources, and the one without.

use atlas9_emitters_core::{Writer, names};
use atlas9_ir::{AuthKind, OperationKind, Resource, ResourceId};

use super::typescript;
use crate::Sdk;
use crate::describe;
use crate::layout;
use crate::positions::request_fields;
use crate::text::{Doc, literal};

/// `src/client.ts`
pub(super) fn client(sdk: &Sdk<'_>) -> String {
    let mut members = vec![
        format!("agent: {}", literal(&agent(sdk))),
        format!("environment: {}", literal(&environment(sdk))),
        format!("authScheme: {}", literal(auth_scheme(sdk))),
    ];
    if let Some(url) = &sdk.settings.base_url {
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
    w.line("import type { ClientOptions } from \"./core/index.js\";").blank();
    for (id, resource) in &offered {
        exports(&mut w, sdk, *id, resource);
    }
    w.line(format!("export {{ {} }} from \"./client.js\";", sdk.names.client));
    w.line("export * from \"./core/index.js\";");
    w.line("export * from \"./errors.js\";");
    w.line("export type * from \"./types.js\";").blank();
    service(&mut w, sdk, &offered);
    w.finish()
}

fn exports(w: &mut Writer, sdk: &Sdk<'_>, id: ResourceId, resource: &Resource) {
    let own = sdk.names.resource(id);
    let mut exported = vec![own.class.clone()];
    for operation in &resource.operations {
        let list = matches!(&operation.kind, OperationKind::List(_));
        if matches!(&operation.kind, OperationKind::List(list) if !list.sort.is_empty()) {
            exported.push(format!("type {}", own.sort));
        }
        if list || !request_fields(resource, operation).is_empty() {
            exported.push(format!("type {}", own.input(operation)));
        }
    }
    layout::braces(w, "export ", &exported, &format!(" from \"./{}.js\";", own.module));
}

fn service(w: &mut Writer, sdk: &Sdk<'_>, offered: &[(ResourceId, &Resource)]) {
    let environment = environment(sdk);
    Doc::of_or(&sdk.ir.service.docs, &format!("A client of {}.", sdk.names.service))
        .paragraph(format!(
            "What the options leave out comes from `{environment}_API_KEY` and `{environment}_BASE_URL`."
        ))
        .write(w);
    w.block(format!("export class {} extends {} {{", sdk.names.service, sdk.names.client), "}", |w| {
        for (id, resource) in offered {
            let own = sdk.names.resource(*id);
            let text = format!("What can be done with {}.", describe::words(&resource.plural));
            describe::deprecated(Doc::default().line(text), resource.deprecated.as_ref()).write(w);
            w.line(format!("readonly {}: {1} = new {1}(this);", own.property, own.class));
        }
        w.blank();
        constructor(w, |w| {
            w.line("super(options);");
        });
    });
}

fn constructor(w: &mut Writer, body: impl FnOnce(&mut Writer)) {
    Doc::default()
        .tag("@throws TypeError", "when neither the options nor the environment say where the service is.")
        .write(w);
    w.block("constructor(options: ClientOptions = {}) {", "}", body);
}

/// How the variables of the environment begin, `BOOKSTORE`.
pub(super) fn environment(sdk: &Sdk<'_>) -> String {
    names::shouty(&sdk.ir.service.name)
}

/// A product of `User-Agent` (RFC 9110, section 10.1.5), made of the characters of a token.
fn agent(sdk: &Sdk<'_>) -> String {
    let token = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || ".-+_".contains(c) { c } else { '-' }).collect()
    };
    format!("{}-typescript/{}", token(&sdk.ir.package), token(&sdk.ir.service.version))
}

fn auth_scheme(sdk: &Sdk<'_>) -> &'static str {
    match sdk.ir.service.auth.first().map(|auth| auth.kind) {
        Some(AuthKind::ApiKey) => "api_key",
        Some(AuthKind::Bearer) | None => "bearer",
    }
}
