// Customer value: the intervals of parameters (profile likelihood) and of purchases to come
// (bootstrap over customers), on customers that the models' own laws draw.
import type { RandomStream } from "../../src/base/keystream.ts";
import {
  bgNbd,
  bootstrap,
  fitSbg,
  historyTable,
  type PurchaseHistory,
  profileIntervals,
  sbgLikelihood,
  sbgResidual,
  survivalTable,
} from "../../src/stats/index.ts";
import { COVERS, type Experiment, holdsTruth, streamOf } from "./experiment.ts";

const SBG = { alpha: 0.7, beta: 3.5 };
const COHORT = 2_000;
const RENEWALS = 8;
/** Replicates of each bootstrap: bounds of 95 % lie at the third from either end. */
const REPLICATES = 120;
const YEARLY = { rate: 0.1, horizon: 20 };

/** A cohort under contract: the parameters, and the payments to come of one who is left. */
export function cohorts(): Experiment {
  const id = "cohort";
  return {
    id,
    about: "customers under contract",
    isSampled: true,
    rows: [
      { id: "alpha", title: "sBG: alpha (profile likelihood)", rule: COVERS },
      { id: "beta", title: "sBG: beta (profile likelihood)", rule: COVERS },
      { id: "residual", title: "sBG: payments to come (bootstrap)", rule: COVERS },
    ],
    run: (seed, campaign) => {
      const stream = streamOf(seed, id, campaign);
      const lives = countedLives(stream);
      const table = survivalTable(leftOf(lives));
      const fit = fitSbg(table);
      if (fit.kind === "unidentified") return { alpha: null, beta: null, residual: null };
      const intervals = profileIntervals(sbgLikelihood(table), fit);
      const found = bootstrap(
        lives,
        (rows) => {
          const again = fitSbg(survivalTable(leftOf(rows)));
          return again.kind === "fitted" ? [sbgResidual(again.parameters, 0, YEARLY)] : null;
        },
        { replicates: REPLICATES, stream },
      );
      return {
        alpha: holdsTruth(intervals.alpha, SBG.alpha),
        beta: holdsTruth(intervals.beta, SBG.beta),
        residual: holdsTruth(found?.intervals[0], sbgResidual(SBG, 0, YEARLY)),
      };
    },
  };
}

/** Customers by the renewals that they paid, at most as many as were counted. */
interface Lives {
  readonly renewals: number;
  readonly customers: number;
}

function countedLives(stream: RandomStream): Lives[] {
  const counts = new Array<number>(RENEWALS + 1).fill(0);
  for (let i = 0; i < COHORT; i++) {
    const leaving = beta(stream, SBG.alpha, SBG.beta);
    let renewals = 0;
    while (renewals < RENEWALS && stream.nextFloat() >= leaving) renewals += 1;
    counts[renewals]! += 1;
  }
  return counts.map((customers, renewals) => ({ renewals, customers }));
}

function leftOf(lives: readonly Lives[]): { period: number; survivors: number }[] {
  return Array.from({ length: RENEWALS + 1 }, (_, period) => ({
    period,
    survivors: lives.reduce(
      (sum, { renewals, customers }) => sum + (renewals >= period ? customers : 0),
      0,
    ),
  }));
}

const BG_NBD = { r: 0.6, alpha: 6, a: 0.8, b: 2.5 };
const BUYERS = 400;
const WATCHED_WEEKS = 40;
const AHEAD_WEEKS = 26;

/** Customers outside a contract: what they will buy in the next half year, a customer. */
export function buyers(): Experiment {
  const id = "buyers";
  const ahead =
    bgNbd.expectedRepeats(BG_NBD, WATCHED_WEEKS + AHEAD_WEEKS) -
    bgNbd.expectedRepeats(BG_NBD, WATCHED_WEEKS);
  return {
    id,
    about: "customers outside a contract",
    isSampled: true,
    rows: [
      { id: "r", title: "BG/NBD: r (profile likelihood)", rule: COVERS },
      { id: "ahead", title: "BG/NBD: purchases to come (bootstrap)", rule: COVERS },
    ],
    run: (seed, campaign) => {
      const stream = streamOf(seed, id, campaign);
      const table = historyTable(Array.from({ length: BUYERS }, () => boughtBy(stream)));
      const fit = bgNbd.fit(table);
      if (fit.kind === "unidentified") return { r: null, ahead: null };
      const found = bootstrap(
        table.rows,
        (rows) => {
          const again = bgNbd.fit(historyTable(rows), fit.parameters);
          if (again.kind === "unidentified") return null;
          let sum = 0;
          for (const row of rows) {
            sum += row.customers * bgNbd.expectedPurchases(again.parameters, row, AHEAD_WEEKS);
          }
          return [sum / BUYERS];
        },
        { replicates: REPLICATES, stream },
      );
      const intervals = profileIntervals(bgNbd.likelihood(table), fit);
      return {
        r: holdsTruth(intervals.r, BG_NBD.r),
        ahead: holdsTruth(found?.intervals[0], ahead),
      };
    },
  };
}

/** One customer's history by the model's law. */
function boughtBy(stream: RandomStream): PurchaseHistory {
  const rate = gamma(stream, BG_NBD.r) / BG_NBD.alpha;
  const leaving = beta(stream, BG_NBD.a, BG_NBD.b);
  let [repeats, recency] = [0, 0];
  for (;;) {
    const next = recency - Math.log(1 - stream.nextFloat()) / rate;
    if (next > WATCHED_WEEKS) break;
    [repeats, recency] = [repeats + 1, next];
    if (stream.nextFloat() < leaving) break;
  }
  return { repeats, recency, age: WATCHED_WEEKS, customers: 1 };
}

/** Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26. */
function gamma(stream: RandomStream, shape: number): number {
  if (shape < 1) return gamma(stream, shape + 1) * (1 - stream.nextFloat()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.nextNormal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - stream.nextFloat()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function beta(stream: RandomStream, a: number, b: number): number {
  const [x, y] = [gamma(stream, a), gamma(stream, b)];
  return x / (x + y);
}
