//! An operation in its transaction.

use std::collections::HashSet;
use std::sync::Arc;

use atlas9_descriptor::{Method, Operation, OperationKind, Target};

use super::batch::is_batch;
use super::precondition::Precondition;
use super::render::{Asking, Shown};
use super::reply::Reply;
use crate::app::Change;
use crate::handler::Output;
use crate::hooks::{after_commit, before_commit};
use crate::idempotency::Key;
use crate::operation::attempt::give_up;
use crate::operation::expand::{Items, embed};
use crate::operation::update::{self, Given};
use crate::operation::{Answer, batch, find, lists, run};
use crate::plan::Plan;
use crate::row::read_row;
use crate::store::{Dialect, Mode, Row, Statement};
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
    cx.operation = asking.operation.name;
    if cx.mode == Mode::Read && takes_several(&cx, asking, &input) {
        cx.mode = Mode::Snapshot;
    }
    let _working = key.as_ref().map(|key| cx.shared.in_flight.begin(key)).transpose()?;
    let result = work(&mut cx, asking, input, precondition, key.as_ref()).await;
    if let Some(session) = cx.session.take() {
        // A transaction that is only dropped keeps its locks until the pool comes round to it, and the caller's next
        // request would find them. Where even this fails the connection is gone, and its locks with it.
        let _ = session.roll_back().await;
    }
    if let (Some(traces), Some(connected)) = (&cx.shared.traces, cx.connected) {
        traces.transaction(
            &cx.trace,
            connected.elapsed(),
            cx.dialect(),
            result.as_ref().err().map(Problem::code),
        );
    }
    result
}

/// True where what is answered takes more than one statement to read. Without a snapshot it could be of two states, under the entity
/// tag of one of them.
fn takes_several(cx: &Cx, asking: &Asking<'_>, input: &Input) -> bool {
    let owner = asking.plan.map_or("", |plan| plan.resource.name);
    let lists = |plan: &Plan| !plan.links.is_empty() && asking.shows_lists(plan);
    cx.shared.handlers.contains_key(&(owner, asking.operation.name))
        || !asking.expand.is_empty()
        || asking.plan.is_some_and(lists)
        || input.list.as_ref().is_some_and(|list| list.count)
}

async fn work(
    cx: &mut Cx,
    asking: &Asking<'_>,
    input: Input,
    precondition: Option<Precondition>,
    key: Option<&Key>,
) -> Result<Reply, Problem> {
    let oldest = cx.shared.options.oldest_answer(cx.now);
    if let Some(key) = key
        && let Some(replay) = key.replay(cx.session().await?, oldest).await?
    {
        return Ok(replay);
    }
    let paths = match is_batch(&asking.operation.kind) {
        true => input.items.iter().map(|item| item.input.path.clone()).collect(),
        false => vec![input.path.clone()],
    };
    let answer = answer(cx, asking, input, precondition).await?;
    let mut changes = changed(cx, asking, &answer, paths)?;
    let gone = gone(cx, asking, &changes);
    changes.extend(gone);
    before_commit(cx, &changes).await?;
    let answer = current(cx, asking, answer, &changes).await?;
    let shown = shown(cx, asking, &answer).await?;
    let reply = asking.reply(answer, &shown)?;
    if let Some(key) = key {
        let now = cx.now;
        key.keep(cx.session().await?, &reply, now, oldest).await?;
    }
    commit(cx, &changes).await?;
    Ok(reply)
}

/// The answer as it is when code before the commit may have changed its row. What code answered is the code's.
async fn current(
    cx: &mut Cx,
    asking: &Asking<'_>,
    answer: Answer,
    changes: &[Change],
) -> Result<Answer, Problem> {
    let Some(plan) = asking.plan else { return Ok(answer) };
    if cx.shared.hooks.get(plan.resource.name).is_none_or(|hooks| hooks.before.is_empty()) {
        return Ok(answer);
    }
    match (answer, changes.first()) {
        (Answer::Row(_), Some(change)) => find::row(cx, plan, &change.key, true).await.map(Answer::Row),
        (Answer::Batch(answers), _) => {
            let mut found = Vec::with_capacity(answers.len());
            for (answer, change) in answers.into_iter().zip(changes) {
                found.push(match answer {
                    Answer::Row(_) => Answer::Row(find::row(cx, plan, &change.key, true).await?),
                    other => other,
                });
            }
            Ok(Answer::Batch(found))
        }
        (answer, _) => Ok(answer),
    }
}

/// What the answer shows that is not in its rows.
async fn shown(cx: &mut Cx, asking: &Asking<'_>, answer: &Answer) -> Result<Shown, Problem> {
    let Some(plan) = asking.plan else { return Ok(Shown::default()) };
    let rows: Vec<&Row> = match answer {
        Answer::Row(row) => vec![row],
        Answer::Rows { rows, .. } => rows.iter().collect(),
        Answer::Batch(answers) => answers.iter().filter_map(Answer::as_row).collect(),
        Answer::Nothing | Answer::Code(_) => Vec::new(),
    };
    let links = match asking.shows_lists(plan) {
        true => lists(cx, plan, &rows).await?,
        false => vec![Vec::new(); rows.len()],
    };
    let records = match answer {
        Answer::Code(Output::Record(record)) => std::slice::from_ref(record),
        Answer::Code(Output::Page(page)) => &page.items,
        _ => &[],
    };
    let items = if rows.is_empty() { Items::Records(records) } else { Items::Rows(&rows, &links) };
    let embedded = embed(cx, plan, &asking.expand, &items).await?;
    Ok(Shown { links, embedded })
}

/// Commits, and begins what is done then. Where something is, it does not depend on a client that waits for the answer.
async fn commit(cx: &mut Cx, changes: &[Change]) -> Result<(), Problem> {
    // PostgreSQL gives a transaction up at the first failure, and rolls it back without a word when it is committed. Code may
    // have overlooked the failure; whatever is asked now tells.
    if let Some(session) = cx.session.as_mut().filter(|session| session.dialect() == Dialect::Postgres)
        && cx.in_code
    {
        session.execute(Statement::new("SELECT 1")).await?;
    }
    cx.settle().await?;
    let told = after_commit(cx, changes);
    let Some(session) = cx.session.take() else {
        told.begin(&cx.shared);
        return Ok(());
    };
    if told.is_empty() {
        return Ok(session.commit().await?);
    }
    let (answer, answered) = tokio::sync::oneshot::channel();
    let shared = Arc::clone(&cx.shared);
    cx.shared.process.spawn(async move {
        let committed = session.commit().await;
        if committed.is_ok() {
            told.begin(&shared);
        }
        // Nobody listens where the client went away.
        let _ = answer.send(committed);
    });
    Ok(answered.await.map_err(|_| Problem::internal("the commit was given up"))??)
}

async fn answer(
    cx: &mut Cx,
    asking: &Asking<'_>,
    input: Input,
    precondition: Option<Precondition>,
) -> Result<Answer, Problem> {
    match asking.plan.filter(|_| is_batch(&asking.operation.kind)) {
        Some(plan) => batch::answer(cx, plan, asking.operation, input).await,
        None => one(cx, asking.plan, asking.operation, input, precondition).await,
    }
}

/// What the user's code answers where there is some, else what the operation declares.
pub(crate) async fn one(
    cx: &mut Cx,
    plan: Option<&Plan>,
    operation: &'static Operation,
    input: Input,
    precondition: Option<Precondition>,
) -> Result<Answer, Problem> {
    let owner = plan.map_or("", |plan| plan.resource.name);
    let Some(handler) = cx.shared.handlers.get(&(owner, operation.name)).map(Arc::clone) else {
        let Some(plan) = plan else { return Err(Problem::not_implemented(owner, operation)) };
        cx.precondition = precondition;
        return run(cx, plan, operation, input).await;
    };
    let input = match plan {
        Some(plan) => prepared(cx, plan, operation, input, precondition).await?,
        None => input,
    };
    cx.in_code = true;
    let output = handler(cx, input).await?;
    give_up(cx).await?;
    versioned(cx, output).await.map(Answer::Code)
}

/// What is seen to before code is called. Code may change whatever it likes, so that the state is compared before it begins; it
/// is not asked about all that live in something that is not there.
async fn prepared(
    cx: &mut Cx,
    plan: &Plan,
    operation: &Operation,
    input: Input,
    precondition: Option<Precondition>,
) -> Result<Input, Problem> {
    if let Some(precondition) = precondition {
        let is_undelete = matches!(operation.kind, OperationKind::Undelete);
        find::precondition(cx, plan, &input.path, precondition, is_undelete).await?;
    }
    match &operation.kind {
        kind @ (OperationKind::Update | OperationKind::Replace) => {
            let given = if matches!(kind, OperationKind::Update) { Given::Parts } else { Given::Whole };
            let body = update::whole(cx, plan, &input.path, input.body, given).await?;
            Ok(Input { body, ..input })
        }
        OperationKind::Action(action)
            if matches!(action.target, Target::Collection | Target::Query)
                && input.path.len() == plan.collection_path().len() =>
        {
            find::parent(cx, plan, &input.path).await?;
            Ok(input)
        }
        _ => Ok(input),
    }
}

/// Typed code loses the version of the row that it answers; it is looked up where it is missing.
async fn versioned(cx: &mut Cx, output: Output) -> Result<Output, Problem> {
    let Output::Record(record) = output else { return Ok(output) };
    let shared = Arc::clone(&cx.shared);
    let mut plans = shared.plan.plans().iter();
    let plan = plans.find(|plan| std::ptr::eq(record.fields(), plan.resource.fields));
    let Some(plan) = plan.filter(|_| record.version().is_none()) else { return Ok(Output::Record(record)) };
    match find::row(cx, plan, &plan.key_values(&record), true).await {
        Ok(row) => Ok(Output::Record(record.with_version(crate::row::version(&row)?))),
        Err(problem) if problem.status() == 404 => Ok(Output::Record(record)),
        Err(problem) => Err(problem),
    }
}

/// The rows that were changed, where somebody wants to know. `paths` lead to where each was before.
fn changed(
    cx: &Cx,
    asking: &Asking<'_>,
    answer: &Answer,
    paths: Vec<Vec<Value>>,
) -> Result<Vec<Change>, Problem> {
    let Some(plan) = asking.plan.filter(|_| cx.mode == Mode::Write) else { return Ok(Vec::new()) };
    if !cx.shared.hooks.contains_key(plan.resource.name) {
        return Ok(Vec::new());
    }
    let operation = batch::single(plan, asking.operation).name;
    let answers = match answer {
        Answer::Batch(answers) => answers.as_slice(),
        one => std::slice::from_ref(one),
    };
    let of_row = |(answer, path): (&Answer, Vec<Value>)| {
        let key = match answer {
            Answer::Row(row) => plan.key_values(&read_row(plan, row)?),
            Answer::Code(Output::Record(record)) if std::ptr::eq(record.fields(), plan.resource.fields) => {
                plan.key_values(record)
            }
            _ => path,
        };
        Ok(change(cx, plan.resource.name, operation, key))
    };
    answers.iter().zip(paths).map(of_row).collect()
}

/// What went with the row of the request, each once, where somebody wants to know.
fn gone(cx: &mut Cx, asking: &Asking<'_>, changes: &[Change]) -> Vec<Change> {
    let text = |key: &[Value]| key.iter().map(Value::plain).collect::<Vec<_>>();
    let mut told: HashSet<_> = changes.iter().map(|change| (change.resource, text(&change.key))).collect();
    let mut gone = std::mem::take(&mut cx.gone);
    gone.retain(|(resource, key)| told.insert((*resource, text(key))));
    let wanted = gone.into_iter().filter(|(resource, _)| cx.shared.hooks.contains_key(resource));
    let operation = asking.plan.map_or(asking.operation, |plan| batch::single(plan, asking.operation)).name;
    wanted.map(|(resource, key)| change(cx, resource, operation, key)).collect()
}

fn change(cx: &Cx, resource: &'static str, operation: &'static str, key: Vec<Value>) -> Change {
    let (principal, request_id) = (cx.principal.id().to_owned(), cx.request_id.clone());
    let tenant = cx.principal.tenant().map(str::to_owned);
    Change { resource, operation, key, principal, tenant, request_id, traceparent: cx.traceparent() }
}
