// From the exported journal and the app's outcomes to the verdict, with the crowd's truth beside
// it.
import type { CampaignDefinition } from "../../core/definition.ts";
import type { Metric, Verdict } from "../../prove/index.ts";
import { proveCampaign } from "../../prove/index.ts";
import type { KnownTruth, OutcomeName } from "./known-truth.ts";

type DemoMetric = Metric & { readonly id: OutcomeName; readonly column: OutcomeName };

/** The first is the primary one: who is still there after 30 days. */
export const METRICS: readonly DemoMetric[] = [
  share("d30", "D30 retention"),
  share("d7", "D7 retention"),
  orders("orders", "orders, 30 days"),
  orders("paid", "own orders"),
];

export interface Evidence {
  readonly definition: CampaignDefinition;
  readonly events: string;
  readonly outcomes: string;
  readonly pseudonym: (user: string) => string;
  readonly truth: KnownTruth;
}

export function proveDemo(evidence: Evidence): Promise<Verdict> {
  const { definition, events, outcomes, pseudonym, truth } = evidence;
  return proveCampaign({
    definition,
    events,
    outcomes: { file: outcomes, userColumn: "user", missing: "refuse", pseudonym },
    metrics: METRICS,
    kept: "d30",
    expectations: truth.expectations,
  });
}

function share(id: OutcomeName, title: string): DemoMetric {
  return { id, title, kind: "share", unit: "", digits: 2, column: id };
}

function orders(id: OutcomeName, title: string): DemoMetric {
  return { id, title, kind: "mean", unit: "", digits: 3, column: id };
}
