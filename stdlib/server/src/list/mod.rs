//! Lists: what they are asked for, and their pages.

mod cursor;
mod fields;
mod filter;
mod request;
mod search;
mod sort;
mod sql;

pub(crate) use cursor::Cursors;
pub(crate) use fields::fields;
pub(crate) use filter::{Comparison, Filter};
pub(crate) use request::{Asked, expand, read_request, truth};
pub(crate) use search::{few, probe};
pub(crate) use sort::SortKey;
pub(crate) use sql::{count, page};

use atlas9_descriptor::Expand;

use crate::plan::Plan;
use crate::{Record, Value};

/// What a list is asked for: filters, order, search, page. Made by the server from a request's query; an override can
/// hand it on to [`crate::default::list`].
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    pub(crate) limit: u32,
    pub(crate) filters: Vec<Filter>,
    pub(crate) sort: Vec<SortKey>,
    /// Words that must all occur, in lower case.
    pub(crate) words: Vec<String>,
    /// The places of the columns that are searched.
    pub(crate) searched: Vec<usize>,
    /// True where the index behind `q` finds few rows.
    pub(crate) narrow: bool,
    /// The values of the sort keys of the last row before this page.
    pub(crate) after: Option<Vec<Value>>,
    pub(crate) count: bool,
    pub(crate) show_deleted: bool,
    /// The number of the page, for a list that is paged by numbers.
    pub(crate) page: Option<u32>,
    /// References to embed; a get has them too.
    pub(crate) expand: Vec<&'static Expand>,
    /// The places of the fields to answer, all where nothing is named; a get has them too.
    pub(crate) fields: Option<Vec<usize>>,
    /// What cursors of this query are tied to.
    pub(crate) fingerprint: [u8; 16],
}

impl ListRequest {
    /// The first `limit` in the order of their keys.
    pub fn first(limit: u32) -> ListRequest {
        ListRequest { limit, ..ListRequest::default() }
    }

    /// The same for code, which has an order in any case and is given whole records.
    pub(crate) fn ordered(mut self, plan: &Plan) -> ListRequest {
        self.sort = sort::with_key(plan, self.sort);
        self.limit = self.limit.max(1);
        self.fields = None;
        self
    }

    /// The number of the page, for a list that is paged by numbers.
    pub fn page(&self) -> Option<u32> {
        self.page
    }

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
    /// The number of the next page, for a list that is paged by numbers; `None` on the last page.
    pub next_page: Option<u32>,
    /// How many items there are on all pages, where that was asked for.
    pub count: Option<u64>,
}
