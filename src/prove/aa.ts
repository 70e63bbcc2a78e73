// What an A/A run says of each metric: how often splits in which nothing happened looked as if
// something had, whether chance allows that, and what to do where it does not.
import type { SplitAlarms } from "../stats/index.ts";
import type { Estimand, Metric } from "../verdict/metric.ts";

/** "not read": no split left an interval, for instance where all users have one value. */
export type AaFinding = SplitAlarms["finding"] | "not read";

export interface AaMetric extends Omit<SplitAlarms, "finding"> {
  readonly id: string;
  readonly title: string;
  readonly kind: Metric["kind"];
  /** Whether what the user's number before explains is taken out (CUPED). */
  readonly isAdjusted: boolean;
  /** Splits whose fake arms left no interval. */
  readonly unread: number;
  readonly finding: AaFinding;
  /** Part of the variance that the most extreme user makes; null for shares and quantiles. */
  readonly largestPart: number | null;
  /** What is wrong, and what to do; empty where nothing is. */
  readonly advice: readonly string[];
}

export interface AaStudy {
  readonly title: string;
  readonly estimand: Estimand;
  readonly arm: string;
  /** Rows that the estimators take for independent users. */
  readonly rows: number;
  /** What was split and never parted: users, or what `--unit` names. */
  readonly wholes: number;
  readonly buckets: number;
  readonly metrics: readonly AaMetric[];
}

export interface AaReading {
  readonly title: string;
  readonly seed: number;
  readonly splits: number;
  /** Part of the users in the fake holdout. */
  readonly share: number;
  /** Column whose values are never parted; null: the user. */
  readonly unit: string | null;
  readonly alpha: number;
  /** Chance of honest metrics to be all within what is allowed. */
  readonly level: number;
  readonly studies: readonly AaStudy[];
  readonly notes: readonly string[];
}

/** Beyond this part of the variance one user's luck shows in the interval. */
const LARGE_PART = 0.1;

export interface AaCircumstances {
  readonly rows: number;
  readonly wholes: number;
  readonly unit: string | null;
  readonly isClamped: boolean;
}

/** Why intervals may be wider than they say, by kind. */
const TOO_FEW: Readonly<Record<Metric["kind"], string>> = {
  share: "intervals are wider than need be: with so few users shares come in steps",
  mean: "intervals are wider than they say: a few users carry the sum. Set a bound (clamp)",
  ratio: "intervals are wider than they say: a few users carry the sums. Take a mean with a bound",
  quantile: "intervals are wider than need be: many users have the same number near the quantile",
};

/** What to do about a metric, most likely cause first. */
export function adviceOf(
  metric: Pick<AaMetric, "id" | "kind" | "finding" | "spread" | "largestPart" | "unread">,
  { rows, wholes, unit, isClamped }: AaCircumstances,
): string[] {
  const { id, kind, finding, spread, largestPart, unread } = metric;
  const advice: string[] = [];
  if (finding === "not read") {
    return ["no split left an interval: the values do not vary, or there are too few users"];
  }
  if (finding === "too many" && rows > wholes) {
    const mend =
      unit === null
        ? "Make it one row a user (duplicates: sum, if the rows are parts of one result)"
        : `Make it one row a ${unit} (summed), and assign and analyse by ${unit}`;
    advice.push(
      `intervals cannot be trusted: rows of one ${unit ?? "user"} are alike, so that they would ` +
        `have to be ${spread.toFixed(2)} times as wide. ${mend}`,
    );
  } else if (finding === "too many") {
    advice.push(
      `intervals cannot be trusted: they are too narrow (by a factor of ${spread.toFixed(2)}). ` +
        "So few users do not make a mean normal: take more, or a share in place of the number",
    );
  }
  const isHeavy = largestPart !== null && largestPart > LARGE_PART;
  if (isHeavy) {
    const part = `one user makes ${(100 * largestPart).toFixed(0)} % of the variance of ${id}`;
    const bound = isClamped
      ? "a lower bound (clamp)"
      : "a bound declared before the data (clamp: [0, …] in the plan)";
    advice.push(`${part}: his luck is the result. Set ${bound}, or ask for a share or a quantile`);
  }
  if (finding === "too few" && !isHeavy) advice.push(TOO_FEW[kind]);
  if (unread > 0) advice.push(`${unread} splits left no interval and do not count`);
  return advice;
}
