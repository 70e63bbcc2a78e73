// Sample ratio mismatch: Pearson's chi-square, the exact binomial, and the always-valid check.
import { binomialTwoSidedP, sampleRatio, sequentialSampleRatio } from "../../../src/stats/index.ts";
import { type Answer, type Claim, claims, type Question, skip, values } from "../family.ts";
import { has, numberOr, numbersOf } from "../fields.ts";
import { unknownMethod } from "../words.ts";

export function srm(question: Question): Answer {
  const { method, input } = question;
  if (/sequential|dirichlet|anytime|always[- ]valid/i.test(method)) return sequentially(question);
  if (!/chi|binomial|exact|srm|sample ratio/i.test(method)) unknownMethod("srm", method);
  const observed = numbersOf(input, "observed", "counts", "users");
  const weights = weightsOf(question, observed.length);
  if (/binomial|exact/i.test(method) && observed.length === 2) {
    const total = observed[0]! + observed[1]!;
    const share = weights[0]! / (weights[0]! + weights[1]!);
    return values({ p: binomialTwoSidedP(observed[0]!, total, share) });
  }
  const { chiSquare, p } = sampleRatio(observed, weights);
  const df = observed.length - 1;
  return values({
    chi2: chiSquare,
    chi_square: chiSquare,
    statistic: chiSquare,
    p,
    p_value: p,
    df,
  });
}

function weightsOf({ input }: Question, arms: number): number[] {
  const names = ["weights", "expected", "ratio", "ratios", "shares"];
  return has(input, ...names) ? numbersOf(input, ...names) : new Array<number>(arms).fill(1);
}

function sequentially(question: Question): Answer {
  const { input } = question;
  if (question.claims !== null) return checkClaims(question, question.claims);
  const looks = (input.daily ?? input.looks ?? input.counts ?? [input.observed]) as number[][];
  const weights = weightsOf(question, looks[0]?.length ?? 0);
  const concentration = numberOr(input, 10_000, "concentration", "dirichlet_concentration");
  const p = sequentialSampleRatio(looks, weights, concentration);
  return values({ p: p.at(-1) ?? 1, p_value: p.at(-1) ?? 1, p_values: p });
}

/** Sentences such as "p(500,500) > .05" and "day-by-day counts [[250,250]] > .05". */
function checkClaims(question: Question, text: string): Answer {
  const found: Claim[] = [];
  const form = /(p\s*\(([\d,\s]+)\)|p of no users|\[\[[\d,\s[\]]+\]\])\s*([<>=])\s*(\d*\.?\d+)/g;
  for (const [sentence, subject, counts, sign, bound] of text.matchAll(form)) {
    const arms = weightsOf(question, 2);
    let looks: number[][] = [];
    if (counts !== undefined) looks = [counts.split(",").map(Number)];
    else if (subject!.startsWith("[[")) looks = JSON.parse(subject!) as number[][];
    const p = sequentialSampleRatio(looks, arms).at(-1) ?? 1;
    const limit = Number(bound);
    const holds = sign === "<" ? p < limit : sign === ">" ? p > limit : p === limit;
    found.push({ text: `${sentence} (p is ${p})`, holds });
  }
  return found.length === 0 ? skip("no claim of a known form") : claims(found);
}
