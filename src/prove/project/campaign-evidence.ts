// The campaign that a project is judged by, as its files tell it.
import type { CampaignDefinition } from "../../core/definition.ts";
import type { Pseudonym } from "./user-keys.ts";

export interface CampaignEvidence {
  readonly definition: CampaignDefinition;
  /** The journal's export: events.parquet or events.csv. */
  readonly events: string;
  /** Null where the files hold pseudonyms already. */
  readonly pseudonym: Pseudonym | null;
  /** A rehearsal is to be judged, as an exercise. Absent: a live campaign. */
  readonly rehearsal?: boolean;
}
