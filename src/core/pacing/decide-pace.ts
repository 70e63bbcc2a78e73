// Decisions about curves: whether a claim may be granted by now and when, and when a curve goes on
// with what came back, with what was not used, or with the points of a revision.
import { sameJson } from "../../base/canonical-json.ts";
import type { Cap } from "../caps/caps.ts";
import { PER } from "../caps/windows.ts";
import type { Command } from "../command.ts";
import type { CampaignDefinition } from "../definition.ts";
import { CURVE_CAUSES, type EventWriter } from "../event.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { type CurveStep, type Pace, shareAt } from "./pace.ts";
import { writeCurveRevised } from "./pace-event.ts";

const MINUTE_MS = 60_000;
/** A week of hours that are spread, at 0.15 µs each: nobody asks long before he is told to. */
const LOOKS_AHEAD = 168;

/** `paced` when gross issue would get ahead of the curve, and from when on it would not. */
export function refusalOfPace(
  campaign: CampaignState,
  cap: Cap,
  { offer }: Command,
  amountMinor: number,
  atMs: number,
): Outcome | null {
  const pace = cap.pace!;
  const neededMinor = cap.used(0, 0) + amountMinor;
  // Written so that NaN refuses.
  if (neededMinor <= pace.releasedMinor(atMs)) return null;
  const answer = outcome("paced");
  answer.cap = cap.ordinal;
  const { wave } = campaign.definition.offers[offer]!;
  const retryAtMs = whenFits(campaign, cap, wave, neededMinor, atMs);
  if (retryAtMs < lastOf(campaign, wave)) answer.retryAtMs = retryAtMs;
  return answer;
}

/**
 * The first instant after `atMs` at which so much is released, should nothing else happen: what
 * settles re-enters, and hours that nobody uses are spread. Infinity: never; where the curve would
 * have to go on more often than LOOKS_AHEAD, an instant before which it is not.
 */
function whenFits(
  campaign: CampaignState,
  cap: Cap,
  wave: number,
  neededMinor: number,
  atMs: number,
): number {
  const issuedMinor = cap.used(0, 0);
  let pace = cap.pace!;
  let startMs = atMs + 1;
  for (let looks = 0; ; looks++) {
    const { backAtMs, spreadAtMs } = dueOf(campaign, pace, wave);
    // What is due already comes with the next sweep.
    const nextMs = Math.max(atMs, Math.min(backAtMs, spreadAtMs));
    if (startMs < nextMs) {
      if (pace.releasedMinor(startMs) >= neededMinor) return startMs;
      const isLast = nextMs === Number.POSITIVE_INFINITY;
      if (isLast || pace.releasedMinor(nextMs - 1) >= neededMinor) {
        return pace.whenReleased(neededMinor, startMs);
      }
    }
    if (looks === LOOKS_AHEAD) return nextMs;
    if (looks === 0) pace = pace.copy();
    pace.goOn(nextStep(pace, issuedMinor, nextMs, spreadAtMs <= nextMs), nextMs);
    startMs = Math.max(atMs + 1, nextMs);
  }
}

/** Claims of a wave are taken before this instant. */
function lastOf({ definition }: CampaignState, wave: number): number {
  return Math.min(definition.waves[wave]!.toMs, definition.endsAtMs);
}

/**
 * What came back re-enters the rest of its curve, at most once a minute; where the curve says so,
 * what was not used is spread over the hours to come, once an hour.
 */
export function decidePaces(campaign: CampaignState, atMs: number, out: EventWriter): void {
  campaign.paces.forEach((cap, wave) => {
    if (cap === null) return;
    const pace = cap.pace!;
    const { backAtMs, spreadAtMs } = dueOf(campaign, pace, wave);
    const isSpread = spreadAtMs <= atMs;
    if (!isSpread && backAtMs > atMs) return;
    const step = nextStep(pace, cap.used(0, 0), atMs, isSpread);
    // Where all that settled was paid after all an entry comes back with nothing.
    const isBack = step.backMinor > 0 || step.entries > 0;
    const causes = (isBack ? CURVE_CAUSES.back : 0) | (isSpread ? CURVE_CAUSES.spread : 0);
    writeCurveRevised(campaign.ordinal, cap, { causes, ...step }, atMs, out);
  });
}

/** With what a curve goes on by itself: all that came back by then re-enters. */
function nextStep(pace: Pace, issuedMinor: number, atMs: number, isSpread: boolean): CurveStep {
  const { settling, backMinor } = pace.now;
  const due = settling.findIndex(({ freeAtMs }) => freeAtMs > atMs);
  const entries = due < 0 ? settling.length : due;
  const settled = settling.slice(0, entries).reduce((sum, entry) => sum + entry.amountMinor, 0);
  const back = backMinor + settled;
  const released = isSpread ? issuedMinor : pace.releasedMinor(atMs);
  const baseMinor = Math.min(released, pace.totalMinor);
  return { entries, backMinor: back, baseMinor, restMinor: pace.totalMinor + back - baseMinor };
}

/** When the next curve goes on by itself, or Infinity. */
export function nextPaceAtMs(campaign: CampaignState): number {
  let next = Number.POSITIVE_INFINITY;
  campaign.paces.forEach((cap, wave) => {
    if (cap === null) return;
    const { backAtMs, spreadAtMs } = dueOf(campaign, cap.pace!, wave);
    next = Math.min(next, backAtMs, spreadAtMs);
  });
  return next;
}

/** When a curve goes on with what came back, and with what was not used; Infinity: never. */
function dueOf(
  campaign: CampaignState,
  { curve, now }: Pace,
  wave: number,
): { backAtMs: number; spreadAtMs: number } {
  const never = Number.POSITIVE_INFINITY;
  const { phase } = campaign;
  const last = phase === "ended" || phase === "closed" ? 0 : lastOf(campaign, wave);
  const whileTaken = (atMs: number): number => (atMs < last ? atMs : never);
  const freeAtMs = now.backMinor > 0 ? 0 : (now.settling[0]?.freeAtMs ?? never);
  const minuteAfter = (Math.floor(now.fromMs / MINUTE_MS) + 1) * MINUTE_MS;
  const backAtMs = whileTaken(Math.max(freeAtMs, minuteAfter));
  if (curve.unused === "now") return { backAtMs, spreadAtMs: never };
  const begunMs = Math.max(now.fromMs, curve.points[0]!.atMs);
  const hourEnd = campaign.calendar.windowEnd(PER.hour, begunMs);
  const isAllReleased = shareAt(curve.points, hourEnd) >= 1;
  return { backAtMs, spreadAtMs: isAllReleased ? never : whileTaken(hourEnd) };
}

/** After a revision, which changes the time ahead only: what was released stays released. */
export function revisePaces(
  campaign: CampaignState,
  revised: CampaignDefinition,
  atMs: number,
  out: EventWriter,
): void {
  for (const cap of campaign.caps) {
    const { pace } = cap;
    const { curve, limit } = revised.caps[cap.ordinal]!;
    const before = cap.definition;
    if (pace === null) continue;
    if (limit === before.limit && sameJson(curve, before.curve)) continue;
    const rest = { entries: 0, backMinor: 0, ...pace.goesOn(limit - before.limit, atMs) };
    writeCurveRevised(campaign.ordinal, cap, { causes: CURVE_CAUSES.revision, ...rest }, atMs, out);
  }
}
