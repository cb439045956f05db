/** What a list can be asked for. */

/** The page of a list. */
export interface PageParams {
  /** The most items on a page. More than the service allows is cut to that. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of an earlier page of the same list. */
  cursor?: string | undefined;
  /** Also counts the items of all pages. */
  count?: boolean | undefined;
}

/** The page of a list whose pages have numbers. */
export interface NumberedPageParams {
  /** The most items on a page. More than the service allows is cut to that. */
  limit?: number | undefined;
  /** Which page; the first one is 1. */
  page?: number | undefined;
  /** Also counts the items of all pages. */
  count?: boolean | undefined;
}

/** A value, or what it is compared with. */
export type FieldFilter<T> = T | { ne?: T | undefined; in?: readonly T[] | undefined };

/** A value, or what it is compared with, where values have an order. */
export type OrderFilter<T> =
  | T
  | {
      ne?: T | undefined;
      in?: readonly T[] | undefined;
      lt?: T | undefined;
      lte?: T | undefined;
      gt?: T | undefined;
      gte?: T | undefined;
    };

/** Whether a value is null, where it may be. */
export interface NullFilter {
  null: boolean;
}
