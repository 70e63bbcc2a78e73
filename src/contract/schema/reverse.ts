// A reversal: a redemption is undone, such as after a refunded order.
import { z } from "zod";
import { idSchema } from "./text.ts";

export interface ReverseInput {
  id: string;
  /** The id that the caller gave at redeem. */
  redemption: string;
}

export const reverseSchema: z.ZodType<ReverseInput> = z.strictObject({
  id: idSchema("A fresh id minted by the caller; a retry repeats it."),
  redemption: idSchema("The id that was given at redeem."),
});
