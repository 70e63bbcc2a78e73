// Numbers over time or over days since the first visit: one line a series, with its interval as a
// band where it has one.

import { axisLook } from "./axis.ts";
import { bandSeries } from "./band-series.ts";
import { rightColumn } from "./column.ts";
import { chartColours, type Picture, type PictureSize, type PictureTable } from "./picture.ts";

/** Bounds by label, drawn as a faint area; NaN: none there. */
export interface Band {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What a table calls them; absent: the series' name, and lower or upper. */
  readonly names?: { readonly lower: string; readonly upper: string };
}

export interface LineSeries {
  readonly name: string;
  /** By label; NaN: no point there. */
  readonly values: readonly number[];
  /** Drawn dashed: a truth, a plan, a benchmark, an expectation. */
  readonly dashed?: boolean;
  readonly band?: Band;
  /** The name of the series that this one goes on from: same colour, no entry in the legend. */
  readonly continues?: string;
  /** Which of the palette's colours; default: its place among the named series. */
  readonly colour?: number;
}

export interface LineChart extends PictureSize {
  readonly labels: readonly string[];
  /** Where the labels lie on the axis, ascending, "" for none; absent: at equal steps. */
  readonly places?: readonly number[];
  readonly series: readonly LineSeries[];
  readonly xName?: string;
  readonly yName?: string;
  /** Only every so many labels are written; absent: as many as there is room for. */
  readonly labelEvery?: number;
  /** Marks the line between gain and loss. */
  readonly showsZero?: boolean;
  /** A place on the x axis with its meaning, such as where watching ended. */
  readonly mark?: { readonly label: string; readonly text: string };
}

export function lineChart(chart: LineChart): Picture {
  const isNarrow = chart.isNarrow === true;
  const lines = chart.series.map((line) => lineOption(line, chart));
  const named = chart.series.filter((line) => line.continues === undefined);
  const legend = named.map(({ name }) => ({ name, others: continuing(name, chart) }));
  const option = {
    grid: { left: isNarrow ? 52 : 64, right: isNarrow ? 16 : 24, top: 40, bottom: 48 },
    legend: {
      ...{ top: 4, itemGap: isNarrow ? 24 : 36, textStyle: { color: chartColours.ink } },
      data: named.map(({ name }) => name),
    },
    xAxis: chart.places === undefined ? categories(chart) : scale(chart, chart.places),
    yAxis: { type: "value", ...axisLook(chart.yName), nameGap: isNarrow ? 36 : 50 },
    series: [...lines, ...chart.series.flatMap((line, i) => bandOptions(line, i, chart))],
  };
  if (lines.length > 0) Object.assign(lines[0]!, marksOf(chart));
  const unit = chart.yName === undefined ? {} : { unit: chart.yName };
  return { option, height: chart.height ?? 300, isNarrow, table: tableOf(chart), legend, ...unit };
}

function continuing(name: string, { series }: LineChart): string[] {
  return series.filter((line) => line.continues === name).map((line) => line.name);
}

function categories(chart: LineChart): Record<string, unknown> {
  return { type: "category", data: [...chart.labels], ...labelledAxis(chart) };
}

/** Labels that would touch each other are left out. */
function scale({ labels, xName }: LineChart, places: readonly number[]): Record<string, unknown> {
  const look = axisLook(xName);
  const ticks = { customValues: places.filter((_, i) => labels[i] !== "") };
  const formatter = (place: number): string => labels[places.indexOf(place)] ?? "";
  const axisLabel = { ...(look.axisLabel as object), ...ticks, formatter, hideOverlap: true };
  const span = { min: 0, max: places.at(-1) };
  return {
    type: "value",
    ...look,
    ...span,
    axisLabel,
    axisTick: ticks,
    splitLine: { show: false },
  };
}

function labelledAxis({ xName, labelEvery }: LineChart): Record<string, unknown> {
  const look = axisLook(xName);
  if (labelEvery === undefined) return look;
  return { ...look, axisLabel: { ...(look.axisLabel as object), interval: labelEvery - 1 } };
}

function lineOption(line: LineSeries, chart: LineChart): Record<string, unknown> {
  return {
    type: "line",
    name: line.name,
    data: points(line.values, chart.places),
    symbol: "none",
    color: colourOf(line, chart),
    lineStyle: { width: 2, type: line.dashed ? "dashed" : "solid" },
    ...(isForItsBand(line, chart) ? { tooltip: { show: false } } : {}),
  };
}

/** The same line once more, with another band around it: told once. */
function isForItsBand({ continues, values }: LineSeries, { series }: LineChart): boolean {
  return series.some((line) => line.name === continues && line.values === values);
}

function bandOptions(line: LineSeries, place: number, chart: LineChart): Record<string, unknown>[] {
  const { name, band } = line;
  if (band === undefined) return [];
  const heights = band.upper.map((value, at) => value - band.lower[at]!);
  return bandSeries({
    ...{ name, place, colour: colourOf(line, chart) },
    lower: points(band.lower, chart.places),
    heights: points(heights, chart.places),
  });
}

function marksOf({ showsZero, mark, labels }: LineChart): Record<string, unknown> {
  const at = mark === undefined ? 0 : labels.indexOf(mark.label) / labels.length;
  // Near an end of the axis the text would leave the chart.
  const align = at < 1 / 3 ? "left" : at > 2 / 3 ? "right" : "center";
  const zero = { yAxis: 0, lineStyle: { color: chartColours.ink, type: "solid", width: 1.5 } };
  const place = mark && {
    xAxis: mark.label,
    label: { show: true, formatter: mark.text, position: "end", distance: 3, align },
  };
  const data = [...(showsZero ? [zero] : []), ...(place ? [place] : [])];
  if (data.length === 0) return {};
  return {
    markLine: {
      silent: true,
      symbol: "none",
      label: { show: false, color: chartColours.quiet },
      lineStyle: { color: chartColours.quiet, type: "dotted" },
      data,
    },
  };
}

function colourOf(line: LineSeries, { series }: LineChart): string {
  const named = series.filter(({ continues }) => continues === undefined);
  const i = named.findIndex(({ name }) => name === (line.continues ?? line.name));
  const place = named[i]?.colour ?? Math.max(0, i);
  return chartColours.series[place % chartColours.series.length]!;
}

function points(values: readonly number[], places?: readonly number[]): unknown[] {
  return values.map((value, i) => {
    const drawn = Number.isFinite(value) ? value : null;
    return places === undefined ? drawn : [places[i]!, drawn];
  });
}

/** A row a label; a series that goes on from another one is in that one's column. */
function tableOf({ labels, series, xName = "", yName }: LineChart): PictureTable {
  const named = series.filter(({ continues }) => continues === undefined);
  const parts = (name: string): LineSeries[] =>
    series.filter((line) => line.name === name || line.continues === name);
  const first = (values: readonly (number | undefined)[]): number =>
    values.find((value) => value !== undefined && !Number.isNaN(value)) ?? Number.NaN;
  const columns = named.flatMap(({ name }) => {
    const lines = parts(name);
    const value = (at: number): number => first(lines.map(({ values }) => values[at]));
    const own = { title: name, value };
    if (lines.every(({ band }) => band === undefined)) return [own];
    const end = (which: "lower" | "upper") => ({
      title: lines.find(({ band }) => band?.names)?.band?.names?.[which] ?? `${name}, ${which}`,
      value: (at: number) => first(lines.map(({ band }) => band?.[which][at])),
    });
    return [own, end("lower"), end("upper")];
  });
  const unit = yName === undefined ? {} : { unit: yName };
  return {
    columns: [
      { title: xName },
      ...columns.map(({ title }) => ({ ...rightColumn(title), ...unit })),
    ],
    rows: labels.map((label, at) => [label, ...columns.map(({ value }) => value(at))]),
  };
}
