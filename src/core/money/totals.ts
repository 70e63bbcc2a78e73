// Totals: every thousand records the journal says what the events so far add up to; replay and
// verify assert that they agree, so that a divergence is found near where it began.
import { assert } from "../../base/assert.ts";
import { EVENT_KINDS, type EventWriter, readWide, TOTALS } from "../event.ts";
import type { CampaignState } from "../state.ts";

/** The figures of a totals event, in order. */
export const TOTALS_FIELDS = [
  "spentMinor",
  "reservedMinor",
  "settlingMinor",
  "returnedMinor",
  "issuedMinor",
  "granted",
  "redeemed",
  "cancelled",
  "expired",
] as const;

export type TotalsField = (typeof TOTALS_FIELDS)[number];

/** The campaign's present figures. */
export function totalsOf(campaign: CampaignState): Record<TotalsField, number> {
  const { spentMinor, reservedMinor, settlingMinor, returnedMinor, issuedMinor } = campaign.books;
  const { granted, redeemed, cancelled, expired } = campaign.counts;
  const money = { spentMinor, reservedMinor, settlingMinor, returnedMinor, issuedMinor };
  return { ...money, granted, redeemed, cancelled, expired };
}

/** Writes a totals event of one campaign. */
export function writeTotals(campaign: CampaignState, atMs: number, out: EventWriter): void {
  const at = out.begin(EVENT_KINDS.totals, campaign.ordinal, atMs, TOTALS.words);
  const totals = totalsOf(campaign);
  TOTALS_FIELDS.forEach((field, i) => {
    out.wide(at + TOTALS.body + 2 * i, totals[field]);
  });
}

/** Asserts that the state agrees with a totals event. */
export function assertTotals(campaign: CampaignState, words: Uint32Array, at: number): void {
  const totals = totalsOf(campaign);
  TOTALS_FIELDS.forEach((field, i) => {
    const said = readWide(words, at + TOTALS.body + 2 * i);
    const is = totals[field];
    assert(said === is, `totals of ${campaign.definition.id}: ${field} is ${is}, not ${said}`);
  });
}
