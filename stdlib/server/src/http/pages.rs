//! Pages of lists to replies.

use super::render::Asking;
use super::reply::{JSON, Reply};
use crate::Problem;
use crate::operation::Next;
use crate::value::write::{sequence, text};

impl Asking<'_> {
    /// The reply with a page.
    pub(super) fn paged<T>(
        &self,
        items: &[T],
        next: &Next,
        count: Option<u64>,
        mut write: impl FnMut(&mut Vec<u8>, &T) -> Result<(), sqlx::Error>,
    ) -> Result<Reply, Problem> {
        let mut out = Vec::with_capacity(256 + 512 * items.len());
        let mut result = Ok(());
        out.extend_from_slice(b"{\"items\":");
        let item = |out: &mut Vec<u8>, item: &T| {
            if let Err(error) = write(out, item) {
                result = Err(error);
            }
        };
        sequence(&mut out, b'[', items, item, b']');
        result?;
        self.next(&mut out, next);
        if let Some(count) = count {
            out.extend_from_slice(format!(",\"count\":{count}").as_bytes());
        }
        out.push(b'}');
        let mut reply = Reply::new(200, JSON, out);
        let link = match next {
            Next::Cursor(cursor) => cursor.as_ref().map(|cursor| self.with("cursor", cursor)),
            Next::Page(page) => page.map(|page| self.with("page", &page.to_string())),
            Next::Never => None,
        };
        if let Some(link) = link {
            reply.header("link", &format!("<{link}>; rel=\"next\""));
        }
        Ok(reply)
    }

    fn next(&self, out: &mut Vec<u8>, next: &Next) {
        match next {
            Next::Never => {}
            Next::Cursor(cursor) => {
                out.extend_from_slice(b",\"next_cursor\":");
                match cursor {
                    Some(cursor) => text(out, cursor),
                    None => out.extend_from_slice(b"null"),
                }
            }
            Next::Page(next) => {
                let next = next.map_or_else(|| "null".to_owned(), |next| next.to_string());
                let page = self.page.unwrap_or(1);
                out.extend_from_slice(format!(",\"page\":{page},\"next_page\":{next}").as_bytes());
            }
        }
    }

    /// The same request with another value for one parameter.
    fn with(&self, name: &str, value: &str) -> String {
        let pairs = self.query.unwrap_or_default().split('&');
        let own = format!("{name}=");
        let others = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with(&own));
        let mut query: Vec<&str> = others.collect();
        let last = format!("{own}{value}");
        query.push(&last);
        format!("{}?{}", self.path, query.join("&"))
    }
}
