//! What is done as a whole or not at all by itself, because something goes on after a refusal: the code that asked for it, or a batch
//! with its next item.

use crate::store::{Broken, Mode, Session, Statement};
use crate::{Cx, Problem};

/// Something that was begun, and how much was remembered before.
pub(crate) struct Attempt {
    trail: usize,
    gone: usize,
}

/// Begins something that writes.
///
/// # Errors
/// When the request only reads, or the database is not there.
pub(crate) async fn begin(cx: &mut Cx) -> Result<(), Problem> {
    if cx.mode != Mode::Write {
        let operation = cx.operation;
        return Err(Problem::internal(format!(
            "the code of `{operation}` is behind a GET, which cannot write: make it an action that is no query"
        )));
    }
    give_up(cx).await?;
    cx.session().await?.execute(Statement::new("SAVEPOINT atlas9_attempt")).await?;
    cx.attempt = Some(Attempt { trail: cx.trail.len(), gone: cx.gone.len() });
    Ok(())
}

/// Ends it: a failure leaves nothing behind.
///
/// # Errors
/// The failure, and when the database is not there.
pub(crate) async fn end<T>(cx: &mut Cx, done: Result<T, Problem>) -> Result<T, Problem> {
    if done.is_err() {
        give_up(cx).await?;
    } else if cx.attempt.take().is_some() {
        release(cx.session().await?).await?;
    }
    done
}

/// Takes back what was begun and never ended, because code did not wait for it.
///
/// # Errors
/// When the database is not there.
pub(crate) async fn give_up(cx: &mut Cx) -> Result<(), Broken> {
    let Some(attempt) = cx.attempt.take() else { return Ok(()) };
    cx.trail.forget_from(attempt.trail);
    cx.gone.truncate(attempt.gone);
    let session = cx.session().await?;
    take_back(session).await?;
    release(session).await
}

/// Takes back what was done since it began, which goes on.
///
/// # Errors
/// When the database is not there.
pub(super) async fn take_back(session: &mut Session) -> Result<(), Broken> {
    session.execute(Statement::new("ROLLBACK TO SAVEPOINT atlas9_attempt")).await.map(drop)
}

async fn release(session: &mut Session) -> Result<(), Broken> {
    session.execute(Statement::new("RELEASE SAVEPOINT atlas9_attempt")).await.map(drop)
}
