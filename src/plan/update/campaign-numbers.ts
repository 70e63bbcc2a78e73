// The numbers of a campaign file after changes of a plan: what each becomes, in minor units at the
// size that is asked for, and in words where it comes from.

import { formatMinor } from "../../base/money.ts";
import { isOfWave } from "../../contract/campaign-file/check-pacing.ts";
import { formatPercent } from "../../report/format.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { hourlyTerms } from "../monte-carlo/hourly-terms.ts";
import { withChanges } from "../monte-carlo/scenario.ts";
import type { PlanFile, ScenarioChange } from "../plan-file/plan.ts";

/** Changes of the plan, and what to call them: "scenario half", "the best split". */
export interface NamedChanges {
  readonly name: string | null;
  readonly changes: readonly ScenarioChange[];
}

export interface FileNumber {
  /** Minor units, or a count. */
  readonly value: number;
  readonly says: string;
}

export interface CampaignNumbers {
  readonly budget: FileNumber;
  /** Null: the wave has no budget of its own, before or after. */
  readonly waves: readonly (FileNumber | null)[];
  /** What every amount of the offer is multiplied by. */
  readonly offers: readonly { readonly factor: number; readonly says: string }[];
  /** Limits by cap, in the order of the file; null: as it was. */
  readonly caps: readonly (FileNumber | null)[];
  /** Most grants of a person where no cap of the file says so. */
  readonly newUserGrants: FileNumber | null;
  /** What the changes do that a campaign file cannot hold. */
  readonly untold: readonly string[];
}

/** @param size 1: the campaign file's own; the plan's scale: the real campaign's */
export function campaignNumbers(
  plan: PlanFile,
  { name, changes }: NamedChanges,
  size: number,
): CampaignNumbers {
  const base = hourlyTerms(plan);
  const { terms } = withChanges(base, changes);
  const { campaign } = plan;
  const minor = (major: number): number =>
    Math.round((major / plan.scale) * size * 10 ** campaign.decimals);
  const told = (isChanged: boolean, before: string): string => {
    const sized = size === 1 ? `as in ${plan.campaignName}` : `${size} times ${plan.campaignName}`;
    return isChanged
      ? `${name}: was ${before}${size === 1 ? "" : `, and ${size} times it`}`
      : sized;
  };
  const money = (value: number): string => formatMinor(value, campaign.decimals);
  const budget = minor(terms.budget);
  const isOwn = (wave: number): boolean =>
    campaign.waves[wave]!.budgetMinor !== null ||
    changes.some((one) => one.kind === "waveBudget" && one.wave === campaign.waves[wave]!.id);
  const waves = waveMinors(terms, minor, budget, isOwn);
  return {
    budget: {
      value: budget,
      says: told(terms.budget !== base.budget, money(campaign.budgetMinor)),
    },
    waves: waves.map((value, w) => {
      if (value === null) return null;
      const before = campaign.waves[w]!.budgetMinor;
      const isChanged = terms.waves[w]!.budget !== base.waves[w]!.budget || before === null;
      const was = before === null ? "without a budget of its own" : money(before);
      const part = formatPercent(budget > 0 ? value / budget : 0);
      return { value, says: `${told(isChanged, was)}; ${part} of the budget` };
    }),
    offers: terms.offers.map(({ reward }, i) => {
      const factor = reward / base.offers[i]!.reward;
      const was = `worth ${plan.terms.offers[i]!.meanReward.toFixed(campaign.decimals)} each`;
      return {
        factor,
        says: factor === 1 ? `as in ${plan.campaignName}` : `${name}: was ${was}`,
      };
    }),
    ...capNumbers(plan, terms, base, size, told),
    untold: untoldOf(changes),
  };
}

/** Where all waves together are the budget they still are, to the last minor unit. */
function waveMinors(
  { waves, budget: all }: HourlyTerms,
  minor: (major: number) => number,
  budget: number,
  isOwn: (wave: number) => boolean,
): (number | null)[] {
  const rounded = waves.map((wave, w) => (isOwn(w) ? minor(wave.budget) : null));
  if (rounded.includes(null)) return rounded;
  const sum = waves.reduce((total, wave) => total + wave.budget, 0);
  if (Math.abs(sum - all) > 1e-9 * all) return rounded;
  const last = rounded.length - 1;
  const others = rounded.slice(0, last).reduce<number>((total, each) => total + each!, 0);
  return rounded.with(last, budget - others);
}

type Told = (isChanged: boolean, before: string) => string;

function capNumbers(
  { campaign }: PlanFile,
  terms: HourlyTerms,
  base: HourlyTerms,
  size: number,
  told: Told,
): Pick<CampaignNumbers, "caps" | "newUserGrants"> {
  const isChanged = terms.rewardsPerUser !== base.rewardsPerUser;
  const grants = Math.floor(terms.rewardsPerUser);
  const own = campaign.caps.filter(({ id }) => !isOfWave(id));
  const isOfUser = (cap: (typeof own)[number]): boolean =>
    cap.dimension === "user" &&
    cap.counts === "grants" &&
    cap.per === "total" &&
    cap.on === "claim";
  const caps = own.map((cap): FileNumber | null => {
    const shown = cap.counts === "money" ? formatMinor(cap.limit, campaign.decimals) : cap.limit;
    if (isOfUser(cap) && isChanged && cap.limit === base.rewardsPerUser) {
      return { value: grants, says: told(true, `${shown}`) };
    }
    // What limits all people together grows with them; what limits one person or shop does not.
    const isOfAll = /^(campaign|wave|offer)(:|$)/.test(cap.dimension);
    if (!isOfAll || size === 1) return null;
    return { value: Math.round(cap.limit * size), says: told(false, `${shown}`) };
  });
  const isNew = isChanged && Number.isFinite(grants) && !own.some(isOfUser);
  return {
    caps,
    newUserGrants: isNew ? { value: grants, says: told(true, "without such a cap") } : null,
  };
}

function untoldOf(changes: readonly ScenarioChange[]): string[] {
  return changes.flatMap((one) => {
    if (one.kind !== "assumption") return [];
    const { change } = one;
    const to = change.kind === "to" ? `${change.value}` : `${change.factor} times what it was`;
    return [`assumes ${one.id} to be ${to}: nothing that a campaign file can say`];
  });
}
