// Operations without money: the event stream and the state of the server itself.
import { z } from "zod";

/** No body, or an empty object. */
export const emptySchema: z.ZodType<Record<string, never>> = z.strictObject({});

export interface EventsQuery {
  /** Resume after this event: a sequence, or "sequence.index" as in the stream's ids. */
  from?: string;
  campaign?: string;
  /** Kinds of events, separated by commas. */
  type?: string;
}

export const eventsQuerySchema: z.ZodType<EventsQuery> = z.strictObject({
  from: z.exactOptional(
    z
      .string()
      .regex(/^\d{1,15}(\.\d{1,6})?$/)
      .meta({ description: 'A sequence, or the "sequence.index" of the last event seen.' }),
  ),
  campaign: z.exactOptional(z.string().meta({ description: "Only events of this campaign." })),
  type: z.exactOptional(
    z
      .string()
      .regex(/^[a-z_]{1,32}(,[a-z_]{1,32}){0,63}$/)
      .meta({ description: "Only events of these kinds, such as granted,redeemed." }),
  ),
});

/** One event of the stream: the journal's own words, pseudonyms only. */
export interface EventView {
  sequence: number;
  index: number;
  atMs: number;
  type: string;
  [field: string]: unknown;
}

export const eventViewSchema: z.ZodType<EventView> = z.looseObject({
  sequence: z.int(),
  index: z.int(),
  atMs: z.int(),
  type: z.string().meta({ description: "What happened, such as granted or redeemed." }),
});

export interface HealthAnswer {
  status: "ok" | "stopping" | "starting" | "stopped" | "disk_full";
  /** Why it is not ok. */
  reason?: string;
}

export const healthAnswerSchema: z.ZodType<HealthAnswer> = z.looseObject({
  status: z.enum(["ok", "stopping", "starting", "stopped", "disk_full"]),
  reason: z.exactOptional(z.string().meta({ description: "Why it is not ok." })),
});

/** The body of every error. */
export const errorBodySchema: z.ZodType<{ error: { code: string; message: string } }> =
  z.strictObject({
    error: z.strictObject({
      code: z.string().meta({ description: "A code of the catalogue (docs/reference/errors.md)." }),
      message: z.string(),
      retryable: z.boolean().meta({ description: "The same request may succeed later." }),
      next: z.string().meta({ description: "What to do next." }),
      path: z.exactOptional(z.string()),
      expected: z.exactOptional(z.string()),
      found: z.exactOptional(z.string()),
      problems: z.exactOptional(z.array(z.unknown())),
    }),
  });
