// What is left of the budgets while a campaign passes: of the campaign, of each wave, of what caps
// let all people have together; and the money of expired grants that comes back.
import type { Grid } from "./grid.ts";
import type { OfferRun } from "./offer-run.ts";
import { SharedCaps } from "./shared-caps.ts";
import type { HourlyTerms } from "./terms.ts";

export class MoneyLeft {
  /** Of the offer asked about last: what it may let out as long as nothing is given back. */
  lasting = 0;
  private inAll = 0;
  private readonly ofWave: Float64Array;
  /** Money of expired grants by the step in which it can be granted again, in all and by wave. */
  private readonly returned: Float64Array;
  private readonly returnedOfWave: readonly Float64Array[];
  /** Null: there are none. */
  private readonly caps: SharedCaps | null;
  private readonly terms: HourlyTerms;
  private readonly grid: Grid;

  constructor(terms: HourlyTerms, grid: Grid) {
    this.terms = terms;
    this.grid = grid;
    const ofSteps = (): Float64Array => new Float64Array(grid.count);
    this.ofWave = new Float64Array(terms.waves.length);
    this.returned = ofSteps();
    this.returnedOfWave = terms.waves.map(ofSteps);
    const caps = new SharedCaps(terms, "claim");
    this.caps = caps.isNone ? null : caps;
  }

  begin(): void {
    const { waves, budget } = this.terms;
    this.inAll = budget;
    this.returned.fill(0);
    this.caps?.begin();
    for (let wave = 0; wave < waves.length; wave++) {
      this.ofWave[wave] = waves[wave]!.budget;
      this.returnedOfWave[wave]!.fill(0);
    }
  }

  /** What changes as a step begins. */
  enter(step: number): void {
    this.caps?.enter(step, this.grid);
    if (!(this.returned[step]! > 0)) return;
    this.inAll += this.returned[step]!;
    for (let wave = 0; wave < this.ofWave.length; wave++) {
      this.ofWave[wave] = this.ofWave[wave]! + this.returnedOfWave[wave]![step]!;
    }
  }

  /** Money that an offer may let out by an hour; `lasting` is then told as well. */
  room({ index, wave, open, grants, mostPerUser }: OfferRun, byHour: number): number {
    const { caps } = this;
    const ofWave = this.ofWave[wave]!;
    let most = Math.min(ofWave, this.inAll);
    this.lasting = most;
    if (caps !== null) {
      this.lasting = Math.min(most, caps.lasting(index, grants.reward) * grants.reward);
      most = Math.min(most, caps.room(index, grants.reward) * grants.reward);
    }
    if (open.released !== null) {
      const released = open.budget * open.released[byHour - open.fromHour - 1]!;
      most = Math.min(most, Math.max(0, released - (open.budget - ofWave)));
    }
    return mostPerUser < 1 ? 0 : most;
  }

  take({ index, wave, grants }: OfferRun, money: number, count: number): void {
    this.ofWave[wave] = this.ofWave[wave]! - money;
    this.inAll -= money;
    this.caps?.take(index, count, grants.reward);
  }

  /** Whether a budget is used up. */
  isGone({ wave, usedUp }: OfferRun): boolean {
    return this.ofWave[wave]! <= usedUp || this.inAll <= usedUp;
  }

  /** What was given back can be granted again at once. */
  put(wave: number, money: number): void {
    this.ofWave[wave] = this.ofWave[wave]! + money;
    this.inAll += money;
  }

  /** What expired at an hour can be granted again after the settling lag. */
  putLater(wave: number, hour: number, money: number): void {
    const { stepOfHour, count } = this.grid;
    const due = stepOfHour[hour + Math.ceil(this.terms.settlingHours)] ?? count;
    if (due === count) return;
    this.returned[due] = this.returned[due]! + money;
    const ofWave = this.returnedOfWave[wave]!;
    ofWave[due] = ofWave[due]! + money;
  }
}
