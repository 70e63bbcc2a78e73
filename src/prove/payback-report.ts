// Payback as a section of the report: one sentence an arm, the net over time, and the figures
// counting only what was watched beside those that go on to the horizon.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type Section,
  tableBlock,
} from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import {
  formatInterval,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSigned,
} from "../report/format.ts";
import { intervalLine } from "../report/interval-line.ts";
import { type LineSeries, lineChart } from "../report/line-chart.ts";
import type { DrawInterval } from "../stats/index.ts";
import type { ArmPayback, PaybackReading } from "./payback.ts";
import type { PaybackBasis, PaybackPeriods, Threshold } from "./payback-basis.ts";
import { periodWords } from "./retention-report.ts";
import { moneyDigits } from "./verdict-words.ts";

const LINE_COLUMNS = 48;

/** @param id prefix of the chart's ids, unique in the page */
export function paybackSection(reading: PaybackReading, id = "payback"): Section {
  return {
    title: "Payback",
    blocks: [
      ...reading.arms.map((arm) => headlineBlock(paybackSentence(arm, reading))),
      netChart(reading, id),
      ...reading.arms.map((arm) => figureTable(arm, reading)),
      ...reading.arms.flatMap(({ arm, reason, unidentifiedDraws, extrapolated }) => [
        ...(reason === null ? [] : [noteBlock(`${arm}: not carried on: ${reason}.`)]),
        ...(extrapolated === null || unidentifiedDraws === 0
          ? []
          : [noteBlock(lostWords(arm, unidentifiedDraws, reading.draws))]),
      ]),
      noteBlock(methodWords(reading)),
    ],
  };
}

/** Whether and when an arm has paid, and on what that rests. */
export function paybackSentence(each: ArmPayback, reading: PaybackReading): string {
  const { arm, watched, extrapolated } = each;
  const { one, many } = periodWords(reading.periodDays);
  const basis = `counting only the ${watched.periods} ${many} watched`;
  if (each.cost.upper <= 0) {
    const net = netWords(watched, reading);
    return `${arm} cost nothing more than ${reading.control}; ${net}, ${basis}.`;
  }
  const own = verdictWords(watched, reading, one);
  const now = `${arm}: ${own}, ${basis}; ${netWords(watched, reading)}.`;
  if (extrapolated === null || watched.finding === "pays") return now;
  const later = verdictWords(extrapolated, reading, one);
  const until = `If the curves go on as they did, up to ${one} ${extrapolated.periods}`;
  return `${now} ${until}: ${later}; ${netWords(extrapolated, reading)}.`;
}

function verdictWords(basis: PaybackBasis, { level }: PaybackReading, one: string): string {
  const { payback, finding } = basis;
  const bounds = `${percent(level)}: ${rangeWords(payback, one)}`;
  if (finding === "loses") return "has not paid back";
  const when =
    payback.estimate === null ? "has not paid back yet" : `paid back in ${one} ${payback.estimate}`;
  return finding === "pays"
    ? `${when} (${bounds})`
    : `whether it pays is open: ${when} (${bounds})`;
}

function rangeWords({ lower, upper }: PaybackPeriods, one: string): string {
  if (lower === null) return "not by then";
  if (upper === null) return `${one} ${lower} at the earliest, or not by then`;
  return lower === upper ? `${one} ${lower}` : `${one} ${lower} to ${upper}`;
}

function netWords({ net }: PaybackBasis, { currency, level }: PaybackReading): string {
  const digits = moneyDigits(net.lower, net.upper);
  const money = (value: number): string => signedMoney(value, currency, digits);
  const bounds = `${percent(level)}: ${money(net.lower)} to ${money(net.upper)}`;
  return `net ${money(net.estimate)} a treated user (${bounds})`;
}

function netChart(reading: PaybackReading, id: string): Block {
  const { arms, periods, currency, level } = reading;
  const { many } = periodWords(reading.periodDays);
  const end = Math.max(
    ...arms.map(({ watched, extrapolated }) => (extrapolated ?? watched).periods),
  );
  const labels = Array.from({ length: end + 1 }, (_, t) => String(t));
  const isExtended = end > periods;
  const chart = {
    labels,
    series: arms.flatMap((arm) => netSeries(arm, periods, end)),
    xName: `${many} after the start`,
    yName: `${currency} a treated user`,
    showsZero: true,
    ...(isExtended ? { mark: { label: String(periods), text: "watched until here" } } : {}),
  };
  const dashed = isExtended ? "; dashed: carried on along the curves" : "";
  const title = `Value less cost, cumulated, with its ${percent(level)} interval${dashed}`;
  return fittingChart(
    title,
    (isNarrow) => lineChart(isNarrow ? `${id}-narrow` : id, { ...chart, isNarrow }),
    netLines(reading),
  );
}

/** From what was spent at the start on; what was watched, then what is expected. */
function netSeries(each: ArmPayback, periods: number, end: number): LineSeries[] {
  const { arm, cost, watched, extrapolated } = each;
  const start = { estimate: -cost.estimate, lower: -cost.upper, upper: -cost.lower };
  const seen = [start, ...watched.cumulated];
  const seenLine = { name: arm, ...columns(seen, 0, end) };
  if (extrapolated === null) return [seenLine];
  const later = extrapolated.cumulated.slice(periods - 1);
  const beyond = { name: `${arm}, expected`, ...columns(later, periods, end) };
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
function netLines({ arms, periodDays, currency }: PaybackReading): string {
  const { one } = periodWords(periodDays);
  const rows = arms.flatMap(({ arm, watched, extrapolated }) => {
    const all = (extrapolated ?? watched).cumulated;
    return chosen(all.length, 8).map((t) => ({ label: `${arm}, ${one} ${t}`, ...all[t - 1]! }));
  });
  const from = Math.min(0, ...rows.map(({ lower }) => lower));
  const to = Math.max(0, ...rows.map(({ upper }) => upper));
  const wide = Math.max(...rows.map(({ label }) => label.length));
  const digits = moneyDigits(from, to);
  const lines = rows.map((row) => {
    const line = intervalLine(row, { from, to }, LINE_COLUMNS);
    return `${row.label.padEnd(wide)}  ${line}  ${signedMoney(row.estimate, currency, digits)}`;
  });
  const axis = `${formatNumber(from, digits)}`;
  const last = formatNumber(to, digits).padStart(LINE_COLUMNS - axis.length);
  return [...lines, `${"".padEnd(wide)}  ${axis}${last}`].join("\n");
}

function figureTable(each: ArmPayback, reading: PaybackReading): Block {
  const { one, many } = periodWords(reading.periodDays);
  const { arm, watched, extrapolated, cost } = each;
  const bases = extrapolated === null ? [watched] : [watched, extrapolated];
  const { currency, level, control, marginPerActivePeriod, discountPerYear } = reading;
  const money = (interval: DrawInterval): string => {
    const digits = Math.max(2, Math.min(4, moneyDigits(interval.lower, interval.upper)));
    return formatInterval(interval, (value) => formatNumber(value, digits));
  };
  const row = (title: string, cell: (basis: PaybackBasis) => string): string[] => [
    title,
    ...bases.map(cell),
  ];
  const rows = [
    row(`active ${many} more`, (b) =>
      formatInterval(b.activePeriods, (value) => formatSigned(value, 3)),
    ),
    row("what they are worth today", (b) => money(b.value)),
    row("cost", () => money(cost)),
    row("net", (b) => money(b.net)),
    row("return on investment", (b) => roiWords(b)),
    row(`paid back in ${one}`, (b) => periodText(b.payback)),
    ...chanceTimes(watched.periods, (extrapolated ?? watched).periods).map((t) =>
      row(`chance by ${one} ${t}`, (b) => chanceText(b.payback.chances[t - 1])),
    ),
    row(`pays from a margin of`, (b) => thresholdText(b.breakEven.margin)),
    row("pays at so many times the difference", (b) => thresholdText(b.breakEven.multiple)),
    row(`that is, active ${many} more`, (b) =>
      b.breakEven.activePeriods === null ? "none" : formatSigned(b.breakEven.activePeriods, 3),
    ),
    row("pays up to a cost of", (b) => money(b.breakEven.cost)),
  ];
  const heads = [`the ${watched.periods} ${many} watched`];
  if (extrapolated !== null) heads.push(`carried on to ${one} ${extrapolated.periods}`);
  const head = heads.map((title) => ({ title, align: "right" as const }));
  const caption =
    `${arm} less ${control}, ${currency} a treated user, ${percent(level)} intervals; margin of ` +
    `an active ${one} ${formatMoney(marginPerActivePeriod, currency)}, ` +
    `later money discounted by ${percent(discountPerYear)} a year`;
  return tableBlock([{ title: "" }, ...head], rows, caption);
}

function roiWords({ roi, roiReason }: PaybackBasis): string {
  if (roi === null) return `none: ${roiReason}`;
  return formatInterval(roi, (value) => formatPercent(value, 0));
}

function periodText({ estimate, lower, upper }: PaybackPeriods): string {
  const shown = (period: number | null): string =>
    period === null ? "not by then" : period === 0 ? "at once" : String(period);
  if (estimate === lower && estimate === upper) return shown(estimate);
  return `${shown(estimate)} [${shown(lower)}, ${shown(upper)}]`;
}

/** Never more certain than the number of draws allows. */
function chanceText(chance: number | undefined): string {
  if (chance === undefined) return "–";
  if (chance < 0.005) return "below 1 %";
  if (chance > 0.995) return "above 99 %";
  return formatPercent(chance, 0);
}

function thresholdText({ estimate, lower, upper }: Threshold): string {
  const shown = (value: number | null): string =>
    value === null ? "none" : formatNumber(value, value >= 100 ? 0 : 2);
  if (estimate === lower && estimate === upper) return shown(estimate);
  return `${shown(estimate)} [${shown(lower)}, ${shown(upper)}]`;
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

function lostWords(arm: string, lost: number, draws: number): string {
  const share = `${formatNumber(lost)} of ${formatNumber(draws)} draws`;
  return `${arm}: ${share} have no curve in an arm and are left out of what is carried on.`;
}

function methodWords({ draws, seed, periodDays }: PaybackReading): string {
  const { one } = periodWords(periodDays);
  return (
    `Intervals and chances are of ${formatNumber(draws)} draws of what might as well have been ` +
    `seen (seed ${seed}): the chance by a ${one} is the share of them that have paid back by ` +
    "then. Everything is a treated user's less a held-out one's, so users who would have come " +
    "anyway pay for nothing."
  );
}

function signedMoney(value: number, currency: string, digits: number): string {
  const text = formatMoney(value, currency, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function percent(ratio: number): string {
  return `${Number((100 * ratio).toPrecision(6))} %`;
}
