// A measured verdict as a campaign's draws. Its JSON holds estimates and intervals, not draws:
// these are drawn anew as normal about the estimates, and every step that the JSON does not settle
// is listed as an assumption.
import { randomStream } from "../../base/keystream.ts";
import { contractError } from "../../contract/index.ts";
import type { CampaignDraws, CohortDraws, UnsourcedAssumption } from "../../plan/campaign-draws.ts";
import { certain, combine, type Uncertain } from "../../stats/draws.ts";
import { normalQuantile } from "../../stats/normal.ts";
import { sumOf } from "../draw-sums.ts";
import { carriedOn } from "../kept-users.ts";
import { activeByMonth, MONTH_DAYS } from "./verdict-activity.ts";
import type { EffectSlice, StudySlice, VerdictSlice } from "./verdict-slice.ts";

/** Months that kept users are followed; the verdict's own may be fewer. */
const MONTHS = 24;

export interface VerdictQuestion {
  readonly seed: number;
  readonly count: number;
  readonly starts: string;
  readonly currency: string;
  /** The metric that counts kept users. */
  readonly kept: string;
  readonly scale: number;
  readonly margin: Uncertain | null;
  readonly survival: Uncertain | null;
  readonly discount: Uncertain;
}

/** @param file the verdict's, for what is wrong with it. Throws HongbaoError `invalid_file`. */
export function verdictDraws(
  verdict: VerdictSlice,
  file: string,
  question: VerdictQuestion,
): CampaignDraws {
  const refuse = (message: string): Error => contractError("invalid_file", `${file}: ${message}`);
  const studies = verdict.studies.filter((study) => keptRows(study, question.kept).length > 0);
  if (studies.length === 0) {
    const metrics = [...new Set(verdict.studies.flatMap((s) => s.metrics.map(({ id }) => id)))];
    throw refuse(
      `expected a measured effect on "${question.kept}" (from.kept), found ${metrics.join(", ")}`,
    );
  }
  const parts = studies.flatMap((study) =>
    keptRows(study, question.kept).map((row) => partOf(verdict, study, row, question, refuse)),
  );
  const money = moneyOf(verdict, studies, question, refuse);
  const { count } = question;
  const sum = (each: readonly Uncertain[]): Uncertain => sumOf(each, count);
  const months = Math.max(...parts.map((part) => part.activeByMonth.length));
  const nothing = certain(0, count);
  const first = (amount: Uncertain): Uncertain[] =>
    Array.from({ length: months }, (_, m) => (m === 0 ? amount : nothing));
  return {
    ...{ title: verdict.title, currency: question.currency, starts: question.starts },
    ...{ grade: verdict.grade, count, discount: question.discount },
    granted: first(sum(money.map(({ granted }) => granted))),
    redeemed: first(sum(money.map(({ redeemed }) => redeemed))),
    otherCost: first(sum(money.map(({ other }) => other))),
    cannibalised: first(sum(parts.map(({ lost }) => lost))),
    kept: sum(parts.map(({ kept }) => kept)),
    activeByMonth: Array.from({ length: months }, (_, m) =>
      sum(parts.map((part) => part.activeByMonth[m] ?? nothing)),
    ),
    marginPerMonth: marginOf(studies, question, refuse),
    cohorts: cohortsOf(parts, money, count),
    assumptions: assumptionsOf(verdict, question, parts),
  };
}

type KeptRow = EffectSlice;
type Refuse = (message: string) => Error;

function keptRows({ effects }: StudySlice, kept: string): KeptRow[] {
  return effects.filter(
    ({ metric, population, absolute }) =>
      metric.id === kept && population === "assigned" && absolute !== null,
  );
}

interface Part extends Pick<CohortDraws, "kept" | "activeByMonth"> {
  readonly study: string;
  readonly arm: string;
  readonly lost: Uncertain;
  readonly isWatched: boolean;
}

function partOf(
  verdict: VerdictSlice,
  study: StudySlice,
  row: KeptRow,
  question: VerdictQuestion,
  refuse: Refuse,
): Part {
  const { seed, count, scale, survival } = question;
  const users = (study.arms.find(({ id }) => id === row.arm)?.n ?? 0) * scale;
  const name = `${study.title}/${row.arm}`;
  const luck = standardNormal(seed, `value/verdict/${name}`, count);
  const { estimate, standardError } = row.absolute!;
  const kept = combine((z) => users * (estimate + standardError * z), luck);
  const watched = activeByMonth(study, row.arm, users, luck);
  if (watched === null && survival === null) {
    const which = verdict.studies.length > 1 ? `"${study.title}" ` : "";
    throw refuse(`expected from.survival, since the study ${which}watched less than half a month`);
  }
  const later = (m: number): Uncertain =>
    combine((n, stay) => n * stay ** m, kept, survival ?? certain(1, count));
  return {
    ...{ study: study.title, arm: row.arm, kept, isWatched: watched !== null },
    activeByMonth:
      watched === null
        ? Array.from({ length: MONTHS }, (_, m) => later(m))
        : carriedOn(watched, MONTHS),
    lost: lostOf(study, row.arm, users, question),
  };
}

/** Own margin that the reward displaced, where the verdict measured it. */
function lostOf(
  { cannibalised, title }: StudySlice,
  arm: string,
  users: number,
  { seed, count }: VerdictQuestion,
): Uncertain {
  const row = cannibalised.find((each) => each.arm === arm);
  if (row === undefined) return certain(0, count);
  const deviation = (row.upper - row.lower) / (2 * normalQuantile((1 + row.level) / 2));
  const luck = standardNormal(seed, `value/verdict/${title}/${arm}/lost`, count);
  return combine((z) => users * (row.lost + deviation * z), luck);
}

interface Money {
  readonly study: string;
  readonly arm: string;
  readonly granted: Uncertain;
  readonly redeemed: Uncertain;
  readonly other: Uncertain;
}

/** The journal's money, exact; without a journal what the verdict counts as an arm's cost. */
function moneyOf(
  { money }: VerdictSlice,
  studies: readonly StudySlice[],
  { scale, count, currency }: VerdictQuestion,
  refuse: Refuse,
): Money[] {
  const rows = studies.flatMap((study) =>
    study.arms.slice(1).map(({ id: arm, n }): Money | null => {
      const counted = study.payback?.arms.find((each) => each.arm === arm)?.cost.estimate;
      const stated = study.worth.find((each) => each.arm === arm)?.costPerTreated;
      const each = (counted ?? stated ?? 0) * n * scale;
      const own = money.find((row) => row.study === study.title && row.arm === arm);
      const head = { study: study.title, arm };
      if (own === undefined) {
        if (each <= 0) return null;
        const paid = certain(each, count);
        return { ...head, granted: paid, redeemed: paid, other: certain(0, count) };
      }
      if (own.currency !== currency) {
        throw refuse(`expected money in ${currency}, found ${own.currency}`);
      }
      const major = (minor: number): number => (minor / 10 ** own.decimals) * scale;
      const redeemed = major(own.redeemedMinor - own.reversedMinor);
      return {
        ...head,
        granted: certain(major(own.issuedMinor), count),
        redeemed: certain(redeemed, count),
        other: certain(Math.max(0, each - redeemed), count),
      };
    }),
  );
  const found = rows.filter((row): row is Money => row !== null);
  if (found.length > 0) return found;
  throw refuse("expected what the campaign cost (money, payback or worth), found nothing");
}

function marginOf(
  studies: readonly StudySlice[],
  { margin, count, currency }: VerdictQuestion,
  refuse: Refuse,
): Uncertain {
  if (margin !== null) return margin;
  const payback = studies.find((study) => study.payback !== null)?.payback;
  if (payback === undefined || payback === null) {
    throw refuse("expected from.margin, since the verdict has no payback with one");
  }
  if (payback.currency !== currency) {
    throw refuse(`expected payback in ${currency}, found ${payback.currency}`);
  }
  const { marginPerActivePeriod, periodDays } = payback;
  return certain((marginPerActivePeriod * MONTH_DAYS) / periodDays, count);
}

function cohortsOf(parts: readonly Part[], money: readonly Money[], count: number): CohortDraws[] {
  if (parts.length < 2) return [];
  return parts.map(({ study, arm, kept, activeByMonth: active, lost }) => {
    const own = money.filter((row) => row.study === study && row.arm === arm);
    const cost = sumOf([...own.flatMap(({ redeemed, other }) => [redeemed, other]), lost], count);
    const title = `${study}, ${arm}`;
    return { by: "study", id: title, title, cost, kept, activeByMonth: active };
  });
}

/** Each draw beside its opposite, so that the median of what is measured is what was measured. */
function standardNormal(seed: number, name: string, count: number): Uncertain {
  const stream = randomStream(seed, name);
  const draws = new Float64Array(count);
  for (let i = 0; i < count; i++) draws[i] = i % 2 === 0 ? stream.nextNormal() : -draws[i - 1]!;
  return { point: 0, draws };
}

function assumptionsOf(
  { grade, studies }: VerdictSlice,
  { kept, scale, starts }: VerdictQuestion,
  parts: readonly Part[],
): UnsourcedAssumption[] {
  const says: [id: string, says: string][] = [
    ["draws", `effects on ${kept} are drawn as normal about their estimates, by their errors`],
    ["timing", `everything was granted and redeemed in the month from ${starts} on, evenly`],
  ];
  if (scale !== 1) says.push(["scale", `users and money are ${scale} times the verdict's`]);
  if (studies.length > 1) says.push(["studies", "users of different studies are added up"]);
  if (parts.some(({ isWatched }) => isWatched)) {
    says.push([
      "activity",
      "additional activity of all periods is high or low together with the effect on kept users: " +
        "the verdict states its intervals period by period",
    ]);
    says.push(["churn", "months after the verdict's horizon go on with the churn of its last six"]);
  }
  if (grade !== "A") {
    says.push(["grade", `the evidence is of grade ${grade}: the effects may not be caused`]);
  }
  return says.map(([id, words]) => ({ id, says: words }));
}
