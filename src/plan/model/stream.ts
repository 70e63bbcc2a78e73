// People of whom each does something once with the same probability, at an hour that follows a
// curve: hour by hour so many of those who are left. With chance their sum over all hours is a
// binomial number, and all of them if the probability is 1.
import type { HourChance } from "./hour-chance.ts";
import { Scatter } from "./scatter.ts";

export class Stream {
  private people = 0;
  private share = 0;
  private left = 0;
  /** Probability of the hours that have passed. */
  private passed = 0;
  private readonly scatter = new Scatter();

  /** @param share of them who do it at all, 0 to 1 */
  begin(people: number, share: number): void {
    this.people = this.left = people;
    this.share = share;
    this.passed = 0;
    this.scatter.begin();
  }

  /**
   * Those of an hour.
   * @param part of all who do it, by the curve; parts add up to 1
   */
  take(part: number, chance: HourChance | null): number {
    const share = this.share * part;
    if (chance === null || share === 0) return this.people * share;
    const rest = 1 - this.passed;
    this.passed += share;
    const { left } = this;
    // Parts add up to 1 but for rounding: who is left in the last hour does it then.
    const hazard = share < rest * (1 - 1e-9) ? share / rest : 1;
    const mean = left * hazard;
    const taken = hazard === 1 ? left : this.scatter.draw(mean, mean * (1 - hazard), left, chance);
    this.left = left - taken;
    return taken;
  }
}
