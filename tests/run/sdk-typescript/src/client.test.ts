// What the client does by itself: retries, keys, time, hooks, secrets. The network is a function here.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import {
  ApiError,
  Bookstore,
  ConnectionError,
  DecodeError,
  NotFoundError,
  RequestTimeoutError,
  UnauthenticatedError,
  UnavailableError,
  type AttemptResult,
  type ClientHooks,
  type ClientLogger,
  type ClientOptions,
} from "@bookstore/sdk";

import { answering, book, cut, hang, id, json, problem, secret, type Answer } from "./network.js";

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

test("Retry-After that is neither seconds nor a date is as if it were missing", async () => {
  for (const header of ["1.5", "-1", "-5", "+3", "soon", "2020-01-01", ""]) {
    const { bookstore, sent } = answering([problem(503, { "retry-after": header }), json({ id })]);
    // The pause that is made without the header takes 250 ms at least.
    await assert.rejects(bookstore.books.get(id, { timeoutMs: 200 }), UnavailableError, header);
    assert.equal(sent.length, 1);
  }
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
  const hooks: ClientHooks = {
    async afterAttempt({ error }) {
      for (let turn = 0; turn < 50; turn++) await undefined;
      seen.push(error);
    },
  };
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

test("the log warns of what may be a fault, and of what will be gone", async () => {
  const logged: string[] = [];
  const logger: ClientLogger = {
    debug: (message) => void logged.push(`debug ${message}`),
    warn: (message) => void logged.push(`warn ${message}`),
  };
  const sunset = { sunset: "Tue, 01 Jun 2027 00:00:00 GMT" };
  const answers = [problem(404), problem(503, { "retry-after": "0" }), problem(429, { "retry-after": "0" }), cut];
  const { bookstore } = answering([...answers, json({ id }, 200, sunset)], { logger });
  const line = `GET /v1/books/${id}`;
  await assert.rejects(bookstore.books.get(id), NotFoundError);
  assert.deepEqual(logged.splice(0), [`debug ${line}`]);
  await assert.rejects(bookstore.books.get(id), ConnectionError);
  assert.deepEqual(logged.splice(0), [`warn ${line}`, `warn ${line}`, `warn ${line}`]);
  await bookstore.books.get(id);
  assert.deepEqual(logged, [`debug ${line}`, "warn books.get is deprecated"]);
});

test("an answer that cannot be read is an error of the call, not of the attempt", async () => {
  const seen: unknown[] = [];
  const hooks: ClientHooks = {
    async aroundCall(call, next) {
      try {
        return await next();
      } catch (error) {
        seen.push(error instanceof DecodeError && call.operation);
        throw error;
      }
    },
    afterAttempt: ({ status, requestId, error }) => void seen.push([status, requestId, error]),
  };
  const html: Answer = () => new Response("<html>", { headers: { "x-request-id": "r3" } });
  const { bookstore, sent } = answering([html], { hooks });
  await assert.rejects(bookstore.books.get(id), { name: "DecodeError", requestId: "r3" });
  assert.deepEqual([seen, sent.length], [[[200, "r3", undefined], "books.get"], 1]);
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
