// From any experiment's plain table to a verdict, in one question: a plan made of its answers.
import { basename } from "node:path";
import { HongbaoError } from "../base/error.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { WorthQuestion } from "../verdict/worth-reading.ts";
import { assumptionsOf } from "./assumptions.ts";
import { quoteName } from "./columns.ts";
import type { Separator } from "./file-kind.ts";
import { MOST_DEVIATION } from "./practical-deviation.ts";
import type {
  Duplicates,
  MeasurementPlan,
  Missing,
  PlanMetric,
  TableSources,
} from "./project/measurement-plan.ts";
import { readUnits } from "./project/read-units.ts";
import { optionText } from "./project/repair-option.ts";
import { buildTableUnits, loadTable } from "./project/table-units.ts";
import { metricColumns, UNITS } from "./project/unit-columns.ts";
import { fileProblem, type SourceTable } from "./source-file.ts";
import { verdictOf } from "./verdict.ts";
import { type Warehouse, type WarehouseOptions, withWarehouse } from "./warehouse.ts";

export interface QuickQuestion {
  /** CSV or Parquet. */
  readonly file: string;
  /** Of a DuckDB file; may be left out where it has one only. */
  readonly table?: string;
  /** Column with the arm, and the value of the held-out arm in it. */
  readonly arm: string;
  readonly control: string;
  /** Columns; one that names none is read as several, parted by commas. */
  readonly outcomes: readonly string[];
  /** Column with a number of the user before the experiment. */
  readonly before?: string;
  /** Column with the user's id, to find users who stand in several rows or arms. */
  readonly user?: string;
  readonly missing?: Missing;
  /** Several rows of a user: needs `user`. */
  readonly duplicates?: Duplicates;
  /** Users in several arms: needs `user`. */
  readonly severalArms?: "refuse" | "drop";
  /** What stands in cells that are empty, such as NA. */
  readonly empty?: readonly string[];
  /** Of a CSV file; default comma. */
  readonly separator?: Separator;
  /** Planned share of each arm; absent: equal shares, and the verdict says that it assumed them. */
  readonly shares?: ReadonlyMap<string, number>;
  /** What the effect on the first outcome is worth. */
  readonly worth?: WorthQuestion;
  /** A share must be off by more than this part of itself before it can raise an alarm. */
  readonly practicalDeviation?: number;
  /**
   * False where no chance assigned the arms: the grade is F then. Absent: it is taken for granted,
   * and the verdict says so.
   */
  readonly isRandomised?: boolean;
  readonly level?: number;
  readonly warehouse?: WarehouseOptions;
}

/** How far the sum of shares may be from 1: thirds are given as .333. */
const SHARES_OFF = 0.005;

/** Throws `invalid_file` where the table cannot be read as an experiment. */
export async function proveQuick(question: QuickQuestion): Promise<Verdict> {
  requireDeviation(question);
  const { file, control, shares, before, practicalDeviation, worth } = question;
  return await withWarehouse(question.warehouse ?? {}, async (warehouse) => {
    const sources = sourcesOf(question);
    const loaded = await loadTable(warehouse, sources, namesIn(question));
    const outcomes = outcomeColumns(loaded, question.outcomes);
    const plan = planOf(question, outcomes);
    const table = await buildTableUnits(warehouse, plan, sources, loaded);
    const weights = weightsOf(table.arms, question);
    const study = await readUnits(warehouse, await withShares(warehouse, plan), {
      title: `Effects against "${control}"`,
      ...{ estimand: "being assigned", where: "true", source: basename(file) },
      ...{ ownAllocator: false, areClaimsKnown: false, areWeightsAssumed: shares === undefined },
      arms: table.arms.map((id) => ({ id, weight: weights.get(id)! })),
    });
    const histories = before === undefined ? [] : [{ metric: outcomes[0]!, title: before }];
    const isChance = question.isRandomised === undefined;
    const taken = { isChance, areShares: plan.isRandomised && shares === undefined };
    return verdictOf(
      {
        title: `${basename(file)}: ${outcomes.join(", ")} by arm`,
        studies: [{ ...study!, repairs: table.repairs, histories, isChanceAssumed: isChance }],
        assumptions: assumptionsOf(taken, "flag"),
        notes: table.notes,
        ...(practicalDeviation === undefined ? {} : { practicalDeviation }),
        ...(worth === undefined ? {} : { worth }),
      },
      question.level,
    );
  });
}

/** A limit that lets any broken randomisation pass is none. */
function requireDeviation({ practicalDeviation: part = 0 }: QuickQuestion): void {
  if (part >= 0 && part <= MOST_DEVIATION) return;
  const expected = `a part from 0 to ${MOST_DEVIATION} (${100 * MOST_DEVIATION} %)`;
  const message = `--deviation: expected ${expected} by which shares may be off, found ${part}`;
  throw new HongbaoError({ code: "invalid_usage", message });
}

function sourcesOf(question: QuickQuestion): TableSources {
  const { file, arm, control, user, missing = "refuse", empty = [] } = question;
  const { duplicates = "refuse", severalArms = "refuse", separator = "comma" } = question;
  for (const [flag, value] of Object.entries({ duplicates, severalArms })) {
    if (value === "refuse" || user !== undefined) continue;
    const needs = "--user: the column that says whose a row is";
    const message = `${optionText("flag", flag, value)} needs ${needs}`;
    throw new HongbaoError({ code: "invalid_usage", message });
  }
  return {
    ...{ kind: "table", file, table: question.table ?? null, arm, control, arms: {}, shares: null },
    ...{ user: user ?? null, claimed: null, cost: null, estimand: "being assigned" },
    ...{ missing, duplicates, severalArms, empty, style: "flag", separator },
  };
}

/** Every name that the question may mean a column by; which ones it does, the header decides. */
function namesIn({ arm, user, before, outcomes }: QuickQuestion): string[] {
  const names = outcomes.flatMap((name) => [name, ...name.split(",").map((part) => part.trim())]);
  return [arm, ...names, ...[user, before].filter((name) => name !== undefined)];
}

function outcomeColumns(source: SourceTable, given: readonly string[]): string[] {
  const names = given.flatMap((name) =>
    source.columns.includes(name) ? [name] : name.split(",").map((part) => part.trim()),
  );
  if (names.includes("")) {
    const message = `--outcome: expected names parted by commas, found "${given.join(" ")}"`;
    throw new HongbaoError({ code: "invalid_usage", message });
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return names;
  throw fileProblem(source.file, "", `the outcome "${twice}" is named twice`);
}

function planOf(
  { before, isRandomised, level }: QuickQuestion,
  outcomes: readonly string[],
): MeasurementPlan {
  const metrics = outcomes.map(
    (column): PlanMetric => ({
      ...{ id: column, title: column, kind: "mean", unit: "", digits: null, clamp: null },
      source: { from: "column", column },
      before: before === undefined ? null : { column: before },
    }),
  );
  return {
    ...{
      questions: null,
      population: "assigned" as const,
      isRandomised: isRandomised ?? true,
      timeZone: null,
      metrics,
    },
    ...{ segments: [], stratifyBy: null, guardrails: [], negligible: {}, retention: null },
    ...{ worth: null, payback: null, fees: { grant: 0, redemption: 0 } },
    ...(level === undefined ? {} : { level }),
  };
}

/** The same plan, in which outcomes of nothing but 0 and 1 are shares. */
async function withShares(warehouse: Warehouse, plan: MeasurementPlan): Promise<MeasurementPlan> {
  const tests = plan.metrics.map((metric, i) => {
    const column = quoteName(metricColumns(plan, metric).value);
    return `bool_and(${column} IN (0, 1)) AS s${i}`;
  });
  const row = await warehouse.row(`SELECT ${tests.join(", ")} FROM ${UNITS}`);
  const metrics = plan.metrics.map(
    (metric, i): PlanMetric =>
      row[`s${i}`] === true ? { ...metric, kind: "share", digits: 2 } : metric,
  );
  return { ...plan, metrics };
}

function weightsOf(
  arms: readonly string[],
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
