// The tasks of the stats bench: what each answers, and how closely two answers must agree. A peer's
// answer is the same numbers in the same order.

export type TaskId =
  | "welch"
  | "cuped"
  | "ratio"
  | "quantile"
  | "proportions"
  | "sample-ratio"
  | "holm-bh"
  | "power"
  | "sbg"
  | "bg-nbd";

export interface StatsTask {
  readonly id: TaskId;
  readonly does: string;
  /** Largest difference between ours and a peer's, as a part of the larger of the two … */
  readonly tolerance: number;
  /** … unless they lie nearer than this. */
  readonly nothing?: number;
}

export const TASKS: readonly StatsTask[] = [
  {
    id: "welch",
    does: "difference in means of 2 × 1,000,000 values with Welch's interval and p",
    tolerance: 1e-6,
  },
  {
    id: "cuped",
    does: "the same adjusted by an earlier number of each user (theta pooled over the arms)",
    tolerance: 1e-6,
  },
  {
    id: "ratio",
    does: "orders a session, users being the unit: delta method, 2 × 1,000,000 pairs",
    tolerance: 1e-6,
  },
  {
    id: "quantile",
    does: "90th percentile of 2 × 1,000,000 values, variances from order statistics",
    tolerance: 1e-9,
  },
  {
    id: "proportions",
    does: "difference of two proportions, Wald's interval and pooled p, 2,000 tables",
    tolerance: 1e-7,
    nothing: 1e-12,
  },
  {
    id: "sample-ratio",
    does: "exact two-sided binomial p of 2,000 splits of up to 300 million users",
    tolerance: 1e-7,
    nothing: 1e-9,
  },
  {
    id: "holm-bh",
    does: "Holm's and Benjamini-Hochberg's adjustment of 100,000 p values",
    tolerance: 1e-9,
  },
  {
    id: "power",
    does: "exact power of the t test for 300 designs, and the users that 80 % need",
    tolerance: 1e-4,
  },
  {
    id: "sbg",
    does: "sBG retention model, maximum likelihood, 100 cohorts of 12 periods",
    tolerance: 2e-3,
  },
  {
    id: "bg-nbd",
    does: "BG/NBD purchase model, maximum likelihood, 20,000 customers",
    tolerance: 2e-3,
  },
];

/** What is wrong with a peer's answer to a task, or null. */
export function disagreement(
  task: StatsTask,
  ours: Float64Array,
  peer: { readonly name: string; readonly answer: Float64Array },
): string | null {
  const { name, answer } = peer;
  if (ours.length !== answer.length) {
    return `${task.id}: ours has ${ours.length} numbers, ${name} ${answer.length}`;
  }
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i]!, answer[i]!];
    const apart = Math.abs(a - b);
    const allowed = task.tolerance * Math.max(Math.abs(a), Math.abs(b));
    // Written so that NaN on either side is a disagreement.
    if (apart <= allowed || apart <= (task.nothing ?? 0)) continue;
    return `${task.id}: number ${i} is ${a} by ours and ${b} by ${name}`;
  }
  return null;
}
