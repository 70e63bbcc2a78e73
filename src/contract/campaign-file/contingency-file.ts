// The contingency line of a campaign file: what bears payments that no reward can cover any more.
import { z } from "zod";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import { explainMoney as money } from "./explain-values.ts";
import { amount, title } from "./file-values.ts";

export interface ContingencyEntry {
  line: string;
  amount: number;
}

export const contingencySchema: z.ZodType<ContingencyEntry> = z
  .strictObject({
    line: title("What the company's books call it, such as a cost centre."),
    amount: amount("At most this much, beside the budget."),
  })
  .meta({
    description:
      "Bears payments that merchants made although the reward was over, booked by " +
      "`hongbao cover`. What it does not bear is a loss.",
  });

export function checkContingency(check: DefinitionCheck): void {
  const { contingency, budgetMinor } = check.definition;
  if (contingency === undefined) return;
  const { limitMinor } = contingency;
  if (limitMinor <= 0) {
    check.error(["contingency", "limitMinor"], "more than nothing", check.money(limitMinor));
  }
  if (!Number.isSafeInteger(budgetMinor + limitMinor) && Number.isSafeInteger(limitMinor)) {
    const expected = "an amount that can be added to the budget exactly";
    check.error(["contingency", "limitMinor"], expected, check.money(limitMinor));
  }
}

/** A line that was promised is not taken back: it may bear something already. */
export function checkRevisedContingency(check: DefinitionCheck, before: CampaignDefinition): void {
  const was = before.contingency?.limitMinor ?? 0;
  const is = check.definition.contingency?.limitMinor ?? 0;
  if (is >= was) return;
  check.error(["contingency"], `at least ${check.money(was)} as before`, check.money(is));
}

export function explainContingency(definition: CampaignDefinition): string[] {
  const { contingency } = definition;
  const none =
    "There is no contingency line: what a merchant paid with a reward that is over, and the " +
    "company bears all the same, is a loss.";
  if (contingency === undefined) return definition.attributes.includes("merchant") ? [none] : [];
  return [
    `Beside the budget ${money(definition, contingency.limitMinor)} of ` +
      `"${contingency.line}" bear what merchants paid with rewards that were over; ` +
      "what goes beyond is booked as a loss.",
  ];
}
