// Were the arms exposed alike, and did each user have the chance of his arm that the others had?
// Whoever reads the exposed alone needs the first; a plain comparison of arms needs the second.
import { formatNumber, formatPercent } from "../report/format.ts";
import { sampleRatio, weightedSampleRatio } from "../stats/index.ts";
import type { HealthCheck } from "../verdict/health-check.ts";
import { PRACTICAL_DEVIATION } from "./practical-deviation.ts";
import type { Chances, Exposure, Study } from "./study.ts";

/** A sample-ratio check, however it is made. */
export interface RatioFinding {
  readonly p: number;
  readonly largestDeviation: number;
  readonly passed: boolean;
  readonly test: string;
}

/** An alarm needs p below this. */
const ALARM_P = 0.01;

/**
 * Users of each arm against what their chances say: of one set of chances exactly, of several by
 * weights, each user counting by the inverse of his chance.
 */
export function ratioOf(
  { ownAllocator: exact, chances }: Pick<Study, "ownAllocator" | "chances">,
  arms: readonly { readonly id: string; readonly n: number; readonly weight: number }[],
  practicalDeviation: number,
): RatioFinding {
  const counts = arms.map(({ n }) => n);
  const strata = chances?.strata ?? [];
  if (strata.length > 1) {
    const { p, largestDeviation } = weightedSampleRatio(strata);
    const passed = !(p < ALARM_P && largestDeviation > practicalDeviation);
    return { p, largestDeviation, passed, test: "weighted by inverse chances" };
  }
  const weights = arms.map(({ id, weight }) => chanceOf(chances, id) ?? weight);
  const check = sampleRatio(counts, weights, { exact, practicalDeviation });
  const { p, largestDeviation, passed } = check;
  const test = check.method === "binomial" ? "exact binomial" : "chi-square";
  return { p, largestDeviation, passed, test };
}

/** Where all users had the same: what the campaign says now may be another one. */
function chanceOf(chances: Chances | undefined, arm: string): number | null {
  const [stratum] = chances?.strata ?? [];
  if (stratum === undefined) return null;
  return stratum.chances[chances!.arms.indexOf(arm)] ?? null;
}

/** Users of other chances than most of the others had: more than this part mixes times. */
const MIXED_LIMIT = 0.01;

export function chanceCheck({ strata }: Chances): HealthCheck[] {
  if (strata.length < 2) return [];
  const sizes = strata.map(({ counts }) => counts.reduce((a, b) => a + b, 0));
  const all = sizes.reduce((a, b) => a + b, 0);
  const share = 1 - Math.max(...sizes) / all;
  const parts = strata.map(
    ({ chances }, i) => `${formatNumber(sizes[i]!)} users at ${formatPercent(chances[0]!, 2)}`,
  );
  const limit = formatPercent(MIXED_LIMIT, 2);
  return [
    {
      name: "one chance an arm",
      passed: share <= MIXED_LIMIT,
      detail:
        `the holdout's share was revised: ${parts.join(", ")}; ${formatPercent(share, 2)} had ` +
        `another chance than most, at most ${limit} allowed: who came when is mixed up in the arms`,
      failure: "Chances changed",
    },
  ];
}

/**
 * Whether the exposed of the arms are as many as their chances say. In a study of the exposed that
 * is its own sample ratio; in one of all who came it is told, for whoever thinks of the other.
 */
export function exposureCheck(study: Study, exposure: Exposure): HealthCheck {
  const told = exposure.arms.map(({ id, users, exposed }) => {
    const share = users === 0 ? "none" : formatPercent(exposed / users, 2);
    return `${id} ${formatNumber(exposed)} of ${formatNumber(users)} (${share})`;
  });
  const check = { name: "exposure", passed: true, failure: "Exposure depends on the arm" };
  const found = `exposed of those assigned: ${told.join(", ")}`;
  if (!exposure.isSymmetric) {
    const detail = `${found}; differs by design, since only the treated are contacted`;
    return { ...check, detail };
  }
  const { control, treatments, ownAllocator } = study;
  const arms = [control, ...treatments].map(({ id, weight }) => {
    return { id, weight, n: exposure.arms.find((arm) => arm.id === id)?.exposed ?? 0 };
  });
  if (arms.every(({ n }) => n === 0)) return { ...check, detail: found };
  const { chances } = exposure;
  const { p, passed, test } = ratioOf({ ownAllocator, chances }, arms, PRACTICAL_DEVIATION);
  const detail = `${found}; their sample ratio, ${test}: p = ${printP(p)}`;
  return { ...check, detail: passed ? detail : `${detail}: the exposed alone are not comparable` };
}

export function printP(p: number): string {
  return p < 0.001 ? p.toExponential(1) : p.toFixed(3);
}
