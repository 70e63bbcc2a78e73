// A study with everything in it, from rows that a seed draws: two variants, metrics of all four
// kinds, a history, claims, segments, guardrails, clamped spend. What was put in is known: the card
// keeps users on Android and not on iOS, and brings refunds; luck does nothing at all.
import { type RandomStream, randomStream } from "../base/keystream.ts";
import { momentsOf, pairMomentsOf, quantileOf } from "../stats/index.ts";
import type { Metric } from "../verdict/metric.ts";
import type { Segment, Study, StudyArm } from "./study.ts";

const METRICS: readonly Metric[] = [
  { id: "kept", title: "kept", kind: "share", unit: "", digits: 2 },
  {
    ...{ id: "spend", title: "spend", kind: "mean", unit: "yuan", digits: 2 },
    clamp: { lower: null, upper: 60, clamped: 7, removed: 412.5 },
  },
  { id: "basket", title: "spend an order", kind: "ratio", unit: "yuan", digits: 2 },
  { id: "wait", title: "wait, 90th percentile", kind: "quantile", unit: "min", digits: 1 },
  { id: "refund", title: "refunds", kind: "share", unit: "", digits: 2 },
];

export interface Row {
  readonly platform: string;
  readonly before: number;
  readonly claimed: number;
  readonly kept: number;
  readonly orders: number;
  readonly spend: number;
  readonly wait: number;
  readonly refund: number;
}

const ARMS = ["none", "card", "luck"] as const;

/** The rows by arm. */
export function drawRows(usersPerArm: number, seed = "study"): Map<string, Row[]> {
  const stream = randomStream(seed, "rows");
  return new Map(
    ARMS.map((arm) => [arm, Array.from({ length: usersPerArm }, () => drawRow(stream, arm))]),
  );
}

function drawRow(stream: RandomStream, arm: (typeof ARMS)[number]): Row {
  const draw = (): number => stream.nextFloat();
  const where = draw();
  const platform = where < 0.4 ? "ios" : where < 0.99 ? "android" : "kiosk";
  const isCard = arm === "card";
  const before = Math.floor(10 * draw() ** 2);
  const gain = isCard && platform === "android" ? 0.1 : 0;
  const kept = draw() < 0.1 + 0.02 * before + gain ? 1 : 0;
  const orders = kept === 1 ? 1 + Math.floor(3 * draw()) : 0;
  const spend = orders * (8 + before + 6 * draw()) * (isCard ? 1.05 : 1);
  const wait = 10 - 6 * Math.log(1 - draw()) + (isCard ? 1 : 0);
  const refund = draw() < (isCard ? 0.06 : 0.03) ? 1 : 0;
  const claimed = arm !== "none" && draw() < 0.5 + 0.3 * kept ? 1 : 0;
  return { platform, before, claimed, kept, orders, spend: Math.min(60, spend), wait, refund };
}

function armOf(id: string, rows: readonly Row[]): StudyArm {
  const numbers = (of: keyof Omit<Row, "platform">) => rows.map((row) => row[of]);
  const plain = ["kept", "spend", "refund"] as const;
  const pairs = (x: "before" | "claimed") =>
    Object.fromEntries(
      plain.map((metric) => [metric, pairMomentsOf(rows.map((row) => [row[x], row[metric]]))]),
    );
  const wait = numbers("wait");
  // Fewer values have no bounds of a 90th percentile inside.
  const isEnough = wait.length >= 120;
  return {
    id,
    n: rows.length,
    weight: 1,
    outcomes: Object.fromEntries(plain.map((metric) => [metric, momentsOf(numbers(metric))])),
    ratios: { basket: pairMomentsOf(rows.map(({ spend, orders }) => [spend, orders])) },
    quantiles: isEnough ? { wait: quantileOf(wait, 0.9) } : {},
    claims: pairs("claimed"),
    before: pairs("before"),
  };
}

/** Everything that a study may have. */
export function fullStudy(usersPerArm = 4000, seed = "study"): Study {
  const rows = drawRows(usersPerArm, seed);
  const arms = ARMS.map((id) => armOf(id, rows.get(id)!));
  const segments = ["android", "ios", "kiosk"].map((value): Segment => {
    const within = ARMS.map((id) => ({
      id,
      own: rows.get(id)!.filter(({ platform }) => platform === value),
    }));
    const present = within.filter(({ own }) => own.length > 0);
    return { by: "platform", value, arms: present.map(({ id, own }) => armOf(id, own)) };
  });
  return {
    title: "users who came",
    estimand: "reward, given arrival",
    randomised: true,
    ownAllocator: true,
    metrics: METRICS,
    control: arms[0]!,
    treatments: arms.slice(1),
    source: "rows of a seed",
    histories: [{ metric: "kept", title: "orders before" }],
    severalArms: 0,
    beforeAssignment: 0,
    heldOutReached: [
      {
        ...{ name: "holdout left alone", users: 12, of: usersPerArm },
        what: "were invited by a treated user",
      },
    ],
    segments,
    reading: {
      guardrails: [
        { metric: "refund", worse: "higher", margin: 0.01, isRelative: false },
        { metric: "basket", worse: "lower", margin: 0.05, isRelative: true },
      ],
      negligible: { kept: 0.03, spend: 0.5 },
      priors: { spend: { mean: 0, variance: 1 } },
      stratifyBy: "platform",
      plannedUsers: 3 * usersPerArm,
    },
  };
}
