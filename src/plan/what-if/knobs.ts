// What somebody can turn in a plan: each assumption that it states, over the range in which it may
// lie, and the budget.
import { createAssumptionSet } from "../assumptions/index.ts";
import { parametersOf } from "../plan-file/parameters.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { assumptionTitle } from "../study/assumption-title.ts";

export interface Knob {
  /** The assumption's id; BUDGET for the campaign's money. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Where it stands while nobody turns it: the median of what is assumed. */
  readonly point: number;
  /** The values of its positions, ascending: KNOB_POSITIONS of them, equally likely steps. */
  readonly scale: readonly number[];
  readonly source: string;
  readonly why: string | null;
}

export const BUDGET = "budget";
export const KNOB_POSITIONS = 99;

/** What a number that was stated as certain may be turned to, as a part of itself. */
const CERTAIN_LOW = 0.5;
const CERTAIN_HIGH = 1.5;
/** The budget, from a quarter of it to four times as much. */
const BUDGET_OCTAVES = 2;

/** The budget first, then what the plan states, in its order; what it leaves out is left alone. */
export function knobsOf(plan: PlanFile): Knob[] {
  const set = createAssumptionSet(plan.assumptions, [], plan.seed);
  const parameters = new Map(parametersOf(plan.campaign).map((each) => [each.id, each]));
  const stated = plan.assumptions.filter(({ origin }) => origin !== "default");
  const knobs = stated.flatMap((assumption): Knob[] => {
    const { id, unit, point, source, why, distribution } = assumption;
    const { low, high } = parameters.get(id)!;
    const scale =
      distribution.kind === "fixed"
        ? certainScale(point, low, high)
        : positions((share) => set.quantile(set.ordinal(id), share));
    if (!(scale[0]! < scale.at(-1)!)) return [];
    return [{ id, title: assumptionTitle(id), unit, point, scale, source, why }];
  });
  return [budgetKnob(plan), ...knobs];
}

function budgetKnob({ terms: { budget, currency } }: PlanFile): Knob {
  const scale = positions((share) => budget * 2 ** ((2 * share - 1) * BUDGET_OCTAVES));
  const told = { title: "budget", unit: currency, source: "the campaign file", why: null };
  return { id: BUDGET, ...told, point: budget, scale };
}

function certainScale(value: number, low: number, high: number): number[] {
  const [a, b] = [CERTAIN_LOW * value, CERTAIN_HIGH * value];
  const [from, to] = [Math.max(low, Math.min(a, b)), Math.min(high, Math.max(a, b))];
  return positions((share) => from + (to - from) * share);
}

function positions(valueAt: (share: number) => number): number[] {
  return Array.from({ length: KNOB_POSITIONS }, (_, i) =>
    threeDigits(valueAt((i + 1) / (KNOB_POSITIONS + 1))),
  );
}

/** Nobody turns a knob to the fourth digit, and addresses stay short. */
function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
