// What a schedule throws when the engine broke a promise, or the auditor is wrong; and the plain
// comparison that both rest on.

export class Disagreement extends Error {
  override name = "Disagreement";
}

/** Where two plain values differ first, in words; null when they are the same. */
export function difference(expected: unknown, found: unknown, path = "$"): string | null {
  if (Object.is(expected, found)) return null;
  const bothObjects =
    typeof expected === "object" &&
    typeof found === "object" &&
    expected !== null &&
    found !== null;
  if (!bothObjects) return `${path}: expected ${show(expected)}, found ${show(found)}`;
  if (Array.isArray(expected) !== Array.isArray(found)) return `${path}: one of them is no list`;
  const a = expected as Record<string, unknown>;
  const b = found as Record<string, unknown>;
  for (const key in a) {
    if (a[key] === b[key]) continue;
    const differs = difference(a[key], b[key], `${path}.${key}`);
    if (differs !== null) return differs;
  }
  for (const key in b) {
    if (key in a || b[key] === undefined) continue;
    return `${path}.${key}: expected nothing, found ${show(b[key])}`;
  }
  return null;
}

export function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  return JSON.stringify(value) ?? String(value);
}
