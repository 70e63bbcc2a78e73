// A campaign's rules as the text of a campaign file, written from what the server keeps.
import { z } from "zod";
import type { CampaignDefinition } from "../../core/definition.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { type CampaignProblem, problemSchema } from "./campaign.ts";
import { definitionSchema } from "./definition.ts";
import { campaignIdSchema, countSchema } from "./text.ts";

export interface CampaignFileQuery {
  /** Of which version; by default of the one in force. */
  version?: string;
}

export const campaignFileQuerySchema: z.ZodType<CampaignFileQuery> = z.strictObject({
  version: z.exactOptional(
    z
      .string()
      .regex(/^\d{1,3}$/)
      .meta({ description: "Of which version, 0 as opened; by default of the one in force." }),
  ),
});

/** Where the campaign is known: yaml, or the definition with what no file can say of it. */
export interface CampaignFileAnswer extends AnswerBase {
  campaign: string;
  version?: number;
  yaml?: string;
  definition?: CampaignDefinition;
  problems?: CampaignProblem[];
}

export const campaignFileAnswerSchema: z.ZodType<CampaignFileAnswer> = z.strictObject({
  ...answerBase,
  campaign: campaignIdSchema,
  version: z.exactOptional(countSchema("Whose rules these are; 0: as opened.")),
  yaml: z.exactOptional(z.string().meta({ description: "The text of a campaign.yaml." })),
  definition: z.exactOptional(
    definitionSchema.meta({
      description: "In place of a text, where the rules hold something that no file can say.",
    }),
  ),
  problems: z.exactOptional(
    z.array(problemSchema).meta({
      description: "What no file can say: expected is the rule, found what a file could say.",
    }),
  ),
});
