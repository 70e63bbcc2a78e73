// How a study has campaigns drawn: here, or in threads.
import type { DrawJob } from "../monte-carlo/block.ts";
import type { CampaignSample } from "../monte-carlo/campaign-sample.ts";

/** Draws the campaigns of a job; whoever calls says where. */
export type DrawSample = (job: DrawJob, draws: number) => Promise<CampaignSample>;

/** The same for many jobs at once, which threads share. */
export type DrawSamples = (jobs: readonly DrawJob[], draws: number) => Promise<CampaignSample[]>;
