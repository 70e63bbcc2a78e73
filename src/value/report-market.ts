// What the market implied, and the event study, as sections.
import { type Block, noteBlock, type Section, tableBlock, textBlock } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import {
  formatLevel,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSigned,
} from "../report/format.ts";
import { axisWithZero, intervalLines } from "../report/interval-lines.ts";
import { lineChart } from "../report/line-chart.ts";
import type { EventReading } from "./event-reading.ts";
import type { MarketImplied } from "./market-implied.ts";
import { amountText, boundsText, eachNumber, openTexts, usersNumber } from "./report-words.ts";
import type { Valuation } from "./valuation.ts";

const right = "right" as const;
const LINE_COLUMNS = 44;
const percent = (value: number): string => `${formatSigned(100 * value, 2)} %`;

/** What no report may leave out. */
export const PRICE_WARNING = "A price move cannot be read as the campaign's value.";

export function marketSection(valuation: Valuation): Section[] {
  const { market, event, news } = valuation;
  if (market === null && event === null && news.length === 0) return [];
  return [
    {
      title: "What the market implied",
      blocks: [
        ...(market === null ? [] : marketBlocks(valuation, market)),
        ...(event === null ? noStudy(market) : eventBlocks(event)),
        ...newsBlocks(valuation),
      ],
    },
  ];
}

function marketBlocks(valuation: Valuation, market: MarketImplied): Block[] {
  const { currency } = valuation;
  const { toCoverCost, toJustifyMove } = market;
  const columns = [
    { title: "needed, all else as it is" },
    { title: "to be worth its cost", align: right },
    { title: "interval", align: right },
    { title: "and the day's move", align: right },
    { title: "interval", align: right },
  ];
  const none = "no number";
  const times = (value: number): string => `${formatNumber(value, 1)}×`;
  const row = (
    title: string,
    pick: "users" | "marginPerMonth" | "multiple",
    format: (value: number) => string,
  ): string[] => [
    title,
    ...openTexts(toCoverCost[pick], format, none),
    ...openTexts(toJustifyMove[pick], format, none),
  ];
  return [
    { kind: "headline", text: moveSentence(valuation, market) },
    tableBlock(columns, [
      row("kept users", "users", usersNumber),
      row(`margin a user and month, ${currency}`, "marginPerMonth", eachNumber),
      row("kept users × margin, times those assumed", "multiple", times),
    ]),
    textBlock(impliedSentence(valuation, market)),
    ...ownMoveBlocks(valuation.event, market),
  ];
}

/** Where a study saw the same day, how much of its move was the share's own. */
function ownMoveBlocks(event: EventReading | null, { day, move }: MarketImplied): Block[] {
  const studied = event?.days.find((each) => each.day === day);
  if (event === null || studied === undefined) return [];
  const [whole, own] = [percent(move.estimate), percent(studied.abnormal)];
  return [
    textBlock(
      `Of ${whole} on ${day} the event study below lays ${own} (t = ` +
        `${formatNumber(studied.t, 2)}) to ${event.security} alone; the rest went with ` +
        `${event.market}. What is needed beside the day's move counts ${whole} in full.`,
    ),
  ];
}

function moveSentence(valuation: Valuation, market: MarketImplied): string {
  const { day, move, moved, movedHome, timesCost, currency, price, per, priceTaken } = market;
  const size = sizeText(Math.abs(moved.estimate), currency);
  const times = timesCost.estimate;
  const bounds = boundsText(timesCost, (value) => formatNumber(value));
  return (
    `On ${day} the share moved by ${percent(move.estimate)}: ${size}, or ` +
    `${amountText(valuation, Math.abs(movedHome.estimate))}, ` +
    `${formatNumber(times, times < 10 ? 1 : 0)} times what the campaign cost` +
    `${bounds === "" ? "" : ` (${bounds})`}, at ${formatMoney(price.estimate, currency)} ` +
    `${per === "ADS" ? "an ADS" : "a share"} ${priceTaken} the move. ${PRICE_WARNING}`
  );
}

/** 8.6e10 -> "HK$86 billion" */
function sizeText(size: number, currency: string): string {
  const [unit, word] = size >= 1e9 ? [1e9, " billion"] : size >= 1e6 ? [1e6, " million"] : [1, ""];
  const money = formatMoney(size / unit, currency, size / unit < 10 ? 1 : 0);
  return money.replace(/( |$)/, `${word}$1`);
}

function impliedSentence(valuation: Valuation, market: MarketImplied): string {
  const most = formatPercent(market.costOfMove.upper, 1);
  const { toJustifyMove, movedHome } = market;
  const [users] = openTexts(toJustifyMove.users, usersNumber, "no number of");
  if (movedHome.estimate < 0) {
    return (
      `The most that the campaign can lose is ${lossWords(valuation)}: at most ${most} of the ` +
      `fall. Read as a rise, the same move would need ${users} kept users at the ` +
      `assumed margin, where ${usersNumber(valuation.campaign.kept.estimate)} are assumed.`
    );
  }
  return (
    `To be worth the rise beside its cost the campaign would need ${users} kept users at the ` +
    `assumed margin, where ${usersNumber(valuation.campaign.kept.estimate)} are assumed.`
  );
}

/** What is lost when nobody is kept, and users whom it drove away. */
export function lossWords({ worth }: Valuation): string {
  return worth.byCashFlow.value.lower < 0
    ? "its cost after tax and the users whom it drives away"
    : "its cost after tax, were not one user kept";
}

function noStudy(market: MarketImplied | null): Block[] {
  const what = market === null ? "" : "One day's published move is all that is shown. ";
  return [
    noteBlock(
      `${what}An event study needs a file of daily prices of the share and its market ` +
        "(event.prices): it tells the share's own move from the market's, and from noise.",
    ),
  ];
}

function eventBlocks(event: EventReading): Block[] {
  const { model, whole, level, security, market, estimation } = event;
  const isClear = whole.lower > 0 || whole.upper < 0;
  const span = `${event.days[0]!.day} to ${event.days.at(-1)!.day}`;
  return [
    {
      kind: "headline",
      text:
        `From ${span} ${security} moved ${percent(whole.cumulated)} apart from ${market} ` +
        `(${formatLevel(level)}: ${percent(whole.lower)} to ${percent(whole.upper)}, t = ` +
        `${formatNumber(whole.t, 2)}, p = ${formatNumber(whole.p, 3)}): ` +
        `${isClear ? "more than its usual noise" : "within its usual noise"}. ${PRICE_WARNING}`,
    },
    eventChart(event),
    tableBlock(
      [
        { title: "day" },
        { title: "from the news", align: right },
        { title: "moved", align: right },
        { title: "expected", align: right },
        { title: "abnormal", align: right },
        { title: "t", align: right },
        { title: "cumulated", align: right },
      ],
      event.days.map(({ day, offset, actual, expected, abnormal, t, cumulated }) => [
        day,
        formatSigned(offset),
        percent(actual),
        percent(expected),
        percent(abnormal),
        formatNumber(t, 2),
        percent(cumulated.cumulated),
      ]),
    ),
    noteBlock(
      `Market model on ${model.days} trading days, ${estimation.from} to ${estimation.to}: ` +
        `${security} = ${percent(model.alpha)} + ${formatNumber(model.beta, 2)} × ${market}, R² ` +
        `${formatNumber(model.rSquared, 2)}, ${percent(Math.sqrt(model.variance))} a day of its ` +
        "own noise. Bands hold the error of forecasting; days share one model, so their errors " +
        "go together. One event on one share has wide bands.",
    ),
    ...event.notices.map(noteBlock),
  ];
}

function eventChart(event: EventReading): Block {
  const name = "cumulated abnormal return";
  const of = (pick: (day: EventReading["days"][number]["cumulated"]) => number): number[] =>
    event.days.map(({ cumulated }) => 100 * pick(cumulated));
  const chart = {
    labels: event.days.map(({ offset }) => formatSigned(offset)),
    series: [
      {
        ...{ name, values: of((day) => day.cumulated), colour: 1 },
        band: { lower: of((day) => day.lower), upper: of((day) => day.upper) },
      },
    ],
    ...{ xName: "trading days from the news", yName: "per cent", showsZero: true },
  };
  const rows = event.days.map(({ offset, cumulated }) => {
    const { cumulated: estimate, lower, upper } = cumulated;
    const label = `day ${formatSigned(offset).padStart(3)}`;
    return { label, estimate, lower, upper, text: percent(estimate) };
  });
  const lines = { rows, axis: axisWithZero(rows), columns: LINE_COLUMNS };
  return fittingChart(
    "event",
    `${event.security} apart from ${event.market}, summed since the window began, with its ` +
      `${formatLevel(event.level)} band`,
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    (width) => intervalLines(lines, width),
  );
}

function newsBlocks({ news, event }: Valuation): Block[] {
  if (news.length === 0) return [];
  const columns = [{ title: "day" }, { title: "what else was in the news" }, { title: "source" }];
  const isInWindow = (i: number): boolean => event?.confounders[i]?.isInWindow === true;
  const rows = news.map(({ day, what, source }, i) => [
    day,
    isInWindow(i) ? `${what} (in the window)` : what,
    source,
  ]);
  return [tableBlock(columns, rows, "Other news that could have moved the share")];
}
