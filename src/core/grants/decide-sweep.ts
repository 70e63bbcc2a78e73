// The sweep: grants whose time is over give back what they hold, and money that has settled is
// free.
import { decideDraws } from "../draws/decide-draw.ts";
import { EVENT_KINDS, type EventWriter, SETTLED, SWEPT } from "../event.ts";
import { nextReturnAtMs, returnSettled } from "../luck/packets.ts";
import { decidePaces, nextPaceAtMs } from "../pacing/decide-pace.ts";
import type { CampaignState } from "../state.ts";
import { GRANT } from "../state-words.ts";
import { livesByItself, nextSuspectAtMs, sweepSuspects } from "../suspicion/sweep-suspects.ts";
import { writeExpired } from "./write-expired.ts";

/** How many grants one call of decideSweep looks at, for each that it may expire. */
const LOOKS = 20;

/**
 * Expires up to `most` grants whose time is over and frees money that has settled.
 * @param apply applies what is written so far
 * @returns whether more is due already
 */
export function decideSweep(
  campaign: CampaignState,
  atMs: number,
  most: number,
  out: EventWriter,
  apply: () => void,
): boolean {
  if (campaign.phase === "closed") return false;
  let looks = most * LOOKS;
  // First, for without a lag what expires now would join an entry that is just being freed.
  writeSettled(campaign, atMs, out);
  decidePaces(campaign, atMs, out);
  let left = returnSettled(campaign, atMs, most, out);
  let due = left === 0;
  campaign.queues.forEach((queue, offer) => {
    queue.classes.forEach(({ cursor: start }, ordinal) => {
      const end = queue.endOf(ordinal);
      let cursor = start;
      while (cursor < end) {
        const grant = queue.grants.get(cursor);
        if (atMs < campaign.ruleExpiresAtMs(grant)) break;
        if (left === 0 || looks === 0) {
          due = true;
          break;
        }
        looks -= 1;
        cursor += 1;
        if (campaign.grantState.get(grant) !== GRANT.live) continue;
        if (livesByItself(campaign, grant)) continue;
        left -= 1;
        writeExpired(campaign, grant, atMs, out);
      }
      if (cursor === start) return;
      const at = out.begin(EVENT_KINDS.swept, campaign.ordinal, atMs, SWEPT.words);
      out.words[at + SWEPT.offer] = offer | (ordinal << 16);
      out.words[at + SWEPT.cursor] = cursor;
    });
  });
  due = sweepSuspects(campaign, atMs, left, looks, out) || due;
  apply();
  return decideDraws(campaign, atMs, left, out, apply) || due;
}

function writeSettled(campaign: CampaignState, atMs: number, out: EventWriter): void {
  const { freeAtMs, amountMinor, head } = campaign.settling;
  let entries = 0;
  let amount = 0;
  while (head + entries < freeAtMs.length && freeAtMs[head + entries]! <= atMs) {
    amount += amountMinor[head + entries]!;
    entries += 1;
  }
  if (entries === 0) return;
  const at = out.begin(EVENT_KINDS.settled, campaign.ordinal, atMs, SETTLED.words);
  out.words[at + SETTLED.entries] = entries;
  out.wide(at + SETTLED.amount, amount);
}

/** When the next grant expires, money settles or a curve goes on by itself; or Infinity. */
export function nextSweepAtMs(campaign: CampaignState): number {
  const settled = campaign.settling.freeAtMs[campaign.settling.head] ?? Number.POSITIVE_INFINITY;
  let next = Math.min(settled, nextReturnAtMs(campaign), nextPaceAtMs(campaign));
  for (const queue of campaign.queues) {
    queue.classes.forEach(({ cursor }, ordinal) => {
      if (cursor >= queue.endOf(ordinal)) return;
      next = Math.min(next, campaign.ruleExpiresAtMs(queue.grants.get(cursor)));
    });
  }
  return Math.min(next, nextSuspectAtMs(campaign));
}
