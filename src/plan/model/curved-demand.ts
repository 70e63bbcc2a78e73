// Who asks for an offer where the hours are known, such as from an earlier campaign. Nothing of it
// depends on what is granted, so all hours are drawn before the first one passes.
import type { FurtherRewards } from "./further-rewards.ts";
import type { HourChance } from "./hour-chance.ts";
import { Scatter } from "./scatter.ts";
import { Stream } from "./stream.ts";
import type { WaveCurves } from "./terms.ts";

/** People, and the share of them who ask. */
export interface Crowd {
  readonly people: number;
  readonly share: number;
}

export class CurvedDemand {
  /** By hour of the wave: first claims of newcomers and of others, further ones, bots'. */
  readonly fresh: Float64Array;
  readonly known: Float64Array;
  readonly more: Float64Array;
  readonly bots: Float64Array;
  private readonly curves: WaveCurves;
  /** The part of the further claims on their way that comes in an hour. */
  private readonly rates: Float64Array;
  private readonly people = new Stream();
  private readonly earning = new Scatter();
  private readonly coming = new Scatter();

  constructor(curves: WaveCurves) {
    this.curves = curves;
    const hours = curves.arrivals.length;
    this.fresh = new Float64Array(hours);
    this.known = new Float64Array(hours);
    this.more = new Float64Array(hours);
    this.bots = new Float64Array(hours);
    this.rates = new Float64Array(hours);
  }

  /**
   * @param botRatio bots to people
   * @param open share of all who are not held out, bots among them
   */
  draw(
    newcomers: Crowd,
    others: Crowd,
    further: FurtherRewards,
    botRatio: number,
    open: number,
    chance: HourChance | null,
  ): void {
    const { curves } = this;
    this.fill(newcomers, curves.arrivals, chance, this.fresh);
    this.fill(others, curves.known, chance, this.known);
    this.more.fill(0);
    if (further.mean > 0) {
      this.setRates(newcomers.people * newcomers.share, others.people * others.share);
      this.drawFurther(further, chance);
    }
    let humans = 0;
    for (let at = 0; at < this.fresh.length; at++) {
      humans += this.fresh[at]! + this.known[at]! + this.more[at]!;
    }
    const bots = { people: open > 0 ? (humans * botRatio) / open : 0, share: open };
    this.fill(bots, curves.bots, chance, this.bots);
  }

  private fill(
    { people, share }: Crowd,
    curve: Float64Array,
    chance: HourChance | null,
    into: Float64Array,
  ): void {
    this.people.begin(people, share);
    for (let at = 0; at < into.length; at++) into[at] = this.people.take(curve[at]!, chance);
  }

  /** So that on average all come when the curve says. */
  private setRates(fresh: number, known: number): void {
    const { curves, rates } = this;
    let waiting = 0;
    for (let at = 0; at < rates.length; at++) {
      waiting += fresh * curves.arrivals[at]! + known * curves.known[at]!;
      const coming = Math.min(waiting, (fresh + known) * curves.further[at]!);
      rates[at] = waiting > 0 ? coming / waiting : 0;
      waiting -= coming;
    }
  }

  private drawFurther({ mean, variance }: FurtherRewards, chance: HourChance | null): void {
    this.earning.begin();
    this.coming.begin();
    let waiting = 0;
    for (let at = 0; at < this.more.length; at++) {
      const first = this.fresh[at]! + this.known[at]!;
      const rate = this.rates[at]!;
      const earned = first * mean;
      waiting +=
        chance === null || first === 0
          ? earned
          : this.earning.draw(earned, first * variance, Number.MAX_VALUE, chance);
      const due = waiting * rate;
      const isCertain = chance === null || due === 0;
      const coming = isCertain ? due : this.coming.draw(due, due * (1 - rate), waiting, chance);
      this.more[at] = coming;
      waiting -= coming;
    }
  }
}
