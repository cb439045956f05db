//! The same rows for both servers.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use sqlx::{AssertSqlSafe, Connection as _, Executor, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::client::Connection;
use crate::operation::{LIST, Rows, next, request};
use crate::process::{Kind, Process};
use crate::{Failed, text};

const AUTHORS: u32 = 500;
/// The first ISBN that no seeded book has.
const FREE: u64 = 9_800_000_000_000;

/// Which database.
#[derive(Clone, Debug)]
pub enum Database {
    Sqlite(std::path::PathBuf),
    /// The server, and the name of a database on it.
    Postgres(String, String),
}

impl Database {
    pub fn url(&self) -> String {
        match self {
            Database::Sqlite(file) => format!("sqlite://{}", file.display()),
            Database::Postgres(server, name) => format!("{server}/{name}"),
        }
    }

    /// Makes a database with the generated server's tables and the rows of the comparison.
    ///
    /// # Errors
    /// When the database does not take them.
    pub async fn seeded(&self, books: u32, folder: &Path) -> Result<(), Failed> {
        if let Database::Postgres(server, name) = self {
            administer(server, &format!("CREATE DATABASE {name}")).await?;
        }
        // The generated server makes the tables when it starts.
        drop(Process::start(Kind::Generated, false, &self.url(), &folder.join("seed.log"))?);
        let statements = statements(self, books);
        match self {
            Database::Sqlite(_) => run_sqlite(&self.url(), &statements).await,
            Database::Postgres(..) => run_postgres(&self.url(), &statements).await,
        }
    }

    /// A second database with the same rows.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub async fn copy(&self, suffix: &str) -> Result<Database, Failed> {
        match self {
            Database::Sqlite(file) => {
                let copy = file.with_extension(suffix);
                std::fs::copy(file, &copy).map_err(text)?;
                Ok(Database::Sqlite(copy))
            }
            Database::Postgres(server, name) => {
                let copy = format!("{name}_{suffix}");
                administer(server, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await?;
                Ok(Database::Postgres(server.clone(), copy))
            }
        }
    }

    /// Drops it; files go with their folder.
    pub async fn dropped(&self) {
        if let Database::Postgres(server, name) = self {
            let _ = administer(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn administer(server: &str, sql: &str) -> Result<(), Failed> {
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await.map_err(text)?;
    connection.execute(AssertSqlSafe(sql.to_owned())).await.map_err(text)?;
    connection.close().await.map_err(text)
}

async fn run_sqlite(url: &str, statements: &[String]) -> Result<(), Failed> {
    let mut connection = SqliteConnection::connect(url).await.map_err(text)?;
    for statement in statements {
        connection.execute(AssertSqlSafe(statement.clone())).await.map_err(text)?;
    }
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await.map_err(text)?;
    connection.close().await.map_err(text)
}

async fn run_postgres(url: &str, statements: &[String]) -> Result<(), Failed> {
    let mut connection = PgConnection::connect(url).await.map_err(text)?;
    for statement in statements {
        connection.execute(AssertSqlSafe(statement.clone())).await.map_err(text)?;
    }
    connection.execute("VACUUM ANALYZE").await.map_err(text)?;
    connection.close().await.map_err(text)
}

fn statements(database: &Database, books: u32) -> Vec<String> {
    let mut statements = vec!["BEGIN".to_owned()];
    let authors: Vec<String> =
        (0..AUTHORS).map(|index| format!("('{}', 'Author {index}')", author(index))).collect();
    statements.push(format!("INSERT INTO authors (id, name) VALUES {}", authors.join(", ")));
    for begin in (0..books).step_by(500) {
        let rows: Vec<String> = (begin..books.min(begin + 500)).map(|index| row(database, index)).collect();
        statements.push(format!(
            "INSERT INTO books (id, isbn, title, author_id, price_amount, price_currency, status, published_at, summary, \
             tags, created_at, updated_at) VALUES {}",
            rows.join(", ")
        ));
    }
    statements.extend(["COMMIT".to_owned(), "ANALYZE".to_owned()]);
    statements
}

fn row(database: &Database, index: u32) -> String {
    let cents = index * 37 % 10_000 + 100;
    let price = match database {
        Database::Sqlite(_) => format!("{}", cents * 100),
        Database::Postgres(..) => format!("{}.{:02}", cents / 100, cents % 100),
    };
    let status = ["draft", "published", "retired"].get(index as usize % 3).unwrap_or(&"draft");
    let (day, second) = (index / 86_400 % 28 + 1, index % 86_400);
    let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    // The last digit is never zero: the servers differ in whether they show zeros at the end.
    let time = format!("'2026-01-{day:02}T{clock}.{:05}1Z'", index % 100_000);
    format!(
        "('{}', '{}', 'A book with the number {index}', '{}', {price}, 'EUR', '{status}', {time}, \
         'What it is about is told in a sentence of some length.', '[\"novel\",\"number {}\"]', {time}, {time})",
        id(1, index),
        9_780_000_000_000_u64 + u64::from(index),
        author(index * 7 % AUTHORS),
        index % 100
    )
}

fn author(index: u32) -> Uuid {
    id(0, index)
}

/// Keys that look like UUIDv7 and are the same in each run.
fn id(kind: u8, index: u32) -> Uuid {
    let mut bytes = [0x01, 0x9b, 0, 0, 0, 0, 0x70, kind, 0x80, 0, 0, 0, 0, 0, 0, 0];
    let [a, b, c, d] = index.to_be_bytes();
    for (to, from) in bytes.iter_mut().skip(2).zip([a, b, c, d]) {
        *to = from;
    }
    for (to, from) in bytes.iter_mut().skip(9).zip(index.wrapping_mul(2_654_435_761).to_be_bytes()) {
        *to = from;
    }
    Uuid::from_bytes(bytes)
}

/// What is in a seeded database, for the requests to one server.
///
/// # Errors
/// When its list cannot be paged through.
pub async fn rows(server: &Process, books: u32, bare: bool, turn: u64) -> Result<Arc<Rows>, Failed> {
    let mut connection = Connection::open(&server.address).await?;
    let mut path = LIST.to_owned();
    for _ in 0..books / 100 {
        let answer = connection.send(request(bare, "GET", &path, &[], axum::body::Bytes::new())?).await?;
        path = next(&answer)?.ok_or("the list ends too soon")?;
    }
    Ok(Arc::new(Rows {
        authors: (0..AUTHORS).map(author).collect(),
        books: (0..books).map(|index| id(1, index)).collect(),
        deep: path,
        isbn: AtomicU64::new(FREE + turn * 10_000_000),
        bare,
    }))
}
