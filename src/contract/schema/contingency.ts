// What is borne beside the budget: payments that no reward could cover.
import { z } from "zod";
import { countSchema } from "./text.ts";

export interface ContingencyBooks {
  /** Null: the campaign has no such line. */
  line: string | null;
  limitMinor: number;
  usedMinor: number;
  lossMinor: number;
}

export const contingencyBooksSchema: z.ZodType<ContingencyBooks> = z.strictObject({
  line: z.string().nullable().meta({ description: "null: the campaign has no such line." }),
  limitMinor: countSchema("What the line bears at most, beside the budget."),
  usedMinor: countSchema("What it bears: payments that no reward could cover."),
  lossMinor: countSchema("What of such payments it does not bear."),
});
