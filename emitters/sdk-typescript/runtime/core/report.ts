/** Tells the hooks and the logger how an attempt ended. */

import { ApiError, requestIdOf } from "./errors.js";
import type { Received } from "./attempt.js";
import type { AttemptInfo, AttemptResult } from "./options.js";
import type { Settings } from "./settings.js";

/** How an attempt ended. */
export type Outcome = { readonly received: Received } | { readonly error: unknown };

/** Calls the hooks and writes to the log. Neither sees a key, a body or a query. */
export async function report(
  settings: Settings,
  info: AttemptInfo,
  durationMs: number,
  outcome: Outcome,
): Promise<void> {
  const response = responseOf(outcome);
  const result: AttemptResult = {
    ...info,
    durationMs,
    status: response?.status,
    requestId: response?.requestId,
    ...("error" in outcome && outcome),
  };
  if (result.error === undefined) {
    settings.logger?.debug(`${result.method} ${result.path}`, result);
  } else {
    const { error, ...rest } = result;
    settings.logger?.[levelOf(error)](`${result.method} ${result.path}`, { ...rest, error: nameOf(error) });
  }
  await settings.hooks?.afterAttempt?.(result);
  noticeDeprecation(settings, info.operation, response?.headers);
}

/** What came, however it ended; nothing when no answer came. */
function responseOf(outcome: Outcome): Pick<ApiError, "status" | "requestId" | "headers"> | undefined {
  if ("received" in outcome) {
    const { response } = outcome.received;
    return { status: response.status, requestId: requestIdOf(response), headers: response.headers };
  }
  return outcome.error instanceof ApiError ? outcome.error : undefined;
}

/** What the caller can do about an error is no fault of the service. */
function levelOf(error: unknown): "debug" | "warn" {
  return error instanceof ApiError && error.status < 500 && !error.retryable ? "debug" : "warn";
}

/** The detail of an error may quote what was sent; its code does not. */
function nameOf(error: unknown): string {
  if (error instanceof ApiError) return error.code;
  return error instanceof Error ? error.name : "unknown";
}

function noticeDeprecation(settings: Settings, operation: string, headers: Headers | undefined): void {
  const deprecation = headers?.get("deprecation") ?? undefined;
  const sunset = headers?.get("sunset") ?? undefined;
  // A service that knows no date of the deprecation itself sends the time of its end alone.
  if (headers === undefined || (deprecation === undefined && sunset === undefined)) return;
  const notice = {
    operation,
    deprecation,
    sunset,
    link: headers.get("link") ?? undefined,
  };
  settings.logger?.warn(`${operation} is deprecated`, notice);
  settings.hooks?.onDeprecation?.(notice);
}
