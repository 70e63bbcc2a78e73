// The value of a share as a section: the kept users' cash flow, the sum of the parts with each
// effect in its line, and the tables of two assumptions varied.
import { type Block, noteBlock, type Section, tableBlock, textBlock } from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import {
  formatLarge,
  formatLevel,
  formatMoney,
  formatNumber,
  formatPercent,
} from "../report/format.ts";
import { heatMap, heatMapLines } from "../report/heat-map.ts";
import { intervalChart } from "../report/interval-chart.ts";
import { axisWithZero, intervalLines } from "../report/interval-lines.ts";
import type { CompanyValue } from "./company-value.ts";
import type { MarketImplied } from "./market-implied.ts";
import {
  amountText,
  bareAmount,
  boundsText,
  chanceText,
  eachNumber,
  monthsText,
  perShareNumber,
  signedAmount,
  spanText,
  unitText,
} from "./report-words.ts";
import type { SensitivityAxis, SensitivityTable } from "./sensitivity.ts";
import type { Valuation } from "./valuation.ts";

const right = "right" as const;
const LINE_COLUMNS = 44;

export function shareSection(valuation: Valuation): Section {
  const { company, companyReason } = valuation;
  return {
    title: "Value per share",
    blocks: [
      worthTable(valuation),
      worthChart(valuation),
      ...(company === null
        ? [noteBlock(`No sum of the parts: ${companyReason}.`)]
        : companyBlocks(valuation, company)),
      noteBlock(methodWords(valuation)),
    ],
  };
}

export function sensitivitySection(valuation: Valuation): Section[] {
  const { sensitivity, currency } = valuation;
  if (sensitivity.length === 0) return [];
  return [
    {
      title: "What if: two assumptions at a time",
      blocks: [
        ...sensitivity.map((table) => tableChart(valuation, table)),
        noteBlock(
          `${currency} a share, all else at its median; framed: the assumptions of this report. ` +
            "At or above zero the campaign is worth what it cost; on the page red is below zero, " +
            "blue above, and the deeper the further. The median of the net is not the net of " +
            "medians, so the framed one is near the report's own, not the same.",
        ),
      ],
    },
  ];
}

function methods({ worth, lifetimeMonths }: Valuation) {
  const { byCashFlow, byMultiple } = worth;
  const flow = { title: `cash flow, ${monthsText(lifetimeMonths)}`, worth: byCashFlow };
  return byMultiple === null
    ? [flow]
    : [flow, { title: "a year's margin at the multiple", worth: byMultiple }];
}

function worthTable(valuation: Valuation): Block {
  const { level, currency } = valuation;
  const amount = bareAmount(valuation);
  const signed = signedAmount(valuation);
  return tableBlock(
    [
      { title: "the campaign after tax" },
      { title: "value", align: right },
      { title: "cost", align: right },
      { title: "net", align: right },
      { title: formatLevel(level), align: right },
      { title: `${currency} a share`, align: right },
      { title: "chance", align: right },
    ],
    methods(valuation).map(({ title, worth }) => [
      title,
      amount(worth.value.estimate),
      amount(worth.cost.estimate),
      signed(worth.net.estimate),
      boundsText(worth.net, signed),
      perShareNumber(worth.perShare.estimate),
      chanceText(worth.chance),
    ]),
    `${unitText(valuation)}, medians of the draws, which do not subtract from each other; ` +
      "chance: share of the draws in which it is worth its cost",
  );
}

function worthChart(valuation: Valuation): Block {
  const { level, currency } = valuation;
  const rows = methods(valuation).map(({ title, worth }) => ({ label: title, ...worth.perShare }));
  const axis = axisWithZero(rows);
  const lines = {
    rows: rows.map((row) => ({ ...row, text: perShareNumber(row.estimate) })),
    axis,
    ends: [perShareNumber(axis.from), perShareNumber(axis.to)] as const,
    columns: LINE_COLUMNS,
  };
  return fittingChart(
    "share",
    `What the campaign adds to a share, ${currency}, ${formatLevel(level)} intervals`,
    (isNarrow) => intervalChart({ rows, xName: currency, isNarrow }),
    (width) => intervalLines(lines, width),
  );
}

function companyBlocks(valuation: Valuation, company: CompanyValue): Block[] {
  const amount = bareAmount(valuation);
  const signed = signedAmount(valuation);
  const moved = (of: CompanyValue["netCashCampaign"]): string =>
    of === null ? "" : signed(of.estimate);
  const { equity, netCash, netCashCampaign, campaign, level } = {
    ...company,
    level: valuation.level,
  };
  const rows = company.parts.map(({ title, measure, figure, growth, multiple, value, ...rest }) => [
    `${title}, ${measure}`,
    amount(figure.estimate),
    growth.estimate === 0 && growth.lower === growth.upper ? "" : formatPercent(growth.estimate, 0),
    `${formatNumber(multiple.estimate, multiple.estimate % 1 === 0 ? 0 : 1)}×`,
    amount(value.estimate),
    boundsText(value, amount),
    moved(rest.campaign),
  ]);
  return [
    tableBlock(
      [
        { title: "sum of the parts" },
        { title: "figure", align: right },
        { title: "growth", align: right },
        { title: "multiple", align: right },
        { title: "value", align: right },
        { title: formatLevel(level), align: right },
        { title: "campaign", align: right },
      ],
      [
        ...rows,
        [
          "net cash",
          amount(netCash.estimate),
          "",
          "",
          amount(netCash.estimate),
          "",
          moved(netCashCampaign),
        ],
        [
          "equity",
          "",
          "",
          "",
          amount(equity.estimate),
          boundsText(equity, amount),
          moved(campaign),
        ],
      ],
      unitText(valuation),
    ),
    textBlock(companySentence(valuation, company)),
  ];
}

function companySentence(valuation: Valuation, company: CompanyValue): string {
  const { currency, market, perAds } = valuation;
  const { perShare, campaignPerShare, campaignShare, effects } = company;
  const isAbroad = market !== null && market.currency !== currency;
  const abroad = isAbroad ? `, ${abroadText(perShare.estimate, market, perAds)}` : "";
  const ads =
    perAds === null ? "" : ` (${formatMoney(perShare.estimate * perAds, currency)} an ADS)`;
  const share = (ratio: number): string => formatPercent(ratio, 2);
  const lines = effects.map(
    ({ title, line, value }) => `${title} in ${line} (${amountText(valuation, value.estimate)})`,
  );
  return (
    `The parts come to ${formatMoney(perShare.estimate, currency)} a share${abroad}${ads}. The ` +
    `campaign moves ${lines.join(" and ")}: ${perShareNumber(campaignPerShare.estimate)} a share ` +
    `(${boundsText(campaignPerShare, perShareNumber)}), ${share(campaignShare.estimate)} of the ` +
    `value (${boundsText(campaignShare, share)}).`
  );
}

/** In the listing's currency, of what its price is of. */
function abroadText(
  perShare: number,
  { rate, currency, per }: MarketImplied,
  perAds: number | null,
): string {
  const each = per === "ADS" ? (perAds ?? 1) : 1;
  const money = formatMoney(perShare * rate.estimate * each, currency);
  return `${money}${per === "ADS" ? " an ADS" : ""} at ${formatNumber(rate.estimate, 3)}`;
}

function tableChart(valuation: Valuation, table: SensitivityTable): Block {
  const { across, down, cells, title, id } = table;
  const axis = (of: SensitivityAxis) => ({
    name: `${of.title}${axisUnit(valuation, of.id)}`,
    labels: of.values.map(axisFormat(valuation, of.id)),
    ownIndex: of.ownIndex,
  });
  const chart = {
    ...{ across: axis(across), down: axis(down), cells },
    format: cellFormat(cells),
  };
  return fittingChart(
    id,
    title,
    (isNarrow) => heatMap({ ...chart, isNarrow }),
    (width) => heatMapLines(chart, width),
  );
}

/** Three digits of the largest; what vanishes in them keeps the sign that its colour has. */
function cellFormat(cells: SensitivityTable["cells"]): (value: number) => string {
  const largest = Math.max(...cells.flat().map(Math.abs));
  const digits = largest > 0 ? Math.max(0, Math.min(12, 2 - Math.floor(Math.log10(largest)))) : 2;
  return (value) => `${value < 0 ? "−" : ""}${formatNumber(Math.abs(value), digits)}`;
}

function axisFormat(valuation: Valuation, id: string): (value: number) => string {
  if (id === "users") return (value) => formatLarge(value, 1);
  if (id === "margin") return eachNumber;
  if (id === "cost") return bareAmount(valuation);
  return (value) => `${formatNumber(value, value % 1 === 0 ? 0 : 1)}×`;
}

function axisUnit(valuation: Valuation, id: string): string {
  if (id === "margin") return `, ${valuation.currency}`;
  return id === "cost" ? `, ${unitText(valuation)}` : "";
}

function methodWords(valuation: Valuation): string {
  const { lifetimeMonths, taxRate, campaign, worth } = valuation;
  const years = worth.cashFlowMultiple;
  const times = (value: number): string => formatNumber(value, 1);
  return (
    `Cash flow: the margin of the kept users with their churn, ${spanText(lifetimeMonths)}, ` +
    `discounted by ${formatPercent(campaign.discount.estimate)} a year. The multiple takes ` +
    "a year's margin of all who were there after 30 days, as if they stayed as long as the " +
    "multiple says: it is what sums of the parts do, and the more generous of the two where " +
    `users leave: their cash flow is worth ${times(years.estimate)} such margins ` +
    `(${boundsText(years, times)}). Margin and cost bear ` +
    `${formatPercent(taxRate.estimate, 0)} tax, since the group's profit bears the cost; the ` +
    `cost is not discounted.${multipleWords(valuation)}`
  );
}

/** A margin after tax at a multiple stands beside profits before tax: both are said. */
function multipleWords({ worth: { multiple } }: Valuation): string {
  if (multiple === null) return "";
  const times = (value: number): string => `${formatNumber(value, 1)}×`;
  const { afterTax, beforeTax, line, ofLine, measure } = multiple;
  const own =
    ofLine === null
      ? ""
      : `; the line in which they are counted, ${line}, has ${times(ofLine.estimate)} ` +
        `${measure}, high and low together with it`;
  return (
    ` The kept users' ${times(afterTax.estimate)} of a margin after tax is ` +
    `${times(beforeTax.estimate)} of one before tax${own}.`
  );
}
