// The value as a section of a report: one table of shares, one of break-evens, and the warning
// about the share price.
import { noteBlock, type Section, tableBlock } from "../report/document.ts";
import {
  formatInterval,
  formatNumber,
  formatPercent,
  type NumberFormat,
} from "../report/format.ts";
import type { DrawInterval } from "../stats/draws.ts";
import type { PublishedValue } from "./published-value.ts";

export function valueSection(value: PublishedValue): Section {
  return {
    title: "Value · the same cost in the company's quarter",
    blocks: [
      { kind: "headline", text: shareSentence(value) },
      breakEvenTable(value),
      noteBlock(priceSentence(value)),
    ],
  };
}

/** The quarter's figures and where they stand. */
export function valueSourcesSection(value: PublishedValue): Section {
  return {
    title: "Value · sources",
    blocks: value.sources.map((source) => noteBlock(source)),
  };
}

function shareSentence(value: PublishedValue): string {
  const { shares } = value;
  const percent = (share: DrawInterval, digits: number): string =>
    known(share, (ratio) => formatPercent(ratio, digits));
  return (
    `${known(value.cost, (x) => formatNumber(x))} million yuan are ` +
    `${percent(shares.ofRevenue, 2)} of the quarter's revenue, ` +
    `${percent(shares.ofSalesAndMarketing, 1)} of a quarter's sales and marketing, ` +
    `${percent(shares.ofAdjustedEbita, 0)} of its adjusted EBITA, and explain at most ` +
    `${percent(shares.ofEbitaFall, 0)} of its fall by ` +
    `${formatNumber(ebitaFall(value) / 1_000, 1)} billion.`
  );
}

function breakEvenTable(value: PublishedValue): ReturnType<typeof tableBlock> {
  const yuan: NumberFormat = (x) => formatNumber(x, x < 100 ? 1 : 0);
  return tableBlock(
    [
      { title: "users counted as kept" },
      { title: "evidence" },
      { title: "millions", align: "right" },
      { title: "yuan each", align: "right" },
      { title: `break-even a month (${value.months})`, align: "right" },
    ],
    value.breakEven.map((base) => [
      base.title,
      base.grade,
      known(base.users, (x) => formatNumber(x, 2)),
      known(base.costPerUser, (x) => formatNumber(x)),
      known(base.perMonth, yuan),
    ]),
  );
}

function priceSentence(value: PublishedValue): string {
  const { moved, timesCost } = value.priceMove;
  return (
    `One day's move of the share was about HK$${formatNumber(Math.abs(moved) / 1_000)} billion, ` +
    `${formatNumber(timesCost)} times the cost: ` +
    "a price move cannot be read as the campaign's value."
  );
}

function ebitaFall(value: PublishedValue): number {
  return value.quarter.adjustedEbitaYearBefore - value.quarter.adjustedEbita;
}

/** A number that is known exactly needs no brackets. */
function known(interval: DrawInterval, format: NumberFormat): string {
  return interval.lower === interval.upper
    ? format(interval.estimate)
    : formatInterval(interval, format);
}
