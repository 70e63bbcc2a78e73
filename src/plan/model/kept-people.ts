// Who is there 30 days later, and who of them because of the campaign: all of those it brought, and
// what the reward adds to those who would have come anyway and to users of before. Who came for a
// reward and got none stays at a rate of his own.
import { ORIGINS } from "./cohort-money.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { RewardedPeople } from "./rewarded-people.ts";
import type { WaveComers } from "./wave-comers.ts";

export class KeptPeople {
  /** Because of the campaign. */
  kept = 0;
  /** Of those who came, whoever brought them. */
  active = 0;
  readonly keptOfWave: Float64Array;
  /** By wave: whom the campaign brought and who have nothing. */
  readonly emptyOfWave: Float64Array;
  /** D30 of those who came and have a reward, less that of those who have none; and the latter. */
  rewardEffect = 0;
  emptyHanded = 0;
  /** Because of the campaign, by how they came: see ORIGINS. */
  readonly keptOfOrigin: Float64Array = new Float64Array(ORIGINS.length);
  /** People of all waves: those with a reward and those without, and the brought among both. */
  private having = 0;
  private lacking = 0;
  private havingBrought = 0;
  private lackingBrought = 0;

  constructor(waves: number) {
    this.keptOfWave = new Float64Array(waves);
    this.emptyOfWave = new Float64Array(waves);
  }

  count(draw: CampaignInputs, comers: readonly WaveComers[], rewarded: RewardedPeople): void {
    const { keptOfWave, keptOfOrigin } = this;
    const unrewarded = Math.max(0, draw.d30 - draw.lift);
    const empty = draw.refused === null ? unrewarded : Math.min(draw.refused, draw.d30);
    this.having = this.lacking = this.havingBrought = this.lackingBrought = 0;
    keptOfOrigin.fill(0);
    for (let wave = 0; wave < keptOfWave.length; wave++) {
      this.countWave(wave, comers[wave]!, rewarded.ofWave[wave]!, draw, empty);
    }
    const existing = rewarded.existing * draw.existingLift;
    keptOfWave[0] = keptOfWave[0]! + existing;
    const { having, lacking, havingBrought, lackingBrought } = this;
    const lifted = (having - havingBrought) * draw.lift;
    const ofBrought = havingBrought * draw.d30 + lackingBrought * empty;
    const anyway = (having - havingBrought + lacking - lackingBrought) * unrewarded;
    const mean = ofBrought + lifted + existing;
    // Who is brought is a matter of chance as well.
    const [some, others] = [shareOf(havingBrought, having), shareOf(lackingBrought, lacking)];
    const people = having + lacking;
    this.emptyHanded = some * empty + (1 - some) * unrewarded;
    this.rewardEffect = some * draw.d30 + (1 - some) * (unrewarded + draw.lift) - this.emptyHanded;
    const chance =
      draw.chanceKept * deviation(having, some * draw.d30, lacking, others * empty) +
      draw.chanceLift * deviation(having, (1 - some) * draw.lift, 0, 0);
    const ofAnyway = draw.chanceStay * deviation(people, shareOf(anyway, people), 0, 0);
    const ofExisting = draw.chanceExisting * deviation(rewarded.existing, draw.existingLift, 0, 0);
    keptOfOrigin[0] = keptOfOrigin[0]! + lifted;
    keptOfOrigin[2] = existing;
    // Chance alone keeps nobody away.
    this.kept = Math.max(Math.min(0, mean), mean + chance + ofExisting);
    this.active = Math.max(0, ofBrought + lifted + anyway + chance + ofAnyway);
    const part = mean === 0 ? 1 : this.kept / mean;
    for (let wave = 0; wave < keptOfWave.length; wave++) {
      keptOfWave[wave] = keptOfWave[wave]! * part;
    }
    for (let o = 0; o < ORIGINS.length; o++) keptOfOrigin[o] = keptOfOrigin[o]! * part;
  }

  /** @param having of the wave's people, in it or in a later one */
  private countWave(
    wave: number,
    comers: WaveComers,
    having: number,
    draw: CampaignInputs,
    empty: number,
  ): void {
    const { people, brought, invited } = comers;
    const lackedFirst = Math.max(0, people - comers.having);
    // Of those who got nothing at first, a later wave's rewards reach all alike.
    const late = lackedFirst > 0 ? Math.min(1, (having - comers.having) / lackedFirst) : 0;
    const withIt = (all: number, first: number): number => first + late * Math.max(0, all - first);
    const havingBrought = withIt(brought, comers.havingBrought);
    const havingInvited = withIt(invited, comers.havingInvited);
    const lackingBrought = Math.max(0, brought - havingBrought);
    const lackingInvited = Math.max(0, invited - havingInvited);
    const { keptOfOrigin } = this;
    const kept = havingBrought * draw.d30 + lackingBrought * empty;
    const ofInvited = havingInvited * draw.d30 + lackingInvited * empty;
    keptOfOrigin[0] = keptOfOrigin[0]! + kept - ofInvited;
    keptOfOrigin[1] = keptOfOrigin[1]! + ofInvited;
    this.keptOfWave[wave] = kept + (having - havingBrought) * draw.lift;
    this.emptyOfWave[wave] = lackingBrought;
    this.having += having;
    this.lacking += Math.max(0, people - having);
    this.havingBrought += havingBrought;
    this.lackingBrought += lackingBrought;
  }
}

function shareOf(part: number, all: number): number {
  return all > 0 ? Math.min(1, Math.max(0, part / all)) : 0;
}

/** Standard deviation of how many of two groups do what each does with some probability. */
function deviation(a: number, shareA: number, b: number, shareB: number): number {
  const of = (people: number, share: number): number => {
    const size = Math.abs(share);
    return Math.max(0, people) * size * Math.max(0, 1 - size);
  };
  return Math.sqrt(of(a, shareA) + of(b, shareB));
}
