//! Lists, page by page and item by item.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
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

/// What a call comes to.
type Outcome<O> = Result<<O as Operation>::Answer, Error<<O as Operation>::Error>>;

/// Page after page of a list, each fetched when it is asked for. A stream, too.
#[must_use = "no page is fetched before `try_next`"]
pub struct Pages<O: Operation> {
    /// The call of the next page; nothing behind the last one.
    next: Option<Call<O>>,
    /// That call, while it is under way.
    sent: Option<Pin<Box<dyn Future<Output = Outcome<O>> + Send>>>,
    place: Option<String>,
}

impl<O: Operation<Answer: Paged> + 'static> Pages<O> {
    pub(super) fn of(call: Call<O>) -> Self {
        let place = call.draft.query.iter().find(|(name, _)| name == O::Answer::PLACE);
        Self { place: place.map(|(_, text)| text.clone()), next: Some(call), sent: None }
    }

    /// The next page; nothing behind the last one. Nothing is lost where the future is dropped.
    ///
    /// # Errors
    /// When the call of the page fails. There are no pages behind it then.
    pub async fn try_next(&mut self) -> Result<Option<O::Answer>, Error<O::Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<O: Operation<Answer: Paged> + 'static> Stream for Pages<O> {
    type Item = Outcome<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Outcome<O>>> {
        let Self { next, sent, place } = &mut *self;
        let Some(call) = next else { return Poll::Ready(None) };
        let sending = sent.get_or_insert_with(|| Box::pin(call.clone().send()));
        let outcome = ready!(sending.as_mut().poll(context));
        *sent = None;
        let following =
            outcome.as_ref().ok().and_then(Paged::next).filter(|next| place.as_ref() != Some(next));
        match &following {
            Some(following) => call.draft.set(O::Answer::PLACE, following.clone()),
            None => *next = None,
        }
        *place = following;
        Poll::Ready(Some(outcome))
    }
}

impl<O: Operation> std::fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").field("next", &self.next).finish_non_exhaustive()
    }
}

/// What is on the pages of an operation.
type Item<O> = <<O as Operation>::Answer as Paged>::Item;

/// Item after item of a list, over all its pages. A stream, too.
#[must_use = "no page is fetched before `try_next`"]
pub struct Items<O: Operation<Answer: Paged>> {
    pages: Pages<O>,
    ready: std::vec::IntoIter<Item<O>>,
}

impl<O: Operation<Answer: Paged> + 'static> Items<O> {
    pub(super) fn of(call: Call<O>) -> Self {
        Self { pages: Pages::of(call), ready: Vec::new().into_iter() }
    }

    /// The next item; nothing behind the last one. Nothing is lost where the future is dropped.
    ///
    /// # Errors
    /// When the call of a page fails. There are no items behind it then.
    pub async fn try_next(&mut self) -> Result<Option<Item<O>>, Error<O::Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// All items that are left.
    ///
    /// # Errors
    /// When the call of a page fails.
    pub async fn try_collect(mut self) -> Result<Vec<Item<O>>, Error<O::Error>> {
        let mut all = Vec::new();
        while let Some(item) = self.try_next().await? {
            all.push(item);
        }
        Ok(all)
    }
}

/// No item is pinned.
impl<O: Operation<Answer: Paged>> Unpin for Items<O> {}

impl<O: Operation<Answer: Paged> + 'static> Stream for Items<O> {
    type Item = Result<Item<O>, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)?) {
                Some(page) => self.ready = page.into_items().into_iter(),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Operation<Answer: Paged>> std::fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
