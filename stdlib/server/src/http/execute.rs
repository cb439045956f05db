//! An operation in its transaction.

use std::sync::Arc;

use atlas9_descriptor::{Method, OperationKind};

use super::precondition::Precondition;
use super::render::Asking;
use super::reply::Reply;
use crate::app::Committed;
use crate::handler::Output;
use crate::idempotency::Key;
use crate::operation::{Answer, find, run, update};
use crate::plan::Plan;
use crate::row::read_row;
use crate::store::{Dialect, Mode, Statement};
use crate::value::Timestamp;
use crate::{Cx, Input, Problem, Value};

/// Whether an operation writes.
pub(crate) fn mode(method: Method) -> Mode {
    if method == Method::Get { Mode::Read } else { Mode::Write }
}

/// Does an operation and commits it. What it answers is known before, sent after.
pub(crate) async fn execute(
    mut cx: Cx,
    asking: &Asking<'_>,
    input: Input,
    precondition: Option<Precondition>,
    key: Option<Key>,
) -> Result<Reply, Problem> {
    let _working = key.as_ref().map(|key| cx.shared.in_flight.begin(key)).transpose()?;
    let result = work(&mut cx, asking, input, precondition, key.as_ref()).await;
    if let Some(session) = cx.session.take() {
        // A transaction that is only dropped keeps its locks until the pool comes round to it, and the caller's next
        // request would find them. Where even this fails the connection is gone, and its locks with it.
        let _ = session.roll_back().await;
    }
    result
}

async fn work(
    cx: &mut Cx,
    asking: &Asking<'_>,
    input: Input,
    precondition: Option<Precondition>,
    key: Option<&Key>,
) -> Result<Reply, Problem> {
    let oldest = oldest(cx);
    if let Some(key) = key
        && let Some(replay) = key.replay(cx.session().await?, oldest).await?
    {
        return Ok(replay);
    }
    let path = input.path.clone();
    let answer = answer(cx, asking, input, precondition).await?;
    let changed = changed(cx, asking, &answer, path)?;
    let reply = asking.reply(answer)?;
    if let Some(key) = key {
        let now = cx.now;
        key.keep(cx.session().await?, &reply, now, oldest).await?;
    }
    commit(cx).await?;
    after_commit(cx, asking.plan, changed);
    Ok(reply)
}

async fn commit(cx: &mut Cx) -> Result<(), Problem> {
    let Some(mut session) = cx.session.take() else { return Ok(()) };
    // PostgreSQL gives a transaction up at the first failure, and rolls it back without a word when it is committed. Code may
    // have overlooked the failure; whatever is asked now tells.
    if cx.in_code && session.dialect() == Dialect::Postgres {
        session.execute(Statement::new("SELECT 1")).await?;
    }
    Ok(session.commit().await?)
}

fn oldest(cx: &Cx) -> Timestamp {
    let kept = i64::try_from(cx.shared.options.idempotency_ttl.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(cx.now.micros().saturating_sub(kept)).unwrap_or_default()
}

/// What the user's code answers where there is some, else what the operation declares.
async fn answer(
    cx: &mut Cx,
    asking: &Asking<'_>,
    input: Input,
    precondition: Option<Precondition>,
) -> Result<Answer, Problem> {
    let names = (asking.plan.resource.name, asking.target.operation.name);
    let Some(handler) = cx.shared.handlers.get(&names).map(Arc::clone) else {
        cx.precondition = precondition;
        return run(cx, asking.plan, asking.target, input).await;
    };
    // Code may change whatever it likes, so that the state is compared before it begins.
    if let Some(precondition) = precondition {
        find::precondition(cx, asking.plan, &input.path, precondition).await?;
    }
    let input = match asking.target.operation.kind {
        OperationKind::Update => {
            let body = update::whole(cx, asking.plan, &input.path, input.body).await?;
            Input { body, ..input }
        }
        _ => input,
    };
    cx.in_code = true;
    let output = handler(cx, input).await?;
    versioned(cx, asking.plan, output).await.map(Answer::Code)
}

/// Typed code loses the version of the row that it answers; it is looked up where it is missing.
async fn versioned(cx: &mut Cx, plan: &Plan, output: Output) -> Result<Output, Problem> {
    let Output::Record(record) = output else { return Ok(output) };
    if record.version().is_some() || !std::ptr::eq(record.fields(), plan.resource.fields) {
        return Ok(Output::Record(record));
    }
    match find::row(cx, plan, &plan.key_values(&record), true).await {
        Ok(row) => Ok(Output::Record(record.with_version(crate::row::version(&row)?))),
        Err(problem) if problem.status() == 404 => Ok(Output::Record(record)),
        Err(problem) => Err(problem),
    }
}

/// The key of the row that was changed, where somebody wants to know.
fn changed(
    cx: &Cx,
    asking: &Asking<'_>,
    answer: &Answer,
    path: Vec<Value>,
) -> Result<Option<Committed>, Problem> {
    let plan = asking.plan;
    if cx.mode == Mode::Read || !cx.shared.committed.contains_key(plan.resource.name) {
        return Ok(None);
    }
    let key = match answer {
        Answer::Row(row) => plan.key_values(&read_row(plan, row)?),
        Answer::Code(Output::Record(record)) if std::ptr::eq(record.fields(), plan.resource.fields) => {
            plan.key_values(record)
        }
        _ => path,
    };
    Ok(Some(Committed {
        resource: plan.resource.name,
        operation: asking.target.operation.name,
        key,
        principal: cx.principal.id().to_owned(),
        request_id: cx.request_id.clone(),
    }))
}

fn after_commit(cx: &mut Cx, plan: &Plan, changed: Option<Committed>) {
    for hook in cx.hooks.drain(..) {
        tokio::spawn(hook());
    }
    let hooks = cx.shared.committed.get(plan.resource.name);
    if let (Some(hooks), Some(changed)) = (hooks, changed) {
        for hook in hooks {
            tokio::spawn(hook(changed.clone()));
        }
    }
}
