// One value that a revision changes.
import { z } from "zod";

export interface RevisedValue {
  /** In the words of the file, with ids, such as `offers card expires at`. */
  path: string;
  from: string;
  to: string;
  /** Only of money: the same as a number, in minor units. */
  fromMinor?: number;
  toMinor?: number;
}

export const revisedValueSchema: z.ZodType<RevisedValue> = z.strictObject({
  path: z.string().meta({ description: "Such as `offers card expires at`." }),
  from: z.string(),
  to: z.string(),
  fromMinor: z.exactOptional(
    z.int().meta({ description: "Only of money: the same in minor units." }),
  ),
  toMinor: z.exactOptional(
    z.int().meta({ description: "Only of money: the same in minor units." }),
  ),
});
