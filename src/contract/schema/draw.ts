// Draws: an entry, and what everybody may see of a draw. Winners are shown by their grants, never
// by who they are.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { GRANT_STATES, type GrantState } from "./grant.ts";
import { campaignIdSchema, countSchema, idSchema, notAfterSchema } from "./text.ts";

export interface EnterInput {
  id: string;
  user: string;
  notAfterMs?: number;
  /** Where assignment is given: the user's variant, or "holdout". */
  variant?: string;
}

export const enterSchema: z.ZodType<EnterInput> = z.strictObject({
  id: idSchema("A fresh id minted by the caller; a retry repeats it."),
  user: idSchema("The caller's id of the user. Only a keyed hash of it is kept."),
  notAfterMs: z.exactOptional(notAfterSchema),
  variant: z.exactOptional(
    campaignIdSchema.meta({
      description: 'Where assignment is given: the user\'s variant, or "holdout".',
    }),
  ),
});

export interface EnterAnswer extends AnswerBase {
  draw: string;
  /** The number of the entry, from 1. */
  entry?: number;
  retryAtMs?: number;
}

export const enterAnswerSchema: z.ZodType<EnterAnswer> = z.strictObject({
  ...answerBase,
  draw: z.string().meta({ description: "The id of the draw." }),
  entry: z.exactOptional(z.int().min(1).meta({ description: "The entry's number, from 1." })),
  retryAtMs: z.exactOptional(z.int().meta({ description: "When asking again can help." })),
});

export interface DrawCloseAnswer extends AnswerBase {
  draw: string;
  retryAtMs?: number;
}

export const drawCloseAnswerSchema: z.ZodType<DrawCloseAnswer> = z.strictObject({
  ...answerBase,
  draw: z.string(),
  retryAtMs: z.exactOptional(z.int().meta({ description: "When the draw closes." })),
});

export interface DrawView {
  draw: string;
  title: string;
  opensAtMs: number;
  closesAtMs: number;
  closed: boolean;
  /** The public round that its luck waits for, until its value is in. */
  awaitsRound?: number;
  /** The public round that takes part in its luck. */
  round?: number;
  entries: number;
  winners: number;
  /** Entries at places that were drawn, whose users had won before or are blocked. */
  voids: number;
  prizes: { prize: string; title: string; amountMinor: number; stock: number; left: number }[];
  /** Of winners, in the order of winning, behind the first `after`. */
  grants: string[];
  /** The same grants, each with its prize and what became of it. */
  wins: DrawWin[];
  more: boolean;
}

export interface DrawWin {
  grant: string;
  /** The prize's id. */
  prize: string;
  /** A prize that lapsed, or was taken back, is drawn again. */
  state: GrantState;
}

const drawViewSchema: z.ZodType<DrawView> = z.strictObject({
  draw: z.string(),
  title: z.string(),
  opensAtMs: z.int(),
  closesAtMs: z.int(),
  closed: z.boolean(),
  awaitsRound: z.exactOptional(z.int().meta({ description: "The public round it waits for." })),
  round: z.exactOptional(
    z.int().meta({ description: "The public round that takes part in its luck." }),
  ),
  entries: countSchema("Entries so far."),
  winners: countSchema("Prizes granted so far, reserve winners included."),
  voids: countSchema("Entries drawn whose users had won before or are blocked."),
  prizes: z.array(
    z.strictObject({
      prize: z.string(),
      title: z.string(),
      amountMinor: countSchema("Minor units."),
      stock: countSchema("How many there are."),
      left: countSchema("How many nobody holds."),
    }),
  ),
  grants: z.array(z.string()).meta({ description: "Of winners, in the order of winning." }),
  wins: z
    .array(
      z.strictObject({
        grant: z.string(),
        prize: z.string().meta({ description: "The prize's id." }),
        state: z.enum(GRANT_STATES),
      }),
    )
    .meta({ description: "The same grants with their prizes. One that lapsed is drawn again." }),
  more: z.boolean().meta({ description: "True when more follow: ask again with `after`." }),
});

export interface DrawQuery {
  /** How many winners to leave out. */
  after?: string;
}

export const drawQuerySchema: z.ZodType<DrawQuery> = z.strictObject({
  after: z.exactOptional(
    z
      .string()
      .regex(/^\d{1,10}$/)
      .meta({ description: "How many winners to leave out: those of the pages before." }),
  ),
});

export interface DrawShowAnswer extends AnswerBase {
  view?: DrawView;
}

export const drawShowAnswerSchema: z.ZodType<DrawShowAnswer> = z.strictObject({
  ...answerBase,
  view: z.exactOptional(drawViewSchema),
});
