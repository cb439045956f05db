//! Tables in SQL. A resource's table is named here alone, so that no statement names it without the tenant.

use atlas9_descriptor::{Links, Managed, Resource};

use super::columns::quoted;
use super::managed;
use crate::store::{Bind, Statement, TENANT};

/// A table, and the column that says whose each row is.
pub(crate) struct Table {
    /// In quotes.
    name: String,
    tenant: Option<String>,
}

impl Table {
    /// The rows of a resource that the tenant of the session reaches; all of one that is shared.
    pub(crate) fn of(resource: &Resource) -> Table {
        let place = managed(resource.fields, Managed::Tenant).first().copied();
        let tenant = place.and_then(|place| resource.fields.get(place)).map(|field| quoted(field.name));
        Table { name: quoted(resource.table), tenant }
    }

    /// The same of a list of references.
    pub(crate) fn of_links(links: &Links) -> Table {
        Table { name: quoted(links.table), tenant: links.tenant.map(quoted) }
    }

    /// The rows of every tenant: for what refers to a shared row that goes, and for telling whose rows are to be purged.
    pub(crate) fn every(self) -> Table {
        Table { tenant: None, ..self }
    }

    /// `"books" t WHERE t."tenant_id" = $tenant AND `: conditions have to follow.
    pub(crate) fn rows(&self, alias: &str) -> String {
        self.with_joins(alias, "")
    }

    /// The same with joins, each with a space before it.
    pub(crate) fn with_joins(&self, alias: &str, joins: &str) -> String {
        format!("{} {alias}{joins} WHERE {}", self.name, self.pin(alias))
    }

    /// ` JOIN "books" r ON r."tenant_id" = $tenant AND ` and the conditions.
    pub(crate) fn joined(&self, alias: &str, on: &str) -> String {
        let on = if on.is_empty() { "1 = 1" } else { on };
        format!(" JOIN {} {alias} ON {}{on}", self.name, self.pin(alias))
    }

    /// `DELETE FROM "books" AS t WHERE t."tenant_id" = $tenant AND `: conditions have to follow.
    pub(super) fn delete(&self, alias: &str) -> String {
        format!("DELETE FROM {} AS {alias} WHERE {}", self.name, self.pin(alias))
    }

    /// `UPDATE "books" AS t SET row_version = t.row_version + 1`, what else is set, and ` WHERE t."tenant_id" = $tenant AND `: conditions
    /// have to follow.
    pub(super) fn update(&self, binds: Vec<Bind>, sets: impl FnOnce(&mut Statement)) -> Statement {
        let text = format!("UPDATE {} AS t SET row_version = t.row_version + 1", self.name);
        let mut update = Statement::with(text, binds);
        sets(&mut update);
        update.push(" WHERE ").push(&self.pin("t"));
        update
    }

    /// The same as a text where nothing else is set.
    pub(super) fn touch(&self) -> String {
        let pin = self.pin("t");
        format!("UPDATE {} AS t SET row_version = t.row_version + 1 WHERE {pin}", self.name)
    }

    /// `INSERT INTO "books" ("tenant_id", ...) VALUES `, before rows that each begin with [`Table::row`].
    pub(super) fn insert(&self, columns: &str) -> String {
        let tenant = self.tenant.as_ref().map(|column| format!("{column}, ")).unwrap_or_default();
        format!("INSERT INTO {} ({tenant}{columns}) VALUES ", self.name)
    }

    /// `($tenant, `, before the values of a row.
    pub(crate) fn row(&self) -> String {
        if self.tenant.is_some() { format!("({TENANT}, ") } else { "(".to_owned() }
    }

    /// The columns of a key, behind the tenant.
    pub(crate) fn key(&self, columns: &[String]) -> String {
        self.tenant.iter().chain(columns).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The column that says whose a row is, in quotes.
    pub(crate) fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// The condition that a row is the tenant's, with ` AND ` behind it.
    fn pin(&self, alias: &str) -> String {
        let tenant = self.tenant.as_ref();
        tenant.map(|column| format!("{alias}.{column} = {TENANT} AND ")).unwrap_or_default()
    }
}
