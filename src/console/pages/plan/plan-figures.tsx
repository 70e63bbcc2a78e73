// What comes of a plan, side by side: as planned, as turned, and what was kept of what was turned.
import type { ReactNode } from "react";
import type { OutputId } from "../../../plan/model/outputs.ts";
import type { SampledStudy } from "../../../plan/study/sampled-study.ts";
import { numberOf, rangeText, rareText } from "../../../plan/study/study-words.ts";
import type { Knob } from "../../../plan/what-if/knobs.ts";
import { turnedWords } from "../../parts/knob-panel.tsx";
import { SideBySide, type SideRow } from "../../parts/side-by-side.tsx";
import type { Turned } from "../../parts/turned.ts";
import { type AskedPlan, useSampled } from "./use-plan.ts";

const SHOWN: readonly OutputId[] = [
  ...(["people", "rewarded", "spent", "cost", "kept", "costPerKept"] as const),
  ...(["lifetimeValue", "net12", "net", "marginNeeded", "claimsPeak", "ordersPeak"] as const),
];

export function PlanFigures({
  knobs,
  plan,
  now,
  kept,
  onKept,
  onTake,
  ...asked
}: AskedPlan & {
  readonly knobs: readonly Knob[];
  readonly plan: SampledStudy;
  readonly now: SampledStudy | null;
  readonly kept: readonly Turned[];
  readonly onKept: (kept: readonly Turned[]) => void;
  readonly onTake: (turned: Turned) => void;
}): ReactNode {
  // As many questions each time, whatever is kept: at most so many columns are.
  const columns = [
    useSampled({ ...asked, turned: kept[0] ?? {} }),
    useSampled({ ...asked, turned: kept[1] ?? {} }),
    useSampled({ ...asked, turned: kept[2] ?? {} }),
    useSampled({ ...asked, turned: kept[3] ?? {} }),
  ].slice(0, kept.length);
  return (
    <SideBySide
      {...{ now, kept, onKept, onTake }}
      rows={rowsOf(plan)}
      level={plan.level}
      assumed={plan}
      keptValues={columns.map(({ data, isPlaceholderData }) =>
        isPlaceholderData ? undefined : data?.study,
      )}
      saidOf={(turned) => turnedWords(turned, knobs)}
    />
  );
}

function rowsOf(plan: SampledStudy): SideRow<SampledStudy>[] {
  return [
    ...SHOWN.map((id) => ({
      title: numberOf(plan, id).title,
      textOf: (study: SampledStudy) => {
        const number = numberOf(study, id);
        return rangeText(number, number.unit, study.currency);
      },
    })),
    {
      title: `chance to pay back within ${plan.withinMonths} months`,
      textOf: ({ paybackChance }) => rareText(paybackChance),
    },
    ...plan.waves.map(({ id }, at) => ({
      title: `chance that the money of ${id} is gone early`,
      textOf: ({ waves }: SampledStudy) => rareText(waves[at]!.runOutChance),
    })),
  ];
}
