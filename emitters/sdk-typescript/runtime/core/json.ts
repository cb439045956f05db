/** Between JSON and the values of the models. */

/** Any value of JSON. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

// Only a type: a member of an enum is the one kind of text that lets the compiler tell the other variants apart.
declare enum UnknownVariant {
  Name = "a later variant",
}

/** The name of a variant that a later version of the service has; at run time it is that name. */
export type UnknownVariantName = UnknownVariant.Name;

/**
 * Where JSON stands for something richer: `int64` for a bigint, `bytes` for an array of bytes. What holds no such thing has
 * no shape and is taken as it was parsed.
 */
export type WireShape =
  | "int64"
  | "bytes"
  | { readonly items: WireShape }
  | { readonly fields: readonly (readonly [name: string, shape: WireShape])[] }
  | { readonly by: string; readonly variants: Readonly<Record<string, WireShape>> }
  | (() => WireShape);

/** Replaces, in a parsed value, what its shape names. Values of an unexpected type stay as they are. */
export function revive(value: unknown, shape: WireShape | undefined): unknown {
  if (shape === undefined || value === null || value === undefined) return value;
  if (typeof shape === "function") return revive(value, shape());
  if (shape === "int64") return typeof value === "string" ? BigInt(value) : value;
  if (shape === "bytes") return typeof value === "string" ? bytesOf(value) : value;
  if (typeof value !== "object") return value;
  const members = value as Record<string, unknown>;
  if ("by" in shape) {
    const variant = members[shape.by];
    // A variant of a later version has no shape.
    const known = typeof variant === "string" && Object.hasOwn(shape.variants, variant);
    return known ? revive(value, shape.variants[variant]) : value;
  }
  const shapes = "fields" in shape ? shape.fields : Object.keys(value).map((name) => [name, shape.items] as const);
  for (const [name, inner] of shapes) {
    // What the server has left out stays out.
    if (Object.hasOwn(members, name)) members[name] = revive(members[name], inner);
  }
  return value;
}

/** A body as JSON, keys sorted, so that one call has the same bytes however its arguments were put together. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return inner.toString();
    if (inner instanceof Uint8Array) return base64Of(inner);
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}
