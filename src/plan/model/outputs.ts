// What comes of one campaign, as named numbers. Money in major units, at the size of the plan.

/** How a report writes it. */
export type OutputUnit = "users" | "count" | "money" | "share" | "days" | "months" | "perSecond";

export interface OutputOf {
  readonly title: string;
  readonly unit: OutputUnit;
}

/** The numbers of one campaign; see OUTPUTS for what each is. */
export interface OutputNumbers {
  people: number;
  stayedAway: number;
  rewarded: number;
  claims: number;
  refused: number;
  grants: number;
  granted: number;
  orders: number;
  spent: number;
  breakage: number;
  claimsPeak: number;
  ordersPeak: number;
  merchants: number;
  couriers: number;
  callsPeak: number;
  calls: number;
  callCost: number;
  displaced: number;
  cost: number;
  active30: number;
  kept: number;
  rewardEffect: number;
  emptyHanded: number;
  costPerKept: number;
  naiveCostPerKept: number;
  lifetimeValue: number;
  net12: number;
  net: number;
  roi12: number;
  roi: number;
  payback: number;
  marginNeeded: number;
  retentionNeeded: number;
}

export type OutputId = keyof OutputNumbers;

export const OUTPUTS: Readonly<Record<OutputId, OutputOf>> = {
  people: { title: "people who come", unit: "users" },
  stayedAway: { title: "people who stay away: the money is gone", unit: "users" },
  rewarded: { title: "people rewarded", unit: "users" },
  claims: { title: "claims asked for", unit: "count" },
  refused: { title: "claims refused: nothing left to grant", unit: "count" },
  grants: { title: "grants", unit: "count" },
  granted: { title: "granted", unit: "money" },
  orders: { title: "orders", unit: "count" },
  spent: { title: "spent on rewards", unit: "money" },
  breakage: { title: "granted and never spent", unit: "share" },
  claimsPeak: { title: "claims in the busiest second", unit: "perSecond" },
  ordersPeak: { title: "orders in the busiest second", unit: "perSecond" },
  merchants: { title: "shops needed in the busiest hour", unit: "count" },
  couriers: { title: "couriers needed in the busiest hour", unit: "count" },
  callsPeak: { title: "model calls in the busiest second", unit: "perSecond" },
  calls: { title: "model calls", unit: "count" },
  callCost: { title: "cost of model calls", unit: "money" },
  displaced: { title: "margin of own orders displaced", unit: "money" },
  cost: { title: "cost in all", unit: "money" },
  active30: { title: "active 30 days later, whoever brought them", unit: "users" },
  kept: { title: "kept because of the campaign", unit: "users" },
  rewardEffect: { title: "what a reward adds to D30 of those who came", unit: "share" },
  emptyHanded: { title: "D30 of those who came and got nothing", unit: "share" },
  costPerKept: { title: "cost of a kept user", unit: "money" },
  naiveCostPerKept: { title: "cost of a user active 30 days later", unit: "money" },
  lifetimeValue: { title: "contribution of a kept user", unit: "money" },
  net12: { title: "net after 12 months", unit: "money" },
  net: { title: "net at the horizon", unit: "money" },
  roi12: { title: "return after 12 months", unit: "share" },
  roi: { title: "return at the horizon", unit: "share" },
  payback: { title: "month that pays back", unit: "months" },
  marginNeeded: { title: "margin a month that pays back", unit: "money" },
  retentionNeeded: { title: "D30 retention that pays back", unit: "share" },
};

export const OUTPUT_IDS: readonly OutputId[] = Object.keys(OUTPUTS) as OutputId[];

/** One campaign's numbers; reused from draw to draw. */
export interface CampaignOutputs extends OutputNumbers {
  /** Days from the start of each wave until its money was gone; Infinity if it never was. */
  readonly runOutDays: Float64Array;
  readonly grantedOfWave: Float64Array;
  readonly spentOfWave: Float64Array;
  readonly keptOfWave: Float64Array;
  /** Who comes in the wave, invited or not, and who of them gets its first offer. */
  readonly peopleOfWave: Float64Array;
  readonly rewardedOfWave: Float64Array;
  /** Of them, whom the campaign brought and who have nothing. */
  readonly emptyOfWave: Float64Array;
  /** Who comes, by wave and day of the campaign; made when it is read. */
  readonly comersOfDay: readonly Float64Array[];
  /** By month since the start. */
  readonly grantedOfMonth: Float64Array;
  readonly spentOfMonth: Float64Array;
  /** Calls, fees and marketing; and the margin of own orders displaced. */
  readonly otherCostOfMonth: Float64Array;
  readonly displacedOfMonth: Float64Array;
  /** Kept users still active at the end of each month. */
  readonly activeOfMonth: Float64Array;
  /** Discounted contribution less cost, cumulated. */
  readonly netOfMonth: Float64Array;
  /** The same by wave, and the whole cost and the kept by how people came (ORIGINS). */
  readonly otherCostOfWave: Float64Array;
  readonly displacedOfWave: Float64Array;
  readonly costOfOrigin: Float64Array;
  readonly keptOfOrigin: Float64Array;
  /** Money spent by the end of each step of the campaign's grid. */
  readonly spentByStep: Float64Array;
  /** Money spent, and orders, by the end of each hour; made when it is read. */
  readonly spentByHour: Float64Array;
  readonly ordersByHour: Float64Array;
}
