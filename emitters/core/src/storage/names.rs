//! What tables, indexes and constraints are called.

use atlas9_ir::{Field, FieldPath, Resource};

use super::LONGEST_IDENTIFIER;

/// The name of the column at a path.
pub fn column_name(path: &FieldPath) -> String {
    path.0.join("_")
}

/// The name of the table behind a list of references: `books_author_ids`.
pub fn table_name_of_links(resource: &Resource, field: &Field) -> String {
    format!("{}_{}", resource.plural, field.name)
}

/// The name of the primary key: `books_pkey`.
pub fn primary_key_name(table: &str) -> String {
    identifier(&format!("{table}_pkey"))
}

/// The name of a unique index: `books_isbn_key`.
pub fn unique_name(table: &str, fields: &[FieldPath]) -> String {
    named(table, fields, "key")
}

/// The name of an index: `books_author_id_created_at_idx`.
pub fn index_name(table: &str, fields: &[FieldPath]) -> String {
    named(table, fields, "idx")
}

/// The name of a foreign key: `books_author_id_fkey`.
pub fn foreign_key_name(table: &str, column: &str) -> String {
    identifier(&format!("{table}_{column}_fkey"))
}

/// The name of the policy that keeps the tenants of a table apart: `books_tenant_policy`.
pub fn policy_name(table: &str) -> String {
    identifier(&format!("{table}_tenant_policy"))
}

/// The name of the trigger that clears a reference to what is deleted: `books_author_id_clear`.
pub fn clear_name(table: &str, column: &str) -> String {
    identifier(&format!("{table}_{column}_clear"))
}

/// The name of what finds the texts in a table: `atlas9_books_search`. No table and no index of a schema begins like that, and none of
/// those that SQLite makes beside it (`..._data`, `..._idx`) ends like that.
pub fn search_name(table: &str) -> String {
    identifier(&format!("atlas9_{table}_search"))
}

/// The name of a check: `books_published_has_date_check`.
pub fn check_name(table: &str, what: &str) -> String {
    identifier(&format!("{table}_{what}_check"))
}

fn named(table: &str, fields: &[FieldPath], suffix: &str) -> String {
    let columns: Vec<String> = fields.iter().map(column_name).collect();
    identifier(&format!("{table}_{}_{suffix}", columns.join("_")))
}

/// The name, or where it is too long for PostgreSQL its beginning and a hash of the whole.
fn identifier(name: &str) -> String {
    if name.len() <= LONGEST_IDENTIFIER {
        return name.to_owned();
    }
    // FNV-1a, 32 bits: stable for ever, and short. http://www.isthe.com/chongo/tech/comp/fnv/
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let kept: String = name.chars().take(LONGEST_IDENTIFIER - 9).collect();
    format!("{kept}_{hash:08x}")
}
