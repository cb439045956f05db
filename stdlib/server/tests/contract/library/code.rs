//! The code of operations that are code.

use atlas9_server::value::Uuid;
use atlas9_server::{
    App, Connection, Cx, Handler, Input, ListRequest, Output, Problem, Record, Value, default, handler,
};

use super::{BOOK, CHAPTER, SERVICE};

/// The library with its code.
pub fn handlers(app: App) -> App {
    app.handler("Book", "bestsellers", bestsellers_handler())
        .handler("Book", "import", with_body(import))
        .handler("Genre", "refresh", handler::call0(refresh, |_| Ok(()), Output::nothing))
        .handler("Chapter", "longest", longest_handler())
        .service_handler("login", with_body(login))
        .service_handler("cheapest_payment", with_body(payments))
        .service_handler("book_of_the_day", with_body(book_of_the_day))
}

/// A handler of a function whose argument is the record of the parameters.
fn with_body<F>(function: F) -> Handler
where
    F: for<'a> handler::Function1<'a, Record, Answer = Result<Output, Problem>>,
{
    handler::call1(function, |input: Input| Ok((input.body,)), |output| output)
}

fn bestsellers_handler() -> Handler {
    with_body(bestsellers)
}

/// Whole books; the last one tells what was asked for.
async fn bestsellers(cx: &mut Cx, asked: Record) -> Result<Output, Problem> {
    let page = default::list(cx, &BOOK, &[], &ListRequest::first(9)).await?;
    let mut books: Vec<Value> = page.items.into_iter().map(Value::Record).collect();
    let mut told = Record::new(BOOK.fields);
    told.set("title", format!("{asked:?}"));
    books.push(Value::Record(told));
    Ok(Output::Value(Value::List(books)))
}

async fn import(cx: &mut Cx, asked: Record) -> Result<Output, Problem> {
    let mut made = 0;
    if let Some(Value::List(titles)) = asked.get("titles") {
        for title in titles {
            let mut book = Record::new(BOOK.fields);
            book.set("title", title.clone());
            let book = default::prepared(cx, &BOOK, &[], book)?;
            default::create(cx, &BOOK, book).await?;
            made += 1;
        }
    }
    let mut report = Record::new(answered("import"));
    report.set("made", made);
    report.set("source", asked.get("source").cloned().unwrap_or(Value::Null));
    Ok(Output::Value(Value::Record(report)))
}

/// The fields of the structure that an operation answers.
fn answered(name: &str) -> &'static [atlas9_server::descriptor::Field] {
    use atlas9_server::descriptor::{Answered, OperationKind, Returns, Type};
    let all = BOOK.operations.iter().chain(SERVICE.operations);
    let structure =
        all.filter(|operation| operation.name == name).find_map(|operation| match &operation.kind {
            OperationKind::Action(action) => match action.returns {
                Returns::One { of: Answered::Value(Type::Structure(structure)), .. } => {
                    Some(structure.fields.get())
                }
                _ => None,
            },
            _ => None,
        });
    structure.unwrap_or_default()
}

/// Deletes everybody called Gone, whoever refers to them: what no operation does.
async fn refresh(cx: &mut Cx) -> Result<(), Problem> {
    let sql = "UPDATE people SET deleted_at = '2026-11-01T09:00:00.000000Z' WHERE name = 'Gone'";
    match cx.connection().await? {
        Connection::Sqlite(connection) => sqlx::query(sql).execute(connection).await.map(drop)?,
        Connection::Postgres(connection) => sqlx::query(sql).execute(connection).await.map(drop)?,
    }
    Ok(())
}

fn longest_handler() -> Handler {
    handler::call1(longest, |mut input| Ok((input.key::<Uuid>(0)?,)), |output| output)
}

async fn longest(cx: &mut Cx, book: Uuid) -> Result<Output, Problem> {
    let page = default::list(cx, &CHAPTER, &[Value::Uuid(book)], &ListRequest::first(1)).await?;
    Ok(match page.items.into_iter().next() {
        Some(chapter) => Output::Record(chapter),
        None => Output::Value(Value::Null),
    })
}

async fn login(_: &mut Cx, asked: Record) -> Result<Output, Problem> {
    if asked.get("password") != Some(&Value::Text("secret".to_owned())) {
        return Err(Problem::unauthenticated().with_detail("Wrong password."));
    }
    let mut session = Record::new(answered("login"));
    session.set("token", "full");
    Ok(Output::Value(Value::Record(session)))
}

async fn payments(_: &mut Cx, asked: Record) -> Result<Output, Problem> {
    let mut transfer = Record::new(super::TRANSFER.fields.get());
    transfer.set("iban", asked.get("country").cloned().unwrap_or(Value::Null));
    Ok(Output::Value(Value::List(vec![Value::variant("transfer", transfer), Value::Null])))
}

async fn book_of_the_day(cx: &mut Cx, asked: Record) -> Result<Output, Problem> {
    let key = asked.get("id").cloned().unwrap_or(Value::Null);
    default::get(cx, &BOOK, &[key]).await.map(Output::Record)
}
