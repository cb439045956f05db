/** When to try again. */

import { ApiError, ConnectionError } from "./errors.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Milliseconds to wait before the next attempt; nothing when another one would not help. */
export function pauseBefore(retry: number, error: unknown): number | undefined {
  if (error instanceof ConnectionError) return backoff(retry);
  if (error instanceof ApiError && error.retryable) {
    return retryAfter(error.headers.get("retry-after"), Date.now()) ?? backoff(retry);
  }
  return undefined;
}

/** Doubles with each retry; half of it is left to chance, so that clients do not come back all at once. */
function backoff(retry: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retry);
  return longest * (0.5 + Math.random() / 2);
}

/** The header `Retry-After` in milliseconds: it holds seconds or a date. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  // Date.parse takes much else for a date: -5 is a day of May.
  const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
