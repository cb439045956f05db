//! What the server does by itself for each operation.

pub(crate) mod action;
pub(crate) mod create;
pub(crate) mod delete;
mod diagnose;
pub(crate) mod find;
pub(crate) mod list;
mod merge;
pub(crate) mod update;
mod write;

use atlas9_descriptor::OperationKind;

use crate::http::Target;
use crate::plan::Plan;
use crate::store::{Broken, Row};
use crate::{Cx, Input, Output, Problem};

/// What an operation answers, before it is written as JSON.
pub(crate) enum Answer {
    /// Nothing.
    Nothing,
    /// A row of the resource.
    Row(Row),
    /// Rows of the resource.
    Rows { rows: Vec<Row>, next_cursor: Option<String>, count: Option<u64> },
    /// What code answered.
    Code(Output),
}

/// Does what an operation declares.
pub(crate) async fn run(cx: &mut Cx, plan: &Plan, target: Target, input: Input) -> Result<Answer, Problem> {
    let path = &input.path;
    Ok(match &target.operation.kind {
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
            match delete::row(cx, plan, path, soft_keep_days.is_some()).await? {
                Some(row) => Answer::Row(row),
                None => Answer::Nothing,
            }
        }
        OperationKind::Undelete => Answer::Row(delete::undelete(cx, plan, path).await?),
        OperationKind::Action(action) => {
            if crate::app::needs_code(plan.resource, action) {
                return Err(Problem::not_implemented(plan.resource.name, target.operation.name));
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
