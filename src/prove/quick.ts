// From any experiment's plain table to a verdict, in one question.
import { basename } from "node:path";
import { HongbaoError } from "../base/error.ts";
import { quoteName } from "./columns.ts";
import { digitsOf } from "./metric-digits.ts";
import {
  loadPlainTable,
  type PlainOutcome,
  type PlainTable,
  type PlainTableQuestion,
} from "./plain-table.ts";
import { type ReducedArm, reduceMoments } from "./reduce-moments.ts";
import { fileProblem } from "./source-file.ts";
import type { Metric, Study, StudyArm } from "./study.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { type WarehouseOptions, withWarehouse } from "./warehouse.ts";
import type { WorthQuestion } from "./worth.ts";

export interface QuickQuestion extends PlainTableQuestion {
  /** Planned share of each arm; absent: equal shares, and the verdict says that it assumed them. */
  readonly shares?: ReadonlyMap<string, number>;
  /** What the effect on the first outcome is worth. */
  readonly worth?: WorthQuestion;
  /** A share must be off by more than this part of itself before it can raise an alarm. */
  readonly practicalDeviation?: number;
  /** False where no chance assigned the arms: the grade is F then. */
  readonly isRandomised?: boolean;
  readonly level?: number;
  readonly warehouse?: WarehouseOptions;
}

/** How far the sum of shares may be from 1: thirds are given as .333. */
const SHARES_OFF = 0.005;

/** Throws `invalid_file` where the table cannot be read as an experiment. */
export async function proveQuick(question: QuickQuestion): Promise<Verdict> {
  return await withWarehouse(question.warehouse ?? {}, async (warehouse) => {
    const plain = await loadPlainTable(warehouse, question);
    const weights = weightsOf(plain, question);
    const reduced = await reduceMoments(warehouse, {
      table: plain.table,
      arm: "arm",
      values: plain.outcomes.map(({ id, column }) => ({
        ...{ id, sql: quoteName(column) },
        ...(plain.before === null ? {} : { before: quoteName(plain.before) }),
      })),
      claimed: null,
    });
    const study = studyOf(question, plain, weights, reduced);
    const { practicalDeviation, worth } = question;
    const outcomes = plain.outcomes.map(({ id }) => id).join(", ");
    const assumed = question.shares === undefined ? [assumedShares(plain)] : [];
    return verdictOf(
      {
        title: `${basename(question.file)}: ${outcomes} by arm`,
        studies: [study],
        notes: [...plain.notes, ...assumed],
        ...(practicalDeviation === undefined ? {} : { practicalDeviation }),
        ...(worth === undefined ? {} : { worth }),
      },
      question.level,
    );
  });
}

function assumedShares({ arms }: PlainTable): string {
  return `equal shares of the ${arms.length} arms are assumed; --shares says others`;
}

function weightsOf(
  { arms }: PlainTable,
  { file, shares }: QuickQuestion,
): ReadonlyMap<string, number> {
  if (shares === undefined) return new Map(arms.map((arm) => [arm, 1]));
  for (const arm of shares.keys()) {
    if (arms.includes(arm)) continue;
    throw fileProblem(file, "", `no row with the arm "${arm}", for which --shares has a share`);
  }
  const without = arms.find((arm) => !shares.has(arm));
  if (without !== undefined) {
    throw badShares(`expected a share of the arm "${without}", too`);
  }
  const sum = [...shares.values()].reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > SHARES_OFF) {
    throw badShares(`expected shares that add up to 1, found ${Number(sum.toFixed(6))}`);
  }
  return shares;
}

function badShares(problem: string): HongbaoError {
  return new HongbaoError({ code: "invalid_usage", message: `--shares: ${problem}` });
}

function studyOf(
  question: QuickQuestion,
  plain: PlainTable,
  weights: ReadonlyMap<string, number>,
  reduced: ReadonlyMap<string, ReducedArm>,
): Study {
  const [control, ...treatments] = plain.arms.map((arm): StudyArm => {
    return { id: arm, weight: weights.get(arm)!, ...reduced.get(arm)! };
  });
  return {
    title: `Effects against "${question.control}"`,
    estimand: "being assigned",
    randomised: question.isRandomised ?? true,
    ownAllocator: false,
    areWeightsAssumed: question.shares === undefined,
    metrics: plain.outcomes.map((outcome) => metricOf(outcome, control!)),
    control: control!,
    treatments,
    ...(question.before === undefined ? {} : { beforeTitle: question.before }),
    source: question.file,
  };
}

function metricOf({ id, isShare }: PlainOutcome, control: StudyArm): Metric {
  const metric = { id, title: id, unit: "" };
  if (isShare) return { ...metric, kind: "share", digits: 2 };
  return { ...metric, kind: "mean", digits: digitsOf(control.outcomes[id]) };
}
