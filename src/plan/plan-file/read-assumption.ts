// One assumption of plan.yaml: its numbers in the parameter's unit, its shape within the
// parameter's bounds, its source.
import { distributionProblem, supportOf } from "../../stats/distributions/check-distribution.ts";
import type { Distribution } from "../../stats/distributions/distribution.ts";
import { medianOf } from "../../stats/distributions/inverse.ts";
import type { Assumption } from "../assumptions/assumption.ts";
import type { Parameter } from "./parameters.ts";
import type { PlanProblems } from "./plan-problems.ts";
import { numberOf, unitFactor } from "./quantity.ts";
import type { RawAssumption, RawNumber, RawSpread } from "./raw-plan.ts";

const SHAPES = ["value", "uniform", "triangular", "pert", "lognormal", "normal", "beta"] as const;
type Shape = (typeof SHAPES)[number];

/** Null when something is wrong with it, which goes to `problems`, or when it may be left out. */
export function readAssumption(
  parameter: Parameter,
  raw: RawAssumption | undefined,
  problems: PlanProblems,
): Assumption | null {
  if (raw === undefined) return silentAssumption(parameter, problems);
  const given = SHAPES.filter((shape) => raw[shape] !== undefined);
  const [shape] = given;
  if (shape === undefined || given.length > 1) {
    const found = given.length === 0 ? "none" : given.join(" and ");
    problems.error(parameter.path, `exactly one of ${SHAPES.join(", ")}`, found);
    return null;
  }
  const factor = factorOfUnit(parameter, raw, shape, problems);
  if (factor === null) return null;
  // Of what is wrong in itself the file's own numbers are told.
  const wrong = distributionProblem(distributionOf(shape, raw, 1));
  if (wrong !== null) {
    problems.error([...parameter.path, shape], wrong.expected, wrong.found);
    return null;
  }
  const distribution = distributionOf(shape, raw, factor);
  if (!isPossible(parameter, shape, distribution, problems)) return null;
  return {
    ...{ id: parameter.id, unit: parameter.unit, distribution },
    point: medianOf(distribution),
    ...{ source: raw.source, why: raw.why ?? null },
    origin: /^assum(ption|ed)\b/i.test(raw.source) ? "assumption" : "source",
  };
}

function silentAssumption(parameter: Parameter, problems: PlanProblems): Assumption | null {
  const { id, unit, path, meaning } = parameter;
  if (parameter.default === "absent") return null;
  if (parameter.default === undefined) {
    problems.error(path, `${id} in ${unit}: ${lowered(meaning)}`, "nothing");
    return null;
  }
  return {
    ...{ id, unit, point: parameter.default, source: "default", why: null, origin: "default" },
    distribution: { kind: "fixed", value: parameter.default },
  };
}

/** By what the file's numbers are multiplied; null: the unit is wrong. */
function factorOfUnit(
  parameter: Parameter,
  raw: RawAssumption,
  shape: Shape,
  problems: PlanProblems,
): number | null {
  const { path, unit, isShare, isMoney } = parameter;
  const numbers = numbersOf(raw[shape]!);
  const percents = numbers.filter((number) => typeof number === "string");
  const place = [...path, shape];
  if (percents.length > 0 && !isShare) {
    problems.error(place, `numbers of ${unit}`, `the share ${percents[0]}`);
    return null;
  }
  if (percents.length > 0 && percents.length < numbers.length) {
    const plain = numbers.find((number) => typeof number === "number");
    problems.error(place, "all of its numbers in % or none", `${percents[0]} and ${plain}`);
    return null;
  }
  if (raw.unit === undefined && percents.length > 0) return 1;
  const named = isMoney ? `${unit}, the campaign's currency` : unit;
  const expected = `${raw.unit === undefined ? "the key unit: " : ""}${named}`;
  const factor = raw.unit === undefined ? null : unitFactor(raw.unit, unit);
  if (factor !== null && (!isShare || factor === 1)) return factor;
  const found = raw.unit === undefined ? "nothing" : JSON.stringify(raw.unit);
  problems.error([...path, "unit"], isShare ? `${expected}, or numbers in %` : expected, found);
  return null;
}

function numbersOf(raw: NonNullable<RawAssumption[Shape]>): RawNumber[] {
  if (typeof raw !== "object") return [raw];
  return Array.isArray(raw) ? raw : Object.values(raw as object).flat();
}

function distributionOf(shape: Shape, raw: RawAssumption, factor: number): Distribution {
  const of = (number: RawNumber): number => numberOf(number)! * factor;
  const cut = (within: RawNumber[] | undefined): { within?: readonly [number, number] } =>
    within === undefined ? {} : { within: [of(within[0]!), of(within[1]!)] };
  const spread = (kind: "normal" | "beta", given: RawSpread): Distribution => ({
    ...{ kind, mean: of(given.mean), sd: of(given.sd) },
    ...cut(given.within),
  });
  switch (shape) {
    case "value":
      return { kind: "fixed", value: of(raw.value!) };
    case "uniform":
      return { kind: "uniform", low: of(raw.uniform![0]!), high: of(raw.uniform![1]!) };
    case "triangular":
    case "pert": {
      const [low, mode, high] = raw[shape]!.map(of) as [number, number, number];
      return { kind: shape, low, mode, high };
    }
    case "lognormal": {
      const { p5, p95, within } = raw.lognormal!;
      return { kind: "lognormal", p5: of(p5), p95: of(p95), ...cut(within) };
    }
    case "normal":
      return spread("normal", raw.normal!);
    case "beta":
      return spread("beta", raw.beta!);
  }
}

/** Whether it lies within the bounds: nothing is cut off in silence. */
function isPossible(
  parameter: Parameter,
  shape: Shape,
  distribution: Distribution,
  problems: PlanProblems,
): boolean {
  const place = [...parameter.path, shape];
  const [low, high] = supportOf(distribution);
  if (isWithin(parameter, low, high)) return true;
  const cuttable = shape === "normal" || shape === "lognormal" || shape === "beta";
  const hint = cuttable ? `, cut by within: ${withinText(parameter)}` : "";
  const found = low === high ? `${low}` : `numbers ${extentText(low, high)}`;
  problems.error(place, `${boundsText(parameter)}${hint}`, found);
  return false;
}

/** Whether all numbers from low to high make sense; a single one may not be at an open bound. */
export function isWithin(parameter: Parameter, low: number, high: number): boolean {
  if (low < parameter.low || high > parameter.high) return false;
  if (low < high) return true;
  return !(
    (parameter.open !== undefined && low === parameter.low) ||
    (parameter.open === "both" && high === parameter.high)
  );
}

/** "share from 0 to 1". */
export function boundsText({ unit, low, high, open }: Parameter): string {
  const excluded = open === undefined ? "" : open === "both" ? ", both excluded" : ", 0 excluded";
  return `${unit} ${extentText(low, high)}${excluded}`;
}

function extentText(low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY) return high === -low ? "of any size" : `up to ${high}`;
  return high === Number.POSITIVE_INFINITY ? `from ${low} on` : `from ${low} to ${high}`;
}

function withinText({ low, high }: Parameter): string {
  return `[${Number.isFinite(low) ? low : "…"}, ${Number.isFinite(high) ? high : "…"}]`;
}

function lowered(text: string): string {
  return (text[0] ?? "").toLowerCase() + text.slice(1).replace(/\.$/, "");
}
