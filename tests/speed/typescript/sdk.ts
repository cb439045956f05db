// Reads pages of books with the SDK.
import { Bookstore } from "@bookstore/sdk";

const bookstore = new Bookstore({ baseUrl: process.env["BASE_URL"] ?? "http://localhost", apiKey: "key" });
for (let left = Number(process.argv[2]); left > 0; left -= 1) {
  const page = await bookstore.books.list({ limit: 100 }).page();
  if (page.items.length === 0) throw new Error("the page is empty");
}
