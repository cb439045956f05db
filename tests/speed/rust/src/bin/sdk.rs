//! Reads pages of books with the SDK.

use std::error::Error;

use bookstore::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let pages: usize = std::env::args().nth(1).ok_or("how many pages?")?.parse()?;
    let client = Client::builder().base_url(std::env::var("BASE_URL")?).api_key("key").build()?;
    for _ in 0..pages {
        let page = client.books().list().limit(100).send().await?;
        if page.items.is_empty() {
            return Err("the page is empty".into());
        }
    }
    Ok(())
}
