//! Clients, authors and books to begin with.

use std::cell::Cell;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use bookstore::types::{Author, Book, BookInput, Money};
use bookstore::{Client, ClientBuilder};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::front::Front;

/// What the scenarios work on.
pub struct On {
    pub front: Front,
    pub token: String,
    pub client: Client,
    /// Which number of ours an ISBN is: those of other programs are others.
    numbered: Cell<u32>,
}

impl On {
    pub fn of_environment() -> Self {
        let variable = |name| std::env::var(name).unwrap_or_default();
        let (url, token) = (variable("BASE_URL"), variable("TOKEN"));
        let client = Client::builder().base_url(&url).api_key(&token).build();
        let client = client.expect("the environment says where the server is");
        let numbered = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
        Self { front: Front::of(url), token, client, numbered: Cell::new(numbered) }
    }

    /// Another client, without a key.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.front.url)
    }

    pub fn isbn(&self) -> String {
        self.numbered.set(self.numbered.get() + 1);
        format!("978{:010}", self.numbered.get())
    }

    pub async fn author(&self) -> Result<Author, Box<dyn Error>> {
        Ok(self.client.authors().create("Frank Herbert").send().await?)
    }

    pub async fn book(&self) -> Result<Book, Box<dyn Error>> {
        let author = self.author().await?;
        Ok(self.client.books().create(self.isbn(), "Dune", author.id, price()).send().await?)
    }

    /// A book of a batch.
    pub fn draft(&self, author: &Author) -> BookInput {
        BookInput::new(self.isbn(), "Dune", author.id, price())
    }
}

pub fn price() -> Money {
    Money { amount: Decimal::new(999, 2), currency: "EUR".into() }
}

/// A key that no book has.
pub fn missing() -> Uuid {
    Uuid::from_u128(0x7000_8000_0000_0000_0000)
}
