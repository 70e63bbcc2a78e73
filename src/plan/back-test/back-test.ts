// A back-test: what a plan said before its campaign, against what was published later. The plan is
// taken as it stands; nothing is fitted, and what it did not foresee is said.

import { JudgedDraws } from "../judge/judged-draws.ts";
import { jobOf } from "../judge/judgement.ts";
import { titleOfNumber, unitOfNumber } from "../judge/plan-number.ts";
import type { JudgeQuestion } from "../judge/question.ts";
import { type DrawJudged, tasksOf } from "../judge/refine.ts";
import { logError, publishedAtMost } from "../judge/source-error.ts";
import { factorOf } from "../judge/variants.ts";
import { rangeOf, WeightedDraws, type WeightedRange } from "../judge/weights.ts";
import type { OutputUnit } from "../model/outputs.ts";
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";

export interface BackTest {
  readonly title: string;
  /** The title of the plan that is tested. */
  readonly plan: string;
  readonly currency: string;
  readonly seed: string;
  readonly draws: number;
  readonly level: number;
  /** What the plan knew when it was made, in the words of the file; null: it does not say. */
  readonly knew: string | null;
  readonly rows: readonly BackTestRow[];
  /** Rows of published figures: what only stands in for one is shown, and not counted. */
  readonly counted: number;
  /** Intervals of those in which the figure lies; and with the source's error added. */
  readonly held: number;
  readonly heldWithError: number;
  readonly sources: readonly BackTestSource[];
}

export interface BackTestSource {
  readonly id: string;
  /** How far it may be off, in the words of the file. */
  readonly why: string;
  /** Its figures that count, and how many lie within the plan's intervals. */
  readonly counted: number;
  readonly held: number;
}

export interface BackTestRow {
  readonly id: string;
  readonly title: string;
  readonly unit: OutputUnit;
  readonly source: string;
  /** The plan's central interval, its least and its greatest draw. */
  readonly planned: WeightedRange;
  readonly least: number;
  readonly greatest: number;
  readonly published: number;
  readonly where: string;
  readonly date: string;
  readonly held: boolean;
  /** Share of the draws that lie below the figure. */
  readonly rank: number;
  /** The same for what the source would publish of each draw, its stated errors included. */
  readonly heldWithError: boolean;
  readonly rankWithError: number;
  /** Of a figure that only stands in for the number: why. */
  readonly standsIn: string | null;
}

/** @param draw called once, for all draws of the plan */
export async function backTest(
  question: JudgeQuestion,
  draws: number,
  draw: DrawJudged,
): Promise<BackTest> {
  const { plan } = question;
  const job = jobOf({ ...question, spendable: asAnnounced(question) });
  const drawn = new JudgedDraws(job);
  drawn.add(null, await draw(tasksOf(job, null, 0, draws)));
  const rows = question.readings.flatMap((reading, at): BackTestRow[] =>
    reading.as === "atMost" ? [] : [rowOf(question, drawn, at)],
  );
  const counted = rows.filter(({ standsIn }) => standsIn === null);
  return {
    title: question.title,
    plan: plan.title,
    currency: plan.terms.currency,
    seed: question.seed,
    draws,
    level: PLAN_LEVEL,
    knew: question.knew,
    rows,
    counted: counted.length,
    held: counted.filter(({ held }) => held).length,
    heldWithError: counted.filter(({ heldWithError }) => heldWithError).length,
    sources: question.sources.flatMap(({ id, why }) => {
      const own = counted.filter(({ source }) => source === id);
      const held = own.filter((row) => row.held).length;
      return own.length === 0 ? [] : [{ id, why, counted: own.length, held }];
    }),
  };
}

/** The plan knew of its budget only. */
function asAnnounced({ spendable }: JudgeQuestion): JudgeQuestion["spendable"] {
  return { ...spendable, point: 1, distribution: { kind: "fixed", value: 1 } };
}

function rowOf(question: JudgeQuestion, drawn: JudgedDraws, at: number): BackTestRow {
  const { number, published, where, date, error, source, id, as, why } = question.readings[at]!;
  const values = drawn.column((draw) => drawn.number(draw, at));
  const count = values.length;
  const sorted = new WeightedDraws(values, new Float64Array(count).fill(1 / count));
  const planned = rangeOf(sorted, PLAN_LEVEL);
  const factor = factorOf(question, source);
  const said = { published, error: logError(error) };
  let [below, belowWithError] = [0, 0];
  for (const value of values) {
    if (value < published) below += 1;
    belowWithError += publishedAtMost(factor, said, value);
  }
  const rankWithError = belowWithError / count;
  const tail = (1 - PLAN_LEVEL) / 2;
  return {
    ...{ id, title: titleOfNumber(number, drawn.job.terms), unit: unitOfNumber(number) },
    ...{ source, planned, least: sorted.quantile(0), greatest: sorted.quantile(1) },
    ...{ published, where, date, standsIn: as === "check" ? why : null },
    held: planned.lower <= published && published <= planned.upper,
    rank: below / count,
    heldWithError: rankWithError >= tail && rankWithError <= 1 - tail,
    rankWithError,
  };
}
