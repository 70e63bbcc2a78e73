// Few held out, watched while it runs, and their payback: a hundred looks from the hundredth part
// of the users on, at which a holdout of .1 % is ten users; and 300 held-out users of whom one in
// thirty comes back.
import type { RandomStream } from "../../src/base/keystream.ts";
import type { ActivityStudy, ArmActivity } from "../../src/prove/activity.ts";
import { effectsOf } from "../../src/prove/effects.ts";
import { paybackOf } from "../../src/prove/payback.ts";
import type { StudyArm } from "../../src/prove/study.ts";
import {
  addMoments,
  confidenceSequence,
  differenceInMeans,
  type Moments,
  summarizeShare,
} from "../../src/stats/index.ts";
import type { EffectRow } from "../../src/verdict/effect-row.ts";
import type { Metric } from "../../src/verdict/metric.ts";
import {
  AT_LEAST,
  AT_MOST,
  type Experiment,
  holdsTruth,
  type Outcome,
  oncePerSeed,
  streamOf,
} from "./experiment.ts";
import { type Few, MEAN, SHARE, studyOf } from "./few.ts";
import { buyersLaw, drawCount, drawPair, type Law, numberOf } from "./few-laws.ts";

const LOOKS = 100;
const SPEND = { buying: 0.2, spread: 0.8 };

export function fewLooksOf(few: Few): Experiment {
  const id = `few/looks/${few.title}`;
  const laws = oncePerSeed((seed) => buyersLaw(streamOf(seed, "few/laws", 0), SPEND));
  const alarm = (what: string) => `always-valid alarm at any of 100 looks, no effect on ${what}`;
  return {
    id,
    about: few.title,
    isSampled: false,
    rows: [
      { id: "common", title: `${alarm("a share of 23.5 %")}, ${few.title}`, rule: AT_MOST },
      { id: "rare", title: `${alarm("a share of 2 %")}, ${few.title}`, rule: AT_MOST },
      { id: "spend", title: `${alarm("skewed spend")}, ${few.title}`, rule: AT_MOST },
      {
        id: "wald",
        title: `control: the same from Wald's error, a share of 2 %, ${few.title}`,
        rule: { kind: "control", chance: 0.05 },
      },
    ],
    run: (seed, campaign) => looksRun(few, laws(seed), streamOf(seed, id, campaign)),
  };
}

function looksRun(few: Few, law: Law, stream: RandomStream): Outcome {
  const rare = sharesWatched(few, stream, 0.02);
  return {
    common: sharesWatched(few, stream, 0.235).alarm,
    rare: rare.alarm,
    spend: spendWatched(few, stream, law),
    wald: rare.wald,
  };
}

function isAlarm(interval: { readonly lower: number; readonly upper: number } | null): boolean {
  return interval !== null && (interval.lower > 0 || interval.upper < 0);
}

interface Looked {
  readonly control: Moments;
  readonly treatment: Moments;
}

/** Every look's users, each held out by a chance of his own. */
function* looksAt({ users, heldOut }: Few, stream: RandomStream): Generator<[number, number]> {
  const batch = users / LOOKS;
  for (let look = 0; look < LOOKS; look++) {
    const held = drawCount(stream, batch, heldOut / users);
    yield [held, batch - held];
  }
}

function sharesWatched(few: Few, stream: RandomStream, p: number) {
  const found = { alarm: false, wald: false };
  let now: Looked = { control: EMPTY, treatment: EMPTY };
  const more = (before: Moments, n: number): Moments => {
    const sum = before.sum + drawCount(stream, n, p);
    return { n: before.n + n, sum, sumSquares: sum };
  };
  for (const [held, treated] of looksAt(few, stream)) {
    now = { control: more(now.control, held), treatment: more(now.treatment, treated) };
    found.alarm ||= isAlarm(readOf(SHARE, now, few)?.alwaysValid ?? null);
    found.wald ||= isWaldAlarm(now, few);
  }
  return found;
}

const EMPTY: Moments = { n: 0, sum: 0, sumSquares: 0, cubes: 0 };

function spendWatched(few: Few, stream: RandomStream, law: Law): boolean {
  let [now, alarm]: [Looked, boolean] = [{ control: EMPTY, treatment: EMPTY }, false];
  const more = (before: Moments, n: number): Moments =>
    n === 0 ? before : addMoments(before, numberOf(drawPair(stream, law, n)));
  for (const [held, treated] of looksAt(few, stream)) {
    now = { control: more(now.control, held), treatment: more(now.treatment, treated) };
    alarm ||= isAlarm(readOf(MEAN, now, few)?.alwaysValid ?? null);
  }
  return alarm;
}

function readOf(metric: Metric, { control, treatment }: Looked, few: Few): EffectRow | null {
  if (control.n < 2) return null;
  const arm = (id: string, y: Moments, weight: number): StudyArm => {
    return { id, n: y.n, weight, claims: null, outcomes: { y } };
  };
  const [held, card] = [
    arm("none", control, few.heldOut),
    arm("card", treatment, few.users - few.heldOut),
  ];
  return effectsOf(studyOf(metric, held, card, { plannedUsers: few.users }))[0]!;
}

function isWaldAlarm({ control, treatment }: Looked, { users }: Few): boolean {
  if (control.n < 2) return false;
  const [a, b] = [control, treatment].map(({ sum, n }) => summarizeShare(sum, n));
  if (a!.variance + b!.variance === 0) return false;
  const effect = differenceInMeans(a!, b!);
  return isAlarm(confidenceSequence(effect, control.n + treatment.n, { tuning: users }));
}

const PERIODS = 3;
/** Chance of a user to be active in a period at all, and of such a user in each period. */
const [RETURNING, HABIT] = [0.05, 0.6];
const WATCHED = { heldOut: 300, treated: 29_700 };

export function fewPayback(): Experiment {
  const id = "few/payback";
  const about = "1 % of 30,000 held out";
  return {
    id,
    about,
    isSampled: true,
    rows: [
      { id: "pays", title: `payback: "pays" where nothing differs, ${about}`, rule: AT_MOST },
      { id: "net", title: `payback: net of the periods watched, ${about}`, rule: AT_LEAST },
      { id: "floor", title: 'payback: "pays" where nothing differs, 60 held out', rule: AT_MOST },
    ],
    run: async (seed, campaign) => {
      const stream = streamOf(seed, id, campaign);
      const read = async (heldOut: number) => {
        const study: ActivityStudy = {
          ...{ periodDays: 30, periods: PERIODS },
          control: activeUsers(stream, "none", heldOut),
          treatments: [activeUsers(stream, "card", WATCHED.treated)],
        };
        const question = {
          ...{ marginPerActivePeriod: 50, discountPerYear: 0, currency: "CNY" },
          ...{ horizonPeriods: PERIODS, seed: `${seed}/${campaign}/${heldOut}` },
        };
        return (await paybackOf(study, question, { workers: 0 })).arms[0]!.watched;
      };
      const [many, few] = [await read(WATCHED.heldOut), await read(60)];
      return {
        pays: many.finding === "pays",
        net: holdsTruth(many.net, 0),
        floor: few.finding === "pays",
      };
    },
  };
}

function activeUsers(stream: RandomStream, id: string, users: number): ArmActivity {
  const counts = new Map<number, number>([[0, 0]]);
  const returning = drawCount(stream, users, RETURNING);
  for (let i = 0; i < returning; i++) {
    let mask = 0;
    for (let t = 0; t < PERIODS; t++) if (stream.nextFloat() < HABIT) mask |= 1 << t;
    counts.set(mask, (counts.get(mask) ?? 0) + 1);
  }
  counts.set(0, counts.get(0)! + users - returning);
  const rows = [...counts].sort(([a], [b]) => a - b);
  return {
    id,
    users,
    rows: rows.map(([mask, n]) => ({ mask, users: n, outlay: 0, outlaySquares: 0 })),
  };
}
