// The pictures of a plan's hours: each wave's money as it goes, claims and orders as they come.
import type { Block } from "../../report/document.ts";
import { fittingChart } from "../../report/fitting-chart.ts";
import { formatNumber } from "../../report/format.ts";
import { type LineChart, lineChart } from "../../report/line-chart.ts";
import { sparkline } from "../../report/sparkline.ts";
import type { FanPoint } from "./fan.ts";
import type { PlanStudy } from "./plan-study.ts";
import { moneyWord, threeFigures } from "./study-words.ts";

const MILLION = 1e6;
const HOURS_OF_DAY = 24;
const LINE_COLUMNS = 40;

/** Of each wave: money granted and money spent. */
export function waveCharts(study: PlanStudy): Block[] {
  return study.hours.waves.map(({ id, granted, spent }) => {
    const chart = {
      ...daysAxis(granted),
      series: [band("granted", granted), band("spent", spent)],
      yName: `million ${moneyWord(study.currency)}`,
    };
    const last = threeFigures(granted.at(-1)!.quantiles[2]!);
    return fittingChart(
      `plan-wave-${id}`,
      `Money of ${id}, the middle draw and nine of ten around it`,
      (isNarrow) => lineChart({ ...chart, isNarrow }),
      `${drawn(granted)}  ${last} granted in the end`,
    );
  });
}

/** Claims and orders an hour, while the rush lasts. */
export function loadChart(study: PlanStudy): Block {
  const { claims, orders } = study.hours;
  const chart = {
    ...daysAxis(claims),
    series: [band("claims", claims), band("orders", orders)],
    yName: "million an hour",
  };
  const most = claims.reduce((best, each) =>
    each.quantiles[4]! > best.quantiles[4]! ? each : best,
  );
  return fittingChart(
    "plan-load",
    "Claims and orders an hour, the middle draw and nine of ten around it",
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    `${drawn(claims)}  most in the hour that ends ${formatNumber(most.at)} hours after the start`,
  );
}

function daysAxis(points: readonly FanPoint[]): Pick<LineChart, "labels" | "places" | "xName"> {
  const places = points.map(({ at }) => at / HOURS_OF_DAY);
  const labels = places.map((day) => (Number.isInteger(day) ? String(day) : ""));
  return { labels, places, xName: "days" };
}

/** In millions. */
function band(name: string, points: readonly FanPoint[]): LineChart["series"][0] {
  const at = (quantile: number): number[] =>
    points.map(({ quantiles }) => quantiles[quantile]! / MILLION);
  return { name, values: at(2), band: { lower: at(0), upper: at(4) } };
}

/** The middle draw, as many of its values as a terminal has room for, evenly in time. */
function drawn(points: readonly FanPoint[]): string {
  const end = points.at(-1)!.at;
  const values = Array.from({ length: LINE_COLUMNS }, (_, i) => {
    const at = (end * (i + 1)) / LINE_COLUMNS;
    return points.find((each) => each.at >= at)!.quantiles[2]!;
  });
  return sparkline(values);
}
