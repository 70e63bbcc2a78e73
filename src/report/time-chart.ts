// Numbers over time, on an axis of instants: what was, what is planned, and what is expected with
// its interval. Who draws it says how his readers write times and amounts.
import { axisLook } from "./axis.ts";
import { bandSeries } from "./band-series.ts";
import { rightColumn } from "./column.ts";
import {
  chartColours,
  type Picture,
  type PictureCell,
  type PictureColumn,
  type PictureSize,
  type PictureTable,
} from "./picture.ts";
import { type OffsetAt, timeTicks } from "./time-ticks.ts";

/** NaN: nothing is known of that instant. */
export type TimePoint = readonly [atMs: number, value: number];

export interface TimeLine {
  readonly name: string;
  /** In order of time. */
  readonly points: readonly TimePoint[];
  /** A plan or an expectation. */
  readonly dashed?: boolean;
  /** Filled down to zero. */
  readonly filled?: boolean;
  /** Bounds at the same instants. */
  readonly band?: { readonly lower: readonly number[]; readonly upper: readonly number[] };
  /** Which of the palette's colours; default: its place. */
  readonly colour?: number;
}

export interface TimeChart extends PictureSize {
  readonly fromMs: number;
  readonly toMs: number;
  /** What the zone's clocks are ahead of UTC then. */
  readonly offsetAtMs: OffsetAt;
  readonly lines: readonly TimeLine[];
  /** An instant on the axis, where ticks are so far apart; and in full. */
  readonly tickText: (atMs: number, stepMs: number) => string;
  readonly timeText: (atMs: number) => string;
  /** A value on the axis, and in full. */
  readonly shortText: (value: number) => string;
  readonly valueText: (value: number) => string;
  /** As the columns behind it have them. */
  readonly values?: Pick<PictureColumn, "decimals" | "unit">;
  readonly timeName: string;
  /** A height with its meaning, such as the budget. */
  readonly level?: { readonly value: number; readonly text: string };
  /** An instant with its meaning, such as now. */
  readonly mark?: { readonly atMs: number; readonly text: string };
}

const WIDE_TICKS = 8;
const NARROW_TICKS = 4;
const NAMES_A_ROW = 3;
/** For the name of a level. */
const ROOM_ABOVE = 1.1;

export function timeChart(chart: TimeChart): Picture {
  const isNarrow = chart.isNarrow === true;
  const { lines } = chart;
  const drawn = lines.map((line, i) => lineOption(line, i, chart));
  if (drawn.length > 0) Object.assign(drawn[0]!, marksOf(chart));
  // On a phone the names of more than three lines take two rows.
  const top = isNarrow && lines.length > NAMES_A_ROW ? 62 : 40;
  const option = {
    grid: { left: isNarrow ? 52 : 72, right: isNarrow ? 12 : 24, top, bottom: 28 },
    legend: {
      top: 4,
      itemGap: isNarrow ? 12 : 28,
      data: lines.map(({ name }) => name),
      textStyle: { color: chartColours.ink },
    },
    xAxis: timeAxis(chart, isNarrow),
    yAxis: valueAxis(chart),
    series: [...drawn, ...lines.flatMap(bandOptions), ...roomFor(chart)],
  };
  const legend = lines.map(({ name }) => ({ name }));
  return { option, height: chart.height ?? 260, isNarrow, table: tableOf(chart), legend };
}

function timeAxis(chart: TimeChart, isNarrow: boolean): Record<string, unknown> {
  const { fromMs, toMs, offsetAtMs, tickText, timeText } = chart;
  const most = isNarrow ? NARROW_TICKS : WIDE_TICKS;
  const { stepMs, instants } = timeTicks(fromMs, toMs, most, offsetAtMs);
  const look = axisLook();
  const ticks = { customValues: [...instants] };
  const formatter = (atMs: number): string => tickText(atMs, stepMs);
  return {
    type: "value",
    ...look,
    ...{ min: fromMs, max: toMs },
    axisLabel: { ...(look.axisLabel as object), ...ticks, formatter, hideOverlap: true },
    axisTick: { ...ticks, show: true, lineStyle: { color: chartColours.quiet } },
    splitLine: { show: false },
    axisPointer: { label: { formatter: ({ value }: { value: number }) => timeText(value) } },
  };
}

function valueAxis({ shortText }: TimeChart): Record<string, unknown> {
  const look = axisLook();
  const axisLabel = { ...(look.axisLabel as object), formatter: shortText };
  return { type: "value", ...look, axisLabel, min: 0 };
}

/** A mark is no reason for an axis to reach so far; a point that nobody sees is. */
function roomFor({ level, fromMs }: TimeChart): Record<string, unknown>[] {
  if (level === undefined) return [];
  const unseen = { symbol: "none", silent: true, tooltip: { show: false } };
  return [{ type: "line", data: [[fromMs, ROOM_ABOVE * level.value]], ...unseen }];
}

function lineOption(line: TimeLine, i: number, { valueText }: TimeChart): Record<string, unknown> {
  const { name, points, dashed = false, filled = false } = line;
  return {
    type: "line",
    name,
    data: points.map(([atMs, value]) => [atMs, Number.isFinite(value) ? value : null]),
    symbol: "none",
    color: colourOf(line, i),
    lineStyle: { width: 2, type: dashed ? "dashed" : "solid" },
    ...(filled ? { areaStyle: { opacity: 0.12 } } : {}),
    tooltip: { valueFormatter: (value: unknown) => textOf(value, valueText) },
  };
}

function textOf(value: unknown, text: (value: number) => string): string {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "number" ? text(last) : "–";
}

function bandOptions(line: TimeLine, place: number): Record<string, unknown>[] {
  const { name, points, band } = line;
  if (band === undefined) return [];
  const at = (values: readonly number[]): unknown[] =>
    points.map(([atMs], p) => [atMs, Number.isFinite(values[p]!) ? values[p] : null]);
  const heights = at(band.upper.map((upper, p) => upper - band.lower[p]!));
  return bandSeries({ name, place, colour: colourOf(line, place), lower: at(band.lower), heights });
}

function marksOf({ level, mark, fromMs, toMs }: TimeChart): Record<string, unknown> {
  const data = [
    ...(level === undefined
      ? []
      : [{ yAxis: level.value, label: { formatter: level.text, position: "insideStartTop" } }]),
    ...(mark === undefined
      ? []
      : [
          {
            xAxis: mark.atMs,
            label: {
              formatter: mark.text,
              position: "end",
              distance: 3,
              align: mark.atMs - fromMs > (toMs - fromMs) / 2 ? "right" : "left",
            },
          },
        ]),
  ];
  if (data.length === 0) return {};
  return {
    markLine: {
      ...{ silent: true, symbol: "none", animation: false },
      label: { show: true, color: chartColours.quiet },
      lineStyle: { color: chartColours.quiet, type: "dotted" },
      data,
    },
  };
}

function colourOf({ colour }: TimeLine, i: number): string {
  return chartColours.series[(colour ?? i) % chartColours.series.length]!;
}

/** A row an instant at which any line has a point; made only for who looks: charts move often. */
function tableOf(chart: TimeChart): PictureTable {
  const { lines, timeName, timeText, values } = chart;
  return {
    columns: [
      { title: timeName, timeText },
      ...lines.map(({ name }) => ({ ...rightColumn(name), ...values })),
    ],
    get rows() {
      return rowsOf(chart);
    },
  };
}

function rowsOf({ lines }: TimeChart): PictureCell[][] {
  const rows = new Map<number, number[]>();
  lines.forEach(({ points }, i) => {
    for (const [atMs, value] of points) {
      let row = rows.get(atMs);
      if (row === undefined) {
        row = lines.map(() => Number.NaN);
        rows.set(atMs, row);
      }
      row[i] = value;
    }
  });
  const inOrder = [...rows].sort(([one], [other]) => one - other);
  return inOrder.map(([atMs, values]) => [atMs, ...values]);
}
