// Who is there 30 days later, and who of them because of the campaign: all of those it brought, and
// what the reward adds to those who would have come anyway and to users of before.
import type { Arrivals } from "./arrivals.ts";
import { ORIGINS } from "./cohort-money.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { RewardedPeople } from "./rewarded-people.ts";

export class KeptPeople {
  /** Because of the campaign. */
  kept = 0;
  /** Of those who came, whoever brought them. */
  active = 0;
  readonly keptOfWave: Float64Array;
  /** Because of the campaign, by how they came: see ORIGINS. */
  readonly keptOfOrigin: Float64Array = new Float64Array(ORIGINS.length);

  constructor(waves: number) {
    this.keptOfWave = new Float64Array(waves);
  }

  count(draw: CampaignInputs, arrivals: Arrivals, rewarded: RewardedPeople): void {
    const { keptOfWave } = this;
    const unrewarded = Math.max(0, draw.d30 - draw.lift);
    const brought = arrivals.people > 0 ? arrivals.brought / arrivals.people : 0;
    let [without, withIt] = [0, 0];
    for (let wave = 0; wave < keptOfWave.length; wave++) {
      const having = rewarded.ofWave[wave]!;
      const rest = arrivals.ofWave[wave]! - having;
      withIt += having;
      without += rest;
      const active = having * draw.d30 + rest * unrewarded;
      keptOfWave[wave] = brought * active + (1 - brought) * having * draw.lift;
    }
    const existing = rewarded.existing * draw.existingLift;
    keptOfWave[0] = keptOfWave[0]! + existing;
    const activeMean = withIt * draw.d30 + without * unrewarded;
    const lifted = (1 - brought) * withIt * draw.lift;
    const mean = brought * activeMean + lifted + existing;
    const ofBrought =
      draw.chanceKept * deviation(withIt, brought * draw.d30, without, brought * unrewarded);
    const ofLifted = draw.chanceLift * deviation(withIt, (1 - brought) * draw.lift, 0, 0);
    const ofAnyway =
      draw.chanceStay * deviation(withIt + without, (1 - brought) * unrewarded, 0, 0);
    const ofExisting = draw.chanceExisting * deviation(rewarded.existing, draw.existingLift, 0, 0);
    const invited = arrivals.people > 0 ? 1 - arrivals.own / arrivals.people : 0;
    this.keptOfOrigin[0] = (brought - invited) * activeMean + lifted;
    this.keptOfOrigin[1] = invited * activeMean;
    this.keptOfOrigin[2] = existing;
    // Chance alone keeps nobody away.
    this.kept = Math.max(Math.min(0, mean), mean + ofBrought + ofLifted + ofExisting);
    this.active = Math.max(0, activeMean + ofBrought + ofLifted + ofAnyway);
    const part = mean === 0 ? 1 : this.kept / mean;
    for (let wave = 0; wave < keptOfWave.length; wave++) {
      keptOfWave[wave] = keptOfWave[wave]! * part;
    }
    for (let o = 0; o < ORIGINS.length; o++) this.keptOfOrigin[o] = this.keptOfOrigin[o]! * part;
  }
}

/** Standard deviation of how many of two groups do what each does with some probability. */
function deviation(a: number, shareA: number, b: number, shareB: number): number {
  const of = (people: number, share: number): number => {
    const size = Math.abs(share);
    return Math.max(0, people) * size * Math.max(0, 1 - size);
  };
  return Math.sqrt(of(a, shareA) + of(b, shareB));
}
