//! Lists: what they are asked for, and their pages.

use crate::Record;

/// What a list is asked for: filters, order, search, page. Made by the server from a request's query; an override can
/// hand it on to [`crate::default::list`].
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    pub(crate) limit: u32,
}

impl ListRequest {
    /// The most items that the page has.
    pub fn limit(&self) -> u32 {
        self.limit
    }
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The items.
    pub items: Vec<Record>,
    /// What the next page is asked for with; `None` on the last page.
    pub next_cursor: Option<String>,
    /// How many items there are on all pages, where that was asked for.
    pub count: Option<u64>,
}
