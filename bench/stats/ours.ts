// Ours in the stats bench: the tasks by the functions that `hongbao/stats` exports. Runs in a
// process of its own (see ours-main.ts).
import {
  adjustP,
  columnMomentsOf,
  differenceInMeans,
  differenceInProportions,
  differenceInQuantiles,
  type Effect,
  fitBgNbd,
  fitSbg,
  historyTable,
  momentsOf,
  quantileOf,
  regressionAdjusted,
  sampleRatio,
  summarizeMoments,
  summarizeRatio,
  survivalTable,
  tTestPower,
  tTestUsers,
} from "../../src/stats/index.ts";
import { COHORT_PERIODS, type StatsData } from "./data.ts";
import type { TaskId } from "./tasks.ts";

export type Answers = Readonly<Record<TaskId, () => ArrayLike<number>>>;

const TAIL = 0.9;

/** Each task with its data bound. */
export function answersOf(data: StatsData): Answers {
  const p = data["p-values"];
  return {
    welch: () => {
      const [a, b] = [momentsOf(data["spend-a"]), momentsOf(data["spend-b"])];
      return effectNumbers(differenceInMeans(summarizeMoments(a), summarizeMoments(b)));
    },
    cuped: () => {
      const a = columnMomentsOf(data["before-a"], data["spend-a"]);
      const { absolute, theta } = regressionAdjusted(
        a,
        columnMomentsOf(data["before-b"], data["spend-b"]),
      );
      return [...effectNumbers(absolute), theta];
    },
    ratio: () => {
      const a = summarizeRatio(columnMomentsOf(data["orders-a"], data["sessions-a"]));
      const b = summarizeRatio(columnMomentsOf(data["orders-b"], data["sessions-b"]));
      return effectNumbers(differenceInMeans(a, b));
    },
    quantile: () => {
      const [a, b] = [quantileOf(data["spend-a"], TAIL), quantileOf(data["spend-b"], TAIL)];
      return effectNumbers(differenceInQuantiles(a, b)).slice(0, 3);
    },
    proportions: () => proportions(data),
    "sample-ratio": () => sampleRatios(data),
    "holm-bh": () => [...adjustP(p, "holm"), ...adjustP(p, "benjamini-hochberg")],
    power: () => powers(data),
    sbg: () => sbgFits(data),
    "bg-nbd": () => bgNbdFit(data),
  };
}

function effectNumbers(effect: Effect): number[] {
  return [effect.estimate, effect.lower, effect.upper, effect.p];
}

function proportions(data: StatsData): number[] {
  const [aOk, aN, bOk, bN] = [data["successes-a"], data["n-a"], data["successes-b"], data["n-b"]];
  const numbers: number[] = [];
  for (let i = 0; i < aN.length; i++) {
    const control = { successes: aOk[i]!, n: aN[i]! };
    const treatment = { successes: bOk[i]!, n: bN[i]! };
    numbers.push(...effectNumbers(differenceInProportions(control, treatment)));
  }
  return numbers;
}

function sampleRatios(data: StatsData): Float64Array {
  const users = data["split-users"];
  return Float64Array.from(data["split-observed"], (observed, i) => {
    const share = data["split-share"][i]!;
    return sampleRatio([observed, users[i]! - observed], [share, 1 - share], { exact: true }).p;
  });
}

function powers(data: StatsData): number[] {
  const [d, n] = [Array.from(data["design-d"]), data["design-n"]];
  const reached = d.map((each, i) => tTestPower(each, n[i]!, n[i]!));
  return [...reached, ...d.map((each) => tTestUsers(each, { power: 0.8 }))];
}

function sbgFits({ survivors }: StatsData): number[] {
  const width = COHORT_PERIODS + 1;
  const numbers: number[] = [];
  for (let at = 0; at < survivors.length; at += width) {
    const counts = Array.from(survivors.subarray(at, at + width));
    const fit = fitSbg(survivalTable(counts.map((left, period) => ({ period, survivors: left }))));
    if (fit.kind !== "fitted") throw new Error(`sBG: ${fit.message}`);
    numbers.push(fit.parameters.alpha, fit.parameters.beta, fit.logLikelihood);
  }
  return numbers;
}

function bgNbdFit({ repeats, recency, age }: StatsData): number[] {
  const histories = Array.from(repeats, (x, i) => {
    return { repeats: x, recency: recency[i]!, age: age[i]!, customers: 1 };
  });
  const fit = fitBgNbd(historyTable(histories));
  if (fit.kind !== "fitted") throw new Error(`BG/NBD: ${fit.message}`);
  const { r, alpha, a, b } = fit.parameters;
  return [r, alpha, a, b, fit.logLikelihood];
}
