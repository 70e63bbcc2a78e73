// How many people of each wave, and of the users of before, have a reward: their first, or one of a
// later wave for which they came back after they had been refused or had not asked. Who came last
// is likelier to be still there, and money that runs out is refused to those who come last.
import type { Grid } from "./grid.ts";
import type { HourChance } from "./hour-chance.ts";
import { Scatter } from "./scatter.ts";
import type { HourlyTerms } from "./terms.ts";
import type { RetentionShape } from "./two-point-retention.ts";

export class RewardedPeople {
  /** Users of before. */
  existing = 0;
  /** People who came in each wave. */
  readonly ofWave: Float64Array;
  /** Of each wave's people who are not held out, per one who asks; and who asked. */
  private readonly perAsked: Float64Array;
  private readonly asked: Float64Array;
  private existingAsked = 0;
  /** By day on which they came: people, and those of them with a reward. */
  private readonly peopleOfDay: Float64Array;
  private readonly havingOfDay: Float64Array;
  /** By wave, as it began: people without a reward, and their part of those who come back. */
  private readonly without: Float64Array;
  private readonly partOfBack: Float64Array;
  /** By wave: who of them got one in it. */
  private readonly late: Float64Array;
  private readonly dayOfStep: Uint16Array;
  private readonly scatter = new Scatter();
  private shape: RetentionShape = { alpha: 1, beta: 1 };

  constructor({ waves }: HourlyTerms, grid: Grid) {
    const ofWaves = (): Float64Array => new Float64Array(waves.length);
    this.ofWave = ofWaves();
    this.perAsked = ofWaves();
    this.asked = ofWaves();
    this.without = ofWaves();
    this.partOfBack = ofWaves();
    this.late = ofWaves();
    this.dayOfStep = grid.day;
    const days = 1 + (grid.day.at(-1) ?? 0);
    this.peopleOfDay = new Float64Array(days);
    this.havingOfDay = new Float64Array(days);
  }

  begin(shape: RetentionShape): void {
    this.shape = shape;
    this.existing = this.existingAsked = 0;
    this.ofWave.fill(0);
    this.asked.fill(0);
    this.peopleOfDay.fill(0);
    this.havingOfDay.fill(0);
    this.without.fill(-1);
    this.late.fill(0);
    this.scatter.begin();
  }

  /** @param takeUp of the wave's first offer: how many of its people ask */
  expect(wave: number, takeUp: number): void {
    this.perAsked[wave] = takeUp > 0 ? 1 / takeUp : 0;
  }

  /** Who asked for a wave's first offer in a step, and who of all that ask or wait got it. */
  count(wave: number, step: number, fresh: Served, known: Served, chance: HourChance | null): void {
    const day = this.dayOfStep[step]!;
    const people = fresh.asked * this.perAsked[wave]!;
    this.ofWave[wave] = this.ofWave[wave]! + fresh.served;
    this.asked[wave] = this.asked[wave]! + fresh.asked;
    this.peopleOfDay[day] = this.peopleOfDay[day]! + people;
    this.havingOfDay[day] = this.havingOfDay[day]! + fresh.served;
    if (wave > 0) return this.countBack(wave, day, known.served, chance);
    this.existing += known.served;
    this.existingAsked += known.asked;
  }

  /** Adds those who came back to the waves they had come in. */
  finish(): void {
    for (let wave = 1; wave < this.late.length; wave++) {
      if (!(this.late[wave]! > 0)) continue;
      const part = Math.min(1, this.late[wave]! / this.without[wave]!);
      this.existing += part * Math.max(0, this.existingPeople() - this.existing);
      for (let of = 0; of < wave; of++) {
        const all = this.asked[of]! * this.perAsked[of]!;
        const having = this.ofWave[of]!;
        this.ofWave[of] = having + part * Math.max(0, all - having);
      }
    }
  }

  private countBack(wave: number, day: number, back: number, chance: HourChance | null): void {
    if (back === 0) return;
    if (this.without[wave]! < 0) this.lookBack(wave, day);
    const left = this.without[wave]! - this.late[wave]!;
    if (!(left > 0)) return;
    // Nobody comes back twice, so the part of those without stays what it was.
    const part = this.partOfBack[wave]!;
    const mean = Math.min(left, back * part);
    const first = chance === null ? mean : this.scatter.draw(mean, mean * (1 - part), left, chance);
    this.late[wave] = this.late[wave]! + first;
  }

  /** Weighs people by the chance that they are still there on the day on which a wave begins. */
  private lookBack(wave: number, day: number): void {
    const { alpha, beta } = this.shape;
    let [people, without, weight, weightWithout, stays] = [0, 0, 0, 0, 1];
    for (let age = 0; age <= day; age++) {
      const came = this.peopleOfDay[day - age]!;
      const lacking = Math.max(0, came - this.havingOfDay[day - age]!);
      people += came;
      without += lacking;
      weight += came * stays;
      weightWithout += lacking * stays;
      stays *= (beta + age) / (alpha + beta + age);
    }
    // Users of before come back as others do on average.
    const mean = people > 0 ? weight / people : 1;
    const known = this.existingPeople();
    const knownWithout = Math.max(0, known - this.existing);
    let before = 0;
    for (let of = 1; of < wave; of++) before += this.late[of]!;
    const all = without + knownWithout;
    const still = all > 0 ? Math.max(0, 1 - before / all) : 0;
    this.without[wave] = all * still;
    const weights = weight + known * mean;
    const part = (weightWithout + knownWithout * mean) * still;
    this.partOfBack[wave] = weights > 0 ? part / weights : 0;
  }

  private existingPeople(): number {
    return this.existingAsked * this.perAsked[0]!;
  }
}

/** First claims of an hour, and those granted in it, of this hour or of one before. */
export interface Served {
  asked: number;
  served: number;
}
