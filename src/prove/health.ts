// Before any effect is read: is the randomisation what it was planned to be?
import { ownOf } from "../base/record.ts";
import { formatNumber, formatPercent } from "../report/format.ts";
import { differenceInMeans, marginal, summarizeMoments } from "../stats/index.ts";
import type { HealthCheck } from "../verdict/health-check.ts";
import { chanceCheck, exposureCheck, printP, ratioOf } from "./health-exposure.ts";
import { segmentBalances } from "./health-segments.ts";
import { CERTAIN_P, PRACTICAL_DEVIATION } from "./practical-deviation.ts";
import { checkRepair } from "./repair.ts";
import type { HeldOutReached, History, Study, StudyArm } from "./study.ts";

/**
 * The checks that every randomised study has to pass for grade A.
 * @param practicalDeviation see SampleRatioOptions
 */
export function healthOf(study: Study, practicalDeviation?: number): HealthCheck[] {
  const checks = [sampleRatioCheck(study, practicalDeviation)];
  if (study.chances !== undefined) checks.push(...chanceCheck(study.chances));
  for (const history of study.histories ?? []) checks.push(balanceCheck(study, history));
  for (const { by, p, detail } of segmentBalances(study)) {
    const found = `${detail}; chi-square p = ${printP(p)}`;
    checks.push({
      ...{ name: `balance of ${by}`, passed: p >= BALANCE_P, detail: found, failure: BROKEN },
    });
  }
  if (study.severalArms !== undefined) {
    const detail = `${study.severalArms} users with several arms`;
    checks.push({
      name: "one arm a user",
      passed: study.severalArms === 0,
      detail,
      failure: BROKEN,
    });
  }
  if (study.exposedAgain !== undefined) {
    // Information: assignment is what effects are of, and no exposure changes it.
    const detail = `exposed more than once: ${formatNumber(study.exposedAgain)} users`;
    checks.push({ name: "several exposures", passed: true, detail, failure: BROKEN });
  }
  if (study.exposure !== undefined) checks.push(exposureCheck(study, study.exposure));
  checks.push(...(study.heldOutReached ?? []).map(reachedCheck));
  if (study.beforeAssignment !== undefined) checks.push(orderCheck(study, study.beforeAssignment));
  for (const repair of study.repairs ?? []) {
    const { option, rows, users } = repair;
    const checked = checkRepair(repair, study, practicalDeviation);
    const name = `repair (${option})`;
    checks.push({ name, ...checked, repair: { option, rows, users } });
  }
  return checks;
}

const BROKEN = "Randomisation broken";

/** A holdout of which more than this was reached holds out nothing. */
const REACHED_LIMIT = 0.01;

/** Reached users pull the held-out towards the treated: the effect is understated. */
function reachedCheck(reached: HeldOutReached): HealthCheck {
  const { name, users, of, what, limit = REACHED_LIMIT } = reached;
  const share = of === 0 ? 0 : users / of;
  const found = `${formatNumber(users)} of ${formatNumber(of)} held-out users ${what}`;
  const part = `${found}: ${formatPercent(share, 2)}`;
  const failure = "Holdout reached";
  if (limit === null) {
    const detail = `${part}; possible contamination, told only: nobody knows why they did`;
    return { name, passed: true, detail, failure };
  }
  const detail = `${part}, at most ${formatPercent(limit, 2)} allowed`;
  return { name, passed: share <= limit, detail, failure };
}

/** Clocks differ by a little; more than this part of the users is another cause. */
const EARLY_LIMIT = 0.001;

function orderCheck(study: Study, users: number): HealthCheck {
  const all = [study.control, ...study.treatments].reduce((sum, { n }) => sum + n, 0);
  const share = users / all;
  const found = `${formatNumber(users)} users with outcomes from before they were assigned`;
  const limit = formatPercent(EARLY_LIMIT, 2);
  const otherwise = share <= EARLY_LIMIT ? "" : "; early: drop leaves them out";
  return {
    name: "outcomes after assignment",
    passed: share <= EARLY_LIMIT,
    detail: `${found}: ${formatPercent(share, 2)}, at most ${limit} allowed${otherwise}`,
    failure: "Outcomes precede assignment",
  };
}

const NOT_EQUAL = "if they were not meant to be equal, the shares that were planned must be said";

function sampleRatioCheck(
  study: Study,
  practicalDeviation: number = PRACTICAL_DEVIATION,
): HealthCheck {
  const arms = [study.control, ...study.treatments];
  const check = ratioOf(study, arms, practicalDeviation);
  const isCertain = check.p < CERTAIN_P && check.largestDeviation > PRACTICAL_DEVIATION;
  const passed = check.passed && !isCertain;
  const observed = arms.map((arm) => `${arm.id} ${formatNumber(arm.n)}`).join(", ");
  const assumed = study.areWeightsAssumed === true ? " from the equal shares assumed" : "";
  const otherwise = assumed === "" || passed ? "" : `; ${NOT_EQUAL}`;
  const limit = limitText(practicalDeviation, isCertain);
  const deviation = `${(100 * check.largestDeviation).toFixed(2)} %${assumed}${limit}${otherwise}`;
  return {
    name: "sample ratio",
    passed,
    detail: `${observed}; ${check.test} p = ${printP(check.p)}, largest deviation ${deviation}`,
    failure: BROKEN,
  };
}

/** What somebody asked for is part of what is read. */
function limitText(practicalDeviation: number, isCertain: boolean): string {
  if (practicalDeviation === PRACTICAL_DEVIATION) return "";
  const asked = `up to ${formatPercent(practicalDeviation, 2)} allowed, as asked`;
  const overruled = isCertain && practicalDeviation > PRACTICAL_DEVIATION;
  return ` (${asked}${overruled ? `, but not where p is below ${CERTAIN_P.toExponential()}` : ""})`;
}

/** Means of equal numbers differ by no more than rounding, by this part of them. */
const SAME = 1e-9;

/** Chance alone fails it once in a thousand experiments. */
const BALANCE_P = 0.001;

/**
 * What users did before nobody could assign: arms that differ there were not drawn alike. P is
 * corrected for the number of arms and of such numbers (Bonferroni).
 */
function balanceCheck(study: Study, { metric, title }: History): HealthCheck {
  const name = `balance of ${title}, before the experiment`;
  const summaryOf = (arm: StudyArm) => summarizeMoments(marginal(ownOf(arm.before, metric)!, "x"));
  const control = summaryOf(study.control);
  const ps = study.treatments.map((arm) => {
    const treatment = summaryOf(arm);
    if (control.variance + treatment.variance === 0) {
      const scale = Math.max(Math.abs(control.mean), Math.abs(treatment.mean));
      return Math.abs(control.mean - treatment.mean) <= SAME * scale ? 1 : 0;
    }
    return differenceInMeans(control, treatment).p;
  });
  const comparisons = ps.length * study.histories!.length;
  const smallest = Math.min(1, comparisons * Math.min(...ps));
  const means = [study.control, ...study.treatments].map(
    (arm) => `${arm.id} ${Number(summaryOf(arm).mean.toPrecision(4))}`,
  );
  const detail = `${means.join(", ")}; p = ${printP(smallest)}`;
  return { name, passed: smallest >= BALANCE_P, detail, failure: BROKEN };
}
