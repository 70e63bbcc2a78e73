// At which multiples of the campaign's own the sensitivity tables are read: 1 is always among them,
// so that the report's own assumptions have a cell.
import type { ValueQuestion } from "../value-question.ts";
import type { Problem } from "./problem.ts";
import type { RawValue } from "./value-shape.ts";

/** As many columns as a terminal holds. */
const FACTORS_MOST = 9;

export function factorsOf({ sensitivity }: RawValue, problem: Problem): ValueQuestion["factors"] {
  const read = (key: keyof RawValue["sensitivity"]): number[] => {
    const given = sensitivity[key];
    for (const [i, factor] of given.entries()) {
      if (given.indexOf(factor) === i) continue;
      throw problem(["sensitivity", key, i], `expected each factor once, found ${factor} twice`);
    }
    const factors = given.includes(1) ? given : [...given, 1];
    if (factors.length <= FACTORS_MOST) return [...factors].sort((a, b) => a - b);
    const most = FACTORS_MOST - 1;
    const found = `${given.length}`;
    throw problem(
      ["sensitivity", key],
      `expected at most ${most} factors beside 1, found ${found}`,
    );
  };
  return {
    ...{ users: read("users"), margin: read("margin") },
    ...{ multiple: read("multiple"), cost: read("cost") },
  };
}
