// Who is signed in: a person in a browser, who gave a key once, or a program that asks what its key
// may do.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { type KeyView, keyViewSchema } from "./keys.ts";

export interface SessionInput {
  /** The API key, `hb_…`. */
  key: string;
}

export const sessionInputSchema: z.ZodType<SessionInput> = z.strictObject({
  key: z.string().min(1).max(200).meta({ description: "The API key, `hb_…`." }),
});

export interface SessionAnswer extends AnswerBase {
  /** The key that is signed in, without its secret. */
  key: KeyView;
  /** When whoever signed in has to do so again; null for a key that came with the request. */
  expiresAtMs: number | null;
}

export const sessionAnswerSchema: z.ZodType<SessionAnswer> = z.strictObject({
  ...answerBase,
  key: keyViewSchema,
  expiresAtMs: z.int().nullable().meta({
    description: "When the session ends; null for a key that came with the request.",
  }),
});
