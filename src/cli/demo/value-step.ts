// What the campaign cost and kept, carried back to its real size and into the company's quarter.
import { randomStream } from "../../base/keystream.ts";
import type { Published } from "../../plan/published.ts";
import { publishedChain } from "../../plan/published-chain.ts";
import type { EffectRow, Estimand, Verdict } from "../../prove/index.ts";
import { certain, combine, type Uncertain } from "../../stats/draws.ts";
import type { KeptBase, PublishedValue } from "../../value/published-value.ts";
import { valueFromPublished } from "../../value/published-value.ts";
import type { KnownTruth } from "./known-truth.ts";

export interface ValueInputs {
  readonly published: Published;
  readonly seed: number;
  readonly verdict: Verdict;
  readonly truth: KnownTruth;
  /** Net of reversals, in minor units, at the crowd's size. */
  readonly spentMinor: number;
  readonly decimals: number;
}

/** The crowd is the real campaign at 1 : 1000. */
export const SCALE = 1000;

const DRAWS = 4_000;

export function valueOfDemo(inputs: ValueInputs): PublishedValue {
  const { published, seed, verdict, truth, spentMinor, decimals } = inputs;
  const millions = (amount: number): number => (amount * SCALE) / 1e6;
  const cost = certain(millions(spentMinor / 10 ** decimals), DRAWS);
  const reach = keptBecause(verdict, "reach", seed);
  const reward = keptBecause(verdict, "reward, given arrival", seed);
  const chain = publishedChain(published, { seed, draws: DRAWS });
  const tried = chain.bases.find((base) => base.id === "tried")!.kept;
  const bases: KeptBase[] = [
    {
      title: "published: 12.8 % of 130 M",
      users: tried.find((kept) => kept.id === "industry")!.users,
      grade: "F",
    },
    {
      title: "naive: all who stayed",
      users: certain(millions(truth.keptWith), DRAWS),
      grade: "F",
    },
  ];
  if (reach !== null && reward !== null) {
    const users = combine((a, b) => millions(Math.max(1, a + b)), reach, reward);
    bases.push({ title: "measured against holdouts", users, grade: verdict.grade });
  }
  bases.push({
    title: "truth of the crowd",
    users: certain(millions(truth.keptWith - truth.keptWithout), DRAWS),
    grade: "known",
  });
  return valueFromPublished(published, cost, bases);
}

/** Users whom the treatment kept, as draws around the measured effect. */
function keptBecause(verdict: Verdict, estimand: Estimand, seed: number): Uncertain | null {
  const row = keptEffect(verdict, estimand);
  const absolute = row?.absolute ?? null;
  const study = verdict.studies.find((each) => each.estimand === estimand);
  const treated = study?.arms.find((arm) => arm.id === row?.arm)?.n;
  if (absolute === null || treated === undefined) return null;
  const stream = randomStream(seed, `demo/kept/${estimand}`);
  const draws = new Float64Array(DRAWS);
  for (let i = 0; i < DRAWS; i++) {
    draws[i] = treated * (absolute.estimate + absolute.standardError * stream.nextNormal());
  }
  return { point: treated * absolute.estimate, draws };
}

export function keptEffect(verdict: Verdict, estimand: Estimand): EffectRow | undefined {
  const study = verdict.studies.find((each) => each.estimand === estimand);
  return study?.effects.find((row) => row.metric.id === "d30" && row.population === "assigned");
}
