// Everything that a plan may assume, one row each: the schema, the reference page, the reading of
// plan.yaml and the order of the draws come from this table.
/** `money` stands for the campaign's currency. */
export type ParameterUnit =
  | "users"
  | "share"
  | "money"
  | "days"
  | "hours"
  | "ratio"
  | "invites"
  | "calls"
  | "orders/hour";

export interface ParameterRow {
  /** `{wave}` and `{offer}` stand for the ids of the campaign file. */
  readonly id: string;
  readonly unit: ParameterUnit;
  /** The least and greatest number that makes sense; a value at an open bound makes none. */
  readonly low: number;
  readonly high: number;
  readonly open?: "low" | "both";
  readonly meaning: string;
  /** What stands where the file is silent; `absent`: nothing; none: the file must say it. */
  readonly default?: number | "absent";
  /** Then the default is of no use: the file must say it. */
  readonly neededWith?: string;
}

const MANY: number = Number.POSITIVE_INFINITY;
const share = { unit: "share", low: 0, high: 1 } as const;
const money = { unit: "money", low: 0, high: MANY } as const;

/** Were all grants abuse, there would be no people to count it by. */
const ABUSE_MOST = 0.9;

export const PARAMETERS: readonly ParameterRow[] = [
  {
    id: "reach.people",
    ...{ unit: "users", low: 0, high: MANY },
    meaning: "People who come by themselves, before invites.",
  },
  {
    id: "reach.organic",
    ...share,
    meaning: "Share of them who would have come anyway.",
  },
  {
    id: "reach.existing",
    ...{ unit: "users", low: 0, high: MANY, default: 0 },
    meaning: "Active users of before who take part.",
  },
  {
    id: "reach.reachable",
    ...{ unit: "users", low: 0, high: MANY, open: "low", default: "absent" },
    meaning: "People who could come at all: invites run dry when most of them are there.",
  },
  {
    id: "reach.peak",
    ...{ unit: "ratio", low: 1, high: MANY, default: 1 },
    meaning: "Claims of the busiest second against the mean of the busiest hour.",
  },
  {
    id: "reach.waves.{wave}.weight",
    ...{ unit: "ratio", low: 0, high: MANY, default: 1 },
    meaning: "People who come in this wave, in proportion to the other waves' weights.",
  },
  {
    id: "reach.waves.{wave}.halfLife",
    ...{ unit: "days", low: 0, high: MANY, open: "low" },
    meaning: "Days in which the arrivals of the wave fall by half.",
  },
  {
    id: "offers.{offer}.takeUp",
    ...share,
    meaning: "Share of those present who claim it.",
  },
  {
    id: "offers.{offer}.returning",
    ...share,
    default: 0,
    meaning: "Share of the earlier waves' people who come back for it.",
  },
  {
    id: "offers.{offer}.redeemed",
    ...share,
    meaning: "Share of its grants that would be spent if they did not expire.",
  },
  {
    id: "offers.{offer}.delay",
    ...{ unit: "hours", low: 0, high: MANY, open: "low" },
    meaning: "Mean hours from the grant to the order.",
  },
  {
    id: "offers.{offer}.used",
    ...share,
    default: 1,
    meaning: "Share of a spent grant's amount that its order uses up.",
  },
  {
    id: "invites.perClaimer",
    ...{ unit: "invites", low: 0, high: MANY, default: 0 },
    meaning: "Accepted invites of a claimer.",
  },
  {
    id: "invites.newcomers",
    ...share,
    ...{ default: 0, neededWith: "invites.perClaimer" },
    meaning: "Share of the invited who would not have come otherwise.",
  },
  {
    id: "invites.delay",
    ...{ unit: "hours", low: 0, high: MANY, open: "low", default: 24 },
    meaning: "Mean hours from a claim to an accepted invite.",
  },
  {
    id: "retry",
    ...share,
    default: 0,
    meaning: "Share of the refused who ask again in the next hour.",
  },
  {
    id: "abuse",
    ...share,
    high: ABUSE_MOST,
    default: 0,
    meaning: "Share of the grants that go to resellers and bots.",
  },
  {
    id: "retention.d1",
    ...share,
    open: "both",
    meaning: "Share of the rewarded who are active one day after they came.",
  },
  {
    id: "retention.d30",
    ...share,
    open: "both",
    meaning: "Share of the rewarded who are active 30 days after they came.",
  },
  {
    id: "retention.lift",
    ...{ unit: "share", low: -1, high: 1 },
    meaning: "Part of D30 that the reward adds to those who would have come anyway.",
  },
  {
    id: "existingLift",
    ...{ unit: "share", low: -1, high: 1, default: 0 },
    meaning: "What the reward adds to the D30 of users of before.",
  },
  {
    id: "margin",
    ...{ unit: "money", low: -MANY, high: MANY },
    meaning: "Contribution of a kept user and month.",
  },
  {
    id: "cannibalised",
    ...share,
    default: 0,
    meaning: "Share of the rewarded orders that replace an own order.",
  },
  {
    id: "orderMargin",
    ...money,
    ...{ default: 0, neededWith: "cannibalised" },
    meaning: "Margin that is lost with each such order.",
  },
  {
    id: "orders.peak",
    ...{ unit: "ratio", low: 1, high: MANY, default: 1 },
    meaning: "Orders of the busiest second against the mean of the busiest hour.",
  },
  {
    id: "orders.capacity",
    ...{ unit: "orders/hour", low: 0, high: MANY, open: "low", default: "absent" },
    meaning: "Orders that shops and couriers can take; without it they take all.",
  },
  {
    id: "merchants.ordersPerHour",
    ...{ unit: "orders/hour", low: 0, high: MANY, open: "low", default: "absent" },
    meaning: "Orders that one shop can take: says how many are needed.",
  },
  {
    id: "couriers.ordersPerHour",
    ...{ unit: "orders/hour", low: 0, high: MANY, open: "low", default: "absent" },
    meaning: "Orders that one courier can take: says how many are needed.",
  },
  {
    id: "calls.perOrder",
    ...{ unit: "calls", low: 0, high: MANY, default: 0 },
    meaning: "Calls of the model for an order.",
  },
  {
    id: "calls.cost",
    ...money,
    ...{ default: 0, neededWith: "calls.perOrder" },
    meaning: "Cost of a call.",
  },
  {
    id: "marketing",
    ...money,
    default: 0,
    meaning: "Money spent beside the rewards, in the first month.",
  },
  { id: "fees.grant", ...money, default: 0, meaning: "Cost of a grant beside its amount." },
  {
    id: "fees.redemption",
    ...money,
    default: 0,
    meaning: "Cost of a redemption beside its amount.",
  },
  { id: "discount", ...share, default: 0, meaning: "Discount of later money, a year." },
  {
    id: "elasticity.reward",
    ...{ unit: "ratio", low: -5, high: 5, default: 0 },
    meaning:
      "By how many per cent `reach.people`, take-up and `invites.perClaimer` each change when a " +
      "reward is worth 1 % more (people and invites: the first offer's).",
  },
  {
    id: "elasticity.budget",
    ...{ unit: "ratio", low: -5, high: 5, default: 0 },
    meaning: "The same of `reach.people` alone, when the announced budget is 1 % larger.",
  },
  // A row's place is a dimension of the draws: what came later stands last.
  {
    id: "offers.{offer}.cancelled",
    ...share,
    default: 0,
    meaning: "Share of its grants that are given back; their money can be granted again at once.",
  },
  {
    id: "offers.{offer}.cancelDelay",
    ...{ unit: "hours", low: 0, high: MANY, open: "low", default: 24 },
    meaning: "Mean hours from the grant until it is given back.",
  },
  {
    id: "offers.{offer}.byInvites",
    ...{ unit: "ratio", low: 0, high: MANY, default: 1 },
    meaning: "Part of the accepted invites that are rewarded with this offer.",
  },
  {
    id: "offers.{offer}.abuse",
    ...share,
    high: ABUSE_MOST,
    default: "absent",
    meaning: "Share of its grants that go to resellers and bots; without it that of `abuse`.",
  },
  {
    id: "invites.senders",
    ...share,
    default: "absent",
    meaning:
      "Share of the claimers who get any reward by invites; without it numbers fall off from none.",
  },
  {
    id: "invites.collectors",
    ...share,
    default: 0,
    meaning: "Share of the claimers who, beside them, collect all that one user may have.",
  },
  {
    id: "repeats",
    ...share,
    default: 0,
    meaning: "Share of the claims that arrive twice: taps, lost answers. They cost load, no money.",
  },
  {
    id: "taps",
    ...{ unit: "ratio", low: 0, high: MANY, default: 0 },
    meaning: "Requests that follow at once, in vain, from who was refused.",
  },
  {
    id: "resold",
    ...share,
    default: "absent",
    meaning: "Share of those grants that are spent; without it as many as of all others.",
  },
  {
    id: "reach.afterRunOut",
    ...share,
    default: 1,
    meaning:
      "Of the people whom the campaign draws, the share who still come while the money of the " +
      "wave is gone; who would have come anyway comes all the same.",
  },
  {
    id: "retention.refused",
    ...share,
    default: "absent",
    meaning:
      "D30 of people whom the campaign brought and who got nothing: refused, held out, or not " +
      "asking for it; at most D30. Without it they stay like those who would have come anyway.",
  },
  {
    id: "calls.perRefused",
    ...{ unit: "calls", low: 0, high: MANY, default: 0 },
    meaning: "Calls for a conversation without an order: a refused claim, an order over capacity.",
  },
];
