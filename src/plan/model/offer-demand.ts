// Who asks for one offer, hour by hour: newcomers, users of before and of earlier waves, claimers
// who earned another by an invite, bots; and who of the refused comes again.
import type { Arrivals } from "./arrival-counts.ts";
import { CurvedDemand } from "./curved-demand.ts";
import { delayUnderDayCap, furtherRewards } from "./further-rewards.ts";
import type { HourChance } from "./hour-chance.ts";
import type { CampaignInputs, OfferInputs } from "./inputs.ts";
import type { Served } from "./rewarded-people.ts";
import { Scatter } from "./scatter.ts";
import { Stream } from "./stream.ts";
import type { HourlyTerms } from "./terms.ts";

/**
 * Of what begins evenly over a step and takes so many hours on average, the part that is over by
 * its end; none within an hour.
 */
function atOnce(hours: number, delay: number): number {
  return hours === 1 ? 0 : 1 - (1 - Math.exp(-hours / delay)) * (delay / hours);
}

export class OfferDemand {
  /** In this hour: people and bots who get one if there is money, and all requests that came. */
  people = 0;
  bots = 0;
  asked = 0;
  load = 0;
  /** In this hour, the first claims of newcomers, and of others. */
  readonly fresh: Served = { asked: 0, served: 0 };
  readonly known: Served = { asked: 0, served: 0 };
  /** How often one who is refused asks again within the step. */
  tries = 0;
  /** Of the newcomers expected in this hour, the part who come. */
  come = 1;
  /** First claims of a person who comes. */
  perPerson = 0;
  /** Grants of the whole campaign, if there is money for all. */
  expected = 0;
  /** First claims of newcomers who were refused before. */
  waitingFresh = 0;
  private readonly terms: HourlyTerms;
  private readonly wave: number;
  /** Most rewards of one user. */
  private readonly most: number;
  /** Of the wave's arrivals, by its steps. */
  private readonly shares: Float64Array;
  private readonly curved: CurvedDemand | null;
  private readonly newcomers = new Stream();
  private readonly others = new Stream();
  private readonly earning = new Scatter();
  private readonly coming = new Scatter();
  private more = 0;
  /** Those of them who do not ask again. */
  private first = 0;
  private beyond = 0;
  private waitingKnown = 0;
  private waitingMore = 0;
  private waitingBots = 0;
  /** Further rewards that are on their way, and the part of them that comes in a step. */
  private invited = 0;
  private inviteRate = 0;
  /** Of those earned in a step, the part that comes in it. */
  private inviteRateAtOnce = 0;
  private inviteDelay = 0;
  private servedBefore = 1;
  private botRatio = 0;
  private furtherMean = 0;
  private furtherVariance = 0;
  private beyondMean = 0;
  private beyondRatio = 0;
  /** All first claims, and those of newcomers among them, where chance is left out. */
  private all = 0;
  private freshAll = 0;
  /** People of before and of earlier waves, and the part of them who are really there. */
  private othersAll = 0;
  private othersShare = 0;
  private othersPart = 1;
  private readonly thinning = new Scatter();
  private retry = 0;
  /** Of the refused of a step, who still asks in the next. */
  private stays = 0;
  private taps = 0;
  private loadOfFirst = 0;

  constructor(terms: HourlyTerms, wave: number, most: number, shares: Float64Array) {
    this.terms = terms;
    this.wave = wave;
    this.most = most;
    this.shares = shares;
    const { curves } = terms.waves[wave]!;
    this.curved = curves === undefined ? null : new CurvedDemand(curves);
  }

  /** @param full share of earlier waves' people who have all that a user may have */
  begin(
    offer: OfferInputs,
    draw: CampaignInputs,
    full: number,
    arrivals: Arrivals,
    chance: HourChance | null,
  ): void {
    const { terms, wave } = this;
    const open = 1 - terms.holdout;
    const further = furtherRewards(draw, offer.byInvites, this.most);
    const first = arrivals.ofWave[wave]!;
    let others = draw.existing;
    for (let earlier = 0; earlier < wave; earlier++) others += arrivals.ofWave[earlier]!;
    // Who has all that a user may have comes back in vain.
    const back = wave === 0 ? offer.takeUp : offer.returning * (1 - full);
    this.perPerson = open * offer.takeUp;
    this.freshAll = first * open * offer.takeUp;
    this.all = this.freshAll + others * open * back;
    this.newcomers.begin(first, open * offer.takeUp);
    this.others.begin(others, open * back);
    this.othersAll = others;
    this.othersShare = open * back;
    this.othersPart = this.come = 1;
    this.thinning.begin();
    this.furtherMean = further.mean;
    this.furtherVariance = further.variance;
    this.beyondMean = further.beyond;
    this.beyondRatio = further.mean > 0 ? further.beyond / further.mean : 0;
    this.earning.begin();
    this.coming.begin();
    const abuse = offer.abuse ?? draw.abuse;
    this.botRatio = abuse / (1 - abuse);
    const bots = this.all * (1 + further.mean) * this.botRatio;
    this.expected = this.all * (1 + further.mean) + bots;
    this.curved?.draw(
      { people: first, share: open * offer.takeUp },
      { people: others, share: open * back },
      ...([further, this.botRatio, open, chance] as const),
    );
    const { rewardsPerUserDay: perDay } = terms;
    this.inviteDelay =
      perDay === undefined
        ? draw.inviteDelay
        : delayUnderDayCap(draw, offer.byInvites, this.most, perDay);
    this.invited = 0;
    this.servedBefore = 1;
    this.waitingFresh = this.waitingKnown = this.waitingMore = this.waitingBots = 0;
    this.retry = draw.retry;
    this.taps = draw.taps;
    this.loadOfFirst = open > 0 ? (1 + draw.repeats) / open : 0;
  }

  /** Sets how long the steps are that follow. */
  setStep(hours: number): void {
    const { retry } = this;
    this.inviteRate = 1 - Math.exp(-hours / this.inviteDelay);
    this.inviteRateAtOnce = atOnce(hours, this.inviteDelay);
    this.stays = retry ** hours;
    this.tries = retry < 1 ? (retry - this.stays) / (1 - retry) : hours - 1;
  }

  /** So many people of earlier waves stayed away: told before the wave's first step. */
  loseOthers(people: number): void {
    const { othersAll, othersShare } = this;
    if (!(people > 0) || !(othersAll > 0)) return;
    const left = Math.max(0, othersAll - people);
    this.othersPart = left / othersAll;
    this.others.begin(left, othersShare);
    this.all = this.freshAll + left * othersShare;
  }

  /** Counts who asks in a step of the wave, the `at`th. */
  ask(at: number, chance: HourChance | null): void {
    if (this.curved !== null) this.askByCurves(at, this.curved, chance);
    else if (chance !== null) this.askByChance(at, chance);
    else {
      const share = this.shares[at]!;
      const all = this.all * share;
      const fresh = this.freshAll * share;
      const come = fresh * this.come;
      this.fresh.asked = come;
      this.known.asked = all - fresh;
      const first = come + all - fresh;
      this.more = this.invited * this.inviteRate + this.earnedAtOnce(first);
      this.beyond = first * this.beyondMean;
      this.bots = (first + this.more) * this.botRatio;
    }
    this.first = this.fresh.asked + this.known.asked + this.more;
    this.people = this.first + this.waitingFresh + this.waitingKnown + this.waitingMore;
    this.first += this.bots;
    this.bots += this.waitingBots;
    this.asked = this.people + this.bots;
  }

  /** Only a part of the newcomers of this step comes, now that its money is found not to last. */
  thin(chance: HourChance | null): void {
    const { fresh } = this;
    if (this.come === 1) return;
    const away = fresh.asked - this.thinned(fresh.asked, this.come, chance);
    fresh.asked -= away;
    this.people -= away;
    this.first -= away;
    this.asked -= away;
  }

  /** Takes note of what part of them was served; counts the requests that came. */
  serve(served: number, chance: HourChance | null): void {
    const { fresh, known } = this;
    const waited = this.asked - this.first;
    this.load = waited + this.first * this.loadOfFirst;
    if (this.beyond > 0) this.load += this.beyond * (1 + this.taps);
    const freshAll = fresh.asked + this.waitingFresh;
    const knownAll = known.asked + this.waitingKnown;
    fresh.served = freshAll * served;
    known.served = knownAll * served;
    this.invited = Math.max(0, this.invited - this.more);
    if (this.furtherMean > 0) this.invited += this.further(fresh.served + known.served, chance);
    this.servedBefore = served;
    if (served === 1 && waited === 0) return;
    this.load += this.asked * (1 - served) * (this.taps + this.tries * (1 + this.taps));
    const again = (1 - served) * this.stays;
    this.waitingFresh = freshAll * again;
    this.waitingKnown = knownAll * again;
    this.waitingMore = (this.more + this.waitingMore) * again;
    this.waitingBots = this.bots * again;
  }

  /** If as many of a step are served as of the one before. */
  private earnedAtOnce(first: number): number {
    if (this.inviteRateAtOnce === 0) return 0;
    return first * this.servedBefore * this.furtherMean * this.inviteRateAtOnce;
  }

  private askByChance(at: number, chance: HourChance): void {
    const share = this.shares[at]!;
    this.fresh.asked = this.thinned(this.newcomers.take(share, chance), this.come, chance);
    this.known.asked = this.others.take(share, chance);
    const { invited, inviteRate } = this;
    const mean = invited * inviteRate;
    const { coming } = this;
    this.more = mean > 0 ? coming.draw(mean, mean * (1 - inviteRate), invited, chance) : 0;
    const first = this.fresh.asked + this.known.asked;
    this.more += this.earnedAtOnce(first);
    this.beyond = first * this.beyondMean;
    this.bots = (first + this.more) * this.botRatio;
  }

  /** Who wants another tries whether the first was granted or not. */
  private askByCurves(
    at: number,
    { fresh, known, more, bots }: CurvedDemand,
    chance: HourChance | null,
  ): void {
    this.fresh.asked = this.thinned(fresh[at]!, this.come, chance);
    this.known.asked = known[at]! * this.othersPart;
    this.more = more[at]!;
    this.bots = bots[at]!;
    this.beyond = this.more * this.beyondRatio;
    this.invited = this.more;
  }

  /** Of so many, those who do each with the probability `part`. */
  private thinned(people: number, part: number, chance: HourChance | null): number {
    const mean = people * part;
    if (part === 1 || chance === null || mean === 0) return mean;
    return this.thinning.draw(mean, mean * (1 - part), people, chance);
  }

  /** Further rewards of so many claimers. */
  private further(claimers: number, chance: HourChance | null): number {
    const mean = claimers * this.furtherMean;
    if (chance === null || mean === 0) return mean;
    return this.earning.draw(mean, claimers * this.furtherVariance, Number.MAX_VALUE, chance);
  }
}
