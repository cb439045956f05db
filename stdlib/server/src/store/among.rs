//! Conditions over many keys at once.

use super::{Bind, Statement};

/// Keys in one statement: SQLite has room for 32,766 values, and a longer text takes longer to read than another request.
pub(crate) const AT_ONCE: usize = 500;

impl Statement {
    /// That the columns have the values of one of the keys; there is at least one. The number of placeholders is rounded up to a
    /// power of two by repeating the last key, so that few different texts have to be prepared.
    pub(crate) fn push_among(&mut self, columns: &[String], keys: &[Vec<Bind>]) {
        let last = keys.last().map_or(&[][..], Vec::as_slice);
        let padding = keys.len().next_power_of_two() - keys.len();
        let all = keys.iter().map(Vec::as_slice).chain(std::iter::repeat_n(last, padding));
        match columns {
            // Each tenant has one.
            [] => {
                self.push("(1 = 1");
            }
            [column] => {
                self.push(column).push(" IN (");
                for (index, key) in all.enumerate() {
                    self.push(if index > 0 { ", " } else { "" });
                    for bind in key {
                        self.bind(bind.clone());
                    }
                }
            }
            columns => {
                self.push(&format!("({}) IN (VALUES ", columns.join(", ")));
                for (index, key) in all.enumerate() {
                    self.push(if index > 0 { ", (" } else { "(" }).push_values(key);
                }
            }
        }
        self.push(")");
    }

    /// `$1, $2)`
    pub(crate) fn push_values(&mut self, values: &[Bind]) -> &mut Statement {
        for (index, bind) in values.iter().enumerate() {
            self.push(if index > 0 { ", " } else { "" }).bind(bind.clone());
        }
        self.push(")")
    }
}
