// What a plan hands on to the company's figures: its first draws, month by month.
import { assert } from "../../base/assert.ts";
import { combine, drawQuantile, type Uncertain } from "../../stats/draws.ts";
import type { Assumption } from "../assumptions/index.ts";
import type {
  CampaignDraws,
  CohortDraws,
  InputDraws,
  UnsourcedAssumption,
} from "../campaign-draws.ts";
import { ORIGINS } from "../model/cohort-money.ts";
import { HOURS_OF_DAY } from "../model/grid.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { setOf } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { assumptionTitle } from "./assumption-title.ts";
import { threeFigures } from "./study-words.ts";
import { drawnInputs } from "./tornado.ts";

/** Campaigns as they were drawn, wherever the draws are from. */
export interface DrawnCampaigns {
  readonly terms: HourlyTerms;
  readonly count: number;
  /** What was drawn, chance among it. */
  readonly inputs: readonly DrawnInput[];
  /** Money spent by the end of each hour, of the first draws. */
  readonly hours: Float64Array;
  /** A number of a row, by the id of its column. */
  uncertain(id: string): Uncertain;
}

export interface DrawnInput extends Uncertain {
  readonly assumption: Assumption;
}

/**
 * A plan is no evidence: grade F.
 * @param starts the local day on which the campaign begins, as 2026-02-06
 */
export function planDraws(plan: PlanFile, sample: CampaignSample, starts: string): CampaignDraws {
  const { list, points } = setOf(sample.job);
  const drawn = drawnInputs(sample);
  const inputs = list.map((assumption, at): DrawnInput => {
    return { assumption, point: points[at]!, draws: drawn[at]! };
  });
  return handOver(plan, starts, {
    ...{ terms: sample.job.terms, count: sample.rowCount, inputs, hours: sample.hours },
    uncertain: (id) => sample.uncertain(id),
  });
}

export function handOver(plan: PlanFile, starts: string, drawn: DrawnCampaigns): CampaignDraws {
  const months = Array.from({ length: plan.months }, (_, month) => month);
  const monthly = (id: string): Uncertain[] =>
    months.map((month) => drawn.uncertain(`${id}.month.${month}`));
  const input = (id: string): Uncertain => {
    const found = drawn.inputs.find(({ assumption }) => assumption.id === id);
    assert(found !== undefined, `expected ${id} among the assumptions`);
    return { point: found.point, draws: found.draws };
  };
  const activeByMonth = monthly("active");
  return {
    ...{ title: plan.title, currency: plan.terms.currency, starts, grade: "F" as const },
    count: drawn.count,
    granted: monthly("granted"),
    redeemed: monthly("spent"),
    otherCost: monthly("otherCost"),
    cannibalised: monthly("displaced"),
    kept: drawn.uncertain("kept"),
    activeByMonth,
    marginPerMonth: input("margin"),
    discount: input("discount"),
    monthDays: DAYS_OF_MONTH,
    redeemedByDay: redeemedByDay(drawn),
    cohorts: [...waveCohorts(drawn, activeByMonth), ...originCohorts(drawn, activeByMonth)],
    inputs: drawn.inputs.flatMap(({ assumption, draws }): InputDraws[] => {
      const { id, source, distribution } = assumption;
      return distribution.kind === "fixed"
        ? []
        : [{ id, title: assumptionTitle(id), source, draws }];
    }),
    assumptions: unsourced(drawn.inputs),
  };
}

const DAYS_OF_MONTH = 30;

function waveCohorts(drawn: DrawnCampaigns, active: readonly Uncertain[]): CohortDraws[] {
  return drawn.terms.waves.map(({ id }) => {
    const of = (name: string): Uncertain => drawn.uncertain(`${name}.wave.${id}`);
    const parts = [of("spent"), of("otherCost"), of("displaced")];
    const cost = combine((spent, other, lost) => spent + other + lost, ...parts);
    return cohort({ by: "wave", id: `wave.${id}`, title: id, cost, kept: of("kept") }, active);
  });
}

const ORIGIN_TITLES = {
  own: "by themselves",
  invited: "by an invite",
  existing: "users of before",
} as const;

function originCohorts(drawn: DrawnCampaigns, active: readonly Uncertain[]): CohortDraws[] {
  return ORIGINS.map((origin) => {
    const of = (name: string): Uncertain => drawn.uncertain(`${name}.origin.${origin}`);
    const head = { by: "how they came", id: `origin.${origin}`, title: ORIGIN_TITLES[origin] };
    return cohort({ ...head, cost: of("cost"), kept: of("kept") }, active);
  });
}

/** All kept users leave alike, so a cohort's part of them is the same in every month. */
function cohort(
  own: Omit<CohortDraws, "activeByMonth">,
  active: readonly Uncertain[],
): CohortDraws {
  // The first month ends on the day on which users are counted as kept.
  const first = active[0]!;
  const stay = (month: Uncertain): Uncertain =>
    combine((kept, now, all) => (all === 0 ? 0 : (kept * now) / all), own.kept, month, first);
  return { ...own, activeByMonth: active.map(stay) };
}

/** The mean of the draws of which every hour is kept. */
function redeemedByDay({ hours, terms }: DrawnCampaigns): number[] {
  const width = terms.hourWeights.length;
  const days = Array.from({ length: Math.ceil(width / HOURS_OF_DAY) }, (_, day) => {
    const at = Math.min(width, (day + 1) * HOURS_OF_DAY) - 1;
    let sum = 0;
    for (let from = 0; from < hours.length; from += width) sum += hours[from + at]!;
    return sum;
  });
  const all = days.at(-1) ?? 0;
  return all > 0 ? days.map((sum) => sum / all) : [];
}

/** With the range in which nine of ten draws lie. */
function unsourced(inputs: readonly DrawnInput[]): UnsourcedAssumption[] {
  const listed = inputs
    .filter(({ assumption }) => assumption.origin === "assumption")
    .map(({ assumption: { id, unit, why }, point, draws }) => {
      const [low, high] = [drawQuantile(draws, 0.05), drawQuantile(draws, 0.95)];
      const range = low === high ? "" : ` (${inUnit(low, unit)} to ${inUnit(high, unit)})`;
      const of = unit === "share" || unit === "ratio" ? "" : ` ${unit}`;
      const says = `${assumptionTitle(id)}, ${inUnit(point, unit)}${of}${range}`;
      return { id, says: why === null ? says : `${says}: ${why}` };
    });
  const left = inputs.filter(({ assumption }) => assumption.origin === "default");
  if (left.length === 0) return listed;
  const names = left.map(
    ({ assumption: { id, unit }, point }) => `${assumptionTitle(id)}, ${inUnit(point, unit)}`,
  );
  const says = `${names.length} that the plan leaves at their defaults: ${names.join("; ")}`;
  return [...listed, { id: "defaults", says }];
}

function inUnit(value: number, unit: string): string {
  return unit === "share" ? `${threeFigures(100 * value)} %` : threeFigures(value);
}
