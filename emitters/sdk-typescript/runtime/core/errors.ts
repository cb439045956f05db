/** What can go wrong: an answer that is an error, one that cannot be read, no answer, a request that cannot be made. */

import { revive, type WireShape } from "./json.js";

/** What fixes an error's status, who can mend it, and whether to try again. */
export type ErrorKind =
  | "malformed"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "gone"
  | "precondition_failed"
  | "too_large"
  | "invalid"
  | "rate_limited"
  | "internal"
  | "unavailable"
  | "timeout"
  | (string & {});

/** One failure of a request that has several. */
export interface FieldError {
  /** Where in the body, a JSON pointer such as `#/price/amount`. */
  readonly pointer?: string;
  /** The parameter of the path or the query. */
  readonly parameter?: string;
  /** The header. */
  readonly header?: string;
  /** What is wrong, for programs. */
  readonly code: string;
  /** What is wrong, for people. */
  readonly detail: string;
}

/** An error as it stands on the wire (RFC 9457). */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code?: string;
  readonly kind?: ErrorKind;
  readonly retryable?: boolean;
  readonly remedy?: string;
  readonly errors?: readonly FieldError[];
  readonly [member: string]: unknown;
}

const OWN_MEMBERS = "type title status detail instance code kind retryable remedy errors".split(" ");
const RETRIED = [408, 429, 502, 503, 504];

/** A call has failed. All errors of this package are one. */
export class ServiceError extends Error {
  override readonly name: string = "ServiceError";
}

/** The server's answer is an error. */
export class ApiError extends ServiceError {
  /** What {@link ApiError.payload} holds where it is not plain JSON. */
  static readonly payloadShape: WireShape | undefined = undefined;

  override readonly name: string = "ApiError";
  /** The HTTP status; 0 for a redirect in a browser, which does not tell. */
  readonly status: number;
  /** Which error it is. */
  readonly code: string;
  /** Of which kind it is. */
  readonly kind: ErrorKind;
  /** True when the same request may succeed later. */
  readonly retryable: boolean;
  /** What can be done about it. */
  readonly remedy: string | undefined;
  /** Every failure of the request, each with its place. */
  readonly errors: readonly FieldError[];
  /** What this error carries beside the members that all have. */
  readonly payload: unknown;
  /** The server's name for the request; quote it when you ask for help. */
  readonly requestId: string | undefined;
  /** The headers of the answer. */
  readonly headers: Headers;
  /** The whole problem as it was sent. */
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails, response: Response) {
    const { status, headers } = response;
    const kind = textOf(problem.kind) ?? kindOfStatus(status);
    const code = textOf(problem.code) ?? kind;
    const said = textOf(problem.detail) ?? textOf(problem.title);
    const name = `${status.toString()} ${code}`;
    super(named(said === undefined ? name : `${name}: ${said}`, response));
    this.problem = problem;
    this.status = status;
    this.kind = kind;
    this.code = code;
    this.retryable = typeof problem.retryable === "boolean" ? problem.retryable : RETRIED.includes(status);
    this.remedy = textOf(problem.remedy);
    this.errors = failuresOf(problem.errors);
    this.headers = headers;
    this.requestId = requestIdOf(response);
    const members = Object.entries(problem).filter(([member]) => !OWN_MEMBERS.includes(member));
    this.payload = revive(Object.fromEntries(members), new.target.payloadShape, true);
  }
}

/** The request cannot be read: its syntax is wrong. */
export class MalformedError extends ApiError {
  override readonly name: string = "MalformedError";
}

/** The server does not know who is calling: the key is missing, wrong or out of date. */
export class UnauthenticatedError extends ApiError {
  override readonly name: string = "UnauthenticatedError";
}

/** The caller may not do this. */
export class ForbiddenError extends ApiError {
  override readonly name: string = "ForbiddenError";
}

/** There is no such thing, or the caller may not see it. */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
}

/** The request does not fit the present state; read it again. */
export class ConflictError extends ApiError {
  override readonly name: string = "ConflictError";
}

/** What was called has been taken away for good. */
export class GoneError extends ApiError {
  override readonly name: string = "GoneError";
}

/** Somebody else has changed it since; read it again. */
export class PreconditionFailedError extends ApiError {
  override readonly name: string = "PreconditionFailedError";
}

/** The request is too long. */
export class TooLargeError extends ApiError {
  override readonly name: string = "TooLargeError";
}

/** The request can be read and breaks rules; {@link ApiError.errors} names all of them. */
export class InvalidError extends ApiError {
  override readonly name: string = "InvalidError";
}

/** Too many requests; the headers say how long to wait. */
export class RateLimitedError extends ApiError {
  override readonly name: string = "RateLimitedError";
}

/** The server failed. */
export class InternalError extends ApiError {
  override readonly name: string = "InternalError";
}

/** The server cannot answer at present. */
export class UnavailableError extends ApiError {
  override readonly name: string = "UnavailableError";
}

/** The server gave up on something that it waited for. */
export class TimeoutError extends ApiError {
  override readonly name: string = "TimeoutError";
}

/** The answer cannot be read: something else answers at that address, or a later version of the service. */
export class DecodeError extends ServiceError {
  override readonly name: string = "DecodeError";
  /** The HTTP status. */
  readonly status: number;
  /** The server's name for the request; quote it when you ask for help. */
  readonly requestId: string | undefined;
  /** The headers of the answer. */
  readonly headers: Headers;
  /** What is not as it should be, a JSON pointer such as `#/items/0/price`; nothing where the body is not JSON. */
  readonly pointer: string | undefined;
  /** The response; its body has been read. */
  readonly response: Response;
  // Private, because errors are printed with all that can be seen of them.
  readonly #body: string;

  constructor(response: Response, body: string, pointer: string | undefined) {
    const why = pointer === undefined ? "it is not JSON" : `unexpected value at ${pointer}`;
    super(named(`The answer with status ${response.status.toString()} cannot be read: ${why}`, response));
    this.status = response.status;
    this.requestId = requestIdOf(response);
    this.headers = response.headers;
    this.pointer = pointer;
    this.response = response;
    this.#body = body;
  }

  /** The body as it came. */
  get body(): string {
    return this.#body;
  }
}

/** The request cannot be made of what was given. Nothing was sent. */
export class RequestError extends ServiceError {
  override readonly name: string = "RequestError";
}

/** No answer came: the connection failed. The cause says why. */
export class ConnectionError extends ServiceError {
  override readonly name: string = "ConnectionError";
}

/** No answer came in the time that the call was given. */
export class RequestTimeoutError extends ConnectionError {
  override readonly name: string = "RequestTimeoutError";
}

/** The class of an error that an operation declares. */
export interface ErrorClass {
  /** The code on the wire. */
  readonly code: string;
  new (problem: ProblemDetails, response: Response): ApiError;
}

type KindClass = new (problem: ProblemDetails, response: Response) => ApiError;

const KINDS: readonly (readonly [status: number, kind: string, make: KindClass])[] = [
  [400, "malformed", MalformedError],
  [401, "unauthenticated", UnauthenticatedError],
  [403, "forbidden", ForbiddenError],
  [404, "not_found", NotFoundError],
  [409, "conflict", ConflictError],
  [410, "gone", GoneError],
  [412, "precondition_failed", PreconditionFailedError],
  [413, "too_large", TooLargeError],
  [422, "invalid", InvalidError],
  [429, "rate_limited", RateLimitedError],
  [500, "internal", InternalError],
  [503, "unavailable", UnavailableError],
  [504, "timeout", TimeoutError],
];

/** The error that an answer is: the declared one of its code, else the one of its kind. */
export function errorOf(response: Response, text: string, declared: readonly ErrorClass[]): ApiError {
  const { status, type } = response;
  if (type === "opaqueredirect" || (status >= 300 && status < 400 && status !== 304)) return redirected(response);
  const problem = problemOf(text);
  const kind = textOf(problem.kind) ?? kindOfStatus(status);
  const make: KindClass =
    declared.find((known) => known.code === problem.code) ?? KINDS.find((known) => known[1] === kind)?.[2] ?? ApiError;
  return new make(problem, response);
}

/** The server's name for the request. */
export function requestIdOf(response: Response): string | undefined {
  return response.headers.get("x-request-id") ?? undefined;
}

function redirected(response: Response): ApiError {
  const location = response.headers.get("location");
  const to = location === null ? "" : ` to ${location}`;
  const detail = `The server redirects${to}: set the base URL to where the service is.`;
  return new ApiError({ kind: "redirect", detail }, response);
}

function problemOf(text: string): ProblemDetails {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

function kindOfStatus(status: number): ErrorKind {
  const exact = KINDS.find((known) => known[0] === status);
  if (exact !== undefined) return exact[1];
  if (status < 400) return status === 304 ? "not_modified" : "redirect";
  return status < 500 ? "malformed" : "internal";
}

/** The failures as far as they can be read; an odd member is as if it were missing. */
function failuresOf(errors: unknown): FieldError[] {
  const list: unknown[] = Array.isArray(errors) ? errors : [];
  return list.filter(isObject).map((failure) => {
    const texts = Object.entries(failure).filter(([, member]) => typeof member === "string");
    return { code: "", detail: "", ...Object.fromEntries(texts) };
  });
}

function textOf(member: unknown): string | undefined {
  return typeof member === "string" && member !== "" ? member : undefined;
}

function named(text: string, response: Response): string {
  const id = requestIdOf(response);
  return id === undefined ? text : `${text} (request ${id})`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
