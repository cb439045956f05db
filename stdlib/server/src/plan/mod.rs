//! What the server works out from the descriptors once, at start: columns, SQL texts, patterns, who refers to whom.

mod check;
mod columns;
mod keys;
mod links;
mod lists;
mod losses;
mod path;
mod references;
mod referrers;
mod slots;
mod table;
mod texts;
mod widths;

pub(crate) use check::field_at;
pub(crate) use columns::{Column, Shape, column_at, quoted};
pub(crate) use links::{LinksPlan, OwnerKey, listed};
pub(crate) use lists::{ListField, ListPlan, SearchPlan, is_ordered};
pub(crate) use losses::Loss;
pub(crate) use path::{PathParameter, path_binds};
pub(crate) use references::OwnReference;
pub(crate) use referrers::{Referrer, owner_columns};
pub(crate) use slots::{Slot, slots};
pub(crate) use table::Table;
pub(crate) use texts::Texts;
pub(crate) use widths::Width;

use std::collections::HashMap;

use atlas9_descriptor::{Field, Managed, Resource, Service, Type};
use regex::Regex;

use crate::Principal;
use crate::audit::Watched;
use crate::store::{Bind, ColumnType, Dialect, Reach, Statement};
use crate::value::{Decimal, Value};

/// A service, prepared.
pub(crate) struct ServicePlan {
    pub(crate) service: &'static Service,
    pub(crate) dialect: Dialect,
    plans: Vec<Plan>,
    by_name: HashMap<&'static str, usize>,
    pub(crate) bounds: Bounds,
    /// The type of what names a tenant; nothing where all rows are shared.
    pub(crate) tenant: Option<&'static Type>,
}

/// A resource, prepared.
pub(crate) struct Plan {
    pub(crate) resource: &'static Resource,
    pub(crate) table: Table,
    /// The place of the field that says whose a row is.
    pub(crate) tenant: Option<usize>,
    /// True for what is shared and tenants' rows refer to: when it goes, that concerns every tenant.
    pub(crate) concerns_tenants: bool,
    pub(crate) columns: Vec<Column>,
    /// How each field is stored, in the order of the fields.
    pub(crate) shapes: Vec<Shape>,
    /// The places of the parents' keys among the fields, outermost first.
    pub(crate) parents: Vec<usize>,
    /// The place of the field that says when a row was soft-deleted.
    pub(crate) deleted_at: Option<usize>,
    /// True where a row that has gone can be made again under its address: clients choose its key, or it is the singleton of a parent,
    /// whose key they may have chosen. Its versions begin at the time in microseconds, since an entity tag that was seen must not name
    /// another state (RFC 9110, section 8.8.1).
    pub(crate) can_come_back: bool,
    /// What it refers to.
    pub(crate) references: Vec<OwnReference>,
    /// Who refers to it.
    pub(crate) referrers: Vec<Referrer>,
    /// The singletons in it, which go with it.
    pub(crate) parts: Vec<Referrer>,
    /// Its lists of references.
    pub(crate) links: Vec<LinksPlan>,
    /// Its primary key.
    pub(crate) owner: OwnerKey,
    /// Its indexes that can be too small.
    pub(crate) widths: Vec<Width>,
    /// What changes in other rows when one of these goes.
    pub(crate) losses: Vec<Loss>,
    /// The parameters that lead to one row.
    pub(crate) path: Vec<PathParameter>,
    pub(crate) list: Option<ListPlan>,
    pub(crate) texts: Texts,
}

/// Patterns and decimal bounds of types, by their text in the schema.
#[derive(Default)]
pub(crate) struct Bounds {
    pub(crate) patterns: HashMap<&'static str, Regex>,
    pub(crate) decimals: HashMap<&'static str, Decimal>,
}

impl ServicePlan {
    /// Prepares a service for a database.
    ///
    /// # Errors
    /// Everything in the descriptors that does not fit together, each in a sentence.
    pub(crate) fn new(service: &'static Service, dialect: Dialect) -> Result<ServicePlan, Vec<String>> {
        let mut wrong = Vec::new();
        let by_name = service.resources.iter().enumerate().map(|(index, resource)| (resource.name, index));
        let by_name: HashMap<_, _> = by_name.collect();
        let bounds = check::service(service, dialect, &by_name, &mut wrong);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let plans: Vec<Plan> =
            service.resources.iter().map(|resource| Plan::new(service, resource, dialect)).collect();
        let wrong: Vec<String> = plans.iter().flat_map(broken_defaults).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let tenant = service.resources.iter().find_map(|resource| resource.tenant_field());
        Ok(ServicePlan { service, dialect, plans, by_name, bounds, tenant: tenant.map(|field| &field.ty) })
    }

    /// The plan of a resource by its declared name.
    pub(crate) fn named(&self, name: &str) -> Option<&Plan> {
        self.plans.get(*self.by_name.get(name)?)
    }

    /// The tenant that a caller belongs to; null for a caller without one, and where the credentials name none that there can be.
    pub(crate) fn tenant_of(&self, principal: &Principal) -> Value {
        let read = |(text, ty)| crate::validate::from_text(&self.bounds, text, ty).ok();
        principal.tenant().zip(self.tenant).and_then(read).unwrap_or(Value::Null)
    }

    /// Whose rows a caller reaches.
    pub(crate) fn reach(&self, principal: &Principal) -> Reach {
        match (self.tenant_of(principal), self.tenant) {
            (Value::Null, _) | (_, None) => Reach::Shared,
            (value, Some(ty)) => Reach::Tenant(Bind::new(&value, ColumnType::of(ty))),
        }
    }

    /// The plans of all resources, in their order.
    pub(crate) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// True where somebody is to know of changes of some resource.
    pub(crate) fn is_watched(&self) -> bool {
        self.plans.iter().any(|plan| plan.resource.is_watched())
    }

    /// The plan at a place.
    pub(crate) fn at(&self, index: usize) -> Option<&Plan> {
        self.plans.get(index)
    }
}

impl Plan {
    fn new(service: &'static Service, resource: &'static Resource, dialect: Dialect) -> Plan {
        let columns = columns::columns(resource.fields);
        let parents = managed(resource.fields, Managed::Parent);
        let owner = OwnerKey::new(resource, &parents);
        let referrers = referrers::referrers(service, resource);
        Plan {
            resource,
            table: Table::of(resource),
            tenant: managed(resource.fields, Managed::Tenant).first().copied(),
            concerns_tenants: resource.tenant_field().is_none() && referrers.iter().any(|it| it.of_tenants),
            shapes: columns::shapes(resource.fields),
            widths: widths::widths(resource, &columns, &owner),
            owner,
            parents,
            links: links::links(service, resource),
            losses: losses::losses(service, resource),
            deleted_at: managed(resource.fields, Managed::DeletedAt).first().copied(),
            can_come_back: can_come_back(resource),
            references: references::references(service, resource, &columns),
            referrers,
            parts: referrers::parts(service, resource),
            path: path::parameters(service, resource),
            list: lists::list_plan(resource, &columns),
            texts: texts::texts(service, resource, dialect),
            columns,
        }
    }

    /// `UPDATE ... SET` another version and what `sets` adds, ` WHERE ` the row is the tenant's; conditions have to follow.
    pub(crate) fn update(
        &self,
        _: Watched,
        binds: Vec<Bind>,
        sets: impl FnOnce(&mut Statement),
    ) -> Statement {
        self.table.update(binds, sets)
    }

    /// The parameters that lead to a collection.
    pub(crate) fn collection_path(&self) -> &[PathParameter] {
        match self.path.split_last() {
            Some((_, parents)) if !self.resource.is_singleton() => parents,
            _ => &self.path,
        }
    }

    /// The values of the path that lead to a row.
    pub(crate) fn key_values(&self, record: &crate::Record) -> Vec<crate::Value> {
        let value = |index: usize| record.at(index).cloned().unwrap_or(crate::Value::Null);
        self.parents.iter().map(|index| value(*index)).chain(self.resource.key.map(value)).collect()
    }
}

/// The rules that the row of a singleton breaks before anybody has changed it: nobody could read it.
fn broken_defaults(plan: &Plan) -> Vec<String> {
    if !plan.resource.is_singleton() {
        return Vec::new();
    }
    let now = crate::value::Timestamp::now();
    let defaults = crate::operation::singleton::defaults(plan, &[], &Value::Null, now);
    let broken = crate::rules::broken(&defaults, plan.resource.rules, now);
    let told = broken
        .iter()
        .map(|rule| format!("{}: its defaults break the rule `{}`", plan.resource.name, rule.code));
    told.collect()
}

fn can_come_back(resource: &Resource) -> bool {
    match resource.key_field() {
        Some(key) => key.managed != Some(Managed::Key),
        None => !managed(resource.fields, Managed::Parent).is_empty(),
    }
}

/// The places of the fields whose value the server gives in this way.
pub(crate) fn managed(fields: &[Field], kind: Managed) -> Vec<usize> {
    let all = fields.iter().enumerate();
    all.filter(|(_, field)| field.managed == Some(kind)).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests;
