/** Tells the hooks and the logger how an attempt ended. */

import { ApiError } from "./errors.js";
import type { AttemptInfo, AttemptResult } from "./options.js";
import type { ApiResponse } from "./promise.js";
import type { Settings } from "./settings.js";

/** How an attempt ended. */
export type Outcome = { readonly answer: ApiResponse<unknown> } | { readonly error: unknown };

/** Calls the hooks and writes to the log. Neither sees a key, a body or a query. */
export async function report(
  settings: Settings,
  info: AttemptInfo,
  durationMs: number,
  outcome: Outcome,
): Promise<void> {
  const result: AttemptResult = { ...info, durationMs, ...seen(outcome) };
  if (result.error === undefined) {
    settings.logger?.debug(`${result.method} ${result.path}`, result);
  } else {
    const { error, ...rest } = result;
    settings.logger?.warn(`${result.method} ${result.path}`, { ...rest, error: nameOf(error) });
  }
  await settings.hooks?.afterAttempt?.(result);
  noticeDeprecation(settings, info.operation, headersOf(outcome));
}

function seen(outcome: Outcome): Pick<AttemptResult, "status" | "requestId" | "error"> {
  if ("answer" in outcome) {
    return { status: outcome.answer.response.status, requestId: outcome.answer.requestId };
  }
  const { error } = outcome;
  return error instanceof ApiError ? { status: error.status, requestId: error.requestId, error } : { error };
}

/** The detail of an error may quote what was sent; its code does not. */
function nameOf(error: unknown): string {
  if (error instanceof ApiError) return error.code;
  return error instanceof Error ? error.name : "unknown";
}

function headersOf(outcome: Outcome): Headers | undefined {
  if ("answer" in outcome) return outcome.answer.response.headers;
  return outcome.error instanceof ApiError ? outcome.error.headers : undefined;
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
