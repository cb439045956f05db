/** What all operations share: the client, its options, errors, paging. */

export { HttpClient } from "./client.js";
export {
  ApiError,
  ConflictError,
  ConnectionError,
  DecodeError,
  ForbiddenError,
  GoneError,
  InternalError,
  InvalidError,
  MalformedError,
  NotFoundError,
  PreconditionFailedError,
  RateLimitedError,
  RequestError,
  RequestTimeoutError,
  ServiceError,
  TimeoutError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
  type ErrorClass,
  type ErrorKind,
  type FieldError,
  type ProblemDetails,
} from "./errors.js";
export type { SelectedFields } from "./fields.js";
export type { FieldFilter, NullFilter, NumberedPageParams, OrderFilter, PageParams } from "./filter.js";
export type { JsonValue, UnknownVariantName, WireShape } from "./json.js";
export type {
  ApiKeyCallback,
  AttemptInfo,
  AttemptResult,
  AuthScheme,
  CallInfo,
  ClientHooks,
  ClientLogger,
  ClientOptions,
  ConditionalOptions,
  DeprecationNotice,
  ExpandOptions,
  FieldsOptions,
  ForceOptions,
  FetchFunction,
  IdempotencyOptions,
  IfMatchOptions,
  RequestOptions,
  ShowDeletedOptions,
} from "./options.js";
export { Paginator, type ListPage, type NumberedPage } from "./paging.js";
export { ApiPromise, type ApiResponse } from "./promise.js";
export type { ApiCall } from "./request.js";
export type { ServiceInfo } from "./settings.js";
export type { PathValue } from "./url.js";
