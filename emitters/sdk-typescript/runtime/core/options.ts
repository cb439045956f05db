/** What a client and a single call can be told. */

import type { ApiResponse } from "./promise.js";

/** The function that sends a request: the platform's `fetch`, or one with a proxy, an agent or a recorder. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Gives the key for an attempt. `refresh` is true for the one attempt that is made, once for a call, because the server has just
 * refused the key given before.
 */
export type ApiKeyCallback = (context: { readonly refresh: boolean }) => string | Promise<string>;

/** How a key travels: `Authorization: Bearer` or `X-API-Key`. */
export type AuthScheme = "bearer" | "api_key";

/** How a client is made. What is left out comes from the environment where it has a name there, then from a default. */
export interface ClientOptions {
  /** The key or token, or a function that gives it. Never printed or logged. */
  readonly apiKey?: string | ApiKeyCallback | undefined;
  /** How the key travels; by default the first way that the service declares. */
  readonly authScheme?: AuthScheme | undefined;
  /** Where the service is, without the path that every operation begins with: `https://api.example.com`. */
  readonly baseUrl?: string | undefined;
  /** The function that sends requests; by default the platform's `fetch`. */
  readonly fetch?: FetchFunction | undefined;
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Called around every call and every attempt. */
  readonly hooks?: ClientHooks | undefined;
  /** Told about every attempt, without secrets, bodies and query values. `console` will do. */
  readonly logger?: ClientLogger | undefined;
  /** How often a failed attempt is repeated; 2 by default. A write is only repeated under its idempotency key. */
  readonly maxRetries?: number | undefined;
  /** Milliseconds that a whole call may take, with its retries, pauses and hooks; 120,000 by default, Infinity for no limit. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds that one attempt may take; 30,000 by default, Infinity for no limit. */
  readonly attemptTimeoutMs?: number | undefined;
}

/** What a single call can be told. */
export interface RequestOptions {
  /** Cancels the call: it is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Overrides {@link ClientOptions.timeoutMs}. */
  readonly timeoutMs?: number | undefined;
  /** Overrides {@link ClientOptions.attemptTimeoutMs}. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Overrides {@link ClientOptions.maxRetries}. */
  readonly maxRetries?: number | undefined;
  /** Further headers; they win over those of the client. What is not ASCII is sent in UTF-8. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Reading one that may have been deleted. */
export interface ShowDeletedOptions extends RequestOptions {
  /** Gives a deleted one too, as long as it is kept. */
  readonly showDeleted?: boolean | undefined;
}

/** Reading with references embedded. */
export interface ExpandOptions<Name extends string> extends RequestOptions {
  /** The references to embed. */
  readonly expand?: readonly Name[] | undefined;
}

/** Reading some fields. */
export interface FieldsOptions<Names extends readonly string[] | undefined> extends RequestOptions {
  /** The fields to answer; all of them where this is left out. */
  readonly fields?: Names | undefined;
}

/** A delete that may take along what would hold it. */
export interface ForceOptions extends RequestOptions {
  /** Also deletes what refers to it and would hold it. */
  readonly force?: boolean | undefined;
}

/** Changing one that somebody else might change, too. */
export interface IfMatchOptions extends RequestOptions {
  /** The entity tag of the state that the change is based on; another state is a `PreconditionFailedError`. */
  readonly ifMatch?: string | undefined;
}

/** Changing one that is only changed in a known state: `"*"` stands for any. */
export interface ConditionalOptions extends IfMatchOptions {
  /** The entity tag of the state that the change is based on; another state is a `PreconditionFailedError`. */
  readonly ifMatch: string;
}

/** A write that may be sent twice and happens once. */
export interface IdempotencyOptions extends RequestOptions {
  /** The key of the logical call; made anew for each call unless it is given, here or as a header. */
  readonly idempotencyKey?: string | undefined;
}

/** A call with all its attempts. */
export interface CallInfo {
  /** The operation, `books.get`. */
  readonly operation: string;
  /** The method. */
  readonly method: string;
  /** The path with names in place of keys, `/v1/books/{id}`. */
  readonly route: string;
  /** The path, without the query. */
  readonly path: string;
}

/** One attempt of a call. */
export interface AttemptInfo extends CallInfo {
  /** 0 for the first attempt. */
  readonly attempt: number;
}

/** How an attempt ended. */
export interface AttemptResult extends AttemptInfo {
  /** The status; nothing when no answer came. */
  readonly status?: number | undefined;
  /** The server's name for the request. */
  readonly requestId?: string | undefined;
  /** Milliseconds that it took. */
  readonly durationMs: number;
  /** What went wrong; nothing where an answer came that is no error, even one that cannot be read. */
  readonly error?: unknown;
}

/** What a response says about the end of an operation (RFC 9745, RFC 8594). */
export interface DeprecationNotice {
  /** The operation. */
  readonly operation: string;
  /** The header `Deprecation`, as sent: `@` and a Unix time in seconds. */
  readonly deprecation: string | undefined;
  /** The header `Sunset`: the time after which it may be gone. */
  readonly sunset: string | undefined;
  /** The header `Link`, which may name a page about it. */
  readonly link: string | undefined;
}

/** Functions that are called around every call and attempt. They run within the time of the call, and what they throw fails it. */
export interface ClientHooks {
  /** Around a whole call: calls `next` once, and gives back what that gives. The place for the span of a tracer. */
  readonly aroundCall?:
    (<T>(call: CallInfo, next: () => Promise<ApiResponse<T>>) => Promise<ApiResponse<T>>) | undefined;
  /** Before an attempt. The headers can be changed; the key is added after this. */
  readonly beforeAttempt?: ((attempt: AttemptInfo, headers: Headers) => void | Promise<void>) | undefined;
  /** After an attempt, however it ended. */
  readonly afterAttempt?: ((result: AttemptResult) => void | Promise<void>) | undefined;
  /** When a response says that what was called is deprecated. */
  readonly onDeprecation?: ((notice: DeprecationNotice) => void) | undefined;
}

/** Where a client tells what it does. */
export interface ClientLogger {
  debug(message: string, fields: object): void;
  warn(message: string, fields: object): void;
}
