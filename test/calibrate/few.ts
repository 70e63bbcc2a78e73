// Few held out: 1 % of 100,000 users and .1 % of a million, which is how campaigns of this size are
// run. Rare shares, skewed spend, small strata, values that tie: where an interval that takes its
// width from the few it saw is certain of nothing at all.
import type { RandomStream } from "../../src/base/keystream.ts";
import { detectable } from "../../src/prove/detectable.ts";
import { effectsOf } from "../../src/prove/effects.ts";
import type { Segment, Study, StudyArm } from "../../src/prove/study.ts";
import {
  differenceInMeans,
  type Moments,
  type PairMoments,
  type QuantileSummary,
  summarizeShare,
} from "../../src/stats/index.ts";
import { type EffectRow, isClear } from "../../src/verdict/effect-row.ts";
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
import { buyersLaw, drawCount, drawPair, drawQuantile, type Law, numberOf } from "./few-laws.ts";

export interface Few {
  readonly title: string;
  readonly users: number;
  readonly heldOut: number;
}

export const FEW: readonly Few[] = [
  { title: "1 % of 100,000 held out", users: 100_000, heldOut: 1_000 },
  { title: "0.1 % of a million held out", users: 1_000_000, heldOut: 1_000 },
];

export const SHARE: Metric = { id: "y", title: "kept", kind: "share", unit: "", digits: 2 };
export const MEAN: Metric = { ...SHARE, title: "spend", kind: "mean", unit: "yuan" };
const RATIO: Metric = { ...MEAN, kind: "ratio" };
const QUANTILE: Metric = { ...MEAN, kind: "quantile" };

/** Orders of which exactly nine in ten users have one or none: the 90th percentile is 1 or 2. */
const ORDERS = [0.5, 0.4, 0.07, 0.03];
const SKEWED = { buying: 0.06, spread: 0.9 };
/** A user's skewness here is above 100: a thousand held out are hopeless. */
const WILD = { buying: 0.02, spread: 1.5 };

interface Laws {
  readonly skewed: Law;
  readonly wild: Law;
}

export function fewOf(few: Few): Experiment {
  const id = `few/${few.title}`;
  const laws = oncePerSeed((seed): Laws => {
    const stream = streamOf(seed, "few/laws", 0);
    return { skewed: buyersLaw(stream, SKEWED), wild: buyersLaw(stream, WILD) };
  });
  const none = (what: string) => `${what}: an effect where there is none, ${few.title}`;
  return {
    id,
    about: few.title,
    isSampled: false,
    rows: [
      { id: "share 2", title: none("share of 2 %"), rule: AT_MOST },
      { id: "share 0.5", title: none("share of 0.5 %"), rule: AT_MOST },
      { id: "share 0.1", title: none("share of 0.1 %"), rule: AT_MOST },
      { id: "held share", title: `share of 2 %, raised by half, ${few.title}`, rule: AT_LEAST },
      { id: "held lift", title: `the same, relative, ${few.title}`, rule: AT_LEAST },
      {
        id: "planned",
        title: `share of 2 %: a rise found that the plan calls seen in 80 %, ${few.title}`,
        rule: { kind: "at least", chance: 0.8 },
      },
      {
        id: "margin",
        title: `share of 5 %: guardrail held on its margin, ${few.title}`,
        rule: AT_MOST,
      },
      { id: "spend", title: none("skewed spend"), rule: AT_MOST },
      { id: "held spend", title: `skewed spend, ${few.title}`, rule: AT_LEAST },
      { id: "wild", title: none("spend ruled by a few"), rule: AT_MOST },
      { id: "basket", title: none("spend an order"), rule: AT_MOST },
      { id: "strata", title: none("share of 10 % in 40 strata"), rule: AT_MOST },
      { id: "tied", title: none("90th percentile of whole numbers"), rule: AT_MOST },
      {
        id: "wald",
        title: `control: Wald's interval of a share of 0.5 %, ${few.title}`,
        rule: { kind: "control", chance: 0.05 },
      },
    ],
    run: (seed, campaign) => fewRun(few, laws(seed), streamOf(seed, id, campaign)),
  };
}

function fewRun(few: Few, { skewed, wild }: Laws, stream: RandomStream): Outcome {
  const { heldOut, users } = few;
  const treated = users - heldOut;
  const shares = (p: number, q = p): EffectRow => readShares(stream, few, p, q);
  const half = shares(0.005);
  const raised = shares(0.02, 0.03);
  const outcome = { share: 0.02 };
  const asked = { users, holdout: heldOut / users, outcome, weeks: 1 };
  const rise = detectable(asked).weekly[0]!.fixed;
  const means = (law: Law): EffectRow =>
    readMean(numberOf(drawPair(stream, law, heldOut)), numberOf(drawPair(stream, law, treated)));
  const spend = means(skewed);
  return {
    "share 2": isClear(shares(0.02)),
    "share 0.5": isClear(half),
    "share 0.1": isClear(shares(0.001)),
    "held share": holdsTruth(raised.absolute, 0.01),
    "held lift": holdsTruth(raised.relative, 0.5),
    planned: isClear(shares(0.02, 0.02 + rise)),
    margin: heldOnMargin(stream, few),
    spend: isClear(spend),
    "held spend": holdsTruth(spend.absolute, 0),
    wild: isClear(means(wild)),
    basket: isClear(
      readRatio(drawPair(stream, skewed, heldOut), drawPair(stream, skewed, treated)),
    ),
    strata: isClear(readStrata(stream, few, 0.1)),
    tied: isClear(
      readQuantile(
        drawQuantile(stream, ORDERS, heldOut, 0.9),
        drawQuantile(stream, ORDERS, treated, 0.9),
      ),
    ),
    wald: waldOf(stream, few, 0.005),
  };
}

function waldOf(stream: RandomStream, { heldOut, users }: Few, p: number): boolean {
  const [a, b] = [heldOut, users - heldOut].map((n) => summarizeShare(drawCount(stream, n, p), n));
  return a!.variance + b!.variance > 0 && differenceInMeans(a!, b!).p < 0.05;
}

/** Kept falls from 5 % by exactly what the guardrail allows. */
function heldOnMargin(stream: RandomStream, { heldOut, users }: Few): boolean {
  const margin = 0.02;
  const control = counted("none", heldOut, drawCount(stream, heldOut, 0.05));
  const card = counted("card", users - heldOut, drawCount(stream, users - heldOut, 0.05 - margin));
  // As good as none within twice the margin on the other side: the question has one side only.
  const [row] = effectsOf(studyOf(SHARE, control, card, { negligible: { y: margin } }));
  return (row!.equivalence?.p ?? 1) < 0.05;
}

function counted(id: string, n: number, sum: number): StudyArm {
  return { id, n, weight: n, claims: null, outcomes: { y: { n, sum, sumSquares: sum } } };
}

function readShares(
  stream: RandomStream,
  { heldOut, users }: Few,
  p: number,
  q: number,
): EffectRow {
  const control = counted("none", heldOut, drawCount(stream, heldOut, p));
  const card = counted("card", users - heldOut, drawCount(stream, users - heldOut, q));
  return effectsOf(studyOf(SHARE, control, card))[0]!;
}

function readMean(control: Moments, treatment: Moments): EffectRow {
  const arm = (id: string, y: Moments): StudyArm => {
    return { id, n: y.n, weight: y.n, claims: null, outcomes: { y } };
  };
  return effectsOf(studyOf(MEAN, arm("none", control), arm("card", treatment)))[0]!;
}

function readRatio(control: PairMoments, treatment: PairMoments): EffectRow {
  const arm = (id: string, y: PairMoments): StudyArm => {
    return { id, n: y.n, weight: y.n, claims: null, outcomes: {}, ratios: { y } };
  };
  return effectsOf(studyOf(RATIO, arm("none", control), arm("card", treatment)))[0]!;
}

function readQuantile(control: QuantileSummary, treatment: QuantileSummary): EffectRow {
  const arm = (id: string, y: QuantileSummary): StudyArm => {
    return { id, n: y.n, weight: y.n, claims: null, outcomes: {}, quantiles: { y } };
  };
  return effectsOf(studyOf(QUANTILE, arm("none", control), arm("card", treatment)))[0]!;
}

const STRATA = 40;

/** Strata of 25 held-out users on average, whose number is chance as well. */
function readStrata(stream: RandomStream, { heldOut, users }: Few, p: number): EffectRow {
  const sizes = [heldOut, users - heldOut].map((n) => {
    let [left, rest] = [n, STRATA];
    return Array.from({ length: STRATA }, () => {
      const size = rest === 1 ? left : drawCount(stream, left, 1 / rest);
      left -= size;
      rest -= 1;
      return size;
    });
  });
  const segments = Array.from({ length: STRATA }, (_, at): Segment => {
    const arms = ["none", "card"].map((id, i) => {
      const n = sizes[i]![at]!;
      return counted(id, n, drawCount(stream, n, p));
    });
    return { by: "city", value: String(at), arms };
  });
  const whole = (at: number): StudyArm => {
    const own = segments.map(({ arms }) => arms[at]!.outcomes.y!);
    const sum = (of: (moments: Moments) => number): number =>
      own.reduce((total, each) => total + of(each), 0);
    return counted(
      ["none", "card"][at]!,
      sum(({ n }) => n),
      sum((each) => each.sum),
    );
  };
  const study = studyOf(SHARE, whole(0), whole(1), { stratifyBy: "city" });
  const rows = effectsOf({ ...study, segments });
  return rows.find(({ population }) => population === "stratified")!;
}

export function studyOf(
  metric: Metric,
  control: StudyArm,
  treatment: StudyArm,
  reading: Study["reading"] = {},
): Study {
  return {
    ...{ title: "", estimand: "reach", randomised: true, ownAllocator: true, source: "" },
    ...{ metrics: [metric], control, treatments: [treatment], reading },
  };
}
