// The campaign's numbers as they were planned and as they look after what was published.
import type { OutputUnit } from "../model/outputs.ts";
import { PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import { answerAt, netAt } from "./judge-block.ts";
import type { JudgedNumber } from "./judged.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import { rangeOf, WeightedDraws, type WeightedRange } from "./weights.ts";

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly unit: OutputUnit;
  readonly of: (draw: number) => number;
}

/** @param before weights as planned; @param after with what was published */
export function judgedNumbers(
  draws: JudgedDraws,
  before: Float64Array,
  after: Float64Array,
): JudgedNumber[] {
  const answer = (id: Parameters<typeof answerAt>[0]) => (draw: number) =>
    draws.answer(draw, answerAt(id));
  const perKept = (draw: number): number => {
    const kept = answer("kept")(draw);
    return kept > 0 ? answer("cost")(draw) / kept : Number.POSITIVE_INFINITY;
  };
  const asked: Asked[] = [
    { id: "people", title: "people who came", unit: "users", of: answer("people") },
    { id: "kept", title: "kept users, as assumed", unit: "users", of: answer("kept") },
    { id: "spent", title: "spent on rewards", unit: "money", of: answer("spent") },
    { id: "cost", title: "cost in all", unit: "money", of: answer("cost") },
    { id: "costPerKept", title: "cost of a kept user", unit: "money", of: perKept },
    ...draws.job.within.map((months, i) => ({
      ...{ id: `net.${months}`, title: `net after ${months} months`, unit: "money" as const },
      of: (draw: number) => draws.answer(draw, netAt(i)),
    })),
  ];
  return asked.map(({ of, ...named }) => {
    const values = draws.column(of);
    const range = (weights: Float64Array): WeightedRange =>
      rangeOf(new WeightedDraws(values, weights), PLAN_LEVEL);
    return { ...named, before: range(before), after: range(after) };
  });
}
