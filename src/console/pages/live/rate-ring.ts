// How many a second of the last minutes, in arrays of a fixed length: hours later they hold no
// more. Snapshots come at odd instants; between two of them is a straight line.

export const RATES = ["claims", "grants", "redemptions", "refusals"] as const;
export type RateName = (typeof RATES)[number];
/** What has been counted so far. */
export type Totals = Readonly<Record<RateName, number>>;

const SECOND_MS = 1000;
/** A silence beyond this hides what came meanwhile. */
const GAP_MS = 3000;
/** What is "now": few enough to be now, enough not to tremble. */
const NOW_SECONDS = 3;

export class RateRing {
  readonly seconds: number;
  private readonly values: Readonly<Record<RateName, Float64Array>>;
  private last: { atMs: number; totals: Totals } | null = null;
  /** Totals at the last full second; null: not known. */
  private edge: Totals | null = null;
  /** The last full second that is known of, in seconds since 1970. */
  private newest = Number.NEGATIVE_INFINITY;
  private oldest = Number.POSITIVE_INFINITY;

  constructor(seconds = 600) {
    this.seconds = seconds;
    const empty = (): Float64Array => new Float64Array(seconds).fill(Number.NaN);
    this.values = { claims: empty(), grants: empty(), redemptions: empty(), refusals: empty() };
  }

  /** What was counted at an instant of the server. */
  add(atMs: number, totals: Totals): void {
    const { last } = this;
    if (last !== null && atMs <= last.atMs) return;
    this.last = { atMs, totals };
    if (last === null) return;
    // A server that was started again counts anew.
    const isBroken =
      atMs - last.atMs > GAP_MS || RATES.some((name) => totals[name] < last.totals[name]);
    if (isBroken) this.edge = null;
    const first = Math.floor(last.atMs / SECOND_MS) + 1;
    for (let second = first; second * SECOND_MS <= atMs; second++) {
      const share = (second * SECOND_MS - last.atMs) / (atMs - last.atMs);
      this.close(second - 1, isBroken ? null : between(last.totals, totals, share));
    }
  }

  /** What "lately" is: the last full seconds that are known of. */
  lately(): { fromMs: number; toMs: number } {
    const toMs = (this.newest + 1) * SECOND_MS;
    return { fromMs: toMs - NOW_SECONDS * SECOND_MS, toMs };
  }

  /** How many a second, lately; NaN: nothing is known of the last seconds. */
  now(name: RateName): number {
    let sum = 0;
    for (let i = 0; i < NOW_SECONDS; i++) sum += this.at(name, this.newest - i);
    return sum / NOW_SECONDS;
  }

  /** The instants and values that are known of, oldest first. */
  points(name: RateName): [atMs: number, value: number][] {
    const from = Math.max(this.oldest, this.newest - this.seconds + 1);
    const points: [number, number][] = [];
    for (let second = from; second <= this.newest; second++) {
      points.push([second * SECOND_MS, this.at(name, second)]);
    }
    return points;
  }

  private at(name: RateName, second: number): number {
    if (!(second >= this.oldest)) return Number.NaN;
    return this.values[name][second % this.seconds]!;
  }

  private close(second: number, edge: Totals | null): void {
    const before = this.edge;
    for (const name of RATES) {
      const known = edge !== null && before !== null;
      const value = known ? edge[name] - before[name] : Number.NaN;
      this.values[name][second % this.seconds] = value;
    }
    this.edge = edge;
    this.oldest = Math.min(this.oldest, second);
    this.newest = second;
  }
}

function between(before: Totals, after: Totals, share: number): Totals {
  const at = (name: RateName): number => before[name] + share * (after[name] - before[name]);
  return {
    claims: at("claims"),
    grants: at("grants"),
    redemptions: at("redemptions"),
    refusals: at("refusals"),
  };
}
