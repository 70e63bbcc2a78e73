// What the words of a method (and the fields that say the same) ask for: relative or absolute, one
// side or two, which level. A method that says "... | same, but X" changes what was said before.
import { DEFAULT_LEVEL, type Direction } from "../../src/stats/index.ts";
import { type Fields, PairProblem, type Question } from "./family.ts";
import { has, numberOf, textOf } from "./fields.ts";

/**
 * What a method says, most particular first: its last part and its first one. "A | same, B | same,
 * C" means A with C; B was said of another pair.
 */
export function parts(method: string): string[] {
  const said = method.split("|").map((part) => part.trim());
  return said.length === 1 ? said : [said.at(-1)!, said[0]!];
}

/** Whether a relative reading is asked for; `otherwise` where nothing says so. */
export function isRelative(question: Question, otherwise: boolean): boolean {
  const { input } = question;
  if (typeof input.relative === "boolean") return input.relative;
  if (typeof input.absolute === "boolean") return !input.absolute;
  const said = textOf(input, "difference_type", "scale", "effect");
  for (const part of [said ?? "", ...parts(question.method)]) {
    if (/absolut/i.test(part)) return false;
    if (/relativ|lift|percent change|per cent/i.test(part)) return true;
    if (/\bdifference\b/i.test(part)) return false;
  }
  return otherwise;
}

/** The side of a one-sided question, or null where it is two-sided. */
export function directionOf(question: Question): Direction | null {
  const { input } = question;
  const said = textOf(input, "alternative", "direction", "tail", "sides");
  if (said !== null) {
    if (/two/i.test(said)) return null;
    return sideOf(said) ?? "greater";
  }
  const sides = has(input, "sides") ? numberOf(input, "sides") : null;
  if (sides === 2) return null;
  for (const part of parts(question.method)) {
    if (/two[- ]?(sided|tailed)/i.test(part) && sides === null) return null;
    if (/one[- ]?(sided|tailed)/i.test(part)) return sideOf(part) ?? "greater";
  }
  return sides === 1 ? (sideOf(question.method) ?? "greater") : null;
}

function sideOf(words: string): Direction | null {
  if (/less|lower|smaller|decreas|worse/i.test(words)) return "less";
  return /great|larg|higher|more|increas|better/i.test(words) ? "greater" : null;
}

/** The confidence level: a field, else "95 % CI" or "alpha .05" in the words, else .95. */
export function levelOf({ input, method }: Question): number {
  if (has(input, "alpha")) return 1 - numberOf(input, "alpha");
  if (has(input, "level", "confidence", "confidence_level", "interval_size")) {
    const level = numberOf(input, "level", "confidence", "confidence_level", "interval_size");
    return level > 1 ? level / 100 : level;
  }
  for (const part of parts(method)) {
    const alpha = /(?:\balpha|sided|tailed)\s*(?:=|of)?\s*(\d*\.\d+)/i.exec(part);
    if (alpha) return 1 - Number(alpha[1]);
    const level = /\b([5-9]\d(?:\.\d+)?)\s*(?:%|per cent)(?!\s*power)/i.exec(part);
    if (level) return Number(level[1]) / 100;
  }
  return DEFAULT_LEVEL;
}

/** alpha itself, without the rounding of 1 - (1 - alpha). */
export function alphaOf(question: Question): number {
  return has(question.input, "alpha") ? numberOf(question.input, "alpha") : 1 - levelOf(question);
}

/** A number that stands after one of the words, such as "tuning 5000" or "tuning N*=1000". */
export function numberAfter(method: string, word: RegExp): number | null {
  for (const part of parts(method)) {
    const found = new RegExp(`${word.source}[^\\d|.]{0,12}(\\d*\\.?\\d+)`, "i").exec(part);
    if (found) return Number(found[1]);
  }
  return null;
}

/** Fails with the list of what is known. */
export function unknownMethod(family: string, method: string): never {
  throw new PairProblem(`the method "${method}" is none that the family ${family} knows`);
}

/** All of an input's fields and its parts' fields say so: used to tell shapes apart. */
export function hasAll(fields: Fields, ...names: string[]): boolean {
  return names.every((name) => has(fields, name));
}
