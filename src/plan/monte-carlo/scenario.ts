// A scenario: the same campaign, drawn with the same numbers, with a few things changed.
import { assertNever } from "../../base/assert.ts";
import type { HourlyTerms, WaveTerms } from "../model/terms.ts";
import type { Change, ScenarioChange } from "../plan-file/plan.ts";

/** What happens to an assumption after it was drawn. */
export interface Override {
  readonly id: string;
  readonly change: Change;
}

export interface ScenarioTerms {
  readonly terms: HourlyTerms;
  readonly overrides: readonly Override[];
}

export function withChanges(base: HourlyTerms, changes: readonly ScenarioChange[]): ScenarioTerms {
  let terms = base;
  const overrides: Override[] = [];
  for (const change of changes) {
    if (change.kind === "assumption") overrides.push(change);
    else terms = withChange(terms, base, change);
  }
  return { terms, overrides };
}

export function changed(value: number, change: Change): number {
  return change.kind === "to" ? change.value : value * change.factor;
}

function withChange(
  terms: HourlyTerms,
  base: HourlyTerms,
  change: Exclude<ScenarioChange, { kind: "assumption" }>,
): HourlyTerms {
  switch (change.kind) {
    case "budget": {
      const budget = changed(terms.budget, change.change);
      const ratio = terms.budget > 0 ? budget / terms.budget : 0;
      const waves = terms.waves.map((wave) => ({ ...wave, budget: wave.budget * ratio }));
      return { ...terms, budget, waves, budgetRatio: budget / base.budget };
    }
    case "waveBudget":
      return withWave(terms, change.wave, (wave) => ({
        ...wave,
        budget: changed(wave.budget, change.change),
      }));
    case "amount": {
      const offers = terms.offers.map((offer, i) => {
        if (offer.id !== change.offer) return offer;
        const reward = changed(offer.reward, change.change);
        return { ...offer, reward, rewardRatio: reward / base.offers[i]!.reward };
      });
      // People come for the first offer of the campaign.
      const rewardRatio = offers[0]!.reward / base.offers[0]!.reward;
      return { ...terms, offers, rewardRatio };
    }
    case "userGrants":
      return {
        ...terms,
        rewardsPerUser: Math.max(1, changed(terms.rewardsPerUser, change.change)),
      };
    case "pacing":
      return { ...terms, waves: terms.waves.map((wave) => paced(wave, change.pacing)) };
    default:
      return assertNever(change);
  }
}

function withWave(
  terms: HourlyTerms,
  id: string,
  change: (wave: WaveTerms) => WaveTerms,
): HourlyTerms {
  return { ...terms, waves: terms.waves.map((wave) => (wave.id === id ? change(wave) : wave)) };
}

/** Even: as much of the budget as of the wave's hours has passed; what was not used stays. */
function paced(wave: WaveTerms, pacing: "none" | "even"): WaveTerms {
  const hours = wave.toHour - wave.fromHour;
  const even = (): Float64Array => Float64Array.from({ length: hours }, (_, i) => (i + 1) / hours);
  return { ...wave, released: pacing === "even" ? even() : null };
}
