// The valuation's JSON, for programs that read it: schema/valuation.schema.json is made from this.
// A field that the valuation has and this has not is found by the compiler or by the schema's test.
import { z } from "zod";
import type { Valuation } from "./valuation.ts";

const n = z.number();
const text = z.string();
const unknown = z.number().nullable();
const interval = z
  .object({ estimate: n, lower: n, upper: n })
  .describe("estimate: the median of the draws");
const open = z
  .object({ estimate: unknown, lower: unknown, upper: unknown })
  .describe("null: beyond every number");
const share = z.number().describe("0 to 1");

const unitEconomics = z.object({
  ...{ id: text, title: text, cost: interval, kept: interval },
  by: text.nullable().describe("cohorts of one `by` add up to the campaign; null: the whole"),
  ...{ cac: open, lifetimeValue: open, valueToCac: open },
  payback: z.object({
    month: open.describe("from 1; null: not within `months`"),
    months: z.int(),
    chances: z.array(share).describe("by the end of month 1, 2, …"),
    cumulated: z.array(interval).describe("margin less the whole cost, by month"),
    cumulatedHalf: z.array(interval).describe("median and middle half of the draws"),
  }),
});

const quarter = z.object({
  ...{ title: text, from: text, to: text.describe("the last day") },
  lines: z.array(
    z.object({
      ...{ id: text, title: text },
      ...{ reported: interval.nullable(), yearBefore: interval.nullable() },
      campaign: interval.describe("what it moved in the line"),
      without: interval.nullable(),
    }),
  ),
  margin: z.object({
    ...{ yearBefore: interval.nullable(), reported: interval.nullable() },
    ...{ without: interval.nullable(), campaign: interval.nullable() },
  }),
  bridge: z
    .array(
      z.object({
        ...{ id: text, title: text, kind: z.enum(["total", "change"]) },
        minor: z.int().describe("minor units; changes add up to the totals exactly"),
        interval: interval.nullable().describe("major units"),
      }),
    )
    .nullable(),
  ...{ bridgeReason: text.nullable(), decimals: z.int(), costShare: interval },
  ofFall: interval.nullable().describe("how much it explains of the fall in EBITA"),
});

const year = z.object({
  ...{ id: text, baseProfit: interval.nullable(), beforeTax: interval, afterTax: interval },
  ...{ baseEps: interval.nullable(), perShare: interval, epsWith: interval.nullable() },
  ...{ epsWithPerAds: interval.nullable(), ofBase: interval.nullable() },
});

const worth = z.object({
  ...{ value: interval, cost: interval, net: interval, perShare: interval },
  costPerShare: interval,
  chance: share.describe("part of the draws in which it is worth its cost"),
});

const driver = z.object({
  ...{ id: text, title: text, source: text },
  share: share.describe(
    "part of the spread of the net's rank that it explains, with what hangs together with it",
  ),
  whenLow: n.describe("mean net a share over the tenth of the draws in which it is lowest"),
  whenHigh: n,
});

const multiple = z.object({
  ...{ afterTax: interval, beforeTax: interval, line: text },
  ...{ ofLine: interval.nullable(), measure: text.nullable() },
});

const company = z.object({
  parts: z.array(
    z.object({
      ...{ id: text, title: text, measure: text, figure: interval, growth: interval },
      ...{ multiple: interval, value: interval, campaign: interval.nullable() },
    }),
  ),
  ...{ netCash: interval, netCashCampaign: interval.nullable() },
  ...{ equity: interval, perShare: interval },
  effects: z.array(
    z.object({ id: text, title: text, line: text, value: interval, perShare: interval }),
  ),
  ...{ campaign: interval, campaignPerShare: interval, campaignShare: interval },
});

const axis = z.object({ id: text, title: text, values: z.array(n), ownIndex: z.int() });
const needed = z.object({ users: open, marginPerMonth: open, multiple: open });

const market = z.object({
  ...{ day: text, currency: text, per: z.enum(["share", "ADS"]) },
  priceTaken: z.enum(["before", "after"]).describe("the move"),
  ...{ price: interval, move: interval, rate: interval, shares: interval },
  ...{ marketValue: interval, moved: interval },
  movedHome: interval.describe("in the campaign's currency"),
  ...{ timesCost: interval, costOfMove: interval },
  ...{ toCoverCost: needed, toJustifyMove: needed },
});

const cumulated = z.object({
  ...{ cumulated: n, standardError: n, t: n, degreesOfFreedom: n, p: n, lower: n, upper: n },
});
const news = { day: text, what: text, source: text };

const event = z.object({
  ...{ security: text, market: text, day: text, level: n },
  estimation: z.object({ from: text, to: text }),
  model: z.object({
    ...{ alpha: n, beta: n, days: z.int(), variance: n, varianceOfSample: n },
    ...{ marketMean: n, marketSquares: n, rSquared: n },
  }),
  days: z.array(
    z.object({
      ...{ offset: z.int(), day: text, actual: n, expected: n, abnormal: n },
      ...{ standardError: n, t: n, cumulated },
    }),
  ),
  whole: cumulated,
  confounders: z.array(z.object({ ...news, isInWindow: z.boolean() })),
  notices: z.array(text),
});

const campaign = z.object({
  ...{ title: text, from: text, source: z.enum(["plan", "verdict", "published"]), starts: text },
  grade: z.enum(["A", "B", "C", "D", "E", "F"]).describe("how strong the evidence is"),
  ...{ granted: interval, redeemed: interval, breakage: interval, otherCost: interval },
  cannibalised: interval.describe("own margin lost"),
  ...{ cost: interval, kept: interval, marginPerMonth: interval, discount: interval },
});

const figure = z.object({
  ...{ id: text, title: text, value: unknown.describe("in `unit`; null: not found") },
  range: z.tuple([n, n]).nullable(),
  ...{ unit: text, source: text, date: text.nullable(), why: text.nullable() },
  isAssumption: z.boolean(),
});

/** Money is in major units unless a field says minor; nothing is infinite. */
export const valuationSchema: z.ZodType<Valuation> = z.object({
  ...{ title: text, currency: text },
  unit: z.object({ name: z.enum(["one", "thousand", "million", "billion"]), factor: n }),
  ...{ level: share, seed: text, draws: z.int(), taxRate: interval, shares: interval },
  perAds: z.int().nullable(),
  lifetimeMonths: z.int().nullable().describe("null: for ever"),
  campaign,
  assumptions: z.array(z.object({ id: text, says: text })).describe("without a source"),
  notFound: z.array(text),
  figures: z.array(figure),
  unitEconomics: z.array(unitEconomics).describe("the campaign, then its cohorts"),
  quarter,
  years: z.array(year),
  worth: z.object({
    ...{ byCashFlow: worth, byMultiple: worth.nullable() },
    cashFlowMultiple: interval.describe("of a year's margin, that the cash flow comes to"),
    multiple: multiple.nullable().describe("of the kept users' margin of a year"),
  }),
  drivers: z
    .object({
      ...{ byCashFlow: z.array(driver), byMultiple: z.array(driver).nullable() },
      quiet: z.array(text).describe("the company's own that explain less than 1 % each"),
      mean: z.object({ byCashFlow: n, byMultiple: unknown }).describe("net a share"),
    })
    .describe("what the net a share hangs on, largest first"),
  ...{ company: company.nullable(), companyReason: text.nullable() },
  breakEvens: z.array(
    z.object({
      id: z.enum(["users", "margin", "lifetime", "cost", "multiple"]),
      ...{ title: text, unit: z.enum(["users", "money", "months", "times"]) },
      method: z.enum(["cash flow", "multiple"]),
      ...{ now: interval.nullable(), needed: open, better: z.enum(["more", "less"]) },
    }),
  ),
  sensitivity: z.array(
    z.object({ id: text, title: text, across: axis, down: axis, cells: z.array(z.array(n)) }),
  ),
  ...{ market: market.nullable(), event: event.nullable() },
  news: z.array(z.object(news)),
});
