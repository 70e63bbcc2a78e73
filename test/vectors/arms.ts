// Two arms in the shapes in which reference pairs give them: sums, counts, means with a deviation,
// sums of a ratio, sums before and after. Which shape it is follows from the fields' names.
import {
  type ArmSummary,
  type Effect,
  momentsOf,
  type PairMoments,
  type QuadMoments,
  type Share,
  summarizeMoments,
  summarizeRatio,
  summarizeShare,
} from "../../src/stats/index.ts";
import { type Fields, PairProblem, type Value } from "./family.ts";
import { fieldsOf, has, numberOf, numbersOf } from "./fields.ts";
import { hasAll } from "./words.ts";

export interface Arms {
  readonly control: Fields;
  readonly treatment: Fields;
}

const CONTROL = ["control", "level_1", "a", "A", "baseline", "group_1"];
const TREATMENT = [
  "treatment",
  "treat",
  "arm",
  "test",
  "level_2",
  "b",
  "B",
  "variation",
  "group_2",
];

/** The arms of an input; numbered counts compare the first (treatment) with the second. */
export function armsOf(input: Fields): Arms {
  if (hasAll(input, "count", "nobs")) {
    const [count, nobs] = [numbersOf(input, "count"), numbersOf(input, "nobs")];
    if (count.length !== 2 || nobs.length !== 2) throw new PairProblem("two counts are expected");
    return {
      treatment: { successes: count[0], n: nobs[0] },
      control: { successes: count[1], n: nobs[1] },
    };
  }
  if (hasAll(input, "count1", "nobs1", "count2", "nobs2")) {
    return {
      treatment: { successes: input.count1, n: input.nobs1 },
      control: { successes: input.count2, n: input.nobs2 },
    };
  }
  if (hasAll(input, "varA", "meanA", "nA", "varB", "meanB", "nB")) {
    return {
      control: { mean: input.meanA, variance: input.varA, n: input.nA },
      treatment: { mean: input.meanB, variance: input.varB, n: input.nB },
    };
  }
  if (!has(input, ...CONTROL) || !has(input, ...TREATMENT)) {
    const names = Object.keys(input).join(", ");
    throw new PairProblem(`the input has no two arms; its fields are: ${names}`);
  }
  return { control: armFields(input, CONTROL), treatment: armFields(input, TREATMENT) };
}

function armFields(input: Fields, names: string[]): Fields {
  const list = names.map((name) => input[name]).find((each) => Array.isArray(each));
  return list === undefined ? fieldsOf(input, ...names) : { values: list };
}

const SUCCESSES = ["successes", "conversions", "count", "converted", "x"];
const SIZE = ["n", "nobs", "users", "count_users", "trials"];

/** Whether an arm is a count of successes. */
export function isShare(arm: Fields): boolean {
  return has(arm, ...SUCCESSES) && has(arm, ...SIZE) && !has(arm, "sum_squares", "values");
}

export function shareOf(arm: Fields): Share {
  return { successes: numberOf(arm, ...SUCCESSES), n: numberOf(arm, ...SIZE) };
}

/** One arm as the estimators take it. */
export function summaryOf(arm: Fields): ArmSummary {
  if (has(arm, "values")) return summarizeMoments(momentsOf(numbersOf(arm, "values")));
  if (has(arm, "num_sum")) return summarizeRatio(ratioOf(arm));
  if (isShare(arm)) {
    const { successes, n } = shareOf(arm);
    return summarizeShare(successes, n);
  }
  const n = numberOf(arm, ...SIZE);
  if (has(arm, "sum_squares", "sum_sq")) {
    const sumSquares = numberOf(arm, "sum_squares", "sum_sq");
    return summarizeMoments({ n, sum: numberOf(arm, "sum"), sumSquares });
  }
  const mean = has(arm, "mean") ? numberOf(arm, "mean") : numberOf(arm, "sum") / n;
  if (has(arm, "variance", "var")) return { n, mean, variance: numberOf(arm, "variance", "var") };
  return { n, mean, variance: numberOf(arm, "sd", "stddev", "std", "standard_deviation") ** 2 };
}

/** Numerator as x, denominator as y. */
function ratioOf(arm: Fields): PairMoments {
  return {
    n: numberOf(arm, "n"),
    sumX: numberOf(arm, "num_sum"),
    sumXX: numberOf(arm, "num_sum_squares"),
    sumY: numberOf(arm, "den_sum"),
    sumYY: numberOf(arm, "den_sum_squares"),
    sumXY: numberOf(arm, "sum_products"),
  };
}

/** Before as x, in the experiment as y. */
export function historyOf(arm: Fields): PairMoments {
  return {
    n: numberOf(arm, "n"),
    sumX: numberOf(arm, "pre_sum"),
    sumXX: numberOf(arm, "pre_sum_squares"),
    sumY: numberOf(arm, "post_sum"),
    sumYY: numberOf(arm, "post_sum_squares"),
    sumXY: numberOf(arm, "sum_products", "post_pre_sum_of_products"),
  };
}

/** The four sums of a ratio metric with a history; each given as [sum, sum of squares]. */
export function quadOf(arm: Fields): QuadMoments {
  const [m, mm] = sums(arm, "m_post");
  const [d, dd] = sums(arm, "d_post");
  const [p, pp] = sums(arm, "m_pre");
  const [e, ee] = sums(arm, "d_pre");
  const md = numberOf(arm, "mpost_dpost");
  const mp = numberOf(arm, "mpost_mpre");
  const me = numberOf(arm, "mpost_dpre");
  const dp = numberOf(arm, "mpre_dpost", "dpost_mpre");
  const de = numberOf(arm, "dpost_dpre");
  const pe = numberOf(arm, "mpre_dpre");
  return {
    n: numberOf(arm, "n"),
    sums: [m, d, p, e],
    products: [
      [mm, md, mp, me],
      [md, dd, dp, de],
      [mp, dp, pp, pe],
      [me, de, pe, ee],
    ],
  };
}

function sums(arm: Fields, name: string): [number, number] {
  const [sum, squares] = numbersOf(arm, name);
  if (sum === undefined || squares === undefined) {
    throw new PairProblem(`${name} is expected as [sum, sum of squares]`);
  }
  return [sum, squares];
}

/** A reading under all the names in use for its parts. */
export function effectFields(
  effect: Pick<Effect, "estimate" | "standardError" | "lower" | "upper" | "p">,
): { [name: string]: Value } {
  const { estimate, standardError, lower, upper, p } = effect;
  const named: { [name: string]: Value } = {};
  const put = (value: Value, ...names: string[]): void => {
    for (const name of names) named[name] = value;
  };
  put(estimate, "estimate", "mean", "effect", "expected", "lift", "difference", "diff", "abs");
  put(estimate, "difference_level2_minus_level1", "point_estimate", "rel", "uplift");
  put(-estimate, "difference_level1_minus_level2");
  put(standardError, "se", "sd", "stddev", "standard_error", "std_err");
  put(standardError ** 2, "variance", "var");
  put([lower, upper], "ci", "interval", "ci95", "confidence_interval", "abs_ci", "rel_ci");
  put(lower, "ci_lower", "lower");
  put(upper, "ci_upper", "upper");
  put(p, "p", "p_value", "pvalue");
  put(estimate / standardError, "t", "z", "statistic");
  return named;
}
