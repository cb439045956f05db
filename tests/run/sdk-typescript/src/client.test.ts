// What the client does by itself: retries, keys, time, hooks, secrets. The network is a function here.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import {
  ApiError,
  Bookstore,
  ConnectionError,
  RequestTimeoutError,
  UnauthenticatedError,
  UnavailableError,
  type AttemptResult,
  type ClientOptions,
} from "@bookstore/sdk";

const secret = "a-very-secret-key";
const id = "0192e4a0-7d2b-7c1e-9f3a-5b6c7d8e9f01";
const book = { isbn: "9780441172719", title: "Dune", author_id: id, price: { amount: "9", currency: "EUR" }, tags: [] };

test("a read is repeated when the service says that it may work later", async () => {
  const { bookstore, sent } = answering([
    problem(503, { "retry-after": "0" }),
    problem(429, { "retry-after": "0" }),
    json({ id }),
  ]);
  assert.equal((await bookstore.books.get(id)).id, id);
  assert.equal(sent.length, 3);
});

test("a read is repeated when the connection fails, and not for ever", async () => {
  const { bookstore, sent } = answering([cut, cut, cut, json({ id })], { maxRetries: 1 });
  await assert.rejects(bookstore.books.get(id), ConnectionError);
  assert.equal(sent.length, 2);
});

test("Retry-After may be a date", async () => {
  const soon = new Date(Date.now() - 1000).toUTCString();
  const { bookstore } = answering([problem(503, { "retry-after": soon }), json({ id })]);
  assert.equal((await bookstore.books.get(id)).id, id);
});

test("a pause that does not fit into the call's time is not waited for", async () => {
  const { bookstore, sent } = answering([problem(503, { "retry-after": "60" }), json({ id })]);
  await assert.rejects(bookstore.books.get(id, { timeoutMs: 1000 }), UnavailableError);
  assert.equal(sent.length, 1);
});

test("a write is repeated only under its key, which stays the same", async () => {
  const plain = answering([cut, json({ id })]);
  await assert.rejects(plain.bookstore.books.publish(id), ConnectionError);
  assert.equal(plain.sent.length, 1);

  const keyed = answering([cut, problem(503, { "retry-after": "0" }), json({ id })]);
  await keyed.bookstore.books.create(book);
  const keys = keyed.sent.map((request) => request.headers.get("idempotency-key"));
  assert.match(keys[0] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(keys, [keys[0], keys[0], keys[0]]);
  await keyed.bookstore.books.create(book).catch(() => undefined);
  assert.notEqual(keyed.sent.at(-1)?.headers.get("idempotency-key"), keys[0]);
});

test("an error that says whether to retry is believed", async () => {
  const body = { code: "busy", kind: "unavailable", retryable: false };
  const { bookstore, sent } = answering([json(body, 503), json({ id })]);
  await assert.rejects(bookstore.books.get(id), (error) => error instanceof UnavailableError && error.code === "busy");
  assert.equal(sent.length, 1);
});

test("a call takes no longer than it may", async () => {
  const { bookstore } = answering([hang, hang], { maxRetries: 0 });
  await assert.rejects(bookstore.books.get(id, { attemptTimeoutMs: 20 }), RequestTimeoutError);
  await assert.rejects(bookstore.books.get(id, { timeoutMs: 20 }), RequestTimeoutError);
});

test("a cancelled call is rejected with the reason", async () => {
  const { bookstore, sent } = answering([hang, hang]);
  const controller = new AbortController();
  const call = bookstore.books.get(id, { signal: controller.signal });
  controller.abort(new Error("changed my mind"));
  await assert.rejects(call, /changed my mind/);
  await assert.rejects(bookstore.books.get(id, { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.ok(sent.length <= 1);
});

test("cancelling ends the pause between attempts, too", async () => {
  const { bookstore } = answering([problem(503, { "retry-after": "30" }), json({ id })]);
  const call = bookstore.books.get(id, { signal: AbortSignal.timeout(20) });
  await assert.rejects(call, { name: "TimeoutError" });
});

test("a refused key is asked for anew, once", async () => {
  const asked: boolean[] = [];
  const apiKey = ({ refresh }: { refresh: boolean }): string => {
    asked.push(refresh);
    return refresh ? "new" : "old";
  };
  const { bookstore, sent } = answering([problem(401), json({ id }), problem(401), problem(401)], { apiKey });
  await bookstore.books.publish(id);
  assert.deepEqual(
    sent.map((request) => request.headers.get("authorization")),
    ["Bearer old", "Bearer new"],
  );
  await assert.rejects(bookstore.books.get(id), UnauthenticatedError);
  assert.deepEqual(asked, [false, true, false, true]);
});

test("a list ends on a cursor that does not move", async () => {
  const page = { items: [{ id }], next_cursor: "same" };
  const { bookstore, sent } = answering([json(page), json(page), json(page)]);
  let items = 0;
  for await (const _ of bookstore.books.list()) items++;
  assert.equal(items, 2);
  assert.equal(sent[1]?.url, "https://shop.example/v1/books?cursor=same");
});

test("what is asked for stands in the query in one order", async () => {
  const { bookstore, sent } = answering([json({ items: [], next_cursor: null })]);
  await bookstore.books
    .list({
      status: "published",
      sort: ["-created_at", "title"],
      price: { amount: { lt: "10" } },
      q: "a&b",
      count: undefined,
    })
    .page();
  assert.equal(
    sent[0]?.url,
    "https://shop.example/v1/books?price.amount.lt=10&q=a%26b&sort=-created_at%2Ctitle&status=published",
  );
});

test("a list in the query of an action is a parameter for each item", async () => {
  const { bookstore, sent } = answering([json({ items: [] })]);
  await bookstore.request({
    operation: "books.tagged",
    method: "GET",
    path: "/v1/books/tagged",
    query: { tags: ["b,c", "a"], top: 3 },
    repeats: true,
  });
  assert.equal(sent[0]?.url, "https://shop.example/v1/books/tagged?tags=b%2Cc&tags=a&top=3");
});

test("a body has its keys in one order, null stays, undefined is left out", async () => {
  const { bookstore, sent } = answering([json({ id })]);
  await bookstore.books.update(id, { title: "Dune", summary: null, tags: undefined });
  assert.equal(sent[0]?.body, '{"summary":null,"title":"Dune"}');
  assert.equal(sent[0]?.headers.get("content-type"), "application/merge-patch+json");
});

test("a key cannot leave its place in the path", async () => {
  const { bookstore, sent } = answering([json({ id })]);
  await bookstore.books.get("a/b%?#");
  assert.equal(sent[0]?.url, "https://shop.example/v1/books/a%2Fb%25%3F%23");
  for (const key of ["", ".", ".."]) assert.throws(() => bookstore.books.get(key), TypeError);
});

test("an unknown value of an enum is kept", async () => {
  const { bookstore } = answering([json({ id, status: "lost" })]);
  assert.equal((await bookstore.books.get(id)).status, "lost");
});

test("an answer that is not of the service is still an error of ours", async () => {
  const html = (): Response => new Response("<html>", { status: 502, headers: { "content-type": "text/html" } });
  const { bookstore } = answering([html, () => new Response("<html>")], { maxRetries: 0 });
  await assert.rejects(bookstore.books.get(id), (error) => error instanceof ApiError && error.status === 502);
  await assert.rejects(bookstore.books.get(id), (error) => error instanceof ApiError && error.status === 200);
});

test("hooks and log see every attempt, and never the key, a body or a query", async () => {
  const results: AttemptResult[] = [];
  const logged: unknown[] = [];
  const log = (...entry: unknown[]): void => void logged.push(entry);
  const { bookstore, sent } = answering(
    [problem(503, { "retry-after": "0" }), json({ items: [], next_cursor: null })],
    {
      logger: { debug: log, warn: log },
      hooks: {
        beforeAttempt: (attempt, headers) => {
          headers.set("traceparent", `00-${attempt.attempt.toString()}`);
          assert.equal(headers.get("authorization"), null);
        },
        afterAttempt: (result) => void results.push(result),
      },
    },
  );
  await bookstore.books.list({ q: "private" }).page();
  assert.deepEqual(
    results.map((result) => [result.operation, result.attempt, result.status]),
    [
      ["books.list", 0, 503],
      ["books.list", 1, 200],
    ],
  );
  assert.deepEqual(
    sent.map((request) => request.headers.get("traceparent")),
    ["00-0", "00-1"],
  );
  assert.equal(logged.length, 2);
  for (const text of [inspect(logged, { depth: 9 }), inspect(results[1], { depth: 9 })]) {
    assert.ok(!text.includes(secret) && !text.includes("private"), text);
  }
});

test("the key is not printed", () => {
  const { bookstore } = answering([]);
  assert.ok(!inspect(bookstore, { depth: 9, showHidden: true }).includes(secret));
  assert.ok(!JSON.stringify(bookstore).includes(secret));
});

test("a response that says it is deprecated is told of", async () => {
  const notices: unknown[] = [];
  const headers = { deprecation: "@1790000000", sunset: "Tue, 01 Jun 2027 00:00:00 GMT" };
  const { bookstore } = answering([json({ id }, 200, headers)], {
    hooks: { onDeprecation: (notice) => void notices.push(notice) },
  });
  await bookstore.books.get(id);
  assert.deepEqual(notices, [
    { operation: "books.get", deprecation: headers.deprecation, sunset: headers.sunset, link: undefined },
  ]);
});

test("the environment says where the service is", async () => {
  assert.throws(() => new Bookstore(), /BOOKSTORE_BASE_URL/);
  process.env["BOOKSTORE_BASE_URL"] = "https://env.example/";
  process.env["BOOKSTORE_API_KEY"] = secret;
  let seen: string[] = [];
  const bookstore = new Bookstore({
    fetch: (url, init) => {
      seen = [url, new Headers(init.headers).get("authorization") ?? ""];
      return Promise.resolve(new Response(JSON.stringify({ id })));
    },
  });
  await bookstore.books.get(id);
  assert.deepEqual(seen, [`https://env.example/v1/books/${id}`, `Bearer ${secret}`]);
});

type Answer = (signal: AbortSignal) => Response | Promise<Response>;

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client whose requests are answered in turn. */
function answering(answers: Answer[], options: ClientOptions = {}): { bookstore: Bookstore; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = answers[sent.length];
    sent.push({ url, headers: new Headers(init.headers), body: init.body });
    assert.ok(answer, "one request too many");
    assert.ok(init.signal);
    return answer(init.signal);
  };
  return { bookstore: new Bookstore({ baseUrl: "https://shop.example", apiKey: secret, fetch, ...options }), sent };
}

function json(body: object, status = 200, headers: Record<string, string> = {}): Answer {
  return () => new Response(JSON.stringify(body), { status, headers });
}

function problem(status: number, headers: Record<string, string> = {}): Answer {
  return json({ status, title: "No." }, status, headers);
}

function cut(): never {
  throw new TypeError("fetch failed");
}

function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });
}
