/** Lists that come page by page. */

import type { ApiPromise } from "./promise.js";

/** One page of a list. */
export interface ListPage<T> {
  /** What is on it. */
  items: T[];
  /** What to ask for the next page with; null on the last one. */
  next_cursor: string | null;
  /** How many there are on all pages; only when it was asked for. */
  count?: number;
}

/** One page of a list whose pages have numbers. */
export interface NumberedPage<T> {
  /** What is on it. */
  items: T[];
  /** Its number; the first one is 1. */
  page: number;
  /** The number of the next page; null on the last one. */
  next_page: number | null;
  /** How many there are on all pages; only when it was asked for. */
  count?: number;
}

/** A place in a list: a cursor, or a page's number. */
export type PagePlace = string | number;

/** A list. Nothing is sent until it is iterated or asked for a page. */
export class Paginator<T, Page extends { items: T[] } = ListPage<T>> implements AsyncIterable<T> {
  readonly #fetch: (place: PagePlace | undefined) => ApiPromise<Page>;
  readonly #next: (page: Page) => PagePlace | null | undefined;
  readonly #start: PagePlace | undefined;

  constructor(
    fetch: (place: PagePlace | undefined) => ApiPromise<Page>,
    next: (page: Page) => PagePlace | null | undefined,
    start: PagePlace | undefined,
  ) {
    this.#fetch = fetch;
    this.#next = next;
    this.#start = start;
  }

  /** A single page: the first one, or the one that was asked for. */
  page(): ApiPromise<Page> {
    return this.#fetch(this.#start);
  }

  /** Page after page, each fetched when it is asked for. Ends, too, on a place that does not move. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    let place = this.#start;
    for (;;) {
      const page = await this.#fetch(place);
      yield page;
      // Also not there, or empty, on the last page of some services.
      const next = this.#next(page) ?? "";
      if (next === "" || next === place) return;
      place = next;
    }
  }

  /** Item after item over all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }
}
