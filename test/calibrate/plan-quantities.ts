// The numbers in which plans are held against plays: what a plan calls each, how a play counts it,
// and what is promised of it.

import type { Rule } from "./bounds.ts";
import { AT_LEAST, CONTROL, COVERS } from "./experiment.ts";
import type { Played } from "./plan-books.ts";
import type { PlannedMoney } from "./plan-crowd.ts";

/** Of the intervals that a plan prints. */
export const LEVEL = 0.9;

/** A model is never exact: what 500 campaigns allow it has to keep in any number of them. */
const MODEL = { chance: LEVEL, fullAt: 500 } as const;
const HOLDS: Rule = { ...COVERS, ...MODEL };
const HOLDS_OFTENER: Rule = { ...AT_LEAST, ...MODEL };
export const MISSES: Rule = { ...CONTROL, ...MODEL };

const SECONDS_OF_HOUR = 3600;

/** What can be asked of a play. */
export type Asked =
  | "grants"
  | "granted"
  | "spent"
  | "spentOfCards"
  | "spentOfEnvelopes"
  | "orders"
  | "rewarded"
  | "peak"
  | "runOutOfCards"
  | "runOutOfEnvelopes"
  | "active"
  | "kept"
  | "costOfKept"
  | "net"
  | "payback";

/** A number of the plan, and the same of a play. */
export interface Quantity {
  readonly title: string;
  /** The plan's column. */
  readonly column: string;
  readonly of: (played: Played, worth: Worth) => number;
  readonly rule: Rule;
  /** Whole numbers, which the quantiles of a plan come near to. */
  readonly isWhole?: boolean;
}

/** Of a kept user, what is left by the end of each month: both sides take it from the curve. */
export interface Worth extends PlannedMoney {
  readonly stays: readonly number[];
}

const QUANTITIES: Readonly<Record<Asked, Quantity>> = {
  grants: {
    ...{ title: "grants", column: "grants", rule: HOLDS },
    of: ({ grants }) => grants,
  },
  granted: {
    ...{ title: "money granted", column: "granted", rule: HOLDS },
    of: ({ granted }) => granted,
  },
  spent: {
    ...{ title: "money spent", column: "spent", rule: HOLDS },
    of: ({ spent }) => spent,
  },
  spentOfCards: {
    // The crowd has its arrivals of a day by number, a plan by chance.
    ...{ title: "money spent, first wave", column: "spent.wave.cards", rule: HOLDS_OFTENER },
    of: ({ spentOfWave }) => spentOfWave[0]!,
  },
  spentOfEnvelopes: {
    ...{ title: "money spent, second wave", column: "spent.wave.envelopes", rule: HOLDS },
    of: ({ spentOfWave }) => spentOfWave[1]!,
  },
  orders: {
    ...{ title: "orders", column: "orders", rule: HOLDS },
    of: ({ orders }) => orders,
  },
  rewarded: {
    ...{ title: "people rewarded", column: "rewarded", rule: HOLDS },
    of: ({ rewarded }) => rewarded,
  },
  peak: {
    ...{ title: "requests in the busiest hour", column: "claimsPeak", rule: HOLDS },
    of: ({ claimsOfBusiestHour }) => claimsOfBusiestHour / SECONDS_OF_HOUR,
  },
  runOutOfCards: {
    ...{ title: "when the first wave's money is gone", column: "runOut.wave.cards", rule: HOLDS },
    of: ({ runOutDays }) => runOutDays[0]!,
  },
  runOutOfEnvelopes: {
    title: "when the second wave's money is gone",
    ...{ column: "runOut.wave.envelopes", rule: HOLDS },
    of: ({ runOutDays }) => runOutDays[1]!,
  },
  active: {
    ...{ title: "active on D30", column: "active30", rule: HOLDS },
    of: ({ active30 }) => active30,
  },
  kept: {
    ...{ title: "kept because of the campaign", column: "kept", rule: HOLDS },
    of: ({ kept }) => kept,
  },
  costOfKept: {
    ...{ title: "cost of a kept user", column: "costPerKept", rule: HOLDS },
    of: costOfKept,
  },
  net: { title: "net after two years", column: "net", rule: HOLDS, of: netOf },
  payback: {
    // Whole months are held more often than a level says.
    ...{ title: "month that pays back", column: "payback", rule: HOLDS_OFTENER, isWhole: true },
    of: paybackOf,
  },
};

export function quantityOf(id: Asked): Quantity {
  return QUANTITIES[id];
}

function costOf({ spent }: Played, { marketing }: Worth): number {
  return spent + marketing;
}

function costOfKept(played: Played, worth: Worth): number {
  return played.kept > 0 ? costOf(played, worth) / played.kept : Number.POSITIVE_INFINITY;
}

function netOf(played: Played, worth: Worth): number {
  const months = worth.stays.reduce((sum, stay) => sum + stay, 0);
  return played.kept * worth.margin * months - costOf(played, worth);
}

function paybackOf(played: Played, worth: Worth): number {
  let net = -costOf(played, worth);
  for (const [month, stay] of worth.stays.entries()) {
    net += played.kept * worth.margin * stay;
    if (net >= 0) return month + 1;
  }
  return Number.POSITIVE_INFINITY;
}
