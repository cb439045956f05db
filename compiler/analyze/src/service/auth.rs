//! `auth bearer { scope "What it allows." }`.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{AuthKind, AuthScheme, Scope};
use atlas9_syntax::ast::{Auth, Service, ServiceMember};

use crate::context::{Cx, did_you_mean};
use crate::docs::{described, docs};
use crate::names::Once;

/// Reads every scheme, and enters its scopes.
pub(super) fn read<'a>(
    cx: &Cx<'a>,
    service: &'a Service,
    scopes: &mut BTreeMap<&'a str, Span>,
) -> Vec<AuthScheme> {
    let mut schemes = Vec::new();
    let mut once = Once::declared();
    for member in &service.members {
        let ServiceMember::Auth(auth) = member else { continue };
        scopes.extend(auth.scopes.iter().map(|scope| (scope.name.text.as_str(), scope.name.span)));
        if once.first(cx.sink, &auth.scheme) {
            schemes.extend(scheme(cx, auth));
        }
    }
    schemes
}

fn scheme(cx: &Cx<'_>, auth: &Auth) -> Option<AuthScheme> {
    let kind = match auth.scheme.text.as_str() {
        "bearer" => AuthKind::Bearer,
        "api_key" => AuthKind::ApiKey,
        other => {
            let help =
                did_you_mean(other, ["bearer", "api_key"], || "there are `bearer` and `api_key`".to_owned());
            cx.report(
                Diagnostic::error(codes::E0401, format!("there is no authentication called `{other}`"))
                    .at(auth.scheme.span, "not known")
                    .help(help),
            );
            return None;
        }
    };
    let mut once = Once::declared();
    let scopes = auth.scopes.iter().filter(|scope| once.first(cx.sink, &scope.name));
    let scopes = scopes.map(|scope| Scope {
        name: scope.name.text.clone(),
        docs: described(scope.text.as_ref(), &scope.docs),
        span: scope.name.span,
    });
    Some(AuthScheme { kind, docs: docs(&auth.docs), scopes: scopes.collect(), span: auth.span })
}
