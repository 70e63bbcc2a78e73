// When an arm has paid: by what was watched, and with its curve carried on.
import type { DrawInterval } from "../stats/draws.ts";
import type { PaybackBasis } from "./payback-basis.ts";

/** Whether what was watched bears out the curves of arm and held-out: the worse of the two. */
export interface CurveCheck {
  readonly state: "passed" | "failed" | "missing";
  /** Whose curve did not pass, and how; empty where both did. */
  readonly detail: string;
}

export interface ArmPayback {
  readonly arm: string;
  readonly users: number;
  /** What a treated user cost more than a held-out one. */
  readonly cost: DrawInterval;
  /** Counting only the periods that were watched, up to the horizon. */
  readonly watched: PaybackBasis;
  /** Why so few who came back cannot show that it pays, where it seemed to; else null. */
  readonly tooFew: string | null;
  /** With the curves carried on to the horizon; null where `reason` says why not. */
  readonly extrapolated: PaybackBasis | null;
  readonly reason: string | null;
  /** Unless it passed, `extrapolated` is a scenario; null where nothing is carried on. */
  readonly check: CurveCheck | null;
}

export interface PaybackReading {
  readonly control: string;
  readonly periodDays: number;
  readonly periods: number;
  readonly horizonPeriods: number;
  readonly level: number;
  readonly draws: number;
  readonly seed: string;
  readonly currency: string;
  readonly marginPerActivePeriod: number;
  readonly discountPerYear: number;
  readonly arms: readonly ArmPayback[];
}

/** Why what comes after the watched periods is not known, or null: no curve, or none to rely on. */
export function beyondProblem({ extrapolated, reason, check }: ArmPayback): string | null {
  if (extrapolated === null) return reason;
  return check === null || check.state === "passed" ? null : check.detail;
}
