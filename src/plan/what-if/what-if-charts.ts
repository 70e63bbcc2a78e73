// A plan and what it becomes when something is turned, in one picture.
import { type LineSeries, lineChart } from "../../report/line-chart.ts";
import type { Picture } from "../../report/picture.ts";
import type { FanPoint } from "../study/fan.ts";
import type { SampledStudy } from "../study/sampled-study.ts";

/** What the lines are called, the bounds of nine of ten draws, and the axes. */
export interface LineNames {
  readonly plan: string;
  readonly now: string;
  readonly lower: string;
  readonly upper: string;
  readonly x: string;
  /** Of millions. */
  readonly y: string;
}

const MILLION = 1e6;

/** Money spent by day: as planned dashed, as turned with nine of ten draws around it. */
export function burnPicture(
  plan: SampledStudy,
  now: SampledStudy,
  names: LineNames,
  isNarrow: boolean,
): Picture {
  const [first, second] = now.spending;
  return lineChart({
    labels: now.spending.map(({ at }) => String(at / 24)),
    labelEvery: Math.round(48 / (second!.at - first!.at)),
    series: lines(plan.spending, now.spending, names),
    ...{ xName: names.x, yName: names.y, isNarrow },
  });
}

/** Contribution less cost by month. */
export function netPicture(
  plan: SampledStudy,
  now: SampledStudy,
  names: LineNames,
  isNarrow: boolean,
): Picture {
  return lineChart({
    labels: now.net.map(({ at }) => String(at)),
    series: lines(plan.net, now.net, names),
    ...{ xName: names.x, yName: names.y },
    ...{ showsZero: true, isNarrow },
  });
}

function lines(
  plan: readonly FanPoint[],
  now: readonly FanPoint[],
  names: LineNames,
): LineSeries[] {
  const at = (points: readonly FanPoint[], quantile: number): number[] =>
    points.map(({ quantiles }) => quantiles[quantile]! / MILLION);
  const bounds = { lower: names.lower, upper: names.upper };
  const band = { lower: at(now, 0), upper: at(now, 4), names: bounds };
  const own = { name: names.now, values: at(now, 2), band, colour: 1 };
  if (plan === now) return [{ ...own, name: names.plan }];
  return [own, { name: names.plan, values: at(plan, 2), dashed: true, colour: 2 }];
}
