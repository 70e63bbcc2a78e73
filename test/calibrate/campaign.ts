// One simulated campaign: users drawn from the population, each assigned by a chance of his own,
// and reduced to the study that the evaluation takes. The draws are with replacement, so users are
// independent and the population's mean difference is exactly what an interval has to cover; with a
// fixed list of users the usual variance is too large (Neyman 1923), and honest intervals would
// look too wide.
import type { RandomStream } from "../../src/base/keystream.ts";
import type { Reading, Segment, Study, StudyArm } from "../../src/prove/study.ts";
import { type Moments, type PairMoments, quantileOf } from "../../src/stats/index.ts";
import type { Metric } from "../../src/verdict/metric.ts";
import type { Population, Values, World } from "./population.ts";

const METRICS: readonly Metric[] = [
  { id: "kept", title: "kept", kind: "share", unit: "", digits: 2 },
  { id: "orders", title: "orders", kind: "mean", unit: "orders", digits: 3 },
  { id: "spend", title: "spend", kind: "mean", unit: "yuan", digits: 2 },
  { id: "basket", title: "spend an order", kind: "ratio", unit: "yuan", digits: 2 },
  { id: "top", title: "spend, 90th percentile", kind: "quantile", unit: "yuan", digits: 2 },
];

export const TOP_SHARE = 0.9;
/** The one metric of studies that only count who was kept. */
export const KEPT: readonly Metric[] = METRICS.slice(0, 1);

/** Places in the population of the users of each arm. */
export interface Drawn {
  readonly heldOut: readonly number[];
  readonly treated: readonly number[];
}

export function drawUsers(
  population: Population,
  stream: RandomStream,
  design: { readonly users: number; readonly holdout: number },
): Drawn {
  const [heldOut, treated]: [number[], number[]] = [[], []];
  const threshold = design.holdout * 2 ** 32;
  for (let i = 0; i < design.users; i++) {
    const user = stream.nextInt(population.users);
    (stream.nextU32() < threshold ? heldOut : treated).push(user);
  }
  return { heldOut, treated };
}

/** A study of all metrics, with groups, history and (for reach) who claimed. */
export function fullStudy(
  population: Population,
  drawn: Drawn,
  holdout: number,
  reading: Reading,
): Study {
  const arms = armsOf(population, drawn, holdout, (id, world, users, weight) => ({
    ...{ id, n: users.length, weight },
    outcomes: {
      kept: momentsAt(users, world.kept),
      orders: momentsAt(users, world.orders),
      spend: momentsAt(users, world.spend),
    },
    ratios: { basket: pairsAt(users, world.spend, world.ordersPaid) },
    quantiles: {
      top: quantileOf(
        users.map((user) => world.spend[user]!),
        TOP_SHARE,
      ),
    },
    claims:
      population.question === "reach"
        ? { spend: pairsAt(users, world.claimed, world.spend) }
        : null,
    before: {
      kept: pairsAt(users, population.history, world.kept),
      orders: pairsAt(users, population.history, world.orders),
    },
  }));
  return {
    ...frame(population),
    ...arms,
    metrics: METRICS,
    histories: [{ metric: "kept", title: "history" }],
    segments: segmentsOf(population, drawn, holdout),
    reading: { ...reading, stratifyBy: "group" },
  };
}

/** A study of who was kept, and of nothing else. */
export function keptStudy(
  population: Population,
  drawn: Drawn,
  holdout: number,
  reading: Reading = {},
): Study {
  const arms = armsOf(population, drawn, holdout, (id, world, users, weight) => {
    const outcomes = { kept: momentsAt(users, world.kept) };
    return { id, n: users.length, weight, outcomes, claims: null };
  });
  return { ...frame(population), ...arms, metrics: KEPT, reading };
}

export function momentsAt(users: readonly number[], values: Values): Moments {
  let [sum, sumSquares] = [0, 0];
  for (const user of users) {
    const value = values[user]!;
    sum += value;
    sumSquares += value * value;
  }
  const mean = sum / users.length;
  let cubes = 0;
  for (const user of users) cubes += (values[user]! - mean) ** 3;
  return { n: users.length, sum, sumSquares, cubes };
}

export function pairsAt(users: readonly number[], x: Values, y: Values): PairMoments {
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (const user of users) {
    const [a, b] = [x[user]!, y[user]!];
    sumX += a;
    sumY += b;
    sumXX += a * a;
    sumYY += b * b;
    sumXY += a * b;
  }
  const n = users.length;
  const [meanX, meanY] = [sumX / n, sumY / n];
  let [xxx, xxy, xyy, yyy] = [0, 0, 0, 0];
  for (const user of users) {
    const [a, b] = [x[user]! - meanX, y[user]! - meanY];
    xxx += a * a * a;
    xxy += a * a * b;
    xyy += a * b * b;
    yyy += b * b * b;
  }
  return { n, sumX, sumY, sumXX, sumYY, sumXY, cubes: { xxx, xxy, xyy, yyy } };
}

function frame({ question }: Population) {
  const title = `simulated, ${question}`;
  return { title, estimand: question, randomised: true, ownAllocator: true, source: title };
}

type ArmMaker = (id: string, world: World, users: readonly number[], weight: number) => StudyArm;

function armsOf(population: Population, drawn: Drawn, holdout: number, make: ArmMaker) {
  return {
    control: make("holdout", population.heldOut, drawn.heldOut, holdout),
    treatments: [make("card", population.treated, drawn.treated, 1 - holdout)],
  };
}

function segmentsOf(population: Population, drawn: Drawn, holdout: number): Segment[] {
  const within = (users: readonly number[], group: number): number[] =>
    users.filter((user) => population.group[user] === group);
  return Array.from({ length: population.groups }, (_, group): Segment => {
    const part = {
      heldOut: within(drawn.heldOut, group),
      treated: within(drawn.treated, group),
    };
    const { control, treatments } = armsOf(
      population,
      part,
      holdout,
      (id, world, users, weight) => {
        const outcomes = {
          kept: momentsAt(users, world.kept),
          orders: momentsAt(users, world.orders),
          spend: momentsAt(users, world.spend),
        };
        return { id, n: users.length, weight, outcomes, claims: null };
      },
    );
    return { by: "group", value: String(group), arms: [control, ...treatments] };
  });
}
