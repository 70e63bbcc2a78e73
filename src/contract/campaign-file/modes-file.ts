// Whether a campaign is a rehearsal, and which share of users is let in first, as its file says.
import { z } from "zod";
import type { GreyDefinition } from "../../core/definition.ts";
import { makeSalt } from "./derive.ts";
import { EXPECTED, instant, share } from "./file-values.ts";
import type { FilePath } from "./problems.ts";

export interface ModeEntries {
  rehearsal?: boolean;
  grey?: GreyEntry;
}

interface GreyEntry {
  share: string | number;
  until?: string;
}

const greySchema: z.ZodType<GreyEntry> = z
  .strictObject({
    share: share("How many users are let in; a revision may raise it, and never lower it."),
    until: z.exactOptional(instant("From then on everybody is. Default: only a revision says so.")),
  })
  .meta({ description: "Users let in first, by lot. Default: everybody." });

export const modeShape: {
  rehearsal: z.ZodExactOptional<z.ZodType<boolean>>;
  grey: z.ZodExactOptional<z.ZodType<GreyEntry>>;
} = {
  rehearsal: z.exactOptional(
    z
      .boolean()
      .meta({ description: "Nothing granted can be redeemed, ever. Default: no, it is live." })
      .register(EXPECTED, { expected: "true or false" }),
  ),
  grey: z.exactOptional(greySchema),
};

interface Reader {
  share(path: FilePath, value: string | number): number;
  instant(path: FilePath, text: string): number;
}

/** Nothing where the file has none. The salt is no other's, for who is in must not tell an arm. */
export function resolveGrey(
  entry: GreyEntry | undefined,
  campaign: string,
  read: Reader,
): { grey?: GreyDefinition } {
  if (entry === undefined) return {};
  const grey = {
    share: read.share(["grey", "share"], entry.share),
    salt: makeSalt(campaign, "grey"),
  };
  if (entry.until === undefined) return { grey };
  return { grey: { ...grey, untilMs: read.instant(["grey", "until"], entry.until) } };
}
