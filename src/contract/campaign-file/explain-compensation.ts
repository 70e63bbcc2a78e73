// What is set aside to make good what users lost, in plain words.
import type { CampaignDefinition, CompensationReward } from "../../core/definition.ts";
import { compensationLimit } from "./check-compensation.ts";
import { explainMoney as money } from "./explain-values.ts";

export function explainCompensation(
  definition: CampaignDefinition,
  { amountMinor, maxMinor }: CompensationReward,
): string {
  const most = maxMinor > amountMinor ? `, at most ${money(definition, maxMinor)}` : "";
  return (
    `Compensation: ${money(definition, compensationLimit(definition))} are set aside to make ` +
    "good what users lost, beside waves and all other limits. Nobody can claim it; an admin " +
    `grants ${money(definition, amountMinor)} a line of a list${most}, only to users who had a ` +
    "grant, and never to the held-out. What of it is not spent goes back to the budget, not to " +
    "the line"
  );
}
