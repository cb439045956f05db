//! Why the database refused a row: every reason, not only the one that it stumbled over.

use std::sync::Arc;

use atlas9_descriptor::{Field, Path, Type};

use super::write::{Written, question};
use crate::Problem;
use crate::plan::{Plan, quoted};
use crate::problem::Failure;
use crate::row::column_bind;
use crate::store::{Bind, Broken, Session, Statement, Violation};

/// Whether there is such a row.
pub(super) struct Question {
    /// `SELECT 1 FROM ... = `, with a placeholder behind it for what is bound last; earlier ones are `?`.
    pub(super) text: Arc<str>,
    pub(super) binds: Vec<Bind>,
    /// What stands behind all that.
    pub(super) end: &'static str,
    /// What is wrong if the answer is this.
    pub(super) fails_if: bool,
    pub(super) failures: Vec<Failure>,
}

impl Question {
    /// The same with something behind it.
    pub(super) fn ending(self, end: &'static str) -> Question {
        Question { end, ..self }
    }

    /// Asks all at once and returns what is wrong.
    pub(super) async fn ask(session: &mut Session, questions: Vec<Question>) -> Result<Vec<Failure>, Broken> {
        let mut select = Statement::new("SELECT ");
        for (index, question) in questions.iter().enumerate() {
            select.push(if index > 0 { ", EXISTS (" } else { "EXISTS (" });
            let mut binds = question.binds.iter();
            for part in question.text.split_inclusive('?') {
                select.push(part.trim_end_matches('?'));
                if let Some(bind) = binds.next() {
                    select.bind(bind.clone());
                }
            }
            select.push(question.end).push(")");
        }
        let Some(row) = session.row(select).await? else { return Ok(Vec::new()) };
        let mut failures = Vec::new();
        for (index, question) in questions.into_iter().enumerate() {
            if row.truth(index)? == question.fails_if {
                failures.extend(question.failures);
            }
        }
        Ok(failures)
    }
}

/// The answer to a row that the database refused.
pub(super) async fn diagnose(
    session: &mut Session,
    plan: &Plan,
    violation: &Violation,
    written: Written<'_>,
) -> Result<Problem, Broken> {
    if let Violation::Check(name) = violation {
        return Ok(broken_check(plan, name));
    }
    let record = written.record;
    let taken = taken(plan, written);
    let missing: Vec<Question> =
        plan.references.iter().filter_map(|reference| question(plan, reference, record, None)).collect();
    let taken = if taken.is_empty() { Vec::new() } else { Question::ask(session, taken).await? };
    let missing = if missing.is_empty() { Vec::new() } else { Question::ask(session, missing).await? };
    Ok(match (violation, taken.is_empty(), missing.is_empty()) {
        (_, false, _) => conflict(plan, [taken, missing].concat()),
        (_, true, false) => Problem::invalid(missing),
        // What stood in the way is gone again, or only the database knows its name.
        (Violation::Unique { name, columns }, ..) => conflict(plan, named(plan, name.as_deref(), columns)),
        _ => Problem::conflict("Something that the request refers to changed at the same time.")
            .with_remedy("Read what the request refers to again, then repeat it."),
    })
}

fn conflict(plan: &Plan, errors: Vec<Failure>) -> Problem {
    Problem::conflict(format!(
        "Another {} has the same value where each must have its own.",
        plan.resource.name
    ))
    .with_remedy("Choose other values for the fields in `errors`.")
    .with_errors(errors)
}

/// Whether another row has the values of a unique constraint. Null is never the same as null.
fn taken(plan: &Plan, written: Written<'_>) -> Vec<Question> {
    let unique = plan.resource.unique.iter();
    // What is deleted stands in the way of nothing but its own key.
    let live = &plan.texts.live;
    let mut questions: Vec<Question> = unique
        .filter_map(|unique| same_values(plan, written, (unique.fields, live), unique.fields))
        .collect();
    if written.key.is_none() && !plan.resource.is_singleton() {
        let names: Vec<[&str; 1]> = key_fields(plan).map(|field| [field.name]).collect();
        let paths: Vec<&[&str]> = names.iter().map(<[&str; 1]>::as_slice).collect();
        let own = paths.last().map_or(&[][..], std::slice::from_ref);
        questions.extend(same_values(plan, written, (&paths, ""), own));
    }
    questions
}

/// The parents' keys, and the own key.
fn key_fields(plan: &Plan) -> impl Iterator<Item = &'static Field> {
    let places = plan.parents.iter().copied().chain(plan.resource.key);
    places.filter_map(|place| plan.resource.fields.get(place))
}

/// Whether another row has the values at these paths, and meets what stands behind.
fn same_values(
    plan: &Plan,
    written: Written<'_>,
    (paths, behind): (&[&[&str]], &str),
    told: &[&[&str]],
) -> Option<Question> {
    let mut text = format!("SELECT 1 FROM {}", plan.table.rows("t"));
    let mut binds = Vec::new();
    if let Some(own) = written.key {
        let same: String =
            key_fields(plan).map(|field| format!(" AND t.{} = ?", quoted(field.name))).collect();
        text.push_str(&format!("NOT (1 = 1{same}) AND "));
        binds.extend_from_slice(own);
    }
    for (index, path) in paths.iter().enumerate() {
        let (_, column) = crate::plan::column_at(&plan.columns, plan.resource.fields, path)?;
        let bind = column_bind(column, written.record);
        if matches!(bind, Bind::Null(_)) {
            return None;
        }
        text.push_str(if index > 0 { " AND " } else { "" });
        text.push_str(&format!("t.{} = ?", column.quoted));
        binds.push(bind);
    }
    text.push_str(behind);
    let failures = told.iter().map(|path| taken_at(plan, path)).collect();
    Some(Question { text: Arc::from(text), binds, end: "", fails_if: true, failures })
}

fn taken_at(plan: &Plan, path: &[&str]) -> Failure {
    Failure::field(&wire(plan, path), "taken", format!("another {} has this value", plan.resource.name))
}

/// What the database itself names: the constraint, or its columns.
fn named(plan: &Plan, name: Option<&str>, columns: &[String]) -> Vec<Failure> {
    let tenant = plan.resource.tenant_field().map_or("", |field| field.name);
    let columns: Vec<&str> = columns.iter().map(String::as_str).filter(|column| *column != tenant).collect();
    let unique = plan.resource.unique.iter().find(|unique| {
        let own: Vec<String> = unique.fields.iter().map(|path| path.join("_")).collect();
        Some(unique.name) == name || (!columns.is_empty() && own == columns)
    });
    let paths: &[Path] = unique.map_or(&[], |unique| unique.fields);
    paths.iter().map(|path| taken_at(plan, path)).collect()
}

/// The wire names of a path.
pub(super) fn wire(plan: &Plan, path: &[&str]) -> Vec<&'static str> {
    let mut names = Vec::new();
    let mut fields = plan.resource.fields;
    for name in path {
        if let Some(field) = fields.iter().find(|field| field.name == *name) {
            names.push(field.wire);
            if let Type::Structure(structure) = field.ty {
                fields = structure.fields.get();
            }
        }
    }
    names
}

/// A rule that the database holds too. That it came so far means that the row changed at the same time.
fn broken_check(plan: &Plan, name: &str) -> Problem {
    match plan.resource.rules.iter().find(|rule| !name.is_empty() && rule.constraint == name) {
        Some(rule) => Problem::invalid(vec![Failure::field(&[], rule.name, rule.text)]),
        None => Problem::internal(format!("the check `{name}` refused what the schema allows")),
    }
}
