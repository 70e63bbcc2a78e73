// One value that a revision changes.
import { z } from "zod";

export interface RevisedValue {
  /** In the words of the file, with ids, such as `offers card expires at`. */
  path: string;
  from: string;
  to: string;
}

export const revisedValueSchema: z.ZodType<RevisedValue> = z.strictObject({
  path: z.string().meta({ description: "Such as `offers card expires at`." }),
  from: z.string(),
  to: z.string(),
});
