// Endpoints of webhooks as an operator sees them: what they get, what waits for them, what was
// given up. Secrets are shown once.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema, countSchema, whySchema } from "./text.ts";
import { eventTypeSchema } from "./webhook.ts";

export interface WebhookView {
  endpoint: string;
  url: string;
  /** Only events of these; absent: of all. */
  campaigns?: string[];
  types?: string[];
  createdAtMs: number;
  paused?: { atMs: number; why: string };
  /** Messages that are sent or wait, the oldest of them, and why the last attempt failed. */
  pending: number;
  failing: number;
  lastFailure?: string;
  delivered: number;
  dead: number;
  /** Records that its outbox has read, of so many. */
  readSequence: number;
}

const webhookViewSchema: z.ZodType<WebhookView> = z.strictObject({
  endpoint: z.string().meta({ description: "Its id." }),
  url: z.string().meta({ description: "Where events are posted." }),
  campaigns: z.exactOptional(
    z.array(z.string()).meta({ description: "Only events of these; absent: of all." }),
  ),
  types: z.exactOptional(
    z.array(z.string()).meta({ description: "Only events of these kinds; absent: of all." }),
  ),
  createdAtMs: z.int(),
  paused: z.exactOptional(z.strictObject({ atMs: z.int(), why: z.string() })),
  pending: countSchema("Messages that are sent or wait."),
  failing: countSchema("Of them, those whose last attempt failed."),
  lastFailure: z.exactOptional(z.string().meta({ description: "Why, of one of them." })),
  delivered: countSchema("Messages that were taken."),
  dead: countSchema("Messages that were given up."),
  readSequence: countSchema("The last record of which it was sent what is its."),
});

export interface WebhookListAnswer extends AnswerBase {
  webhooks: WebhookView[];
}

export const webhookListAnswerSchema: z.ZodType<WebhookListAnswer> = z.strictObject({
  ...answerBase,
  webhooks: z.array(webhookViewSchema),
});

export interface WebhookInput {
  url: string;
  campaigns?: string[];
  types?: string[];
}

export const webhookInputSchema: z.ZodType<WebhookInput> = z.strictObject({
  url: z.string().min(1).max(2000).meta({
    description: "Where to post, such as https://shop.example/hooks: https, a public address.",
  }),
  campaigns: z.exactOptional(z.array(campaignIdSchema).min(1).max(100)),
  types: z.exactOptional(z.array(eventTypeSchema).min(1).max(64)),
});

export interface WebhookAddAnswer extends AnswerBase {
  webhook: WebhookView;
  secret: string;
}

export const webhookAddAnswerSchema: z.ZodType<WebhookAddAnswer> = z.strictObject({
  ...answerBase,
  webhook: webhookViewSchema,
  secret: z.string().meta({ description: "Signs every message. Shown this once." }),
});

export interface WebhookPauseInput {
  why: string;
}

export const webhookPauseSchema: z.ZodType<WebhookPauseInput> = z.strictObject({ why: whySchema });

export interface WebhookAnswer extends AnswerBase {
  webhook: WebhookView;
}

export const webhookAnswerSchema: z.ZodType<WebhookAnswer> = z.strictObject({
  ...answerBase,
  webhook: webhookViewSchema,
});

export interface WebhookRemoveAnswer extends AnswerBase {
  endpoint: string;
}

export const webhookRemoveAnswerSchema: z.ZodType<WebhookRemoveAnswer> = z.strictObject({
  ...answerBase,
  endpoint: z.string(),
});

/** A message that was given up. */
export interface DeadLetterView {
  place: string;
  type: string;
  campaign: string;
  atMs: number;
  deadAtMs: number;
  attempts: number;
  last?: string;
}

export interface WebhookDeadQuery {
  after?: string;
}

const PLACE = /^\d{1,15}\.\d{1,6}$/;

export const webhookDeadQuerySchema: z.ZodType<WebhookDeadQuery> = z.strictObject({
  after: z.exactOptional(
    z.string().regex(PLACE).meta({ description: "The last place of the page before." }),
  ),
});

export interface WebhookDeadAnswer extends AnswerBase {
  dead: DeadLetterView[];
  more: boolean;
}

export const webhookDeadAnswerSchema: z.ZodType<WebhookDeadAnswer> = z.strictObject({
  ...answerBase,
  dead: z.array(
    z.strictObject({
      place: z.string().meta({ description: "Of the event in the journal, sequence.index." }),
      type: z.string(),
      campaign: z.string(),
      atMs: z.int().meta({ description: "When the event was decided." }),
      deadAtMs: z.int().meta({ description: "When it was given up." }),
      attempts: countSchema("Attempts that failed."),
      last: z.exactOptional(z.string().meta({ description: "What came of the last one." })),
    }),
  ),
  more: z.boolean().meta({ description: "True when more follow: ask again with `after`." }),
});

export interface WebhookLettersInput {
  places?: string[];
}

export const webhookLettersSchema: z.ZodType<WebhookLettersInput> = z.strictObject({
  places: z.exactOptional(
    z
      .array(z.string().regex(PLACE))
      .min(1)
      .max(LIMITS.page)
      .meta({ description: "Dead letters by their places; absent: all that there are now." }),
  ),
});

export interface WebhookLettersAnswer extends AnswerBase {
  endpoint: string;
  letters: number;
}

export const webhookLettersAnswerSchema: z.ZodType<WebhookLettersAnswer> = z.strictObject({
  ...answerBase,
  endpoint: z.string(),
  letters: countSchema("How many it concerns."),
});
