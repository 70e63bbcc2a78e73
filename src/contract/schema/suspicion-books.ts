// What a campaign shows of suspicion: sums of holds, claw-backs and blocks.
import { z } from "zod";
import { countSchema } from "./text.ts";

/** What was held and clawed back. */
export interface SuspicionBooks {
  holds: number;
  releases: number;
  clawBacks: number;
  /** Grants that wait now for a release or a claw-back, and what is unspent of them. */
  held: number;
  heldMinor: number;
  /** Unspent rests that claw-backs returned to the budget. */
  clawedBackMinor: number;
  /** What was spent of grants that were clawed back, and is still owing. */
  receivableMinor: number;
  /** What came in of it. */
  receivedMinor: number;
  /** Ever placed, by lists and by caps, and ever lifted. */
  blocks: number;
  blocksByCap: number;
  unblocks: number;
}

export const suspicionBooksSchema: z.ZodType<SuspicionBooks> = z.strictObject({
  holds: countSchema("Ever placed."),
  releases: countSchema("Holds that ended in a release."),
  clawBacks: countSchema("Ever taken."),
  held: countSchema("Grants held now."),
  heldMinor: countSchema("What is unspent of them."),
  clawedBackMinor: countSchema("Unspent rests that claw-backs returned to the budget."),
  receivableMinor: countSchema("What was spent of grants clawed back, and is still owing."),
  receivedMinor: countSchema("What came in of it."),
  blocks: countSchema("Ever placed, one by one or by lists."),
  blocksByCap: countSchema("Ever placed by caps with blockFor."),
  unblocks: countSchema("Ever lifted."),
});
