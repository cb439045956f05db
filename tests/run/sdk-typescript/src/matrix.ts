// The scenarios of tests/run/matrix, through the TypeScript SDK.
import assert from "node:assert/strict";
import { inspect } from "node:util";

import {
  AlreadyPublished,
  ApiError,
  Bookstore,
  ConflictError,
  DecodeError,
  InvalidError,
  NotFoundError,
  PreconditionFailedError,
  RequestError,
  RequestTimeoutError,
  UnauthenticatedError,
  UnavailableError,
  type Author,
  type Book,
  type CreateBook,
  type DeprecationNotice,
} from "@bookstore/sdk";

import { baseUrl, begin, faults, requests, token, type Seen } from "./front.js";

const bookstore = new Bookstore({ baseUrl, apiKey: token });
const missing = "00000000-0000-7000-8000-000000000000";
const busy = { answer: { status: 503, headers: { "retry-after": "0" } } };

const scenarios: Record<string, () => Promise<void>> = {
  async create() {
    const book = await newBook({ title: "Dune", tags: ["sf"] });
    assert.deepEqual([book.status, book.price.amount, book.tags], ["draft", "9.99", ["sf"]]);
    const [, sent] = await requests();
    assert.match(sent?.headers["idempotency-key"] ?? "", /^[0-9a-f-]{36}$/);
  },
  async get_raw() {
    const book = await newBook();
    const { data, response, etag, requestId } = await bookstore.books.get(book.id).withResponse();
    assert.deepEqual([data, response.status], [book, 200]);
    assert.ok(etag && requestId);
  },
  async page_1000() {
    const author = await newAuthor();
    for (let batch = 0; batch < 10; batch++) {
      const titles = Array.from({ length: 100 }, (_, at) => `Book ${String(batch * 100 + at).padStart(4, "0")}`);
      await bookstore.books.batchCreate(titles.map((title) => draft(author, { title })));
    }
    await begin("page_1000");
    const [ids, titles] = [new Set<string>(), [] as string[]];
    for await (const book of bookstore.books.list({ author_id: author.id, sort: "title", limit: 100 })) {
      ids.add(book.id);
      titles.push(book.title);
    }
    assert.deepEqual([ids.size, titles], [1000, [...titles].sort()]);
    assert.equal((await requests()).filter((sent) => sent.method === "GET").length, 10);
  },
  async page_single() {
    const author = await newAuthor();
    await bookstore.books.batchCreate(Array.from({ length: 5 }, () => draft(author)));
    const list = { author_id: author.id, limit: 3 };
    const first = await bookstore.books.list({ ...list, count: true }).page();
    assert.deepEqual([first.items.length, first.count], [3, 5]);
    assert.ok(first.next_cursor);
    const second = await bookstore.books.list({ ...list, cursor: first.next_cursor }).page();
    assert.deepEqual([second.items.length, second.next_cursor], [2, null]);
  },
  async page_stuck() {
    const page = { answer: { status: 200, body: { items: [], next_cursor: "same" } } };
    await faults(page, page);
    for await (const _ of bookstore.books.list()) assert.fail("the pages are empty");
    assert.equal((await requests()).length, 2);
  },
  async filters() {
    const author = await newAuthor();
    const amounts = ["5", "9.99", "10", "12.5", "20"];
    const priced = amounts.map((amount, at) =>
      draft(author, { title: `Parable ${"ABCDE".charAt(at)}`, price: { amount, currency: "EUR" } }),
    );
    await bookstore.books.batchCreate(priced);
    const found = async (params: object): Promise<string[]> => {
      const all: string[] = [];
      const list = bookstore.books.list({ author_id: author.id, sort: "title", ...params });
      for await (const book of list) all.push(book.price.amount);
      return all;
    };
    assert.deepEqual(await found({ price: { amount: { lt: "10" } } }), ["5", "9.99"]);
    assert.deepEqual(await found({ price: { amount: { gte: "10", lt: "20" } } }), ["10", "12.5"]);
    assert.deepEqual(await found({ status: { in: ["draft", "retired"] } }), amounts);
    assert.deepEqual(await found({ q: "Parable C" }), ["10"]);
    assert.deepEqual(await found({ sort: "-title" }), [...amounts].reverse());
  },
  async patch_null() {
    const book = await newBook({ summary: "Sand." });
    const changed = await bookstore.books.update(book.id, { summary: null });
    assert.deepEqual([changed.summary, changed.title, changed.price], [null, book.title, book.price]);
    assert.equal((await requests()).at(-1)?.body, '{"summary":null}');
  },
  async patch_if_match() {
    const { id } = await newBook();
    const { etag } = await bookstore.books.get(id).withResponse();
    await bookstore.books.update(id, { title: "Other" }, { ifMatch: etag });
    const stale = await failure(bookstore.books.update(id, { title: "Third" }, { ifMatch: etag }));
    assert.ok(stale instanceof PreconditionFailedError && stale.status === 412);
  },
  async conflict() {
    const book = await newBook();
    const taken = await failure(newBook({ isbn: book.isbn }));
    assert.ok(taken instanceof ConflictError);
    assert.deepEqual([taken.status, taken.kind, taken.retryable, pointers(taken)], [409, "conflict", false, ["#/isbn"]]);
    assert.notEqual(taken.code, "");
  },
  async declared_error() {
    const { id } = await newBook();
    const published = await bookstore.books.publish(id);
    const twice = await failure(bookstore.books.publish(id));
    assert.ok(twice instanceof AlreadyPublished && twice instanceof ConflictError);
    assert.deepEqual(twice.payload, { book_id: id, since: published.published_at });
    assert.ok(twice.code === "already_published" && twice.remedy && twice.requestId);
  },
  async not_found() {
    assert.ok((await failure(bookstore.books.get(missing))) instanceof NotFoundError);
  },
  async validation() {
    const invalid = await failure(newBook({ title: "x".repeat(300), isbn: "x" }));
    assert.ok(invalid instanceof InvalidError);
    assert.deepEqual(pointers(invalid).sort(), ["#/isbn", "#/title"]);
  },
  async unauthenticated() {
    const stranger = new Bookstore({ baseUrl, apiKey: "wrong" });
    assert.ok((await failure(stranger.books.get(missing))) instanceof UnauthenticatedError);
  },
  async refresh() {
    const { id } = await newBook();
    await begin("refresh");
    const apiKey = ({ refresh }: { refresh: boolean }): string => (refresh ? token : "wrong");
    assert.equal((await new Bookstore({ baseUrl, apiKey }).books.get(id)).id, id);
    assert.equal((await requests()).at(-1)?.headers["authorization"], `Bearer ${token}`);
  },
  async retry_503() {
    const { id } = await newBook();
    await faults(busy, busy);
    assert.equal((await bookstore.books.get(id)).id, id);
    await sentReads(3);
  },
  async retry_429() {
    const { id } = await newBook();
    await faults({ answer: { status: 429, headers: { "retry-after": "1" } } });
    assert.ok((await took(bookstore.books.get(id))) >= 950);
    await sentReads(2);
  },
  async retry_date() {
    const { id } = await newBook();
    const soon = new Date(Date.now() + 2000).toUTCString();
    await faults({ answer: { status: 503, headers: { "retry-after": soon } } });
    assert.ok((await took(bookstore.books.get(id))) >= 500);
    await sentReads(2);
  },
  async retry_gives_up() {
    const { id } = await newBook();
    await faults(busy, busy, busy);
    assert.ok((await failure(bookstore.books.get(id))) instanceof UnavailableError);
    await sentReads(3);
    await faults(busy);
    assert.ok((await failure(bookstore.books.get(id, { maxRetries: 0 }))) instanceof UnavailableError);
    await sentReads(4);
  },
  async no_retry_write() {
    const { id } = await newBook();
    await faults({ answer: { status: 502, headers: { "retry-after": "0" } } });
    assert.ok((await failure(bookstore.books.update(id, { title: "Other" }))) instanceof ApiError);
    assert.equal((await requests()).filter((sent) => sent.method === "PATCH").length, 1);
  },
  async idempotent_retry() {
    const author = await newAuthor();
    await faults({ cut: "after" });
    const book = await bookstore.books.create(draft(author));
    const [first, second, ...more] = await sentBooks();
    assert.ok(first && second && more.length === 0);
    assert.deepEqual(
      [first.headers["idempotency-key"], first.body],
      [second.headers["idempotency-key"], second.body],
    );
    const all: string[] = [];
    for await (const { id } of bookstore.books.list({ author_id: author.id })) all.push(id);
    assert.deepEqual(all, [book.id]);
  },
  async cut_get() {
    const { id } = await newBook();
    await faults({ cut: "before" });
    assert.equal((await bookstore.books.get(id)).id, id);
    await sentReads(2);
  },
  async attempt_timeout() {
    const { id } = await newBook();
    await faults({ delay_ms: 3000 });
    assert.equal((await bookstore.books.get(id, { attemptTimeoutMs: 200, maxRetries: 1 })).id, id);
    await sentReads(2);
  },
  async total_timeout() {
    const { id } = await newBook();
    await faults({ delay_ms: 3000 });
    const started = Date.now();
    assert.ok((await failure(bookstore.books.get(id, { timeoutMs: 300 }))) instanceof RequestTimeoutError);
    assert.ok(Date.now() - started < 2000);
  },
  async cancel() {
    const { id } = await newBook();
    await faults({ delay_ms: 3000 });
    const started = Date.now();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(bookstore.books.get(id, { signal: controller.signal }), { name: "AbortError" });
    assert.ok(Date.now() - started < 2000);
  },
  async unknown_enum() {
    const { id } = await newBook();
    await faults({ edit: { "/status": "archived" } });
    assert.equal((await bookstore.books.get(id)).status, "archived");
  },
  async unknown_error() {
    const body = { code: "brand_new", kind: "conflict", status: 409, title: "x", detail: "y", retryable: false };
    await faults({ answer: { status: 409, body } });
    const error = await failure(bookstore.books.get(missing));
    assert.ok(error instanceof ConflictError && error.code === "brand_new");
  },
  async garbage() {
    const headers = { "content-type": "text/html", "retry-after": "0" };
    await faults({ answer: { status: 200, headers, body: "<html>" } });
    const unread = await failure(bookstore.books.get(missing));
    assert.ok(unread instanceof DecodeError && unread.status === 200);
    const bad = { answer: { status: 502, headers, body: "<html>" } };
    await faults(bad, bad, bad);
    const error = await failure(bookstore.books.get(missing));
    assert.ok(error instanceof ApiError && error.status === 502);
  },
  async deprecated() {
    const { id } = await newBook();
    const headers = { deprecation: "@1767225600", sunset: "Tue, 01 Jun 2027 00:00:00 GMT" };
    await faults({ headers });
    const told: DeprecationNotice[] = [];
    const hooks = { onDeprecation: (notice: DeprecationNotice) => void told.push(notice) };
    await new Bookstore({ baseUrl, apiKey: token, hooks }).books.get(id);
    assert.deepEqual(told, [{ operation: "books.get", link: undefined, ...headers }]);
  },
  async hooks() {
    const { id } = await newBook();
    await faults(busy);
    const [before, after, log] = [[] as number[], [] as (number | undefined)[], [] as string[]];
    const hooked = new Bookstore({
      baseUrl,
      apiKey: token,
      hooks: {
        beforeAttempt: (attempt, headers) => {
          before.push(attempt.attempt);
          headers.set("x-seen", "yes");
        },
        afterAttempt: (result) => void after.push(result.status),
      },
      logger: {
        debug: (message, fields) => void log.push(message, JSON.stringify(fields)),
        warn: (message, fields) => void log.push(message, JSON.stringify(fields)),
      },
    });
    const book = await hooked.books.get(id);
    assert.deepEqual([before, after], [[0, 1], [503, 200]]);
    assert.equal((await requests()).at(-1)?.headers["x-seen"], "yes");
    assert.ok(log.length > 0 && !log.join().includes(token) && !log.join().includes(book.title));
  },
  async batch() {
    const author = await newAuthor();
    const items = await bookstore.books.batchCreate([draft(author), draft(author)]);
    assert.equal(items.length, 2);
    const again = draft(author, { isbn: items[0]?.isbn ?? "" });
    const taken = await failure(bookstore.books.batchCreate([draft(author), again]));
    assert.ok(taken instanceof ConflictError);
    assert.deepEqual(pointers(taken), ["#/items/1/isbn"]);
    const deleted = await bookstore.books.batchDelete(items.map(({ id }) => ({ id })));
    assert.ok(deleted.every((book) => book.deleted_at !== null));
  },
  async soft_delete() {
    const { id } = await newBook();
    assert.ok((await bookstore.books.delete(id)).deleted_at);
    assert.ok((await failure(bookstore.books.get(id))) instanceof NotFoundError);
    assert.equal((await bookstore.books.get(id, { showDeleted: true })).id, id);
    assert.equal((await bookstore.books.undelete(id)).deleted_at, null);
  },
  async fields() {
    const { id, title } = await newBook();
    assert.deepEqual(await bookstore.books.get(id, { fields: ["id", "title"] }), { id, title });
  },
  async nested() {
    const { id } = await newBook();
    const review = await bookstore.reviews.create(id, { stars: 5, text: "Good." });
    const all: string[] = [];
    for await (const { id: key } of bookstore.reviews.list(id)) all.push(key);
    assert.deepEqual(all, [review.id]);
    await bookstore.reviews.delete(id, review.id);
    assert.ok((await failure(bookstore.reviews.get(id, review.id))) instanceof NotFoundError);
  },
  async slash_in_path() {
    await failure(bookstore.books.get("a/b%"));
    assert.equal((await requests()).at(-1)?.target, "/v1/books/a%2Fb%25");
  },
  async int64_decimal() {
    const { id } = await newBook();
    await faults({ edit: { "/price/amount": "12345678901234567.89" } });
    assert.equal((await bookstore.books.get(id)).price.amount, "12345678901234567.89");
  },
  async wire() {
    const { id, author_id } = await newBook({ title: "Wire", isbn: "9780000000001", tags: ["b", "a"], summary: "ü" });
    await bookstore.books.update(id, { title: "Wired & \"quoted\" </b>", summary: null });
    const params = { author_id, status: { in: ["draft", "published"] }, q: "wired ü*", price: { amount: { lt: "10" } } };
    await bookstore.books.list({ ...params, sort: ["-title", "created_at"], limit: 5, count: true }).page();
    await bookstore.books.delete(id);
  },
  async redirect() {
    const author = await newAuthor();
    await begin("redirect");
    await faults({ answer: { status: 308, headers: { location: "/v1/books" } } });
    const moved = await failure(bookstore.books.create(draft(author)));
    assert.ok(moved instanceof ApiError && moved.status === 308 && moved.message.includes("/v1/books"));
    assert.equal((await requests()).length, 1);
    await faults({ answer: { status: 302, headers: { location: "/v1/authors" } } });
    const found = await failure(bookstore.books.get(missing));
    assert.ok(found instanceof ApiError && found.status === 302 && found.message.includes("/v1/authors"));
    assert.equal((await requests()).length, 2);
  },
  async page_end() {
    for (const [at, body] of [{ items: [] }, { items: [], next_cursor: "" }].entries()) {
      await faults({ answer: { status: 200, body } });
      for await (const _ of bookstore.books.list()) assert.fail("the pages are empty");
      await sentReads(at + 1);
    }
  },
  async in_flight() {
    const author = await newAuthor();
    const body = { code: "idempotency_in_flight", kind: "conflict", status: 409, title: "x", detail: "y", retryable: true };
    await faults({ answer: { status: 409, headers: { "retry-after": "0" }, body } });
    await bookstore.books.create(draft(author));
    const keys = (await sentBooks()).map((sent) => sent.headers["idempotency-key"]);
    assert.ok(keys.length === 2 && keys[0] && keys[0] === keys[1]);
  },
  async key_header() {
    const author = await newAuthor();
    await bookstore.books.create(draft(author), { headers: { "Idempotency-Key": "order-17" } });
    assert.deepEqual((await sentBooks()).map((sent) => sent.headers["idempotency-key"]), ["order-17"]);
  },
  async unreadable() {
    for (const [at, body] of ["null", ""].entries()) {
      await faults({ answer: { status: 200, headers: { "content-type": "application/json" }, body } });
      const unread = await failure(bookstore.books.get(missing));
      assert.ok(unread instanceof DecodeError && unread.status === 200 && unread.body === body);
      await sentReads(at + 1);
    }
  },
  async odd_problem() {
    const payload = { book_id: "01920000-0000-7000-8000-000000000000", since: "2026-01-02T03:04:05Z" };
    const odd = { status: "409", title: 7, detail: null };
    const body = { code: "already_published", kind: "conflict", retryable: false, ...odd, ...payload };
    await faults({ answer: { status: 409, body } });
    const error = await failure(bookstore.books.publish(missing));
    assert.ok(error instanceof AlreadyPublished && error.status === 409);
    assert.deepEqual(error.payload, payload);
  },
  async refresh_once() {
    const { id } = await newBook();
    await begin("refresh_once");
    await faults({ answer: { status: 401 } }, busy);
    const told: boolean[] = [];
    const apiKey = ({ refresh }: { refresh: boolean }): string => {
      told.push(refresh);
      return token;
    };
    assert.equal((await new Bookstore({ baseUrl, apiKey }).books.get(id, { maxRetries: 1 })).id, id);
    assert.deepEqual(told, [false, true, false]);
    await sentReads(3);
  },
  async bad_key() {
    const broken = new Bookstore({ baseUrl, apiKey: "to\nken" });
    const refused = await failure(broken.books.get(missing));
    assert.ok(refused instanceof RequestError);
    assert.doesNotMatch(inspect(refused, { depth: 9 }), /to(\n|\\n)ken/);
    assert.deepEqual(await requests(), []);
  },
};

/** Which number of ours an ISBN is: those of other programs are others. */
let numbered = Number(process.hrtime.bigint() % 1_000_000_000n);

function draft(author: Author, given: Partial<CreateBook> = {}): CreateBook {
  const isbn = `978${String((numbered++) % 10_000_000_000).padStart(10, "0")}`;
  return { isbn, title: "Dune", author_id: author.id, price: { amount: "9.99", currency: "EUR" }, tags: [], ...given };
}

function newAuthor(): Promise<Author> {
  return bookstore.authors.create({ name: "Frank Herbert" });
}

async function newBook(given: Partial<CreateBook> = {}): Promise<Book> {
  return bookstore.books.create(draft(await newAuthor(), given));
}

/** What a call is rejected with. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  return assert.fail("the call has not failed");
}

function pointers(error: ApiError): (string | undefined)[] {
  return error.errors.map((failure) => failure.pointer);
}

/** Milliseconds. */
async function took(call: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call;
  return performance.now() - started;
}

/** The requests that ask for a book to be made. */
async function sentBooks(): Promise<Seen[]> {
  return (await requests()).filter((sent) => sent.target === "/v1/books");
}

async function sentReads(expected: number): Promise<void> {
  assert.equal((await requests()).filter((sent) => sent.method === "GET").length, expected);
}

let failed = false;
for (const [name, scenario] of Object.entries(scenarios)) {
  await begin(name);
  try {
    await scenario();
    console.log(`ok ${name}`);
  } catch (error) {
    failed = true;
    console.log(`not ok ${name}: ${String(error instanceof Error ? error.stack : error).replaceAll("\n", " ")}`);
  }
}
process.exitCode = failed ? 1 : 0;
