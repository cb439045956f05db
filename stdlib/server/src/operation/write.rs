//! Writing a row, and telling what stands in the way.

use std::sync::Arc;

use atlas9_descriptor::OnDelete;

use super::diagnose::{Question, diagnose};
use super::{attempt, links};
use crate::plan::{OwnReference, Plan};
use crate::problem::Failure;
use crate::row::{column_bind, value_at};
use crate::store::{Bind, Broken, Dialect, Mode, Row, Session, Statement};
use crate::{Cx, Problem, Record};

/// What is written, for telling what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Written<'r> {
    /// The row as it would be.
    pub(super) record: &'r Record,
    /// The row as it was, where its lists of references may change.
    pub(super) before: Option<&'r Record>,
    /// The parents' keys and its own where the row is there already.
    pub(super) key: Option<&'r [Bind]>,
}

/// Writes, and where a constraint refuses finds everything that stands in the way.
pub(super) async fn write(
    cx: &mut Cx,
    plan: &Plan,
    statement: Statement,
    written: Written<'_>,
) -> Result<Option<Row>, Problem> {
    match put(cx.session().await?, plan, statement, written).await {
        Ok(row) => Ok(row),
        Err(Broken::Other(problem)) => Err(problem),
        // Nobody asked for it: what was done before is not given up to find out more.
        Err(broken) if cx.in_code && cx.attempt.is_none() => Err(broken.into()),
        Err(Broken::Violation(violation)) => {
            let session = usable(cx).await?;
            Err(diagnose(session, plan, &violation, written).await?)
        }
    }
}

/// The row and its lists of references.
async fn put(
    session: &mut Session,
    plan: &Plan,
    statement: Statement,
    written: Written<'_>,
) -> Result<Option<Row>, Broken> {
    let row = session.row(statement).await?;
    if row.is_some() {
        links::save(session, plan, written.before, written.record).await?;
    }
    Ok(row)
}

/// A session in which questions can be asked after a failure, at which PostgreSQL gives a transaction up.
async fn usable(cx: &mut Cx) -> Result<&mut Session, Broken> {
    if cx.attempt.is_some() {
        attempt::take_back(cx.session().await?).await?;
    } else if cx.dialect() == Dialect::Postgres {
        cx.session = None;
        let left = cx.deadline.saturating_duration_since(std::time::Instant::now());
        cx.session = Some(cx.shared.store.session(Mode::Read, left, cx.reach.clone()).await?);
    }
    cx.session().await
}

/// Which references of a row are asked for.
#[derive(Clone, Copy)]
pub(super) enum Asked<'r> {
    /// All of a new row.
    All,
    /// Those that are others than they were.
    Changed(&'r Record),
    /// Those that the other end cannot go without, of a row that comes back. A row that is there may well have others that lead to
    /// what is deleted.
    Restricting,
}

impl<'r> Asked<'r> {
    pub(super) fn before(self) -> Option<&'r Record> {
        match self {
            Asked::Changed(before) => Some(before),
            Asked::All | Asked::Restricting => None,
        }
    }

    pub(super) fn has(self, on_delete: OnDelete) -> bool {
        !matches!(self, Asked::Restricting) || on_delete == OnDelete::Restrict
    }
}

/// References to rows that can be there and yet be deleted: a foreign key does not see the difference; and lists of references.
pub(super) async fn soft_references(
    cx: &mut Cx,
    plan: &Plan,
    record: &Record,
    asked: Asked<'_>,
) -> Result<Vec<Failure>, Problem> {
    let mut questions = Vec::new();
    let soft = plan.references.iter().filter(|reference| reference.soft && asked.has(reference.on_delete));
    for reference in soft.filter(|reference| !to_itself(plan, reference, record)) {
        let question = question(plan, reference, record, asked.before());
        questions.extend(question.map(|it| it.ending(share(cx.dialect()))));
    }
    let mut failures = links::broken(cx, plan, record, asked).await?;
    if !questions.is_empty() {
        failures.extend(Question::ask(cx.session().await?, questions).await?);
    }
    Ok(failures)
}

/// True where a row refers to itself: it is there when the row is.
fn to_itself(plan: &Plan, reference: &OwnReference, record: &Record) -> bool {
    let target = plan.columns.get(reference.column).map(|column| value_at(record, &column.path));
    reference.resource == plan.resource.name && target == plan.key_values(record).last()
}

/// What keeps the rows known as `r` as they are until the transaction ends: whoever deletes them waits, and finds the reference.
pub(super) fn share(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Postgres { " FOR SHARE OF r" } else { "" }
}

/// Whether the row that a reference points to is there; nothing where it points nowhere, or where it did before.
pub(super) fn question(
    plan: &Plan,
    reference: &OwnReference,
    record: &Record,
    before: Option<&Record>,
) -> Option<Question> {
    let column = plan.columns.get(reference.column)?;
    let bind = column_bind(column, record);
    let unchanged = before.is_some_and(|before| column_bind(column, before) == bind);
    if unchanged || matches!(bind, Bind::Null(_)) {
        return None;
    }
    let detail = format!("there is no {} with this key", reference.resource);
    Some(Question {
        text: Arc::from(reference.row.as_str()),
        binds: vec![bind],
        end: "",
        fails_if: false,
        failures: vec![Failure::field(&reference.wire, "not_found", detail)],
    })
}
