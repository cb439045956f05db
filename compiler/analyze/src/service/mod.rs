//! The service: its settings, how clients say who they are, and what holds for every operation.

mod auth;
mod pagination;
mod settings;

pub(crate) use pagination::read as pagination;

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{Applied, AuthScheme, Pagination, PaginationStyle, RateLimit, Service, WireCase};
use atlas9_syntax::ast::{self, Item, ItemKind, Name, ServiceMember};
use heck::ToLowerCamelCase;

use crate::annotations::{self, Place};
use crate::context::{At, Cx, Sink, listed};
use crate::docs::docs;
use crate::model::Types;
use crate::names::{Kind, Once, Symbol};
use crate::reserved;
use crate::version::Version;

/// What the service says, or what holds where it says nothing.
#[derive(Default)]
pub(crate) struct Api<'a> {
    /// Where the service is declared.
    pub symbol: Option<usize>,
    pub version: Option<(Version, Span)>,
    pub service: Option<Service>,
    pub wire_case: WireCase,
    scopes: BTreeMap<&'a str, Span>,
    /// True when any scope may exist: there is no service, or its `auth` cannot be read.
    open: bool,
    /// True when the service has an `auth`, of whatever kind.
    says_auth: bool,
}

/// Items on a page where nothing is declared.
pub(crate) const PAGE: Pagination =
    Pagination { style: PaginationStyle::Cursor, default: 20, max: 100, declared: false };

impl Api<'_> {
    /// The field's name on the wire.
    pub(crate) fn wire(&self, name: &str) -> String {
        match self.wire_case {
            WireCase::SnakeCase => name.to_owned(),
            WireCase::CamelCase => name.to_lower_camel_case(),
        }
    }

    /// How lists are paged that do not say it themselves.
    pub(crate) fn paginate(&self) -> Pagination {
        self.service.as_ref().map_or(PAGE, |service| service.paginate.clone())
    }

    /// True when clients say who they are.
    pub(crate) fn authenticated(&self) -> bool {
        self.service.as_ref().is_some_and(|service| !service.auth.is_empty())
    }

    /// True when no client can say who it is.
    pub(crate) fn knows_nobody(&self) -> bool {
        !self.open && self.service.is_some() && !self.says_auth
    }

    /// True when one of the scopes is none, which is reported where it stands.
    pub(crate) fn misses(&self, scopes: &[String]) -> bool {
        !self.open && scopes.iter().any(|scope| !self.scopes.contains_key(scope.as_str()))
    }

    /// The scopes by name; unknown and repeated ones are reported.
    pub(crate) fn scopes(&self, at: At<'_, '_>, names: Vec<&Name>) -> Vec<String> {
        let mut once = Once::named();
        for name in &names {
            let first = once.first(at.cx.sink, name);
            match self.scopes.get(name.text.as_str()) {
                Some(declared) => at.means(name, *declared),
                None if first && !self.open => self.unknown_scope(at.cx.sink, name),
                None => {}
            }
        }
        names.into_iter().map(|name| name.text.clone()).collect()
    }

    fn unknown_scope(&self, sink: &Sink, name: &Name) {
        let known = || self.scopes.keys().copied();
        let help = if self.scopes.is_empty() {
            "the service declares no scopes: add `auth bearer { ... }` to it".to_owned()
        } else {
            sink.did_you_mean(&name.text, known(), || {
                format!("the service declares {}", listed(known(), "and"))
            })
        };
        sink.unknown(
            Diagnostic::error(codes::E0407, format!("there is no scope called `{}`", name.text))
                .at(name.span, "not declared in the service")
                .help(help),
        );
    }
}

/// Reads the service, and reports any other one.
pub(crate) fn read<'a>(cx: &Cx<'a>) -> Api<'a> {
    let own = |symbol: &Symbol<'_>| symbol.kind == Kind::Service && cx.names.own(symbol);
    let mut services = cx.names.symbols.iter().enumerate().filter(|(_, symbol)| own(symbol));
    let unreadable = |item: &Item| matches!(&item.kind, ItemKind::Broken(broken) if matches!(broken.keyword.as_str(), "service" | ""));
    let lost = cx.own_files().flat_map(|file| &file.items).any(unreadable);
    let Some((index, symbol)) = services.next() else { return Api { open: true, ..Api::default() } };
    for (_, other) in services {
        one_only(cx, other, symbol);
    }
    let ItemKind::Service(service) = &symbol.item.kind else { return Api::default() };
    let mut api = Api { symbol: Some(index), open: lost, ..Api::default() };
    let mut said = settings::read(cx, symbol.file, service);
    api.wire_case = said.wire_case;
    api.version = said.version.take();
    api.open |= service.members.iter().any(is_unreadable_auth);
    api.says_auth = service.members.iter().any(|member| matches!(member, ServiceMember::Auth(_)));
    let auth = auth::read(cx, service, &mut api.scopes);
    api.service = Some(Service { annotations: note(cx, symbol), ..assemble(cx, symbol, said, auth) });
    api
}

fn one_only(cx: &Cx<'_>, other: &Symbol<'_>, first: &Symbol<'_>) {
    cx.report(
        Diagnostic::error(codes::E0403, "a package has one service")
            .at(other.name.span, "a second one")
            .and(first.name.span, "the first one")
            .help("make them one, or move this one into a package of its own"),
    );
}

fn is_unreadable_auth(member: &ServiceMember) -> bool {
    match member {
        ServiceMember::Broken(broken) => !settings::is_known(&broken.keyword),
        ServiceMember::Auth(auth) => !auth.broken.is_empty(),
        ServiceMember::Setting(_) | ServiceMember::Operation(_) | ServiceMember::Reserved(_) => false,
    }
}

/// What the settings say.
pub(crate) struct Said {
    version: Option<(Version, Span)>,
    version_text: String,
    base_path: String,
    paginate: Pagination,
    notice_days: Option<u32>,
    rate_limit: Option<RateLimit>,
    raises: Vec<atlas9_ir::ErrorId>,
    wire_case: WireCase,
}

fn assemble(cx: &Cx<'_>, symbol: &Symbol<'_>, said: Said, auth: Vec<AuthScheme>) -> Service {
    let members = match &symbol.item.kind {
        ItemKind::Service(service) => service.members.as_slice(),
        _ => &[],
    };
    let lines = members.iter().filter_map(|member| match member {
        ServiceMember::Reserved(line) => Some(line),
        _ => None,
    });
    Service {
        name: symbol.name.text.clone(),
        docs: docs(&symbol.item.docs),
        span: symbol.name.span,
        extent: symbol.item.span,
        version: said.version_text,
        base_path: said.base_path,
        paginate: said.paginate,
        wire_case: said.wire_case,
        deprecation_notice_days: said.notice_days,
        rate_limit: said.rate_limit,
        raises: said.raises,
        auth,
        operations: Vec::new(),
        annotations: Vec::new(),
        reserved: reserved::names(cx.sink, lines),
    }
}

/// The declared annotations of the service. Its scopes have none: theirs say nothing but what lints are allowed.
fn note(cx: &Cx<'_>, symbol: &Symbol<'_>) -> Vec<Applied> {
    let at = At { cx, types: &Types::default(), file: symbol.file };
    let noted = annotations::declaration(at, Place::Service, &symbol.item.annotations, symbol.item.span);
    let ItemKind::Service(service) = &symbol.item.kind else { return Vec::new() };
    for member in &service.members {
        if let ServiceMember::Auth(ast::Auth { scopes, .. }) = member {
            for scope in scopes {
                annotations::declaration(at, Place::Scope, &scope.annotations, scope.span);
            }
        }
    }
    noted.annotations
}
