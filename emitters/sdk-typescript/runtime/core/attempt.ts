/** One attempt of a call: a request, its answer, and the time it may take. */

import { ConnectionError, errorOf, RequestTimeoutError, type ErrorClass } from "./errors.js";
import { revive, type WireShape } from "./json.js";
import type { FetchFunction } from "./options.js";
import type { ApiResponse } from "./promise.js";

/** What is sent. */
export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** How an answer is read. */
export interface Reading {
  /** The errors that the operation declares. */
  readonly errors: readonly ErrorClass[];
  /** Where the body is more than plain JSON. */
  readonly shape: WireShape | undefined;
}

/**
 * Sends a request and reads the answer.
 *
 * @throws ApiError for an answer that is an error, ConnectionError for none, the signal's reason when it is cancelled.
 */
export async function attempt<T>(
  fetch: FetchFunction,
  request: WireRequest,
  reading: Reading,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<ApiResponse<T>> {
  const { url, ...init } = request;
  const { response, text } = await limited(milliseconds, signal, async (inner) => {
    const response = await fetch(url, { ...init, body: init.body ?? null, signal: inner });
    return { response, text: await response.text() };
  });
  const body = parse(text);
  if (!response.ok || body === UNREADABLE) throw errorOf(response, body, reading.errors);
  return {
    data: revive(body, reading.shape) as T,
    response,
    requestId: response.headers.get("x-request-id") ?? undefined,
    etag: response.headers.get("etag") ?? undefined,
  };
}

const UNREADABLE = Symbol("unreadable");

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

/** Runs something under a signal that goes off with the caller's signal or when the time is up. */
async function limited<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort(signal?.reason);
  };
  const timer = setTimeout(() => {
    controller.abort();
  }, milliseconds);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await run(controller.signal);
  } catch (cause) {
    signal?.throwIfAborted();
    if (controller.signal.aborted) {
      throw new RequestTimeoutError(`no answer within ${Math.round(milliseconds).toString()} ms`, { cause });
    }
    throw new ConnectionError("the connection failed", { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}
