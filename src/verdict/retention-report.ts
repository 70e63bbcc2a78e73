// Retention as a section of the report: the curves, the shares with their intervals, and how the
// curve did on what was kept from it.
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
  formatInterval,
  formatLevel,
  formatNumber,
  formatPercent,
  formatSigned,
} from "../report/format.ts";
import { lineChart } from "../report/line-chart.ts";
import { textWidth } from "../report/paint.ts";
import { sentence } from "../report/sentence.ts";
import { sparkline } from "../report/sparkline.ts";
import { type PeriodWords, periodWords } from "./period-words.ts";
import {
  type ArmRetention,
  CHECK_TOLERANCE,
  type HeldOutPeriod,
  type RetentionReading,
} from "./retention-reading.ts";

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
      ...shareTables(reading),
      ...refusals(reading),
      ...holdoutNotes(reading),
      ...methodBlocks(reading),
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
    id,
    `Users active, by ${axis.name} after the start${dashed}`,
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    (width) => sparklines(reading, width),
  );
}

/** For a terminal: all arms on one scale, what was seen before the bar, what is expected after. */
function sparklines({ arms }: RetentionReading, width: number): string {
  const all = arms.flatMap(({ seen, expected }) => [...seen, ...(expected ?? [])]);
  const blocks = [...sparkline(all.map(({ estimate }) => estimate))];
  const wide = Math.max(...arms.map(({ arm }) => textWidth(arm)));
  const drawn = arms.map(({ arm, seen, expected }) => {
    const [own, later] = [seen.length, expected?.length ?? 0].map((n) => blocks.splice(0, n));
    const shown = [seen[0]!, seen.at(-1)!, ...(expected?.slice(-1) ?? [])];
    const figures = shown.map(({ estimate }) => formatPercent(estimate)).join(", ");
    return { arm, own: own!, later: later!, figures };
  });
  const figuresWide = Math.max(...drawn.map(({ figures }) => figures.length));
  const room = width - wide - figuresWide - 5;
  const isBeside = room >= SPARKS_LEAST;
  const least = Math.max(...drawn.map(({ own, later }) => own.length + later.length));
  const step = Math.ceil(least / (isBeside ? room : width - 1));
  const thinned = (row: readonly string[]): string =>
    row.filter((_, i) => (row.length - 1 - i) % step === 0).join("");
  const lines = drawn.map(({ arm, own, later, figures }) => {
    const bar = `${thinned(own)}│${thinned(later)}`;
    const name = arm + " ".repeat(wide - textWidth(arm));
    return isBeside ? `${name}  ${bar}  ${figures}` : `${arm}: ${figures}\n${bar}`;
  });
  return lines.join("\n");
}

/** Blocks that are worth a line beside a name and its figures. */
const SPARKS_LEAST = 24;

/** Where an arm's curve foretells nothing, what the others' do has a table of its own. */
function shareTables(reading: RetentionReading): Block[] {
  const { arms, level } = reading;
  const known = arms.filter(({ expected }) => expected !== null && expected.length > 0);
  const caption = `per cent of an arm's users active, with ${formatLevel(level)} intervals`;
  const seen = seenRows(reading);
  if (known.length === 0) return [armTable(reading, arms, seen, caption)];
  const later = expectedRows(reading, known);
  if (known.length === arms.length) {
    return [armTable(reading, arms, [...seen, ...later], `${caption}; * expected`)];
  }
  return [
    armTable(reading, arms, seen, caption),
    armTable(reading, known, later, "the same, as expected; not known of the other arms"),
  ];
}

function armTable(
  { periodDays }: RetentionReading,
  arms: readonly ArmRetention[],
  rows: readonly (readonly string[])[],
  caption: string,
): Block {
  const names = arms.map(({ arm }) => ({ title: arm, align: "right" as const }));
  return tableBlock([{ title: periodWords(periodDays).one }, ...names], rows, caption);
}

function seenRows({ arms }: RetentionReading): string[][] {
  return arms[0]!.seen.map(({ period }) => [
    String(period + 1),
    ...arms.map((arm) => formatInterval(arm.seen[period]!, plainPercent)),
  ]);
}

function expectedRows({ periods }: RetentionReading, arms: readonly ArmRetention[]): string[][] {
  const length = Math.max(...arms.map(({ expected }) => expected!.length));
  const step = 3 * Math.ceil(length / (3 * EXPECTED_MORE));
  return Array.from({ length }, (_, k) => k)
    .filter((k) => k + 1 === length || k < EXPECTED_FIRST || (periods + k + 1) % step === 0)
    .map((k) => [
      `${periods + k + 1} *`,
      ...arms.map(({ expected }) => formatInterval(expected![k]!, plainPercent)),
    ]);
}

/** Without its sign, which the caption has: three columns fit a phone. */
function plainPercent(share: number): string {
  return formatNumber(100 * share, 1);
}

function refusals({ arms }: RetentionReading): Block[] {
  return arms.flatMap(({ arm, reason }) => {
    const said = `${arm}: nothing is expected beyond what was seen: ${reason}.`;
    return reason === null ? [] : [noteBlock(sentence(said))];
  });
}

function holdoutNotes({ arms, periodDays }: RetentionReading): Block[] {
  const words = periodWords(periodDays);
  return arms.map((arm) => noteBlock(sentence(holdoutSentence(arm, words))));
}

/** The curves in figures and how they did: for who asks. */
function methodBlocks(reading: RetentionReading): Block[] {
  const blocks = [...curveBlocks(reading), ...holdoutTables(reading)];
  return blocks.length === 0 ? [] : [moreBlock("The curves, and how they were checked", blocks)];
}

function curveBlocks({ arms, model, draws, firstPeriod, periodDays }: RetentionReading): Block[] {
  const { one } = periodWords(periodDays);
  const fitted = arms.filter(({ curve }) => curve !== null);
  if (fitted.length === 0) return [];
  const heads = ["active at first", `leave after the first ${one}`, "unlike each other"];
  const figures = model === "bdw" ? [...heads, "with time"] : heads;
  const right = figures.map((title) => ({ title, align: "right" as const }));
  const rows = fitted.map(({ arm, curve }) => [
    arm,
    formatPercent(curve!.scale),
    formatPercent(curve!.leaving),
    formatNumber(curve!.spread, 2),
    ...(model === "bdw" ? [formatNumber(curve!.shape, 2)] : []),
  ]);
  const caption = `the curve: ${MODELS[model]}, the better fit of those that can be checked here`;
  const ageing =
    model === "bdw"
      ? "; with time: above 1 who stayed long leaves the sooner, below 1 the later"
      : "";
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
    noteBlock(
      `unlike each other: from 0, all are as likely to leave, to 1, some never do${ageing}`,
    ),
    noteBlock(`${drawn}${anchor}`),
  ];
}

function holdoutTables({ arms, level, periodDays }: RetentionReading): Block[] {
  const words = periodWords(periodDays);
  const titles = ["foretold", "seen", "off by", "within chance"];
  const rows = arms.flatMap(({ arm, holdout }) =>
    holdout.kind === "unchecked" ? [] : holdout.points.map((point) => [arm, ...cells(point)]),
  );
  if (rows.length === 0) return [];
  const columns = [
    { title: "arm" },
    { title: words.one, align: "right" as const },
    ...titles.map((title) => ({ title, align: "right" as const })),
  ];
  const caption = `hold-out check: the last ${words.many}, foretold by a curve of the earlier ones`;
  return [tableBlock(columns, rows, `${caption}, ${formatLevel(level)} intervals`)];
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
