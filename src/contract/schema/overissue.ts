// What the books of a campaign say of over-issue.
import { z } from "zod";
import { countSchema } from "./text.ts";

export interface OverissueBooks {
  factor: number;
  /** The most that may be out and spent at once. */
  ceilingMinor: number;
  /** What is out and spent beyond the budget. */
  beyondMinor: number;
  /** What can be granted now. */
  grantableMinor: number;
}

export const overissueBooksSchema: z.ZodType<OverissueBooks> = z.strictObject({
  factor: z.number(),
  ceilingMinor: countSchema("The most that may be out and spent at once."),
  beyondMinor: countSchema("What is out and spent beyond the budget."),
  grantableMinor: countSchema("What can be granted now."),
});
