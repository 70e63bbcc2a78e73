// Who of the people that are expected in a wave really comes. Some would have come anyway; others
// the campaign draws, until word spreads that the money is gone; the rest are invited, and only who
// has a reward invites.
import type { Arrivals } from "./arrivals.ts";
import type { CampaignInputs } from "./inputs.ts";

export class WaveComers {
  /** Of the people expected in this step, the part who come. */
  come = 1;
  /** Of the whole wave: who stays away, and the invited among them. */
  stayedAway = 0;
  invitedAway = 0;
  /** Who has its first offer from a first claim in it, and of them those brought, and invited. */
  having = 0;
  havingBrought = 0;
  havingInvited = 0;
  /** Who came, by day of the campaign. */
  readonly ofDay: Float64Array;
  /** Of the people expected: drawn by the campaign, and invited. */
  private partDrawn = 0;
  private partInvited = 0;
  private afterRunOut = 1;
  private delay = 24;
  private expected = 0;
  /** Inviters of late: as many as were expected, and as many as there are. */
  private invitersExpected = 0;
  private inviters = 0;
  private memory = 0;
  /** Of this step: whether the money is gone, and the parts of `come` who are drawn and invited. */
  private isGone = false;
  private drawnNow = 0;
  private invitedNow = 0;
  /** The same of those who came while there was money. */
  private broughtPart = 1;
  private invitedPart = 0;

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

  constructor(days: number) {
    this.ofDay = new Float64Array(days);
  }

  begin(draw: CampaignInputs, { people, own, brought }: Arrivals, expected: number): void {
    this.partInvited = people > 0 ? Math.max(0, 1 - own / people) : 0;
    this.partDrawn = people > 0 ? Math.max(0, brought / people - this.partInvited) : 0;
    this.afterRunOut = draw.afterRunOut;
    this.delay = draw.inviteDelay;
    this.expected = expected;
    this.stayedAway = this.invitedAway = 0;
    this.having = this.havingBrought = this.havingInvited = 0;
    this.invitersExpected = this.inviters = 0;
    this.isGone = false;
    this.ofDay.fill(0);
    this.expect(false);
  }

  /** Sets how long the steps are that follow. */
  setStep(hours: number): void {
    this.memory = Math.exp(-hours / this.delay);
  }

  /** Whom a step brings, if the money lasts. */
  expect(isGone: boolean): void {
    const { invitersExpected, inviters } = this;
    this.isGone = isGone;
    const inviting = invitersExpected > 0 ? Math.min(1, inviters / invitersExpected) : 1;
    this.drawnNow = this.partDrawn * (isGone ? this.afterRunOut : 1);
    this.invitedNow = this.partInvited * inviting;
    const away = this.partDrawn - this.drawnNow + this.partInvited - this.invitedNow;
    this.come = 1 - away;
    this.broughtPart = this.come > 0 ? (this.drawnNow + this.invitedNow) / this.come : 0;
    this.invitedPart = this.come > 0 ? this.invitedNow / this.come : 0;
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
   * Takes note of a step.
   * @param share of the wave's people who were expected in it
   * @param perPerson first claims of a person who comes
   * @param waiting first claims of newcomers who had been refused before
   * @param served part of all that ask; @param had first grants of newcomers
   */
  count(
    share: number,
    day: number,
    perPerson: number,
    waiting: number,
    served: number,
    had: number,
  ): void {
    const people = this.expected * share;
    this.ofDay[day] = this.ofDay[day]! + people * this.come;
    this.having += had;
    this.havingBrought += had * this.broughtPart;
    this.havingInvited += had * this.invitedPart;
    const claims = people * perPerson;
    this.invitersExpected = this.invitersExpected * this.memory + claims;
    this.inviters = this.inviters * this.memory + (claims * this.come + waiting) * served;
    if (this.come === 1) return;
    this.stayedAway += people * (1 - this.come);
    this.invitedAway += people * (this.partInvited - this.invitedNow);
  }
}
