// The plan that a crowd's shape makes: every assumption is what the shape states, or is computed
// from it. No play is looked at for it.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { CrowdShape } from "../../src/crowd/shape.ts";
import type { Assumption } from "../../src/plan/assumptions/index.ts";
import { furtherRewards } from "../../src/plan/model/further-rewards.ts";
import type { DrawJob } from "../../src/plan/monte-carlo/block.ts";
import { hourlyTerms } from "../../src/plan/monte-carlo/hourly-terms.ts";
import { parametersOf } from "../../src/plan/plan-file/parameters.ts";
import { termsOf } from "../../src/plan/plan-file/read-terms.ts";
import { BOT_DAYS, curvesOf, hourShare, tooLate } from "./plan-hours.ts";
import { type CrowdLaws, GREEDY, lawsOf, SENDERS, sumOf } from "./plan-laws.ts";

const FORGOTTEN = 0.06;
const BOTS_SPEND = 0.3;
const AGAIN_AFTER_REVERSAL = 0.5;

export interface PlannedMoney {
  /** What a kept user earns a month, and the money spent beside the rewards. */
  readonly margin: number;
  readonly marketing: number;
}

/** The assumptions and terms of a campaign with this crowd, as what threads draw. */
export function planOfCrowd(
  shape: CrowdShape,
  campaign: CampaignDefinition,
  money: PlannedMoney,
  seed: string,
): DrawJob {
  const laws = lawsOf(shape);
  const terms = hourlyTerms({
    terms: termsOf(campaign, 1),
    months: 24,
    dayCurve: Array.from({ length: 24 }, (_, hour) => hourShare(hour)),
  });
  const waves = terms.waves.map((wave, i) => ({ ...wave, curves: curvesOf(shape, laws, i) }));
  const values = valuesOf(shape, laws, money, campaign);
  const known = new Set(parametersOf(campaign).map(({ id }) => id));
  const assumptions = Object.entries(values).map(([id, value]): Assumption => {
    if (!known.has(id)) throw new Error(`expected a parameter of the plan, got ${id}`);
    const distribution = { kind: "fixed", value } as const;
    const from = { source: "the crowd's shape", why: null, origin: "source" } as const;
    return { id, unit: "", point: value, distribution, ...from };
  });
  return { terms: { ...terms, waves }, assumptions, correlations: [], overrides: [], seed };
}

function valuesOf(
  shape: CrowdShape,
  laws: CrowdLaws,
  { margin, marketing }: PlannedMoney,
  campaign: CampaignDefinition,
): Record<string, number> {
  const { second, ofComers, claims } = laws;
  const [card, envelope] = [shape.offers.card, shape.offers.envelope];
  const [cards, envelopes] = campaign.waves.map(({ id }) => id);
  const early = sumOf(ofComers.first.subarray(0, second));
  const late = sumOf(ofComers.first.subarray(second));
  const back = sumOf(claims.back);
  const firsts = sumOf(claims.first.subarray(0, second));
  const lateFirsts = sumOf(claims.first.subarray(second));
  // Bots are a share of what people want, whether a cap lets it through or not.
  const wanted = laws.further + GREEDY * (shape.cardsPerUserMax + 1);
  const wishes = firsts * (1 + wanted) + lateFirsts + back;
  const bots = (wishes * shape.botShare) / (1 - shape.botShare);
  // A plan states bots as a share of the grants, so their number is put into its own terms: as many
  // come out of it as the crowd has.
  const collecting = { invites: laws.further / 2, senders: SENDERS - GREEDY, collectors: GREEDY };
  const { mean, full } = furtherRewards(collecting, 1, perUserOf(campaign));
  const cardClaims = firsts * (1 + mean);
  const envelopeClaims = lateFirsts + back * (1 - full);
  const lateBots = BOT_DAYS.filter((day) => day === "second").length / BOT_DAYS.length;
  const botsOf = { [card]: bots * (1 - lateBots), [envelope]: bots * lateBots };
  const claimsOf = { [card]: cardClaims, [envelope]: envelopeClaims };
  // Who asks for another late in the evening gets it as the day ends, when no kitchen is open.
  const cardsLost = mean * sumOf(claims.lastDay) * tooLate();
  const stays = 1 - shape.reversalShare * (1 - AGAIN_AFTER_REVERSAL);
  const values: Record<string, number> = {
    "reach.people": laws.comers,
    "reach.existing": laws.existing,
    "reach.organic": laws.organic,
    [`reach.waves.${cards}.weight`]: early,
    [`reach.waves.${envelopes}.weight`]: late,
    [`offers.${card}.takeUp`]: 1,
    [`offers.${card}.byInvites`]: 1,
    [`offers.${envelope}.takeUp`]: 1,
    [`offers.${envelope}.byInvites`]: 0,
    [`offers.${envelope}.returning`]: back / (early + laws.existing),
    // An invite rewards both sides.
    "invites.perClaimer": collecting.invites,
    "invites.senders": collecting.senders,
    "invites.collectors": collecting.collectors,
    resold: BOTS_SPEND * stays,
    repeats: shape.duplicateShare + shape.staleShare,
    taps: shape.retriesPerRefusal,
    "retention.d1": laws.d1,
    "retention.d30": laws.d30,
    "retention.lift": laws.lift,
    existingLift: laws.existingLift,
    ...{ margin, marketing },
  };
  for (const offer of [card, envelope]) {
    const share = botsOf[offer]! / (botsOf[offer]! + claimsOf[offer]!);
    const lost = offer === card ? cardsLost / cardClaims : 0;
    const spent = (1 - FORGOTTEN) * (1 - lost);
    const unspent = (1 - share) * (1 - spent) + share * (1 - BOTS_SPEND);
    values[`offers.${offer}.abuse`] = share;
    values[`offers.${offer}.redeemed`] = spent * stays;
    // Cards wait minutes for a free kitchen; nothing asked for depends on how many.
    values[`offers.${offer}.delay`] = 0.5;
    values[`offers.${offer}.cancelled`] = unspent * shape.cancelShare;
    // Ten minutes, and up to five hours more.
    values[`offers.${offer}.cancelDelay`] = 1 / 6 + 2.5;
  }
  return values;
}

function perUserOf(campaign: CampaignDefinition): number {
  return termsOf(campaign, 1).perUser.grants ?? Number.POSITIVE_INFINITY;
}
