// What the client sends and how it reads what comes, and what of both it refuses. The network is a function here.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import {
  ApiError,
  ConflictError,
  DecodeError,
  RequestError,
  ServiceError,
  UnavailableError,
  type WireShape,
} from "@bookstore/sdk";

import { answering, book, id, json, problem, secret } from "./network.js";

test("a key that a header gives is kept", async () => {
  const { bookstore, sent } = answering([json({ id }), json({ id })]);
  await bookstore.books.create(book, { headers: { "idempotency-KEY": "order-17" } });
  await bookstore.books.create(book, { headers: { "idempotency-key": "order-17" }, idempotencyKey: "order-18" });
  assert.deepEqual(
    sent.map((request) => request.headers.get("idempotency-key")),
    ["order-17", "order-18"],
  );
});

test("a list ends where no further page is named", async () => {
  for (const next of [{}, { next_cursor: null }, { next_cursor: "" }]) {
    const { bookstore, sent } = answering([
      json({ items: [{ id }], next_cursor: "2" }),
      json({ items: [{ id }], ...next }),
    ]);
    const found: string[] = [];
    for await (const one of bookstore.books.list()) found.push(one.id);
    assert.deepEqual([found, sent.length], [[id, id], 2]);
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
  const shape = {
    fields: [
      ["n", "int64"],
      ["a/b", { items: "bytes" }],
    ],
  } as const;
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
  await assert.rejects(
    answering([json({})])
      .bookstore.books.list()
      .page(),
    { name: "DecodeError", pointer: "#/items" },
  );
});

test("a problem is read as far as it can be", async () => {
  const odd = { code: 7, kind: null, retryable: "yes", remedy: [], title: {}, detail: "Wait." };
  const errors = [null, "x", { code: "taken", detail: 7, pointer: "#/isbn", header: 1 }];
  const { bookstore } = answering([json({ ...odd, errors }, 409, { "x-request-id": "r2" }), json([], 503)], {
    maxRetries: 0,
  });
  await assert.rejects(bookstore.books.get(id), (error) => {
    assert.ok(error instanceof ConflictError);
    assert.deepEqual(
      [error.code, error.kind, error.retryable, error.remedy],
      ["conflict", "conflict", false, undefined],
    );
    assert.deepEqual(error.errors, [{ code: "taken", detail: "", pointer: "#/isbn" }]);
    assert.equal(error.message, "409 conflict: Wait. (request r2)");
    return true;
  });
  const message = "503 unavailable";
  await assert.rejects(bookstore.books.get(id), { name: "UnavailableError", message, retryable: true });
  const empty = { code: "", kind: "", detail: "", title: "Taken.", remedy: "" };
  await assert.rejects(answering([json(empty, 409)]).bookstore.books.get(id), {
    name: "ConflictError",
    message: "409 conflict: Taken.",
    code: "conflict",
    kind: "conflict",
    remedy: undefined,
  });
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
  assert.deepEqual(
    sent.map((request) => request.redirect),
    ["manual", "manual"],
  );
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
  const bad = [
    "shop.example",
    "//shop.example",
    "ftp://shop.example",
    "http://",
    "http:///x",
    "https://shop.example/?a=b",
  ];
  for (const baseUrl of [...bad, "https://me:secret@shop.example", "https://shop example", "https://shop.example:x"]) {
    assert.throws(
      () => answering([], { baseUrl }),
      (error) => error instanceof TypeError && !/secret/.test(error.message),
      baseUrl,
    );
  }
  for (const baseUrl of ["HTTP://[::1]:8080/", "https://shop.example/api/"]) answering([], { baseUrl });
});
