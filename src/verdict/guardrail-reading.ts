// What must not get worse, held against its margin.
import type { EffectInterval } from "./effect-row.ts";
import type { Guardrail } from "./metric.ts";

export interface GuardrailReading extends Guardrail {
  readonly title: string;
  readonly arm: string;
  /** Relative where the margin is: the same scale as `margin`. */
  readonly effect: EffectInterval | null;
  /** The one-sided bound that has to lie on the good side of the margin. */
  readonly bound: number | null;
  /** Of "worse by the margin or more". */
  readonly p: number | null;
  /**
   * "held": shown to be worse by less than the margin. "broken": shown to be worse, and not shown
   * to be so by less than the margin. "not_known" where the evidence does not allow to say what was
   * caused.
   */
  readonly finding: "held" | "broken" | "open" | "not_measured" | "not_known";
  /** Whether even the interval's better end is beyond the margin. */
  readonly isBeyondMargin: boolean;
  readonly note: string | null;
}
