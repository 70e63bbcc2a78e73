// Published figures as a campaign's draws: what a reader without a journal can say. Everything that
// nobody published is zero or assumed, and said so.
import type { CampaignDraws, UnsourcedAssumption } from "../plan/campaign-draws.ts";
import { drawPrior } from "../plan/prior.ts";
import type { Published } from "../plan/published.ts";
import { type Base, publishedChain } from "../plan/published-chain.ts";
import { certain, combine, drawQuantile, type Uncertain } from "../stats/draws.ts";
import { scaled } from "./draw-sums.ts";

export interface PublishedQuestion {
  readonly seed: string | number;
  readonly draws: number;
  /** Over whom retention is read, and which. */
  readonly base: Base["id"];
  readonly retention: "low" | "industry" | "own";
  readonly starts: string;
  readonly discount: Uncertain;
}

const TITLES: Readonly<Record<string, string>> = {
  spendFactor: "spent against the budget",
  panelFactor: "true users against the panel's",
  cameAnywayShare: "share who would have come anyway",
  retentionFactor: "true retention against the published",
  retentionLow: "retention at worst",
  monthlySurvival: "share still active a month later",
  marginPerMonth: "margin a kept user and month",
};

/** Months over which the kept are followed; later ones go on with the same churn. */
const MONTHS = 24;
const MILLION = 1e6;

export function publishedDraws(published: Published, question: PublishedQuestion): CampaignDraws {
  const { seed, draws: count, starts, discount } = question;
  const chain = publishedChain(published, { seed, draws: count });
  const base = chain.bases.find(({ id }) => id === question.base)!;
  const kept = scaled(base.kept.find(({ id }) => id === question.retention)!.users, MILLION);
  const stay = drawPrior(
    "monthlySurvival",
    published.assumption("monthlySurvival", "ratio"),
    seed,
    count,
  );
  // Its stated point is its best case; a median is what half of the draws lie on each side of.
  const survival = { point: drawQuantile(stay.draws, 0.5), draws: stay.draws };
  const spend = scaled(chain.spend, MILLION);
  const nothing = certain(0, count);
  const inFirstMonth = (amount: Uncertain): Uncertain[] =>
    Array.from({ length: MONTHS }, (_, m) => (m === 0 ? amount : nothing));
  return {
    ...{
      title: published.file.title,
      currency: published.file.currency,
      starts,
      grade: "F",
      count,
    },
    granted: inFirstMonth(spend),
    redeemed: inFirstMonth(spend),
    otherCost: inFirstMonth(nothing),
    cannibalised: inFirstMonth(nothing),
    kept,
    activeByMonth: Array.from({ length: MONTHS }, (_, m) =>
      combine((users, s) => users * s ** m, kept, survival),
    ),
    marginPerMonth: chain.marginPerMonth,
    discount,
    assumptions: assumptionsOf(published, base, question.retention, survival.point),
  };
}

function assumptionsOf(
  published: Published,
  base: Base,
  retention: PublishedQuestion["retention"],
  survival: number,
): UnsourcedAssumption[] {
  const used = [
    ...["spendFactor", "panelFactor", "cameAnywayShare"],
    retention === "low" ? "retentionLow" : "retentionFactor",
    ...["monthlySurvival", "marginPerMonth"],
  ];
  const listed = used.map((id) => {
    const { point, range, unit, why } = published.file.assumptions[id]!;
    const [low, high] = range;
    const of = unit === "ratio" ? "" : ` ${unit}`;
    const own = id === "monthlySurvival" ? Number(survival.toFixed(3)) : point;
    return { id, says: `${TITLES[id]} ${own}${of}, from ${low} to ${high}: ${why}` };
  });
  return [
    {
      id: "base",
      says: `kept users are a share of the ${base.title}, all of them because of the campaign`,
    },
    {
      id: "timing",
      says:
        "all that was spent was granted and redeemed in the first month; breakage, calls of " +
        "models, fees and replaced orders were not published and are left at nothing",
    },
    ...listed,
  ];
}
