//! The index behind `q`: how the runs of three characters in a resource's texts are found.

use atlas9_ir::{Ir, OperationKind, Resource};

use super::{Column, columns, primary_key, search_name};

/// The texts that a list searches.
///
/// PostgreSQL has an index with this name over their columns. SQLite has two tables: one of FTS5 with the texts, which knows
/// rows by numbers, and one that gives each row a number that stays.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    /// The name of the index, and of the table with the texts: `atlas9_books_search`.
    pub name: String,
    /// What is searched, in the order of the list's clause.
    pub columns: Vec<Column<'a>>,
    /// The table that gives each row its number.
    pub rows: String,
    /// Its column for the number.
    pub number: String,
}

impl Search<'_> {
    /// The column of the table of FTS5 that has the text of this one. FTS5 keeps `rank` and `rowid` to itself.
    pub fn text_column(column: &Column<'_>) -> String {
        format!("{}_text", column.name)
    }
}

/// What the list of a resource searches; nothing where it searches nothing.
pub fn search<'a>(ir: &'a Ir, resource: &'a Resource) -> Option<Search<'a>> {
    let paths = resource.operations.iter().find_map(|operation| match &operation.kind {
        OperationKind::List(list) if !list.search.is_empty() => Some(&list.search),
        _ => None,
    })?;
    let all = columns(ir, resource);
    let found = paths.iter().filter_map(|path| all.iter().find(|column| column.path == *path).cloned());
    let columns: Vec<Column<'_>> = found.collect();
    let name = search_name(&resource.plural);
    let rows = format!("{name}_rows");
    (!columns.is_empty()).then(|| Search { number: number(&primary_key(resource)), name, columns, rows })
}

/// A name that no column of the key has.
fn number(key: &[&str]) -> String {
    let mut name = "number".to_owned();
    while key.contains(&name.as_str()) {
        name.insert_str(0, "row_");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn the_number_steps_aside_for_keys() {
        assert_eq!(number(&["tenant_id", "id"]), "number");
        assert_eq!(number(&["number"]), "row_number");
        assert_eq!(number(&["number", "row_number"]), "row_row_number");
    }
}
