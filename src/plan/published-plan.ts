// What the published figures alone say before a cent is spent, as one object of numbers with
// intervals, sources and assumptions. Before and after, with nobody held out: evidence of grade F.
import { combine, type DrawInterval, drawInterval, drawShare } from "../stats/draws.ts";
import type { Assumption, Figure, Published } from "./published.ts";
import { type ChainOptions, type PublishedChain, publishedChain } from "./published-chain.ts";

export interface PlannedBase {
  readonly id: string;
  readonly title: string;
  /** Millions. */
  readonly users: DrawInterval;
  /** Yuan. */
  readonly costPerUser: DrawInterval;
  readonly kept: readonly PlannedKept[];
  /** D30 retention that pays back in a year at the assumed margin; above 1 nothing does. */
  readonly retentionNeeded: DrawInterval;
}

export interface PlannedKept {
  readonly id: string;
  readonly title: string;
  readonly retention: DrawInterval;
  readonly users: DrawInterval;
  readonly costPerUser: DrawInterval;
  readonly breakEvenPerMonth: DrawInterval;
  /** Share of the draws in which a year's contribution covers the cost. */
  readonly paybackChance: number;
}

export interface PublishedPlan {
  readonly title: string;
  readonly currency: string;
  readonly grade: "F";
  readonly gradeReason: string;
  readonly seed: string | number;
  readonly draws: number;
  /** Million yuan. */
  readonly budget: number;
  readonly card: number;
  readonly burn: Readonly<Record<keyof PublishedChain["burn"], DrawInterval>>;
  readonly bases: readonly PlannedBase[];
  readonly marginPerMonth: DrawInterval;
  readonly figures: readonly (Figure & { readonly id: string })[];
  readonly assumptions: readonly (Assumption & { readonly id: string })[];
}

export function planFromPublished(
  published: Published,
  options: ChainOptions,
  chain: PublishedChain = publishedChain(published, options),
): PublishedPlan {
  const { file } = published;
  return {
    title: file.title,
    currency: file.currency,
    grade: "F",
    gradeReason: "before and after, nobody held out: it coincided with the campaign",
    seed: chain.seed,
    draws: chain.draws,
    budget: chain.budget.point,
    card: published.value("card", "CNY"),
    burn: {
      ordersInBudget: drawInterval(chain.burn.ordersInBudget),
      daysAtFirstHours: drawInterval(chain.burn.daysAtFirstHours),
      daysAtFirstDays: drawInterval(chain.burn.daysAtFirstDays),
      rateFirstHours: drawInterval(chain.burn.rateFirstHours),
      rateFirstDays: drawInterval(chain.burn.rateFirstDays),
      ratePeak: drawInterval(chain.burn.ratePeak),
      openingsPeak: drawInterval(chain.burn.openingsPeak),
    },
    bases: chain.bases.map((base) => ({
      id: base.id,
      title: base.title,
      users: drawInterval(base.users),
      costPerUser: drawInterval(base.costPerUser),
      kept: base.kept.map((kept) => ({
        id: kept.id,
        title: kept.title,
        retention: drawInterval(kept.retention),
        users: drawInterval(kept.users),
        costPerUser: drawInterval(kept.costPerUser),
        breakEvenPerMonth: drawInterval(kept.breakEvenPerMonth),
        paybackChance: drawShare(kept.netAfterYear, (net) => net >= 0),
      })),
      retentionNeeded: drawInterval(
        combine(
          (spend, users, margin, months) => spend / (users * margin * months),
          chain.spend,
          base.users,
          chain.marginPerMonth,
          chain.effectiveMonths,
        ),
      ),
    })),
    marginPerMonth: drawInterval(chain.marginPerMonth),
    figures: named(file.figures),
    assumptions: named(file.assumptions),
  };
}

function named<T>(record: Readonly<Record<string, T>>): (T & { readonly id: string })[] {
  return Object.entries(record).map(([id, entry]) => ({ id, ...entry }));
}
