// Before any effect is read: is the randomisation what it was planned to be?
import { HongbaoError } from "../base/error.ts";
import { formatNumber } from "../report/format.ts";
import { differenceInMeans, marginal, sampleRatio, summarizeMoments } from "../stats/index.ts";
import type { Study, StudyArm } from "./study.ts";

export interface HealthCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** Refuses a study that has nothing to compare, naming the arm. */
export function requireComparable(study: Study): void {
  const refuse = (message: string): never => {
    throw new HongbaoError({ code: "invalid_file", message: `${study.source}: ${message}` });
  };
  if (study.treatments.length === 0) refuse("one arm only: expected a holdout and a variant");
  for (const arm of [study.control, ...study.treatments]) {
    if (arm.n < 2) refuse(`arm "${arm.id}" has ${arm.n} users: expected at least 2`);
    for (const metric of study.metrics) {
      const moments = arm.outcomes[metric.id];
      if (moments === undefined) {
        refuse(`arm "${arm.id}" has no figures of metric "${metric.id}"`);
      } else if (metric.kind === "share" && (moments.sum < 0 || moments.sum > moments.n)) {
        refuse(
          `arm "${arm.id}", metric "${metric.id}": ${moments.sum} of ${moments.n} is no share`,
        );
      }
    }
  }
}

/**
 * The checks that every randomised study has to pass for grade A.
 * @param practicalDeviation see SampleRatioOptions
 */
export function healthOf(study: Study, practicalDeviation?: number): HealthCheck[] {
  const checks = [sampleRatioCheck(study, practicalDeviation)];
  if (study.beforeTitle !== undefined) checks.push(balanceCheck(study, study.beforeTitle));
  if (study.severalArms !== undefined) {
    const detail = `${study.severalArms} users with several arms`;
    checks.push({ name: "one arm a user", passed: study.severalArms === 0, detail });
  }
  return checks;
}

function sampleRatioCheck(study: Study, practicalDeviation: number | undefined): HealthCheck {
  const arms = [study.control, ...study.treatments];
  const counts = arms.map((arm) => arm.n);
  const weights = arms.map((arm) => arm.weight);
  const practical = practicalDeviation === undefined ? {} : { practicalDeviation };
  const check = sampleRatio(counts, weights, { exact: study.ownAllocator, ...practical });
  const observed = arms.map((arm) => `${arm.id} ${formatNumber(arm.n)}`).join(", ");
  const assumed = study.areWeightsAssumed === true ? " from the equal shares assumed" : "";
  const deviation = `${(100 * check.largestDeviation).toFixed(2)} %${assumed}`;
  const test = check.method === "binomial" ? "exact binomial" : "chi-square";
  return {
    name: "sample ratio",
    passed: check.passed,
    detail: `${observed}; ${test} p = ${printP(check.p)}, largest deviation ${deviation}`,
  };
}

/** Means of equal numbers differ by no more than rounding, by this part of them. */
const SAME = 1e-9;

/** Chance alone fails it once in a thousand experiments. */
const BALANCE_P = 0.001;

/** What users did before nobody could assign: arms that differ there were not drawn alike. */
function balanceCheck(study: Study, title: string): HealthCheck {
  const name = `balance of ${title}, before the experiment`;
  const metric = study.metrics[0]!.id;
  const summaryOf = (arm: StudyArm) => summarizeMoments(marginal(arm.before![metric]!, "x"));
  const control = summaryOf(study.control);
  const ps = study.treatments.map((arm) => {
    const treatment = summaryOf(arm);
    if (control.variance + treatment.variance === 0) {
      const scale = Math.max(Math.abs(control.mean), Math.abs(treatment.mean));
      return Math.abs(control.mean - treatment.mean) <= SAME * scale ? 1 : 0;
    }
    return differenceInMeans(control, treatment).p;
  });
  const smallest = Math.min(1, ps.length * Math.min(...ps));
  const means = [study.control, ...study.treatments].map(
    (arm) => `${arm.id} ${Number(summaryOf(arm).mean.toPrecision(4))}`,
  );
  const detail = `${means.join(", ")}; p = ${printP(smallest)}`;
  return { name, passed: smallest >= BALANCE_P, detail };
}

function printP(p: number): string {
  return p < 0.001 ? p.toExponential(1) : p.toFixed(3);
}
