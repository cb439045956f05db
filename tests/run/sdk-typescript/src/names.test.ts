// Values of tests/run/names, through the types of the case nasty_names and back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { List, NotFoundError, type Client, type Keywords, type Shape, type UpdateClient } from "@nasty-names/sdk";

interface Values {
  readonly keywords: Keywords;
  readonly known: object;
  readonly later: object;
  readonly patched: object;
  readonly sent: string[];
}

const values = JSON.parse(readFileSync(variable("VALUES"), "utf8")) as Values;
const known = await read(values.known);
const later = await read(values.later);
const change: UpdateClient = {
  fooBar: "y",
  _id: null,
  __init__: "0.5",
  request: [2n ** 53n + 1n],
  kwargs: { next: null, error: { "10": null, "9": { kind: "option", value: null } } },
};

test("scalars are exact", () => {
  assert.equal(known._id, -(2n ** 63n));
  assert.deepEqual(known.request, [2n ** 53n + 1n, -1n]);
  assert.deepEqual(known.kwargs?.args, [[1n, -2n], []]);
  assert.deepEqual(known.url, Uint8Array.of(0, 255));
  assert.equal(known.__init__, "123456789.123456789");
  assert.equal(known.a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up, "2027-06-01T00:00:00.000001Z");
});

test("what nobody knows yet is kept", () => {
  assert.equal(later._, "newer");
  const shapes = later.kwargs?.error ?? {};
  assert.deepEqual(Object.keys(shapes).sort(), ["10", "9", "__proto__", "z"]);
  assert.equal(shapes["z"]?.kind, "later");
});

test("names of JavaScript's own objects are names like others", () => {
  const shapes = known.kwargs?.error ?? {};
  const file = shapes["10"];
  assert.ok(file?.kind === "file");
  assert.deepEqual([file.model_config, file.constructor, file.then], [2n ** 63n - 1n, "a", null]);
  // Not the prototypes, which the same names lead to where there is no such member.
  assert.equal(Object.getOwnPropertyDescriptor(file, "__proto__")?.value, "b");
  assert.equal(Object.getPrototypeOf(file), Object.prototype);
  const shape = Object.getOwnPropertyDescriptor(shapes, "__proto__")?.value as Shape;
  assert.deepEqual(shape, { kind: "option", type: "p", value: null });
});

test("what is read is sent as it came", async () => {
  const sent: string[] = [];
  const shapes = Object.values(later.kwargs?.error ?? {});
  const { clients } = new List({
    baseUrl: "http://service",
    fetch: (url, init) => {
      const target = url.replace("http://service", "");
      sent.push([init.method, target, init.body].filter((part) => part !== null).join(" "));
      if (target.startsWith("/default-of-clients")) {
        return Promise.resolve(json({ items: Object.values((values.later as typeof later).kwargs?.error ?? {}) }));
      }
      const body = target.includes("?") ? { items: [values.known], next_cursor: null } : values.patched;
      return Promise.resolve(json(body));
    },
  });
  await clients.create(known);
  await clients.create(later);
  assert.deepEqual(await clients.update("a/b%", change), await read(values.patched));
  await clients.call("key", { id: "other", response: 7, context: values.keywords });
  assert.deepEqual((await clients.list({ foo_bar: "x" }).page()).items, [known]);
  assert.deepEqual(await clients.default({ type: "a", client: "c" }), shapes);
  assert.deepEqual(sent, values.sent);
});

test("a server keeps it as it is", async () => {
  const { clients } = new List({ baseUrl: variable("BASE_URL") });
  assert.deepEqual(await clients.create(known), known);
  assert.deepEqual(await clients.get("a/b%"), known);
  assert.deepEqual((await clients.list({ foo_bar: "x", _: "class" }).page()).items, [known]);
  assert.deepEqual(await clients.update("a/b%", change), await read(values.patched));
  await clients.delete("a/b%");
  await assert.rejects(clients.get("a/b%"), NotFoundError);
});

/** The client that an answer stands for. */
async function read(wire: object): Promise<Client> {
  return new List({ baseUrl: "http://service", fetch: () => Promise.resolve(json(wire)) }).clients.get("x");
}

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), { status: 200 });
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`set ${name}: see README.md`);
  return value;
}
