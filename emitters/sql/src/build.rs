//! From a resource to its table.

use atlas9_emitters_core::storage::{self, Column, ColumnKind, Layout, ROW_VERSION, SINGLETON};
use atlas9_ir::{Field, FieldPath, Ir, Range, Resource, Rule, Scalar, TypeDeclKind, TypeKind};

use crate::dialect::{Dialect, name, names};
use crate::indexes::indexes;
use crate::keys::ForeignKey;
use crate::rules::Scope;
use crate::scalars::{column_type, conditions, json_conditions, variant_condition};
use crate::search::search;
use crate::table::{CheckNames, ColumnLine, Constraint, Policy, Table};
use crate::trail::{default, docs, members, telling, trail};
use crate::values;

/// The table of a resource. `now` are its foreign keys to tables that exist already, `later` the others; `referred` tells
/// that something refers to it by its own key alone.
pub(crate) fn table(
    ir: &Ir,
    dialect: Dialect,
    resource: &Resource,
    (now, later): (&[&ForeignKey], &[&ForeignKey]),
    referred: bool,
) -> Table {
    let columns = storage::columns(ir, resource);
    let builder = Builder { ir, dialect, resource, columns: &columns };
    let lines = columns.iter().map(|column| builder.line(column));
    let unique = unique_key(resource).filter(|_| referred);
    let mut indexes = indexes(ir, dialect, resource, &columns, now.iter().chain(later).copied());
    indexes.retain(|index| unique.as_ref().is_none_or(|unique| unique.name != index.name));
    Table {
        name: resource.plural.clone(),
        of: resource.name.clone(),
        span: resource.span,
        docs: resource.docs.clone(),
        columns: hidden(dialect, resource).into_iter().chain(lines).chain([version(dialect)]).collect(),
        constraints: std::iter::once(primary_key(resource))
            .chain(unique)
            .chain(now.iter().map(|key| key.constraint(dialect)))
            .chain(builder.checks())
            .collect(),
        later: later.iter().map(|key| key.constraint(dialect)).collect(),
        indexes,
        policy: resource.tenant().map(|tenant| policy(ir, &resource.plural, &tenant.name, &tenant.ty)),
        triggers: now.iter().chain(later).filter_map(|key| key.trigger(dialect, &resource.plural)).collect(),
        search: search(ir, dialect, resource),
    }
}

/// That the rows of a table are there for their tenant alone.
pub(crate) fn policy(ir: &Ir, table: &str, column: &str, ty: &atlas9_ir::Type) -> Policy {
    let ty = match ir.resolve(ty).0 {
        TypeKind::Scalar(scalar) => column_type(Dialect::Postgres, scalar),
        _ => String::new(),
    };
    Policy { name: storage::policy_name(table), column: column.to_owned(), ty }
}

fn primary_key(resource: &Resource) -> Constraint {
    let columns = storage::primary_key(resource);
    let name = storage::primary_key_name(&resource.plural);
    Constraint::key(name, format!("PRIMARY KEY ({})", names(&columns)))
}

/// A reference holds the own key alone, so that no two rows may share it, whatever their parents are.
fn unique_key(resource: &Resource) -> Option<Constraint> {
    let key = resource.key()?;
    let called = storage::unique_name(&resource.plural, &[FieldPath(vec![key.name.clone()])]);
    let columns = resource.tenant().into_iter().chain([key]).map(|field| &field.name);
    Some(Constraint::key(called, format!("UNIQUE ({})", names(columns))))
}

/// The key of a singleton that lives in nothing.
fn hidden(dialect: Dialect, resource: &Resource) -> Option<ColumnLine> {
    (storage::primary_key(resource) == [SINGLETON] && resource.singleton).then(|| ColumnLine {
        name: SINGLETON.to_owned(),
        docs: "Always 1: there is one row.".to_owned(),
        note: None,
        ty: hidden_key(dialect),
        nullable: false,
        default: Some("1".to_owned()),
    })
}

/// The type of the key of a singleton that lives in nothing.
pub(crate) fn hidden_key(dialect: Dialect) -> String {
    column_type(dialect, &Scalar::Int { range: Range::default() })
}

fn version(dialect: Dialect) -> ColumnLine {
    ColumnLine {
        name: ROW_VERSION.to_owned(),
        docs: "Counts the changes of the row.".to_owned(),
        note: None,
        ty: column_type(dialect, &Scalar::Int { range: Range::default() }),
        nullable: false,
        default: Some("1".to_owned()),
    }
}

/// The type of a column.
pub(crate) fn column_type_of(ir: &Ir, dialect: Dialect, kind: &ColumnKind<'_>) -> String {
    let text = Scalar::String { length: Range::default(), pattern: None };
    let scalar = match kind {
        ColumnKind::Scalar(scalar) => scalar,
        ColumnKind::Reference(to) => storage::key_scalar(ir, *to).unwrap_or(&text),
        ColumnKind::Enum(_) => &text,
        ColumnKind::Json => &Scalar::Json,
    };
    column_type(dialect, scalar)
}

struct Builder<'a> {
    ir: &'a Ir,
    dialect: Dialect,
    resource: &'a Resource,
    columns: &'a [Column<'a>],
}

impl<'a> Builder<'a> {
    fn line(&self, column: &Column<'_>) -> ColumnLine {
        let value = default(self.ir, self.resource, column);
        let note = match column.kind {
            ColumnKind::Scalar(Scalar::Decimal { scale: scale @ 1.., .. })
                if self.dialect == Dialect::Sqlite =>
            {
                Some(format!("in units of 0.{:0>1$}", 1, usize::from(*scale)))
            }
            _ => None,
        };
        ColumnLine {
            name: column.name.clone(),
            docs: docs(self.ir, self.resource, column),
            note,
            ty: column_type_of(self.ir, self.dialect, &column.kind),
            nullable: column.nullable,
            default: value.and_then(|value| values::literal(self.ir, self.dialect, column, value)),
        }
    }

    fn checks(&self) -> Vec<Constraint> {
        let mut taken = CheckNames::new(self.resource);
        let mut found = Vec::new();
        if hidden(self.dialect, self.resource).is_some() {
            found.push(check(taken.free(SINGLETON), &format!("{SINGLETON} = 1")));
        }
        for column in self.columns {
            let conditions = self.bounds(column);
            if !conditions.is_empty() {
                found.push(check(taken.free(&column.name), &conditions.join(" AND ")));
            }
        }
        self.structures(&mut taken, &mut found);
        let scope = self.scope(&[]);
        found.extend(self.resource.rules.iter().filter_map(|rule| {
            let condition = scope.check(&rule.condition)?;
            Some(check(storage::check_name(&self.resource.plural, &rule.name), &condition))
        }));
        found
    }

    fn bounds(&self, column: &Column<'_>) -> Vec<String> {
        let x = name(&column.name);
        match column.kind {
            ColumnKind::Scalar(scalar) => conditions(self.dialect, scalar, &x),
            ColumnKind::Reference(_) => Vec::new(),
            ColumnKind::Enum(id) => match &self.ir.types[id].kind {
                TypeDeclKind::Enum { values, .. } if !values.is_empty() => {
                    let words = values.iter().filter_map(|value| self.dialect.text(&value.name));
                    vec![format!("{x} IN ({})", words.collect::<Vec<_>>().join(", "))]
                }
                _ => Vec::new(),
            },
            ColumnKind::Json => match self.ir.resolve(&column.field.ty).0 {
                TypeKind::Scalar(scalar) => conditions(self.dialect, scalar, &x),
                TypeKind::List { length, .. } => json_conditions(self.dialect, Some(length), &x),
                TypeKind::Named(id) => match &self.ir.types[*id].kind {
                    TypeDeclKind::Union { discriminator, variants, .. } => {
                        let words: Vec<&str> = variants.iter().map(|one| one.name.as_str()).collect();
                        let known = variant_condition(self.dialect, discriminator, &words, &x);
                        vec![if column.nullable { format!("{x} IS NULL OR {known}") } else { known }]
                    }
                    _ => json_conditions(self.dialect, None, &x),
                },
                _ => json_conditions(self.dialect, None, &x),
            },
        }
    }

    /// What holds for structures that are stored flat: an optional one is there as a whole or not at all, and each
    /// meets its own rules.
    fn structures(&self, taken: &mut CheckNames<'_>, found: &mut Vec<Constraint>) {
        let mut seen: Vec<&[String]> = Vec::new();
        for column in self.columns {
            for depth in 1..column.path.0.len() {
                let Some(path) = column.path.0.get(..depth) else { continue };
                if seen.contains(&path) {
                    continue;
                }
                seen.push(path);
                self.structure(path, taken, found);
            }
        }
    }

    fn structure(&self, path: &'a [String], taken: &mut CheckNames<'_>, found: &mut Vec<Constraint>) {
        let Some(field) = self.ir.field(&self.resource.fields, &FieldPath(path.to_vec())) else { return };
        let told = telling(self.ir, self.resource, self.columns, path);
        let optional = self.ir.resolve(&field.ty).1;
        if let (true, Some(told)) = (optional, told) {
            found.extend(self.whole(path, told).map(|body| check(taken.free(&path.join("_")), &body)));
        }
        let scope = self.scope(path);
        for rule in structure_rules(self.ir, field) {
            let Some(condition) = scope.check(&rule.condition) else { continue };
            let body = match told.filter(|column| column.nullable) {
                Some(told) => format!("{} IS NULL OR ({condition})", name(&told.name)),
                None => condition,
            };
            found.push(check(taken.free(&format!("{}_{}", path.join("_"), rule.name)), &body));
        }
    }

    /// All that the structure must have is there, or nothing of it is.
    fn whole(&self, path: &[String], told: &Column<'_>) -> Option<String> {
        let x = name(&told.name);
        let parts =
            self.columns.iter().filter(|column| column.path.0.starts_with(path) && column.name != told.name);
        let conditions = parts.map(|column| match self.required_below(path, column) {
            true => format!("({x} IS NULL) = ({} IS NULL)", name(&column.name)),
            false => format!("({x} IS NOT NULL OR {} IS NULL)", name(&column.name)),
        });
        let conditions: Vec<String> = conditions.collect();
        (!conditions.is_empty()).then(|| conditions.join(" AND "))
    }

    fn required_below(&self, path: &[String], column: &Column<'_>) -> bool {
        let fields = trail(self.ir, self.resource, &column.path);
        fields.iter().skip(path.len()).all(|field| !self.ir.resolve(&field.ty).1)
    }

    fn scope<'b>(&'b self, above: &'b [String]) -> Scope<'b> {
        Scope { ir: self.ir, dialect: self.dialect, resource: self.resource, columns: self.columns, above }
    }
}

fn structure_rules<'a>(ir: &'a Ir, field: &Field) -> &'a [Rule] {
    match ir.resolve(&field.ty).0 {
        TypeKind::Named(id)
            if storage::layout(ir, field) == Layout::Flat && !members(ir, field).is_empty() =>
        {
            match &ir.types[*id].kind {
                TypeDeclKind::Structure { rules, .. } => rules,
                TypeDeclKind::Union { .. } | TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => &[],
            }
        }
        _ => &[],
    }
}

fn check(name: String, condition: &str) -> Constraint {
    Constraint::of_row(name, format!("CHECK ({condition})"))
}
