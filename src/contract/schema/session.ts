// Who is signed in: a person in a browser, who gave a key once, or a program that asks what its key
// may do.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { type KeyView, keyViewSchema, type Scope } from "./keys.ts";

/** Keys of people. A program, an app's or a merchant's, sends its key with each request. */
export const SIGN_IN_SCOPES: readonly Scope[] = ["admin", "viewer"];

/** One of the two. */
export interface SessionInput {
  /** The API key, `hb_…`. */
  key?: string | undefined;
  /** What `session.code` gave. */
  code?: string | undefined;
}

const SECRET = z.string().min(1).max(200);

export const sessionInputSchema: z.ZodType<SessionInput> = z
  .strictObject({
    key: SECRET.optional().meta({ description: "The API key, `hb_…`." }),
    code: SECRET.optional().meta({ description: "Instead of a key: what `session.code` gave." }),
  })
  .refine(({ key, code }) => (key === undefined) !== (code === undefined), {
    message: "expected either a key or a code",
  });

export interface SessionCodeAnswer extends AnswerBase {
  /** Signs in once, in this server's life. */
  code: string;
  expiresAtMs: number;
}

export const sessionCodeAnswerSchema: z.ZodType<SessionCodeAnswer> = z.strictObject({
  ...answerBase,
  code: z.string().meta({ description: "Signs in once, until then or the server's next start." }),
  expiresAtMs: z.int(),
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
