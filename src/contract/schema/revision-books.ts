// What a campaign says of its revisions: who made the last one, and which one waits for consent.
import { z } from "zod";
import { countSchema } from "./text.ts";

/** Who made the revision in force, when and why. */
export interface LastRevision {
  atMs: number;
  by: string;
  why: string;
  /** Who consented, where two must agree. */
  approvedBy?: string;
}

export const lastRevisionSchema: z.ZodType<LastRevision> = z
  .strictObject({
    atMs: z.int(),
    by: z.string().meta({ description: "The public id of the key that asked." }),
    why: z.string(),
    approvedBy: z.exactOptional(z.string().meta({ description: "The key that consented." })),
  })
  .meta({ description: "Who made the revision in force, when and why; absent: as opened." });

export const digestSchema: z.ZodType<string> = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ description: "Names a proposal by all that it says; a preview shows both." });

/** A revision that waits for the consent of a second person. */
export interface ProposalView {
  version: number;
  /** What consent to it must name. */
  digest: string;
  by: string;
  why: string;
}

export const proposalSchema: z.ZodType<ProposalView> = z
  .strictObject({
    version: countSchema("The number that it will have."),
    digest: digestSchema,
    by: z.string().meta({ description: "The public id of the key that proposed it." }),
    why: z.string(),
  })
  .meta({ description: "A revision that waits for the consent of a second person." });
