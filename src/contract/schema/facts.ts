// Facts about the user that come with a claim, for the conditions of an offer.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import type { FactType } from "../../core/definition.ts";
import { ATTRIBUTE_NAME, isText } from "./text.ts";

/** The types that a campaign can give a fact. */
export const FACT_TYPE_WORDS: readonly FactType[] = [
  "int",
  "double",
  "string",
  "bool",
  "list of int",
  "list of string",
];

export type FactValue = string | number | boolean | string[] | number[];
export type Facts = Record<string, FactValue>;

/** A fact may be empty text, unlike an id. */
export function isFactText(text: string): boolean {
  return text === "" || isText(text, LIMITS.factBytes);
}

const textSchema = z.string().refine(isFactText, {
  error: `expected at most ${LIMITS.factBytes} bytes of well-formed Unicode`,
});

const listOf = <T extends z.ZodType>(items: T): z.ZodArray<T> =>
  z.array(items).max(LIMITS.factItems);

const valueSchema: z.ZodType<FactValue> = z.union([
  textSchema,
  z.number(),
  z.boolean(),
  listOf(textSchema),
  listOf(z.number()),
]);

export const factsSchema: z.ZodType<Facts> = z
  .record(z.string().regex(ATTRIBUTE_NAME), valueSchema)
  .refine((facts) => Object.keys(facts).length <= LIMITS.facts, {
    error: `expected at most ${LIMITS.facts} facts`,
  })
  .meta({
    description:
      "What conditions are judged by, of the types that the campaign declares. " +
      "Judged and forgotten: no fact is ever kept.",
    maxProperties: LIMITS.facts,
  });
