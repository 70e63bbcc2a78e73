// From the exported journal, the app's outcomes and its log of visits to the verdict, with the
// crowd's truth beside it: by the same prove.yaml that anybody can run again.
import type { Verdict } from "../../prove/index.ts";
import { proveProject, readProject } from "../../prove/index.ts";
import type { CampaignKeys } from "../campaign-keys.ts";
import type { KnownTruth } from "./known-truth.ts";

export interface Evidence {
  /** prove.yaml of the example. */
  readonly project: string;
  readonly keys: CampaignKeys;
  readonly events: string;
  readonly outcomes: string;
  readonly visits: string;
  readonly truth: KnownTruth;
  readonly onDraws: (done: number, total: number) => void;
}

export async function proveDemo(evidence: Evidence): Promise<Verdict> {
  const { project, keys, events, outcomes, visits, truth, onDraws } = evidence;
  const logs = new Map([["visits", visits]]);
  const read = await readProject(project, { events, outcomes, logs });
  const { definition } = keys;
  const campaign = {
    ...{ definition, events, frozenPlanHash: definition.planHash },
    pseudonym: (user: string) => keys.user(user),
  };
  return await proveProject(read, campaign, { expectations: truth.expectations, onDraws });
}
