// The campaign in the company's figures, twice: as planned, and as the holdouts measured it. Both
// stand on the same assumed margin and discount, so that they differ in what was planned and found.
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import { type Valuation, valuationOf } from "../../value/valuation.ts";
import { readValue } from "../../value/value-file/index.ts";
import { verdictDraws } from "../../value/verdict/verdict-draws.ts";
import { readVerdictSlice } from "../../value/verdict/verdict-slice.ts";
import { readText } from "../read-text.ts";
import { openValue } from "../value/valuation-of-file.ts";
import type { DemoPlan } from "./plan-step.ts";

export interface ValueInputs {
  /** The example's folder, with its value.yaml. */
  readonly folder: string;
  readonly plan: DemoPlan;
  /** As `hongbao prove --json` writes it. */
  readonly verdictFile: string;
  readonly seed: number;
}

export interface DemoValue {
  readonly planned: Valuation;
  readonly measured: Valuation;
}

/** The metric of prove.yaml that counts the kept. */
const KEPT = "d30";

export async function valueDemo({
  folder,
  plan,
  verdictFile,
  seed,
}: ValueInputs): Promise<DemoValue> {
  const { source } = await openValue(folder);
  const read = readValue(source.value, source.problem);
  const { draws, scale } = plan;
  const { count, starts, currency, marginPerMonth: margin, discount } = draws;
  const verdict = readVerdictSlice(await readText(verdictFile), verdictFile);
  const measured = verdictDraws(verdict, verdictFile, {
    ...{ seed, count, starts, currency, kept: KEPT, scale },
    ...{ margin, survival: null, discount },
  });
  return {
    planned: valuationOf({
      ...read,
      campaign: asPlanned(draws),
      from: "plan.yaml",
      source: "plan",
    }),
    measured: valuationOf({
      ...read,
      campaign: asPlan(measured),
      from: "verdict.json",
      source: "verdict",
    }),
  };
}

/** The plan's own assumptions stand in its table. */
function asPlanned(campaign: CampaignDraws): CampaignDraws {
  return { ...campaign, assumptions: [{ id: "plan", says: "all that the plan assumes" }] };
}

function asPlan(campaign: CampaignDraws): CampaignDraws {
  const says = "margin a kept user and month, and discount: drawn as in the plan";
  return { ...campaign, assumptions: [...(campaign.assumptions ?? []), { id: "margin", says }] };
}
