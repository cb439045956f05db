//! `client.go`: the client with all resources.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go;
use atlas9_emitters_core::calls::go::types::Uses;
use atlas9_emitters_core::describe::spaced;
use atlas9_emitters_core::sdk::{agent, auth_scheme, environment};
use atlas9_ir::{AuthKind, Resource, ResourceId};

use crate::Sdk;
use crate::describe;
use crate::layout::{self, Line};
use crate::text::{Doc, literal};

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let client = &sdk.plan.names.client;
    let offered: Vec<(ResourceId, &Resource)> =
        sdk.plan.ir.resources.iter().filter(|(_, resource)| !resource.operations.is_empty()).collect();
    let mut w = super::go(sdk, &Uses::from(["api", "context", "option"]));
    w.blank();
    Doc::ours(format!("{client} is a client of {}. Make it with [New].", sdk.plan.ir.service.name))
        .sentence("It may be used by several goroutines.")
        .write(&mut w);
    w.block(format!("type {client} struct {{"), "}", |w| {
        let lines: Vec<Line> = offered.iter().map(|(id, resource)| property(sdk, *id, resource)).collect();
        layout::lines(w, &lines);
        if !lines.is_empty() {
            w.blank();
        }
        w.line("client *api.Client");
    });
    constructor(&mut w, sdk, &offered);
    w.blank();
    Doc::ours("Do sends a call and reads the answer into a value; nil for none. It is the way to call what this package does not know.")
        .write(&mut w);
    w.block(
        format!(
            "func (r *{client}) Do(ctx context.Context, call api.Call, into any, opts ...option.Option) error {{"
        ),
        "}",
        |w| {
            w.line("return r.client.Do(ctx, call, into, opts...)");
        },
    );
    w.finish()
}

fn property(sdk: &Sdk<'_>, id: ResourceId, resource: &Resource) -> Line {
    let name = go::field(resource);
    let text = format!("{name} is what can be done with {}.", spaced(&resource.plural));
    let doc = describe::deprecated(Doc::ours(text), resource.deprecated.as_ref());
    Line { doc, cells: vec![name, format!("*{}", sdk.plan.names.resource(id).service)] }
}

fn constructor(w: &mut Writer, sdk: &Sdk<'_>, offered: &[(ResourceId, &Resource)]) {
    let client = &sdk.plan.names.client;
    let environment = environment(sdk.plan.ir);
    w.blank();
    Doc::ours(format!(
        "New makes a client. What the options leave out comes from {environment}_API_KEY and {environment}_BASE_URL."
    ))
    .sentence("It fails when nothing says where the service is.")
    .write(w);
    w.block(format!("func New(opts ...option.Option) (*{client}, error) {{"), "}", |w| {
        let members = service(sdk, &environment);
        layout::literal(w, "client, err := api.NewClient(api.Service{", &members, "}, opts...)");
        w.block("if err != nil {", "}", |w| {
            w.line("return nil, err");
        });
        let own = offered.iter().map(|(id, resource)| {
            (go::field(resource), format!("&{}{{client}}", sdk.plan.names.resource(*id).service))
        });
        let members: Vec<(String, String)> =
            own.chain([("client".to_owned(), "client".to_owned())]).collect();
        layout::literal(w, &format!("return &{client}{{"), &members, "}, nil");
    });
}

fn service(sdk: &Sdk<'_>, environment: &str) -> Vec<(&'static str, String)> {
    let scheme = match auth_scheme(sdk.plan.ir) {
        AuthKind::ApiKey => "api.APIKey",
        AuthKind::Bearer => "api.Bearer",
    };
    let mut members =
        vec![("Agent", literal(&agent(sdk.plan.ir, "go"))), ("Environment", literal(environment))];
    members.extend(sdk.settings.shared.base_url.as_ref().map(|url| ("BaseURL", literal(url))));
    members.push(("Scheme", scheme.to_owned()));
    members
}
