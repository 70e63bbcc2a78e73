// The figures of a valuation that are seen side by side.

import { currencyName, formatPoints } from "../../../report/format.ts";
import type { DrawInterval } from "../../../stats/draws.ts";
import {
  amountText,
  boundsText,
  chanceText,
  eachNumber,
  perShareNumber,
  signedAmount,
  usersNumber,
} from "../../../value/report-words.ts";
import type { Valuation } from "../../../value/valuation.ts";
import type { SideRow } from "../../parts/side-by-side.tsx";

/** "−0.064 (−0.114 to −0.005)" */
function within(interval: DrawInterval, format: (value: number) => string): string {
  const bounds = boundsText(interval, format);
  return bounds === "" ? format(interval.estimate) : `${format(interval.estimate)} (${bounds})`;
}

/** "million yuan" */
function unitOf({ currency, unit }: Valuation): string {
  return unit.name === "one" ? currencyName(currency) : `${unit.name} ${currencyName(currency)}`;
}

export const VALUE_ROWS: readonly SideRow<Valuation>[] = [
  { title: "cost of the campaign", textOf: (of) => amountText(of, of.campaign.cost.estimate) },
  { title: "kept users", textOf: ({ campaign }) => within(campaign.kept, usersNumber) },
  {
    title: "margin of a kept user and month",
    textOf: ({ campaign, currency }) =>
      `${within(campaign.marginPerMonth, eachNumber)} ${currencyName(currency)}`,
  },
  {
    title: "worth less cost after tax, by cash flow",
    textOf: (of) => `${within(of.worth.byCashFlow.net, signedAmount(of))} ${unitOf(of)}`,
  },
  {
    title: "the same a share, by cash flow",
    textOf: ({ worth, currency }) =>
      `${within(worth.byCashFlow.perShare, perShareNumber)} ${currencyName(currency)}`,
  },
  {
    title: "chance that it is worth its cost, by cash flow",
    textOf: ({ worth }) => chanceText(worth.byCashFlow.chance),
  },
  {
    title: "the same a share, by the multiple",
    textOf: ({ worth: { byMultiple }, currency }) =>
      byMultiple === null
        ? "–"
        : `${within(byMultiple.perShare, perShareNumber)} ${currencyName(currency)}`,
  },
  {
    title: "the quarter's margin",
    textOf: ({ quarter }) =>
      quarter.margin.campaign === null ? "–" : within(quarter.margin.campaign, formatPoints),
  },
];
