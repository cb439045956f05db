// A client of the bookstore as somebody writes it who needs nothing but its books.

export interface Money {
  amount: string;
  currency: string;
}

export interface Book {
  id: string;
  isbn: string;
  isbn10: string | null;
  title: string;
  author_id: string;
  price: Money;
  status: string;
  published_at: string | null;
  summary: string | null;
  tags: string[];
  supplier_note: string | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export class Failed extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`the bookstore answered ${status}`);
  }
}

export class Bookstore {
  readonly #baseUrl: string;
  readonly #key: string;

  constructor(baseUrl: string, key: string) {
    this.#baseUrl = baseUrl;
    this.#key = key;
  }

  list(query: Record<string, string>): Promise<Page<Book>> {
    return this.#call("GET", `/v1/books?${new URLSearchParams(query)}`);
  }

  get(id: string): Promise<Book> {
    return this.#call("GET", `/v1/books/${encodeURIComponent(id)}`);
  }

  create(book: Partial<Book>): Promise<Book> {
    return this.#call("POST", "/v1/books", book);
  }

  update(id: string, changes: Partial<Book>): Promise<Book> {
    return this.#call("PATCH", `/v1/books/${encodeURIComponent(id)}`, changes);
  }

  delete(id: string): Promise<void> {
    return this.#call("DELETE", `/v1/books/${encodeURIComponent(id)}`);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Failed(response.status, await response.text());
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
