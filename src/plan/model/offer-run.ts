// One offer while a campaign passes.
import type { Grid } from "./grid.ts";
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

  /** Money granted and money spent, of all steps. */
  grantedInAll = 0;
  spentInAll = 0;
  /** First grants of newcomers, and of others. */
  freshInAll = 0;
  knownInAll = 0;

  /** The steps in which it can be claimed: [from, to). */
  readonly fromStep: number;
  readonly toStep: number;

  constructor(campaign: HourlyTerms, grid: Grid, index: number, shares: readonly Float64Array[]) {
    this.terms = campaign.offers[index]!;
    this.wave = this.terms.wave;
    this.open = campaign.waves[this.wave]!;
    this.leads = campaign.offers.findIndex(({ wave }) => wave === this.wave) === index;
    const { expires } = this.terms;
    this.fromStep = grid.stepOfHour[this.open.fromHour]!;
    this.toStep = grid.stepOfHour[this.open.toHour]!;
    this.usedUp = USED_UP * this.open.budget;
    this.expiresAfter = expires.kind === "after" ? Math.max(1, Math.ceil(expires.hours)) : 0;
    this.demand = new OfferDemand(campaign, this.wave, shares[this.wave]!);
  }

  /** Whether it is over at a step and nothing waits to be spent or given back. */
  isDone(step: number): boolean {
    return step >= this.toStep && this.grants.isEmpty;
  }
}
