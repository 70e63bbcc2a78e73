// Users of a day whom the campaign's arrivals add: those who come on it, and those of earlier days
// who are back. Asked for by a few questions only, so it is counted beside the campaign's run.
import { spreadOverHours } from "./arrivals.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { CampaignOutputs } from "./outputs.ts";
import type { HourlyTerms } from "./terms.ts";
import { retainedAt, retentionThrough } from "./two-point-retention.ts";

/** The later of the two days through which the retention curve goes. */
const LATER_DAY = 30;

export class DailyUsers {
  private readonly terms: HourlyTerms;
  private readonly hourly: readonly Float64Array[];
  /** Shares of a wave's arrivals by day of the campaign. */
  private readonly daily: Float64Array;
  /** By days since the first: share of all that is back, and of that the unrewarded's part. */
  private readonly back: Float64Array;
  private readonly unrewarded: Float64Array;

  /** @param days counted from the campaign's first */
  constructor(terms: HourlyTerms, days: number) {
    this.terms = terms;
    this.hourly = terms.waves.map(({ fromHour, toHour }) => new Float64Array(toHour - fromHour));
    this.daily = new Float64Array(days);
    this.back = new Float64Array(days);
    this.unrewarded = new Float64Array(days);
  }

  /**
   * Writes the users of each day, beside those of before the campaign. Who is called back by a
   * later wave counts as the retention curve has him.
   * @param out of the run with this draw
   */
  count(draw: CampaignInputs, out: Readonly<CampaignOutputs>, into: Float64Array): void {
    const { terms, daily, back, unrewarded } = this;
    this.fillRetention(draw);
    into.fill(0);
    for (let wave = 0; wave < terms.waves.length; wave++) {
      const people = out.peopleOfWave[wave]!;
      if (people <= 0) continue;
      this.spreadOverDays(wave, draw.waves[wave]!.halfLife);
      const rewarded = Math.min(1, out.rewardedOfWave[wave]! / people);
      for (let day = 0; day < daily.length; day++) {
        let users = 0;
        for (let age = 0; age <= day; age++) {
          const stay = back[age]! * (rewarded + (1 - rewarded) * unrewarded[age]!);
          users += daily[day - age]! * stay;
        }
        into[day] = into[day]! + people * users;
      }
    }
  }

  /** The unrewarded are back as often on day 1, and by the lift less often on day 30. */
  private fillRetention(draw: CampaignInputs): void {
    const shape = retentionThrough(draw.d1, draw.d30, LATER_DAY);
    const without = Math.max(0, draw.d30 - draw.lift) / draw.d30;
    for (let age = 0; age < this.back.length; age++) {
      this.back[age] = age === 0 ? 1 : retainedAt(shape, age);
      const part = age <= 1 ? 0 : Math.log(age) / Math.log(LATER_DAY);
      this.unrewarded[age] = part === 0 ? 1 : without ** part;
    }
  }

  private spreadOverDays(wave: number, halfLife: number): void {
    const { terms, daily } = this;
    const hours = this.hourly[wave]!;
    spreadOverHours(terms, wave, halfLife, hours);
    daily.fill(0);
    for (let i = 0; i < hours.length; i++) {
      const day = terms.dayOfHour[terms.waves[wave]!.fromHour + i]!;
      if (day >= daily.length) break;
      daily[day] = daily[day]! + hours[i]!;
    }
  }
}
