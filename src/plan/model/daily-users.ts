// Users of a day whom the campaign's arrivals add: those who come on it, and those of earlier days
// who are back. Asked for by a few questions only, so it is counted beside the campaign's run.
import type { CampaignInputs } from "./inputs.ts";
import type { CampaignOutputs } from "./outputs.ts";
import { retainedAt, retentionThrough } from "./two-point-retention.ts";

/** The later of the two days through which the retention curve goes. */
const LATER_DAY = 30;

export class DailyUsers {
  /** By days since the first: share of all that is back, and the parts of it of those without. */
  private readonly back: Float64Array;
  private readonly unrewarded: Float64Array;
  private readonly empty: Float64Array;

  /** @param days counted from the campaign's first */
  constructor(days: number) {
    this.back = new Float64Array(days);
    this.unrewarded = new Float64Array(days);
    this.empty = new Float64Array(days);
  }

  /**
   * Writes the users of each day, beside those of before the campaign. Who is called back by a
   * later wave counts as the retention curve has him.
   * @param out of the run with this draw
   */
  count(draw: CampaignInputs, out: Readonly<CampaignOutputs>, into: Float64Array): void {
    const { back, unrewarded, empty } = this;
    this.fillRetention(draw);
    into.fill(0);
    const { comersOfDay } = out;
    for (let wave = 0; wave < comersOfDay.length; wave++) {
      const people = out.peopleOfWave[wave]!;
      if (people <= 0) continue;
      const comers = comersOfDay[wave]!;
      const rewarded = Math.min(1, out.rewardedOfWave[wave]! / people);
      const wentEmpty = Math.min(1 - rewarded, out.emptyOfWave[wave]! / people);
      const others = 1 - rewarded - wentEmpty;
      for (let day = 0; day < into.length; day++) {
        let users = 0;
        for (let age = Math.max(0, day - comers.length + 1); age <= day; age++) {
          const part = rewarded + others * unrewarded[age]! + wentEmpty * empty[age]!;
          users += comers[day - age]! * back[age]! * part;
        }
        into[day] = into[day]! + users;
      }
    }
  }

  /**
   * Who would have come anyway is back as often on day 1 without a reward, and by the lift less
   * often on day 30; who came for one and has none comes back less from the first day on.
   */
  private fillRetention(draw: CampaignInputs): void {
    const shape = retentionThrough(draw.d1, draw.d30, LATER_DAY);
    const without = Math.max(0, draw.d30 - draw.lift) / draw.d30;
    const empty = draw.refused === null ? null : Math.min(1, draw.refused / draw.d30);
    for (let age = 0; age < this.back.length; age++) {
      this.back[age] = age === 0 ? 1 : retainedAt(shape, age);
      const part = age <= 1 ? 0 : Math.log(age) / Math.log(LATER_DAY);
      this.unrewarded[age] = part === 0 ? 1 : without ** part;
      const gone = Math.log(1 + age) / Math.log(1 + LATER_DAY);
      this.empty[age] = empty === null ? this.unrewarded[age]! : empty ** gone;
    }
  }
}
