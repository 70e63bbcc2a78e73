// Whether a campaign is a rehearsal, and who is let in first, in plain words.
import type { CampaignDefinition } from "../../core/definition.ts";
import { explainTime as time } from "./explain-values.ts";
import { percent } from "./explain-words.ts";

/** First of all: who reads nothing else must read this. */
export function explainRehearsal({ rehearsal }: CampaignDefinition): string[] {
  if (rehearsal !== true) return [];
  return [
    "A REHEARSAL: grants are made and charged as they would be, and say that they are a " +
      "rehearsal's; none can ever be redeemed. It never becomes live: to go live, open another " +
      "campaign from this file without `rehearsal`.",
  ];
}

export function explainGrey(definition: CampaignDefinition): string[] {
  const { grey } = definition;
  if (grey === undefined) return [];
  const { share, untilMs } = grey;
  const end = untilMs === undefined ? "" : `, and everybody from ${time(definition, untilMs)} on`;
  return [
    `${percent(share)} of users are let in first, by lot${end}; the others hear not_yet, get no ` +
      "arm and are not exposed. A revision may raise the share and never lowers it: whoever was " +
      "in stays in.",
  ];
}
