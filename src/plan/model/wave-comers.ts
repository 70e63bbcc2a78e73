// Who of the people that are expected in a wave really comes. Some would have come anyway; others
// the campaign draws, until word spreads that the money is gone; the rest are invited, and only who
// has a reward invites.
import type { Arrivals } from "./arrival-counts.ts";
import type { Grid } from "./grid.ts";
import type { CampaignInputs } from "./inputs.ts";

export class WaveComers {
  /** Whether money was short by now: as long as it lasts, everybody comes who is expected. */
  isShort = false;
  /** Of the people expected in this step, the part who come. */
  come = 1;
  /** Of the whole wave: who stays away, and the invited among them. */
  stayedAway = 0;
  invitedAway = 0;
  /** First grants of newcomers from when money was short: of those brought, and of the invited. */
  private havingFrom = 0;
  private broughtFrom = 0;
  private invitedFrom = 0;
  /** First grants of newcomers in all. */
  having = 0;
  /** Shares of its people by its steps, and from `shortFrom` on the part of them who come. */
  private readonly shares: Float64Array;
  private readonly comeAt: Float64Array;
  private shortFrom = 0;
  private readonly grid: Grid;
  private readonly fromStep: number;
  /** Of the people expected: drawn by the campaign, and invited. */
  private partDrawn = 0;
  private partInvited = 0;
  private afterRunOut = 1;
  private delay = 24;
  private expected = 0;
  /** First claims of a person who comes. */
  private perPerson = 0;
  /** Inviters of late: as many as were expected, and as many as there are. */
  private invitersExpected = 0;
  private inviters = 0;
  private memory = 0;
  /** Of this step: whether the money is gone, and the parts of `come` who are drawn and invited. */
  private isGone = false;
  private drawnNow = 0;
  private invitedNow = 0;
  /** The same while there is money in it. */
  private comeFirst = 1;
  private invitedFirst = 0;
  private broughtFirst = 0;

  /** @param shares of the wave's people by its steps, which are filled by others */
  constructor(shares: Float64Array, grid: Grid, fromStep: number) {
    this.shares = shares;
    this.comeAt = new Float64Array(shares.length);
    this.grid = grid;
    this.fromStep = fromStep;
  }

  /** Of the whole wave who came, and of them those whom the campaign brought, and the invited. */
  get people(): number {
    return Math.max(0, this.expected - this.stayedAway);
  }

  get brought(): number {
    const expected = this.expected * (this.partDrawn + this.partInvited);
    return Math.max(0, expected - this.stayedAway);
  }

  get invited(): number {
    return Math.max(0, this.expected * this.partInvited - this.invitedAway);
  }

  /** Of the first grants of newcomers those of whom the campaign brought, and of the invited. */
  get havingBrought(): number {
    const before = this.having - this.havingFrom;
    return before * (this.partDrawn + this.partInvited) + this.broughtFrom;
  }

  get havingInvited(): number {
    return (this.having - this.havingFrom) * this.partInvited + this.invitedFrom;
  }

  /** Who came, by day of the campaign. */
  get ofDay(): Float64Array {
    const { grid, shares, comeAt, fromStep, shortFrom } = this;
    const days = new Float64Array(1 + (grid.day.at(-1) ?? 0));
    for (let at = 0; at < shares.length; at++) {
      const day = grid.day[fromStep + at]!;
      const come = at < shortFrom ? 1 : comeAt[at]!;
      days[day] = days[day]! + this.expected * shares[at]! * come;
    }
    return days;
  }

  begin(draw: CampaignInputs, { people, own, brought }: Arrivals, expected: number): void {
    this.partInvited = people > 0 ? Math.max(0, 1 - own / people) : 0;
    this.partDrawn = people > 0 ? Math.max(0, brought / people - this.partInvited) : 0;
    this.afterRunOut = draw.afterRunOut;
    this.delay = draw.inviteDelay;
    this.expected = expected;
    this.perPerson = 0;
    this.stayedAway = this.invitedAway = 0;
    this.having = this.havingFrom = this.broughtFrom = this.invitedFrom = 0;
    this.invitersExpected = this.inviters = 0;
    this.isShort = this.isGone = false;
    this.come = 1;
    this.shortFrom = this.shares.length;
  }

  /** First claims of a person who comes: of the wave's first offer. */
  claims(perPerson: number): void {
    this.perPerson = perPerson;
  }

  /** From the wave's `at`th step on money is short: until then everybody came, and invited. */
  startShort(at: number): void {
    // Where nothing changes by it, everybody goes on coming.
    if (this.partInvited === 0 && (this.afterRunOut === 1 || this.partDrawn === 0)) return;
    const { grid, shares, fromStep } = this;
    this.isShort = true;
    this.shortFrom = at;
    let [inviters, hours, memory] = [0, 0, 0];
    for (let step = 0; step < at; step++) {
      if (grid.hours[fromStep + step] !== hours) {
        hours = grid.hours[fromStep + step]!;
        memory = Math.exp(-hours / this.delay);
      }
      inviters = inviters * memory + shares[step]!;
    }
    this.inviters = this.invitersExpected = inviters * this.expected * this.perPerson;
    this.memory = Math.exp(-grid.hours[fromStep + at]! / this.delay);
    this.expect(false);
  }

  /** Whom a step brings, if the money lasts. */
  expect(isGone: boolean): void {
    const { invitersExpected, inviters } = this;
    this.isGone = isGone;
    const inviting = invitersExpected > 0 ? Math.min(1, inviters / invitersExpected) : 1;
    this.drawnNow = this.partDrawn * (isGone ? this.afterRunOut : 1);
    this.invitedNow = this.partInvited * inviting;
    this.come = 1 - (this.partDrawn - this.drawnNow) - (this.partInvited - this.invitedNow);
    this.comeFirst = this.come;
    this.invitedFirst = this.invitedNow;
    this.broughtFirst = this.drawnNow + this.invitedNow;
  }

  /**
   * The money lasts for a part of the step only: who would come after that knows.
   * @returns what is left of those who come
   */
  cut(served: number): number {
    const before = this.come;
    const drawnAfter = this.partDrawn * this.afterRunOut;
    // In a wave's first step nobody has invited before.
    const invitedAfter = this.invitersExpected > 0 ? this.invitedNow : 0;
    if (!this.isGone) this.drawnNow = served * this.drawnNow + (1 - served) * drawnAfter;
    this.invitedNow = served * this.invitedNow + (1 - served) * invitedAfter;
    this.come = 1 - (this.partDrawn - this.drawnNow) - (this.partInvited - this.invitedNow);
    return before > 0 ? this.come / before : 1;
  }

  /**
   * Takes note of a step in which money is, or was, short.
   * @param waiting first claims of newcomers who had been refused before
   * @param served part of all that ask; @param had first grants of newcomers
   */
  count(at: number, waiting: number, served: number, had: number): void {
    const { come } = this;
    const people = this.expected * this.shares[at]!;
    const hours = this.grid.hours[this.fromStep + at]!;
    if (at > 0 && hours !== this.grid.hours[this.fromStep + at - 1]) {
      this.memory = Math.exp(-hours / this.delay);
    }
    this.comeAt[at] = come;
    this.havingFrom += had;
    if (had > 0 && this.comeFirst > 0) {
      const each = had / this.comeFirst;
      this.broughtFrom += each * this.broughtFirst;
      this.invitedFrom += each * this.invitedFirst;
    }
    const claims = people * this.perPerson;
    this.invitersExpected = this.invitersExpected * this.memory + claims;
    this.inviters = this.inviters * this.memory + (claims * come + waiting) * served;
    this.stayedAway += people * (1 - come);
    this.invitedAway += people * (this.partInvited - this.invitedNow);
  }
}
