//! Code of the bookstore, in the form in which generated code and its user write it.

use atlas9_server::descriptor::Resource;
use atlas9_server::value::{Decimal, FromRecord, FromValue, IntoRecord, IntoValue, Mismatch, Uuid};
use atlas9_server::{Cx, Failure, Handler, Output, Patch, Problem, Record, Value, default, handler};

use crate::bookstore::{AUTHOR, BOOK};

/// State that code finds in the server.
pub struct Factor(pub i32);

/// As generated: a key of its own type.
#[derive(Clone, Copy)]
pub struct BookId(pub Uuid);

impl FromValue for BookId {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        Uuid::from_value(value).map(BookId)
    }
}

impl IntoValue for BookId {
    fn into_value(self) -> Value {
        self.0.into_value()
    }
}

/// As generated: an action's parameters.
pub struct RepriceBook {
    pub percent: i32,
}

impl FromRecord for RepriceBook {
    fn from_record(mut record: Record) -> Result<Self, Mismatch> {
        Ok(RepriceBook { percent: record.take(0)? })
    }
}

/// As generated: some fields of a resource, here with the rest of the record beside them.
pub struct Book {
    pub price: Decimal,
    rest: Record,
}

const PRICE: usize = 4;

impl FromRecord for Book {
    fn from_record(mut record: Record) -> Result<Self, Mismatch> {
        let mut price: Record = record.take(PRICE)?;
        let amount = price.take(0)?;
        record.put(PRICE, price);
        Ok(Book { price: amount, rest: record })
    }
}

impl IntoRecord for Book {
    fn into_record(mut self) -> Record {
        let mut price: Record = self.rest.take(PRICE).expect("a price");
        price.put(0, self.price);
        // What a generated struct holds has no row version.
        let mut record = Record::new(self.rest.fields());
        for (index, _) in self.rest.fields().iter().enumerate() {
            record.put(index, self.rest.take::<Value>(index).expect("a value"));
        }
        record.put(PRICE, price);
        record
    }
}

/// As generated: an operation's errors.
pub enum RepriceError {
    Other(Problem),
}

impl From<Problem> for RepriceError {
    fn from(problem: Problem) -> Self {
        RepriceError::Other(problem)
    }
}

impl From<RepriceError> for Problem {
    fn from(error: RepriceError) -> Problem {
        let RepriceError::Other(problem) = error;
        problem
    }
}

pub fn reprice_handler() -> Handler {
    handler::call2(
        reprice,
        |mut input| Ok((input.key(0)?, RepriceBook::from_record(input.body)?)),
        |book: Book| Output::Record(book.into_record()),
    )
}

async fn reprice(cx: &mut Cx, id: BookId, input: RepriceBook) -> Result<Book, RepriceError> {
    if input.percent == 13 {
        panic!("thirteen");
    }
    let factor = cx.state::<Factor>()?;
    let key = [id.into_value()];
    let book = Book::from_record(default::get(cx, &BOOK, &key).await?).map_err(Problem::from)?;
    let percent = Decimal::from(100 + input.percent * factor.0 / 2);
    let mut price = Record::new(price_fields(&BOOK));
    price.put(0, (book.price * percent / Decimal::from(100)).round_dp(2));
    let mut patch = Record::new(BOOK.fields);
    patch.put(PRICE, price);
    patch.put_patch::<String>(8, Patch::Set(format!("by {}", cx.principal().id())));
    Ok(Book::from_record(default::update(cx, &BOOK, &key, patch).await?).map_err(Problem::from)?)
}

fn price_fields(book: &'static Resource) -> &'static [atlas9_server::descriptor::Field] {
    match book.fields[PRICE].ty {
        atlas9_server::descriptor::Type::Structure(structure) => structure.fields.get(),
        _ => &[],
    }
}

/// An override as an async closure: names are unique for this shop, and a failed attempt does not end the transaction.
pub fn create_author_handler() -> Handler {
    handler::call1(
        async |cx: &mut Cx, record: Record| {
            let name = record.get("name").map(Value::plain).unwrap_or_default();
            if name == "Anonymous" {
                let failure = Failure::field(&["name"], "anonymous", "must be somebody");
                return Err(Problem::invalid(vec![failure]));
            }
            let made = default::create(cx, &AUTHOR, record.clone()).await?;
            if name == "Twice" {
                // The key is taken now; what was made before stays.
                let again = default::create(cx, &AUTHOR, record).await;
                assert_eq!(again.map_err(|problem| problem.status()).err(), Some(409));
            }
            if name == "Slow" {
                tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            }
            if name == "Undone" {
                return Err(Problem::conflict("Changed my mind."));
            }
            Ok(made)
        },
        |input| Ok((input.body,)),
        Output::Record,
    )
}
