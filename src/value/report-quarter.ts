// The quarter and the fiscal years as sections: the bridge of the profit, the lines with and
// without the campaign, and what it does to annual profit and to earnings a share.
import { type Block, noteBlock, type Section, tableBlock, textBlock } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatLevel, formatNumber, formatPercent, formatPoints } from "../report/format.ts";
import { type WaterfallStep, waterfallChart } from "../report/waterfall-chart.ts";
import { waterfallLines } from "../report/waterfall-lines.ts";
import { bridgeLevels, shownSteps } from "./bridge.ts";
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
  const { quarter } = valuation;
  const ebita = quarter.lines.find(({ id }) => id === "ebita")!;
  const { estimate, lower, upper } = ebita.campaign;
  const way = estimate < 0 ? "took" : "added";
  const size = amountText(valuation, Math.abs(estimate));
  const [least, most] = [lower, upper].map(Math.abs).sort((a, b) => a - b);
  const amount = bareAmount(valuation);
  const bounds = lower === upper ? "" : ` (${amount(least!)} to ${amount(most!)})`;
  const fall =
    quarter.ofFall === null
      ? ""
      : `, at most ${formatPercent(quarter.ofFall.estimate, 0)} of its fall against a year earlier`;
  const { margin } = quarter;
  const margins =
    margin.without === null || margin.reported === null
      ? ""
      : ` Its margin was ${formatPercent(margin.reported, 2)}; without the campaign it would ` +
        `have been ${formatPercent(margin.without.estimate, 2)} ` +
        `(${boundsText(margin.without, (x) => formatPercent(x, 2))}): ` +
        `${formatPoints(margin.campaign!.estimate)}.`;
  return `The campaign ${way} ${size}${bounds} of the quarter's adjusted EBITA${fall}.${margins}`;
}

function bridgeBlocks(valuation: Valuation): Block[] {
  const { quarter, unit, level } = valuation;
  const { bridge, bridgeReason, decimals } = quarter;
  if (bridge === null) return [noteBlock(`No bridge: ${bridgeReason}.`)];
  const unitMinor = unit.factor * 10 ** decimals;
  const shown = shownSteps(bridge, unitMinor);
  const levels = bridgeLevels(bridge);
  const text = (i: number): string =>
    bridge[i]!.kind === "total" ? formatNumber(shown[i]!) : signed(shown[i]!);
  const steps: WaterfallStep[] = levels.map(({ title, kind, fromMinor, toMinor }, i) => ({
    ...{ label: title, kind, text: text(i) },
    ...{ from: fromMinor / unitMinor, to: toMinor / unitMinor },
  }));
  const amount = signedAmount(valuation);
  return [
    fittingChart(
      `Adjusted EBITA, ${unitText(valuation)}: from a year earlier to what was reported`,
      (isNarrow) =>
        waterfallChart(isNarrow ? "bridge-narrow" : "bridge", {
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

function signed(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

function lineTable(valuation: Valuation): Block {
  const { quarter } = valuation;
  const amount = bareAmount(valuation);
  const known = (value: number | null): string => (value === null ? "not found" : amount(value));
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
      without === null ? "not found" : amount(without.estimate),
    ]),
  );
}

function bookingWords({ quarter }: Valuation): string {
  const { costShare, from, to } = quarter;
  return (
    `${formatPercent(costShare.estimate, 0)} of the campaign's cost is booked from ${from} to ` +
    `${to}, by days; the trend is what remains between the published figures once the campaign ` +
    `is taken out, so the steps add up to the last one exactly.${marginWords(quarter)} What kept ` +
    "users pay beside their margin is not known, so revenue moves by contra-revenue alone."
  );
}

function marginWords({ margin }: QuarterReading): string {
  if (margin.yearBefore === null) return "";
  return ` A year earlier the margin was ${formatPercent(margin.yearBefore, 1)}.`;
}

export function yearsSection(valuation: Valuation): Section[] {
  const { years, level, currency, perAds } = valuation;
  if (years.length === 0) return [];
  const amount = bareAmount(valuation);
  const eps = (value: number | null): string =>
    value === null ? "not found" : formatNumber(value, 2);
  const rows = years.map(({ id, baseProfit, afterTax, baseEps, perShare, ofBase }) => [
    id,
    baseProfit === null ? "not found" : amount(baseProfit),
    signedAmount(valuation)(afterTax.estimate),
    boundsText(afterTax, signedAmount(valuation)),
    ofBase === null ? "–" : formatPercent(ofBase.estimate, 2),
    eps(baseEps),
    perShareNumber(perShare.estimate),
  ]);
  const columns = [
    { title: "year" },
    { title: "base profit", align: right },
    { title: "campaign", align: right },
    { title: formatLevel(level), align: right },
    { title: "of base", align: right },
    { title: "base EPS", align: right },
    { title: "campaign a share", align: right },
  ];
  const ads = perAds === null ? "" : `; an ADS is ${perAds} of them`;
  const unit = unitText(valuation);
  const caption = `After tax, ${unit}; earnings an ordinary share in ${currency}${ads}`;
  return [
    {
      title: "Estimates: annual profit and earnings a share",
      blocks: [
        tableBlock(columns, rows, caption),
        noteBlock(
          "The base case is the reader's, without the campaign. The year that bears the spend " +
            "shows a loss even of a campaign that pays: the margin of those who stay comes later.",
        ),
      ],
    },
  ];
}
