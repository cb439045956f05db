// What the client does by itself: retries, keys, time, hooks, secrets. The network is a function here.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import {
  ApiError,
  Bookstore,
  ConflictError,
  ConnectionError,
  DecodeError,
  NotFoundError,
  RequestError,
  RequestTimeoutError,
  ServiceError,
  UnauthenticatedError,
  UnavailableError,
  type AttemptResult,
  type ClientHooks,
  type ClientOptions,
  type WireShape,
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

test("what does not heed the signal is not waited for", async () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const stuck: ClientOptions[] = [
    { fetch: never },
    { apiKey: never },
    { hooks: { beforeAttempt: never } },
    { hooks: { afterAttempt: never } },
    { hooks: { aroundCall: never } },
  ];
  for (const options of stuck) {
    const { bookstore } = answering([json({ id }), json({ id })], options);
    await assert.rejects(bookstore.books.get(id, { timeoutMs: 20 }), RequestTimeoutError);
    const signal = AbortSignal.timeout(20);
    await assert.rejects(bookstore.books.get(id, { signal }), { name: "TimeoutError" });
  }
});

test("the time of an attempt begins when it is sent, and hooks learn how it ended", async () => {
  const seen: unknown[] = [];
  const slow = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 60, secret));
  const hooks = { afterAttempt: (result: AttemptResult) => void seen.push(result.error) };
  const { bookstore } = answering([json({ id }), hang], { apiKey: slow, hooks });
  assert.equal((await bookstore.books.get(id, { attemptTimeoutMs: 50 })).id, id);
  await assert.rejects(bookstore.books.get(id, { timeoutMs: 120 }), RequestTimeoutError);
  assert.ok(seen.length === 2 && seen[0] === undefined && seen[1] instanceof RequestTimeoutError);
});

test("Infinity is no limit", async () => {
  const late: Answer = () => new Promise((resolve) => setTimeout(resolve, 20, Response.json({ id })));
  for (const time of [Infinity, 2 ** 31]) {
    const { bookstore } = answering([late, late], { timeoutMs: time, attemptTimeoutMs: time });
    assert.equal((await bookstore.books.get(id)).id, id);
    assert.equal((await bookstore.books.get(id, { timeoutMs: time, attemptTimeoutMs: time })).id, id);
  }
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

test("a key is asked for anew only behind a 401, which is no retry", async () => {
  const asked: boolean[] = [];
  const apiKey = ({ refresh }: { refresh: boolean }): string => String(asked.push(refresh));
  const { bookstore, sent } = answering([problem(401), problem(503, { "retry-after": "0" }), json({ id })], { apiKey });
  await bookstore.books.get(id, { maxRetries: 1 });
  assert.deepEqual([asked, sent.length], [[false, true, false], 3]);
});

test("a key that a header gives is kept", async () => {
  const { bookstore, sent } = answering([json({ id }), json({ id })]);
  await bookstore.books.create(book, { headers: { "idempotency-KEY": "order-17" } });
  await bookstore.books.create(book, { headers: { "idempotency-key": "order-17" }, idempotencyKey: "order-18" });
  assert.deepEqual(sent.map((request) => request.headers.get("idempotency-key")), ["order-17", "order-18"]);
});

test("a list ends where no further page is named", async () => {
  for (const next of [{}, { next_cursor: null }, { next_cursor: "" }]) {
    const { bookstore, sent } = answering([json({ items: [{ id }], ...next })]);
    const found: string[] = [];
    for await (const one of bookstore.books.list()) found.push(one.id);
    assert.deepEqual([found, sent.length], [[id], 1]);
  }
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
  for (const key of ["", ".", ".."]) await assert.rejects(bookstore.books.get(key), RequestError);
  assert.equal(sent.length, 1);
});

test("an unknown value of an enum is kept", async () => {
  const { bookstore } = answering([json({ id, status: "lost" })]);
  assert.equal((await bookstore.books.get(id)).status, "lost");
});

test("an answer that is not of the service is still an error of ours", async () => {
  const html = (): Response => new Response("<html>", { status: 502, headers: { "content-type": "text/html" } });
  const { bookstore } = answering([html, () => new Response("<html>")], { maxRetries: 0 });
  await assert.rejects(bookstore.books.get(id), (error) => error instanceof ApiError && error.status === 502);
  await assert.rejects(bookstore.books.get(id), (error) => {
    assert.ok(error instanceof DecodeError && error instanceof ServiceError);
    assert.deepEqual([error.status, error.body, error.pointer], [200, "<html>", undefined]);
    assert.ok(!inspect(error).includes("<html>"));
    return true;
  });
});

test("an answer that is not what is declared is named with its place", async () => {
  const call = { operation: "counts.read", method: "GET", path: "/counts" } as const;
  const shape = { fields: [["n", "int64"], ["a/b", { items: "bytes" }]] } as const;
  const read = async (body: string, how: object = { shape }): Promise<unknown> =>
    answering([() => new Response(body, { headers: { "x-request-id": "r1" } })]).bookstore.request({ ...call, ...how });
  const odd = async (body: string, pointer: string, how?: object): Promise<void> => {
    const names = (error: unknown): boolean =>
      error instanceof DecodeError && error.pointer === pointer && error.requestId === "r1";
    await assert.rejects(read(body, how), names, body);
  };
  assert.deepEqual(await read('{"n":"-7","a/b":["AP8="]}'), { n: -7n, "a/b": [Uint8Array.of(0, 255)] });
  for (const n of ['"seven"', '"0x10"', '""', "7", "true"]) await odd(`{"n":${n}}`, "#/n");
  await odd('{"a/b":["AA==","*"]}', "#/a~1b/1");
  await odd("null", "#");
  for (const body of ["{}", "[]", '"x"', '{"items":null}']) await odd(body, "#/items", { answers: "items" });
  await odd('{"items":["1","x"]}', "#/items/1", { answers: "items", shape: "int64" });
  assert.deepEqual(await read('{"items":["1"]}', { answers: "items", shape: "int64" }), [1n]);
  for (const body of ["null", ""]) {
    assert.equal(await read(body, { answers: "items", nullable: true }), null);
    assert.equal(await read(body, { answers: "nothing" }), undefined);
  }
  await assert.rejects(read(""), DecodeError);
  await assert.rejects(answering([json({})]).bookstore.books.list().page(), { name: "DecodeError", pointer: "#/items" });
});

test("a problem is read as far as it can be", async () => {
  const odd = { code: 7, kind: null, retryable: "yes", remedy: [], title: {}, detail: "Wait." };
  const errors = [null, "x", { code: "taken", detail: 7, pointer: "#/isbn", header: 1 }];
  const { bookstore } = answering([json({ ...odd, errors }, 409, { "x-request-id": "r2" }), json([], 503)], {
    maxRetries: 0,
  });
  await assert.rejects(bookstore.books.get(id), (error) => {
    assert.ok(error instanceof ConflictError);
    assert.deepEqual([error.code, error.kind, error.retryable, error.remedy], ["conflict", "conflict", false, undefined]);
    assert.deepEqual(error.errors, [{ code: "taken", detail: "", pointer: "#/isbn" }]);
    assert.equal(error.message, "409 conflict: Wait. (request r2)");
    return true;
  });
  const message = "503 unavailable: The server answered with status 503.";
  await assert.rejects(bookstore.books.get(id), { name: "UnavailableError", message, retryable: true });
  const payloadShape = { fields: [["at", "int64"]] } as const;
  class Odd extends ApiError {
    static readonly code = "odd";
    static override readonly payloadShape: WireShape = payloadShape;
  }
  const declaring = answering([json({ code: "odd", at: "x", name: "kept" }, 409)]).bookstore;
  const call = declaring.request({ operation: "x", method: "POST", path: "/x", errors: [Odd] });
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof Odd);
    assert.deepEqual(error.payload, { at: undefined, name: "kept" });
    return true;
  });
});

test("a redirect is not followed, and is an error", async () => {
  const location = "https://elsewhere.example/";
  const moved = (): Response => new Response("", { status: 307, headers: { location } });
  const opaque = (): Response => {
    const response = new Response("");
    for (const [name, value] of Object.entries({ type: "opaqueredirect", status: 0, ok: false })) {
      Object.defineProperty(response, name, { value });
    }
    return response;
  };
  const { bookstore, sent } = answering([moved, opaque]);
  await assert.rejects(bookstore.books.create(book), {
    name: "ApiError",
    kind: "redirect",
    message: `307 redirect: The server redirects to ${location}: set the base URL to where the service is.`,
  });
  await assert.rejects(bookstore.books.get(id), {
    message: "0 redirect: The server redirects: set the base URL to where the service is.",
  });
  assert.deepEqual(sent.map((request) => request.redirect), ["manual", "manual"]);
});

test("what cannot be sent is refused before anything is sent, and is not quoted", async () => {
  const { bookstore, sent } = answering([]);
  const refused = async (call: Promise<unknown>): Promise<void> => {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof RequestError, inspect(error));
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /sec[^]{0,4}ret/);
      return true;
    });
  };
  for (const key of ["sec\nret", "sec\rret", "sec\0ret", "secret\x7f", "\x01secret"]) {
    for (const authScheme of ["bearer", "api_key"] as const) {
      await refused(answering([], { apiKey: key, authScheme }).bookstore.books.get(id));
    }
    await refused(answering([], { apiKey: () => Promise.resolve(key) }).bookstore.books.get(id));
    await refused(bookstore.books.get(id, { headers: { "x-note": key } }));
    await refused(bookstore.books.create(book, { idempotencyKey: key }));
    await refused(bookstore.books.update(id, {}, { ifMatch: key }));
  }
  await refused(bookstore.books.get(id, { headers: { "x note": "secret" } }));
  const call = { operation: "x", method: "POST", path: "/x/{n}" } as const;
  for (const n of [NaN, Infinity, -Infinity]) {
    await refused(bookstore.request({ ...call, keys: [1], body: { deep: [{ n }] } }));
    await refused(bookstore.request({ ...call, keys: [1], query: { n: { lt: n } } }));
    await refused(bookstore.request({ ...call, keys: [1], headers: { n } }));
    await refused(bookstore.request({ ...call, keys: [n] }));
  }
  await refused(bookstore.request(call));
  const round: { self?: object } = {};
  round.self = round;
  await refused(bookstore.request({ ...call, keys: [1], body: round }));
  await refused(bookstore.books.list({ status: { in: ["draft,secret"] } }).page());
  for (const time of [0, -1, NaN]) {
    await refused(bookstore.books.get(id, { timeoutMs: time }));
    await refused(bookstore.books.get(id, { attemptTimeoutMs: time }));
    assert.throws(() => answering([], { timeoutMs: time }), /timeoutMs is a time of more than 0 milliseconds/);
  }
  assert.equal(sent.length, 0);
});

test("what is not ASCII is sent in UTF-8, and blanks around a key are not", async () => {
  const { bookstore, sent } = answering([json({ id })], { apiKey: " key\n" });
  await bookstore.books.get(id, { headers: { "x-note": "Zürich \u{1f4d6}" } });
  const note = sent[0]?.headers.get("x-note") ?? "";
  assert.equal(Buffer.from(note, "latin1").toString("utf8"), "Zürich \u{1f4d6}");
  assert.equal(sent[0]?.headers.get("authorization"), "Bearer  key");
});

test("a service's address is asked for with its scheme and host", () => {
  const bad = ["shop.example", "//shop.example", "ftp://shop.example", "http://", "http:///x", "https://shop.example/?a=b"];
  for (const baseUrl of [...bad, "https://me:secret@shop.example", "https://shop example", "https://shop.example:x"]) {
    assert.throws(() => answering([], { baseUrl }), (error) => error instanceof TypeError && !/secret/.test(error.message), baseUrl);
  }
  for (const baseUrl of ["HTTP://[::1]:8080/", "https://shop.example/api/"]) answering([], { baseUrl });
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

test("a hook is put around a whole call, and told its route", async () => {
  const seen: unknown[] = [];
  const hooks: ClientHooks = {
    async aroundCall(call, next) {
      seen.push(call);
      try {
        const answer = await next();
        seen.push(answer.response.status);
        return answer;
      } catch (error) {
        seen.push(error instanceof ApiError && error.status);
        throw error;
      }
    },
    beforeAttempt: ({ route, attempt }) => void seen.push(`${attempt.toString()} ${route}`),
  };
  const answers = [problem(503, { "retry-after": "0" }), json({ id }), problem(404)];
  const { bookstore } = answering(answers, { hooks });
  await bookstore.books.get(id);
  const [route, path] = ["/v1/books/{id}", `/v1/books/${id}`];
  assert.deepEqual(seen, [{ operation: "books.get", method: "GET", route, path }, `0 ${route}`, `1 ${route}`, 200]);
  await assert.rejects(bookstore.books.get(id), NotFoundError);
  assert.equal(seen.at(-1), 404);
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
  readonly redirect: unknown;
}

/** A client whose requests are answered in turn. */
function answering(answers: Answer[], options: ClientOptions = {}): { bookstore: Bookstore; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = answers[sent.length];
    sent.push({ url, headers: new Headers(init.headers), body: init.body, redirect: init.redirect });
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
