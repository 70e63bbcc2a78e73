// Adjusted p values, in the order given or sorted, whole or the first few: the names of the values
// that are asked for say which ("holm", "bh_sorted", "BY_sorted_first3").
import { type Adjustment, adjustP } from "../../../src/stats/index.ts";
import { type Answer, type Question, skip, type Value, values } from "../family.ts";
import { numbersOf } from "../fields.ts";
import { alphaOf } from "../words.ts";

const NAMES: readonly (readonly [RegExp, Adjustment])[] = [
  [/holm[-_ ]?sidak|sidak[-_ ]?(sd|step[-_ ]?down)/i, "holm-sidak"],
  [/sidak/i, "sidak"],
  [/hochberg(?<!benjamini[-_ ]?hochberg)|simes/i, "hochberg"],
  [/hommel/i, "hommel"],
  [/holm/i, "holm"],
  [/bonferroni/i, "bonferroni"],
  [/(^|_)by(_|$)|yekutieli/i, "benjamini-yekutieli"],
  [/(^|_)bh(_|$)|benjamini|fdr/i, "benjamini-hochberg"],
];

export function multipleTesting(question: Question): Answer {
  const { input, method, wanted } = question;
  const p = numbersOf(input, "p", "p_values", "pvalues", "values");
  if (wanted.every((path) => path === "" || /^\d+$/.test(path))) {
    const adjustment = adjustmentOf(method);
    if (adjustment === null) return skip(`no adjustment is named in "${method}"`);
    return values(shaped(adjustP(p, adjustment), method, p.length));
  }
  const found: { [name: string]: Value } = {};
  for (const name of new Set(wanted.map((path) => path.split(".")[0]!))) {
    const adjustment = adjustmentOf(name) ?? adjustmentOf(method);
    if (adjustment === null) return skip(`no adjustment is called "${name}"`);
    const adjusted = adjustP(p, adjustment);
    if (/reject|significant|count/i.test(name)) {
      const rejected = adjusted.map((each) => each <= alphaOf(question));
      found[name] = /count|number/i.test(name) ? rejected.filter(Boolean).length : rejected;
    } else found[name] = shaped(adjusted, name, p.length);
  }
  return values(found);
}

function adjustmentOf(name: string): Adjustment | null {
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function shaped(adjusted: readonly number[], name: string, all: number): number[] {
  const sorted = /sorted/i.test(name) ? adjusted.toSorted((a, b) => a - b) : [...adjusted];
  const first = /first[-_ ]?(\d+)/i.exec(name);
  return sorted.slice(0, first ? Number(first[1]) : all);
}
