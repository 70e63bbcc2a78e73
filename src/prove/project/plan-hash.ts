// What a campaign's opening event freezes: the plan, and how its sources are read. Whoever could
// choose afterwards what an empty cell means, or up to when a log counts, would choose by result.
import { hashPlan } from "../../contract/index.ts";

/** prove.yaml as it was written, where its shape was checked. */
interface WrittenProject {
  readonly plan: unknown;
  readonly sources: Readonly<Record<string, unknown>>;
}

/** Where the data lie, and how users are named there: neither changes a figure. */
const PLACES: ReadonlySet<string> = new Set([
  ...["journal", "events", "counts", "users"],
  ...["file", "table"],
]);

/** SHA-256, in hex; the order of keys and comments do not matter. */
export function projectHash(raw: unknown): string {
  const { plan, sources } = raw as WrittenProject;
  const reading: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(sources)) {
    if (!isRecord(source)) continue;
    // A log is named by the plan, so that its name counts even where nothing else does.
    if (name === "logs") reading.logs = mapValues(source, withoutPlaces);
    else reading[name] = withoutPlaces(source);
  }
  return hashPlan({ plan, sources: reading });
}

/** The hash by the older rule, which covered `plan` alone. */
export function planOnlyHash(raw: unknown): string {
  return hashPlan((raw as WrittenProject).plan);
}

function withoutPlaces(source: unknown): unknown {
  if (!isRecord(source)) return source;
  return Object.fromEntries(Object.entries(source).filter(([key]) => !PLACES.has(key)));
}

function mapValues(
  record: Readonly<Record<string, unknown>>,
  of: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
