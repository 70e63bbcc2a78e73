// Which caps of a campaign file the hours of a plan count, and which they cannot.
import { isOfWave } from "../../contract/campaign-file/check-pacing.ts";
import type { SharedCap } from "../model/terms.ts";
import type { CampaignTerms, CapTerms } from "../plan-file/plan.ts";

const MINUTES_OF_HOUR = 60;

/**
 * What limits all people together, beside the budgets: those of waves are caps in a campaign's
 * definition, and change with the budget that a scenario or a judgement tries.
 */
export function sharedCaps({ caps, waves, offers }: CampaignTerms): SharedCap[] {
  const all = [...offers.keys()];
  const own = caps.filter(({ id }) => !isOfWave(id));
  return own.flatMap((cap): SharedCap[] => {
    const { id, counts, on, dimension } = cap;
    const isMinute = cap.per === "minute";
    const per = cap.per === "minute" ? "hour" : cap.per;
    const limit = isMinute ? cap.limit * MINUTES_OF_HOUR : cap.limit;
    const counting = (some: readonly number[]): SharedCap => {
      return { id, counts, per, on, limit, offers: some };
    };
    const inWave = (wave: number): number[] => all.filter((i) => offers[i]!.wave === wave);
    if (dimension === "campaign") return [counting(all)];
    if (dimension === "wave") return waves.map((_, wave) => counting(inWave(wave)));
    if (dimension === "offer") return all.map((offer) => counting([offer]));
    const [kind, name] = dimension.split(":");
    if (kind === "wave") return [counting(inWave(waves.findIndex((each) => each.id === name)))];
    if (kind === "offer") return [counting(all.filter((i) => offers[i]!.id === name))];
    return [];
  });
}

/** A cap, or a holdout, that a plan does not count, and why. */
export interface LeftOut {
  readonly id: string;
  readonly why: string;
}

/** What of the campaign file's limits the plan leaves out. */
export function leftOutLimits({ caps, audiences }: CampaignTerms): LeftOut[] {
  const ofCaps = caps.flatMap((cap): LeftOut[] => {
    const why = whyLeftOut(cap);
    return why === null ? [] : [{ id: cap.id, why }];
  });
  const ofAudiences = audiences
    .filter(({ holdoutShare }) => holdoutShare > 0)
    .map(({ id }) => ({ id, why: "held out before contact: take them off reach" }));
  return [...ofCaps, ...ofAudiences];
}

function whyLeftOut({ dimension, counts, per, on }: CapTerms): string | null {
  if (/^(campaign|wave|offer)(:|$)/.test(dimension)) {
    return per === "minute" ? "counted as 60 times as much an hour" : null;
  }
  if (dimension !== "user") return `no plan knows which ${dimension} somebody uses`;
  const isCounted = counts === "grants" ? per === "total" || per === "day" : per === "total";
  return isCounted && on === "claim" ? null : `a user's ${counts} by the ${per} on ${on}`;
}
