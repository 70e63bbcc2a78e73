// The import of a list of users, in parts: it holds as a whole when the last part is in.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema, countSchema, idSchema } from "./text.ts";

export interface ListInput {
  /** The caller's id of this import. */
  import: string;
  /** 0, 1, 2 … */
  part: number;
  users: string[];
  /** This is the last part. */
  done?: boolean;
}

export const listSchema: z.ZodType<ListInput> = z.strictObject({
  import: idSchema("An id of this import, the same in all of its parts."),
  part: z.int().min(0).meta({ description: "Parts count from 0; repeating one is safe." }),
  users: z
    .array(idSchema("The caller's id of the user. Only a keyed hash of it is kept."))
    .max(LIMITS.listPartUsers)
    .meta({ description: `Members, at most ${LIMITS.listPartUsers} a part.` }),
  done: z.exactOptional(
    z.boolean().meta({ description: "True with the last part: the list holds from then on." }),
  ),
});

export interface ListAnswer extends AnswerBase {
  list: string;
  received?: number;
  users?: number;
  sha256?: string;
}

export const listAnswerSchema: z.ZodType<ListAnswer> = z.strictObject({
  ...answerBase,
  list: campaignIdSchema,
  received: z.exactOptional(countSchema("Users that came so far, duplicates among them.")),
  users: z.exactOptional(countSchema("Users on the list that holds now.")),
  sha256: z.exactOptional(
    z.string().meta({ description: "SHA-256 of the list's file, as the journal has it." }),
  ),
});
