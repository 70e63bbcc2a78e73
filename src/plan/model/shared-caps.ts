// Caps that count what all people together get, or spend: how much an offer may still let out, now.
// What is given back is not counted back, and an amount counts as its mean.
import type { Grid } from "./grid.ts";
import type { HourlyTerms, SharedCap } from "./terms.ts";

export class SharedCaps {
  private readonly caps: readonly SharedCap[];
  private readonly left: Float64Array;
  /** By offer: the caps that count it, by index, and those of them that never begin anew. */
  private readonly ofOffer: readonly (readonly number[])[];
  private readonly totals: readonly (readonly number[])[];
  /** Whether any of them begins anew by the hour or day. */
  readonly hasWindows: boolean;
  private day = -1;

  constructor(terms: HourlyTerms, on: SharedCap["on"]) {
    const caps = (terms.caps ?? []).filter((cap) => cap.on === on);
    this.caps = caps;
    this.left = new Float64Array(caps.length);
    this.ofOffer = terms.offers.map((_, offer) =>
      [...caps.keys()].filter((i) => caps[i]!.offers.includes(offer)),
    );
    this.hasWindows = caps.some(({ per }) => per !== "total");
    this.totals = this.ofOffer.map((of) => of.filter((i) => caps[i]!.per === "total"));
  }

  get isNone(): boolean {
    return this.caps.length === 0;
  }

  begin(): void {
    this.day = -1;
    for (let i = 0; i < this.caps.length; i++) this.left[i] = this.caps[i]!.limit;
  }

  /** Opens the windows of a step. */
  enter(step: number, { day, hours }: Grid): void {
    if (!this.hasWindows) return;
    const isNewDay = day[step] !== this.day;
    this.day = day[step]!;
    for (let i = 0; i < this.caps.length; i++) {
      const { per, limit } = this.caps[i]!;
      if (per === "hour") this.left[i] = limit * hours[step]!;
      else if (per === "day" && isNewDay) this.left[i] = limit;
    }
  }

  /** How many of an offer they let out, if each is worth `amount`. */
  room(offer: number, amount: number): number {
    return this.roomUnder(this.ofOffer[offer]!, amount);
  }

  /** The same of those that never begin anew. */
  lasting(offer: number, amount: number): number {
    return this.roomUnder(this.totals[offer]!, amount);
  }

  take(offer: number, count: number, amount: number): void {
    for (const i of this.ofOffer[offer]!) {
      const taken = this.caps[i]!.counts === "grants" ? count : count * amount;
      this.left[i] = this.left[i]! - taken;
    }
  }

  private roomUnder(caps: readonly number[], amount: number): number {
    let room = Number.POSITIVE_INFINITY;
    for (const i of caps) {
      const left = Math.max(0, this.left[i]!);
      const isMoney = this.caps[i]!.counts === "money";
      if (!isMoney || amount > 0) room = Math.min(room, isMoney ? left / amount : left);
    }
    return room;
  }
}
