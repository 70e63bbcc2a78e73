// `overissue` of a campaign file: how much more than the budget may be given out, on which
// assumption, and how likely a refused holder may be at most.
import { z } from "zod";
import type { OverissueDefinition } from "../../core/definition.ts";
import { EXPECTED, share } from "./file-values.ts";
import type { FilePath } from "./problems.ts";

export interface OverissueEntry {
  factor: number;
  redeemed: string | number;
  uncertainty: string | number;
  atMost: string | number;
}

const GREATEST_FACTOR = 10;

export const overissueSchema: z.ZodType<OverissueEntry> = z
  .strictObject({
    factor: z
      .number()
      .min(1)
      .max(GREATEST_FACTOR)
      .meta({ description: "So many times the budget may be out and spent at once." })
      .register(EXPECTED, { expected: `a factor from 1 to ${GREATEST_FACTOR} such as 1.25` }),
    redeemed: share("What you expect to be redeemed of all that is given out."),
    uncertainty: share("How far off that may be, as one standard deviation."),
    atMost: share("Refuse the campaign where a refused holder is likelier than this."),
  })
  .meta({
    description:
      "More is given out than the budget holds, since a part is never redeemed; never more is " +
      "spent. Default: none.",
  });

export function resolveOverissue(
  { factor, redeemed, uncertainty, atMost }: OverissueEntry,
  reader: { share(path: FilePath, value: string | number): number },
): OverissueDefinition {
  const at = (key: string): FilePath => ["overissue", key];
  return {
    factor,
    redeemedShare: reader.share(at("redeemed"), redeemed),
    deviation: reader.share(at("uncertainty"), uncertainty),
    atMost: reader.share(at("atMost"), atMost),
  };
}
