//! The SQL emitter: the tables of a service, made from nothing, for SQLite and PostgreSQL.
//!
//! For each database two files in sqlx's naming, `sqlite/0001_create.up.sql` and `sqlite/0001_create.down.sql`. Column
//! types stand in [`scalars`]; names and the choice of columns in `atlas9_emitters_core::storage`, which the server's
//! descriptors ask too.
//!
//! What the database checks beside the server: nulls, keys, references, unique values, lengths, ranges, the values of
//! enums, and rules as far as SQL can say them. What it leaves to the server, which checks every write anyway: `now` in
//! a rule (a CHECK must always come out the same), spans of time, what lies inside JSON, regular expressions in SQLite,
//! which has none, and those that PostgreSQL could read in another way ([`pattern`]).

mod build;
mod dialect;
mod indexes;
mod json;
mod keys;
mod limits;
mod links;
mod number;
mod pattern;
mod relations;
mod rules;
mod scalars;
mod search;
mod table;
mod trail;
mod values;
mod widths;
mod write;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::{
    Context, Emitted, Emitter, OptionKind, OptionSpec, Options, Survey, header, storage,
};
use atlas9_ir::{Ir, ResourceId};

use dialect::Dialect;
use keys::{ForeignKey, foreign_keys, order};
use table::Table;

/// The SQL emitter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sql;

impl Emitter for Sql {
    fn name(&self) -> &'static str {
        "sql"
    }

    fn summary(&self) -> &'static str {
        "Tables, indexes and constraints as migrations for SQLite and PostgreSQL"
    }

    fn options(&self) -> &'static [OptionSpec] {
        &[OptionSpec {
            name: "databases",
            kind: OptionKind::SomeOf(&["sqlite", "postgres"]),
            default: "sqlite, postgres",
            meaning: "The databases to write migrations for, each in a folder of its name.",
        }]
    }

    fn survey(&self, ir: &Ir, context: &Context<'_>) -> Survey {
        let dialects = dialects(context.options);
        let mut diagnostics = limits::find(ir, &dialects);
        if diagnostics.is_empty() && relations::may_clash(ir) {
            diagnostics.extend(planned(ir, &dialects).err().unwrap_or_default());
        }
        let paths =
            dialects.iter().flat_map(|dialect| ["up", "down"].map(|direction| path(*dialect, direction)));
        Survey { diagnostics, offers: paths.collect(), ..Survey::default() }
    }

    fn emit(&self, ir: &Ir, context: &Context<'_>) -> Emitted {
        let dialects = dialects(context.options);
        let diagnostics = limits::find(ir, &dialects);
        if !diagnostics.is_empty() {
            return Emitted { diagnostics, ..Emitted::default() };
        }
        match planned(ir, &dialects) {
            Ok(schemas) => files(&header(self.name(), ir), &schemas),
            Err(diagnostics) => Emitted { diagnostics, ..Emitted::default() },
        }
    }
}

fn dialects(options: &Options) -> Vec<Dialect> {
    Dialect::ALL.into_iter().filter(|dialect| options.has("databases", dialect.word())).collect()
}

fn path(dialect: Dialect, direction: &str) -> String {
    format!("{}/0001_create.{direction}.sql", dialect.word())
}

/// The tables of one database in order, and whether some refer to one another, or one to itself.
struct Schema {
    dialect: Dialect,
    tables: Vec<Table>,
    circular: bool,
}

/// The tables, or what is wrong with their names.
fn planned(ir: &Ir, dialects: &[Dialect]) -> Result<Vec<Schema>, Vec<Diagnostic>> {
    let keys: Vec<Vec<ForeignKey>> =
        ir.resources.values().map(|resource| foreign_keys(ir, resource)).collect();
    let order = order(&keys);
    let mut schemas = Vec::new();
    for dialect in dialects {
        let (tables, circular) = tables(ir, *dialect, &order, &keys);
        let clashes = relations::clashes(*dialect, &tables);
        if !clashes.is_empty() {
            return Err(clashes);
        }
        schemas.push(Schema { dialect: *dialect, tables, circular });
    }
    Ok(schemas)
}

fn files(header: &str, schemas: &[Schema]) -> Emitted {
    let mut made = Emitted::default();
    for Schema { dialect, tables, circular } in schemas {
        let texts = [
            ("up", write::up(*dialect, header, tables)),
            ("down", write::down(*dialect, header, tables, *circular)),
        ];
        for (direction, text) in texts {
            if let Err(bad) = made.files.insert(&path(*dialect, direction), text) {
                made.diagnostics.push(Diagnostic::error(codes::E0702, bad.to_string()));
            }
        }
    }
    made
}

/// The tables in order, and whether some refer to one another, or one to itself. Those of lists stand last.
fn tables(ir: &Ir, dialect: Dialect, order: &[usize], keys: &[Vec<ForeignKey>]) -> (Vec<Table>, bool) {
    let referred = storage::referred(ir);
    let mut made = vec![false; keys.len()];
    let mut circular = false;
    let mut tables = Vec::with_capacity(order.len());
    for index in order {
        let id = ResourceId::new(*index);
        let (Some(resource), Some(keys)) = (ir.resources.get(id), keys.get(*index)) else {
            continue;
        };
        if let Some(own) = made.get_mut(*index) {
            *own = true;
        }
        let exists = |key: &&ForeignKey| made.get(key.to.index()).is_some_and(|made| *made);
        let (now, later): (Vec<_>, Vec<_>) = keys.iter().partition(exists);
        circular |= !later.is_empty() || keys.iter().any(|key| key.to.index() == *index);
        let all: Vec<_> = keys.iter().collect();
        // SQLite looks for the other table when rows come.
        let keys: (&[&ForeignKey], &[&ForeignKey]) = match dialect {
            Dialect::Sqlite => (&all, &[]),
            Dialect::Postgres => (&now, &later),
        };
        tables.push(build::table(ir, dialect, resource, keys, referred.contains(&id)));
    }
    tables.extend(ir.resources.iter().flat_map(|(id, resource)| links::tables(ir, dialect, id, resource)));
    (tables, circular)
}
