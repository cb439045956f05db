//! Conditions of the schema as SQL.
//!
//! A condition of the language is true or false, never unknown: `=` and `!=` know null, and an order with null on a side
//! does not hold. Each piece of SQL made here keeps to that, so that `and`, `or` and `not` compose.

mod terms;

use atlas9_emitters_core::storage::Column;
use atlas9_ir::{BinaryOp, Expr, FieldPath, Ir, Resource, UnaryOp, Value};

use crate::dialect::{Dialect, name};
use crate::trail::telling;
use terms::{Kind, merge};

/// Where a condition stands: which table, and below which field for the rule of a structure.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) ir: &'a Ir,
    pub(crate) dialect: Dialect,
    pub(crate) resource: &'a Resource,
    pub(crate) columns: &'a [Column<'a>],
    pub(crate) above: &'a [String],
}

/// How tightly a piece of SQL holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Atom,
}

struct Term {
    sql: String,
    level: Level,
    nullable: bool,
}

impl Term {
    fn new(sql: impl Into<String>, level: Level) -> Term {
        Term { sql: sql.into(), level, nullable: false }
    }

    fn at(&self, least: Level) -> String {
        if self.level >= least { self.sql.clone() } else { format!("({})", self.sql) }
    }
}

impl Scope<'_> {
    /// The condition as the body of a CHECK; nothing where SQL cannot say it: the server holds it all the same.
    pub(crate) fn check(&self, condition: &Expr) -> Option<String> {
        self.condition(condition).map(|term| term.sql)
    }

    fn condition(&self, expr: &Expr) -> Option<Term> {
        match expr {
            Expr::Field(path) => {
                let column = self.column(path)?;
                self.kind(expr).filter(|kind| *kind == Kind::Bool)?;
                Some(match column.nullable {
                    true => Term::new(format!("{} IS TRUE", name(&column.name)), Level::Comparison),
                    false => Term::new(name(&column.name), Level::Atom),
                })
            }
            Expr::Value(Value::Bool(value)) => Some(Term::new(self.dialect.bool(*value), Level::Atom)),
            Expr::Unary(UnaryOp::Not, inner) => {
                Some(Term::new(format!("NOT {}", self.condition(inner)?.at(Level::Atom)), Level::Not))
            }
            Expr::Binary(BinaryOp::Or, left, right) => self.joined(left, "OR", right, Level::Or),
            Expr::Binary(BinaryOp::And, left, right) => self.joined(left, "AND", right, Level::And),
            Expr::Binary(op @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right) => {
                self.equality(*op == BinaryOp::Equal, left, right)
            }
            Expr::Binary(op, left, right) => self.order(*op, left, right),
            Expr::In(inner, among) => self.among(inner, among),
            Expr::Value(_) | Expr::Now | Expr::Length(_) | Expr::Unary(UnaryOp::Negate, _) => None,
        }
    }

    fn joined(&self, left: &Expr, word: &str, right: &Expr, level: Level) -> Option<Term> {
        let (left, right) = (self.condition(left)?, self.condition(right)?);
        Some(Term::new(format!("{} {word} {}", left.at(level), right.at(level)), level))
    }

    fn equality(&self, same: bool, left: &Expr, right: &Expr) -> Option<Term> {
        let null = |expr: &Expr| matches!(expr, Expr::Value(Value::Null));
        let word = match (same, self.dialect) {
            (true, Dialect::Sqlite) => "IS",
            (false, Dialect::Sqlite) => "IS NOT",
            (true, Dialect::Postgres) => "IS NOT DISTINCT FROM",
            (false, Dialect::Postgres) => "IS DISTINCT FROM",
        };
        let sql = match (null(left), null(right)) {
            (true, true) => return Some(Term::new(self.dialect.bool(same), Level::Atom)),
            (true, false) => self.nullness(right, same)?,
            (false, true) => self.nullness(left, same)?,
            (false, false) => {
                let (left, right) = self.pair(left, right)?;
                let word = match (left.nullable || right.nullable, same) {
                    (true, _) => word,
                    (false, true) => "=",
                    (false, false) => "<>",
                };
                format!("{} {word} {}", left.at(Level::Sum), right.at(Level::Sum))
            }
        };
        Some(Term::new(sql, Level::Comparison))
    }

    fn nullness(&self, expr: &Expr, same: bool) -> Option<String> {
        let word = if same { "IS NULL" } else { "IS NOT NULL" };
        let sql = match expr {
            Expr::Field(path) => {
                let full = self.full(path);
                name(&telling(self.ir, self.resource, self.columns, &full)?.name)
            }
            _ => self.term(expr, self.kind(expr)?)?.at(Level::Sum),
        };
        Some(format!("{sql} {word}"))
    }

    fn order(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<Term> {
        let word = match op {
            BinaryOp::Less => "<",
            BinaryOp::LessOrEqual => "<=",
            BinaryOp::Greater => ">",
            BinaryOp::GreaterOrEqual => ">=",
            _ => return None,
        };
        let kind = self.common(left, right)?;
        // Texts have no order in the language.
        if matches!(kind, Kind::Bool | Kind::Word | Kind::Text) {
            return None;
        }
        let (left, right) = self.pair(left, right)?;
        let sql = format!("{} {word} {}", left.at(Level::Sum), right.at(Level::Sum));
        Some(self.two_valued(sql, left.nullable || right.nullable))
    }

    fn among(&self, inner: &Expr, among: &[Expr]) -> Option<Term> {
        let literals = among.iter().all(|item| matches!(item, Expr::Value(value) if *value != Value::Null));
        if literals && !among.is_empty() {
            let kind = among.iter().try_fold(self.kind(inner)?, |kind, item| merge(kind, self.kind(item)))?;
            let items: Option<Vec<String>> =
                among.iter().map(|item| Some(self.term(item, kind)?.sql)).collect();
            let inner = self.term(inner, kind)?;
            return Some(
                self.two_valued(
                    format!("{} IN ({})", inner.at(Level::Sum), items?.join(", ")),
                    inner.nullable,
                ),
            );
        }
        let equal: Option<Vec<String>> =
            among.iter().map(|item| Some(self.equality(true, inner, item)?.at(Level::And))).collect();
        Some(match equal? {
            none if none.is_empty() => Term::new(self.dialect.bool(false), Level::Atom),
            some => Term::new(some.join(" OR "), Level::Or),
        })
    }

    fn two_valued(&self, sql: String, nullable: bool) -> Term {
        let sql = if nullable { format!("({sql}) IS TRUE") } else { sql };
        Term::new(sql, Level::Comparison)
    }

    /// Both sides in the form that lets them be compared.
    fn pair(&self, left: &Expr, right: &Expr) -> Option<(Term, Term)> {
        let kind = self.common(left, right)?;
        Some((self.term(left, kind)?, self.term(right, kind)?))
    }

    fn common(&self, left: &Expr, right: &Expr) -> Option<Kind> {
        match self.kind(left) {
            Some(kind) => merge(kind, self.kind(right)),
            None => self.kind(right),
        }
    }

    fn column(&self, path: &FieldPath) -> Option<&Column<'_>> {
        let full = self.full(path);
        self.columns.iter().find(|column| column.path.0 == full)
    }

    fn full(&self, path: &FieldPath) -> Vec<String> {
        self.above.iter().chain(&path.0).cloned().collect()
    }
}
