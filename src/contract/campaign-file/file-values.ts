// Values that stand in a campaign file in many places: ids, amounts, times, shares. Each knows how
// a problem words what was expected of it.
import { z } from "zod";
import { CAMPAIGN_ID } from "../schema/text.ts";

/** How a problem words what was expected of a value. */
export const EXPECTED: z.core.$ZodRegistry<{ expected: string }> = z.registry<{
  expected: string;
}>();

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const DURATION = /^\d{1,6}(s|m|h|d|w)$/;
const PERCENT = /^\d{1,3}(\.\d{1,6})? ?%$/;

export const id = (what: string): z.ZodType<string> =>
  z
    .string()
    .regex(CAMPAIGN_ID)
    .meta({ description: `${what} Lower-case letters, digits and hyphens, at most 63.` })
    .register(EXPECTED, { expected: "lower-case letters, digits and hyphens, at most 63" });

export const title = (what: string): z.ZodType<string> =>
  z
    .string()
    .min(1)
    .max(200)
    .meta({ description: what })
    .register(EXPECTED, { expected: "text of 1 to 200 characters" });

/** A number, not text in quotes; how many decimals it was written with is read from the file. */
export const amount = (what: string): z.ZodType<number> =>
  z
    .number()
    .min(0)
    .meta({ description: `${what} In major units, such as 25.00.` })
    .register(EXPECTED, { expected: "an amount such as 25.00" });

export const instant = (what: string): z.ZodType<string> =>
  z
    .string()
    .regex(INSTANT)
    .meta({ description: `${what} With zone, such as 2026-02-06T00:00:00+08:00.` })
    .register(EXPECTED, {
      expected: "a time with zone such as 2026-02-06T00:00:00+08:00",
    });

export const duration = (what: string): z.ZodType<string> =>
  z
    .string()
    .regex(DURATION)
    .meta({ description: `${what} Such as 7d, 24h, 90m.` })
    .register(EXPECTED, { expected: "a duration such as 7d, 24h or 90m" });

export const share = (what: string): z.ZodType<string | number> =>
  z
    .union([z.number().min(0).max(1), z.string().regex(PERCENT)])
    .meta({ description: `${what} From 0 to 1, or per cent such as 2 %.` })
    .register(EXPECTED, { expected: "a share such as 0.02 or 2 %" });

export const salt: z.ZodType<string> = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ description: "16 bytes in hex. Only to continue the arms of an earlier campaign." })
  .register(EXPECTED, { expected: "32 hex digits in lower case" });

export function choice<const T extends readonly string[]>(
  what: string,
  words: T,
): z.ZodType<T[number]> {
  return z
    .enum(words)
    .meta({ description: what })
    .register(EXPECTED, { expected: `one of ${words.join(", ")}` });
}
