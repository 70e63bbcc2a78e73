// What a webhook's body holds. Receivers are programs of others: a field may be added, none changes
// its meaning without a new version.
import { z } from "zod";
import { EVENT_KINDS } from "../../core/event.ts";

export const WEBHOOK_VERSION = 1;

export interface WebhookEvent {
  type: string;
  timestamp: string;
  data: {
    version: typeof WEBHOOK_VERSION;
    ledger: string;
    sequence: number;
    index: number;
    campaign: string;
    atMs: number;
    [field: string]: unknown;
  };
}

export const eventTypeSchema: z.ZodType<string> = z
  .enum(Object.keys(EVENT_KINDS))
  .meta({ description: "What happened: a kind of event of the journal." });

export const webhookEventSchema: z.ZodType<WebhookEvent> = z.strictObject({
  type: z.string().meta({
    description: "What happened: a kind of event of the journal, such as granted. More may come.",
  }),
  timestamp: z.string().meta({
    description: "When it was decided, ISO 8601 in UTC. (When it was sent says the header.)",
  }),
  data: z.looseObject({
    version: z.literal(WEBHOOK_VERSION).meta({ description: "Version of this schema." }),
    ledger: z.string().meta({ description: "The ledger's id." }),
    sequence: z.int().meta({ description: "Number of the journal's record, from 1." }),
    index: z.int().meta({ description: "Place of the event within its record, from 0." }),
    campaign: z.string().meta({ description: "The campaign's id." }),
    atMs: z.int().meta({ description: "When it was decided, ms since 1970 UTC." }),
    user: z.exactOptional(
      z.string().meta({ description: "Pseudonym of the user, 32 hex digits: never a name." }),
    ),
    grant: z.exactOptional(
      z.int().meta({ description: "Ordinal of the grant within its campaign." }),
    ),
    redemption: z.exactOptional(
      z.int().meta({ description: "Ordinal of the redemption within its campaign." }),
    ),
    id: z.exactOptional(
      z.string().meta({ description: "Pseudonym of the caller's id, 32 hex digits." }),
    ),
    offer: z.exactOptional(z.string().meta({ description: "The offer's id." })),
    wave: z.exactOptional(
      z.union([z.string(), z.null()]).meta({
        description: "The wave's id; null: prizes of draws and compensation belong to none.",
      }),
    ),
    arm: z.exactOptional(
      z.string().meta({ description: "holdout, or the variant; treated without variants." }),
    ),
    amountMinor: z.exactOptional(
      z.int().meta({ description: "Minor units: granted, redeemed, returned or reversed." }),
    ),
    restMinor: z.exactOptional(
      z.int().meta({ description: "Minor units left of the grant after a redemption." }),
    ),
    ref: z.exactOptional(
      z.union([z.string(), z.null()]).meta({
        description: "The caller's own mark of at most 32 bytes, or null.",
      }),
    ),
  }),
});
