// value.yaml: a campaign's results carried into the figures of a company. Every figure has its
// source or the word `assumption`; what nobody published is `not found` and stays blank.
import { z } from "zod";
import { readShare } from "../../contract/index.ts";
import { dayNumber } from "../calendar-days.ts";
import { AXIS_FACTORS } from "../sensitivity.ts";
import { readNumber } from "./read-number.ts";
import type { RawValue } from "./value-shape.ts";

const text = z.string().min(1);
const day = z
  .string()
  .refine((value) => dayNumber(value) !== null, "expected a day such as 2026-02-06");
const currency = z.string().regex(/^[A-Z]{3}$/, "expected a currency such as CNY");
const number = z
  .union([z.number(), z.string(), z.null()])
  .refine(
    (value) => readNumber(value) !== "unreadable",
    'expected a number, a part such as "25 %", or `not found`',
  );
const bound = z
  .union([z.number(), z.string()])
  .refine((value) => typeof readNumber(value) === "number", 'expected a number or "25 %"');
const share = z
  .union([z.number(), z.string()])
  .refine((value) => readShare(value) !== null, 'expected a share such as 0.7 or "70 %"');

const origin = {
  source: text.describe("Where it stands; `assumption` where nobody published it."),
  why: text.optional().describe("Of an assumption: why this number."),
};
const figure = z.strictObject({
  value: number.describe("A number or a per cent; `not found` stays blank and is said."),
  range: z
    .tuple([bound, bound])
    .optional()
    .describe("Lowest and highest; drawn as a triangle whose tip is the value."),
  ...origin,
  date: text.optional(),
});
const grown = figure.extend({
  yearBefore: number.optional().describe("The same a year earlier, if it was published."),
  growth: number.optional().describe("Published growth, from which a year earlier follows."),
});

const split = z
  .strictObject({ salesAndMarketing: share, contraRevenue: share, costOfRevenue: share })
  .describe("Shares of the lines of the statement; they add up to 100 %.");

const from = z.strictObject({
  plan: text.optional().describe("A plan.yaml: what it expects, draw by draw."),
  verdict: text.optional().describe("The JSON of `hongbao prove --json`: what was measured."),
  published: text
    .optional()
    .describe("A published.yaml: the plan that it names, as its figures leave it."),
  starts: day.optional().describe("verdict: the campaign's first day; a plan knows it."),
  kept: text.optional().describe("verdict: the metric that counts kept users, default d30."),
  scale: z
    .number()
    .positive()
    .max(1e9)
    .optional()
    .describe("verdict: users and money are times this in reality, default 1."),
  margin: figure.optional().describe("verdict: margin of a kept user and month, if it has none."),
  survival: figure
    .optional()
    .describe("verdict: part of the active who are there a month later, if none was watched."),
  discount: figure.optional().describe("verdict: a year's discount; a plan has its own."),
  draws: z.int().min(100).max(100_000).optional().describe("verdict: default 4000."),
});

const factors = (words: string) =>
  z
    .array(z.number().min(0).max(1000))
    .min(1)
    .max(9)
    .default([...AXIS_FACTORS])
    .describe(`${words}: multiples of the campaign's own, at which the tables are read, beside 1.`);

const months = z.int().min(1).max(1200);

const quarter = z.strictObject({
  title: text,
  from: day,
  to: day.describe("The last day."),
  revenue: grown,
  salesAndMarketing: grown.optional(),
  operatingIncome: grown.optional(),
  ebita: grown.describe("Adjusted EBITA, the measure of the bridge."),
});

const part = z.strictObject({
  id: text.describe("Its name, by which `moves` refers to it."),
  title: text.optional(),
  measure: text.describe("What the multiple is of, such as revenue."),
  figure,
  growth: figure.optional().describe("Applied to the figure before the multiple."),
  multiple: figure,
});

const event = z.strictObject({
  prices: text.describe("CSV with a header: a row a trading day, share and market side by side."),
  kind: z.enum(["prices", "returns"]).default("prices"),
  date: text.default("date").describe("Its column with the day."),
  security: text.describe("Its column with the share."),
  market: text.describe("Its column with the market's index."),
  day: day.describe("The day of the news."),
  window: z
    .tuple([z.int().min(-60).max(0), z.int().min(0).max(60)])
    .default([-1, 1])
    .describe("Trading days around it that are summed."),
  estimation: z.int().min(30).max(2000).default(250).describe("Trading days of the market model."),
  gap: z.int().min(0).max(250).default(10).describe("Trading days between it and the window."),
  splits: z
    .array(
      z.strictObject({
        day: day.describe("The first at the new price."),
        factor: z
          .number()
          .min(1e-4)
          .max(1e4)
          .describe("New shares for one old; 1 where there was no split: the price moved so."),
        of: z.enum(["security", "market"]).optional().describe("Whose, default the security's."),
      }),
    )
    .max(50)
    .default([])
    .describe("Splits for which the prices are not adjusted, and moves that only look like one."),
});

export const valueSchema: z.ZodType<RawValue> = z.strictObject({
  title: text,
  from: from.describe("Where the campaign's results come from: exactly one of the three files."),
  currency: currency.describe("Of all amounts; the campaign's must be the same."),
  amounts: z
    .enum(["one", "thousand", "million", "billion"])
    .default("million")
    .describe("The unit of all amounts and of the shares in this file."),
  level: share.default(0.95).describe("Of all intervals."),
  seed: z.int().min(0).default(1).describe("Of the draws of ranges."),
  tax: figure.describe("Rate on the campaign's cost and margin."),
  shares: figure.describe("Ordinary shares, in the unit of `amounts`."),
  perAds: z.int().min(1).max(10_000).optional().describe("Ordinary shares an ADS."),
  accounting: z
    .strictObject({
      bookedAt: z
        .enum(["redemption", "grant"])
        .default("redemption")
        .describe("When a reward is booked; at the grant less what is never redeemed."),
      rewards: split,
      otherCost: split
        .optional()
        .describe("Of calls, fees and marketing; default all in sales and marketing."),
      ...origin,
    })
    .describe("In which lines of the statement the campaign stands, and when."),
  quarter: quarter.describe("The quarter that is bridged."),
  years: z
    .array(
      z.strictObject({
        id: text,
        from: day,
        to: day.describe("The last day."),
        profit: figure.describe("Net profit without the campaign: the base case."),
      }),
    )
    .max(10)
    .default([])
    .describe("Fiscal years with the reader's base case."),
  lifetime: z
    .strictObject({
      months: z.union([months, z.literal("forever")]),
      range: z.tuple([months, months]).optional().describe("Shortest and longest."),
      ...origin,
    })
    .refine(
      ({ months: of, range }) => of !== "forever" || range === undefined,
      "expected no range beside forever",
    )
    .describe("How long a kept user counts, churn included."),
  parts: z.array(part).max(30).default([]).describe("The company by segment."),
  netCash: figure.describe("Negative for net debt."),
  moves: z
    .strictObject({
      users: z.strictObject({
        line: text
          .optional()
          .describe("The part that the kept users are counted in; needless without parts."),
        multiple: z
          .union([figure, z.literal("of the line")])
          .describe("Of a year's margin after tax; or as the line is counted, tax allowed for."),
      }),
      spend: z.strictObject({ line: text }).default({ line: "net cash" }),
    })
    .describe("Which line each effect of the campaign moves."),
  sensitivity: z
    .strictObject({
      users: factors("kept users"),
      margin: factors("margin"),
      multiple: factors("multiple"),
      cost: factors("cost"),
    })
    .prefault({}),
  listing: z
    .strictObject({
      currency,
      rate: figure.describe("Units of the listing's currency for one of the amounts'."),
      price: figure,
      per: z
        .enum(["share", "ADS"])
        .optional()
        .describe("What the price is of; must be said where there are ADS, else a share."),
      priceTaken: z
        .enum(["before", "after"])
        .default("before")
        .describe("The price is of before the move, such as the last close, or of after it."),
      move: figure.describe("Of the day, such as -2.9 %."),
      day: day.describe("Of the move."),
    })
    .optional()
    .describe("What the market did on the day."),
  event: event.optional().describe("An event study on a price file of your own."),
  news: z
    .array(z.strictObject({ day, what: text, source: text }))
    .max(50)
    .default([])
    .describe("Other news that could have moved the share."),
});
