//! Types and conditions.

use atlas9_descriptor::{Expr, Field, Rule, Scalar, Structure, Type, Union, Variant};

use super::{Check, field_at};
use crate::store::Dialect;
use crate::value::parse_decimal;

/// SQLite holds a decimal as a whole number of 64 bits.
const SQLITE_DIGITS: u8 = 18;

impl Check<'_> {
    pub(super) fn ty(&mut self, at: &str, ty: &'static Type) {
        match ty {
            Type::Scalar(scalar) => self.scalar(at, scalar),
            Type::Structure(structure) => self.structure(structure),
            Type::Union(union) => self.union(union),
            Type::Enum(_) => {}
            Type::Reference(reference) => {
                match self.service.resources.iter().find(|other| other.name == reference.resource) {
                    None => self.tell(at, format_args!("there is no resource `{}`", reference.resource)),
                    Some(other) if other.is_singleton() => {
                        self.tell(
                            at,
                            format_args!("`{}` is a singleton, which nothing refers to", other.name),
                        );
                    }
                    Some(_) => {}
                }
                self.ty(at, &reference.key);
            }
            Type::List { item, .. } => self.ty(at, item),
            Type::Map { value, .. } => self.ty(at, value),
        }
    }

    fn union(&mut self, union: &'static Union) {
        for variant in union.variants {
            self.structure(variant.structure);
            let fields = variant.structure.fields.get();
            if fields.iter().any(|field| field.wire == union.wire || field.name == union.discriminator) {
                let Variant { name, structure } = variant;
                self.tell(
                    union.name,
                    format_args!(
                        "`{}` of `{name}` is named like what tells the variants apart",
                        structure.name
                    ),
                );
            }
        }
    }

    fn structure(&mut self, structure: &'static Structure) {
        // A structure can contain itself.
        if self.structures.iter().any(|seen| std::ptr::eq(*seen, structure)) {
            return;
        }
        self.structures.push(structure);
        self.fields(structure.name, structure.fields.get());
        for rule in structure.rules {
            self.rule(structure.name, rule, structure.fields.get());
        }
    }

    fn scalar(&mut self, at: &str, scalar: &Scalar) {
        match scalar {
            Scalar::String { pattern: Some(pattern), .. } => match regex::Regex::new(pattern) {
                Ok(regex) => {
                    self.bounds.patterns.insert(pattern, regex);
                }
                Err(error) => self.tell(at, format_args!("its pattern cannot be used: {error}")),
            },
            Scalar::Decimal { precision, min, max, .. } => {
                if self.dialect == Dialect::Sqlite && *precision > SQLITE_DIGITS {
                    self.tell(at, "SQLite holds decimals of at most 18 digits: use PostgreSQL");
                }
                for bound in [min, max].into_iter().flatten() {
                    match parse_decimal(bound) {
                        Some(decimal) => {
                            self.bounds.decimals.insert(bound, decimal);
                        }
                        None => self.tell(at, format_args!("its bound `{bound}` is no decimal")),
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn rule(&mut self, at: &str, rule: &'static Rule, fields: &'static [Field]) {
        let at = format!("{at}, rule `{}`", rule.name);
        self.expr(&at, &rule.condition, fields);
    }

    fn expr(&mut self, at: &str, expr: &'static Expr, fields: &'static [Field]) {
        match expr {
            Expr::Field(path) => {
                if field_at(fields, path).is_none() {
                    self.tell(at, format_args!("there is no field `{}`", path.join(".")));
                }
            }
            Expr::Literal(_) | Expr::Now => {}
            Expr::Length(inner) | Expr::Not(inner) | Expr::Negate(inner) => self.expr(at, inner, fields),
            Expr::Binary(_, left, right) => {
                self.expr(at, left, fields);
                self.expr(at, right, fields);
            }
            Expr::In(inner, items) => {
                self.expr(at, inner, fields);
                items.iter().for_each(|item| self.expr(at, item, fields));
            }
        }
    }
}
