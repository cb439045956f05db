//! The service as a whole.

use atlas9_descriptor as descriptor;
use atlas9_ir::{AuthKind, ErrorDecl, Ir, Retry};

use super::{Lower, leak};
use crate::names;

/// What the server carries that the model does not say.
#[derive(Clone, Debug, Default)]
pub struct Embed {
    /// What is served at `/openapi.json`; empty for none.
    pub openapi: String,
    /// The HTML page that is served at `/docs`; empty for none.
    pub docs: String,
    /// Migrations for SQLite, in order.
    pub sqlite: Vec<descriptor::Migration>,
    /// Migrations for PostgreSQL, in order.
    pub postgres: Vec<descriptor::Migration>,
    /// What type URIs of problems begin with; empty for [`problem_base`].
    pub problem_base: String,
}

/// What type URIs of problems begin with where nothing is said: an identifier that needs no server to answer.
pub fn problem_base(ir: &Ir) -> String {
    format!("urn:problem:{}:", ir.package)
}

impl Lower<'_> {
    /// `errors` are the descriptors of all errors; those of the standard library are the runtime's own.
    pub(super) fn service(&mut self, embed: Embed, errors: &[descriptor::ErrorType]) -> descriptor::Service {
        let ir = self.ir;
        let service = &ir.service;
        let resources: Vec<_> =
            ir.resources.iter().map(|(id, resource)| self.resource(id, resource)).collect();
        let operations: Vec<_> =
            service.operations.iter().map(|operation| self.operation(operation, None)).collect();
        let declared = ir.errors.values().zip(errors).filter(|(error, _)| !names::is_standard(error));
        let errors: Vec<_> = declared.map(|(_, error)| *error).collect();
        let base = if embed.problem_base.is_empty() { problem_base(ir) } else { embed.problem_base };
        // Two schemes may have scopes in common.
        let declared = service.auth.iter().flat_map(|auth| &auth.scopes);
        let mut scopes: Vec<&str> = Vec::new();
        for scope in declared {
            if !scopes.contains(&scope.name.as_str()) {
                scopes.push(&scope.name);
            }
        }
        descriptor::Service {
            name: leak::text(&service.name),
            version: leak::text(&service.version),
            base_path: leak::text(&service.base_path),
            auth: leak::slice(service.auth.iter().map(|auth| match auth.kind {
                AuthKind::Bearer => descriptor::Auth::Bearer,
                AuthKind::ApiKey => descriptor::Auth::ApiKey,
            })),
            scopes: leak::slice(scopes.into_iter().map(leak::text)),
            rate_limit: service.rate_limit.map(|limit| (limit.requests, limit.seconds)),
            problem_base: leak::text(&base),
            resources: leak::slice(resources),
            operations: leak::slice(operations),
            errors: leak::slice(errors),
            openapi: leak::text(&embed.openapi),
            docs: leak::text(&embed.docs),
            sqlite: leak::slice(embed.sqlite),
            postgres: leak::slice(embed.postgres),
        }
    }

    /// The descriptor of an error.
    pub(super) fn error(&mut self, error: &ErrorDecl) -> descriptor::ErrorType {
        descriptor::ErrorType {
            code: leak::text(&error.code),
            title: leak::text(&atlas9_emitters_core::names::sentence(&error.name)),
            kind: error.kind.word(),
            status: error.kind.status(),
            retry: match error.kind.retry() {
                Retry::No => descriptor::Retry::No,
                Retry::AfterReading => descriptor::Retry::AfterReading,
                Retry::AfterDelay => descriptor::Retry::AfterDelay,
                Retry::WithBackoff => descriptor::Retry::WithBackoff,
            },
            message: leak::text(&error.message),
            remedy: leak::text(&error.remedy),
            fields: self.fields(&error.fields),
        }
    }
}
