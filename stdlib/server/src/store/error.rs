//! What can go wrong with a database, for operators at start and for requests.

use std::fmt;

use sqlx::error::ErrorKind;

use crate::Problem;

/// A database cannot be opened or brought to the schema of the service.
#[derive(Debug)]
pub enum StoreError {
    /// No such kind of database.
    Scheme(String),
    /// The URL cannot be read.
    Url(String),
    /// Nobody answers, or the answer is no.
    Unreachable {
        /// The host and port, the socket or the file.
        place: String,
        /// What the driver says.
        cause: String,
    },
    /// A migration that has been applied is not what it was.
    Changed {
        /// The migration.
        version: i64,
    },
    /// The database has had a migration that this program does not know.
    Ahead {
        /// The migration.
        version: i64,
    },
    /// A migration cannot be applied.
    Migration {
        /// What the database says.
        cause: String,
    },
    /// An API key is to stand for a caller whose id is longer than one may be.
    LongPrincipal,
    /// The runtime has not made its own tables here.
    NoTables,
    /// Another failure of the database.
    Database(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Scheme(scheme) => write!(
                f,
                "the database URL begins with `{scheme}`: use `sqlite://FILE`, `sqlite::memory:` or `postgres://...`"
            ),
            StoreError::Url(cause) => write!(f, "the database URL cannot be read: {cause}"),
            StoreError::Unreachable { place, cause } => {
                write!(f, "the database at {place} cannot be opened: {cause}")
            }
            StoreError::Changed { version } => write!(
                f,
                "migration {version} was changed after it had been applied to this database: restore it and put the \
                 change into a new migration, or use a new database"
            ),
            StoreError::Ahead { version } => write!(
                f,
                "the database is ahead of this program: it has had migration {version}, which this program does not \
                 know; start a newer program or use another database"
            ),
            StoreError::Migration { cause } => write!(f, "the database cannot be migrated: {cause}"),
            StoreError::LongPrincipal => {
                write!(f, "the id of a caller has at most {} characters", crate::auth::LONGEST_ID)
            }
            StoreError::NoTables => f.write_str("the database has no tables of an atlas9 service"),
            StoreError::Database(cause) => write!(f, "the database failed: {cause}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// What happened, in the words of the database where it is the one that says so. The driver adds the line of PostgreSQL's own source.
pub(super) fn said(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |database| database.message().to_owned())
}

/// A statement failed.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The database refused what was to be written.
    Violation(Violation),
    /// Anything else.
    Other(Problem),
}

/// A constraint that what was to be written would break.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A unique constraint: by its name, or where the database tells only columns, by these.
    Unique { name: Option<String>, columns: Vec<String> },
    /// A foreign key.
    ForeignKey,
    /// A condition with a name.
    Check(String),
}

impl From<Broken> for Problem {
    fn from(broken: Broken) -> Problem {
        match broken {
            Broken::Other(problem) => problem,
            Broken::Violation(violation) => Problem::internal(format!("{violation:?}")),
        }
    }
}

impl From<Broken> for StoreError {
    fn from(broken: Broken) -> StoreError {
        let problem = Problem::from(broken);
        StoreError::Database(problem.cause().unwrap_or(problem.detail()).to_owned())
    }
}

impl From<sqlx::Error> for Broken {
    fn from(error: sqlx::Error) -> Broken {
        match violation(&error) {
            Some(violation) => Broken::Violation(violation),
            None => Broken::Other(problem(&error)),
        }
    }
}

fn violation(error: &sqlx::Error) -> Option<Violation> {
    let database = error.as_database_error()?;
    match database.kind() {
        ErrorKind::UniqueViolation => Some(Violation::Unique {
            name: database.constraint().map(str::to_owned).or_else(|| sqlite_index(database.message())),
            columns: sqlite_columns(database.message()),
        }),
        ErrorKind::ForeignKeyViolation => Some(Violation::ForeignKey),
        ErrorKind::CheckViolation => {
            let told = database.message().strip_prefix("CHECK constraint failed: ");
            Some(Violation::Check(database.constraint().or(told).unwrap_or_default().to_owned()))
        }
        _ if is_restricted(database) => Some(Violation::ForeignKey),
        _ => None,
    }
}

/// `ON DELETE RESTRICT` is told by a code of its own: in SQLite that of a trigger, in PostgreSQL since version 18 23001.
fn is_restricted(database: &dyn sqlx::error::DatabaseError) -> bool {
    database.message() == "FOREIGN KEY constraint failed" || database.code().as_deref() == Some("23001")
}

/// The index in `UNIQUE constraint failed: index 'books_isbn_key'`, which SQLite says of indexes on expressions.
fn sqlite_index(message: &str) -> Option<String> {
    let name = message.strip_prefix("UNIQUE constraint failed: index '")?;
    Some(name.trim_end_matches('\'').to_owned())
}

/// The columns in `UNIQUE constraint failed: books.a, books.b`.
fn sqlite_columns(message: &str) -> Vec<String> {
    let Some(list) = message.strip_prefix("UNIQUE constraint failed: ") else { return Vec::new() };
    list.split(", ").filter_map(|name| name.split_once('.')).map(|(_, column)| column.to_owned()).collect()
}

/// SQLSTATEs that pass by themselves: serialisation, deadlock, locks, cancelled by a timeout, shutting down, full.
const PASSING: [&str; 9] = ["40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "53400"];

fn problem(error: &sqlx::Error) -> Problem {
    let passing = match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        sqlx::Error::BeginFailed | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(database) => {
            // SQLite's codes are numbers whose low byte is the class: 5 is busy, 6 is locked.
            let code = database.code().unwrap_or_default();
            let class = code.parse::<u32>().map(|number| number & 0xff);
            PASSING.contains(&&*code) || (code.len() < 5 && matches!(class, Ok(5 | 6)))
        }
        _ => false,
    };
    if passing { Problem::unavailable(1, error) } else { Problem::internal(error) }
}

#[cfg(test)]
mod tests {
    use super::{sqlite_columns, sqlite_index};

    #[test]
    fn reads_what_sqlite_says() {
        assert_eq!(sqlite_columns("UNIQUE constraint failed: books.isbn"), ["isbn"]);
        assert_eq!(sqlite_columns("UNIQUE constraint failed: a.b, a.c"), ["b", "c"]);
        let index = "UNIQUE constraint failed: index 'books_isbn_key'";
        assert_eq!(sqlite_index(index).as_deref(), Some("books_isbn_key"));
        assert!(sqlite_columns(index).is_empty());
    }
}
