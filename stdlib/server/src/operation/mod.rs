//! What the server does by itself for each operation.

pub(crate) mod action;
pub(crate) mod attempt;
pub(crate) mod batch;
pub(crate) mod create;
pub(crate) mod delete;
mod diagnose;
pub(crate) mod expand;
pub(crate) mod find;
mod force;
mod links;
pub(crate) mod list;
mod merge;
pub(crate) mod singleton;
pub(crate) mod update;
mod write;

use atlas9_descriptor::{Operation, OperationKind};

use crate::plan::Plan;
use crate::row::{read_links, read_row};
use crate::store::{Broken, Row};
use crate::{Cx, Input, Output, Problem, Record, Value};

/// What an operation answers, before it is written as JSON.
pub(crate) enum Answer {
    /// Nothing.
    Nothing,
    /// A row of the resource.
    Row(Row),
    /// Rows of the resource.
    Rows { rows: Vec<Row>, next: Next, count: Option<u64> },
    /// What code answered.
    Code(Output),
    /// What each item of a batch answers.
    Batch(Vec<Answer>),
}

impl Answer {
    /// The row that it is.
    pub(crate) fn as_row(&self) -> Option<&Row> {
        match self {
            Answer::Row(row) => Some(row),
            _ => None,
        }
    }
}

/// What the next page is asked for with; none on the last page.
pub(crate) enum Next {
    /// These are all: they are no page.
    Never,
    Cursor(Option<String>),
    Page(Option<u32>),
}

/// The values of a row with its lists of references.
pub(crate) async fn load(cx: &mut Cx, plan: &Plan, row: &Row) -> Result<Record, Problem> {
    let mut lists = lists(cx, plan, &[row]).await?;
    Ok(with_lists(plan, read_row(plan, row)?, lists.pop().unwrap_or_default()))
}

/// The lists of references of each row.
pub(crate) async fn lists(cx: &mut Cx, plan: &Plan, rows: &[&Row]) -> Result<Vec<Vec<Value>>, Problem> {
    if plan.links.is_empty() {
        return Ok(vec![Vec::new(); rows.len()]);
    }
    Ok(read_links(cx.session().await?, plan, rows).await?)
}

/// The record with its lists of references.
pub(crate) fn with_lists(plan: &Plan, mut record: Record, lists: Vec<Value>) -> Record {
    for (links, list) in plan.links.iter().zip(lists) {
        record.put(links.field, list);
    }
    record
}

/// Does what an operation declares.
pub(crate) async fn run(
    cx: &mut Cx,
    plan: &Plan,
    operation: &'static Operation,
    input: Input,
) -> Result<Answer, Problem> {
    let path = &input.path;
    Ok(match &operation.kind {
        OperationKind::List(_) => list::rows(cx, plan, path, &input.list.unwrap_or_default()).await?,
        OperationKind::Get => {
            let show_deleted = input.list.is_some_and(|request| request.show_deleted);
            Answer::Row(find::row(cx, plan, path, show_deleted).await?)
        }
        OperationKind::Create => Answer::Row(create::row(cx, plan, &input.body).await?),
        OperationKind::Update => {
            Answer::Row(update::row(cx, plan, path, &input.body, update::Given::Parts).await?)
        }
        OperationKind::Replace => {
            Answer::Row(update::row(cx, plan, path, &input.body, update::Given::Whole).await?)
        }
        OperationKind::Delete { soft_keep_days } => {
            let how = delete::How { soft: soft_keep_days.is_some(), force: input.force };
            match delete::row(cx, plan, path, how).await? {
                Some(row) => Answer::Row(row),
                None => Answer::Nothing,
            }
        }
        OperationKind::Undelete => Answer::Row(delete::undelete(cx, plan, path).await?),
        OperationKind::BatchCreate { .. } | OperationKind::BatchDelete { .. } => {
            return Err(Problem::internal("a batch is done item by item"));
        }
        OperationKind::Action(action) => {
            if crate::app::needs_code(plan.resource, action) {
                return Err(Problem::not_implemented(plan.resource.name, operation));
            }
            let row = action::row(cx, plan, action, path, &input.body).await?;
            match action.returns {
                atlas9_descriptor::Returns::Nothing => Answer::Nothing,
                _ => Answer::Row(row),
            }
        }
    })
}

/// That there is no such row.
pub(crate) fn not_found(plan: &Plan) -> Problem {
    Problem::not_found(format!("There is no {} with this key.", plan.resource.name))
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Problem {
        Broken::from(error).into()
    }
}
