// Reads pages of books with the functions of one resource, which a bundler takes apart from the rest of the SDK.
import { listBooks } from "@bookstore/sdk/books";
import { BookstoreClient } from "@bookstore/sdk/client";

const client = new BookstoreClient({ baseUrl: process.env["BASE_URL"] ?? "http://localhost", apiKey: "key" });
for (let left = Number(process.argv[2]); left > 0; left -= 1) {
  const page = await listBooks(client, { limit: 100 }).page();
  if (page.items.length === 0) throw new Error("the page is empty");
}
