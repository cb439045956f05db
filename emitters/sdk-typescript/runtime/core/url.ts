/** Paths and queries. */

/** A value that can stand in a path. */
export type PathValue = string | number | bigint | boolean;

/**
 * A path with its keys, encoded, where it has names in braces: `/books/{id}`.
 *
 * @throws TypeError for a key that would change which resource is meant: an empty one, `.` and `..`.
 */
export function pathOf(route: string, keys: readonly PathValue[] = []): string {
  let at = 0;
  return route.replace(/\{[^}]*\}/g, (name) => {
    const key = keys[at++];
    const text = key === undefined ? "" : textOf(key);
    if (text === "" || text === "." || text === "..") {
      throw new TypeError(`${JSON.stringify(text)} cannot stand for ${name} in ${route}; pass the key of a resource`);
    }
    return encodeURIComponent(text);
  });
}

/**
 * A value as it stands in a path, a query or a header.
 *
 * @throws TypeError for a number that is not finite.
 */
export function textOf(value: PathValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`${value.toString()} cannot be sent: it is not a finite number`);
  }
  return String(value);
}

/**
 * A query with its `?`, in order of names; empty when there is nothing to say. `{ price: { lt: 1 } }` is `price.lt=1`, and
 * `{ tags: ["a", "b"] }` is `tags=a,b`, or `tags=a&tags=b` where lists are repeated.
 *
 * @throws TypeError for an item with a comma where lists are not repeated: the server would read two.
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
    const items = (value as PathValue[]).map(textOf);
    if (!repeats && items.some((item) => item.includes(","))) {
      throw new TypeError(`an item of ${name} has a comma, which the server would take for its end`);
    }
    for (const item of repeats ? items : [items.join(",")]) pairs.push([name, item]);
  } else if (typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) {
      collect(name === "" ? key : `${name}.${key}`, inner, repeats, pairs);
    }
  } else {
    pairs.push([name, textOf(value as PathValue)]);
  }
}
