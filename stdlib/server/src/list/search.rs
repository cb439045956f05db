//! What `q` asks of a row, and the index by which the rows are found that it may mean.

use super::ListRequest;
use crate::plan::{Column, Plan, SearchPlan};
use crate::store::{Bind, Dialect, Statement};

/// Rows that SQLite fetches by its index, at most. Where there may be more, those of a page stand close together in the
/// order of the list, and it is faster to read there until the page is full than to fetch them all and sort them.
const MOST_FOUND: i64 = 1000;

/// Runs of three characters that are looked up for a word, at most: each more of them rules out fewer rows.
const MOST_RUNS: usize = 16;

/// Letters whose small forms hang on what stands beside them (Unicode's SpecialCasing.txt). PostgreSQL's trigrams are made
/// of small letters, in a word and in a text, which may then differ.
const CONTEXTUAL: [char; 2] = ['Σ', 'Į'];

/// Tells whether the index finds few rows: its first column is their number, up to one more than are few. Nothing where it is not
/// asked.
pub(crate) fn probe(plan: &Plan, dialect: Dialect, request: &ListRequest) -> Option<Statement> {
    let (index, matched) = indexed(plan, dialect, request)?;
    let texts = &index.texts;
    let mut sql =
        Statement::new(&format!("SELECT count(*) FROM (SELECT 1 FROM {texts} WHERE {texts} MATCH "));
    sql.bind(Bind::Text(matched)).push(" LIMIT ").bind(Bind::Int(MOST_FOUND + 1)).push(")");
    Some(sql)
}

/// True for what a probe counted where the index is worth being asked.
pub(crate) fn few(found: i64) -> bool {
    found <= MOST_FOUND
}

/// That each word stands in one of the columns that are searched.
pub(super) fn condition(sql: &mut Statement, plan: &Plan, dialect: Dialect, request: &ListRequest) {
    if request.narrow
        && let Some((index, matched)) = indexed(plan, dialect, request)
    {
        sql.push(&index.found).bind(Bind::Text(matched)).push(")");
    }
    for word in &request.words {
        sql.push(" AND (1 = 0");
        for column in request.searched.iter().filter_map(|place| plan.columns.get(*place)) {
            sql.push(" OR ");
            holds(sql, column, dialect, word);
        }
        sql.push(")");
    }
    // How many rows hold a word is known by its letters alone.
    if !request.words.is_empty() {
        sql.planned_each_time();
    }
}

/// That a word stands in a column. Case is folded for ASCII alone, in which both databases agree.
fn holds(sql: &mut Statement, column: &Column, dialect: Dialect, word: &str) {
    let name = &column.quoted;
    match dialect {
        Dialect::Sqlite => {
            sql.push(&format!("instr(lower(t.{name}), ")).bind(Bind::Text(word.to_owned())).push(") > 0");
        }
        Dialect::Postgres if word.contains(CONTEXTUAL) => {
            sql.push(&format!("strpos(lower(t.{name} COLLATE \"C\"), ")).bind(Bind::Text(word.to_owned()));
            sql.push(") > 0");
        }
        // The expression is that of the index, letter by letter.
        Dialect::Postgres => {
            sql.push(&format!("lower(t.{name} COLLATE \"C\") LIKE ")).bind(Bind::Text(pattern(word)));
        }
    }
}

/// Whatever has the word in it.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The index of SQLite, and what it is asked: every row that has the words in the columns that are searched, and more. Nothing
/// where the words are too short for it. PostgreSQL takes its index by itself.
fn indexed<'p>(plan: &'p Plan, dialect: Dialect, request: &ListRequest) -> Option<(&'p SearchPlan, String)> {
    let index = plan.list.as_ref()?.index.as_ref().filter(|_| dialect == Dialect::Sqlite)?;
    let runs: Vec<String> = request.words.iter().flat_map(|word| runs(word)).collect();
    if runs.is_empty() {
        return None;
    }
    let columns: Vec<&str> = index.columns_of(&request.searched).map(String::as_str).collect();
    Some((index, format!("{{{}}} : ({})", columns.join(" "), runs.join(" AND "))))
}

/// The runs of three characters in a word, each in the quotes of FTS5's own language.
fn runs(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let quoted = |run: &[char]| format!("\"{}\"", run.iter().collect::<String>().replace('"', "\"\""));
    chars.windows(3).take(MOST_RUNS).map(quoted).collect()
}

#[cfg(test)]
mod tests;
