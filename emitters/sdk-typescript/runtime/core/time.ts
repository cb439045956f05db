/** How long things may take. */

import { RequestTimeoutError } from "./errors.js";

/** The longest that a timer can run; one that is told to run longer ends at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Runs something under a signal that goes off with the outer one, or when the time is up. It is not waited for beyond that, whether
 * it heeds the signal or not.
 *
 * @throws RequestTimeoutError when the time is up, the outer signal's reason when that goes off.
 */
export async function limited<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const cancel = (): void => {
    controller.abort(outer?.reason);
  };
  const timer = start(milliseconds, () => {
    controller.abort(new RequestTimeoutError(`no answer within ${Math.round(milliseconds).toString()} ms`));
  });
  outer?.addEventListener("abort", cancel, { once: true });
  try {
    return await Promise.race([run(signal), ended(signal)]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", cancel);
  }
}

/** Waits; rejected with the signal's reason when that comes first. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      // The reason is whatever the owner of the signal chose.
      reject(signal.reason as Error);
    };
    const timer = start(milliseconds, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}

/** @throws TypeError for a time in which nothing can happen. */
export function checkTimes(options: {
  readonly timeoutMs?: number | undefined;
  readonly attemptTimeoutMs?: number | undefined;
}): void {
  for (const name of ["timeoutMs", "attemptTimeoutMs"] as const) {
    const milliseconds = options[name];
    if (milliseconds !== undefined && !(milliseconds > 0)) {
      throw new TypeError(`${name} is a time of more than 0 milliseconds; Infinity sets no limit`);
    }
  }
}

function start(milliseconds: number, then: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(then, Math.min(milliseconds, LONGEST_MS));
}

/** Rejected with the signal's reason, a moment later: what heeds the signal is to end first. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => setTimeout(reject, 0, signal.reason), { once: true });
  });
}
