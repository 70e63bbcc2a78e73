// What is left of the budgets while a campaign passes: of the campaign, of each wave, of what caps
// let all people have together; and the money of expired grants that comes back.
import type { Grid } from "./grid.ts";
import type { OfferRun } from "./offer-run.ts";
import { SharedCaps } from "./shared-caps.ts";
import type { HourlyTerms } from "./terms.ts";

export class MoneyLeft {
  /** Of the offer looked at: what it may let out now, and as long as nothing is given back. */
  most = 0;
  lasting = 0;
  /** Of the campaign, and of each wave. */
  inAll = 0;
  readonly ofWave: Float64Array;
  /** Money of expired grants by the step in which it can be granted again, in all and by wave. */
  readonly returned: Float64Array;
  private readonly returnedOfWave: readonly Float64Array[];
  /** Null: there are none. */
  readonly caps: SharedCaps | null;
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

  /** Takes back what expired and can be granted again from this step on. */
  takeReturned(step: number): void {
    this.inAll += this.returned[step]!;
    for (let wave = 0; wave < this.ofWave.length; wave++) {
      this.ofWave[wave] = this.ofWave[wave]! + this.returnedOfWave[wave]![step]!;
    }
  }

  /** Takes note of what the budgets leave to an offer, and lets out less where more limits it. */
  limit({ index, wave, open, grants, mostPerUser }: OfferRun, byHour: number): void {
    this.most = this.lasting = Math.max(0, Math.min(this.ofWave[wave]!, this.inAll));
    const { caps } = this;
    if (caps !== null) {
      const room = caps.room(index, grants.reward) * grants.reward;
      const isLasting = !caps.hasWindows;
      const lasting = isLasting ? room : caps.lasting(index, grants.reward) * grants.reward;
      this.lasting = Math.min(this.lasting, lasting);
      this.most = Math.min(this.most, room);
    }
    if (open.released !== null) {
      const released = open.budget * open.released[byHour - open.fromHour - 1]!;
      const granted = open.budget - this.ofWave[wave]!;
      this.most = Math.min(this.most, Math.max(0, released - granted));
    }
    if (mostPerUser < 1) this.most = 0;
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
