// The valuation as one object: text, page, charts and JSON are all derived from it. It informs;
// what to do with a share is nobody's to say from here.
import { HongbaoError } from "../base/error.ts";
import type { CampaignDraws, EvidenceGrade, UnsourcedAssumption } from "../plan/campaign-draws.ts";
import { combine, type DrawInterval, type Uncertain } from "../stats/draws.ts";
import { breakageOf } from "./booking.ts";
import { type BreakEven, breakEvens } from "./break-evens.ts";
import { type Worth, type WorthDraws, worthDraws, worthOfDraws } from "./campaign-worth.ts";
import { cohortEconomics } from "./cohort-economics.ts";
import {
  type CompanyFigures,
  companyFigures,
  companyInputs,
  OF_THE_LINE,
} from "./company-figures.ts";
import { type CompanyValue, companyValue } from "./company-value.ts";
import { scaled, sumOf } from "./draw-sums.ts";
import { estimatesOf, type YearEffect } from "./estimates.ts";
import type { Confounder, EventReading } from "./event-reading.ts";
import { type Figure, type FigureBook, type FigureEntry, figureDraws } from "./figure.ts";
import { figureText } from "./figure-text.ts";
import { type MarketImplied, marketImplied } from "./market-implied.ts";
import { medianInterval, medianOf } from "./median-interval.ts";
import { type QuarterReading, quarterReading } from "./quarter-reading.ts";
import type { SensitivityTable } from "./sensitivity.ts";
import type { UnitEconomics } from "./unit-economics.ts";
import { sensitivityTables } from "./valuation-tables.ts";
import type { AmountUnit, ValueQuestion } from "./value-question.ts";
import { type WorthDrivers, worthDrivers } from "./worth-drivers.ts";

export interface Valuation {
  readonly title: string;
  readonly currency: string;
  /** In which amounts are shown; all numbers here are in major units. */
  readonly unit: AmountUnit;
  readonly level: number;
  readonly seed: string;
  readonly draws: number;
  readonly taxRate: DrawInterval;
  readonly shares: DrawInterval;
  readonly perAds: number | null;
  /** Months that a kept user counts; null: for ever. */
  readonly lifetimeMonths: number | null;
  readonly campaign: CampaignReading;
  /** What was assumed and has no source; said first. */
  readonly assumptions: readonly UnsourcedAssumption[];
  /** What nobody published; it stays blank wherever it would be needed. */
  readonly notFound: readonly string[];
  readonly figures: readonly FigureEntry[];
  /** The campaign, then its cohorts. */
  readonly unitEconomics: readonly UnitEconomics[];
  readonly quarter: QuarterReading;
  readonly years: readonly YearEffect[];
  readonly worth: {
    readonly byCashFlow: Worth;
    readonly byMultiple: Worth | null;
    /** The multiple of a year's margin that the cash flow comes to. */
    readonly cashFlowMultiple: DrawInterval;
    /** The multiple of a year's margin of the kept users; null: not found. */
    readonly multiple: UsersMultiple | null;
  };
  /** What the net a share hangs on, largest first. */
  readonly drivers: WorthDrivers;
  /** Null where `companyReason` says what is missing. */
  readonly company: CompanyValue | null;
  readonly companyReason: string | null;
  readonly breakEvens: readonly BreakEven[];
  readonly sensitivity: readonly SensitivityTable[];
  readonly market: MarketImplied | null;
  readonly event: EventReading | null;
  readonly news: readonly Confounder[];
}

/** The same multiple of a margin after tax, and of one before it. */
export interface UsersMultiple {
  readonly afterTax: DrawInterval;
  readonly beforeTax: DrawInterval;
  /** The line in which the users are counted; its own multiple, and of what that is. */
  readonly line: string;
  readonly ofLine: DrawInterval | null;
  readonly measure: string | null;
}

/** What the draws were made from. */
export type CampaignSource = "plan" | "verdict" | "published";

export interface CampaignReading {
  readonly title: string;
  /** Where the draws come from. */
  readonly from: string;
  readonly source: CampaignSource;
  readonly starts: string;
  readonly grade: EvidenceGrade;
  readonly granted: DrawInterval;
  readonly redeemed: DrawInterval;
  readonly breakage: DrawInterval;
  readonly otherCost: DrawInterval;
  readonly cannibalised: DrawInterval;
  readonly cost: DrawInterval;
  readonly kept: DrawInterval;
  readonly marginPerMonth: DrawInterval;
  readonly discount: DrawInterval;
}

export interface ValuationInputs {
  readonly question: ValueQuestion;
  readonly campaign: CampaignDraws;
  /** Where the campaign's draws come from: in words, and as what. */
  readonly from: string;
  readonly source: CampaignSource;
  readonly figures: Pick<FigureBook, "entries" | "assumed">;
  readonly event?: EventReading | null;
}

/** Throws HongbaoError `invalid_file` where the draws do not fit the question. */
export function valuationOf(inputs: ValuationInputs): Valuation {
  const { question, campaign, figures, event = null } = inputs;
  const { level, news, perAds, accounting } = question;
  requireDraws(campaign, question);
  const company = companyFigures(question, campaign.count);
  const { tax, shares, lifetime: months, multiple } = company;
  const worth = worthDraws(campaign, { tax, months }, multiple);
  const lifetime = { months, discount: campaign.discount };
  const years = question.years.map(({ profit, ...year }) => ({
    ...year,
    baseProfit: drawsOf(profit, inputs),
  }));
  const missing = figures.entries.filter(({ value }) => value === null);
  const { byMultiple, costAfterTax } = worth;
  return {
    ...{ title: question.title, currency: question.currency, unit: question.unit, level },
    ...{ seed: question.seed, draws: campaign.count, perAds, news, event },
    ...{ taxRate: medianInterval(tax, level), shares: medianInterval(shares, level) },
    lifetimeMonths: question.lifetime === null ? null : Math.round(medianOf(months)),
    campaign: campaignReading(inputs, worth),
    assumptions: [...unsourced(figures), ...(campaign.assumptions ?? [])],
    notFound: missing.map(({ title, source }) => `${title} (${source})`),
    figures: figures.entries,
    unitEconomics: cohortEconomics(campaign, lifetime, level),
    quarter: quarterReading(campaign, question),
    years: estimatesOf(campaign, { accounting, tax, shares, perAds, years }, level),
    worth: {
      byCashFlow: worthOfDraws(worth.byCashFlow, costAfterTax, shares, level),
      byMultiple:
        byMultiple === null ? null : worthOfDraws(byMultiple, costAfterTax, shares, level),
      cashFlowMultiple: medianInterval(worth.years, level),
      multiple: usersMultiple(inputs, company),
    },
    drivers: worthDrivers(
      campaign,
      worth,
      shares,
      companyInputs(company, question.usersMultiple !== OF_THE_LINE),
    ),
    ...companyOf(inputs, worth, shares),
    breakEvens: breakEvens(campaign, worth, multiple, months, level),
    sensitivity: sensitivityTables(campaign, question, worth, company),
    market: marketOf(inputs, worth, company),
  };
}

function requireDraws(campaign: CampaignDraws, question: ValueQuestion): void {
  const refuse = (message: string): HongbaoError =>
    new HongbaoError({ code: "invalid_file", message: `${campaign.title}: ${message}` });
  if (campaign.currency !== question.currency) {
    throw refuse(
      `expected the campaign's money in ${question.currency}, as the company's figures, ` +
        `found ${campaign.currency}`,
    );
  }
  const cost = sumOf(
    [...campaign.redeemed, ...campaign.otherCost, ...campaign.cannibalised],
    campaign.count,
  );
  if (!(cost.point > 0) || cost.draws.some((value) => !(value > 0))) {
    throw refuse("expected a campaign that cost something in every draw");
  }
  const isForEver = question.lifetime === null;
  if (isForEver && campaign.discount.draws.some((rate) => !(rate > 0))) {
    throw refuse("lifetime forever: expected a discount above 0 in every draw");
  }
}

function campaignReading(inputs: ValuationInputs, worth: WorthDraws): CampaignReading {
  const { campaign, from, source, question } = inputs;
  const interval = (each: Uncertain): DrawInterval => medianInterval(each, question.level);
  const total = (months: readonly Uncertain[]): DrawInterval =>
    interval(sumOf(months, campaign.count));
  return {
    ...{ title: campaign.title, from, source, starts: campaign.starts, grade: campaign.grade },
    granted: total(campaign.granted),
    redeemed: total(campaign.redeemed),
    breakage: interval(breakageOf(campaign)),
    otherCost: total(campaign.otherCost),
    cannibalised: total(campaign.cannibalised),
    cost: interval(worth.cost),
    kept: interval(campaign.kept),
    marginPerMonth: interval(campaign.marginPerMonth),
    discount: interval(campaign.discount),
  };
}

function usersMultiple(
  inputs: ValuationInputs,
  { multiple, tax }: CompanyFigures,
): UsersMultiple | null {
  if (multiple === null) return null;
  const { level, usersLine, parts } = inputs.question;
  const line = parts.find(({ id }) => id === usersLine);
  const own = line === undefined ? null : drawsOf(line.multiple, inputs);
  return {
    afterTax: medianInterval(multiple, level),
    beforeTax: medianInterval(
      combine((times, rate) => times * (1 - rate), multiple, tax),
      level,
    ),
    line: line?.title ?? usersLine,
    ofLine: own === null ? null : medianInterval(own, level),
    measure: line?.measure ?? null,
  };
}

function unsourced({ entries, assumed }: ValuationInputs["figures"]): UnsourcedAssumption[] {
  const figures = entries.filter(({ isAssumption, value }) => isAssumption && value !== null);
  return [
    ...assumed,
    ...figures.map((entry) => {
      const because = entry.why === null ? "" : `: ${entry.why}`;
      return { id: entry.id, says: `${entry.title} ${figureText(entry)}${because}` };
    }),
  ];
}

function companyOf(
  inputs: ValuationInputs,
  worth: WorthDraws,
  shares: Uncertain,
): Pick<Valuation, "company" | "companyReason"> {
  const { question, campaign } = inputs;
  const netCash = drawsOf(question.netCash, inputs);
  const none = (reason: string) => ({ company: null, companyReason: reason });
  if (question.parts.length === 0) return none("no segments were given");
  if (netCash === null) return none("net cash was not found");
  if (worth.byMultiple === null) return none("no multiple for the kept users was found");
  const parts = [];
  for (const part of question.parts) {
    const [figure, multiple] = [drawsOf(part.figure, inputs), drawsOf(part.multiple, inputs)];
    const growth = part.growth === null ? null : drawsOf(part.growth, inputs);
    if (figure === null || multiple === null || (part.growth !== null && growth === null)) {
      return none(`a segment is missing: ${part.title}, ${part.measure}, was not found in full`);
    }
    const still = { point: 0, draws: new Float64Array(campaign.count) };
    parts.push({ ...part, figure, multiple, growth: growth ?? still });
  }
  const effects = [
    {
      ...{ id: "users", title: "kept users at the multiple", line: question.usersLine },
      value: worth.byMultiple,
    },
    {
      ...{ id: "spend", title: "cost after tax", line: question.spendLine },
      value: scaled(worth.costAfterTax, -1),
    },
  ];
  const { level } = question;
  const asked = { parts, netCash, shares, effects, count: campaign.count };
  return { company: companyValue(asked, level), companyReason: null };
}

function marketOf(
  { question, campaign }: ValuationInputs,
  { cost, months, tax }: WorthDraws,
  { listing: drawn, shares }: CompanyFigures,
): MarketImplied | null {
  const { listing, level, perAds } = question;
  if (listing === null || drawn === null) return null;
  const { day, currency, per, priceTaken } = listing;
  const sharesPerPrice = per === "ADS" ? perAds! : 1;
  const market = { day, currency, per, priceTaken, ...drawn, shares, sharesPerPrice };
  const { kept, marginPerMonth } = campaign;
  return marketImplied({ market, cost, kept, marginPerMonth, months, tax }, level);
}

function drawsOf(figure: Figure, { question, campaign }: ValuationInputs): Uncertain | null {
  return figureDraws(figure, question.seed, campaign.count);
}
