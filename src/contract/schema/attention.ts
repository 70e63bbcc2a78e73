// What of a campaign needs somebody: a closed list of kinds, each with the figures that say why.
import { z } from "zod";
import { countSchema } from "./text.ts";

/** Each kind, the most urgent first. */
export type Attention =
  /** Claims are refused until somebody resumes. */
  | { kind: "paused" }
  /** Luck waits for the value of a public round. */
  | { kind: "round"; round: number; dueAtMs: number; isOverdue: boolean; for: string[] }
  /** Less than a twentieth of the budget is left to give, or nothing that some offer gives. */
  | { kind: "dry"; leftMinor: number; isUsedUp: boolean }
  /** The money is expected to be gone before claims end; `toMs` null: or perhaps not. */
  | { kind: "runs_out"; atMs: number; toMs: number | null }
  /** A limit that holds now is nearly reached, and so are `more` others. */
  | ({ kind: "limit"; more: number } & NearLimit)
  /** A revision waits for the consent of a second person. */
  | { kind: "proposal"; version: number; by: string; why: string }
  /** Grants wait for a release or a claw-back. */
  | { kind: "held"; grants: number; heldMinor: number }
  /** The line for late payments is nearly used up. */
  | { kind: "contingency"; usedMinor: number; limitMinor: number }
  /** Spent money of grants that were clawed back is still owing. */
  | { kind: "receivable"; receivableMinor: number }
  /** Nothing is out any more: the campaign can be closed. */
  | { kind: "closable" };

export interface NearLimit {
  cap: string;
  counts: "money" | "grants";
  used: number;
  limit: number;
}

const SCHEMAS = [
  z.strictObject({ kind: z.literal("paused") }),
  z.strictObject({
    kind: z.literal("round"),
    round: z.int().meta({ description: "The public round whose value must be handed in." }),
    dueAtMs: z.int().meta({ description: "When drand publishes it." }),
    isOverdue: z.boolean().meta({ description: "Whether that is past." }),
    for: z.array(z.string()).meta({ description: "`campaign`, or `draw:` and its id." }),
  }),
  z.strictObject({
    kind: z.literal("dry"),
    leftMinor: countSchema("What is left to give."),
    isUsedUp: z.boolean().meta({ description: "Whether it is too little for every offer." }),
  }),
  z.strictObject({
    kind: z.literal("runs_out"),
    atMs: z.int().meta({ description: "When: as likely sooner as later." }),
    toMs: z.int().nullable().meta({ description: "Not later, with 95 %; null: perhaps never." }),
  }),
  z.strictObject({
    kind: z.literal("limit"),
    cap: z.string(),
    counts: z.enum(["money", "grants"]),
    used: countSchema("Minor units, or a number of grants."),
    limit: countSchema("Minor units, or a number of grants."),
    more: countSchema("How many other limits are as near."),
  }),
  z.strictObject({
    kind: z.literal("proposal"),
    version: countSchema("The number that it will have."),
    by: z.string().meta({ description: "The public id of the key that proposed it." }),
    why: z.string(),
  }),
  z.strictObject({
    kind: z.literal("held"),
    grants: countSchema("Grants that are held now."),
    heldMinor: countSchema("What is unspent of them."),
  }),
  z.strictObject({
    kind: z.literal("contingency"),
    usedMinor: countSchema("What late payments took."),
    limitMinor: countSchema("What the line holds."),
  }),
  z.strictObject({
    kind: z.literal("receivable"),
    receivableMinor: countSchema("Spent of grants clawed back, and still owing."),
  }),
  z.strictObject({ kind: z.literal("closable") }),
] as const;

export const attentionSchema: z.ZodType<Attention> = z.discriminatedUnion("kind", SCHEMAS);
