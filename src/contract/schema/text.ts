// The building blocks of every schema: ids, attributes, refs, amounts, instants. Nothing here
// coerces, defaults or trims. Lengths of text are counted in bytes of UTF-8.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";

export const MAX_INSTANT_MS = 8_640_000_000_000_000;
export const ATTRIBUTE_NAME: RegExp = /^[a-z][a-z0-9_]{0,31}$/;
export const CAMPAIGN_ID: RegExp = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Well-formed Unicode of 1 to `bytes` bytes: what every id, attribute value and ref must be. */
export function isText(text: string, bytes: number): boolean {
  const length = text.length;
  if (length === 0 || length > bytes) return false;
  let size = length;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) size += 1;
    else if (unit < 0xd800 || unit > 0xdfff) size += 2;
    else {
      // A surrogate pair is two units and four bytes; a lone half has no bytes of its own.
      const low = text.charCodeAt(i + 1);
      if (unit > 0xdbff || !(low >= 0xdc00 && low <= 0xdfff)) return false;
      size += 2;
      i += 1;
    }
  }
  return size <= bytes;
}

/** Well-formed Unicode of so many bytes. */
export function boundedText(bytes: number, description: string): z.ZodType<string> {
  return z
    .string()
    .refine((text) => isText(text, bytes), {
      error: `expected 1 to ${bytes} bytes of well-formed Unicode`,
    })
    .meta({ description, minLength: 1, maxLength: bytes });
}

export function idSchema(description: string): z.ZodType<string> {
  return boundedText(LIMITS.idBytes, description);
}

export const refSchema: z.ZodType<string> = boundedText(
  LIMITS.refBytes,
  "The caller's own opaque mark, at most 32 bytes. Nothing personal.",
);

export const whySchema: z.ZodType<string> = boundedText(
  LIMITS.whyBytes,
  "Why, for whoever reads the journal later. Nothing personal.",
);

export const campaignIdSchema: z.ZodType<string> = z
  .string()
  .regex(CAMPAIGN_ID)
  .meta({ description: "The campaign's id: lower-case letters, digits and hyphens, at most 63." });

export type Attributes = Record<string, string>;

/** What caps may count by. The values never reach the journal, only a keyed hash does. */
export const attributesSchema: z.ZodType<Attributes> = z
  .record(
    z.string().regex(ATTRIBUTE_NAME),
    boundedText(LIMITS.idBytes, "1 to 128 bytes of well-formed Unicode."),
  )
  .refine((attributes) => Object.keys(attributes).length <= LIMITS.attributes, {
    error: `expected at most ${LIMITS.attributes} attributes`,
  })
  .meta({
    description: "Names and values that caps count by, such as device, ip or merchant. At most 16.",
    maxProperties: LIMITS.attributes,
  });

/** A positive amount in minor units. */
export function amountSchema(description: string): z.ZodType<number> {
  return z.int().min(1).meta({ description });
}

/** A count or sum in an answer. */
export function countSchema(description: string): z.ZodType<number> {
  return z.int().min(0).meta({ description });
}

export function instantSchema(description: string): z.ZodType<number> {
  return z.int().min(1).max(MAX_INSTANT_MS).meta({ description });
}

export const notAfterSchema: z.ZodType<number> = instantSchema(
  "Milliseconds since 1970 UTC. Arriving later, an id not yet bound is refused as stale.",
);
