// The compensation line of a campaign file: what is made good for those who lost something. In the
// definition it is an offer that nobody can claim, with a cap that holds its money.
import { z } from "zod";
import {
  type CapDefinition,
  COMPENSATION_CAP,
  type OfferDefinition,
} from "../../core/definition.ts";
import { amount, duration, instant } from "./file-values.ts";

export interface CompensationEntry {
  budget: number;
  amount: number;
  max?: number;
  expires: { at?: string; after?: string };
}

export const compensationSchema: z.ZodType<CompensationEntry> = z
  .strictObject({
    budget: amount("At most this much is made good; no claim can take it."),
    amount: amount("What a line of a list gets that names no amount."),
    max: z.exactOptional(amount("The most that a line may name. Default: the amount.")),
    expires: z
      .strictObject({
        at: z.exactOptional(instant("From this instant it can no longer be redeemed.")),
        after: z.exactOptional(duration("Counted from the grant.")),
      })
      .meta({ description: "Exactly one of at and after." }),
  })
  .meta({
    description:
      "Money to make good what users lost, by `hongbao compensate`, beside waves and other limits.",
  });

const COMPENSATION_OFFER = "compensation";

/** The line as an offer; it stands in the first wave for want of one, and counts in none. */
export function compensationLine(
  entry: CompensationEntry,
  amountOf: (key: "budget" | "amount" | "max") => number,
  expiry: OfferDefinition["expiry"],
): { offer: OfferDefinition; cap: CapDefinition }[] {
  const amountMinor = amountOf("amount");
  const maxMinor = entry.max === undefined ? amountMinor : amountOf("max");
  const offer: OfferDefinition = {
    id: COMPENSATION_OFFER,
    title: "Compensation",
    wave: 0,
    reward: { kind: "compensation", amountMinor, maxMinor },
    expiry,
    audience: null,
  };
  return [{ offer, cap: compensationCap(offer.id, amountOf("budget")) }];
}

/** What is granted of it in all; nothing comes back to it, but to the budget. */
export function compensationCap(offer: string, limit: number): CapDefinition {
  return {
    id: COMPENSATION_CAP,
    dimension: `offer:${offer}`,
    counts: "money",
    per: "total",
    limit,
    on: "claim",
    refund: false,
    missing: "refuse",
  };
}
