/** The client that all operations go through. */

import { attempt, type WireRequest } from "./attempt.js";
import { ApiError, type ErrorClass } from "./errors.js";
import { encodeJson, type WireShape } from "./json.js";
import type { AttemptInfo, ClientOptions, IdempotencyOptions, IfMatchOptions, RequestOptions } from "./options.js";
import { Paginator, type ListPage, type NumberedPage, type PagePlace } from "./paging.js";
import { ApiPromise, type ApiResponse } from "./promise.js";
import { report } from "./report.js";
import { pauseBefore, sleep } from "./retry.js";
import { settle, type ServiceInfo, type Settings } from "./settings.js";
import { queryOf, type PathValue } from "./url.js";

/** What an operation sends. */
export interface ApiCall {
  /** Its name, `books.publish`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path below the base URL; use the tag {@link path} for one with values. */
  readonly path: string;
  readonly query?: object | undefined;
  /** True where a list in the query is a parameter for each item, so that an item may hold a comma. */
  readonly repeats?: boolean;
  /** Parameters that travel in headers. */
  readonly headers?: Readonly<Record<string, PathValue | null | undefined>>;
  readonly body?: unknown;
  /** The errors that it declares. */
  readonly errors?: readonly ErrorClass[];
  /** Where the answer is more than plain JSON. */
  readonly shape?: WireShape;
  /** True when the server honours an idempotency key. */
  readonly idempotent?: boolean;
}

type CallOptions = RequestOptions & IfMatchOptions & IdempotencyOptions;

/** Sends calls, repeats those that may succeed later, and reads the answers. */
export class HttpClient {
  readonly #settings: Settings;

  /** @throws TypeError when nothing says where the service is. */
  constructor(service: ServiceInfo, options: ClientOptions = {}) {
    this.#settings = settle(service, options);
  }

  /** Sends a call at once. */
  request<T>(call: ApiCall, options: CallOptions = {}): ApiPromise<T> {
    return new ApiPromise(this.#run<T>(call, options));
  }

  /** A list whose pages are called for when they are needed. The shape is that of an item. */
  paginate<T>(call: ApiCall, options: RequestOptions = {}): Paginator<T> {
    const query: { readonly cursor?: string | undefined } = { ...call.query };
    const page = pageOf(call);
    const fetch = (cursor: PagePlace | undefined): ApiPromise<ListPage<T>> =>
      this.request<ListPage<T>>({ ...page, query: { ...query, cursor } }, options);
    return new Paginator(fetch, (fetched) => fetched.next_cursor, query.cursor);
  }

  /** As {@link paginate}, for a list whose pages have numbers. */
  paginateNumbered<T>(call: ApiCall, options: RequestOptions = {}): Paginator<T, NumberedPage<T>> {
    const query: { readonly page?: number | undefined } = { ...call.query };
    const page = pageOf(call);
    const fetch = (number: PagePlace | undefined): ApiPromise<NumberedPage<T>> =>
      this.request<NumberedPage<T>>({ ...page, query: { ...query, page: number } }, options);
    return new Paginator(fetch, (fetched) => fetched.next_page, query.page);
  }

  async #run<T>(call: ApiCall, options: CallOptions): Promise<ApiResponse<T>> {
    const request = this.#prepare(call, options);
    const deadline = performance.now() + (options.timeoutMs ?? this.#settings.timeoutMs);
    // A write without a key might happen twice.
    const repeatable = call.method === "GET" || call.idempotent === true;
    const attempts = repeatable ? (options.maxRetries ?? this.#settings.maxRetries) : 0;
    let refresh = false;
    for (let number = 0; ; number++) {
      const time = Math.min(deadline - performance.now(), options.attemptTimeoutMs ?? this.#settings.attemptTimeoutMs);
      try {
        return await this.#attempt<T>(call, request, { number, refresh, time, signal: options.signal });
      } catch (error) {
        // Refused before anything was done: safe to repeat for every method.
        const renewable = typeof this.#settings.apiKey === "function" && !refresh;
        if (renewable && error instanceof ApiError && error.status === 401) {
          refresh = true;
          continue;
        }
        const pause = number < attempts ? pauseBefore(number, error) : undefined;
        if (pause === undefined || performance.now() + pause >= deadline) throw error;
        await sleep(pause, options.signal);
      }
    }
  }

  #prepare(call: ApiCall, options: CallOptions): WireRequest {
    const headers = new Headers({ Accept: "application/json" });
    for (const more of [this.#settings.headers, options.headers]) {
      for (const [name, value] of Object.entries(more ?? {})) headers.set(name, value);
    }
    if (call.body !== undefined) {
      headers.set("Content-Type", call.method === "PATCH" ? "application/merge-patch+json" : "application/json");
    }
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (value !== null && value !== undefined) headers.set(name, String(value));
    }
    if (options.ifMatch !== undefined) headers.set("If-Match", options.ifMatch);
    if (call.idempotent === true) headers.set("Idempotency-Key", options.idempotencyKey ?? newKey());
    return {
      url: this.#settings.baseUrl + call.path + queryOf(call.query, call.repeats === true),
      method: call.method,
      headers,
      body: call.body === undefined ? undefined : encodeJson(call.body),
    };
  }

  async #attempt<T>(call: ApiCall, request: WireRequest, how: Attempt): Promise<ApiResponse<T>> {
    const settings = this.#settings;
    const info: AttemptInfo = {
      operation: call.operation,
      method: call.method,
      path: call.path,
      attempt: how.number,
    };
    const headers = new Headers(request.headers);
    await settings.hooks?.beforeAttempt?.(info, headers);
    await this.#authorise(headers, how.refresh);
    const start = performance.now();
    const reading = { errors: call.errors ?? [], shape: call.shape };
    const outcome = await attempt<T>(settings.fetch, { ...request, headers }, reading, how.time, how.signal).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    await report(settings, info, performance.now() - start, outcome);
    if ("error" in outcome) throw outcome.error as Error;
    return outcome.answer;
  }

  async #authorise(headers: Headers, refresh: boolean): Promise<void> {
    const { apiKey, authScheme } = this.#settings;
    const key = typeof apiKey === "function" ? await apiKey({ refresh }) : apiKey;
    if (key === undefined) return;
    if (authScheme === "bearer") headers.set("Authorization", `Bearer ${key}`);
    else headers.set("X-API-Key", key);
  }
}

interface Attempt {
  readonly number: number;
  readonly refresh: boolean;
  readonly time: number;
  readonly signal: AbortSignal | undefined;
}

/** The call of a page, with the shape of its items. */
function pageOf({ shape, ...call }: ApiCall): ApiCall {
  return shape === undefined ? call : { ...call, shape: { fields: [["items", { items: shape }]] } };
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
