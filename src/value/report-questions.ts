// The rating questions, read as what one must believe: in numbers, with the chance that the draws
// give it, and without advice.
import { type Block, noteBlock, type Section, tableBlock, textBlock } from "../report/document.ts";
import { formatLevel, formatMoney, formatNumber, formatPercent } from "../report/format.ts";
import type { BreakEven } from "./break-evens.ts";
import { lossWords, PRICE_WARNING } from "./report-market.ts";
import {
  amountText,
  bareAmount,
  boundsText,
  chanceText,
  eachNumber,
  openTexts,
  perShareNumber,
  unitText,
  usersNumber,
} from "./report-words.ts";
import type { Valuation } from "./valuation.ts";

export const NO_ADVICE: string =
  "This informs and gives no advice: whether to buy, hold or sell is for the reader to say, who " +
  "knows what else he knows.";

const right = "right" as const;

export function questionsSection(valuation: Valuation): Section {
  return {
    title: "Buy, hold or sell? What each answer must believe",
    blocks: [
      textBlock(buyWords(valuation)),
      breakEvenTable(valuation),
      textBlock(holdWords(valuation)),
      textBlock(sellWords(valuation)),
      noteBlock(`${NO_ADVICE} ${PRICE_WARNING}`),
    ],
  };
}

/** The chance that it is worth its cost, by each method. */
export function chanceWords({ worth }: Valuation): string {
  const flow = `a chance of ${chanceText(worth.byCashFlow.chance)} by the users' cash flow`;
  if (worth.byMultiple === null) return flow;
  return `${flow}, of ${chanceText(worth.byMultiple.chance)} at a multiple of a year's margin`;
}

function buyWords(valuation: Valuation): string {
  return (
    "To buy because of the campaign, one must believe that it is worth more than it cost: the " +
    `draws give that ${chanceWords(valuation)}. ${needWords(valuation)}`
  );
}

/** By each method: what more is needed, or that nothing is. */
function needWords({ breakEvens }: Valuation): string {
  const methods = [...new Set(breakEvens.map(({ method }) => method))];
  const met = methods.filter((by) => breakEvens.every((each) => each.method !== by || isMet(each)));
  const open = methods.filter((by) => !met.includes(by));
  const names = (of: readonly string[]): string =>
    of.map((by) => (by === "multiple" ? "the multiple" : by)).join(" and by ");
  const enough = met.length === 0 ? "" : `By ${names(met)} that is so as assumed. `;
  if (open.length === 0) return enough.trim();
  return (
    `${enough}By ${names(open)} more is needed, and each of these alone would do, all else as ` +
    "drawn:"
  );
}

function isMet({ now, needed: { estimate }, better }: BreakEven): boolean {
  if (estimate === null) return false;
  if (now === null) return true;
  return better === "more" ? now.estimate >= estimate : now.estimate <= estimate;
}

function breakEvenTable(valuation: Valuation): Block {
  const rows = valuation.breakEvens.map((each) => {
    const format = formatOf(valuation, each);
    const [needed, bounds] = openTexts(each.needed, format, "none");
    const now = each.now === null ? "for ever" : format(each.now.estimate);
    const side = each.better === "more" ? "at least" : "at most";
    const enough = each.needed.estimate === null ? "none is enough" : `${side} ${needed}`;
    const state = isMet(each) ? `${enough}: met` : enough;
    return [titleOf(valuation, each), now, state, bounds, each.method];
  });
  return tableBlock(
    [
      { title: "assumption" },
      { title: "as assumed", align: right },
      { title: "needed", align: right },
      { title: "interval", align: right },
      { title: "by" },
    ],
    rows,
  );
}

function titleOf(valuation: Valuation, { id, title }: BreakEven): string {
  if (id === "cost") return `${title}, ${unitText(valuation)}`;
  return id === "margin" ? `${title}, ${valuation.currency}` : title;
}

function formatOf(valuation: Valuation, { id, unit }: BreakEven): (value: number) => string {
  if (id === "cost") return bareAmount(valuation);
  if (unit === "users") return usersNumber;
  if (unit === "money") return eachNumber;
  return (value) => (unit === "months" ? formatNumber(value) : `${formatNumber(value, 1)}×`);
}

function holdWords(valuation: Valuation): string {
  const { company, worth, currency, market } = valuation;
  const { perShare } = worth.byCashFlow;
  const money = formatMoney(perShare.estimate, currency, 3);
  const all =
    `All of the campaign is ${money} a share by cash flow ` +
    `(${boundsText(perShare, perShareNumber)})`;
  const ratio = (value: number): string => formatPercent(value, 2);
  const hangs =
    company === null
      ? ""
      : `, and ${ratio(company.campaignShare.estimate)} of the parts' value at the multiple ` +
        `(${boundsText(company.campaignShare, ratio)})`;
  const move =
    market === null
      ? ""
      : ` One day moved the price by ${formatPercent(Math.abs(market.move.estimate), 1)}.`;
  return (
    `To hold whatever becomes of it, one must believe that the rest of the company counts for ` +
    `more. ${all}${hangs}: so much of the share's value hangs on it.${move}`
  );
}

function sellWords(valuation: Valuation): string {
  const { worth, company, currency } = valuation;
  const { cost, costPerShare, net, perShare, value, chance } = worth.byCashFlow;
  const isDriving = value.lower < 0;
  const most = isDriving ? -net.lower : cost.upper;
  const each = formatMoney(isDriving ? -perShare.lower : costPerShare.upper, currency, 3);
  const part =
    company === null || company.equity.lower <= 0
      ? ""
      : `, ${formatPercent(most / company.equity.estimate, 2)} of the parts' value`;
  return (
    "To sell because of it, one must believe that it is worth less than it cost: a chance of " +
    `${chanceText(1 - chance)} by cash flow. The most that can be lost is ` +
    `${lossWords(valuation)}: at most ${amountText(valuation, most)}, ${each} a share${part}, by ` +
    `the ${formatLevel(valuation.level)} interval; a larger reason to sell must lie elsewhere, ` +
    "such as in campaigns that have to be repeated."
  );
}
