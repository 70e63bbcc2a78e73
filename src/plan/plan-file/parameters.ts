// The parameters that the plan of one campaign has: the table's rows for its waves and offers.
import type { CampaignDefinition } from "../../core/definition.ts";
import { PARAMETERS, type ParameterRow } from "./parameter-rows.ts";

export { PARAMETERS, type ParameterRow } from "./parameter-rows.ts";

/** A parameter of one campaign. */
export interface Parameter extends Omit<ParameterRow, "unit"> {
  /** Where plan.yaml says it. */
  readonly path: readonly string[];
  /** As it is written: the currency for money. */
  readonly unit: string;
  readonly isShare: boolean;
  readonly isMoney: boolean;
}

/** The rows of the table for this campaign's waves and offers, in the table's order. */
export function parametersOf(
  campaign: Pick<CampaignDefinition, "waves" | "offers" | "currency">,
): Parameter[] {
  return PARAMETERS.flatMap((row) => {
    const ids = row.id.includes("{wave}")
      ? campaign.waves.map(({ id }) => id)
      : campaign.offers.map(({ id }) => id);
    const parts = row.id.split(".");
    const isOne = !row.id.includes("{");
    return (isOne ? [""] : ids).map((id): Parameter => {
      const path = parts.map((part) => (part.startsWith("{") ? id : part));
      const isMoney = row.unit === "money";
      const unit = isMoney ? campaign.currency : row.unit;
      const isShare = row.unit === "share";
      // One wave takes everybody, whatever its weight.
      const { default: silent, ...rest } = row;
      const isWeight = row.id.endsWith(".weight") && campaign.waves.length > 1;
      const fallback = silent === undefined || isWeight ? {} : { default: silent };
      return { ...rest, ...fallback, id: path.join("."), path, unit, isShare, isMoney };
    });
  });
}
