// What must not get worse: each guardrail held against its margin, which was declared beforehand.
// "No significant harm" is no evidence of no harm, so a guardrail is held, broken or open.
import { type Direction, nonInferiority } from "../stats/index.ts";
import { decisiveRows, type EffectRow } from "../verdict/effect-row.ts";
import type { GuardrailReading } from "../verdict/guardrail-reading.ts";
import type { Guardrail } from "../verdict/metric.ts";
import { effectTowards } from "./effect-interval.ts";
import { NO_RELATIVE, NO_RELATIVE_ERROR } from "./effects-by-population.ts";
import type { Study } from "./study.ts";

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
