/** The client that all operations go through. */

import { answerOf, attempt, type WireRequest } from "./attempt.js";
import { ApiError } from "./errors.js";
import type { AttemptInfo, CallInfo, ClientOptions, RequestOptions } from "./options.js";
import { Paginator, type ListPage, type NumberedPage, type PagePlace } from "./paging.js";
import { ApiPromise, type ApiResponse } from "./promise.js";
import { report } from "./report.js";
import { prepare, refusing, setHeader, type ApiCall, type CallOptions } from "./request.js";
import { pauseBefore } from "./retry.js";
import { settle, type ServiceInfo, type Settings } from "./settings.js";
import { limited, sleep } from "./time.js";

/** Sends calls, repeats those that may succeed later, and reads the answers. */
export class HttpClient {
  readonly #settings: Settings;

  /** @throws TypeError when nothing says where the service is, or nothing can be sent with what is said. */
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
    const fetch = (cursor: PagePlace | undefined): ApiPromise<ListPage<T>> =>
      this.request<ListPage<T>>({ ...call, answers: "page", query: { ...query, cursor } }, options);
    return new Paginator(fetch, (fetched) => fetched.next_cursor, query.cursor);
  }

  /** As {@link paginate}, for a list whose pages have numbers. */
  paginateNumbered<T>(call: ApiCall, options: RequestOptions = {}): Paginator<T, NumberedPage<T>> {
    const query: { readonly page?: number | undefined } = { ...call.query };
    const fetch = (number: PagePlace | undefined): ApiPromise<NumberedPage<T>> =>
      this.request<NumberedPage<T>>({ ...call, answers: "page", query: { ...query, page: number } }, options);
    return new Paginator(fetch, (fetched) => fetched.next_page, query.page);
  }

  async #run<T>(call: ApiCall, options: CallOptions): Promise<ApiResponse<T>> {
    const settings = this.#settings;
    const { path, ...request } = refusing(() => prepare(call, options, settings));
    const info: CallInfo = { operation: call.operation, method: call.method, route: call.path, path };
    const timeoutMs = options.timeoutMs ?? settings.timeoutMs;
    const deadline = performance.now() + timeoutMs;
    return limited(timeoutMs, options.signal, (signal) => {
      const next = (): Promise<ApiResponse<T>> => this.#repeated<T>({ call, options, request, info, deadline, signal });
      const { hooks } = settings;
      return hooks?.aroundCall === undefined ? next() : hooks.aroundCall(info, next);
    });
  }

  async #repeated<T>(running: Running): Promise<ApiResponse<T>> {
    const { call, options, deadline, signal } = running;
    // A write without a key might happen twice.
    const repeatable = call.method === "GET" || call.idempotent === true;
    const retries = repeatable ? (options.maxRetries ?? this.#settings.maxRetries) : 0;
    let renewable = typeof this.#settings.apiKey === "function";
    let refresh = false;
    for (let number = 0, retry = 0; ; number++) {
      try {
        return await this.#attempt<T>(running, number, refresh);
      } catch (error) {
        // Refused before anything was done: safe to repeat for every method.
        refresh = renewable && error instanceof ApiError && error.status === 401;
        if (refresh) {
          renewable = false;
          continue;
        }
        const pause = retry < retries ? pauseBefore(retry++, error) : undefined;
        if (pause === undefined || performance.now() + pause >= deadline) throw error;
        await sleep(pause, signal);
      }
    }
  }

  async #attempt<T>(
    { call, options, request, info, signal }: Running,
    number: number,
    refresh: boolean,
  ): Promise<ApiResponse<T>> {
    const settings = this.#settings;
    const attempted: AttemptInfo = { ...info, attempt: number };
    const headers = new Headers(request.headers);
    await settings.hooks?.beforeAttempt?.(attempted, headers);
    await this.#authorise(headers, refresh);
    const start = performance.now();
    const milliseconds = options.attemptTimeoutMs ?? settings.attemptTimeoutMs;
    const { errors = [] } = call;
    const outcome = await attempt(settings.fetch, { ...request, headers }, errors, milliseconds, signal).then(
      (received) => ({ received }),
      (error: unknown) => ({ error }),
    );
    await report(settings, attempted, performance.now() - start, outcome);
    if ("error" in outcome) throw outcome.error as Error;
    // What came was an answer, whether it can be read or not.
    return answerOf<T>(outcome.received, call);
  }

  async #authorise(headers: Headers, refresh: boolean): Promise<void> {
    const { apiKey, authScheme } = this.#settings;
    const key = typeof apiKey === "function" ? await apiKey({ refresh }) : apiKey;
    if (key === undefined) return;
    refusing(() => {
      if (authScheme === "bearer") setHeader(headers, "Authorization", `Bearer ${key}`);
      else setHeader(headers, "X-API-Key", key);
    });
  }
}

/** A call that has begun. */
interface Running {
  readonly call: ApiCall;
  readonly options: CallOptions;
  readonly request: WireRequest;
  readonly info: CallInfo;
  /** When it has to have ended. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}
