// Curves as verify keeps them: what each has released by an instant, from its points and from what
// came back to its wave, and whether the events by which curves go on say the same.
import { sameJson } from "../../base/canonical-json.ts";
import type { CapDefinition, CurvePoint } from "../../core/definition.ts";
import { CURVE_REVISED, type EventKind, readWide } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";

const MINUTE_MS = 60_000;
/** Bits of the event's flags: why the curve goes on. */
const BACK = 1;
const SPREAD = 2;
const REVISION = 4;
const OF_SWEEPS: ReadonlySet<EventKind> = new Set([
  ...(["settled", "swept", "draw_closed", "draw_won", "draw_void"] as const),
]);
/** A revision takes nothing back. */
const NOTHING = { backMinor: 0, entries: 0 };

export class PaceBook {
  private points: readonly CurvePoint[] = [];
  private spreads = false;
  private limit = 0;
  private fromMs = -1;
  private shareBefore = 0;
  private baseMinor = 0;
  private restMinor = 0;
  /** What came back and may re-enter at once; and what settles, by the instant of its end. */
  private backMinor = 0;
  /** When the first of it came. */
  private backSinceMs = 0;
  private readonly settling = new Map<number, number>();
  /** What a revision makes of it, until the event says so. */
  private due: { baseMinor: number; restMinor: number } | null = null;
  /** Why a sweep must make it go on, until the event says so. */
  private owed: string | null = null;

  constructor(cap: CapDefinition) {
    this.take(cap, 0);
    this.restMinor = cap.limit;
    this.due = null;
  }

  /** Takes the curve of a definition; another one must be followed by an event. */
  take({ curve, limit }: CapDefinition, atMs: number): void {
    const { points, unused } = curve!;
    const released = this.releasedMinor(atMs);
    const isAnother =
      limit !== this.limit ||
      this.spreads !== (unused === "spread") ||
      !sameJson(points, this.points);
    if (isAnother) {
      const total = this.baseMinor + this.restMinor + limit - this.limit;
      const baseMinor = Math.min(released, total);
      this.due = { baseMinor, restMinor: total - baseMinor };
    }
    this.points = points;
    this.spreads = unused === "spread";
    this.limit = limit;
  }

  /** The documented sum, in the documented order: doubles round by every step. */
  releasedMinor(atMs: number): number {
    const left = 1 - this.shareBefore;
    if (!(left > 0)) return this.baseMinor + this.restMinor;
    const part = (this.shareOf(atMs) - this.shareBefore) / left;
    return this.baseMinor + Math.floor(part * this.restMinor);
  }

  private shareOf(atMs: number): number {
    const { points } = this;
    const last = points.findLastIndex((point) => point.atMs <= atMs);
    if (last < 0) return 0;
    const [a, b] = [points[last]!, points[last + 1]];
    if (b === undefined) return a.share;
    const share = a.share + ((b.share - a.share) * (atMs - a.atMs)) / (b.atMs - a.atMs);
    return Math.min(share, b.share);
  }

  giveBack(amountMinor: number, atMs: number): void {
    if (this.backMinor === 0) this.backSinceMs = atMs;
    this.backMinor += amountMinor;
  }

  /** Below 0: was spent after all. The instant stays one, also if nothing of it is left. */
  settle(amountMinor: number, freeAtMs: number): void {
    this.settling.set(freeAtMs, (this.settling.get(freeAtMs) ?? 0) + amountMinor);
  }

  /** A sweep looked at all curves: what was due before it, whatever it did itself, goes on. */
  sweptAt(campaign: VerifiedCampaign, wave: string, atMs: number): void {
    const lastMs = lastOf(campaign, wave);
    const isTaken = (dueMs: number): boolean => dueMs <= atMs && dueMs < lastMs;
    const isBack = this.backMinor > 0 && this.backSinceMs < atMs;
    const freeMs = isBack ? 0 : Math.min(...this.settling.keys());
    const minuteMs = (Math.floor(this.fromMs / MINUTE_MS) + 1) * MINUTE_MS;
    if (this.isSpreadDue(campaign, wave, atMs)) this.owed = "what was not used";
    else if (freeMs < atMs && isTaken(Math.max(freeMs, minuteMs))) this.owed = "what came back";
  }

  /** Whether an hour was over, while claims were taken, and the curve has more to let out. */
  private isSpreadDue(campaign: VerifiedCampaign, wave: string, atMs: number): boolean {
    if (!this.spreads) return false;
    const begunMs = Math.max(this.fromMs, this.points[0]!.atMs);
    const hourEndMs = campaign.calendar.hourEndMs(begunMs);
    if (hourEndMs > atMs || hourEndMs >= lastOf(campaign, wave)) return false;
    return this.shareOf(hourEndMs) < 1;
  }

  /** What a revision or a sweep owes stands in the same record. */
  judgeEnd(cap: string, findings: Findings): void {
    if (this.due !== null) {
      findings.wrong("pacing", `the event by which the revised curve ${cap} goes on`, "none");
    }
    if (this.owed !== null) {
      findings.wrong("pacing", `an event of ${cap} with ${this.owed}`, "a sweep without it");
    }
    this.due = null;
    this.owed = null;
  }

  /** Whether all this was granted in time. */
  judge(issuedMinor: number, atMs: number, findings: Findings): void {
    findings.made("pacing");
    if (this.due !== null)
      findings.wrong("pacing", "the event of a curve that was revised", "none");
    const released = this.releasedMinor(atMs);
    if (issuedMinor <= released) return;
    findings.wrong("pacing", `at most ${released} granted by then`, `${issuedMinor}`);
  }

  judgeRevised(
    campaign: VerifiedCampaign,
    wave: string,
    event: VerifiedEvent,
    issuedMinor: number,
    findings: Findings,
  ): void {
    const { words, at, flags, atMs } = event;
    findings.made("pacing");
    const wrong = (expected: string, found: string): void => {
      findings.wrong("pacing", expected, found);
    };
    const isRevision = (flags & REVISION) !== 0;
    if (flags === 0) wrong("a reason for a curve to go on", "none");
    if (isRevision !== (this.due !== null)) {
      wrong(isRevision ? "no event of a revision" : "the event of a revision", `flags ${flags}`);
    }
    if (isRevision && flags !== REVISION) wrong("a revision and nothing else", `flags ${flags}`);
    const { backMinor, entries } = isRevision ? NOTHING : this.takeBack(atMs);
    const isBack = (flags & BACK) !== 0;
    if (isBack ? backMinor + entries === 0 : backMinor > 0) {
      wrong(`${backMinor} back`, `flags ${flags}`);
    }
    findings.same("pacing", "back", backMinor, readWide(words, at + CURVE_REVISED.back));
    findings.same("pacing", "entries", entries, words[at + CURVE_REVISED.entries]!);
    const expected = this.due ?? this.next(backMinor, issuedMinor, flags, atMs);
    const isSpread = (flags & SPREAD) !== 0;
    if (!isRevision && isSpread !== this.isSpreadDue(campaign, wave, atMs)) {
      wrong(isSpread ? "nothing unused to spread" : "what was not used spread", `flags ${flags}`);
    }
    if (
      !isSpread &&
      !isRevision &&
      Math.floor(atMs / MINUTE_MS) <= Math.floor(this.fromMs / MINUTE_MS)
    ) {
      wrong("a minute later than the last time", `${atMs} after ${this.fromMs}`);
    }
    const baseMinor = readWide(words, at + CURVE_REVISED.base);
    const restMinor = readWide(words, at + CURVE_REVISED.rest);
    findings.same("pacing", "released", expected.baseMinor, baseMinor);
    findings.same("pacing", "rest", expected.restMinor, restMinor);
    this.due = null;
    this.owed = null;
    this.fromMs = atMs;
    this.shareBefore = this.shareOf(atMs);
    this.baseMinor = expected.baseMinor;
    this.restMinor = expected.restMinor;
  }

  /** What re-enters now, and how many instants it settled until. */
  private takeBack(atMs: number): { backMinor: number; entries: number } {
    const free = [...this.settling].filter(([freeAtMs]) => freeAtMs <= atMs);
    for (const [freeAtMs] of free) this.settling.delete(freeAtMs);
    const backMinor = free.reduce((sum, [, amountMinor]) => sum + amountMinor, this.backMinor);
    this.backMinor = 0;
    return { backMinor, entries: free.length };
  }

  private next(back: number, issuedMinor: number, flags: number, atMs: number) {
    const total = this.baseMinor + this.restMinor;
    const released = (flags & SPREAD) !== 0 ? issuedMinor : this.releasedMinor(atMs);
    const baseMinor = Math.min(released, total);
    return { baseMinor, restMinor: total + back - baseMinor };
  }
}

/** What paces the claims of an offer, or null. */
export function paceOf(campaign: VerifiedCampaign, offer: number): PaceBook | null {
  return campaign.claimCaps[offer]!.find(({ pace }) => pace !== null)?.pace ?? null;
}

export function judgeCurveRevised(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const ordinal = event.words[event.at + CURVE_REVISED.cap]!;
  const cap = campaign.caps[ordinal];
  const pace = cap?.pace ?? null;
  if (cap === undefined || pace === null) {
    findings.made("pacing");
    return findings.wrong("pacing", "a cap with a curve", `cap ${ordinal}`);
  }
  if (campaign.phase === "closed") findings.wrong("pacing", "a campaign not closed", "closed");
  if ((event.flags & REVISION) === 0) lookAtCurves(campaign, event.atMs);
  pace.judgeRevised(campaign, waveOf(cap), event, cap.used(0, 0), findings);
}

/** What only a sweep writes proves that it looked at all curves. */
export function isOfSweep(kind: EventKind): boolean {
  return OF_SWEEPS.has(kind);
}

/** Notes which curves must have gone on by the end of the record. */
export function lookAtCurves(campaign: VerifiedCampaign, atMs: number): void {
  for (const cap of campaign.caps) cap.pace?.sweptAt(campaign, waveOf(cap), atMs);
}

/** Whether all curves went on that had to. */
export function judgeCurvesOwed(campaign: VerifiedCampaign, findings: Findings): void {
  for (const { pace, definition } of campaign.caps) pace?.judgeEnd(definition.id, findings);
}

/** A curve lets out the money of one wave. */
function waveOf({ definition: { dimension } }: { definition: CapDefinition }): string {
  return dimension.slice("wave:".length);
}

/** Claims of a wave are taken, and its curve goes on, before this instant. */
function lastOf({ phase, definition }: VerifiedCampaign, wave: string): number {
  if (phase === "ended" || phase === "closed") return 0;
  const toMs = definition.waves.find(({ id }) => id === wave)?.toMs ?? 0;
  return Math.min(toMs, definition.endsAtMs);
}
