// What an evaluation is about: arms with their sufficient statistics, metrics, and the question
// that the assignment can answer. Rows, counts by arm and journals are all reduced to this form.
import type {
  ChanceStratum,
  EffectPrior,
  Moments,
  PairMoments,
  QuantileSummary,
} from "../stats/index.ts";
import type { CannibalisedQuestion } from "../verdict/cannibalised-reading.ts";
import type { Estimand, Guardrail, Metric } from "../verdict/metric.ts";
import type { PaybackReading } from "../verdict/payback-reading.ts";
import type { RetentionReading } from "../verdict/retention-reading.ts";
import type { Repair } from "./repair.ts";

/** Held-out users whom the campaign reached nevertheless. */
export interface HeldOutReached {
  /** What is checked of the holdout, such as "holdout left alone". */
  readonly name: string;
  readonly users: number;
  /** Held-out users about whom this is known. */
  readonly of: number;
  /** What reached them, such as "were invited by a treated user". */
  readonly what: string;
  /** Part of them above which the holdout is none; absent: 1 %; null: possible, told only. */
  readonly limit?: number | null;
}

/** Of one arm, who was assigned to it and who of these was exposed. */
export interface ArmExposure {
  readonly id: string;
  readonly users: number;
  readonly exposed: number;
}

/** Users by the chances of their arms; no strata: not known. */
export interface Chances {
  readonly arms: readonly string[];
  readonly strata: readonly ChanceStratum[];
}

export interface Exposure {
  /** The holdout first. */
  readonly arms: readonly ArmExposure[];
  /** Whether the arms are exposed by the same rule, so that they should be exposed alike. */
  readonly isSymmetric: boolean;
  /** Of the exposed. */
  readonly chances: Chances;
}

export interface StudyArm {
  readonly id: string;
  readonly n: number;
  /** Planned weight of the arm, any positive scale. */
  readonly weight: number;
  /** By id, of the metrics that are shares or means. */
  readonly outcomes: Readonly<Record<string, Moments>>;
  /** By id, of the metrics that are ratios: x is the user's part above the line, y below it. */
  readonly ratios?: Readonly<Record<string, PairMoments>>;
  /** By id, of the metrics that are quantiles. */
  readonly quantiles?: Readonly<Record<string, QuantileSummary>>;
  /** By id, of the quantiles that have no bounds in this arm. */
  readonly unboundedQuantiles?: Readonly<Record<string, UnboundedQuantile>>;
  /**
   * By metric id: x is 1 for a user who claimed, y the outcome. Null where claims are unknown, or
   * where everybody treated has claimed by design.
   */
  readonly claims: Readonly<Record<string, PairMoments>> | null;
  /**
   * By metric id: x is the user's number before the experiment, y the outcome. Absent where there
   * is no such number.
   */
  readonly before?: Readonly<Record<string, PairMoments>>;
}

/** A quantile that lies too far out for bounds, with so few users. */
export interface UnboundedQuantile {
  readonly n: number;
  /** Which one, 0 to 1. */
  readonly at: number;
  readonly quantile: number;
}

/** A number of before the experiment: one of the metrics whose `before` it is, and its name. */
export interface History {
  readonly metric: string;
  readonly title: string;
}

/** The users of one value of something that was known before assignment. */
export interface Segment {
  /** What was known, such as "platform", and its value. */
  readonly by: string;
  readonly value: string;
  /** The arms as in the study, by id; an arm nobody of the segment is in is absent. */
  readonly arms: readonly StudyArm[];
}

/** What was fixed before the data about how effects are read. */
export interface Reading {
  readonly guardrails?: readonly Guardrail[];
  /** By metric: effects within plus and minus this (metric's units) are as good as none. */
  readonly negligible?: Readonly<Record<string, number>>;
  /** By metric, for the Bayesian reading; absent: a stated default. */
  readonly priors?: Readonly<Record<string, EffectPrior>>;
  /** What segments the effects are post-stratified by. */
  readonly stratifyBy?: string;
  /** Users of all arms together, for which always-valid intervals are tightest. */
  readonly plannedUsers?: number;
}

/** Worth and cost of each user where both were seen: by arm, in major units. */
export interface MeasuredWorth {
  /** Margin of one unit of the first metric. */
  readonly marginPerUnit: number;
  /** Of each user's worth less cost. */
  readonly net: Readonly<Record<string, Moments>>;
  readonly cost: Readonly<Record<string, Moments>>;
}

export interface Study {
  readonly title: string;
  readonly estimand: Estimand;
  /** Whether a known chance assigned the arms. */
  readonly randomised: boolean;
  /** Whether that chance was hongbao's own hash, so that the sample-ratio check is exact. */
  readonly ownAllocator: boolean;
  readonly metrics: readonly Metric[];
  /** The held-out users. */
  readonly control: StudyArm;
  readonly treatments: readonly StudyArm[];
  /** Where the figures come from, for the reader. */
  readonly source: string;
  /** Nobody said that chance assigned the arms, nor that it did not. */
  readonly isChanceAssumed?: boolean;
  /** The weights are a guess, since nobody said how the arms were planned. */
  readonly areWeightsAssumed?: boolean;
  /** The numbers before the experiment that arms have in `before`, each once. */
  readonly histories?: readonly History[];
  /** Users for whom more than one arm was recorded. */
  readonly severalArms?: number;
  /** Users for whom more than one exposure was recorded; nothing is wrong with that. */
  readonly exposedAgain?: number;
  /** Of all users who were assigned, also where the study is of the exposed. */
  readonly exposure?: Exposure;
  readonly chances?: Chances;
  /** One for each way in which that is known. */
  readonly heldOutReached?: readonly HeldOutReached[];
  /** Users whose figures hold outcomes of before they were assigned. */
  readonly beforeAssignment?: number;
  /** What was done to the rows because somebody asked for it. */
  readonly repairs?: readonly Repair[];
  readonly segments?: readonly Segment[];
  readonly reading?: Reading;
  readonly measuredWorth?: MeasuredWorth;
  /** Who stayed, and when it has paid, where periods were watched. */
  readonly retention?: RetentionReading;
  readonly payback?: PaybackReading;
  readonly cannibalised?: CannibalisedQuestion;
}
