//! Soft-deleted rows that have been kept for as long as their resource says go for ever.

use std::sync::Arc;
use std::time::Duration;

use atlas9_descriptor::{Field, OnDelete, OperationKind};
use tokio::task::JoinHandle;

use crate::audit::{self, Author, Trail, key_binds, key_of};
use crate::operation::create::now_as;
use crate::plan::{Plan, Table, quoted};
use crate::row::cell_value;
use crate::server::{Server, Shared};
use crate::store::{Bind, Broken, ColumnType, Dialect, Mode, Reach, Row, Session, Statement, Violation};
use crate::value::Timestamp;
use crate::{Problem, Value, idempotency};

/// How often rows are looked for.
const EVERY: Duration = Duration::from_secs(3600);
/// Rows that go in one transaction: few enough that requests that write need not wait, and that SQLite has room for their keys, of up
/// to 65 columns.
const BATCH: u32 = 256;
/// How long PostgreSQL works on one batch.
const PATIENCE: Duration = Duration::from_secs(30);
const DAY_MICROS: i64 = 86_400_000_000;

impl Server {
    /// Deletes for ever what was soft-deleted and has been kept for as long as its resource says, `soft(keep: 30d)`, counted
    /// back from `now`. Rows that something refers to which must not lose them stay. Returns how many rows went. Changes of
    /// `@audited(keep: 365d)` resources that are as old go too, and answers that are older than `Options::idempotency_ttl`, without being
    /// counted.
    ///
    /// A server that listens does so by itself, at its start and every hour.
    ///
    /// # Errors
    /// When the database is not there.
    pub async fn purge(&self, now: Timestamp) -> Result<u64, Problem> {
        purge(&self.shared, now).await
    }
}

/// Work that goes on beside a server, and ends when this is dropped.
pub(crate) struct Purging {
    task: JoinHandle<()>,
}

impl Drop for Purging {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Purges at once and then every hour, each time for the server that answers at that time.
pub(crate) fn purging(current: impl Fn() -> Arc<Shared> + Send + 'static) -> Purging {
    let task = tokio::spawn(async move {
        let mut times = tokio::time::interval(EVERY);
        loop {
            times.tick().await;
            let shared = current();
            if let Err(problem) = purge(&shared, Timestamp::now()).await {
                tracing::warn!(
                    cause = problem.cause().unwrap_or_default(),
                    "soft-deleted rows cannot be purged"
                );
            }
        }
    });
    Purging { task }
}

/// Children stand behind their parents, and what refers mostly behind what it refers to: so the last come first, and again
/// as long as rows become free.
async fn purge(shared: &Shared, now: Timestamp) -> Result<u64, Problem> {
    let due: Vec<Due<'_>> = shared.plan.plans().iter().rev().filter_map(|plan| Due::new(plan, now)).collect();
    let mut all = 0;
    loop {
        let mut gone = 0;
        for due in &due {
            for reach in due.reaches(shared).await? {
                gone += due.purge(shared, &reach).await?;
            }
        }
        all += gone;
        if gone == 0 {
            break;
        }
    }
    for due in &due {
        due.report(shared).await?;
    }
    forget(shared, now).await?;
    if all > 0 {
        tracing::info!(rows = all, "purged soft-deleted rows");
    }
    Ok(all)
}

/// The rows of one resource that have been kept for long enough.
struct Due<'a> {
    plan: &'a Plan,
    now: Timestamp,
    condition: String,
    before: Bind,
}

impl<'a> Due<'a> {
    /// Nothing where the resource keeps its rows for ever.
    fn new(plan: &'a Plan, now: Timestamp) -> Option<Due<'a>> {
        let days = plan.resource.operations.iter().find_map(|operation| match operation.kind {
            OperationKind::Delete { soft_keep_days } => soft_keep_days,
            _ => None,
        })?;
        let field = plan.resource.fields.get(plan.deleted_at?)?;
        let before = ago(now, days)?;
        let before = Bind::new(&now_as(&field.ty, before), ColumnType::of(&field.ty));
        Some(Due { plan, now, condition: format!("t.{} <= ", quoted(field.name)), before })
    }

    /// Whose rows are looked at: those of one tenant after the other, so that each statement names one.
    async fn reaches(&self, shared: &Shared) -> Result<Vec<Reach>, Problem> {
        let field = self.plan.tenant.and_then(|place| self.plan.resource.fields.get(place));
        let Some((field, column)) = field.zip(self.plan.table.tenant()) else { return Ok(vec![self.all()]) };
        let from = Table::of(self.plan.resource).every().rows("t");
        let mut select = Statement::new(&format!("SELECT DISTINCT t.{column} FROM {from}{}", self.condition));
        select.bind(self.before.clone());
        let mut session = shared.store.session(Mode::Read, PATIENCE, self.all()).await?;
        let ty = ColumnType::of(&field.ty);
        let rows = session.rows(select).await?;
        let tenant = |row: &Row| Ok(Bind::new(&cell_value(row.cell(0, ty)?, ty, &field.ty)?, ty));
        rows.iter().map(|row| tenant(row).map(Reach::Tenant)).collect()
    }

    /// The reach of what concerns all tenants.
    fn all(&self) -> Reach {
        let concerned = self.plan.tenant.is_some() || self.plan.concerns_tenants;
        if concerned { Reach::Every } else { Reach::Shared }
    }

    /// Deletes batch by batch. What the database refuses, because a row that would go with it is held or a reference was made
    /// in between, is found by going row by row, and left.
    async fn purge(&self, shared: &Shared, reach: &Reach) -> Result<u64, Problem> {
        let (mut gone, mut left, mut size) = (0, 0, BATCH);
        loop {
            match self.delete(shared, reach, (size, left)).await {
                Ok(0) => return Ok(gone),
                Ok(rows) => gone += rows,
                Err(Broken::Violation(Violation::ForeignKey)) if size > 1 => size = 1,
                Err(Broken::Violation(Violation::ForeignKey)) => left += 1,
                Err(other) => return Err(other.into()),
            }
        }
    }

    /// Deletes one batch, and returns 0 only where no row is left to pick. Rows that were picked and are all referred to by now count
    /// as refused.
    async fn delete(&self, shared: &Shared, reach: &Reach, (limit, left): (u32, u32)) -> Result<u64, Broken> {
        let mut session = shared.store.session(Mode::Write, PATIENCE, reach.clone()).await?;
        let keys = self.pick(&mut session, limit, left).await?;
        if keys.is_empty() {
            return Ok(0);
        }
        let mut trail = Trail::default();
        let watched = trail.going(&mut session, &shared.plan, self.plan, &keys, None).await?;
        let keys = key_binds(self.plan, &keys);
        // What rows show that lose a reference changes.
        let own: Vec<Vec<Bind>> = keys.iter().map(|key| key.last().cloned().into_iter().collect()).collect();
        for loss in &self.plan.losses {
            let mut touch = Statement::new(loss.touch(watched));
            touch.push_among(&[String::new()], &own);
            touch.push(loss.end);
            session.execute(touch).await?;
        }
        let key = self.key();
        let mut delete = Statement::new(self.plan.texts.delete_where(watched));
        delete.push_among(&aliased(&key), &keys);
        // Another key may have left the same list before it was locked.
        delete.push(&self.free(&key).concat());
        match session.execute(delete).await? {
            // Then nothing lost a reference either, and what stands behind them may still go.
            0 => {
                session.roll_back().await?;
                Err(Broken::Violation(Violation::ForeignKey))
            }
            rows => {
                let author = Author { now: self.now, operation: "purge", request: None };
                trail.settle(&mut session, &shared.plan, &author).await?;
                session.commit().await.map(|()| rows)
            }
        }
    }

    /// The keys of the rows that go. They are locked, so that none of them is taken back before it goes.
    async fn pick(&self, session: &mut Session, limit: u32, left: u32) -> Result<Vec<Vec<Value>>, Broken> {
        let (from, key) = (self.plan.table.rows("t"), self.key());
        let columns = aliased(&key).join(", ");
        let mut select = Statement::new(&format!("SELECT {columns} FROM {from}{}", self.condition));
        select.bind(self.before.clone());
        select.push(&self.free(&key).concat());
        select.push(&format!(" ORDER BY {columns} LIMIT {limit} OFFSET {left}"));
        if session.dialect() == Dialect::Postgres {
            select.push(" FOR UPDATE OF t");
        }
        let rows = session.rows(select).await?;
        rows.iter().map(|row| Ok(key_of(self.plan, row)?)).collect()
    }

    /// The columns of the primary key: the parents' keys, then the own one.
    fn key(&self) -> Vec<String> {
        self.key_fields().map(|field| quoted(field.name)).collect()
    }

    fn key_fields(&self) -> impl Iterator<Item = &'static Field> {
        let places = self.plan.parents.iter().copied().chain(self.plan.resource.key);
        let resource = self.plan.resource;
        places.filter_map(|place| resource.fields.get(place))
    }

    /// That nothing refers to the row which must not lose it, soft-deleted or not.
    fn free(&self, key: &[String]) -> Vec<String> {
        let key = aliased(key);
        let restricting =
            self.plan.referrers.iter().filter(|referrer| referrer.on_delete == OnDelete::Restrict);
        let free = restricting
            .map(|referrer| format!(" AND NOT EXISTS ({})", referrer.others(self.plan.resource, &key)));
        free.collect()
    }

    /// Says how many rows had to stay.
    async fn report(&self, shared: &Shared) -> Result<(), Problem> {
        let from = Table::of(self.plan.resource).every().rows("t");
        let mut count = Statement::new(&format!("SELECT count(*) FROM {from}{}", self.condition));
        count.bind(self.before.clone());
        let mut session = shared.store.session(Mode::Read, PATIENCE, self.all()).await?;
        let stay = session.row(count).await?.map_or(Ok(0), |row| row.number(0))?;
        if stay > 0 {
            let resource = self.plan.resource.name;
            tracing::info!(resource, rows = stay, "soft-deleted rows stay: something refers to them");
        }
        Ok(())
    }
}

/// So many days before.
fn ago(now: Timestamp, days: u32) -> Option<Timestamp> {
    Timestamp::from_micros(now.micros().checked_sub(i64::from(days) * DAY_MICROS)?)
}

/// Forgets changes that have been kept for as long as their resource says, `@audited(keep: 365d)`, and answers that no
/// `Idempotency-Key` asks for any more.
async fn forget(shared: &Shared, now: Timestamp) -> Result<(), Problem> {
    for plan in shared.plan.plans() {
        let days = plan.resource.audited.and_then(|audited| audited.keep_days);
        let Some(before) = days.and_then(|days| ago(now, days)) else { continue };
        while batch(shared, async |session| audit::purge(session, plan.resource, before).await).await? > 0 {}
    }
    let oldest = shared.options.oldest_answer(now);
    while batch(shared, async |session| idempotency::forget(session, oldest).await).await? > 0 {}
    Ok(())
}

/// Deletes some rows of the server's own in a transaction; returns how many.
async fn batch(
    shared: &Shared,
    delete: impl AsyncFnOnce(&mut Session) -> Result<u64, Broken>,
) -> Result<u64, Problem> {
    let mut session = shared.store.session(Mode::Write, PATIENCE, Reach::Shared).await?;
    let gone = delete(&mut session).await?;
    session.commit().await?;
    Ok(gone)
}

fn aliased(columns: &[String]) -> Vec<String> {
    columns.iter().map(|column| format!("t.{column}")).collect()
}
