// One offer while a campaign passes.
import { OfferDemand } from "./offer-demand.ts";
import { OfferGrants } from "./offer-grants.ts";
import type { HourlyTerms, OfferTerms, WaveTerms } from "./terms.ts";

/** Part of a budget that rounding may leave. */
const USED_UP = 1e-9;

export class OfferRun {
  readonly terms: OfferTerms;
  /** Of its wave: the index, and what the campaign file says. */
  readonly wave: number;
  readonly open: WaveTerms;
  /** The first offer of a wave is the one that people come for. */
  readonly leads: boolean;
  /** A wave's money counts as gone when no more than this is left. */
  readonly usedUp: number;
  /** Whole hours after which a grant expires; 0 where all expire at one hour. */
  readonly expiresAfter: number;
  readonly demand: OfferDemand;
  readonly grants: OfferGrants = new OfferGrants();

  /** In this hour, and in all: money granted and grants; in all: money spent. */
  money = 0;
  granted = 0;
  grantedInAll = 0;
  spentInAll = 0;

  constructor(campaign: HourlyTerms, index: number, shares: readonly Float64Array[]) {
    this.terms = campaign.offers[index]!;
    this.wave = this.terms.wave;
    this.open = campaign.waves[this.wave]!;
    this.leads = campaign.offers.findIndex(({ wave }) => wave === this.wave) === index;
    const { expires } = this.terms;
    this.usedUp = USED_UP * this.open.budget;
    this.expiresAfter = expires.kind === "after" ? Math.max(1, Math.ceil(expires.hours)) : 0;
    this.demand = new OfferDemand(campaign, this.wave, shares[this.wave]!);
  }

  /** Whether it is over at an hour and nothing waits to be spent or given back. */
  isDone(hour: number): boolean {
    return hour >= this.open.toHour && this.grants.isEmpty;
  }
}
