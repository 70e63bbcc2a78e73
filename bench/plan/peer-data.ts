// What the peer of the bench `plan` is given: the terms of the year, the steps in which ours
// computes it, and the draws of everything that is assumed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CampaignModel } from "../../src/plan/model/campaign.ts";
import { gridOf } from "../../src/plan/model/grid.ts";
import { CHANCE_PEOPLE_MOST } from "../../src/plan/model/hour-chance.ts";
import type { CampaignInputs } from "../../src/plan/model/inputs.ts";
import { segmentsOf } from "../../src/plan/model/segments.ts";
import { Binding } from "../../src/plan/monte-carlo/bind.ts";
import { type DrawJob, setOf } from "../../src/plan/monte-carlo/block.ts";

/** Draws that the peer takes at once: as many as its cache likes best. */
const PIECE = 2_000;

export function writePeerData(folder: string, job: DrawJob, draws: number): void {
  const set = setOf(job);
  const binding = new Binding(set, job.terms, job.overrides);
  const values = new Float64Array(set.list.length);
  set.draw(0, values);
  const inputs = namedInputs(binding.fill(values)).map(([name]) => name);
  const rows = new Float64Array(draws * inputs.length);
  const model = new CampaignModel(job.terms);
  for (let i = 0; i < draws; i++) {
    set.draw(i, values);
    const draw = binding.fill(values);
    rows.set(
      namedInputs(draw).map(([, value]) => value),
      i * inputs.length,
    );
    // The peer has no chance from hour to hour, and neither has ours with so many people.
    const people = model.run(draw).people + draw.existing;
    if (people <= CHANCE_PEOPLE_MOST)
      throw new Error(`draw ${i}: expected more people than chance`);
  }
  writeFileSync(join(folder, "inputs.f64"), rows);
  writeFileSync(join(folder, "terms.json"), JSON.stringify(termsOf(job, inputs)));
}

function termsOf({ terms }: DrawJob, inputs: readonly string[]): object {
  const caps = terms.caps ?? [];
  for (const { id, counts, per, on } of caps) {
    if (counts === "money" && per === "total" && on === "claim") continue;
    throw new Error(
      `cap ${id}: expected one that the peer counts, of money in all that is claimed`,
    );
  }
  const grid = gridOf(terms);
  const { count: _, busiest: __, ...steps } = grid;
  const plain = Object.entries(steps).map(([name, numbers]) => [name, [...numbers]]);
  const { rewardsPerUser, holdout, months, budget, settlingHours } = terms;
  return {
    ...Object.fromEntries(plain),
    ...{ inputs, piece: PIECE, rewardsPerUser, holdout, months, budget, settlingHours, caps },
    hoursInAll: terms.hourWeights.length,
    waves: terms.waves.map((wave) => ({ ...wave, released: wave.released && [...wave.released] })),
    offers: terms.offers.map((offer) => ({ deviation: 0, skewness: 0, ...offer })),
    segments: segmentsOf(terms, grid),
  };
}

/** Those that say something: an input that is not given is null. */
function namedInputs({ waves, offers, ...campaign }: CampaignInputs): [string, number][] {
  const of = (prefix: string, fields: object): [string, number][] =>
    Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [prefix + name, value]);
  return [
    ...of("", campaign),
    ...waves.flatMap((wave, i) => of(`wave.${i}.`, wave)),
    ...offers.flatMap((offer, i) => of(`offer.${i}.`, offer)),
  ];
}
