// Sample ratio mismatch: Pearson's chi-square against the planned weights.
import { sampleRatio } from "../../../src/stats/index.ts";
import { type Answer, type Question, skip, values } from "../family.ts";
import { has, numbersOf } from "../fields.ts";

export function srm({ method, input }: Question): Answer {
  if (!/chi/i.test(method)) return skip(`no sample-ratio check is called "${method}" here`);
  const observed = numbersOf(input, "observed", "counts");
  const even = observed.map(() => 1);
  const weights = has(input, "weights", "expected", "ratio")
    ? numbersOf(input, "weights", "expected", "ratio")
    : even;
  const { chiSquare, p } = sampleRatio(observed, weights);
  return values({ chi2: chiSquare, statistic: chiSquare, p, df: observed.length - 1 });
}
