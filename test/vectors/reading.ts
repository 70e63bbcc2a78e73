// How an effect is read, by the method's words: two-sided or one-sided, at a fixed horizon or
// always-valid. Returns all values under the names in use.
import {
  confidenceSequence,
  DEFAULT_TUNING,
  oneSided,
  oneSidedSequence,
  type SequenceOptions,
} from "../../src/stats/index.ts";
import { effectFields } from "./arms.ts";
import type { Reading } from "./effects.ts";
import type { Question, Value } from "./family.ts";
import { has, numberOf } from "./fields.ts";
import { directionOf, levelOf, numberAfter } from "./words.ts";

export function readingFields(question: Question, reading: Reading): { [name: string]: Value } {
  const { effect, users } = reading;
  const direction = directionOf(question);
  if (isAlwaysValid(question)) {
    const options: SequenceOptions = { level: levelOf(question), tuning: tuningOf(question) };
    const sequence =
      direction === null
        ? confidenceSequence(effect, users, options)
        : oneSidedSequence(effect, users, direction, options);
    return { ...effectFields(sequence), n: users };
  }
  const df = { df: effect.degreesOfFreedom, dof: effect.degreesOfFreedom };
  if (direction === null) return { ...effectFields(effect), ...df };
  return { ...effectFields({ ...effect, ...oneSided(effect, direction) }), ...df };
}

export function isAlwaysValid({ method, input }: Question): boolean {
  return has(input, "tuning") || /sequen|always[- ]valid|anytime|\bCS\b/i.test(method);
}

export function tuningOf({ method, input }: Question): number {
  const names = ["tuning", "tuning_parameter", "sequential_tuning_parameter", "N_star"];
  if (has(input, ...names)) return numberOf(input, ...names);
  return numberAfter(method, /tuning/) ?? DEFAULT_TUNING;
}
