//! Bringing a database to the schema of a service.

use std::borrow::Cow;

use atlas9_descriptor::{Migration, Service};
use sqlx::migrate::{MigrateError, MigrationType, Migrator};
use sqlx::{Executor, PgConnection, SqlSafeStr, SqliteConnection};

use super::error::said;
use super::{Dialect, Pools, Store, StoreError, internal};

impl Store {
    /// Applies the migrations of a service that the database has not had, and makes the runtime's own tables.
    ///
    /// # Errors
    /// When the database cannot be reached, refuses a migration, has had one that was changed since, or one that the
    /// service does not know.
    pub async fn migrate(&self, service: &Service) -> Result<(), StoreError> {
        let migrator = migrator(self.dialect(), service);
        let database = |error: sqlx::Error| StoreError::Database(said(&error));
        match &*self.pools {
            Pools::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await.map_err(database)?;
                migrator.run_direct(None, &mut *connection, false).await.map_err(told)?;
                own_tables(&mut connection).await.map_err(database)?;
            }
            Pools::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(database)?;
                // A migrator that fails leaves its lock on the connection.
                connection.close_on_drop();
                // A migration may take its time.
                let set = "SET statement_timeout = 0; SET default_transaction_read_only = off";
                connection.execute(set).await.map_err(database)?;
                migrator.run_direct(None, &mut *connection, false).await.map_err(told)?;
                connection.execute(internal::POSTGRES).await.map_err(database)?;
                if service.resources.iter().any(|resource| resource.tenant_field().is_some()) {
                    warn_of_role(&mut connection).await.map_err(database)?;
                }
            }
        }
        Ok(())
    }
}

/// The runtime's own tables, or those of an earlier version brought to what they are now.
async fn own_tables(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let old: i64 = sqlx::query_scalar(internal::SQLITE_OLD).fetch_one(&mut *connection).await?;
    if old == 0 {
        return connection.execute(internal::SQLITE).await.map(|_| ());
    }
    let texts = [internal::SQLITE_BEFORE, internal::SQLITE, internal::SQLITE_AFTER];
    for text in texts {
        connection.execute(text).await?;
    }
    Ok(())
}

/// Row security does not bind every role. Then the statements of the server alone keep tenants apart.
async fn warn_of_role(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let above = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";
    let above: Option<bool> = sqlx::query_scalar(above).fetch_optional(&mut *connection).await?;
    if above == Some(true) {
        tracing::warn!(
            "the role of this server is above row security, which is to stand behind the tenants: use one that is \
             neither a superuser nor has BYPASSRLS"
        );
    }
    Ok(())
}

fn migrator(dialect: Dialect, service: &Service) -> Migrator {
    let migrations = match dialect {
        Dialect::Sqlite => service.sqlite,
        Dialect::Postgres => service.postgres,
    };
    Migrator::with_migrations(migrations.iter().map(migration).collect())
}

fn migration(migration: &Migration) -> sqlx::migrate::Migration {
    let description = Cow::Borrowed(migration.description);
    let kind = MigrationType::ReversibleUp;
    sqlx::migrate::Migration::new(migration.version, description, kind, migration.up.into_sql_str(), false)
}

fn told(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMismatch(version) => StoreError::Changed { version },
        MigrateError::VersionMissing(version) => StoreError::Ahead { version },
        MigrateError::ExecuteMigration(error, version) => {
            StoreError::Migration { cause: format!("migration {version}: {}", said(&error)) }
        }
        other => StoreError::Migration { cause: other.to_string() },
    }
}
