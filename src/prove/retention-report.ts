// Retention as a section of the report: the curves, the shares with their intervals, and how the
// curve did on what was kept from it.
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
  formatLevel,
  formatNumber,
  formatPercent,
  formatSigned,
} from "../report/format.ts";
import { lineChart } from "../report/line-chart.ts";
import { sparkline } from "../report/sparkline.ts";
import { type PeriodWords, periodWords } from "./period-words.ts";
import {
  type ArmRetention,
  CHECK_TOLERANCE,
  type HeldOutPeriod,
  type RetentionReading,
} from "./retention.ts";

const MODELS = { sbg: "sBG", bdw: "beta-discrete-Weibull" } as const;
/** Of what is expected the first periods are shown, then about so many more. */
const EXPECTED_FIRST = 4;
const EXPECTED_MORE = 8;

/** @param id prefix of the chart's ids, unique in the page */
export function retentionSection(reading: RetentionReading, id = "retention"): Section {
  return {
    title: "Retention",
    blocks: [
      headlineBlock(retentionSentence(reading)),
      retentionChart(reading, id),
      shareTable(reading),
      ...curveBlocks(reading),
      ...holdoutBlocks(reading),
    ],
  };
}

/** What was seen last and what is expected, arm by arm, without a word about causes. */
export function retentionSentence(reading: RetentionReading): string {
  const { arms, periods, horizonPeriods } = reading;
  const { one } = periodWords(reading.periodDays);
  const seen = arms.map((arm) => `${arm.arm} ${formatPercent(arm.seen.at(-1)!.estimate)}`);
  const said = `Still active in ${one} ${periods}: ${seen.join(", ")}.`;
  if (horizonPeriods <= periods) return said;
  const later = arms.map(({ arm, expected }) => {
    const last = expected?.at(-1);
    return last === undefined ? `${arm} not known` : `${arm} ${formatPercent(last.estimate)}`;
  });
  const known = arms.some(({ expected }) => expected !== null);
  return known
    ? `${said} Expected in ${one} ${horizonPeriods}, if the curves go on: ${later.join(", ")}.`
    : `${said} What comes later these data do not tell.`;
}

function retentionChart(reading: RetentionReading, id: string): Block {
  const { arms, periods, horizonPeriods } = reading;
  const { axis } = periodWords(reading.periodDays);
  const end = Math.max(periods, horizonPeriods);
  const labels = Array.from({ length: end }, (_, t) => axis.at(t + 1));
  const series = arms.flatMap(({ arm, seen, fitted, expected }) => {
    const seenLine = { name: arm, values: seen.map(({ estimate }) => 100 * estimate) };
    if (expected === null || expected.length === 0) return [seenLine];
    // From the curve's own last watched value on: a step shows where it does not fit.
    const from = new Array<number>(periods - 1).fill(Number.NaN);
    const joint = 100 * fitted!.at(-1)!;
    const line = (key: "estimate" | "lower" | "upper"): number[] => [
      ...from,
      joint,
      ...expected.map((each) => 100 * each[key]),
    ];
    const band = { lower: line("lower"), upper: line("upper") };
    const values = line("estimate");
    return [seenLine, { name: `${arm}, expected`, values, band, dashed: true, continues: arm }];
  });
  const isExtended = end > periods;
  const chart = {
    labels,
    series,
    xName: `${axis.name} after the start`,
    yName: "% of users active",
    ...(isExtended ? { mark: { label: axis.at(periods), text: "watched until here" } } : {}),
  };
  const dashed = isExtended ? "; dashed: expected, with its interval" : "";
  return fittingChart(
    `Users active, by ${axis.name} after the start${dashed}`,
    (isNarrow) => lineChart(isNarrow ? `${id}-narrow` : id, { ...chart, isNarrow }),
    sparklines(reading),
  );
}

/** For a terminal: all arms on one scale, what was seen before the bar, what is expected after. */
function sparklines({ arms }: RetentionReading): string {
  const rows = arms.map(({ seen, expected }) => [...seen, ...(expected ?? [])]);
  const blocks = [...sparkline(rows.flatMap((row) => row.map(({ estimate }) => estimate)))];
  const wide = Math.max(...arms.map(({ arm }) => arm.length));
  const lines = arms.map(({ arm, seen, expected }, a) => {
    const own = blocks.splice(0, rows[a]!.length).join("");
    const shown = [seen[0]!, seen.at(-1)!, ...(expected?.slice(-1) ?? [])];
    const figures = shown.map(({ estimate }) => formatPercent(estimate)).join(", ");
    const bar = `${own.slice(0, seen.length)}│${own.slice(seen.length)}`;
    return `${arm.padEnd(wide)}  ${bar}  ${figures}`;
  });
  return lines.join("\n");
}

function shareTable({ arms, level, periods, periodDays }: RetentionReading): Block {
  const { one } = periodWords(periodDays);
  const columns = [
    { title: one },
    ...arms.map(({ arm }) => ({ title: arm, align: "right" as const })),
  ];
  const seen = arms[0]!.seen.map(({ period }) => [
    String(period + 1),
    ...arms.map((arm) => formatInterval(arm.seen[period]!, plainPercent)),
  ]);
  const length = Math.max(...arms.map(({ expected }) => expected?.length ?? 0));
  const step = 3 * Math.ceil(length / (3 * EXPECTED_MORE));
  const later = Array.from({ length }, (_, k) => k)
    .filter((k) => k + 1 === length || k < EXPECTED_FIRST || (periods + k + 1) % step === 0)
    .map((k) => [
      `${periods + k + 1} *`,
      ...arms.map(({ expected }) => {
        const each = expected?.[k];
        return each === undefined ? "–" : formatInterval(each, plainPercent);
      }),
    ]);
  const star = later.length === 0 ? "" : "; * expected";
  const caption = `per cent of an arm's users active, with ${formatLevel(level)} intervals${star}`;
  return tableBlock(columns, [...seen, ...later], caption);
}

/** Without its sign, which the caption has: three columns fit a phone. */
function plainPercent(share: number): string {
  return formatNumber(100 * share, 1);
}

function curveBlocks(reading: RetentionReading): Block[] {
  const { arms, model, draws, firstPeriod, periodDays } = reading;
  const { one } = periodWords(periodDays);
  const refusals = arms.flatMap(({ arm, reason }) =>
    reason === null
      ? []
      : [noteBlock(`${arm}: nothing is expected beyond what was seen: ${reason}.`)],
  );
  const fitted = arms.filter(({ curve }) => curve !== null);
  if (fitted.length === 0) return refusals;
  const heads = [`active at first`, `leave after the first ${one}`, "spread of that chance"];
  const figures = model === "bdw" ? [...heads, "ageing"] : heads;
  const right = figures.map((title) => ({ title, align: "right" as const }));
  const rows = fitted.map(({ arm, curve }) => [
    arm,
    formatPercent(curve!.scale),
    formatPercent(curve!.leaving),
    formatNumber(curve!.spread, 2),
    ...(model === "bdw" ? [formatNumber(curve!.shape, 2)] : []),
  ]);
  const caption = `the curve: ${MODELS[model]}, the better fit of those that can be checked here`;
  const anchor =
    firstPeriod === 0
      ? ""
      : ` Everybody was active in ${one} 1, so the curves begin with ${one} 2.`;
  const drawn =
    `Intervals of what is expected are of ${formatNumber(draws)} draws, each fitted again (one ` +
    "whose shares do not fall goes on as it is): they hold the luck of the sample, not the " +
    "chance that users stop behaving as they did.";
  return [
    tableBlock([{ title: "arm" }, ...right], rows, caption),
    ...refusals,
    noteBlock(`${drawn}${anchor}`),
  ];
}

function holdoutBlocks({ arms, level, periodDays }: RetentionReading): Block[] {
  const words = periodWords(periodDays);
  const titles = ["foretold", "seen", "off by", "within chance"];
  const rows = arms.flatMap(({ arm, holdout }) =>
    holdout.kind === "unchecked" ? [] : holdout.points.map((point) => [arm, ...cells(point)]),
  );
  const notes = arms.map((arm) => noteBlock(holdoutSentence(arm, words)));
  if (rows.length === 0) return notes;
  const columns = [
    { title: "arm" },
    { title: words.one, align: "right" as const },
    ...titles.map((title) => ({ title, align: "right" as const })),
  ];
  const caption = `hold-out check: the last ${words.many}, foretold by a curve of the earlier ones`;
  return [tableBlock(columns, rows, `${caption}, ${formatLevel(level)} intervals`), ...notes];
}

function cells({
  period,
  predicted,
  seen,
  error,
  lower,
  upper,
  isInside,
}: HeldOutPeriod): string[] {
  const points = (value: number): string => formatSigned(100 * value, 2);
  return [
    String(period + 1),
    formatPercent(predicted),
    formatPercent(seen),
    `${formatInterval({ estimate: error, lower, upper }, points)} points`,
    isInside ? "yes" : "NO",
  ];
}

function holdoutSentence({ arm, holdout }: ArmRetention, { span }: PeriodWords): string {
  if (holdout.kind === "unchecked") return `${arm}: the curve was not checked: ${holdout.reason}.`;
  const { relativeError, isInside, isSmall, fittedPeriods } = holdout;
  const size = relativeError === null ? "" : `, ${formatSigned(100 * relativeError, 1)} % in all`;
  const from = `${arm}: from the first ${span(fittedPeriods)} the curve foretold the rest`;
  if (isInside) return `${from} within chance${size}.`;
  if (isSmall) {
    const most = formatLevel(CHECK_TOLERANCE);
    return `${from} less well than chance allows${size}, but within ${most}, which is relied on.`;
  }
  const scenario = "What it expects later is a scenario, not a forecast.";
  return `${from} less well than chance allows${size}. ${scenario}`;
}
