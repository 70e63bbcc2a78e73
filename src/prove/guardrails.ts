// What must not get worse: each guardrail held against its margin, which was declared beforehand.
// "No significant harm" is no evidence of no harm, so a guardrail is held, broken or open.
import { type Direction, nonInferiority } from "../stats/index.ts";
import { effectTowards } from "./effect-interval.ts";
import { decisiveRows, type EffectInterval, type EffectRow } from "./effects.ts";
import { NO_RELATIVE, NO_RELATIVE_ERROR } from "./effects-by-population.ts";
import type { Guardrail, Study } from "./study.ts";

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

/** Every guardrail of a study for every arm, by the rows that decide. */
export function guardrailsOf(study: Study, effects: readonly EffectRow[]): GuardrailReading[] {
  return (study.reading?.guardrails ?? []).flatMap((guardrail) =>
    decisiveRows(effects, guardrail.metric).map((row) => readGuardrail(guardrail, row)),
  );
}

function readGuardrail(guardrail: Guardrail, row: EffectRow): GuardrailReading {
  const effect = guardrail.isRelative ? row.relative : row.absolute;
  const base = { ...guardrail, title: row.metric.title, arm: row.arm, effect };
  if (effect === null) {
    const why = row.note?.includes(NO_RELATIVE_ERROR) ? NO_RELATIVE_ERROR : NO_RELATIVE;
    const note = row.absolute === null ? row.note : why;
    const rest = { bound: null, p: null, isBeyondMargin: false, note };
    return { ...base, ...rest, finding: "not_measured" };
  }
  const { worse, margin } = guardrail;
  const better: Direction = worse === "lower" ? "greater" : "less";
  const { bound, p, nonInferior } = nonInferiority(
    effectTowards(effect, worse === "lower" ? "lower" : "upper"),
    margin,
    better,
    effect.level,
  );
  // The end of the interval that looks best for the arm, as harm above zero.
  const leastHarm = worse === "lower" ? -effect.upper : effect.lower;
  const finding = nonInferior ? "held" : leastHarm > 0 ? "broken" : "open";
  return { ...base, bound, p, finding, isBeyondMargin: leastHarm > margin, note: null };
}
