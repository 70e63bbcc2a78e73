// One offer while a campaign passes.
import type { Grid } from "./grid.ts";
import { OfferDemand } from "./offer-demand.ts";
import { OfferGrants } from "./offer-grants.ts";
import type { HourlyTerms, OfferTerms, WaveTerms } from "./terms.ts";
import { mostRewardsOfWave } from "./user-limits.ts";

/** Part of a budget that rounding may leave. */
const USED_UP = 1e-9;

export class OfferRun {
  readonly index: number;
  readonly terms: OfferTerms;
  /** Of its wave: the index, and what the campaign file says. */
  readonly wave: number;
  readonly open: WaveTerms;
  /** The first offer of a wave is the one that people come for. */
  readonly leads: boolean;
  /** A wave's money counts as gone when no more than this is left. */
  readonly usedUp: number;
  /** Most rewards of one user; below 1 there is none for anybody. */
  readonly mostPerUser: number;
  /** Whether anything but the budgets limits what it lets out. */
  readonly isLimited: boolean;
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
  /** Conversations that ended without an order: claims refused, orders that nobody could take. */
  failedInAll = 0;

  /** The steps in which it can be claimed: [from, to). */
  readonly fromStep: number;
  readonly toStep: number;
  /** Parts of the first and last of them in which it cannot. */
  private readonly lateBy: number;
  private readonly earlyBy: number;

  constructor(campaign: HourlyTerms, grid: Grid, index: number, shares: readonly Float64Array[]) {
    this.index = index;
    this.terms = campaign.offers[index]!;
    this.wave = this.terms.wave;
    this.open = campaign.waves[this.wave]!;
    this.leads = campaign.offers.findIndex(({ wave }) => wave === this.wave) === index;
    const { expires } = this.terms;
    this.fromStep = grid.stepOfHour[this.open.fromHour]!;
    this.toStep = grid.stepOfHour[this.open.toHour]!;
    this.lateBy = (this.open.lateBy ?? 0) / grid.hours[this.fromStep]!;
    this.earlyBy = (this.open.earlyBy ?? 0) / grid.hours[this.toStep - 1]!;
    this.usedUp = USED_UP * this.open.budget;
    this.expiresAfter = expires.kind === "after" ? Math.max(1, Math.ceil(expires.hours)) : 0;
    this.mostPerUser = mostRewardsOfWave(campaign, index);
    const hasCaps = (campaign.caps ?? []).some(({ on }) => on === "claim");
    this.isLimited = hasCaps || this.mostPerUser < 1 || this.open.released !== null;
    this.demand = new OfferDemand(campaign, this.wave, this.mostPerUser, shares[this.wave]!);
  }

  clear(): void {
    this.grantedInAll = this.spentInAll = this.freshInAll = this.knownInAll = 0;
    this.failedInAll = 0;
  }

  /** The part of a step in which it can be claimed, where it can at all. */
  openPart(step: number): number {
    let part = 1;
    if (step === this.fromStep) part -= this.lateBy;
    if (step === this.toStep - 1) part -= this.earlyBy;
    return part;
  }

  /** Whether it is over at a step and nothing waits to be spent or given back. */
  isDone(step: number): boolean {
    return step >= this.toStep && this.grants.isEmpty;
  }
}
