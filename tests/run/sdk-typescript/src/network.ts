// A network that is a function: requests are answered in turn.
import assert from "node:assert/strict";

import { Bookstore, type ClientOptions } from "@bookstore/sdk";

export const secret = "a-very-secret-key";
export const id = "0192e4a0-7d2b-7c1e-9f3a-5b6c7d8e9f01";
export const book = {
  isbn: "9780441172719",
  title: "Dune",
  author_id: id,
  price: { amount: "9", currency: "EUR" },
  tags: [],
};

/** What a request is answered with. */
export type Answer = (signal: AbortSignal) => Response | Promise<Response>;

/** A request. */
export interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly redirect: unknown;
}

/** A client whose requests are answered in turn. */
export function answering(answers: Answer[], options: ClientOptions = {}): { bookstore: Bookstore; sent: Sent[] } {
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

export function json(body: object, status = 200, headers: Record<string, string> = {}): Answer {
  return () => new Response(JSON.stringify(body), { status, headers });
}

export function problem(status: number, headers: Record<string, string> = {}): Answer {
  return json({ status, title: "No." }, status, headers);
}

export function cut(): never {
  throw new TypeError("fetch failed");
}

export function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });
}
