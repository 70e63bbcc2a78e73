// What the campaign did to the company, in few lines: as planned beside as measured.

import type { Column } from "../../report/column.ts";
import {
  currencyName,
  formatLevel,
  formatMoney,
  formatNumber,
  formatSigned,
} from "../../report/format.ts";
import { PRICE_WARNING } from "../../value/report-market.ts";
import { chanceWords } from "../../value/report-questions.ts";
import {
  boundsText,
  chanceText,
  eachNumber,
  monthsText,
  openTexts,
  perShareNumber,
  usersNumber,
} from "../../value/report-words.ts";
import type { Valuation } from "../../value/valuation.ts";
import type { DemoValue } from "./value-step.ts";

export const VALUE_TITLE = "Value · the campaign in the company's figures";

/** Payback is asked for by the end of this month. */
const WITHIN = 24;

/** The answer, hedged as the draws hedge it. */
export function valueSentence({ planned, measured }: DemoValue): string {
  return (
    `By what was measured it is worth more than it cost with ${chanceWords(measured)}; as ` +
    `planned, with ${chanceText(planned.worth.byCashFlow.chance)} by cash flow.`
  );
}

/** What the two columns do not say, and how none of it may be read. */
export function valueNotes({ measured }: DemoValue): string {
  const { market, level, draws } = measured;
  const size =
    market === null ? "" : formatMoney(Math.abs(market.moved.estimate) / 1e9, market.currency, 0);
  const move =
    market === null
      ? ""
      : ` A day's move of the share was ${size} billion, ` +
        `${formatNumber(market.timesCost.estimate)} times the cost. ${PRICE_WARNING}`;
  return (
    `Newcomers count in the plan alone. Brackets: ${formatLevel(level)} of ` +
    `${formatNumber(draws)} draws.${move} No advice.`
  );
}

export function valueTable({ planned, measured }: DemoValue): {
  columns: Column[];
  rows: string[][];
} {
  const columns: Column[] = [
    { title: "" },
    { title: `planned, evidence ${planned.campaign.grade}`, align: "right" },
    { title: `measured, evidence ${measured.campaign.grade}`, align: "right" },
  ];
  const [before, after] = [cellsOf(planned), cellsOf(measured)];
  return { columns, rows: before.map(([title, text], i) => [title, text, after[i]![1]]) };
}

function cellsOf(valuation: Valuation): (readonly [title: string, text: string])[] {
  const { campaign, currency, lifetimeMonths, unitEconomics, quarter, worth, breakEvens } =
    valuation;
  const { kept, cac, valueToCac, payback } = unitEconomics[0]!;
  const money = currencyName(currency);
  const within = ([estimate, bounds]: readonly [string, string]): string =>
    bounds === "" ? estimate : `${estimate} (${bounds})`;
  const margin = breakEvens.find(({ id }) => id === "margin")!;
  const digits = (ratio: number): string => formatSigned(100 * ratio, 2);
  const assumed = formatNumber(campaign.marginPerMonth.estimate, 2);
  const share = worth.byCashFlow.perShare;
  const month = Math.min(WITHIN, payback.months);
  const points = quarter.margin.campaign;
  return [
    [
      "kept because of it, users",
      within([usersNumber(kept.estimate), boundsText(kept, usersNumber)]),
    ],
    [`cost of a kept user (CAC), ${money}`, within(openTexts(cac, eachNumber, "beyond"))],
    [
      `lifetime value over CAC, ${monthsText(lifetimeMonths)}`,
      within(openTexts(valueToCac, (times) => formatNumber(times, 2), "no cost")),
    ],
    [`chance to pay back by month ${month}`, chanceText(payback.chances[month - 1]!)],
    [
      "the quarter's margin, points",
      points === null ? "not found" : within([digits(points.estimate), boundsText(points, digits)]),
    ],
    [
      `a share, after tax, ${money}`,
      within([perShareNumber(share.estimate), boundsText(share, perShareNumber)]),
    ],
    [
      `margin a month to pay (assumed ${assumed}), ${money}`,
      within(openTexts(margin.needed, eachNumber, "beyond")),
    ],
  ];
}
