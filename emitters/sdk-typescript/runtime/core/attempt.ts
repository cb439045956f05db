/** One attempt of a call: a request, what comes of it in its time, and how that is read. */

import { ConnectionError, DecodeError, errorOf, requestIdOf, type ErrorClass } from "./errors.js";
import { OddValue, revive, type WireShape } from "./json.js";
import type { FetchFunction } from "./options.js";
import type { ApiResponse } from "./promise.js";
import { limited } from "./time.js";

/** What is sent. */
export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | null;
}

/** How an answer is read. */
export interface Reading {
  /** The errors that the operation declares. */
  readonly errors?: readonly ErrorClass[];
  /** What the body is where it is not the answer itself: an object with it as `items`, a page with `items`, or nothing. */
  readonly answers?: "items" | "page" | "nothing";
  /** True where the answer may be null. */
  readonly nullable?: boolean;
  /** Where the answer, or each of its items, is more than plain JSON. */
  readonly shape?: WireShape;
}

/** An answer that is no error. */
export interface Received {
  readonly response: Response;
  /** Its body. */
  readonly text: string;
}

/**
 * Sends a request and receives the answer.
 *
 * @throws ApiError for an answer that is an error, ConnectionError for none, the signal's reason when it is cancelled.
 */
export async function attempt(
  fetch: FetchFunction,
  request: WireRequest,
  errors: readonly ErrorClass[],
  milliseconds: number,
  signal: AbortSignal,
): Promise<Received> {
  const { url, ...init } = request;
  const received = await limited(milliseconds, signal, async (inner) => {
    try {
      // To follow a redirect would hand the key to whatever it names, and make a GET of a POST.
      const response = await fetch(url, { ...init, redirect: "manual", signal: inner });
      return { response, text: await response.text() };
    } catch (cause) {
      throw new ConnectionError("the connection failed", { cause });
    }
  });
  if (!received.response.ok) throw errorOf(received.response, received.text, errors);
  return received;
}

/** @throws DecodeError for an answer that cannot be read. */
export function answerOf<T>({ response, text }: Received, reading: Reading): ApiResponse<T> {
  return {
    data: read(response, text, reading) as T,
    response,
    requestId: requestIdOf(response),
    etag: response.headers.get("etag") ?? undefined,
  };
}

function read(response: Response, text: string, reading: Reading): unknown {
  try {
    return valueOf(text, reading);
  } catch (error) {
    // What JSON.parse says quotes the body.
    throw new DecodeError(response, text, error instanceof OddValue ? `#${error.pointer}` : undefined);
  }
}

function valueOf(text: string, { answers, nullable = false, shape }: Reading): unknown {
  const mayBeEmpty = nullable || answers === "nothing";
  const body: unknown = text === "" && mayBeEmpty ? null : JSON.parse(text);
  if (answers === "nothing") return undefined;
  if (body === null && nullable) return null;
  if (body === null) throw new OddValue("");
  if (answers === undefined) return revive(body, shape);
  const { items } = body as { readonly items?: unknown };
  if (!Array.isArray(items)) throw new OddValue("/items");
  if (shape !== undefined) revive(body, { fields: [["items", { items: shape }]] });
  return answers === "items" ? items : body;
}
