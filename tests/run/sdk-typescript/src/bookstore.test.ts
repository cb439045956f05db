// The bookstore through the generated client: what a user of the SDK does, against a running server.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import {
  AlreadyPublished,
  Bookstore,
  ConflictError,
  InvalidError,
  MalformedError,
  NotFoundError,
  NotOnSale,
  PreconditionFailedError,
  UnauthenticatedError,
  type Author,
  type Book,
  type CreateBook,
} from "@bookstore/sdk";
import { createBook, getBook, listBooks } from "@bookstore/sdk/books";
import { BookstoreClient } from "@bookstore/sdk/client";

const baseUrl = variable("BASE_URL");
const apiKey = variable("TOKEN");
const bookstore = new Bookstore({ baseUrl, apiKey });
const missing = "00000000-0000-7000-8000-000000000000";
let author: Author;

before(async () => {
  author = await bookstore.authors.create({ name: "Frank Herbert", born: "1920-10-08" });
});

test("a book is created and read", async () => {
  const created = await bookstore.books.create(draft({ summary: "Sand.", tags: ["sf"] })).withResponse();
  assert.equal(created.response.status, 201);
  assert.match(created.response.headers.get("location") ?? "", new RegExp(`/v1/books/${created.data.id}$`));
  assert.ok(created.etag);
  assert.ok(created.requestId);
  assert.equal(created.data.status, "draft");
  assert.deepEqual(created.data.price, { amount: "9.99", currency: "EUR" });
  assert.deepEqual(created.data.tags, ["sf"]);
  assert.equal(created.data.published_at, null);
  const read = await bookstore.books.get(created.data.id).withResponse();
  assert.deepEqual(read.data, created.data);
  assert.equal(read.etag, created.etag);
});

test("a list comes page by page, filtered and sorted", async () => {
  const own = await bookstore.authors.create({ name: "Octavia E. Butler" });
  const prices = ["5", "9.99", "10", "12.5", "20"];
  for (const [at, amount] of prices.entries()) {
    const title = `Parable ${String.fromCharCode(65 + at)}`;
    await bookstore.books.create(draft({ author_id: own.id, title, price: { amount, currency: "EUR" } }));
  }
  const all = { author_id: own.id, sort: "title" } as const;

  const sizes: number[] = [];
  for await (const page of bookstore.books.list({ ...all, limit: 2 }).pages()) sizes.push(page.items.length);
  assert.deepEqual(sizes, [2, 2, 1]);
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, limit: 2 })), prices);
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, sort: "-title" })), [...prices].reverse());
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, price: { amount: { lt: "10" } } })), ["5", "9.99"]);
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, price: { amount: { gte: "10", lt: "20" } } })), [
    "10",
    "12.5",
  ]);
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, status: "published" })), []);
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, status: { in: ["draft", "retired"] } })), prices);
  assert.deepEqual(await amounts(bookstore.books.list({ ...all, q: "Parable C" })), ["10"]);
  assert.deepEqual(
    await amounts(bookstore.books.list({ ...all, sort: ["-title", "created_at"], limit: 3 })),
    [...prices].reverse(),
  );

  const first = await bookstore.books.list({ ...all, limit: 4, count: true }).page();
  assert.equal(first.count, 5);
  assert.ok(first.next_cursor);
  const second = await bookstore.books.list({ ...all, limit: 4, cursor: first.next_cursor }).page();
  assert.deepEqual([second.items.length, second.next_cursor], [1, null]);
});

/** True where two types are the same, which `true` is assigned to. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

test("a book has the fields that are asked for, and its type no others", async () => {
  const created = await bookstore.books.create(draft({ summary: "Sand.", tags: ["sf"] }));
  const some = await bookstore.books.get(created.id, { fields: ["id", "title"] });
  const typed: Same<typeof some, Pick<Book, "id" | "title">> = true;
  assert.deepEqual([typed, some], [true, { id: created.id, title: created.title }]);
  // @ts-expect-error what was not asked for is not there
  assert.equal(some.isbn, undefined);
  const { data, etag } = await bookstore.books.get(created.id, { fields: ["price"], showDeleted: true }).withResponse();
  const withResponse: Same<typeof data, Pick<Book, "price">> = true;
  assert.deepEqual([withResponse, data.price.amount, Object.keys(data)], [true, "9.99", ["price"]]);
  assert.equal((await bookstore.books.update(created.id, { tags: [] }, { ifMatch: etag })).title, created.title);

  const whole = await bookstore.books.get(created.id);
  const all: Same<typeof whole, Book> = true;
  assert.ok(all && whole.isbn === created.isbn);

  // Of names that are made at run time any may be missing.
  const names: ("id" | "title")[] = ["title"];
  const open = await bookstore.books.get(created.id, { fields: names });
  const partial: Same<typeof open, Partial<Pick<Book, "id" | "title">>> = true;
  assert.deepEqual([partial, open], [true, { title: created.title }]);
});

test("a list has the fields that are asked for, on every page", async () => {
  const own = await bookstore.authors.create({ name: "Ann Leckie" });
  for (const title of ["A", "B", "C"]) await bookstore.books.create(draft({ author_id: own.id, title }));
  const found: string[] = [];
  for await (const book of bookstore.books.list({ author_id: own.id, sort: "title", limit: 2, fields: ["title", "status"] })) {
    const typed: Same<typeof book, Pick<Book, "title" | "status">> = true;
    assert.ok(typed);
    assert.deepEqual(Object.keys(book).sort(), ["status", "title"]);
    found.push(book.title);
  }
  assert.deepEqual(found, ["A", "B", "C"]);
  const page = await bookstore.books.list({ author_id: own.id, fields: ["isbn"] }).page();
  const items: Same<typeof page.items, Pick<Book, "isbn">[]> = true;
  assert.ok(items && page.items.length === 3);
  const whole = bookstore.books.list({ author_id: own.id });
  for await (const book of whole) {
    const typed: Same<typeof book, Book> = true;
    assert.ok(typed && book.price.amount === "9.99");
  }
  const client = new BookstoreClient({ baseUrl, apiKey });
  const byFunction = await listBooks(client, { author_id: own.id, fields: ["id"] }).page();
  const functions: Same<typeof byFunction.items, Pick<Book, "id">[]> = true;
  assert.deepEqual([functions, byFunction.items.map((book) => Object.keys(book))], [true, [["id"], ["id"], ["id"]]]);
});

test("a field that there is not does not compile, and is refused", async () => {
  // @ts-expect-error no such field
  await assert.rejects(bookstore.books.list({ fields: ["titel"] }).page(), MalformedError);
  // @ts-expect-error a field comes whole
  await assert.rejects(bookstore.books.get(missing, { fields: ["price.amount"] }), MalformedError);
  await assert.rejects(bookstore.books.get(missing, { fields: [] }), MalformedError);
  // @ts-expect-error authors do not say that a request chooses
  await assert.rejects(bookstore.authors.get(missing, { fields: ["name"] }), NotFoundError);
});

test("null clears, what is left out stays, a stale entity tag is refused", async () => {
  const { data: book, etag } = await bookstore.books.create(draft({ summary: "Sand.", tags: ["sf"] })).withResponse();
  const changed = await bookstore.books.update(book.id, { summary: null }, { ifMatch: etag });
  assert.equal(changed.summary, null);
  assert.deepEqual([changed.title, changed.tags, changed.price], [book.title, book.tags, book.price]);
  const stale = bookstore.books.update(book.id, { title: "Dune Messiah" }, { ifMatch: etag });
  await assert.rejects(stale, (error) => error instanceof PreconditionFailedError && error.status === 412);
  const cheaper = await bookstore.books.update(book.id, { price: { amount: "8" } });
  assert.deepEqual(cheaper.price, { amount: "8", currency: "EUR" });
});

test("a deleted book comes back", async () => {
  const book = await bookstore.books.create(draft());
  const deleted = await bookstore.books.delete(book.id);
  assert.ok(deleted.deleted_at);
  await assert.rejects(bookstore.books.get(book.id), NotFoundError);
  assert.equal((await bookstore.books.get(book.id, { showDeleted: true })).id, book.id);
  const kept: string[] = [];
  for await (const { id } of bookstore.books.list({ author_id: author.id, show_deleted: true })) kept.push(id);
  assert.ok(kept.includes(book.id));
  assert.equal((await bookstore.books.undelete(book.id)).deleted_at, null);
  assert.equal((await bookstore.books.get(book.id)).id, book.id);
  await assert.rejects(bookstore.books.undelete(book.id), ConflictError);
});

test("several books are made and deleted by one call, all or none", async () => {
  const [one, other] = [draft({ title: "One" }), draft({ title: "Other" })];
  const items = await bookstore.books.batchCreate([one, other]);
  assert.deepEqual(items.map((book) => book.title), ["One", "Other"]);
  const taken = bookstore.books.batchCreate([draft(), one]);
  await assert.rejects(taken, (error) => {
    assert.ok(error instanceof ConflictError);
    assert.deepEqual(error.errors.map((failure) => failure.pointer), ["#/items/1/isbn"]);
    return true;
  });
  const [first, second] = items;
  assert.ok(first && second);
  const stale = bookstore.books.batchDelete([{ id: first.id }, { id: second.id, etag: '"7"' }]);
  await assert.rejects(stale, PreconditionFailedError);
  const { etag } = await bookstore.books.get(first.id).withResponse();
  const deleted = await bookstore.books.batchDelete([{ id: second.id }, { id: first.id, etag }]);
  assert.deepEqual(deleted.map((book) => [book.id, book.deleted_at !== null]), [[second.id, true], [first.id, true]]);
});

test("a book is published once", async () => {
  const book = await bookstore.books.create(draft());
  const published = await bookstore.books.publish(book.id);
  assert.equal(published.status, "published");
  assert.ok(published.published_at);
  await assert.rejects(bookstore.books.publish(book.id), (error) => {
    assert.ok(error instanceof AlreadyPublished);
    assert.ok(error instanceof ConflictError);
    assert.deepEqual(
      [error.status, error.code, error.kind, error.retryable],
      [409, "already_published", "conflict", false],
    );
    assert.deepEqual(error.payload, { book_id: book.id, since: published.published_at });
    assert.equal(
      error.message,
      `409 already_published: Book ${book.id} is on sale already. (request ${error.requestId ?? ""})`,
    );
    assert.ok(error.remedy);
    assert.ok(error.requestId);
    return true;
  });
  assert.equal((await bookstore.books.retire(book.id)).status, "retired");
  const again = bookstore.books.retire(book.id);
  await assert.rejects(again, (error) => error instanceof NotOnSale && error.payload.book_id === book.id);
});

test("every failure of a request is named with its place", async () => {
  const broken = bookstore.books.create(draft({ isbn: "123", title: "", price: { amount: "1", currency: "euro" } }));
  await assert.rejects(broken, (error) => {
    assert.ok(error instanceof InvalidError);
    assert.equal(error.status, 422);
    assert.deepEqual(error.errors.map((failure) => failure.pointer).sort(), ["#/isbn", "#/price/currency", "#/title"]);
    assert.ok(error.errors.every((failure) => failure.code !== "" && failure.detail !== ""));
    return true;
  });
});

test("what is not there, or not allowed, is an error of its own", async () => {
  await assert.rejects(bookstore.books.get(missing), (error) => error instanceof NotFoundError && error.status === 404);
  await assert.rejects(bookstore.reviews.get(missing, missing), NotFoundError);
  const stranger = new Bookstore({ baseUrl, apiKey: "no such token" });
  await assert.rejects(stranger.books.get(missing), UnauthenticatedError);
  const taken = await bookstore.books.create(draft());
  await assert.rejects(bookstore.books.create(draft({ isbn: taken.isbn })), ConflictError);
  await assert.rejects(bookstore.authors.delete(author.id), ConflictError);
});

test("a write that is sent twice happens once", async () => {
  const body = draft();
  const options = { idempotencyKey: crypto.randomUUID() };
  const first = await bookstore.books.create(body, options);
  const second = await bookstore.books.create(body, options).withResponse();
  assert.equal(second.data.id, first.id);
  assert.equal(second.response.headers.get("idempotent-replayed"), "true");
  await assert.rejects(bookstore.books.create(draft(), options), InvalidError);
});

test("an answer that is lost on the way is asked for again under the same key", async () => {
  const keys: (string | null)[] = [];
  const lossy = new Bookstore({
    baseUrl,
    apiKey,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      keys.push(new Headers(init.headers).get("idempotency-key"));
      if (keys.length === 1) throw new TypeError("the connection was cut");
      return response;
    },
  });
  const { data, response } = await lossy.books.create(draft()).withResponse();
  assert.equal(keys.length, 2);
  assert.ok(keys[0]);
  assert.equal(keys[0], keys[1]);
  assert.equal(response.headers.get("idempotent-replayed"), "true");
  assert.equal((await bookstore.books.get(data.id)).isbn, data.isbn);
});

test("reviews live in their book", async () => {
  const book = await bookstore.books.create(draft());
  const review = await bookstore.reviews.create(book.id, { stars: 5, text: "Again." });
  assert.equal(review.book_id, book.id);
  assert.deepEqual((await bookstore.reviews.list(book.id).page()).items, [review]);
  assert.deepEqual(await bookstore.reviews.get(book.id, review.id), review);
  const nothing: undefined = (await bookstore.reviews.delete(book.id, review.id)) as undefined;
  assert.equal(nothing, undefined);
  await assert.rejects(bookstore.reviews.get(book.id, review.id), NotFoundError);
});

test("the functions do what the methods do", async () => {
  const client = new BookstoreClient({ baseUrl, apiKey });
  const book = await createBook(client, draft());
  assert.deepEqual(await getBook(client, book.id), book);
  const page = await listBooks(client, { author_id: author.id, limit: 1 }).page();
  assert.equal(page.items.length, 1);
});

/** A book that can be created, with another ISBN each time. */
function draft(fields: Partial<CreateBook> = {}): CreateBook {
  const isbn = Array.from({ length: 13 }, () => Math.floor(Math.random() * 10)).join("");
  return { isbn, title: "Dune", author_id: author.id, price: { amount: "9.99", currency: "EUR" }, tags: [], ...fields };
}

async function amounts(books: AsyncIterable<Book>): Promise<string[]> {
  const found: string[] = [];
  for await (const book of books) found.push(book.price.amount);
  return found;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`set ${name}: see README.md`);
  return value;
}
