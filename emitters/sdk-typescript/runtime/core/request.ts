/** What a call sends: made of its operation's description, its options and the client's settings. */

import type { Reading, WireRequest } from "./attempt.js";
import { RequestError } from "./errors.js";
import { encodeJson } from "./json.js";
import type { IdempotencyOptions, IfMatchOptions } from "./options.js";
import type { Settings } from "./settings.js";
import { checkTimes } from "./time.js";
import { pathOf, queryOf, textOf, type PathValue } from "./url.js";

/** What an operation sends, and how its answer is read. */
export interface ApiCall extends Reading {
  /** Its name, `books.publish`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path below the base URL, with a name in braces for each key: `/v1/books/{id}`. */
  readonly path: string;
  /** What stands for the names in the path, in their order. */
  readonly keys?: readonly PathValue[];
  readonly query?: object | undefined;
  /** True where a list in the query is a parameter for each item, so that an item may hold a comma. */
  readonly repeats?: boolean;
  /** Parameters that travel in headers. */
  readonly headers?: Readonly<Record<string, PathValue | null | undefined>>;
  readonly body?: unknown;
  /** True when the server honours an idempotency key. */
  readonly idempotent?: boolean;
}

/** All that a call can be told. */
export type CallOptions = IfMatchOptions & IdempotencyOptions;

/** A request of which the key is missing still, and its path. */
export interface Prepared extends WireRequest {
  readonly path: string;
}

/** @throws TypeError for what cannot be sent. */
export function prepare(call: ApiCall, options: CallOptions, settings: Settings): Prepared {
  checkTimes(options);
  const path = pathOf(call.path, call.keys);
  return {
    path,
    url: settings.baseUrl + path + queryOf(call.query, call.repeats === true),
    method: call.method,
    headers: headersOf(call, options, settings),
    body: call.body === undefined ? null : encodeJson(call.body),
  };
}

function headersOf(call: ApiCall, options: CallOptions, settings: Settings): Headers {
  const headers = new Headers({ Accept: "application/json" });
  for (const more of [settings.headers, options.headers]) {
    for (const [name, value] of Object.entries(more ?? {})) setHeader(headers, name, value);
  }
  if (call.body !== undefined) {
    headers.set("Content-Type", call.method === "PATCH" ? "application/merge-patch+json" : "application/json");
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    if (value !== null && value !== undefined) setHeader(headers, name, textOf(value));
  }
  if (options.ifMatch !== undefined) setHeader(headers, "If-Match", options.ifMatch);
  if (call.idempotent !== true) return headers;
  if (options.idempotencyKey !== undefined) setHeader(headers, "Idempotency-Key", options.idempotencyKey);
  else if (!headers.has("Idempotency-Key")) headers.set("Idempotency-Key", newKey());
  return headers;
}

/**
 * Sets a header in UTF-8, of which `fetch` takes each byte as a letter.
 *
 * @throws TypeError for what no header can be. It says nothing of the value, which may be a key.
 */
export function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, String.fromCharCode(...new TextEncoder().encode(value)));
    // Without the blanks around it, as it is sent.
    if (/^[\t -~\x80-\xff]*$/.test(headers.get(name) ?? "")) return;
  } catch {
    // What is thrown here quotes the value.
  }
  throw new TypeError(
    `the header ${JSON.stringify(name)} cannot be sent: its name or value has a character that no header has`,
  );
}

/** Runs something that a mistake of the caller makes fail. */
export function refusing<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new RequestError(cause instanceof Error ? cause.message : "the request cannot be made", { cause });
  }
}

/** A random UUID. `crypto.randomUUID` is missing on pages without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}
