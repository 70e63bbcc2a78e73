// A campaign that is looked at a hundred times while it runs. Looks begin when a hundredth of the
// planned users is there: always-valid intervals are asymptotic, and say nothing of the first few.
import { effectsOf } from "../../src/prove/effects.ts";
import type { Study } from "../../src/prove/study.ts";
import { DEFAULT_POWER, normalQuantile, sequenceWidth } from "../../src/stats/index.ts";
import { KEPT } from "./campaign.ts";
import {
  AT_MOST,
  type Experiment,
  type Outcome,
  oncePerSeed,
  SPEAKS,
  streamOf,
} from "./experiment.ts";
import {
  createPopulation,
  meanOf,
  type Population,
  type Question,
  trueEffect,
} from "./population.ts";

const LOOKS = 100;
const HOLDOUT = 0.5;

interface Design {
  readonly population: Population;
  readonly users: number;
}

/** As many users as make the true effect twice what the sequence sees with the chance .8. */
function designOf(population: Population): Design {
  const share = meanOf(population.heldOut.kept);
  const variance = share * (1 - share) * (1 / HOLDOUT + 1 / (1 - HOLDOUT));
  // At its tuning the width does not depend on the number of users.
  const errors = sequenceWidth(1000, 0.05, 1000) + normalQuantile(DEFAULT_POWER);
  const users = variance * ((2 * errors) / trueEffect(population, "kept")) ** 2;
  return { population, users: LOOKS * Math.ceil(users / LOOKS) };
}

export function looksOf(question: Question): Experiment {
  const id = `looks/${question}`;
  const designs = oncePerSeed((seed) => designOf(createPopulation(question, seed)));
  return {
    id,
    about: question,
    isSampled: false,
    rows: [
      {
        id: "false alarm",
        title: "always-valid alarm at any of 100 looks, no effect",
        rule: AT_MOST,
      },
      {
        id: "speaks",
        title: "always-valid alarm by then, twice the detectable effect",
        rule: SPEAKS,
      },
      {
        id: "peeking",
        title: "control: the plan's interval at any of 100 looks, no effect",
        rule: { kind: "control", chance: 0.05 },
      },
    ],
    run: (seed, campaign) => watched(designs(seed), streamOf(seed, id, campaign)),
  };
}

function watched({ population, users }: Design, stream: ReturnType<typeof streamOf>): Outcome {
  const { treated, heldOut } = population;
  const counts = { control: 0, treatment: 0, kept: 0, none: 0, card: 0 };
  const found = { "false alarm": false, speaks: false, peeking: false };
  for (let i = 1; i <= users; i++) {
    const user = stream.nextInt(population.users);
    if (stream.nextU32() < HOLDOUT * 2 ** 32) {
      counts.control += 1;
      counts.kept += heldOut.kept[user]!;
    } else {
      counts.treatment += 1;
      counts.none += heldOut.kept[user]!;
      counts.card += treated.kept[user]!;
    }
    if (i % (users / LOOKS) !== 0) continue;
    const study = (kept: number): Study => studyOf(population, users, counts, kept);
    const nothing = effectsOf(study(counts.none))[0]!;
    const effect = effectsOf(study(counts.card))[0]!;
    found["false alarm"] ||= isAlarm(nothing.alwaysValid);
    found.peeking ||= isAlarm(nothing.absolute);
    found.speaks ||= isAlarm(effect.alwaysValid);
  }
  return found;
}

function isAlarm(interval: { readonly lower: number; readonly upper: number } | null): boolean {
  return interval !== null && (interval.lower > 0 || interval.upper < 0);
}

function studyOf(
  { question }: Population,
  plannedUsers: number,
  counts: { readonly control: number; readonly treatment: number; readonly kept: number },
  treatedKept: number,
): Study {
  const arm = (id: string, n: number, kept: number) => ({
    ...{ id, n, weight: 1, claims: null },
    outcomes: { kept: { n, sum: kept, sumSquares: kept } },
  });
  return {
    ...{ title: "", estimand: question, randomised: true, ownAllocator: true, source: "" },
    metrics: KEPT,
    control: arm("holdout", counts.control, counts.kept),
    treatments: [arm("card", counts.treatment, treatedKept)],
    reading: { plannedUsers },
  };
}
