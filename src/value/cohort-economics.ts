// The unit economics of the campaign and of its cohorts, whose costs and kept users add up to it as
// they are shown: medians alone would not.
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import type { Uncertain } from "../stats/draws.ts";
import type { LifetimeQuestion } from "./kept-users.ts";
import { addingUp } from "./median-interval.ts";
import {
  type CohortQuestion,
  cohortQuestions,
  type UnitEconomics,
  unitEconomics,
} from "./unit-economics.ts";

/** The campaign first. */
export function cohortEconomics(
  campaign: CampaignDraws,
  lifetime: LifetimeQuestion,
  level?: number,
): UnitEconomics[] {
  const [whole, ...cohorts] = cohortQuestions(campaign);
  const read = (cohort: CohortQuestion): UnitEconomics => unitEconomics(cohort, lifetime, level);
  const cuts = [...new Set(cohorts.map(({ by }) => by))];
  return [
    read(whole!),
    ...cuts.flatMap((by) => {
      const own = cohorts.filter((cohort) => cohort.by === by);
      const sizes = (pick: (cohort: CohortQuestion) => Uncertain): number[] =>
        addingUp(own.map(pick), pick(whole!));
      const [costs, kept] = [sizes(({ cost }) => cost), sizes((cohort) => cohort.kept)];
      return own.map((cohort, i): UnitEconomics => {
        const each = read(cohort);
        return {
          ...each,
          cost: { ...each.cost, estimate: costs[i]! },
          kept: { ...each.kept, estimate: kept[i]! },
        };
      });
    }),
  ];
}
