// A plan's JSON, for programs that read it: schema/plan-study.schema.json is made from this. A
// field that a study has and this has not is found by the compiler or by the schema's test.
import { z } from "zod";
import type { AsJson } from "../as-json.ts";
import { OUTPUT_IDS } from "../model/outputs.ts";
import { COMPARED } from "./comparison.ts";
import type { PlanStudy } from "./plan-study.ts";

const n = z.number();
const text = z.string();
const share = z.number().describe("0 to 1");
const open = z.number().nullable().describe("null: beyond every number, such as never");
const number = z
  .object({ point: open, median: open, lower: open, upper: open })
  .describe("point: with every assumption at its median");
const within = z.tuple([n, n]).optional().describe("cut there");

const distribution = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fixed"), value: n }),
  z.object({ kind: z.literal("uniform"), low: n, high: n }),
  z.object({ kind: z.enum(["triangular", "pert"]), low: n, mode: n, high: n }),
  z.object({ kind: z.literal("lognormal"), p5: n, p95: n, within }),
  z.object({ kind: z.enum(["normal", "beta"]), mean: n, sd: n, within }),
]);

const assumption = z.object({
  ...{ id: text, unit: text, point: n, distribution, source: text, why: text.nullable() },
  origin: z.enum(["source", "assumption", "default"]),
});

const contribution = z.object({
  ...{ id: text, source: text },
  share: share.describe("of the variance of the result's rank, explained by itself"),
  shareTogether: share.describe("the same with what hangs together with it"),
  whenLow: n.describe("mean of the result in the tenth of the draws in which it is lowest"),
  whenHigh: n,
});

const contributions = z.object({
  mean: n.describe("of the result, where no assumptions hang together"),
  bars: z.array(contribution),
});

const fan = z.array(
  z.object({ at: n.describe("hours or months since the start"), quantiles: z.array(open) }),
);

const scenario = z.object({
  ...{ id: text, title: text, numbers: z.record(z.enum(COMPARED), number), paybackChance: share },
  difference: z
    .object({ kept: number, net: number })
    .nullable()
    .describe("from the plan, draw by draw; null: the plan itself"),
  betterChance: share.nullable().describe("of a net above the plan's"),
});

const response = z.object({
  points: z.array(
    z.object({
      ...{ budget: n, cost: number, kept: number, net: number },
      ...{ meanCost: n, meanKept: n, meanNet: n, marginalCost: open.describe("of the means") },
    }),
  ),
  worthUpTo: n.nullable().describe("budget up to which one more kept user pays for himself"),
  diminishesFrom: n.nullable(),
});

const change = z.union([
  z.object({ kind: z.literal("to"), value: n }),
  z.object({ kind: z.literal("times"), factor: n }),
]);
const changes = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("assumption"), id: text, change }),
  z.object({ kind: z.literal("budget"), change }),
  z.object({ kind: z.literal("waveBudget"), wave: text, change }),
  z.object({ kind: z.literal("amount"), offer: text, change }),
  z.object({ kind: z.literal("userGrants"), change }),
  z.object({ kind: z.literal("pacing"), pacing: z.enum(["none", "even"]) }),
]);

const of = z.enum(["wave", "offer"]);
const levels = z.array(n);
const place = z.object({
  shares: z.array(z.object({ wave: text, share })),
  amounts: z.array(z.object({ offer: text, amount: n })),
});

const split = z.discriminatedUnion("state", [
  z.object({ state: z.literal("impossible"), why: text }),
  z.object({
    state: z.enum(["found", "plan"]).describe("plan: nothing tried is better than the plan"),
    search: z.object({
      ...{ aim: z.enum(["kept", "net"]), isAimGiven: z.boolean(), places: z.int(), draws: z.int() },
      shareLevels: z.array(z.object({ wave: text, levels })),
      amountLevels: z.array(z.object({ offer: text, levels })),
    }),
    ...{ plan: place, planKeepsLimits: z.boolean(), best: place },
    changes: z.array(changes).describe("of the plan, that make it the best split"),
    compared: z.tuple([scenario, scenario]).describe("the plan and the best split"),
    ...{ meanGain: n, meanGainError: n.describe("standard error"), level: share },
    profiles: z.array(
      z.object({ of, id: text, points: z.array(z.object({ at: n, value: n.nullable() })) }),
    ),
    nearly: z.object({
      part: share,
      ranges: z.array(z.object({ of, id: text, from: n, to: n })),
    }),
  }),
]);

const holdout = z.object({
  ...{ title: text, stake: n, valueUnread: n, chanceWorth: share },
  perfect: n.describe("what knowing everything would add"),
  designs: z.array(
    z.object({
      design: z.enum(["claim", "audience"]).describe("held out at the claim, or before contact"),
      ...{ people: n, effect: n.describe("expected difference in the share active on day 30") },
      choices: z.array(z.object({ share, heldOut: n, detects: open, worth: n, cost: n })),
      enough: share.nullable().describe("null: no holdout changes the decision"),
    }),
  ),
});

/** Money is in major units at the real size; what is beyond every number is null. */
export const planStudySchema: z.ZodType<AsJson<PlanStudy>> = z.object({
  ...{ title: text, currency: text, seed: text, draws: z.int() },
  level: share.describe("of every interval"),
  ...{ months: z.int(), startsAtMs: z.int(), budget: n },
  assumptions: z.array(assumption),
  correlations: z.array(
    z.object({ between: z.tuple([text, text]), rank: n, source: text, why: text.nullable() }),
  ),
  numbers: z.array(
    z.object({
      ...{ id: z.enum(OUTPUT_IDS), title: text, ...number.shape },
      unit: z.enum(["users", "count", "money", "share", "days", "months", "perSecond"]),
    }),
  ),
  leftOut: z
    .array(z.object({ id: text, why: text }))
    .describe("Limits of the campaign file that the plan does not count, and why."),
  waves: z.array(
    z.object({
      ...{ id: text, budget: n, runOutChance: share.describe("of being gone before it ends") },
      ...{ runOutDays: number, spent: number, kept: number },
    }),
  ),
  withinMonths: z.int(),
  ...{ paybackChance: share, paybackChanceAtEnd: share, meanNet: n },
  valueAtRisk: n.describe("loss that one in twenty draws exceeds"),
  fanQuantiles: z.array(share),
  spending: fan.describe("money spent, by hour"),
  hours: z.object({
    waves: z.array(z.object({ id: text, granted: fan, spent: fan })).describe("money by then"),
    claims: fan.describe("an hour, in the time that ends then"),
    orders: fan,
  }),
  active: fan.describe("kept users still active, by month"),
  net: fan.describe("net money, by month"),
  ...{ whyNet: contributions, whyKept: contributions },
  breakEvens: z
    .array(
      z.object({
        ...{ id: text, unit: text, point: n, low: n, high: n },
        value: n.nullable().describe("where the net is 0; null: nowhere from low to high"),
        ...{ net: n, bestNet: n },
      }),
    )
    .describe("one assumption changed, the others at their points"),
  scenarios: z.array(scenario).describe("the plan itself first"),
  ...{ response: response.nullable(), split: split.nullable(), holdout: holdout.nullable() },
});
