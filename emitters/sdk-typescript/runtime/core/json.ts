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

/** A value that is not what its shape says. */
export class OddValue extends Error {
  /** Where it stands, a JSON pointer. */
  readonly pointer: string;

  constructor(pointer: string) {
    super();
    this.pointer = pointer;
  }
}

/**
 * Replaces, in a parsed value, what its shape names.
 *
 * @throws OddValue for what cannot be replaced; where that is lenient, it becomes undefined instead.
 */
export function revive(value: unknown, shape: WireShape | undefined, lenient = false): unknown {
  if (shape === undefined || value === null || value === undefined) return value;
  if (typeof shape === "function") return revive(value, shape(), lenient);
  if (typeof shape === "string") return scalarOf(value, shape);
  if (typeof value !== "object") return value;
  const members = value as Record<string, unknown>;
  if ("by" in shape) {
    const variant = members[shape.by];
    // A variant of a later version has no shape.
    const known = typeof variant === "string" && Object.hasOwn(shape.variants, variant);
    return known ? revive(value, shape.variants[variant], lenient) : value;
  }
  const shapes = "fields" in shape ? shape.fields : Object.keys(value).map((name) => [name, shape.items] as const);
  for (const [name, inner] of shapes) {
    // What the server has left out stays out.
    if (!Object.hasOwn(members, name)) continue;
    try {
      members[name] = revive(members[name], inner, lenient);
    } catch (error) {
      const below = error instanceof OddValue ? error.pointer : "";
      if (!lenient) throw new OddValue(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}${below}`);
      members[name] = undefined;
    }
  }
  return value;
}

function scalarOf(value: unknown, shape: "int64" | "bytes"): unknown {
  if (typeof value !== "string" || (shape === "int64" && !/^-?\d+$/.test(value))) throw new OddValue("");
  return shape === "int64" ? BigInt(value) : bytesOf(value);
}

/** A body as JSON, keys sorted, so that one call has the same bytes however its arguments were put together. */
export function encodeJson(value: unknown): string {
  if (typeof value === "bigint") return `"${value.toString()}"`;
  if (value instanceof Uint8Array) return `"${base64Of(value)}"`;
  // JSON.stringify makes null of it, which clears a field.
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`JSON has no ${value.toString()}`);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => encodeJson(item ?? null)).join()}]`;
  if ("toJSON" in value && typeof value.toJSON === "function") return encodeJson((value as Replaced).toJSON());
  // Written here, because an object puts keys that look like numbers before the others, whatever their order was.
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${encodeJson(inner)}`).join()}}`;
}

/** What says by itself how it stands in JSON, as a date does. */
interface Replaced {
  toJSON(): unknown;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}
