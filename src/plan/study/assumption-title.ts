// What an assumption is called where people read it who do not write the plan: in a few words, with
// its wave or offer, instead of by its key.
import { PARAMETERS, type ParameterRow } from "../plan-file/parameter-rows.ts";

const TITLES: Readonly<Record<string, string>> = {
  "reach.people": "people who come by themselves",
  "reach.organic": "part of them who come anyway",
  "reach.existing": "users of before who take part",
  "reach.reachable": "people who could come at all",
  "reach.peak": "claims of the peak second over the hour's mean",
  "reach.waves.{wave}.weight": "people who come in it, by weight",
  "reach.waves.{wave}.halfLife": "time until arrivals halve",
  "offers.{offer}.takeUp": "part of those present who claim",
  "offers.{offer}.returning": "part of earlier people who come back",
  "offers.{offer}.redeemed": "part of the grants that is spent",
  "offers.{offer}.delay": "time from grant to order",
  "offers.{offer}.used": "part of an amount that is used up",
  "offers.{offer}.cancelled": "part of the grants that is given back",
  "offers.{offer}.cancelDelay": "time until it is given back",
  "offers.{offer}.byInvites": "part of the invites rewarded with it",
  "offers.{offer}.abuse": "part of its grants to resellers and bots",
  "invites.perClaimer": "accepted invites a claimer",
  "invites.newcomers": "part of the invited who are new",
  "invites.delay": "time to an accepted invite",
  "invites.senders": "part of the claimers whose invites pay",
  "invites.collectors": "part who collect all that one may have",
  retry: "part of the refused who ask again",
  abuse: "part of the grants to resellers and bots",
  "retention.d1": "active a day after they came",
  "retention.d30": "active 30 days after they came",
  "retention.lift": "D30 that the reward adds to who came anyway",
  existingLift: "D30 that the reward adds to users of before",
  margin: "margin a kept user and month",
  cannibalised: "part of rewarded orders that replace own ones",
  orderMargin: "margin lost with such an order",
  "orders.peak": "orders of the peak second over the hour's mean",
  "orders.capacity": "orders that can be taken",
  "merchants.ordersPerHour": "orders that a shop takes",
  "couriers.ordersPerHour": "orders that a courier takes",
  "calls.perOrder": "model calls an order",
  "calls.cost": "cost of a model call",
  "calls.perRefused": "model calls without an order",
  marketing: "marketing beside the rewards",
  "fees.grant": "fee of a grant",
  "fees.redemption": "fee of a redemption",
  discount: "discount, a year",
  "elasticity.reward": "reach and claims by the reward, % for 1 %",
  "elasticity.budget": "reach by the budget, % for 1 %",
  repeats: "part of the claims that arrive twice",
  taps: "vain requests after a refusal",
  resold: "part of resold grants that is spent",
  "reach.afterRunOut": "part who come while the money is gone",
  "retention.refused": "active after 30 days without a reward",
  "chance.hours": "chance in the hours",
  "chance.kept": "chance in who is kept",
  "chance.lift": "chance in what the reward adds",
  "chance.stay": "chance in who stays",
  "chance.existing": "chance in the users of before",
};

/** A row that has no title of its own is called by what it means. */
export function assumptionTitle(id: string): string {
  const row = PARAMETERS.find((each) => nameIn(each, id) !== null);
  if (row === undefined) return TITLES[id] ?? chanceTitle(id);
  const name = nameIn(row, id)!;
  const title = TITLES[row.id] ?? lowered(row.meaning);
  return name === "" ? title : `${name}, ${title}`;
}

/** Of its wave or offer, "" where it has none; null: another row's. */
function nameIn({ id: pattern }: ParameterRow, id: string): string | null {
  const [before, after] = pattern.split(/\{\w+\}/);
  if (after === undefined) return pattern === id ? "" : null;
  const isOwn = id.startsWith(before!) && id.endsWith(after);
  if (!isOwn || id.length <= before!.length + after.length) return null;
  return id.slice(before!.length, id.length - after.length);
}

/** chance.offers.card.claims -> "card, chance in its claims" */
function chanceTitle(id: string): string {
  const [, offer, name] = /^chance\.offers\.(.+)\.(\w+)$/.exec(id) ?? [];
  return name === undefined ? id : `${offer}, chance in its ${name}`;
}

function lowered(meaning: string): string {
  const [first] = meaning.split(/[.:;](?: |$)/);
  return first!.charAt(0).toLowerCase() + first!.slice(1);
}
