// A back-test's JSON, for programs that read it: schema/back-test.schema.json is made from this.
import { z } from "zod";
import type { AsJson } from "../as-json.ts";
import type { BackTest } from "./back-test.ts";

const n = z.number();
const text = z.string();
const count = z.int();
const share = z.number().describe("0 to 1");
const open = z.number().nullable().describe("null: beyond every number, such as never");

const row = z.object({
  ...{ id: text, title: text, source: text },
  unit: z.enum(["users", "count", "money", "share", "days", "months", "perSecond"]),
  planned: z.object({ median: open, lower: open, upper: open }),
  least: open.describe("of all draws"),
  greatest: open,
  published: n,
  ...{ where: text, date: text },
  held: z.boolean().describe("the figure lies within the plan's interval"),
  rank: share.describe("of the draws that lie below the figure"),
  heldWithError: z.boolean().describe("with the errors that are assumed of the source"),
  rankWithError: share,
  standsIn: text.nullable().describe("why it was not published and is not counted; null: it was"),
});

export const backTestSchema: z.ZodType<AsJson<BackTest>> = z.object({
  ...{ title: text, plan: text.describe("title of the plan that is tested") },
  ...{ currency: text, seed: text, draws: count, level: share.describe("of the intervals") },
  knew: text.nullable().describe("what the plan knew when it was made"),
  rows: z.array(row),
  counted: count.describe("rows of published figures"),
  ...{ held: count, heldWithError: count },
  sources: z.array(z.object({ id: text, why: text, counted: count, held: count })),
});
