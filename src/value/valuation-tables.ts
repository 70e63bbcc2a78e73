// The two tables of a valuation: what the campaign is worth a share by users and margin (cash
// flow), and by multiple and cost (a year's margin).
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import type { WorthDraws } from "./campaign-worth.ts";
import type { CompanyFigures } from "./company-figures.ts";
import { medianOf } from "./median-interval.ts";
import { axisAround, type SensitivityTable, sensitivityTable } from "./sensitivity.ts";
import type { ValueQuestion } from "./value-question.ts";

/** All else at its median; a table of which one axis would be all zero is left out. */
export function sensitivityTables(
  draws: CampaignDraws,
  { factors }: ValueQuestion,
  worth: WorthDraws,
  { multiple, ...company }: CompanyFigures,
): SensitivityTable[] {
  const [kept, margin] = [medianOf(draws.kept), medianOf(draws.marginPerMonth)];
  if (!(kept > 0) || !(margin > 0)) return [];
  const [shares, left] = [medianOf(company.shares), 1 - medianOf(worth.tax)];
  const [cost, months] = [medianOf(worth.cost), medianOf(worth.monthsEach)];
  const users = axisAround("users", "kept users", kept, factors.users);
  const margins = axisAround("margin", "margin a month", margin, factors.margin);
  const cashFlow = sensitivityTable(
    {
      ...{ id: "users-margin", title: "Net a share, by kept users and their margin (cash flow)" },
      ...{ across: users, down: margins },
    },
    (x, y) => ((x * months * y - cost) * left) / shares,
  );
  if (multiple === null || !(medianOf(multiple) > 0)) return [cashFlow];
  const times = axisAround("multiple", "multiple", medianOf(multiple), factors.multiple);
  const spent = axisAround("cost", "cost", cost, factors.cost);
  const year = kept * margin * 12 * left;
  const byMultiple = sensitivityTable(
    {
      ...{ id: "multiple-cost", title: "Net a share, by multiple and cost (a year's margin)" },
      ...{ across: times, down: spent },
    },
    (x, y) => (year * x - y * left) / shares,
  );
  return [cashFlow, byMultiple];
}
