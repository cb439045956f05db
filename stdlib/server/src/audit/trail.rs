//! The rows that a transaction may change, as they were before.

use std::collections::{HashMap, HashSet};

use super::Author;
use super::changes::compare;
use super::table::insert;
use crate::outbox;
use crate::plan::{Plan, Referrer, ServicePlan, owner_columns};
use crate::row::{cell_value, read_links, read_row};
use crate::store::{AT_ONCE, Bind, Broken, Dialect, Row, Session, Statement};
use crate::{Record, Value};

/// That the rows which a statement is going to change are watched where they have to be.
#[derive(Clone, Copy)]
pub(crate) struct Watched(());

/// The rows of watched resources that a transaction may change.
#[derive(Default)]
pub(crate) struct Trail {
    rows: Vec<Before>,
    known: HashSet<(&'static str, Vec<String>)>,
}

/// A row that went with others: the name of its resource, and its key.
pub(crate) type Gone = (&'static str, Vec<Value>);

/// A row before the transaction.
struct Before {
    resource: &'static str,
    /// Its parents' keys and its own.
    key: Vec<Value>,
    /// Nothing where it was not there.
    record: Option<Record>,
}

impl Trail {
    /// A row that is about to be made.
    pub(crate) fn new_row(&mut self, plan: &Plan, record: &Record) -> Watched {
        if plan.resource.is_watched() {
            self.add(plan, plan.key_values(record), None);
        }
        Watched(())
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Forgets all but so many rows: what was done with the others has been taken back.
    pub(crate) fn forget_from(&mut self, kept: usize) {
        for row in self.rows.drain(kept.min(self.rows.len())..) {
            self.known.remove(&(row.resource, text(&row.key)));
        }
    }

    /// The row of a singleton is there from the start for all who ask: that it is made tells nothing.
    pub(crate) fn first_row() -> Watched {
        Watched(())
    }

    /// The row that a path leads to.
    pub(crate) async fn path(
        &mut self,
        session: &mut Session,
        plan: &Plan,
        path: Vec<Bind>,
    ) -> Result<Watched, Broken> {
        if plan.resource.is_watched() {
            let row = session.row(Statement::prepared(&plan.texts.lock_any, path)).await?;
            for record in records(session, plan, &row.into_iter().collect::<Vec<_>>()).await? {
                self.add(plan, plan.key_values(&record), Some(record));
            }
        }
        Ok(Watched(()))
    }

    /// Rows by their keys.
    pub(crate) async fn rows<K: AsRef<[Value]>>(
        &mut self,
        session: &mut Session,
        plan: &Plan,
        keys: &[K],
    ) -> Result<Watched, Broken> {
        if plan.resource.is_watched() {
            let new: Vec<&[Value]> =
                keys.iter().map(AsRef::as_ref).filter(|key| !self.knows(plan, key)).collect();
            for record in read(session, plan, &new, true).await? {
                self.add(plan, plan.key_values(&record), Some(record));
            }
        }
        Ok(Watched(()))
    }

    /// Rows that go for ever, those that go with them, and those that lose a reference to them. Those that go with them are added to
    /// `gone`, where somebody wants to know.
    pub(crate) async fn going(
        &mut self,
        session: &mut Session,
        service: &ServicePlan,
        plan: &Plan,
        keys: &[Vec<Value>],
        mut gone: Option<&mut Vec<Gone>>,
    ) -> Result<Watched, Broken> {
        let watching = service.is_watched();
        let wanted = watching || gone.is_some();
        let mut seen = HashSet::new();
        let mut open = vec![(plan, keys.to_vec())];
        // Where nothing is watched there is nothing to look for.
        while let (true, Some((plan, mut keys))) = (wanted, open.pop()) {
            keys.retain(|key| seen.insert((plan.resource.name, text(key))));
            // Resources may refer to each other in a circle.
            if keys.is_empty() {
                continue;
            }
            self.rows(session, plan, &keys).await?;
            let referrers = plan.referrers.iter().chain(&plan.parts);
            for referrer in referrers.filter(|referrer| watching || referrer.goes_along()) {
                // What a shared row takes along of tenants is of no tenant that could be named.
                let within = |theirs: &&Plan| plan.tenant.is_some() || theirs.tenant.is_none();
                let Some(theirs) = service.named(referrer.resource).filter(within) else { continue };
                let found = referring(session, (plan, &keys), (theirs, referrer), "").await?;
                if referrer.goes_along() {
                    if let Some(gone) = &mut gone {
                        gone.extend(found.iter().map(|key| (theirs.resource.name, key.clone())));
                    }
                    open.push((theirs, found));
                } else {
                    self.rows(session, theirs, &found).await?;
                }
            }
        }
        Ok(Watched(()))
    }

    /// Writes what is different by now, and begins anew.
    pub(crate) async fn settle(
        &mut self,
        session: &mut Session,
        service: &ServicePlan,
        author: &Author<'_>,
    ) -> Result<(), Broken> {
        self.known.clear();
        let rows = std::mem::take(&mut self.rows);
        for plan in service.plans() {
            let own: Vec<&Before> = rows.iter().filter(|row| row.resource == plan.resource.name).collect();
            for chunk in own.chunks(AT_ONCE) {
                let keys: Vec<&[Value]> = chunk.iter().map(|row| row.key.as_slice()).collect();
                let now = read(session, plan, &keys, false).await?;
                let after: HashMap<Vec<String>, &Record> =
                    now.iter().map(|record| (text(&plan.key_values(record)), record)).collect();
                let changed: Vec<_> = chunk
                    .iter()
                    .filter_map(|row| {
                        compare(plan, &row.key, row.record.as_ref(), after.get(&text(&row.key)).copied())
                    })
                    .collect();
                if plan.resource.audited.is_some() {
                    insert(session, plan, &changed, author).await?;
                }
                if plan.resource.events {
                    outbox::insert(session, (service, plan), &changed, author).await?;
                }
            }
        }
        Ok(())
    }

    fn knows(&self, plan: &Plan, key: &[Value]) -> bool {
        self.known.contains(&(plan.resource.name, text(key)))
    }

    fn add(&mut self, plan: &Plan, key: Vec<Value>, record: Option<Record>) {
        let resource = plan.resource.name;
        if self.known.insert((resource, text(&key))) {
            self.rows.push(Before { resource, key, record });
        }
    }
}

fn text(key: &[Value]) -> Vec<String> {
    key.iter().map(Value::plain).collect()
}

/// The rows with these keys that are there, deleted or not.
async fn read(
    session: &mut Session,
    plan: &Plan,
    keys: &[&[Value]],
    lock: bool,
) -> Result<Vec<Record>, Broken> {
    let columns: Vec<String> = own_columns(plan);
    let mut found = Vec::new();
    for chunk in keys.chunks(AT_ONCE) {
        let (selected, from) = (&plan.texts.selected, plan.table.rows("t"));
        let mut select = Statement::new(&format!("SELECT {selected} FROM {from}"));
        select.push_among(&columns, &key_binds(plan, chunk));
        if lock && session.dialect() == Dialect::Postgres {
            select.push(" FOR UPDATE OF t");
        }
        let rows = session.rows(select).await?;
        found.extend(records(session, plan, &rows).await?);
    }
    Ok(found)
}

async fn records(session: &mut Session, plan: &Plan, rows: &[Row]) -> Result<Vec<Record>, Broken> {
    let lists = read_links(session, plan, &rows.iter().collect::<Vec<_>>()).await?;
    let read = |(row, lists)| Ok(crate::operation::with_lists(plan, read_row(plan, row)?, lists));
    rows.iter().zip(lists).map(read).collect()
}

/// The columns of the primary key of the table known as `t`.
pub(crate) fn own_columns(plan: &Plan) -> Vec<String> {
    owner_columns(plan.resource).iter().map(|name| format!("t.{name}")).collect()
}

/// What is bound for keys.
pub(crate) fn key_binds<K: AsRef<[Value]>>(plan: &Plan, keys: &[K]) -> Vec<Vec<Bind>> {
    keys.iter().map(|key| plan.owner.binds_of(&key.as_ref().iter().collect::<Vec<_>>())).collect()
}

/// The keys of the rows that refer to some of these, which nobody else changes until the transaction ends. `more` stands behind the
/// conditions.
pub(crate) async fn referring(
    session: &mut Session,
    (target, keys): (&Plan, &[Vec<Value>]),
    (plan, referrer): (&Plan, &Referrer),
    more: &str,
) -> Result<Vec<Vec<Value>>, Broken> {
    let lock = if session.dialect() == Dialect::Postgres { " FOR UPDATE OF r" } else { "" };
    let columns: Vec<String> = referrer.columns.iter().map(|(column, _)| column.clone()).collect();
    // A singleton of each tenant has no key of its own.
    let selected = if referrer.keys.is_empty() { "1".to_owned() } else { referrer.keys.join(", ") };
    let mut found = Vec::new();
    for chunk in keys.chunks(AT_ONCE) {
        let binds = key_binds(target, chunk).into_iter();
        let binds: Vec<Vec<Bind>> = binds
            .map(|key| referrer.columns.iter().filter_map(|(_, place)| key.get(*place).cloned()).collect())
            .collect();
        let mut select = Statement::new(&format!("SELECT {selected} {}", referrer.from));
        select.push_among(&columns, &binds);
        select.push(more).push(lock);
        for row in session.rows(select).await? {
            found.push(key_of(plan, &row)?);
        }
    }
    Ok(found)
}

/// The primary key, from the first columns of a row.
pub(crate) fn key_of(plan: &Plan, row: &Row) -> Result<Vec<Value>, sqlx::Error> {
    let mut key = Vec::new();
    for (index, (place, column)) in plan.owner.places().iter().zip(plan.owner.types()).enumerate() {
        if let Some(field) = plan.resource.fields.get(*place) {
            key.push(cell_value(row.cell(index, *column)?, *column, &field.ty)?);
        }
    }
    Ok(key)
}
