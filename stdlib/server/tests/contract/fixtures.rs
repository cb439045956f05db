//! What the services of tests have in common: each says only what it is about.

use atlas9_server::descriptor::{Access, Field, Managed, Resource, Scalar, Service, Type};

/// A resource that nothing is said of; its key is its first field.
pub const RESOURCE: Resource = Resource {
    name: "",
    snake: "",
    table: "",
    parent: None,
    path: "",
    fields: &[],
    key: Some(0),
    audited: None,
    events: false,
    operations: &[],
    rules: &[],
    unique: &[],
};

/// A service that nothing is said of.
pub const SERVICE: Service = Service {
    name: "",
    version: "1.0.0",
    base_path: "",
    auth: &[],
    scopes: &[],
    rate_limit: None,
    problem_base: "https://docs.example.com/problems/",
    resources: &[],
    operations: &[],
    errors: &[],
    openapi: "",
    docs: "",
    sqlite: &[],
    postgres: &[],
};

/// When a row was deleted softly.
pub const DELETED_AT: Field = Field::new("deleted_at", Type::Scalar(Scalar::Timestamp))
    .optional()
    .access(Access::ReadOnly)
    .managed(Managed::DeletedAt);
