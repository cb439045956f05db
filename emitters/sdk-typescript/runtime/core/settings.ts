/** What a client works with: its options, the environment, the defaults. */

import type { AuthScheme, ClientOptions, FetchFunction } from "./options.js";
import { checkTimes } from "./time.js";

/** What is known of the service. */
export interface ServiceInfo {
  /** The package's name and version, for `User-Agent`. */
  readonly agent: string;
  /** How its variables in the environment begin: `BOOKSTORE` for `BOOKSTORE_API_KEY`. */
  readonly environment: string;
  /** Where it is when nobody says so. */
  readonly baseUrl?: string;
  /** How a key travels. */
  readonly authScheme: AuthScheme;
}

/** The effective options of a client. */
export interface Settings extends ClientOptions {
  readonly authScheme: AuthScheme;
  readonly baseUrl: string;
  readonly fetch: FetchFunction;
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
}

/**
 * The options over the environment over the defaults.
 *
 * @throws TypeError when nothing says where the service is, or nothing can be sent with what is said.
 */
export function settle(service: ServiceInfo, options: ClientOptions): Settings {
  const baseUrl = options.baseUrl ?? variable(`${service.environment}_BASE_URL`) ?? service.baseUrl;
  if (baseUrl === undefined) {
    throw new TypeError(`pass baseUrl or set ${service.environment}_BASE_URL: nothing says where the service is`);
  }
  if (!isAddress(baseUrl)) {
    // Without quoting it: it may hold a password.
    throw new TypeError("baseUrl is http:// or https://, a host, and nothing else but a path");
  }
  checkTimes(options);
  return {
    ...options,
    apiKey: options.apiKey ?? variable(`${service.environment}_API_KEY`),
    authScheme: options.authScheme ?? service.authScheme,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    // Looked up at each call, and called on its owner, which browsers insist on.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    headers: runsInNode() ? { "User-Agent": service.agent, ...options.headers } : options.headers,
    maxRetries: options.maxRetries ?? 2,
    timeoutMs: options.timeoutMs ?? 120_000,
    attemptTimeoutMs: options.attemptTimeoutMs ?? 30_000,
  };
}

/** True for what `fetch` can send to, which has no password. */
function isAddress(text: string): boolean {
  try {
    return new URL(text).username === "" && /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(text);
  } catch {
    return false;
  }
}

interface ProcessLike {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly versions?: { readonly node?: string };
}

function variable(name: string): string | undefined {
  const value = runtime()?.env?.[name];
  return value === "" ? undefined : value;
}

/** A browser would ask the server for leave to send `User-Agent`; it has its own. */
function runsInNode(): boolean {
  return runtime()?.versions?.node !== undefined;
}

function runtime(): ProcessLike | undefined {
  return (globalThis as { process?: ProcessLike }).process;
}
