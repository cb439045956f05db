/** Tells the hooks and the logger how an attempt ended. */

import { ApiError, DecodeError } from "./errors.js";
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
  const answer = answerOf(outcome);
  const result: AttemptResult = {
    ...info,
    durationMs,
    status: answer?.status,
    requestId: answer?.requestId,
    ...("error" in outcome && outcome),
  };
  if (result.error === undefined) {
    settings.logger?.debug(`${result.method} ${result.path}`, result);
  } else {
    const { error, ...rest } = result;
    settings.logger?.warn(`${result.method} ${result.path}`, { ...rest, error: nameOf(error) });
  }
  await settings.hooks?.afterAttempt?.(result);
  noticeDeprecation(settings, info.operation, answer?.headers);
}

/** What came, however it ended; nothing when no answer came. */
function answerOf(outcome: Outcome): Pick<ApiError, "status" | "requestId" | "headers"> | undefined {
  if ("answer" in outcome) {
    const { response, requestId } = outcome.answer;
    return { status: response.status, requestId, headers: response.headers };
  }
  const { error } = outcome;
  return error instanceof ApiError || error instanceof DecodeError ? error : undefined;
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
