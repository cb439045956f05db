//! Lists, page by page and item by item.

use serde::Deserialize;

use super::{Call, Error, Operation};

/// A page of a list.
pub trait Paged {
    /// What is on it.
    type Item;
    /// The parameter that asks for a page.
    const PLACE: &'static str;

    /// The items.
    fn into_items(self) -> Vec<Self::Item>;

    /// Where the next page is; nothing on the last one.
    fn next(&self) -> Option<String>;
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What to ask for the next page with; nothing on the last one.
    #[serde(default = "nothing")]
    pub next_cursor: Option<String>,
    /// How many there are on all pages, where that was asked for.
    #[serde(default = "nothing")]
    pub count: Option<u64>,
}

/// One page of a list whose pages have numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct NumberedPage<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Its number; the first one is 1.
    pub page: i64,
    /// The number of the next page; nothing on the last one.
    #[serde(default = "nothing")]
    pub next_page: Option<i64>,
    /// How many there are on all pages, where that was asked for.
    #[serde(default = "nothing")]
    pub count: Option<u64>,
}

fn nothing<T>() -> Option<T> {
    None
}

impl<T> Paged for Page<T> {
    type Item = T;
    const PLACE: &'static str = "cursor";

    fn into_items(self) -> Vec<T> {
        self.items
    }

    fn next(&self) -> Option<String> {
        self.next_cursor.clone().filter(|cursor| !cursor.is_empty())
    }
}

impl<T> Paged for NumberedPage<T> {
    type Item = T;
    const PLACE: &'static str = "page";

    fn into_items(self) -> Vec<T> {
        self.items
    }

    fn next(&self) -> Option<String> {
        self.next_page.map(|page| page.to_string())
    }
}

/// Page after page of a list, each fetched when it is asked for.
#[must_use = "no page is fetched before `try_next`"]
pub struct Pages<O> {
    /// The call of the next page; nothing behind the last one.
    next: Option<Call<O>>,
    place: Option<String>,
}

impl<O: Operation<Answer: Paged>> Pages<O> {
    pub(super) fn of(call: Call<O>) -> Self {
        let place = call.draft.query.iter().find(|(name, _)| name == O::Answer::PLACE);
        Self { place: place.map(|(_, text)| text.clone()), next: Some(call) }
    }

    /// The next page; nothing behind the last one.
    ///
    /// # Errors
    /// When the call of the page fails. There are no pages behind it then.
    pub async fn try_next(&mut self) -> Result<Option<O::Answer>, Error<O::Error>> {
        let Some(call) = self.next.take() else { return Ok(None) };
        let mut following = call.clone();
        let page = call.send().await?;
        if let Some(next) = page.next().filter(|next| self.place.as_ref() != Some(next)) {
            following.draft.set(O::Answer::PLACE, next.clone());
            self.place = Some(next);
            self.next = Some(following);
        }
        Ok(Some(page))
    }
}

impl<O> std::fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").field("next", &self.next).finish_non_exhaustive()
    }
}

/// Item after item of a list, over all its pages.
#[must_use = "no page is fetched before `try_next`"]
pub struct Items<O: Operation<Answer: Paged>> {
    pages: Pages<O>,
    ready: std::vec::IntoIter<<O::Answer as Paged>::Item>,
}

impl<O: Operation<Answer: Paged>> Items<O> {
    pub(super) fn of(call: Call<O>) -> Self {
        Self { pages: Pages::of(call), ready: Vec::new().into_iter() }
    }

    /// The next item; nothing behind the last one.
    ///
    /// # Errors
    /// When the call of a page fails. There are no items behind it then.
    pub async fn try_next(&mut self) -> Result<Option<<O::Answer as Paged>::Item>, Error<O::Error>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Ok(Some(item));
            }
            match self.pages.try_next().await? {
                Some(page) => self.ready = page.into_items().into_iter(),
                None => return Ok(None),
            }
        }
    }

    /// All items that are left.
    ///
    /// # Errors
    /// When the call of a page fails.
    pub async fn try_collect(mut self) -> Result<Vec<<O::Answer as Paged>::Item>, Error<O::Error>> {
        let mut all = Vec::new();
        while let Some(item) = self.try_next().await? {
            all.push(item);
        }
        Ok(all)
    }
}

impl<O: Operation<Answer: Paged>> std::fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
