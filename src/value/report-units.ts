// Unit economics as a section: what a kept user costs and brings, and when the money is back.

import type { Column } from "../report/column.ts";
import { type Block, noteBlock, type Section, tableBlock } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatLevel, formatNumber, formatPercent } from "../report/format.ts";
import { intervalChart } from "../report/interval-chart.ts";
import { axisWithZero, intervalLines } from "../report/interval-lines.ts";
import { lineChart } from "../report/line-chart.ts";
import type { DrawInterval } from "../stats/draws.ts";
import { cohortBlocks } from "./report-cohorts.ts";
import {
  amountText,
  bareAmount,
  boundsText,
  chanceText,
  eachNumber,
  monthsText,
  openTexts,
  spanText,
  unitText,
  usersNumber,
} from "./report-words.ts";
import type { UnitEconomics } from "./unit-economics.ts";
import type { Valuation } from "./valuation.ts";

const LINE_COLUMNS = 44;

export function unitSection(valuation: Valuation): Section {
  const [whole, ...cohorts] = valuation.unitEconomics;
  return {
    title: "What a kept user costs and brings",
    badge: `evidence ${valuation.campaign.grade}`,
    blocks: [
      unitTable(valuation, whole!),
      eachChart(valuation, whole!),
      ...cohortBlocks(valuation, whole!, cohorts),
      cumulatedChart(valuation, whole!),
      noteBlock(methodWords(valuation, whole!)),
    ],
  };
}

function columnsOf(level: number): Column[] {
  const right = "right" as const;
  return [
    { title: "" },
    { title: "estimate", align: right },
    { title: `${formatLevel(level)} interval`, align: right },
  ];
}

function unitTable(valuation: Valuation, whole: UnitEconomics): Block {
  const { campaign, level, currency, lifetimeMonths } = valuation;
  const amount = bareAmount(valuation);
  const unit = unitText(valuation);
  const { cost, kept, cac, lifetimeValue, valueToCac, payback } = whole;
  const never = `not within ${payback.months}`;
  const times = (value: number): string => formatNumber(value, 2);
  const chances = [12, 24, payback.months].filter(
    (month, i, all) => month <= payback.months && all.indexOf(month) === i,
  );
  const rows = [
    [`granted, ${unit}`, amount(campaign.granted.estimate), boundsText(campaign.granted, amount)],
    [
      `redeemed, ${unit}`,
      amount(campaign.redeemed.estimate),
      boundsText(campaign.redeemed, amount),
    ],
    [
      "breakage (granted, never redeemed)",
      formatPercent(campaign.breakage.estimate),
      boundsText(campaign.breakage, formatPercent),
    ],
    [`cost in all, ${unit}`, amount(cost.estimate), boundsText(cost, amount)],
    ["kept users", usersNumber(kept.estimate), boundsText(kept, usersNumber)],
    [`cost a kept user (CAC), ${currency}`, ...openTexts(cac, eachNumber, "nobody kept")],
    [
      `lifetime value, ${monthsText(lifetimeMonths)}, ${currency}`,
      ...openTexts(lifetimeValue, eachNumber, "none"),
    ],
    ["lifetime value over CAC", ...openTexts(valueToCac, times, "no cost")],
    ["paid back in month", ...openTexts(payback.month, (value) => `${value}`, never)],
    ...chances.map((month) => [
      `chance by month ${month}`,
      chanceText(payback.chances[month - 1]!),
      "",
    ]),
  ];
  return tableBlock(columnsOf(level), rows);
}

/** Cost and value of one user on one axis. */
function eachChart({ currency, level }: Valuation, { cac, lifetimeValue }: UnitEconomics): Block {
  const rows = [
    { label: "cost (CAC)", interval: cac },
    { label: "lifetime value", interval: lifetimeValue },
  ].flatMap(({ label, interval: { estimate, lower, upper } }) =>
    estimate === null || lower === null || upper === null
      ? []
      : [{ label, estimate, lower, upper }],
  );
  const title = `A kept user: what he costs and brings, ${formatLevel(level)} intervals`;
  if (rows.length < 2)
    return noteBlock("Not every draw keeps a user: no interval of CAC is shown.");
  const to = Math.max(...rows.map(({ upper }) => upper));
  const lines = {
    rows: rows.map((row) => ({ ...row, text: eachNumber(row.estimate) })),
    axis: { from: 0, to },
    ends: ["0", eachNumber(to)] as const,
    columns: LINE_COLUMNS,
  };
  return fittingChart(
    "each",
    title,
    (isNarrow) => intervalChart({ rows, xName: currency, isNarrow }),
    (width) => intervalLines(lines, width),
  );
}

/** A fan about the median: all of the cost at the start, then margin month by month. */
function cumulatedChart(valuation: Valuation, { payback }: UnitEconomics): Block {
  const { unit, level } = valuation;
  const all = payback.cumulated.map((row, m) => ({
    ...row,
    estimate: payback.cumulatedHalf[m]!.estimate,
  }));
  const column = (rows: readonly DrawInterval[], key: keyof DrawInterval): number[] =>
    rows.map((row) => row[key] / unit.factor);
  const band = (rows: readonly DrawInterval[]) => ({
    lower: column(rows, "lower"),
    upper: column(rows, "upper"),
  });
  const name = "median of the draws";
  const values = column(all, "estimate");
  const chart = {
    labels: all.map((_, m) => `${m + 1}`),
    series: [
      { name, values, band: band(all), colour: 1 },
      { name: "half of the draws", values, band: band(payback.cumulatedHalf), continues: name },
    ],
    ...{ xName: "by the end of month", yName: unitText(valuation), showsZero: true },
  };
  const title =
    `Margin of the kept users less the whole cost, cumulated: ${formatLevel(level)} and half of ` +
    "the draws";
  return fittingChart(
    "payback",
    title,
    (isNarrow) => lineChart({ ...chart, isNarrow }),
    (width) => cumulatedLines(valuation, all, width),
  );
}

function cumulatedLines(valuation: Valuation, all: readonly DrawInterval[], width: number): string {
  const amount = bareAmount(valuation);
  const step = Math.max(1, Math.ceil(all.length / 6));
  const rows = all.flatMap((row, m) => {
    const label = `month ${String(m + 1).padStart(3)}`;
    const isShown = (all.length - m - 1) % step === 0;
    return isShown ? [{ ...row, label, text: amount(row.estimate) }] : [];
  });
  const axis = axisWithZero(rows);
  const ends = [amount(axis.from), amount(axis.to)] as const;
  return intervalLines({ rows, axis, ends, columns: LINE_COLUMNS }, width);
}

function methodWords(valuation: Valuation, { cost, payback }: UnitEconomics): string {
  const { campaign, lifetimeMonths } = valuation;
  const lost = campaign.cannibalised.estimate;
  const own = lost === 0 ? "" : ` (${amountText(valuation, lost)} of own margin lost among it)`;
  return (
    `The cost of ${amountText(valuation, cost.estimate)}${own} is spread over users who would ` +
    `not be there without the campaign. Lifetime value is their margin before tax, ` +
    `${spanText(lifetimeMonths)} with their churn, discounted by ` +
    `${formatPercent(campaign.discount.estimate)} a year; payback counts margin ` +
    `as it comes, before tax and undiscounted, over ${payback.months} months at most.`
  );
}
