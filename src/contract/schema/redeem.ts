// A redemption: a grant is spent, whole or in part.
import { z } from "zod";
import {
  type Attributes,
  amountSchema,
  attributesSchema,
  idSchema,
  instantSchema,
  notAfterSchema,
} from "./text.ts";

export interface RedeemInput {
  id: string;
  grant: string;
  /** Absent: the whole rest. */
  amountMinor?: number;
  attributes?: Attributes;
  /** When the merchant was paid, by the merchant's own clock. */
  paidAtMs?: number;
  notAfterMs?: number;
}

export const redeemSchema: z.ZodType<RedeemInput> = z.strictObject({
  id: idSchema("A fresh id minted by the caller; a retry repeats it."),
  grant: idSchema("The id of the grant, from the answer to the claim."),
  amountMinor: z.exactOptional(
    amountSchema("Minor units of the campaign's currency. Absent: the whole rest of the grant."),
  ),
  attributes: z.exactOptional(attributesSchema),
  paidAtMs: z.exactOptional(instantSchema("When the merchant was paid, in ms since 1970 UTC.")),
  notAfterMs: z.exactOptional(notAfterSchema),
});
