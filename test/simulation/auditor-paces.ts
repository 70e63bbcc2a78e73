// The auditor's curves: what each wave may have granted by an instant, when a refused claim fits,
// and what a sweep must write when money came back or an hour was not used.
import type { CampaignDefinition, CurveDefinition } from "../../src/core/definition.ts";
import type { AuditorBooks } from "./auditor-books.ts";

const MINUTE = 60_000;
/** So often a curve is followed, as the engine says that it does. */
const STEPS_AHEAD = 168;

interface AuditedPace {
  cap: number;
  wave: number;
  curve: CurveDefinition;
  /** It last went on at `sinceMs` with so much released and so much ahead. */
  sinceMs: number;
  released: number;
  ahead: number;
  back: { freeAtMs: number; amountMinor: number }[];
}

export class AuditorPaces {
  private readonly books: AuditorBooks;
  private readonly paces: AuditedPace[];

  constructor(books: AuditorBooks) {
    this.books = books;
    const { caps, waves } = books.definition;
    this.paces = caps.flatMap(({ curve, dimension, limit }, cap) => {
      if (curve === undefined) return [];
      const wave = waves.findIndex(({ id }) => dimension === `wave:${id}`);
      return [{ cap, wave, curve, sinceMs: -1, released: 0, ahead: limit, back: [] }];
    });
  }

  private of(offer: number): AuditedPace | undefined {
    const { wave, reward, draw } = this.books.definition.offers[offer]!;
    if (reward.kind === "compensation" || draw !== undefined) return undefined;
    return this.paces.find((pace) => pace.wave === wave);
  }

  private issued({ cap }: AuditedPace): number {
    return this.books.used({ cap, row: 0, window: 0 });
  }

  /** The cap that lets out the money of an offer. */
  capOf(offer: number): number | undefined {
    return this.of(offer)?.cap;
  }

  /** What the curve of a cap has let out, where it has one. */
  releasedOf(cap: number, atMs: number): { released?: number } {
    const pace = this.paces.find((one) => one.cap === cap);
    return pace === undefined ? {} : { released: releasedBy(pace, atMs) };
  }

  /**
   * Why a claim comes too early, or null.
   * @param triedMinor what is in the books for a trial only, and will be in none of a sweep
   */
  early(
    offer: number,
    amountMinor: number,
    atMs: number,
    triedMinor = 0,
  ): { cap: string; when: object } | null {
    const pace = this.of(offer);
    if (pace === undefined) return null;
    const needed = this.issued(pace) + amountMinor;
    if (!(needed > releasedBy(pace, atMs))) return null;
    const { caps, waves, endsAtMs } = this.books.definition;
    const issued = this.issued(pace) - triedMinor;
    const retryAtMs = this.firstGrantable(pace, needed, issued, atMs);
    const over = Math.min(waves[pace.wave]!.toMs, endsAtMs);
    return { cap: caps[pace.cap]!.id, when: retryAtMs < over ? { retryAtMs } : {} };
  }

  /** When so much is released if nothing happens but what curves do by themselves. */
  private firstGrantable(pace: AuditedPace, needed: number, issued: number, atMs: number): number {
    const trial = { ...pace };
    let soonest = atMs + 1;
    for (let steps = 0; steps < STEPS_AHEAD; steps++) {
      const { backAtMs, spreadAtMs } = this.due(trial);
      const next = Math.max(atMs, Math.min(backAtMs, spreadAtMs));
      if (soonest < next) {
        const fits = firstFor(trial, needed, soonest - 1);
        if (fits < next || next === Number.POSITIVE_INFINITY) return fits;
      }
      this.goOn(trial, issued, next);
      soonest = Math.max(atMs + 1, next);
    }
    const { backAtMs, spreadAtMs } = this.due(trial);
    const next = Math.min(backAtMs, spreadAtMs);
    const fits = soonest < next ? firstFor(trial, needed, soonest - 1) : next;
    return Math.min(fits, next);
  }

  /** Money of a grant came back; it re-enters from `freeAtMs` on. */
  giveBack(offer: number, amountMinor: number, freeAtMs: number): void {
    this.of(offer)?.back.push({ freeAtMs, amountMinor });
  }

  /** When each curve goes on by itself, and why. */
  private due(pace: AuditedPace): { backAtMs: number; spreadAtMs: number } {
    const { books } = this;
    const { waves, endsAtMs } = books.definition;
    const never = Number.POSITIVE_INFINITY;
    const over = Math.min(waves[pace.wave]!.toMs, endsAtMs);
    const inTime = (atMs: number): number =>
      atMs < over && books.phase !== "ended" && books.phase !== "closed" ? atMs : never;
    const nextMinute = pace.sinceMs - (pace.sinceMs % MINUTE) + MINUTE;
    const free = Math.min(never, ...pace.back.map(({ freeAtMs }) => freeAtMs));
    const begun = Math.max(pace.sinceMs, pace.curve.points[0]!.atMs);
    const hourEnd = books.windowEnd("hour", begun)!;
    const spreads = pace.curve.unused === "spread" && shareBy(pace.curve, hourEnd) < 1;
    return {
      backAtMs: inTime(Math.max(nextMinute, free)),
      spreadAtMs: spreads ? inTime(hourEnd) : never,
    };
  }

  isDue(atMs: number): boolean {
    return this.paces.some((pace) => {
      const { backAtMs, spreadAtMs } = this.due(pace);
      return backAtMs <= atMs || spreadAtMs <= atMs;
    });
  }

  sweep(atMs: number): void {
    for (const pace of [...this.paces].sort((a, b) => a.wave - b.wave)) {
      const { backAtMs, spreadAtMs } = this.due(pace);
      if (Math.min(backAtMs, spreadAtMs) > atMs) continue;
      const { because, back } = this.goOn(pace, this.issued(pace), atMs);
      this.write(pace, because, back, atMs);
    }
  }

  /** What a curve makes of an instant at which it is due. */
  private goOn(pace: AuditedPace, issued: number, atMs: number) {
    const spread = this.due(pace).spreadAtMs <= atMs;
    const free = pace.back.filter(({ freeAtMs }) => freeAtMs <= atMs);
    const back = free.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const total = pace.released + pace.ahead;
    const released = spread ? issued : releasedBy(pace, atMs);
    // A revision may have cut the whole below what is out.
    pace.released = Math.min(released, total);
    pace.ahead = total + back - pace.released;
    pace.back = pace.back.filter(({ freeAtMs }) => freeAtMs > atMs);
    pace.sinceMs = atMs;
    return { because: [...(free.length > 0 ? ["back"] : []), ...(spread ? ["spread"] : [])], back };
  }

  private write(pace: AuditedPace, because: string[], back: number, atMs: number): void {
    this.books.write("curve_revised", atMs, {
      cap: this.books.definition.caps[pace.cap]!.id,
      because,
      backMinor: back,
      baseMinor: pace.released,
      restMinor: pace.ahead,
    });
  }

  /** The books hold the revised definition already. */
  revise(was: CampaignDefinition, atMs: number): void {
    for (const pace of this.paces) {
      const [before, after] = [was.caps[pace.cap]!, this.books.definition.caps[pace.cap]!];
      const same = [before, after].map(({ limit, curve }) => JSON.stringify([limit, curve]));
      if (same[0] === same[1]) continue;
      const total = pace.released + pace.ahead + after.limit - before.limit;
      pace.released = Math.min(releasedBy(pace, atMs), total);
      pace.ahead = total - pace.released;
      pace.sinceMs = atMs;
      pace.curve = after.curve!;
      this.write(pace, ["revision"], 0, atMs);
    }
  }

  /** Instants at which a curve turns, goes on, or has room for one unit more. */
  instants(unit: number, atMs: number): number[] {
    return this.paces.flatMap((pace) => {
      const { backAtMs, spreadAtMs } = this.due(pace);
      const next = [1, 2, 3].map((n) => firstFor(pace, this.issued(pace) + n * unit, atMs));
      const all = [...next, backAtMs, spreadAtMs, ...pace.curve.points.map((point) => point.atMs)];
      return all.filter((one) => Number.isFinite(one));
    });
  }
}

/** Cumulative share of a curve by an instant. */
function shareBy({ points }: CurveDefinition, atMs: number): number {
  let share = 0;
  for (const [i, point] of points.entries()) {
    if (atMs < point.atMs) break;
    share = point.share;
    const next = points[i + 1];
    if (next === undefined || atMs >= next.atMs) continue;
    const rise = (next.share - point.share) * (atMs - point.atMs);
    share = Math.min(next.share, point.share + rise / (next.atMs - point.atMs));
  }
  return share;
}

function releasedBy({ curve, sinceMs, released, ahead }: AuditedPace, atMs: number): number {
  const before = shareBy(curve, sinceMs);
  if (before >= 1) return released + ahead;
  return released + Math.floor(((shareBy(curve, atMs) - before) / (1 - before)) * ahead);
}

/** The first instant after `atMs` by which so much is released: what is released only grows. */
function firstFor(pace: AuditedPace, needed: number, atMs: number): number {
  if (releasedBy(pace, atMs + 1) >= needed) return atMs + 1;
  const last = pace.curve.points.at(-1)!.atMs;
  if (last <= atMs || releasedBy(pace, last) < needed) return Number.POSITIVE_INFINITY;
  let [tooEarly, enough] = [atMs, last];
  while (enough - tooEarly > 1) {
    const between = tooEarly + Math.floor((enough - tooEarly) / 2);
    if (releasedBy(pace, between) >= needed) enough = between;
    else tooEarly = between;
  }
  return enough;
}
