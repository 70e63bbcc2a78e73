// The pictures of a plan's study: fans over time, tornados, scenarios and the response to money.
import type { Block } from "../../report/document.ts";
import { fittingChart } from "../../report/fitting-chart.ts";
import { intervalChart } from "../../report/interval-chart.ts";
import { axisWithZero, intervalLines } from "../../report/interval-lines.ts";
import { type LineChart, lineChart } from "../../report/line-chart.ts";
import { sparkline } from "../../report/sparkline.ts";
import { textBar } from "../../report/text-bar.ts";
import { tornadoChart } from "../../report/tornado-chart.ts";
import type { FanPoint } from "./fan.ts";
import type { PlanStudy } from "./plan-study.ts";
import type { Response } from "./response.ts";
import type { SampledStudy } from "./sampled-study.ts";
import { moneyWord, threeFigures } from "./study-words.ts";
import type { Contributions } from "./tornado.ts";

const BARS_MOST = 10;
/** What a low and a high end take, with the room before them. */
const ENDS_COLUMNS = 22;
const BAR_COLUMNS = 24;
const LINE_COLUMNS = 40;
const MILLION = 1e6;

export function spendingChart(study: SampledStudy): Block {
  const labels = study.spending.map(({ at }) => String(at / 24));
  const unit = `million ${moneyWord(study.currency)} spent`;
  // A label for every second day; points lie closer.
  const labelEvery = Math.round(48 / (study.spending[1]!.at - study.spending[0]!.at));
  const axis = { labels, xName: "days", labelEvery };
  return fan("Money spent, by day", "plan-spent", study.spending, axis, unit);
}

export function activeChart(study: SampledStudy): Block {
  const labels = study.active.map(({ at }) => String(at));
  const title = "Users kept because of the campaign and still active, by month";
  const axis = { labels, xName: "months" };
  return fan(title, "plan-active", study.active, axis, "million users");
}

export function netChart(study: SampledStudy): Block {
  const labels = study.net.map(({ at }) => String(at));
  const unit = `million ${moneyWord(study.currency)}, net`;
  const title = "Contribution less cost, cumulated and discounted, by month";
  const axis = { labels, xName: "months" };
  return fan(title, "plan-net", study.net, axis, unit, true);
}

const FAN_NAME = "the middle draw; around it half of them (dark) and nine of ten (light)";

/** The middle with the bands in which a half and nine tenths of the draws lie. */
function fan(
  title: string,
  id: string,
  points: readonly FanPoint[],
  axis: Pick<LineChart, "labels" | "xName" | "labelEvery">,
  yName: string,
  showsZero = false,
): Block {
  const at = (quantile: number): number[] =>
    points.map(({ quantiles }) => quantiles[quantile]! / MILLION);
  const middle = at(2);
  const chart = {
    ...axis,
    series: [
      {
        name: FAN_NAME,
        values: middle,
        band: { lower: at(0), upper: at(4) },
      },
      {
        name: "half of them",
        values: middle,
        band: { lower: at(1), upper: at(3) },
        continues: FAN_NAME,
      },
    ],
    yName,
    showsZero,
  };
  const last = points.at(-1)!.quantiles;
  const ends = `${threeFigures(last[0]!)} … ${threeFigures(last[2]!)} … ${threeFigures(last[4]!)}`;
  return fittingChart(
    id,
    title,
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    (width) => {
      const said = `at the end ${ends}`;
      if (showsZero) return said;
      const drawn = sparkline(thinned(middle));
      return `${drawn}${drawn.length + said.length + 2 <= width ? "  " : "\n"}${said}`;
    },
  );
}

/** As many of the values as a terminal has room for. */
function thinned(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / LINE_COLUMNS);
  return values.filter((_, i) => i % step === 0);
}

export function tornado(
  study: PlanStudy,
  { mean, bars }: Contributions,
  id: "net" | "kept",
): Block[] {
  if (bars.length === 0) return [];
  const rows = bars.slice(0, BARS_MOST);
  const unit = id === "net" ? `million ${moneyWord(study.currency)}` : "million users";
  const chart = {
    rows: rows.map((row) => ({
      label: row.id,
      whenLow: row.whenLow / MILLION,
      whenHigh: row.whenHigh / MILLION,
    })),
    middle: mean / MILLION,
    xName: `${unit}, against the mean of ${threeFigures(mean / MILLION)}`,
  };
  const names = Math.max(...rows.map(({ id: name }) => name.length));
  const lines = (width: number): string =>
    rows
      .map(({ id: name, share, whenLow, whenHigh }) => {
        const part = `${Math.round(100 * share)} %`.padStart(5);
        const ends = `${threeFigures(whenLow)} … ${threeFigures(whenHigh)}`;
        const bar = `${textBar(share, BAR_COLUMNS)} ${part}`;
        const isBeside = names + bar.length + ENDS_COLUMNS <= width;
        return isBeside ? `${name.padEnd(names)}  ${bar}  ${ends}` : `${name}\n${bar}\n${ends}`;
      })
      .join("\n");
  return [
    fittingChart(
      `plan-why-${id}`,
      `What moves ${id === "net" ? "the net" : "the kept users"} most`,
      (isNarrow) => tornadoChart({ ...chart, isNarrow }),
      lines,
    ),
  ];
}

export function scenarioChart(study: PlanStudy): Block {
  const rows = study.scenarios.slice(1).map(({ title, difference }) => {
    const { median, lower, upper } = difference!.net;
    return {
      label: title,
      estimate: median / MILLION,
      lower: lower / MILLION,
      upper: upper / MILLION,
    };
  });
  const lines = { rows, axis: axisWithZero(rows), columns: LINE_COLUMNS };
  const xName = `net against the plan, million ${moneyWord(study.currency)}`;
  return fittingChart(
    "plan-scenarios",
    "Net of each scenario against the plan's",
    (isNarrow) => intervalChart({ rows, xName, isNarrow }),
    (width) => intervalLines(lines, width),
  );
}

export function responseChart({ points }: Response, currency: string): Block {
  const kept = (key: "lower" | "upper"): number[] =>
    points.map((point) => point.kept[key] / MILLION);
  const means = points.map(({ meanKept }) => meanKept / MILLION);
  const name = "kept users, mean and nine of ten draws";
  const chart = {
    labels: points.map(({ budget }) => threeFigures(budget)),
    places: points.map(({ budget }) => budget),
    series: [{ name, values: means, band: { lower: kept("lower"), upper: kept("upper") } }],
    xName: `budget, ${moneyWord(currency)}`,
    yName: "million users kept",
  };
  return fittingChart(
    "plan-response",
    "Kept users against the budget",
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    sparkline(means),
  );
}
