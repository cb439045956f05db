//! Reads pages of books with a client written by hand.

use std::error::Error;

#[path = "../by_hand.rs"]
mod by_hand;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let pages: usize = std::env::args().nth(1).ok_or("how many pages?")?.parse()?;
    let client = by_hand::Client::new(std::env::var("BASE_URL")?, "key")?;
    for _ in 0..pages {
        let page = client.list(&[("limit", "100")]).await?;
        if page.items.is_empty() {
            return Err("the page is empty".into());
        }
    }
    Ok(())
}
