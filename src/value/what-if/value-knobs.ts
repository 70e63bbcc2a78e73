// What somebody can turn in a valuation: the figures of the file that are numbers, each over its
// range, and what the plan assumes.
import { valueAt } from "../../contract/parse.ts";
import type { Knob } from "../../plan/what-if/knobs.ts";
import { KNOB_POSITIONS } from "../../plan/what-if/knobs.ts";
import { inverseOf } from "../../stats/distributions/inverse.ts";
import type { FigureEntry } from "../figure.ts";

/** Before the ids of figures, so that none is taken for an assumption of the plan. */
export const OF_VALUE = "value:";

/** What a figure without a range may be turned to, as a part of itself. */
const LOW = 0.5;
const HIGH = 1.5;

/** @param raw the file as it was written */
export function valueKnobs(entries: readonly FigureEntry[], raw: unknown): Knob[] {
  return entries.flatMap((entry): Knob[] => {
    const { id, title, unit, value, range, source, why } = entry;
    if (value === null || value === 0 || numberPath(raw, id) === null) return [];
    const scale = range === null ? evenly(LOW * value, HIGH * value) : overRange(range, value);
    if (!(scale[0]! < scale.at(-1)!)) return [];
    return [{ id: `${OF_VALUE}${id}`, title, unit, point: value, scale, source, why }];
  });
}

/** Where the number of a figure stands; null: it is not one of its own, such as a growth. */
export function numberPath(raw: unknown, id: string): (string | number)[] | null {
  const path = id.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const at = valueAt(raw, path);
  if (typeof at !== "object" || at === null) return null;
  const key = "value" in at ? "value" : "months" in at ? "months" : null;
  return key === null ? null : [...path, key];
}

function overRange([low, high]: readonly [number, number], mode: number): number[] {
  const { fromShare } = inverseOf({ kind: "triangular", low, mode, high });
  return Array.from({ length: KNOB_POSITIONS }, (_, i) =>
    threeDigits(fromShare((i + 1) / (KNOB_POSITIONS + 1))),
  );
}

function evenly(a: number, b: number): number[] {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  return Array.from({ length: KNOB_POSITIONS }, (_, i) =>
    threeDigits(from + ((to - from) * i) / (KNOB_POSITIONS - 1)),
  );
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
