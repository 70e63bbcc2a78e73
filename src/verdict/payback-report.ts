// Payback as a section of the report: one sentence an arm, the net over time, and the figures
// counting only what was watched beside those that go on to the horizon.
import {
  type Block,
  headlineBlock,
  moreBlock,
  noteBlock,
  type Section,
  tableBlock,
} from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import {
  currencyName,
  formatLevel,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSigned,
  formatSignedMoney,
} from "../report/format.ts";
import { axisWithZero, intervalLines } from "../report/interval-lines.ts";
import { type LineSeries, lineChart } from "../report/line-chart.ts";
import { sentence } from "../report/sentence.ts";
import type { DrawInterval } from "../stats/index.ts";
import { moneyDigits } from "./metric-digits.ts";
import type { PaybackBasis, Threshold } from "./payback-basis.ts";
import { type ArmPayback, beyondProblem, type PaybackReading } from "./payback-reading.ts";
import { paybackSentence } from "./payback-words.ts";
import { periodWords } from "./period-words.ts";

const LINE_COLUMNS = 48;

/** @param id prefix of the chart's ids, unique in the page */
export function paybackSection(reading: PaybackReading, id = "payback"): Section {
  return {
    title: "Payback",
    blocks: [
      ...reading.arms.map((arm) => headlineBlock(sentence(paybackSentence(arm, reading)))),
      netChart(reading, id),
      ...reading.arms.map((arm) => figureTable(arm, reading)),
      ...reading.arms.flatMap(({ arm, reason, check }) => [
        ...(reason === null ? [] : [noteBlock(sentence(`${arm}: not carried on: ${reason}.`))]),
        ...(check === null || check.state === "passed"
          ? []
          : [noteBlock(sentence(`${arm}: what is carried on is a scenario: ${check.detail}.`))]),
      ]),
      moreBlock("What the figures mean, and how they were drawn", [
        noteBlock(methodWords(reading)),
      ]),
    ],
  };
}

function netChart(reading: PaybackReading, id: string): Block {
  const { arms, periods, currency, level } = reading;
  const { axis } = periodWords(reading.periodDays);
  const end = Math.max(
    ...arms.map(({ watched, extrapolated }) => (extrapolated ?? watched).periods),
  );
  const labels = Array.from({ length: end + 1 }, (_, t) => axis.at(t));
  const isExtended = end > periods;
  const chart = {
    labels,
    // The held-out have the first colour wherever arms are drawn beside them.
    series: arms.flatMap((arm, i) => netSeries(arm, periods, end, i + 1)),
    xName: `${axis.name} after the start`,
    yName: `${currencyName(currency)} a treated user`,
    showsZero: true,
    ...(isExtended ? { mark: { label: axis.at(periods), text: "watched until here" } } : {}),
  };
  const dashed = isExtended ? "; dashed: carried on along the curves" : "";
  const title = `Value less cost, cumulated, with its ${formatLevel(level)} interval${dashed}`;
  return fittingChart(
    id,
    title,
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    (width) => netLines(reading, width),
  );
}

/** From what was spent at the start on; what was watched, then what is expected. */
function netSeries(each: ArmPayback, periods: number, end: number, colour: number): LineSeries[] {
  const { arm, cost, watched, extrapolated } = each;
  const kind = beyondProblem(each) === null ? "expected" : "scenario";
  const start = { estimate: -cost.estimate, lower: -cost.upper, upper: -cost.lower };
  const seen = [start, ...watched.cumulated];
  const seenLine = { name: arm, ...columns(seen, 0, end), colour };
  if (extrapolated === null) return [seenLine];
  const later = extrapolated.cumulated.slice(periods - 1);
  const beyond = { name: `${arm}, ${kind}`, ...columns(later, periods, end) };
  return [seenLine, { ...beyond, dashed: true, continues: arm }];
}

/** Values and band of some points, the first of them `from` places into the chart. */
function columns(
  intervals: readonly DrawInterval[],
  from: number,
  end: number,
): Pick<LineSeries, "values"> & Required<Pick<LineSeries, "band">> {
  const column = (key: keyof DrawInterval): number[] =>
    Array.from({ length: end + 1 }, (_, t) => intervals[t - from]?.[key] ?? Number.NaN);
  return { values: column("estimate"), band: { lower: column("lower"), upper: column("upper") } };
}

/** For a terminal: the net at some points of time on one axis that shows zero. */
function netLines({ arms, periodDays, currency }: PaybackReading, width: number): string {
  const { by } = periodWords(periodDays);
  const rows = arms.flatMap(({ arm, watched, extrapolated }) => {
    const all = (extrapolated ?? watched).cumulated;
    const name = arms.length > 1 ? `${arm}, ` : "";
    return chosen(all.length, 8).map((t) => ({ label: `${name}${by(t)}`, ...all[t - 1]! }));
  });
  const axis = axisWithZero(rows);
  const digits = moneyDigits(axis.from, axis.to);
  const texts = rows.map((row) => ({
    ...row,
    text: formatSignedMoney(row.estimate, currency, digits),
  }));
  const ends = [formatNumber(axis.from, digits), formatNumber(axis.to, digits)] as const;
  return intervalLines({ rows: texts, axis, ends, columns: LINE_COLUMNS }, width);
}

/** A figure and its interval, for the watched periods and for those up to the horizon. */
type Cells = readonly [figure: string, interval: string];

function figureTable(each: ArmPayback, reading: PaybackReading): Block {
  const { one, by, span } = periodWords(reading.periodDays);
  const { arm, watched, extrapolated } = each;
  const bases = extrapolated === null ? [watched] : [watched, extrapolated];
  const { currency, level, control, marginPerActivePeriod, discountPerYear } = reading;
  const heads = [`${span(watched.periods)} seen`];
  const kind = beyondProblem(each) === null ? "to" : "scenario to";
  if (extrapolated !== null) heads.push(`${kind} ${by(extrapolated.periods)}`);
  const columns = heads.flatMap((title) => [
    { title, align: "right" as const },
    { title: "interval", align: "right" as const },
  ]);
  const rows = figures(each, reading).map(([title, cells]) => [title, ...bases.flatMap(cells)]);
  const caption =
    `${arm} less ${control}, ${currencyName(currency)} a treated user, ` +
    `${formatLevel(level)} intervals; ` +
    `margin of an active ${one} ${formatMoney(marginPerActivePeriod, currency)}, ` +
    `later money discounted by ${formatLevel(discountPerYear)} a year`;
  return tableBlock([{ title: "" }, ...columns], rows, caption);
}

function figures(
  { watched, extrapolated, cost }: ArmPayback,
  { periodDays }: PaybackReading,
): Figure[] {
  const { many, by } = periodWords(periodDays);
  return [
    [`active ${many} more`, (b) => spread(b.activePeriods, (x) => formatSigned(x, 3))],
    ["value, discounted", (b) => moneyCells(b.value)],
    ["cost", () => moneyCells(cost)],
    ["net", (b) => moneyCells(b.net)],
    ["return on investment", roiCells],
    ["paid back by", (b) => thresholdCells(b.payback, "not by then", by)],
    ...chanceFigures(watched, extrapolated, by),
    ["break-even margin", (b) => thresholdCells(b.breakEven.margin, "none", plain)],
    ["break-even multiple", (b) => thresholdCells(b.breakEven.multiple, "none", plain)],
    [`break-even ${many} more`, (b) => [neededText(b), ""]],
    ["break-even cost", (b) => moneyCells(b.breakEven.cost)],
  ];
}

type Figure = readonly [title: string, cells: (basis: PaybackBasis) => Cells];

/** Where the chance is the same all along, as "below 1 %" is, it is said once. */
function chanceFigures(
  watched: PaybackBasis,
  extrapolated: PaybackBasis | null,
  by: (period: number) => string,
): Figure[] {
  const bases = extrapolated === null ? [watched] : [watched, extrapolated];
  const times = chanceTimes(watched.periods, bases.at(-1)!.periods);
  const at = (basis: PaybackBasis, t: number): string => chanceText(basis.payback.chances[t - 1]);
  const all = bases.flatMap((basis) =>
    times.filter((t) => t <= basis.periods).map((t) => at(basis, t)),
  );
  if (new Set(all).size === 1) return [["chance that it has paid back", () => [all[0]!, ""]]];
  return times.map((t) => [`chance by ${by(t)}`, (basis) => [at(basis, t), ""]]);
}

/** Nobody is active in more periods than there are. */
function neededText({ periods, breakEven: { activePeriods } }: PaybackBasis): string {
  if (activePeriods === null) return "none";
  if (activePeriods > periods) return `out of reach: at most ${formatNumber(periods)}`;
  return formatSigned(activePeriods, 3);
}

function spread(interval: DrawInterval, format: (value: number) => string): Cells {
  const { estimate, lower, upper } = interval;
  return [format(estimate), `${format(lower)} to ${format(upper)}`];
}

function moneyCells(interval: DrawInterval): Cells {
  const digits = Math.max(2, Math.min(4, moneyDigits(interval.lower, interval.upper)));
  return spread(interval, (value) => formatNumber(value, digits));
}

function roiCells({ roi, roiReason }: PaybackBasis): Cells {
  return roi === null ? ["none", roiReason ?? ""] : spread(roi, (x) => formatPercent(x, 0));
}

function thresholdCells(
  { estimate, lower, upper }: Threshold,
  none: string,
  format: (value: number) => string,
): Cells {
  const shown = (value: number | null): string => (value === null ? none : format(value));
  return [shown(estimate), lower === upper ? "" : `${shown(lower)} to ${shown(upper)}`];
}

function plain(value: number): string {
  return formatNumber(value, value >= 100 ? 0 : 2);
}

/** Never more certain than the number of draws allows. */
function chanceText(chance: number | undefined): string {
  if (chance === undefined) return "–";
  if (chance < 0.005) return "below 1 %";
  if (chance > 0.995) return "above 99 %";
  return formatPercent(chance, 0);
}

/** Half-way through what was watched, its end, half-way to the horizon, the horizon. */
function chanceTimes(watched: number, end: number): number[] {
  const times = [Math.ceil(watched / 2), watched, Math.ceil((watched + end) / 2), end];
  return [...new Set(times)];
}

/** At most `most` of the numbers 1 .. end, evenly, the last among them. */
function chosen(end: number, most: number): number[] {
  const step = Math.ceil(end / most);
  return Array.from({ length: end }, (_, t) => t + 1).filter((t) => (end - t) % step === 0);
}

function methodWords({ draws, seed, periodDays }: PaybackReading): string {
  const { one } = periodWords(periodDays);
  return (
    `Intervals and chances are of ${formatNumber(draws)} draws of what might as well have been ` +
    `seen (seed ${seed}): the chance by a ${one} is the share of them that have paid back by ` +
    "then. Everything is a treated user's less a held-out one's: what would have come anyway " +
    "does not count. Break-even: where, with all else as it is, the net would be zero; the " +
    "multiple is of the difference in activity."
  );
}
