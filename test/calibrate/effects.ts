// Do the intervals of effects hold the truth, and do margins that are just reached stay unproven?
// Read from the verdict itself, as a report has them.
import { costPerKept } from "../../src/prove/cost.ts";
import type { Reading } from "../../src/prove/study.ts";
import { verdictOf } from "../../src/prove/verdict.ts";
import {
  differenceInMeans,
  type Effect,
  effectPosterior,
  type Moments,
  summarizeMoments,
} from "../../src/stats/index.ts";
import type { EffectRow, Population as Readers } from "../../src/verdict/effect-row.ts";
import type { Guardrail } from "../../src/verdict/metric.ts";
import { drawUsers, fullStudy, keptStudy, momentsAt, pairsAt, TOP_SHARE } from "./campaign.ts";
import {
  AT_LEAST,
  AT_MOST,
  CONTROL,
  COVERS,
  type Experiment,
  holdsTruth,
  type Outcome,
  oncePerSeed,
  type Row,
  streamOf,
} from "./experiment.ts";
import {
  createPopulation,
  meanOf,
  type Population,
  type Question,
  trueEffect,
  type Values,
  type World,
} from "./population.ts";

const DESIGN = { users: 16_000, holdout: 0.25 };
/** Enough users that the effect on who is kept is clear of zero, and a cost a kept user bounded. */
const COST_DESIGN = { users: 40_000, holdout: 0.5 };

const ROWS: readonly Row[] = [
  { id: "share", title: "difference of shares (kept)", rule: COVERS },
  { id: "share lift", title: "relative lift of a share (kept)", rule: COVERS },
  { id: "mean", title: "difference of means (orders)", rule: COVERS },
  { id: "skewed mean", title: "difference of means, skewed (spend)", rule: COVERS },
  { id: "mean lift", title: "relative lift of a mean (spend)", rule: COVERS },
  { id: "ratio", title: "ratio of sums (spend an order)", rule: COVERS },
  { id: "quantile", title: "quantile (90th percentile of spend)", rule: COVERS },
  { id: "adjusted", title: "adjusted by what was before (CUPED)", rule: COVERS },
  { id: "adjusted lift", title: "the same, relative", rule: COVERS },
  { id: "stratified", title: "post-stratified (kept)", rule: COVERS },
  { id: "posterior", title: "credible interval, default prior (kept)", rule: COVERS },
  { id: "one look", title: "always-valid interval at one look (kept)", rule: AT_LEAST },
  {
    id: "equivalence",
    title: "called as good as none, truth on the margin",
    rule: AT_MOST,
  },
  { id: "guardrail", title: "guardrail called held, truth on the margin", rule: AT_MOST },
  { id: "narrow", title: "control: interval of shares 20 % too narrow", rule: CONTROL },
];

const CLAIMED: Row = { id: "claimed", title: "effect on those who claimed (spend)", rule: COVERS };

interface Truths {
  readonly population: Population;
  readonly kept: number;
  readonly orders: number;
  readonly spend: number;
  readonly base: Readonly<Record<"kept" | "orders" | "spend", number>>;
  readonly ratio: number;
  readonly top: number;
  readonly claimed: number;
}

export function effectsOf(question: Question): Experiment {
  const id = `effects/${question}`;
  const truths = oncePerSeed((seed) => truthsOf(createPopulation(question, seed)));
  return {
    id,
    about: question,
    isSampled: false,
    rows: question === "reach" ? [...ROWS, CLAIMED] : ROWS,
    run: (seed, campaign) => effectsRun(truths(seed), streamOf(seed, id, campaign)),
  };
}

function effectsRun(truth: Truths, stream: ReturnType<typeof streamOf>): Outcome {
  const { population } = truth;
  const drawn = drawUsers(population, stream, DESIGN);
  const study = fullStudy(population, drawn, DESIGN.holdout, readingOf(truth));
  const [read] = verdictOf({ title: "", studies: [study] }).studies;
  const rowOf = (metric: string, of: Readers = "assigned"): EffectRow | undefined =>
    read!.effects.find((row) => row.metric.id === metric && row.population === of);
  const share = rowOf("kept")!;
  // The row that decides: where the number before explains nothing, nothing is adjusted.
  const sharper = (metric: string): EffectRow | undefined => {
    const own = rowOf(metric, "adjusted");
    return own?.absolute ? own : rowOf(metric);
  };
  const adjusted = population.question === "reach" ? "kept" : "orders";
  const { kept, orders, spend, base } = truth;
  const claims =
    population.question === "reach"
      ? { claimed: holdsTruth(rowOf("spend", "claimed")?.absolute, truth.claimed) }
      : {};
  return {
    ...claims,
    share: holdsTruth(share.absolute, kept),
    "share lift": holdsTruth(share.relative, kept / base.kept),
    mean: holdsTruth(rowOf("orders")?.absolute, orders),
    "skewed mean": holdsTruth(rowOf("spend")?.absolute, spend),
    "mean lift": holdsTruth(rowOf("spend")?.relative, spend / base.spend),
    ratio: holdsTruth(rowOf("basket")?.absolute, truth.ratio),
    quantile: holdsTruth(rowOf("top")?.absolute, truth.top),
    adjusted: holdsTruth(sharper(adjusted)?.absolute, truth[adjusted]),
    "adjusted lift": holdsTruth(sharper(adjusted)?.relative, truth[adjusted] / base[adjusted]),
    stratified: holdsTruth(rowOf("kept", "stratified")?.absolute, kept),
    posterior: holdsTruth(share.posterior, kept),
    "one look": holdsTruth(share.alwaysValid, kept),
    equivalence: share.equivalence === null ? null : share.equivalence.p < 0.05,
    guardrail: read!.guardrails[0]?.finding === "held",
    narrow: holdsTruth(narrowed(share.absolute!, 0.8), kept),
  };
}

/** Margins that the truth just reaches: nobody may call it within them. */
function readingOf({ kept, spend }: Truths): Reading {
  const worse = spend < 0 ? "lower" : "higher";
  const guardrail: Guardrail = {
    ...{ metric: "spend", worse, margin: Math.abs(spend), isRelative: false },
  };
  return { negligible: { kept: Math.abs(kept) }, guardrails: [guardrail] };
}

function narrowed(
  { estimate, lower, upper }: { estimate: number; lower: number; upper: number },
  by: number,
): { lower: number; upper: number } {
  return { lower: estimate - by * (estimate - lower), upper: estimate + by * (upper - estimate) };
}

function truthsOf(population: Population): Truths {
  const { treated, heldOut } = population;
  const effect = (of: keyof World): number => trueEffect(population, of);
  const ratio = ({ spend, ordersPaid }: World): number => meanOf(spend) / meanOf(ordersPaid);
  return {
    population,
    kept: effect("kept"),
    orders: effect("orders"),
    spend: effect("spend"),
    base: {
      kept: meanOf(heldOut.kept),
      orders: meanOf(heldOut.orders),
      spend: meanOf(heldOut.spend),
    },
    ratio: ratio(treated) - ratio(heldOut),
    top: topOf(treated.spend) - topOf(heldOut.spend),
    claimed: effect("spend") / meanOf(treated.claimed),
  };
}

/** The smallest value that the share of all users lies at or below. */
function topOf(values: Values): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil(TOP_SHARE * sorted.length) - 1]!;
}

/** What a user who stayed because of the treatment cost. */
export function costOf(question: Question): Experiment {
  const id = `cost/${question}`;
  const populations = oncePerSeed((seed) => createPopulation(question, seed));
  const frame = { estimand: question, metric: "kept", currency: "CNY", decimals: 0 };
  return {
    id,
    about: question,
    isSampled: false,
    rows: [{ id: "cost", title: "cost a user kept (ratio of differences)", rule: COVERS }],
    run: (seed, campaign) => {
      const population = populations(seed);
      const { treated, heldOut } = population;
      const drawn = drawUsers(population, streamOf(seed, id, campaign), COST_DESIGN);
      const { causalInterval } = costPerKept(
        frame,
        { arm: "holdout", pair: pairsAt(drawn.heldOut, heldOut.kept, heldOut.outlay) },
        { arm: "card", pair: pairsAt(drawn.treated, treated.kept, treated.outlay) },
      );
      const truth = trueEffect(population, "outlay") / trueEffect(population, "kept");
      const isBounded = causalInterval.lower !== null && causalInterval.upper !== null;
      return { cost: isBounded ? holdsTruth(causalInterval, truth) : null };
    },
  };
}

/** The trap: what a claim-time holdout finds, told as an answer to the other question. */
export function wrongQuestion(): Experiment {
  const id = "wrong question";
  const truths = oncePerSeed((seed) => ({
    arrived: createPopulation("reward, given arrival", seed),
    reach: trueEffect(createPopulation("reach", seed), "kept"),
  }));
  const title = "control: a claim-time holdout's interval, read as reach";
  return {
    id,
    about: "reach",
    isSampled: false,
    rows: [{ id: "misread", title, rule: CONTROL }],
    run: (seed, campaign) => {
      const { arrived, reach } = truths(seed);
      const drawn = drawUsers(arrived, streamOf(seed, id, campaign), DESIGN);
      const study = keptStudy(arrived, drawn, DESIGN.holdout);
      const [read] = verdictOf({ title: "", studies: [study] }).studies;
      return { misread: holdsTruth(read!.effects[0]?.absolute, reach) };
    },
  };
}

/** A posterior is right on average over its prior: effects are drawn from that here. */
export function credible(question: Question): Experiment {
  const id = `credible/${question}`;
  const populations = oncePerSeed((seed) => createPopulation(question, seed));
  return {
    id,
    about: question,
    isSampled: false,
    rows: [
      { id: "credible", title: "credible interval, effects drawn from its prior", rule: COVERS },
    ],
    run: (seed, campaign) => {
      const { heldOut } = populations(seed);
      const stream = streamOf(seed, id, campaign);
      const drawn = drawUsers(populations(seed), stream, DESIGN);
      // Every user's spend is raised by one amount, of the size that this design just sees.
      const prior = { mean: 1, variance: 1 };
      const truth = prior.mean + Math.sqrt(prior.variance) * stream.nextNormal();
      const effect = shifted(
        momentsAt(drawn.heldOut, heldOut.spend),
        momentsAt(drawn.treated, heldOut.spend),
        truth,
      );
      return { credible: holdsTruth(effectPosterior(effect, prior), truth) };
    },
  };
}

function shifted(control: Moments, treatment: Moments, by: number): Effect {
  const { n, mean, variance } = summarizeMoments(treatment);
  return differenceInMeans(summarizeMoments(control), { n, mean: mean + by, variance });
}
