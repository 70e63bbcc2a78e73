// The quarter and the fiscal years as sections: the bridge of the profit, the lines with and
// without the campaign, and what it does to annual profit and to earnings a share.
import { type Block, noteBlock, type Section, tableBlock, textBlock } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import {
  formatLevel,
  formatNumber,
  formatPercent,
  formatPoints,
  formatSigned,
  type NumberFormat,
} from "../report/format.ts";
import { type WaterfallStep, waterfallChart } from "../report/waterfall-chart.ts";
import { waterfallLines } from "../report/waterfall-lines.ts";
import type { DrawInterval } from "../stats/draws.ts";
import { type BridgeLevel, bridgeLevels, shownSteps } from "./bridge.ts";
import type { QuarterReading } from "./quarter-reading.ts";
import {
  amountText,
  bareAmount,
  boundsText,
  perShareNumber,
  signedAmount,
  unitText,
} from "./report-words.ts";
import type { Valuation } from "./valuation.ts";

const right = "right" as const;

export function quarterSection(valuation: Valuation): Section {
  const { quarter } = valuation;
  return {
    title: `The quarter: ${quarter.title}`,
    blocks: [
      textBlock(quarterSentence(valuation)),
      ...bridgeBlocks(valuation),
      lineTable(valuation),
      noteBlock(bookingWords(valuation)),
    ],
  };
}

function quarterSentence(valuation: Valuation): string {
  const { ofFall, margin, lines } = valuation.quarter;
  const { campaign } = lines.find(({ id }) => id === "ebita")!;
  const percent = (ratio: number): string => formatPercent(ratio, 2);
  const fall =
    ofFall === null || campaign.estimate >= 0
      ? ""
      : `, ${formatPercent(ofFall.estimate, 0)} of its fall against a year earlier` +
        within(boundsText(ofFall, (ratio) => formatPercent(ratio, 0)));
  const moved = `${effectWords(valuation, campaign)}${fall}.`;
  if (margin.without === null || margin.reported === null) return moved;
  const own = `${moved} The quarter's margin was ${percent(margin.reported.estimate)}`;
  const isMoved = margin.without.lower !== margin.without.upper || campaign.estimate !== 0;
  if (!isMoved) return `${own}, with the campaign and without it.`;
  return (
    `${own}; without the campaign it would have been ${percent(margin.without.estimate)}` +
    `${within(boundsText(margin.without, percent))}: ` +
    `${formatPoints(margin.campaign!.estimate)}.`
  );
}

/** Signs stand where the draws do not agree on one. */
function effectWords(valuation: Valuation, { estimate, lower, upper }: DrawInterval): string {
  const profit = "the quarter's adjusted EBITA";
  if (lower === 0 && upper === 0) return `The campaign did not move ${profit}`;
  if (lower < 0 && upper > 0) {
    const signed = signedAmount(valuation);
    const size = amountText(valuation, Math.abs(estimate));
    const way = estimate < 0 ? "took" : "added";
    return (
      `The campaign ${way} ${size} of ${profit}, if it took anything at all ` +
      `(${signed(lower)} to ${signed(upper)})`
    );
  }
  const [least, most] = [lower, upper].map(Math.abs).sort((a, b) => a - b);
  const amount = bareAmount(valuation);
  const bounds = lower === upper ? "" : `${amount(least!)} to ${amount(most!)}`;
  const size = `${amountText(valuation, Math.abs(estimate))}${within(bounds)}`;
  return estimate < 0
    ? `The campaign took ${size} of ${profit}`
    : `The campaign added ${size} to ${profit}`;
}

function within(bounds: string): string {
  return bounds === "" ? "" : ` (${bounds})`;
}

function bridgeBlocks(valuation: Valuation): Block[] {
  const { quarter, unit, level } = valuation;
  const { bridge, bridgeReason, decimals } = quarter;
  if (bridge === null) return [noteBlock(`No bridge: ${bridgeReason}.`)];
  const unitMinor = unit.factor * 10 ** decimals;
  const levels = bridgeLevels(bridge);
  const digits = bridgeDigits(levels, unitMinor);
  const shown = shownSteps(bridge, unitMinor / 10 ** digits).map((step) => step / 10 ** digits);
  const text = (i: number): string =>
    (bridge[i]!.kind === "total" ? formatNumber : formatSigned)(shown[i]!, digits);
  const steps: WaterfallStep[] = levels.map(({ title, kind, fromMinor, toMinor }, i) => ({
    ...{ label: title, kind, text: text(i) },
    ...{ from: fromMinor / unitMinor, to: toMinor / unitMinor },
  }));
  const amount = signedAmount(valuation);
  return [
    fittingChart(
      "bridge",
      `Adjusted EBITA, ${unitText(valuation)}: from a year earlier to what was reported`,
      (isNarrow) =>
        waterfallChart({
          ...{ steps, isNarrow, xName: unitText(valuation) },
        }),
      (width) => waterfallLines(steps, width),
    ),
    tableBlock(
      [
        { title: "bridge" },
        { title: unitText(valuation), align: right },
        { title: `${formatLevel(level)} interval`, align: right },
      ],
      bridge.map(({ title, interval, kind }, i) => [
        title,
        text(i),
        interval === null
          ? ""
          : boundsText(interval, kind === "total" ? bareAmount(valuation) : amount),
      ]),
    ),
  ];
}

/** Digits after the point, so that the largest level has three in all; minor units are whole. */
function bridgeDigits(levels: readonly BridgeLevel[], unitMinor: number): number {
  const largest = Math.max(...levels.map(({ toMinor }) => Math.abs(toMinor))) / unitMinor;
  const wanted = largest >= 100 ? 0 : largest >= 10 ? 1 : 2;
  return Math.min(wanted, Math.floor(Math.log10(unitMinor)));
}

function lineTable(valuation: Valuation): Block {
  const { quarter } = valuation;
  const amount = bareAmount(valuation);
  const known = (own: DrawInterval | null): string =>
    own === null ? "not found" : amount(own.estimate);
  return tableBlock(
    [
      { title: unitText(valuation) },
      { title: "a year earlier", align: right },
      { title: "reported", align: right },
      { title: "campaign", align: right },
      { title: "without it", align: right },
    ],
    quarter.lines.map(({ title, yearBefore, reported, campaign, without }) => [
      title,
      known(yearBefore),
      known(reported),
      signedAmount(valuation)(campaign.estimate),
      known(without),
    ]),
  );
}

function bookingWords({ quarter }: Valuation): string {
  const { costShare, from, to } = quarter;
  return (
    `${formatPercent(costShare.estimate, 0)} of the campaign's cost is booked from ${from} to ` +
    `${to}, by the days on which it falls; the trend is what remains between the published ` +
    "figures once the campaign is taken out, so the steps add up to the last one exactly, where " +
    "medians as in the table below would not." +
    `${marginWords(quarter)} What the campaign took is what its draws say, not what the company ` +
    "booked, which nobody published. What kept " +
    "users pay beside their margin is not known, so revenue moves by contra-revenue alone."
  );
}

function marginWords({ margin }: QuarterReading): string {
  if (margin.yearBefore === null) return "";
  const percent = (ratio: number): string => formatPercent(ratio, 1);
  const { yearBefore } = margin;
  const bounds = within(boundsText(yearBefore, percent));
  return ` A year earlier the margin was ${percent(yearBefore.estimate)}${bounds}.`;
}

export function yearsSection(valuation: Valuation): Section[] {
  const { years, level, currency, perAds } = valuation;
  if (years.length === 0) return [];
  const amount = bareAmount(valuation);
  const known = (own: DrawInterval | null, format: NumberFormat): string =>
    own === null ? "not found" : format(own.estimate);
  const eps: NumberFormat = (value) => formatNumber(value, 2);
  const rows = years.map(({ id, baseProfit, afterTax, baseEps, perShare, ofBase, ...year }) => [
    id,
    known(baseProfit, amount),
    signedAmount(valuation)(afterTax.estimate),
    boundsText(afterTax, signedAmount(valuation)),
    ofBase === null ? "–" : formatPercent(ofBase.estimate, 2),
    known(baseEps, eps),
    perShareNumber(perShare.estimate),
    known(year.epsWith, eps),
    ...(perAds === null ? [] : [known(year.epsWithPerAds, eps)]),
  ]);
  const columns = [
    { title: "year" },
    { title: "base profit", align: right },
    { title: "campaign", align: right },
    { title: formatLevel(level), align: right },
    { title: "of base", align: right },
    { title: "base EPS", align: right },
    { title: "campaign a share", align: right },
    { title: "EPS with it", align: right },
    ...(perAds === null ? [] : [{ title: "an ADS", align: right }]),
  ];
  const ads = perAds === null ? "" : `; an ADS, of ${perAds}, with the campaign`;
  const unit = unitText(valuation);
  const caption = `After tax, ${unit}; earnings an ordinary share in ${currency}${ads}`;
  return [
    {
      title: "Estimates: annual profit and earnings a share",
      blocks: [
        tableBlock(columns, rows, caption),
        noteBlock(
          "The base case is the reader's, without the campaign. The year that bears the spend " +
            "shows a loss even of a campaign that pays: the margin of those who stay comes " +
            "later. Tax is that of the group: what is spent saves it where the group earns a " +
            "profit.",
        ),
      ],
    },
  ];
}
