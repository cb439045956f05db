// Reads pages of books with a client written by hand.
import { Bookstore } from "./bookstore_by_hand.js";

const bookstore = new Bookstore(process.env["BASE_URL"] ?? "http://localhost", "key");
for (let left = Number(process.argv[2]); left > 0; left -= 1) {
  const page = await bookstore.list({ limit: "100" });
  if (page.items.length === 0) throw new Error("the page is empty");
}
