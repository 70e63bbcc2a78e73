// What every answer carries: the status, whether it repeats an earlier answer, and how far the
// journal had to be durable before it could leave.
import { z } from "zod";
import { STATUS_NAMES, type Status } from "../statuses.ts";

export interface AnswerBase {
  status: Status;
  /** True when the id was bound before and this is the first answer again. */
  replayed: boolean;
  /** When this answer was given, in ms since 1970 UTC; a replay has the time of the replay. */
  atMs: number;
  /** The journal record that this answer was computed from. */
  sequence: number;
  /** False only where durability is switched off by a flag. */
  durable: boolean;
}

/** Of whatever a rehearsal gives out or shows. */
export const rehearsalSchema: z.ZodType<true> = z
  .literal(true)
  .meta({ description: "Only of a rehearsal: it is no money, and cannot be redeemed." });

export interface AnswerBaseShape {
  status: z.ZodType<Status>;
  replayed: z.ZodType<boolean>;
  atMs: z.ZodType<number>;
  sequence: z.ZodType<number>;
  durable: z.ZodType<boolean>;
}

export const answerBase: AnswerBaseShape = {
  status: z.enum(STATUS_NAMES).meta({ description: "What was decided; see the list of statuses." }),
  replayed: z
    .boolean()
    .meta({ description: "True when this repeats the first answer to the same id." }),
  atMs: z.int().meta({
    description:
      "When this answer was given, in ms since 1970 UTC; a replay has the time of the replay.",
  }),
  sequence: z.int().meta({ description: "The journal record that this answer rests on." }),
  durable: z.boolean().meta({ description: "False only where durability is switched off." }),
};
