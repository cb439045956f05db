/** Paths and queries. */

/** A value that can stand in a path. */
export type PathValue = string | number | bigint | boolean;

/**
 * A path whose values are encoded: path`/books/${id}`.
 *
 * @throws TypeError for a value that would change which resource is meant: an empty one, `.` and `..`.
 */
export function path(literals: TemplateStringsArray, ...values: readonly PathValue[]): string {
  const encoded = values.map((value) => {
    const text = String(value);
    if (text === "" || text === "." || text === "..") {
      throw new TypeError(`${JSON.stringify(text)} cannot stand in a path; pass the key of a resource`);
    }
    return encodeURIComponent(text);
  });
  return String.raw({ raw: literals }, ...encoded);
}

/**
 * A query with its `?`, in order of names; empty when there is nothing to say. `{ price: { lt: 1 } }` is `price.lt=1`, and
 * `{ tags: ["a", "b"] }` is `tags=a,b`, or `tags=a&tags=b` where lists are repeated.
 */
export function queryOf(params: object | undefined, repeats: boolean): string {
  const pairs: [name: string, value: string][] = [];
  collect("", params, repeats, pairs);
  pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const query = new URLSearchParams(pairs).toString();
  return query === "" ? "" : `?${query}`;
}

function collect(name: string, value: unknown, repeats: boolean, pairs: [string, string][]): void {
  // Absent and null are one thing.
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    const items = value.map(String);
    for (const item of repeats ? items : [items.join(",")]) pairs.push([name, item]);
  } else if (typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) {
      collect(name === "" ? key : `${name}.${key}`, inner, repeats, pairs);
    }
  } else {
    pairs.push([name, String(value as PathValue)]);
  }
}
