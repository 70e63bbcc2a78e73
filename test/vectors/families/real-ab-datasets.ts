// Real randomised data sets: what each metric of an arm gained over the control, from the arms'
// counts and sums. A metric with a deviation is a mean, one without is a share of the users.
import {
  differenceInMeans,
  effectOf,
  pooledProportionTest,
  summarizeShare,
} from "../../../src/stats/index.ts";
import { armsOf } from "../arms.ts";
import { readDataset } from "../dataset.ts";
import { type Answer, type Fields, type Question, skip, type Value, values } from "../family.ts";
import { has, numberOf } from "../fields.ts";
import { levelOf } from "../words.ts";

type Named = { [name: string]: Value };

export function realAbDatasets(question: Question): Answer {
  const { input, method } = question;
  if (/profit|margin|cost/i.test(method)) return skip("the peer's margins and costs are not given");
  const level = levelOf(question);
  if (!has(input, "file")) {
    const { control, treatment } = armsOf(input);
    return values(gains(control, treatment, level));
  }
  const { control, treatments } = readDataset(question);
  const named: Named = {};
  for (const [name, arm] of treatments) named[name] = gains(control, arm, level);
  // With one arm its values also stand at the top, as they do for inline counts.
  const only = treatments.size === 1 ? [...treatments.values()][0] : undefined;
  return values(only === undefined ? named : { ...gains(control, only, level), ...named });
}

/** What every metric of the arm gained, under the names in use. */
function gains(control: Fields, treatment: Fields, level: number): Named {
  const found: Named = {};
  for (const metric of metricsOf(control)) {
    // A metric may be a count in one arm by chance; a deviation in either makes it a mean.
    const mean = has(control, `${metric}_sd`) && has(treatment, `${metric}_sd`);
    const fields = mean
      ? meanFields(control, treatment, metric, level)
      : shareFields(control, treatment, metric, level);
    for (const [name, value] of Object.entries(fields)) {
      for (const each of new Set([metric, singular(metric)])) {
        found[name.replace("#", each)] = value;
      }
    }
  }
  return found;
}

function metricsOf(arm: Fields): string[] {
  return Object.keys(arm).filter((name) => name !== "n" && !name.endsWith("_sd"));
}

function shareFields(control: Fields, treatment: Fields, metric: string, level: number): Named {
  const [a, b] = [control, treatment].map((arm) => ({
    successes: numberOf(arm, metric),
    n: numberOf(arm, "n"),
  })) as [{ successes: number; n: number }, { successes: number; n: number }];
  const { z, p } = pooledProportionTest(a, b);
  const [x, y] = [summarizeShare(a.successes, a.n), summarizeShare(b.successes, b.n)];
  const standardError = Math.sqrt(x.variance / x.n + y.variance / y.n);
  const { estimate, lower, upper } = effectOf(
    y.mean - x.mean,
    standardError,
    Number.POSITIVE_INFINITY,
    level,
  );
  return {
    "#_pp": 100 * estimate,
    "#_diff": estimate,
    "#_ci": [lower, upper],
    "#_pp_ci": [100 * lower, 100 * upper],
    "#_relative": estimate / x.mean,
    "#_se": standardError,
    "#_z": z,
    "#_p": p,
    "incremental_#_per_1000": 1000 * estimate,
  };
}

function meanFields(control: Fields, treatment: Fields, metric: string, level: number): Named {
  const [a, b] = [summary(control, metric), summary(treatment, metric)];
  const { estimate, standardError } = differenceInMeans(a, b, level);
  // Tens of thousands of users an arm: published with the normal reference.
  const { lower, upper, p } = effectOf(estimate, standardError, Number.POSITIVE_INFINITY, level);
  return {
    "#_diff": estimate,
    "#_ci": [lower, upper],
    "#_se": standardError,
    "#_z": estimate / standardError,
    "#_p": p,
    "#_relative": estimate / a.mean,
    "incremental_#_per_1000": 1000 * estimate,
  };
}

function summary(arm: Fields, metric: string): { n: number; mean: number; variance: number } {
  const n = numberOf(arm, "n");
  const variance = numberOf(arm, `${metric}_sd`) ** 2;
  return { n, mean: numberOf(arm, metric) / n, variance };
}

function singular(metric: string): string {
  return metric.endsWith("s") ? metric.slice(0, -1) : metric;
}
