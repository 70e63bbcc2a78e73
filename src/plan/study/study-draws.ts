// What a plan hands on to the company's figures: its first draws, month by month.
import { combine, drawQuantile, type Uncertain } from "../../stats/draws.ts";
import type {
  CampaignDraws,
  CohortDraws,
  InputDraws,
  UnsourcedAssumption,
} from "../campaign-draws.ts";
import { ORIGINS } from "../model/cohort-money.ts";
import { HOURS_OF_DAY } from "../model/grid.ts";
import { setOf } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { threeFigures } from "./study-words.ts";
import { drawnInputs } from "./tornado.ts";

/**
 * A plan is no evidence: grade F.
 * @param starts the local day on which the campaign begins, as 2026-02-06
 */
export function planDraws(plan: PlanFile, sample: CampaignSample, starts: string): CampaignDraws {
  const months = Array.from({ length: plan.months }, (_, month) => month);
  const monthly = (id: string): Uncertain[] =>
    months.map((month) => sample.uncertain(`${id}.month.${month}`));
  const set = setOf(sample.job);
  const drawn = drawnInputs(sample);
  const assumed = (id: string): Uncertain => {
    const at = set.ordinal(id);
    return { point: set.points[at]!, draws: drawn[at]! };
  };
  const inputs = set.list.flatMap(({ id, source, distribution }, at): InputDraws[] =>
    distribution.kind === "fixed" ? [] : [{ id, title: id, source, draws: drawn[at]! }],
  );
  const activeByMonth = monthly("active");
  return {
    title: plan.title,
    currency: plan.terms.currency,
    starts,
    grade: "F",
    count: sample.rowCount,
    granted: monthly("granted"),
    redeemed: monthly("spent"),
    otherCost: monthly("otherCost"),
    cannibalised: monthly("displaced"),
    kept: sample.uncertain("kept"),
    activeByMonth,
    marginPerMonth: assumed("margin"),
    discount: assumed("discount"),
    monthDays: DAYS_OF_MONTH,
    redeemedByDay: redeemedByDay(sample),
    cohorts: [...waveCohorts(sample, activeByMonth), ...originCohorts(sample, activeByMonth)],
    inputs,
    assumptions: unsourced(plan, assumed),
  };
}

const DAYS_OF_MONTH = 30;

function waveCohorts(sample: CampaignSample, active: readonly Uncertain[]): CohortDraws[] {
  return sample.job.terms.waves.map(({ id }) => {
    const of = (name: string): Uncertain => sample.uncertain(`${name}.wave.${id}`);
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

function originCohorts(sample: CampaignSample, active: readonly Uncertain[]): CohortDraws[] {
  return ORIGINS.map((origin) => {
    const of = (name: string): Uncertain => sample.uncertain(`${name}.origin.${origin}`);
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
function redeemedByDay({ hours, job }: CampaignSample): number[] {
  const width = job.terms.hourWeights.length;
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
function unsourced(
  { assumptions }: PlanFile,
  drawn: (id: string) => Uncertain,
): UnsourcedAssumption[] {
  const listed = assumptions
    .filter(({ origin }) => origin === "assumption")
    .map(({ id, unit, why }) => {
      const { point, draws } = drawn(id);
      const [low, high] = [drawQuantile(draws, 0.05), drawQuantile(draws, 0.95)];
      const range = low === high ? "" : ` (${inUnit(low, unit)} to ${inUnit(high, unit)})`;
      const of = unit === "share" ? "" : ` ${unit}`;
      const says = `${id} ${inUnit(point, unit)}${of}${range}`;
      return { id, says: why === null ? says : `${says}: ${why}` };
    });
  const left = assumptions.filter(({ origin }) => origin === "default");
  if (left.length === 0) return listed;
  const names = left.map(({ id, point, unit }) => `${id} ${inUnit(point, unit)}`);
  return [...listed, { id: "defaults", says: `not stated by the plan: ${names.join(", ")}` }];
}

function inUnit(value: number, unit: string): string {
  return unit === "share" ? `${threeFigures(100 * value)} %` : threeFigures(value);
}
