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

/** A list. Nothing is sent until it is iterated or asked for a page. */
export class Paginator<T> implements AsyncIterable<T> {
  readonly #fetch: (cursor: string | undefined) => ApiPromise<ListPage<T>>;
  readonly #start: string | undefined;

  constructor(fetch: (cursor: string | undefined) => ApiPromise<ListPage<T>>, start: string | undefined) {
    this.#fetch = fetch;
    this.#start = start;
  }

  /** A single page: the first one, or the one of the cursor that was given. */
  page(): ApiPromise<ListPage<T>> {
    return this.#fetch(this.#start);
  }

  /** Page after page, each fetched when it is asked for. Ends, too, on a cursor that does not move. */
  async *pages(): AsyncGenerator<ListPage<T>, void, undefined> {
    let cursor = this.#start;
    for (;;) {
      const page = await this.#fetch(cursor);
      yield page;
      if (page.next_cursor === null || page.next_cursor === cursor) return;
      cursor = page.next_cursor;
    }
  }

  /** Item after item over all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }
}
