// One reading of published.yaml: a figure, in the unit of the plan's number that it is of.
import type { HourlyTerms } from "../model/terms.ts";
import type { FilePath, PlanProblems } from "../plan-file/plan-problems.ts";
import { unitFactor } from "../plan-file/quantity.ts";
import type { Figure } from "../published.ts";
import type { RawJudge, RawReading } from "./judge-schema.ts";
import {
  PLAN_NUMBER_FORMS,
  type PlanNumber,
  parsePlanNumber,
  unitOfNumber,
} from "./plan-number.ts";
import type { Reading } from "./question.ts";
import type { FactorRange } from "./source-error.ts";

export interface ReadingContext {
  readonly figures: Readonly<Record<string, Figure>>;
  readonly judge: RawJudge;
  readonly terms: HourlyTerms;
  readonly currency: string;
  readonly problems: PlanProblems;
}

/** Of a figure that is not said to be off by itself. */
const EXACT: FactorRange = { p5: 1, p95: 1 };

/** Null when something is wrong, which goes to the problems. */
export function readReading(
  raw: RawReading,
  path: FilePath,
  context: ReadingContext,
): Reading | null {
  const { terms, problems } = context;
  const number = parsePlanNumber(raw.number, terms);
  if (number === null) {
    const expected = `a number of the plan: ${PLAN_NUMBER_FORMS.join(", ")}`;
    problems.error([...path, "number"], expected, raw.number);
  }
  const as = raw.as ?? "value";
  const isSourced = checkSource(raw, as, path, context);
  if (as === "value" && raw.error === undefined) {
    problems.error([...path, "error"], "how far the figure itself can be off", "nothing");
  }
  const figure = figureOf(raw, "figure", path, context);
  if (number === null || figure === null || !isSourced) return null;
  const published = publishedValue(raw, number, path, context);
  if (published === null) return null;
  if (unitOfNumber(number) === "share" && !(published < 1)) {
    problems.error([...path, "figure"], `a share below 1, as ${raw.number} is`, `${published}`);
    return null;
  }
  return {
    ...{ id: raw.number, number, published, as, source: raw.source, why: raw.why },
    figures: [raw.figure, raw.less, raw.growth].filter((id) => id !== undefined),
    where: figure.note === undefined ? figure.source : `${figure.source}; ${figure.note}`,
    date: figure.date,
    error: raw.error ?? EXACT,
  };
}

function checkSource(
  raw: RawReading,
  as: Reading["as"],
  path: FilePath,
  { judge, problems }: ReadingContext,
): boolean {
  const source = Object.hasOwn(judge.sources, raw.source) ? judge.sources[raw.source] : undefined;
  if (source === undefined) {
    const known = Object.keys(judge.sources).join(", ");
    problems.error([...path, "source"], `one of judge.sources: ${known}`, raw.source);
    return false;
  }
  if (as === "value" && source.factor === undefined) {
    const expected = `a source that says how far it can be off: judge.sources.${raw.source}.factor`;
    problems.error([...path, "source"], expected, "none");
    return false;
  }
  return true;
}

/** The figure that a key names; of this reading's source, since panels are never mixed. */
function figureOf(
  raw: RawReading,
  key: "figure" | "less" | "growth",
  path: FilePath,
  { figures, problems }: ReadingContext,
): Figure | null {
  const id = raw[key]!;
  const figure = Object.hasOwn(figures, id) ? figures[id] : undefined;
  if (figure === undefined) {
    problems.unknownKey([...path, key], "an id under figures", Object.keys(figures));
    return null;
  }
  if (figure.source.toLowerCase().startsWith(raw.source.toLowerCase())) return figure;
  const found = `${id}, which is of ${JSON.stringify(figure.source)}`;
  problems.error([...path, key], `a figure of ${raw.source}: panels are not mixed`, found);
  return null;
}

/** In the unit of the number; null when it cannot be, which goes to the problems. */
function publishedValue(
  raw: RawReading,
  number: PlanNumber,
  path: FilePath,
  context: ReadingContext,
): number | null {
  const value = inUnit(raw, "figure", number, path, context);
  if (value === null) return null;
  let published = value;
  if (raw.less !== undefined) {
    const less = inUnit(raw, "less", number, path, context);
    if (less === null) return null;
    published -= less;
  }
  if (raw.growth !== undefined) {
    const growth = figureOf(raw, "growth", path, context);
    if (growth === null) return null;
    // From a year earlier to now.
    published = value / (1 + growth.value) - value;
  }
  if (published > 0 && Number.isFinite(published)) return published;
  context.problems.error([...path, "figure"], "an amount above 0", `${published}`);
  return null;
}

function inUnit(
  raw: RawReading,
  key: "figure" | "less",
  number: PlanNumber,
  path: FilePath,
  context: ReadingContext,
): number | null {
  const figure = figureOf(raw, key, path, context);
  if (figure === null) return null;
  const unit = UNITS[unitOfNumber(number)] ?? context.currency;
  const factor = unitFactor(figure.unit, unit);
  if (factor !== null) return figure.value * factor;
  const expected = `a figure in ${unit}, as ${raw.number} is`;
  context.problems.error([...path, key], expected, `${raw[key]} in ${figure.unit}`);
  return null;
}

const UNITS: Readonly<Record<string, string>> = {
  users: "users",
  count: "orders",
  share: "ratio",
  days: "days",
};
