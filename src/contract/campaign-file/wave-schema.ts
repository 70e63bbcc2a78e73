// The shape of a wave in a campaign file, and of its pacing.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { amount, choice, EXPECTED, id, instant, share } from "./file-values.ts";

export const CURVE_WORDS = ["even", "front-loaded"] as const;

export type CurveWord = (typeof CURVE_WORDS)[number];

export type PacingEntry =
  | CurveWord
  | {
      curve?: CurveWord;
      points?: { at: string; share: string | number }[];
      /** Text: the name of a CSV beside the file, which the command line reads. */
      demand?: number[] | string;
      unused?: "now" | "spread";
    };

const pointSchema = z.strictObject({
  at: instant("By this instant."),
  share: share("So much of the wave's budget is released, all in all."),
});

const demandSchema = z
  .union([z.array(z.number().min(0)).min(1).max(LIMITS.curvePoints), z.string().min(1).max(200)])
  .meta({
    description:
      "Weights: 24 for the hours of the day from local midnight, or one for each hour of the " +
      "wave. Or the name of a CSV beside the file, with the columns hour and weight.",
  })
  .register(EXPECTED, { expected: "a list of weights of 0 or more, or the name of a CSV" });

const pacingSchema: z.ZodType<PacingEntry> = z
  .union([
    z.enum(CURVE_WORDS),
    z
      .strictObject({
        curve: z.exactOptional(
          choice("even, or front-loaded: half in the first quarter of the time.", CURVE_WORDS),
        ),
        points: z.exactOptional(
          z
            .array(pointSchema)
            .min(1)
            .max(LIMITS.curvePoints)
            .meta({ description: "Shares by instants; in proportion to time between them." }),
        ),
        demand: z.exactOptional(demandSchema),
        unused: z.exactOptional(
          choice("What is not taken when released: available at once, or spread. Default: now.", [
            "now",
            "spread",
          ]),
        ),
      })
      .meta({ description: "Exactly one of curve, points and demand." }),
  ])
  .meta({ description: "How fast the wave's budget is let out. Default: as fast as it is asked." })
  .register(EXPECTED, { expected: "even, front-loaded, or one of curve, points and demand" });

export interface WaveEntry {
  id: string;
  from: string;
  to: string;
  budget?: number;
  pacing?: PacingEntry;
}

export const waveSchema: z.ZodType<WaveEntry> = z.strictObject({
  id: id("The wave's id."),
  from: instant("Its offers can be claimed from here."),
  to: instant("Until here, exclusive."),
  budget: z.exactOptional(amount("At most this much is granted in the wave. Default: no limit.")),
  pacing: z.exactOptional(pacingSchema),
});
