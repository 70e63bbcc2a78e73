// Whether computed values lie within a pair's tolerance of the expected ones. A number is absolute;
// "1 % relative" is relative; any other text cannot be checked by comparing numbers.
import type { Value } from "./family.ts";
import { isFields } from "./fields.ts";

export type Tolerance =
  | { readonly kind: "absolute" | "relative"; readonly width: number }
  | { readonly kind: "by-field"; readonly fields: ReadonlyMap<string, Tolerance> }
  | { readonly kind: "text"; readonly text: string };

/**
 * Reads a pair's tolerance.
 * @example readTolerance("0.5 % relative") // { kind: "relative", width: 0.005 }
 */
export function readTolerance(raw: unknown): Tolerance {
  if (typeof raw === "number" && raw >= 0) return { kind: "absolute", width: raw };
  if (isFields(raw)) {
    const fields = Object.entries(raw).map(([name, each]) => [name, readTolerance(each)] as const);
    return { kind: "by-field", fields: new Map(fields) };
  }
  if (typeof raw !== "string") return { kind: "text", text: "none is stated" };
  const form = /^(?:within )?(\d*\.?\d+(?:e[-+]?\d+)?)\s*(%?)\s*(rel(?:ative)?|abs(?:olute)?)?$/i;
  const match = form.exec(raw.trim());
  if (match === null) return { kind: "text", text: raw };
  const percent = match[2] === "%";
  const relative = percent || /^rel/i.test(match[3] ?? "");
  const width = Number(match[1]) / (percent ? 100 : 1);
  return { kind: relative ? "relative" : "absolute", width };
}

/** What differs, one sentence a value; nothing when all that is expected was computed. */
export function differences(
  expected: Value,
  computed: Value | undefined,
  tolerance: Tolerance,
  path = "",
): string[] {
  const where = path === "" ? "the value" : path;
  const scalar = typeof expected !== "object" || expected === null;
  if (scalar) return scalarDifference(expected, computed, tolerance, where);
  if (Array.isArray(expected)) {
    if (!Array.isArray(computed)) return [`${where}: expected a list, got ${show(computed)}`];
    if (computed.length !== expected.length) {
      return [`${where}: expected ${expected.length} values, got ${computed.length}`];
    }
    return expected.flatMap((each, at) =>
      differences(each, computed[at], tolerance, under(path, String(at))),
    );
  }
  const parts = isFields(computed) ? (computed as Readonly<Record<string, Value>>) : {};
  return Object.entries(expected).flatMap(([name, each]) =>
    differences(each, parts[name], narrowed(tolerance, name), under(path, name)),
  );
}

/** The paths of all values of an expectation; "" is a bare value. */
export function leafPaths(expected: Value, path = ""): string[] {
  if (typeof expected !== "object" || expected === null) return [path];
  return Object.entries(expected).flatMap(([name, each]) =>
    leafPaths(each as Value, under(path, name)),
  );
}

function scalarDifference(
  expected: Value,
  computed: Value | undefined,
  tolerance: Tolerance,
  where: string,
): string[] {
  if (computed === undefined) return [`${where}: nothing of that name is computed`];
  const wanted = asNumber(expected);
  const found = asNumber(computed);
  if (wanted === null || found === null) {
    const endless = expected === null && found !== null && !Number.isFinite(found);
    if (endless || expected === computed) return [];
    return [`${where}: expected ${show(expected)}, got ${show(computed)}`];
  }
  if (tolerance.kind !== "absolute" && tolerance.kind !== "relative") {
    return [`${where}: the pair states no tolerance for it`];
  }
  const scale = tolerance.kind === "relative" ? Math.abs(wanted) : 1;
  const width = Math.max(tolerance.width * scale, isLogLikelihood(where) ? rounding(wanted) : 0);
  // Bounds without an end are equal or not; their difference would be NaN.
  if (wanted === found || Math.abs(found - wanted) <= width) return [];
  const off = Math.abs(found - wanted).toExponential(2);
  return [`${where}: expected ${wanted} within ${width}, got ${found} (off by ${off})`];
}

/** Papers print log-likelihoods in the thousands to a digit or two, unlike their parameters. */
function isLogLikelihood(path: string): boolean {
  return /(^|\.)(log_?lik(elihood)?|ll)$/i.test(path);
}

/** Half a unit of the last decimal that a number is written with; 0 for a whole number. */
function rounding(value: number): number {
  const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return decimals === 0 ? 0 : 10 ** -decimals / 2;
}

/** A number, also one that JSON can only spell as text. */
function asNumber(value: Value): number | null {
  if (typeof value === "number") return value;
  const match = typeof value === "string" ? /^([-+]?)inf(inity)?$/i.exec(value) : null;
  if (match === null) return null;
  return match[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function narrowed(tolerance: Tolerance, name: string): Tolerance {
  if (tolerance.kind !== "by-field") return tolerance;
  const found = tolerance.fields.get(name) ?? tolerance.fields.get("default");
  return found ?? { kind: "text", text: "none is stated" };
}

function under(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function show(value: Value | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
