// A campaign hour by hour: who asks, what the budgets and the pacing let out, who comes back after
// a refusal, and when what was granted is spent. Plain arithmetic on counts, so that a year takes
// microseconds.
import { type Arrivals, scatterOverWaves, spreadOverSteps } from "./arrivals.ts";
import { furtherRewards } from "./further-rewards.ts";
import { type Grid, gridOf, HOURS_OF_DAY } from "./grid.ts";
import { CHANCE_PEOPLE_MOST, HourChance } from "./hour-chance.ts";
import { HourTotals } from "./hour-totals.ts";
import type { CampaignInputs } from "./inputs.ts";
import { MoneyLeft } from "./money-left.ts";
import { OfferRun } from "./offer-run.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import { SharedCaps } from "./shared-caps.ts";
import type { HourlyTerms, WaveTerms } from "./terms.ts";
import type { RetentionShape } from "./two-point-retention.ts";
import { WaveComers } from "./wave-comers.ts";

export class HourLoop {
  readonly totals: HourTotals;
  readonly offers: readonly OfferRun[];
  /** By wave. */
  readonly comers: readonly WaveComers[];
  private readonly terms: HourlyTerms;
  private readonly grid: Grid;
  private readonly segments: readonly Segment[];
  /** By wave: shares of its arrivals by its steps. */
  private readonly shares: readonly Float64Array[];
  private readonly left: MoneyLeft;
  /** Offers that have something to spend, the first `awake` of them. */
  private readonly spending: Int32Array;
  private awake = 0;
  /** Of this step: requests of the busiest hour against all, and conversations that failed. */
  private crowding = 0;
  private failed = 0;
  /** By wave: requests of waves that are open for a part of a step, as of a whole one. */
  private readonly rushes: Float64Array;
  /** Caps on what all spend together; null: there are none. */
  private readonly spendCaps: SharedCaps | null;
  private readonly chance = new HourChance();

  constructor(terms: HourlyTerms) {
    this.terms = terms;
    const { waves, offers } = terms;
    const grid = gridOf(terms);
    this.grid = grid;
    this.shares = waves.map(({ fromHour, toHour }) => {
      return new Float64Array(grid.stepOfHour[toHour]! - grid.stepOfHour[fromHour]!);
    });
    this.left = new MoneyLeft(terms, grid);
    this.rushes = new Float64Array(waves.length);
    this.offers = offers.map((_, i) => new OfferRun(terms, grid, i, this.shares));
    this.spending = new Int32Array(offers.length);
    this.segments = segmentsOf(terms, grid);
    this.totals = new HourTotals(terms, grid);
    const days = 1 + (grid.day.at(-1) ?? 0);
    this.comers = waves.map(() => new WaveComers(days));
    const spend = new SharedCaps(terms, "redemption");
    this.spendCaps = spend.isNone ? null : spend;
  }

  run(draw: CampaignInputs, arrivals: Arrivals, shape: RetentionShape): HourTotals {
    const { totals, offers } = this;
    const isMany = arrivals.people + draw.existing > CHANCE_PEOPLE_MOST;
    const chance = draw.chanceHours === 0 || isMany ? null : this.chance;
    chance?.begin(draw.chanceHours);
    if (chance !== null) scatterOverWaves(arrivals, chance);
    totals.clear();
    totals.rewarded.begin(shape);
    this.begin(draw, arrivals, chance);
    for (const segment of this.segments) {
      this.enter(segment);
      for (let step = segment.from; step < segment.to; step++) {
        this.left.enter(step);
        this.spendCaps?.enter(step, this.grid);
        this.grantStep(step, segment, chance);
        this.spendStep(step, segment.hours, draw, chance);
        totals.endStep(step);
      }
    }
    totals.finish(offers);
    return totals;
  }

  private begin(draw: CampaignInputs, arrivals: Arrivals, chance: HourChance | null): void {
    const { terms, totals } = this;
    this.left.begin();
    this.spendCaps?.begin();
    for (let wave = 0; wave < terms.waves.length; wave++) {
      const { curves } = terms.waves[wave]!;
      this.comers[wave]!.begin(draw, arrivals, arrivals.ofWave[wave]!);
      if (curves !== undefined) continue;
      const { halfLife } = draw.waves[wave]!;
      spreadOverSteps(this.grid, terms.waves[wave]!, halfLife, this.shares[wave]!);
      if (!this.offers.some((offer) => offer.wave === wave)) this.passBy(wave);
    }
    for (let i = 0; i < this.offers.length; i++) {
      const offer = this.offers[i]!;
      const { demand, grants, wave, leads } = offer;
      const inputs = draw.offers[i]!;
      offer.clear();
      demand.begin(inputs, draw, this.fullBefore(wave, draw), arrivals, chance);
      const most = terms.waves[wave]!.budget / offer.terms.reward;
      grants.begin(inputs, draw, offer.terms, Math.min(demand.expected, most));
      if (leads) totals.rewarded.expect(wave, inputs.takeUp);
    }
  }

  /** People come in a wave that offers nothing. */
  private passBy(wave: number): void {
    const { day, stepOfHour } = this.grid;
    const from = stepOfHour[this.terms.waves[wave]!.fromHour]!;
    this.shares[wave]!.forEach((share, at) => {
      this.comers[wave]!.count(share, day[from + at]!, 0, 0, 1, 0);
    });
  }

  /** Share of the people of earlier waves who have all that a user may have. */
  private fullBefore(wave: number, draw: CampaignInputs): number {
    let part = 0;
    for (let i = 0; i < this.offers.length; i++) {
      if (this.offers[i]!.wave < wave) part = Math.max(part, draw.offers[i]!.byInvites);
    }
    return wave === 0 ? 0 : furtherRewards(draw, part, this.terms.rewardsPerUser).full;
  }

  /** Who of earlier waves stayed away does not come back for this one. */
  private lostBefore(wave: number): number {
    let lost = 0;
    for (let of = 0; of < wave; of++) lost += this.comers[of]!.stayedAway;
    return lost;
  }

  /** What begins and ends with a segment. */
  private enter({ from, hours, granting, spending, ending }: Segment): void {
    const { offers } = this;
    const hour = this.grid.hour[from]!;
    for (const i of ending) this.left.putLater(offers[i]!.wave, hour, offers[i]!.grants.expire());
    for (const i of granting) {
      const { demand, fromStep, wave, leads } = offers[i]!;
      demand.setStep(hours);
      if (leads) this.comers[wave]!.setStep(hours);
      if (fromStep === from) demand.loseOthers(this.lostBefore(wave));
    }
    for (const i of spending) offers[i]!.grants.setStep(hours);
    // Offers with nothing left to spend are passed over.
    this.awake = 0;
    for (const i of spending) if (!offers[i]!.isDone(from)) this.spending[this.awake++] = i;
  }

  private grantStep(step: number, { granting }: Segment, chance: HourChance | null): void {
    const { totals, offers, rushes } = this;
    let [load, calm, rush] = [0, 0, 0];
    this.failed = 0;
    rushes.fill(0);
    for (let k = 0; k < granting.length; k++) {
      const offer = offers[granting[k]!]!;
      this.grantOffer(offer, step, chance);
      const of = offer.demand.load;
      load += of;
      const part = offer.openPart(step);
      if (part === 1) calm += of;
      else {
        // Of waves that are open for minutes of an hour, no two are at once.
        rushes[offer.wave] = rushes[offer.wave]! + of / part;
        rush = Math.max(rush, rushes[offer.wave]!);
      }
    }
    totals.claims += load;
    const most = (calm + rush) * this.grid.busiest[step]!;
    this.crowding = load > 0 ? most / load : 0;
    if (most > totals.claimsMost) totals.claimsMost = most;
  }

  private grantOffer(offer: OfferRun, step: number, chance: HourChance | null): void {
    const { totals, left } = this;
    const { demand, grants, wave, open, leads } = offer;
    const hour = this.grid.hour[step]!;
    const hours = this.grid.hours[step]!;
    const comers = this.comers[wave]!;
    const at = step - offer.fromStep;
    const most = left.room(offer, hour + hours);
    if (leads) comers.expect(left.lasting <= offer.usedUp);
    demand.ask(at, comers.come, chance);
    if (leads && most >= left.lasting && demand.asked * grants.reward > most) {
      demand.thin(comers.cut(most / (demand.asked * grants.reward)), chance);
    }
    const wanted = demand.asked * grants.reward;
    // Rounding may leave a budget a hair below nothing.
    const served = wanted <= most ? 1 : most > 0 ? most / wanted : 0;
    const money = wanted * served;
    left.take(offer, money, demand.asked * served);
    if (left.isGone(offer)) totals.noteRunOut(wave, daysOpen(open, hour, hours, served));
    const waiting = demand.waitingFresh;
    demand.serve(served, chance);
    grants.grant(demand, served, chance);
    if (offer.expiresAfter > 0) {
      left.putLater(wave, hour + hours - 1 + offer.expiresAfter, money * grants.unspent);
    }
    const refused = demand.asked * (1 - served) * (1 + demand.tries);
    offer.note(money, refused + demand.beyond);
    this.failed += refused + demand.beyond;
    totals.granted += money;
    totals.grants += demand.asked * served;
    totals.refused += refused;
    if (!leads) return;
    const { fresh, known } = demand;
    totals.rewarded.count(wave, step, fresh, known, chance);
    const day = this.grid.day[step]!;
    comers.count(demand.shareAt(at), day, demand.perPerson, waiting, served, fresh.served);
  }
  /** Orders of one step, no more than shops and couriers can take, and what is given back. */
  private spendStep(
    step: number,
    hours: number,
    draw: CampaignInputs,
    chance: HourChance | null,
  ): void {
    const { totals, offers, spending } = this;
    let wanted = 0;
    for (let k = 0; k < this.awake; k++) {
      const { grants } = offers[spending[k]!]!;
      grants.order(chance);
      wanted += grants.orders;
    }
    const most = draw.capacity * hours;
    const served = wanted <= most ? 1 : most / wanted;
    let orders = wanted * served;
    for (let k = this.awake - 1; k >= 0; k--) {
      const offer = offers[spending[k]!]!;
      const { grants } = offer;
      const ofOffer = this.spendCaps === null ? served : this.servedUnderCaps(offer, served);
      orders -= grants.orders * (served - ofOffer);
      offer.failedInAll += grants.orders * (1 - ofOffer);
      grants.spend(ofOffer);
      offer.spentInAll += grants.money;
      totals.spent += grants.money;
      if (grants.unwanted > 0) this.left.put(offer.wave, grants.takeBack(chance));
      if (offer.isDone(step + 1)) this.rest(k);
    }
    const failed = wanted - orders;
    totals.orders += orders;
    totals.failed += this.failed + failed;
    if (orders > totals.ordersMost * hours) totals.ordersMost = orders / hours;
    const ofOrders = (orders * draw.callsPerOrder + failed * draw.callsPerRefused) / hours;
    const ofClaims = this.failed * this.crowding * draw.callsPerRefused;
    totals.noteCalls(ofOrders * draw.orderPeak + ofClaims * draw.claimPeak);
  }

  /** What caps on redemptions let through of an offer's orders, as a part of them. */
  private servedUnderCaps({ index, grants }: OfferRun, served: number): number {
    const { orders, rewardUsed } = grants;
    if (!(orders > 0)) return served;
    const room = this.spendCaps!.room(index, rewardUsed);
    const taken = Math.min(orders * served, room);
    this.spendCaps!.take(index, taken, rewardUsed);
    return taken / orders;
  }

  /** Takes an offer off the list of those that are looked at; their order stays. */
  private rest(place: number): void {
    this.awake -= 1;
    for (let k = place; k < this.awake; k++) this.spending[k] = this.spending[k + 1]!;
  }
}

/** Days since a wave opened, when a part of a step has passed. */
function daysOpen(open: WaveTerms, hour: number, hours: number, part: number): number {
  const from = open.fromHour + (open.lateBy ?? 0);
  const begins = Math.max(hour, from);
  const ends = Math.min(hour + hours, open.toHour - (open.earlyBy ?? 0));
  return (begins + part * (ends - begins) - from) / HOURS_OF_DAY;
}
