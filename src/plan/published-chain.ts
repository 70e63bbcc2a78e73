// The plan's arithmetic on published figures, as uncertain numbers: burn of the budget, load, cost
// per additional and per kept user, and what must hold for payback. Kept apart from the summary, so
// that value/ can go on with the same draws.
import { certain, combine, type Uncertain } from "../stats/draws.ts";
import { drawPrior } from "./prior.ts";
import type { Published } from "./published.ts";

export interface ChainOptions {
  readonly seed: string | number;
  /** How often every assumption is drawn; default 4,000. */
  readonly draws?: number;
}

/** People over whom the cost is spread. Grade F: before and after, nobody held out. */
export interface Base {
  readonly id: "additional" | "tried";
  readonly title: string;
  /** Millions of users. */
  readonly users: Uncertain;
  /** Yuan each. */
  readonly costPerUser: Uncertain;
  readonly kept: readonly KeptUsers[];
}

export interface KeptUsers {
  readonly id: string;
  readonly title: string;
  /** D30 retention, 0..1. */
  readonly retention: Uncertain;
  /** Millions of users. */
  readonly users: Uncertain;
  /** Yuan each. */
  readonly costPerUser: Uncertain;
  /** Contribution in yuan, per kept user and month, that pays the cost back in 12 months. */
  readonly breakEvenPerMonth: Uncertain;
  /** Contribution of 12 months less the cost, million yuan, at the assumed margin. */
  readonly netAfterYear: Uncertain;
}

export interface PublishedChain {
  readonly draws: number;
  readonly seed: string | number;
  /** Million yuan. */
  readonly budget: Uncertain;
  readonly spend: Uncertain;
  readonly burn: {
    /** Million orders that the budget pays for. */
    readonly ordersInBudget: Uncertain;
    readonly daysAtFirstHours: Uncertain;
    readonly daysAtFirstDays: Uncertain;
    /** Orders a second. */
    readonly rateFirstHours: Uncertain;
    readonly rateFirstDays: Uncertain;
    readonly ratePeak: Uncertain;
    /** App openings a second in the first minute of the first wave. */
    readonly openingsPeak: Uncertain;
  };
  readonly bases: readonly Base[];
  /** Yuan a kept user and month, as assumed. */
  readonly marginPerMonth: Uncertain;
  /** Months that a kept user of 12 counts for, after those who leave. */
  readonly effectiveMonths: Uncertain;
}

export function publishedChain(published: Published, options: ChainOptions): PublishedChain {
  const draws = options.draws ?? 4_000;
  const known = (id: string, unit: string): Uncertain => certain(published.value(id, unit), draws);
  const prior = (id: string, unit: string): Uncertain =>
    drawPrior(id, published.assumption(id, unit), options.seed, draws);

  const budget = known("budget", "million CNY");
  const spend = combine((b, f) => b * f, budget, prior("spendFactor", "ratio"));
  const marginPerMonth = prior("marginPerMonth", "CNY");
  const effectiveMonths = combine(monthsCounted, prior("monthlySurvival", "ratio"));

  const panel = prior("panelFactor", "ratio");
  const cameAnyway = prior("cameAnywayShare", "ratio");
  const before = known("dailyUsersBefore", "million users");
  const peak = known("dailyUsersPeak", "million users");
  const tried = known("usersTried", "million users");
  const additional = combine(
    (p, b, f, a) => (p - b) * f * (1 - a),
    peak,
    before,
    panel,
    cameAnyway,
  );
  const triedNew = combine((t, f, a) => t * f * (1 - a), tried, panel, cameAnyway);

  const error = prior("retentionFactor", "ratio");
  const shrink = (retention: Uncertain): Uncertain =>
    combine((r, f) => Math.min(1, r * f), retention, error);
  const retentions = [
    { id: "low", title: "at worst", retention: prior("retentionLow", "ratio") },
    { id: "industry", title: "industry", retention: shrink(known("retentionD30", "ratio")) },
    { id: "own", title: "Qwen 2025", retention: shrink(known("retentionD30Qwen", "ratio")) },
  ];
  const baseOf = (id: Base["id"], title: string, users: Uncertain): Base => ({
    id,
    title,
    users,
    costPerUser: combine((s, u) => s / u, spend, users),
    kept: retentions.map((case_) =>
      keptUsers(case_, users, spend, marginPerMonth, effectiveMonths),
    ),
  });
  return {
    draws,
    seed: options.seed,
    budget,
    spend,
    burn: burnOf(published, known, prior, budget),
    bases: [
      baseOf("additional", "additional daily users on the peak day", additional),
      baseOf("tried", "people who tried it", triedNew),
    ],
    marginPerMonth,
    effectiveMonths,
  };
}

type Source = (id: string, unit: string) => Uncertain;

function burnOf(
  published: Published,
  known: Source,
  prior: Source,
  budget: Uncertain,
): PublishedChain["burn"] {
  const subsidy = prior("subsidyPerOrder", "CNY");
  const ordersFirst = known("ordersFirstHours", "million orders");
  const ordersDays = prior("ordersFirstDays", "million orders");
  const hours = published.value("firstHours", "hours");
  const days = published.value("firstDays", "days");
  const ordersInBudget = combine((b, s) => b / s, budget, subsidy);
  const rateFirstHours = combine((o) => (o * 1e6) / (hours * 3_600), ordersFirst);
  const day0 = known("dailyUsersDay0", "million users");
  return {
    ordersInBudget,
    daysAtFirstHours: combine((n, o) => (n / o) * (hours / 24), ordersInBudget, ordersFirst),
    daysAtFirstDays: combine((n, o) => (n / o) * days, ordersInBudget, ordersDays),
    rateFirstHours,
    rateFirstDays: combine((o) => (o * 1e6) / (days * 86_400), ordersDays),
    ratePeak: combine((r, f) => r * f, rateFirstHours, prior("orderPeakFactor", "ratio")),
    openingsPeak: combine(
      (users, share) => (users * 1e6 * share) / 60,
      day0,
      prior("openingMinuteShare", "ratio"),
    ),
  };
}

function keptUsers(
  from: { readonly id: string; readonly title: string; readonly retention: Uncertain },
  users: Uncertain,
  spend: Uncertain,
  margin: Uncertain,
  months: Uncertain,
): KeptUsers {
  const kept = combine((u, r) => u * r, users, from.retention);
  return {
    ...from,
    users: kept,
    costPerUser: combine((s, k) => s / k, spend, kept),
    breakEvenPerMonth: combine((s, k, m) => s / (k * m), spend, kept, months),
    netAfterYear: combine((k, g, m, s) => k * g * m - s, kept, margin, months, spend),
  };
}

/** Month 1 counts whole; of each later month only who is still there. 12 if nobody leaves. */
function monthsCounted(survival: number): number {
  let months = 0;
  for (let month = 0; month < 12; month++) months += survival ** month;
  return months;
}
