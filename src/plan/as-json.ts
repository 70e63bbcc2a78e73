// What is left of an object once it is printed as JSON, and back: numbers beyond every number are
// null there, and a reader may meet what is optional as undefined.

export type AsJson<T> = T extends number
  ? number | null
  : T extends readonly (infer Each)[]
    ? readonly AsJson<Each>[]
    : T extends object
      ? { readonly [Key in keyof T]: AsJson<T[Key]> | IfOptional<T, Key> }
      : T;

type IfOptional<T, Key extends keyof T> = object extends Pick<T, Key> ? undefined : never;

/** Where null stands for what is beyond every number, such as never. */
const OPEN: ReadonlySet<string> = new Set([
  ...["point", "median", "lower", "upper", "least", "greatest"],
  ...["marginalCost", "detects", "quantiles"],
]);

/** What was printed as JSON, with its endless numbers again. */
export function fromJson<T>(printed: AsJson<T>): T {
  return endless(printed, "") as T;
}

function endless(value: unknown, key: string): unknown {
  if (value === null) return OPEN.has(key) ? Number.POSITIVE_INFINITY : null;
  if (Array.isArray(value)) return value.map((each) => endless(each, key));
  if (typeof value !== "object") return value;
  const entries = Object.entries(value);
  const isRatio = "needed" in value && "has" in value;
  return Object.fromEntries(
    entries.map(([name, each]) => [
      name,
      endless(each, isRatio && name === "times" ? "point" : name),
    ]),
  );
}
