// The valuation as one object: text, page, charts and JSON are all derived from it. It informs;
// what to do with a share is nobody's to say from here.
import { HongbaoError } from "../base/error.ts";
import type {
  CampaignDraws,
  EvidenceGrade,
  InputDraws,
  UnsourcedAssumption,
} from "../plan/campaign-draws.ts";
import { certain, type DrawInterval, drawInterval, type Uncertain } from "../stats/draws.ts";
import { breakageOf } from "./booking.ts";
import { type BreakEven, breakEvens } from "./break-evens.ts";
import { type Worth, type WorthDraws, worthDraws, worthOfDraws } from "./campaign-worth.ts";
import { type CompanyValue, companyValue } from "./company-value.ts";
import { scaled, sumOf } from "./draw-sums.ts";
import { estimatesOf, type YearEffect } from "./estimates.ts";
import type { Confounder, EventReading } from "./event-reading.ts";
import { type FigureBook, type FigureEntry, figureDraws } from "./figure.ts";
import { figureText } from "./figure-text.ts";
import { type MarketImplied, marketImplied } from "./market-implied.ts";
import { type QuarterReading, quarterReading } from "./quarter-reading.ts";
import type { SensitivityTable } from "./sensitivity.ts";
import { cohortQuestions, type UnitEconomics, unitEconomics } from "./unit-economics.ts";
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
  readonly taxRate: number;
  readonly shares: number;
  readonly perAds: number | null;
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

export interface CampaignReading {
  readonly title: string;
  /** Where the draws come from. */
  readonly from: string;
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
  /** Where the campaign's draws come from, in words. */
  readonly from: string;
  readonly figures: Pick<FigureBook, "entries" | "assumed">;
  readonly event?: EventReading | null;
}

/** Throws HongbaoError `invalid_file` where the draws do not fit the question. */
export function valuationOf(inputs: ValuationInputs): Valuation {
  const { question, campaign, from, figures, event = null } = inputs;
  const { level, shares, news } = question;
  requireDraws(campaign, question);
  const multiple = drawsOf(question.usersMultiple, inputs);
  const tax = drawsOf(question.tax, inputs)!;
  const months = lifetimeOf(inputs);
  const worth = worthDraws(campaign, { tax, months }, multiple);
  const lifetime = { months, discount: campaign.discount };
  const taxRate = tax.point;
  const lifetimeMonths = question.lifetime?.value ?? null;
  const years = question.years.map(({ profit, ...year }) => ({
    ...year,
    baseProfit: profit.value,
  }));
  const missing = figures.entries.filter(({ value }) => value === null);
  return {
    ...{ title: question.title, currency: question.currency, unit: question.unit, level },
    ...{ seed: question.seed, draws: campaign.count, taxRate, shares, perAds: question.perAds },
    ...{ lifetimeMonths, news, event },
    campaign: campaignReading(campaign, from, worth, level),
    assumptions: [...unsourced(figures), ...(campaign.assumptions ?? [])],
    notFound: missing.map(({ title, source }) => `${title} (${source})`),
    figures: figures.entries,
    unitEconomics: cohortQuestions(campaign).map((each) => unitEconomics(each, lifetime, level)),
    quarter: quarterReading(campaign, question),
    years: estimatesOf(campaign, { accounting: question.accounting, tax, shares, years }, level),
    worth: {
      byCashFlow: worthOfDraws(worth.byCashFlow, worth.costAfterTax, shares, level),
      byMultiple:
        worth.byMultiple === null
          ? null
          : worthOfDraws(worth.byMultiple, worth.costAfterTax, shares, level),
      cashFlowMultiple: drawInterval(worth.years, level),
    },
    drivers: worthDrivers(campaign, worth, shares, companyInputs(inputs, months)),
    ...companyOf(inputs, worth),
    breakEvens: breakEvens(campaign, worth, multiple, months, level),
    sensitivity: sensitivityTables(campaign, question, worth, multiple),
    market: marketOf(inputs, worth),
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

function campaignReading(
  campaign: CampaignDraws,
  from: string,
  worth: WorthDraws,
  level: number,
): CampaignReading {
  const { count } = campaign;
  const total = (months: readonly Uncertain[]): DrawInterval =>
    drawInterval(sumOf(months, count), level);
  return {
    ...{ title: campaign.title, from, starts: campaign.starts, grade: campaign.grade },
    granted: total(campaign.granted),
    redeemed: total(campaign.redeemed),
    breakage: drawInterval(breakageOf(campaign), level),
    otherCost: total(campaign.otherCost),
    cannibalised: total(campaign.cannibalised),
    cost: drawInterval(worth.cost, level),
    kept: drawInterval(campaign.kept, level),
    marginPerMonth: drawInterval(campaign.marginPerMonth, level),
    discount: drawInterval(campaign.discount, level),
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
  const { shares, level } = question;
  const asked = { parts, netCash, shares, effects, count: campaign.count };
  return { company: companyValue(asked, level), companyReason: null };
}

function marketOf(inputs: ValuationInputs, worth: WorthDraws): MarketImplied | null {
  const { listing, shares, level } = inputs.question;
  if (listing === null) return null;
  const [price, move, rate] = [listing.price.value, listing.move.value, listing.rate.value];
  if (price === null || move === null || rate === null) return null;
  const { kept, marginPerMonth } = inputs.campaign;
  const market = { day: listing.day, currency: listing.currency, price, move, rate, shares };
  const { cost, months, tax } = worth;
  return marketImplied({ market, cost, kept, marginPerMonth, months, tax }, level);
}

/** In whole months; Infinity: for ever. */
function lifetimeOf(inputs: ValuationInputs): Uncertain {
  const { lifetime } = inputs.question;
  if (lifetime === null) return certain(Number.POSITIVE_INFINITY, inputs.campaign.count);
  const { point, draws } = drawsOf(lifetime, inputs)!;
  return { point, draws: draws.map(Math.round) };
}

/** What of the company's own moves the campaign's worth. */
function companyInputs(inputs: ValuationInputs, lifetime: Uncertain): InputDraws[] {
  const { usersMultiple, tax } = inputs.question;
  const all = [
    [usersMultiple, drawsOf(usersMultiple, inputs)],
    [tax, drawsOf(tax, inputs)],
    [inputs.question.lifetime, lifetime],
  ] as const;
  return all.flatMap(([figure, drawn]): InputDraws[] => {
    if (figure === null || drawn === null) return [];
    const id = figure.path.map(String).join(".");
    return [{ id, title: TITLES[id] ?? figure.title, source: "value.yaml", draws: drawn.draws }];
  });
}

const TITLES: Readonly<Record<string, string>> = {
  "moves.users.multiple": "multiple of a year's margin",
  lifetime: "months that users count",
};

function drawsOf(
  figure: ValueQuestion["netCash"],
  { question, campaign }: ValuationInputs,
): Uncertain | null {
  return figureDraws(figure, question.seed, campaign.count);
}
