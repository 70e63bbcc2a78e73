// API keys: scoped, stored only as a hash, shown once.
import { z } from "zod";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema, idSchema } from "./text.ts";

export type Scope = "admin" | "app" | "merchant" | "viewer";

export const SCOPES: readonly Scope[] = ["admin", "app", "merchant", "viewer"];

export interface KeyInput {
  name: string;
  scope: Scope;
  /** Required for the scope merchant: the only value of the attribute `merchant` it may name. */
  merchant?: string;
  /** Limits the key to one campaign. */
  campaign?: string;
}

export const keyInputSchema: z.ZodType<KeyInput> = z
  .strictObject({
    name: idSchema("What the key is for, such as `checkout service`."),
    scope: z.enum(SCOPES).meta({ description: "What the key may do." }),
    merchant: z.exactOptional(
      idSchema("For the scope merchant: the only merchant that it may name."),
    ),
    campaign: z.exactOptional(campaignIdSchema),
  })
  .refine((key) => (key.scope === "merchant") === (key.merchant !== undefined), {
    error: "expected `merchant` with the scope merchant, and only there",
    path: ["merchant"],
  });

export interface KeyView {
  key: string;
  name: string;
  scope: Scope;
  merchant?: string;
  campaign?: string;
  createdAtMs: number;
  revokedAtMs?: number;
}

export const keyViewSchema: z.ZodType<KeyView> = z.strictObject({
  key: z.string().meta({ description: "The public id of the key." }),
  name: z.string(),
  scope: z.enum(SCOPES),
  merchant: z.exactOptional(z.string()),
  campaign: z.exactOptional(z.string()),
  createdAtMs: z.int(),
  revokedAtMs: z.exactOptional(z.int()),
});

export interface KeyAddAnswer extends AnswerBase {
  key: KeyView;
  /** The secret itself, shown this once. */
  secret: string;
}

export const keyAddAnswerSchema: z.ZodType<KeyAddAnswer> = z.strictObject({
  ...answerBase,
  key: keyViewSchema,
  secret: z.string().meta({ description: "The secret itself, shown this once." }),
});

export interface KeyListAnswer extends AnswerBase {
  keys: KeyView[];
}

export const keyListAnswerSchema: z.ZodType<KeyListAnswer> = z.strictObject({
  ...answerBase,
  keys: z.array(keyViewSchema),
});

export interface KeyRevokeAnswer extends AnswerBase {
  key: string;
}

export const keyRevokeAnswerSchema: z.ZodType<KeyRevokeAnswer> = z.strictObject({
  ...answerBase,
  key: z.string(),
});
