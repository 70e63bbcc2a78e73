// The two tables of a valuation: what the campaign is worth a share by users and margin (cash
// flow), and by multiple and cost (a year's margin).
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import type { Uncertain } from "../stats/draws.ts";
import type { WorthDraws } from "./campaign-worth.ts";
import { axisAround, type SensitivityTable, sensitivityTable } from "./sensitivity.ts";
import type { ValueQuestion } from "./value-question.ts";

/** All at the points; a table of which one axis would be all zero is left out. */
export function sensitivityTables(
  { kept, marginPerMonth }: CampaignDraws,
  { factors, shares }: ValueQuestion,
  { cost, costAfterTax, months, tax }: WorthDraws,
  multiple: Uncertain | null,
): SensitivityTable[] {
  if (!(kept.point > 0) || !(marginPerMonth.point > 0)) return [];
  const left = 1 - tax.point;
  const monthsEach = months.point / kept.point;
  const users = axisAround("users", "kept users", kept.point, factors.users);
  const margin = axisAround("margin", "margin a month", marginPerMonth.point, factors.margin);
  const cashFlow = sensitivityTable(
    {
      ...{ id: "users-margin", title: "Net a share, by kept users and their margin (cash flow)" },
      ...{ across: users, down: margin },
    },
    (x, y) => (x * monthsEach * y * left - costAfterTax.point) / shares,
  );
  if (multiple === null || !(multiple.point > 0)) return [cashFlow];
  const times = axisAround("multiple", "multiple", multiple.point, factors.multiple);
  const spent = axisAround("cost", "cost", cost.point, factors.cost);
  const year = kept.point * marginPerMonth.point * 12 * left;
  const byMultiple = sensitivityTable(
    {
      ...{ id: "multiple-cost", title: "Net a share, by multiple and cost (a year's margin)" },
      ...{ across: times, down: spent },
    },
    (x, y) => (year * x - y * left) / shares,
  );
  return [cashFlow, byMultiple];
}
