// The terms that an outlook is drawn under: those in force, or those of a revision that somebody
// looks at before he puts it in force.
import { sameJson } from "../../base/canonical-json.ts";
import type { LinedUpRevision } from "../../contract/index.ts";
import { type CampaignDefinition, ceilingOf } from "../../core/definition.ts";
import { grantableUnder } from "../../core/money/exposure.ts";
import { beyondMinor } from "../../core/money/overissue.ts";
import { Pace } from "../../core/pacing/pace.ts";
import { expiresUnder } from "../../core/revision/moved-grants.ts";
import type { CampaignState } from "../../core/state.ts";

export interface OutlookTerms {
  readonly definition: CampaignDefinition;
  readonly grantableMinor: number;
  /** What may be out although the budget does not hold it. */
  readonly beyondMinor: number;
  expiresAtMs(grant: number): number;
  /**
   * What may still be granted by an instant, where every open wave has a curve; else null. It
   * keeps nothing of the state, which goes on.
   */
  released(atMs: number): ((byMs: number) => number) | null;
}

export function termsInForce(campaign: CampaignState): OutlookTerms {
  const { definition } = campaign;
  return {
    ...moneyUnder(campaign, definition),
    expiresAtMs: (grant) => campaign.expiresAtMs(grant),
    released: (atMs) => pacedBy(campaign, definition, atMs, ({ curve, now }) => ({ curve, now })),
  };
}

export function termsRevised(
  campaign: CampaignState,
  { definition, moved }: LinedUpRevision,
  atMs: number,
): OutlookTerms {
  return {
    ...moneyUnder(campaign, definition),
    expiresAtMs: expiresUnder(campaign, definition, moved, atMs),
    released: (fromMs) => {
      return pacedBy(campaign, definition, fromMs, (pace, ordinal) => {
        const { curve = pace.curve, limit } = definition.caps[ordinal]!;
        const before = campaign.caps[ordinal]!.definition;
        const isSame = limit === before.limit && sameJson(curve, before.curve);
        if (isSame) return pace;
        const rest = pace.goesOn(limit - before.limit, fromMs);
        return { curve, now: { ...pace.now, ...rest, fromMs } };
      });
    },
  };
}

function moneyUnder(
  campaign: CampaignState,
  definition: CampaignDefinition,
): Pick<OutlookTerms, "definition" | "grantableMinor" | "beyondMinor"> {
  const books = { ...campaign.books, budgetMinor: definition.budgetMinor };
  return {
    definition,
    grantableMinor: grantableUnder(campaign, definition),
    beyondMinor: beyondMinor({ books, ceilingMinor: ceilingOf(definition) }),
  };
}

function pacedBy(
  campaign: CampaignState,
  { waves }: CampaignDefinition,
  atMs: number,
  revised: (pace: Pace, cap: number) => Pick<Pace, "curve" | "now">,
): ((byMs: number) => number) | null {
  const open = waves.flatMap(({ fromMs, toMs }, i) => (fromMs <= atMs && atMs < toMs ? [i] : []));
  const paces = open.map((wave) => campaign.paces[wave] ?? null);
  if (paces.length === 0 || paces.includes(null)) return null;
  const kept = paces.map((cap) => {
    const { curve, now } = revised(cap!.pace!, cap!.ordinal);
    const pace = new Pace(curve, 0);
    pace.now = now;
    // What has come back re-enters with the next event of the curve.
    const due = now.settling.filter(({ freeAtMs }) => freeAtMs <= atMs);
    const back = due.reduce((sum, { amountMinor }) => sum + amountMinor, now.backMinor);
    const { baseMinor, restMinor } = pace.goesOn(0, atMs);
    const rest = { baseMinor, restMinor: restMinor + back };
    pace.now = { fromMs: atMs, ...rest, backMinor: 0, settling: [] };
    return { pace, used: cap!.used(0, 0) };
  });
  return (byMs) => {
    return kept.reduce((sum, { pace, used }) => {
      return sum + Math.max(0, pace.releasedMinor(byMs) - used);
    }, 0);
  };
}
