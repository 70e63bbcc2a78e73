// A cancellation: a grant is given back; its unspent rest returns to the budget.
import { z } from "zod";
import { idSchema } from "./text.ts";

export interface CancelInput {
  id: string;
  grant: string;
}

export const cancelSchema: z.ZodType<CancelInput> = z.strictObject({
  id: idSchema("A fresh id minted by the caller; a retry repeats it."),
  grant: idSchema("The id of the grant."),
});
