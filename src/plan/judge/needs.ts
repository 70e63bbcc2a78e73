// What must be true for the campaign to have paid off: one thing at a time, all else as it looks
// after what was published; and margin and retention together.
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import { answerAt, marginNeededAt } from "./judge-block.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import { rangeOf, WeightedDraws, type WeightedRange } from "./weights.ts";

export interface Needs {
  readonly months: number;
  /** Each as it would have to be, as it looks, and the median of how many times that is. */
  readonly margin: Need;
  readonly retention: Need;
  /** People who came for the same money. */
  readonly reach: Need;
  /** Chance that it has paid off if margin and D30 retention were these, by retention, margin. */
  readonly grid: NeedGrid;
}

export interface Need {
  readonly needed: WeightedRange;
  readonly has: WeightedRange;
  readonly times: number;
}

export interface NeedGrid {
  readonly margins: readonly number[];
  readonly retentions: readonly number[];
  readonly chances: readonly (readonly number[])[];
}

/** Of a kept user and month, and shares of the rewarded on day 30. */
const MARGINS: readonly number[] = [2.5, 5, 10, 20, 40, 80];
const RETENTIONS: readonly number[] = [0.05, 0.1, 0.128, 0.2, 0.3, 0.5];

export function needsOf(draws: JudgedDraws, weights: Float64Array): Needs[] {
  const { assumptions, within } = draws.job;
  const place = (id: string): number => assumptions.findIndex((each) => each.id === id);
  const [margin, d30] = [place("margin"), place("retention.d30")];
  const of = (column: (draw: number) => number): WeightedDraws =>
    new WeightedDraws(draws.column(column), weights);
  const marginOf = (draw: number): number => draws.value(draw, margin);
  const d30Of = (draw: number): number => draws.value(draw, d30);
  const people = (draw: number): number => draws.answer(draw, answerAt("people"));
  return within.map((months, i): Needs => {
    const needed = (draw: number): number => draws.answer(draw, marginNeededAt(i));
    // As if who is kept moved in proportion to retention, and to who came.
    const times = (draw: number): number =>
      marginOf(draw) > 0 ? needed(draw) / marginOf(draw) : Number.POSITIVE_INFINITY;
    const need = (has: (draw: number) => number): Need => ({
      needed: rangeOf(
        of((draw) => has(draw) * times(draw)),
        PLAN_LEVEL,
      ),
      has: rangeOf(of(has), PLAN_LEVEL),
      times: of(times).quantile(0.5),
    });
    const product = of((draw) => needed(draw) * d30Of(draw));
    return {
      months,
      margin: { ...need(marginOf), needed: rangeOf(of(needed), PLAN_LEVEL) },
      retention: need(d30Of),
      reach: need(people),
      grid: {
        margins: MARGINS,
        retentions: RETENTIONS,
        chances: RETENTIONS.map((share) => MARGINS.map((each) => product.shareUpTo(each * share))),
      },
    };
  });
}
