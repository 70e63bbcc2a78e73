// Retention and payback: is the money that was watched, and what the curves expect of later, inside
// its interval as often as it says? The crowd's own users for what was watched; for what lies
// beyond, users who stay as a curve says, since only then is the later truth known.
import { type CrowdArm, crowdArm, trueNet } from "../../src/prove/activity.fixture.ts";
import type { ActivityRow, ActivityStudy, ArmActivity } from "../../src/prove/activity.ts";
import { discountAt, type PaybackQuestion, readPayback } from "../../src/prove/payback.ts";
import { readRetention } from "../../src/prove/retention.ts";
import { drawStudy } from "../../src/prove/retention-draws.ts";
import { curveShares, DEFAULT_POWER, normalQuantile } from "../../src/stats/index.ts";
import type { PaybackBasis } from "../../src/verdict/payback-basis.ts";
import { drawUsers } from "./campaign.ts";
import {
  AT_LEAST,
  AT_MOST,
  COVERS,
  type Experiment,
  holdsTruth,
  type Outcome,
  oncePerSeed,
  SPEAKS,
  streamOf,
} from "./experiment.ts";
import {
  createPopulation,
  FORTNIGHT_DAYS,
  FORTNIGHTS,
  meanOf,
  type Population,
  type Question,
  trueEffect,
  type World,
} from "./population.ts";

const DESIGN = { users: 60_000, holdout: 0.5 };
const DISCOUNT = 0.1;
/** Every draw of a curve is a fit: fewer than a report has. */
const CURVE_DRAWS = 400;
/** Neither just paid nor hopeless: the campaign of which return and month are asked. */
const TYPICAL_RATIO = 1.5;

const DISCOUNTS = Array.from({ length: FORTNIGHTS }, (_, t) =>
  discountAt(t, FORTNIGHT_DAYS, DISCOUNT),
);

interface Truths {
  readonly population: Population;
  readonly cost: number;
  /** What one yuan of margin an active fortnight is worth a treated user, cumulated. */
  readonly values: readonly number[];
  /** Margins at which it just breaks even, and from which it pays by twice what is detectable. */
  readonly evenMargin: number;
  readonly payingMargin: number;
}

export function watchedOf(question: Question): Experiment {
  const id = `payback/${question}`;
  const truths = oncePerSeed((seed) => truthsOf(createPopulation(question, seed)));
  return {
    id,
    about: question,
    isSampled: true,
    rows: [
      { id: "net", title: "payback: net of the periods watched", rule: COVERS },
      { id: "roi", title: "payback: return on investment", rule: COVERS },
      { id: "month", title: "payback: the period in which it has paid", rule: AT_LEAST },
      { id: "even", title: 'payback: "pays" of a campaign that just breaks even', rule: AT_MOST },
      { id: "pays", title: 'payback: "pays", twice what is detectable above', rule: SPEAKS },
    ],
    run: (seed, campaign) => watchedRun(truths(seed), id, seed, campaign),
  };
}

async function watchedRun(
  { population, cost, values, evenMargin, payingMargin }: Truths,
  id: string,
  seed: number,
  campaign: number,
): Promise<Outcome> {
  const drawn = drawUsers(population, streamOf(seed, id, campaign), DESIGN);
  const study: ActivityStudy = {
    periodDays: FORTNIGHT_DAYS,
    periods: FORTNIGHTS,
    control: activityOf("holdout", population.heldOut, drawn.heldOut),
    treatments: [activityOf("card", population.treated, drawn.treated)],
  };
  const question = { horizonPeriods: FORTNIGHTS, seed: `${seed}/${campaign}` };
  const draws = await drawStudy(study, question);
  const read = (margin: number): PaybackBasis => readPayback(draws, asked(margin)).arms[0]!.watched;
  const margin = TYPICAL_RATIO * evenMargin;
  const typical = read(margin);
  const value = margin * values.at(-1)!;
  const month = values.findIndex((each) => margin * each >= cost) + 1;
  return {
    net: holdsTruth(typical.net, value - cost),
    roi: holdsTruth(typical.roi, value / cost - 1),
    month: holdsTruth(typical.payback, month),
    even: read(evenMargin).finding === "pays",
    pays: read(payingMargin).finding === "pays",
  };
}

function asked(margin: number): Omit<PaybackQuestion, "horizonPeriods" | "seed" | "draws"> {
  return { marginPerActivePeriod: margin, discountPerYear: DISCOUNT, currency: "CNY" };
}

function activityOf(id: string, world: World, users: readonly number[]): ArmActivity {
  const rows = new Map<number, { users: number; outlay: number; outlaySquares: number }>();
  for (const user of users) {
    const mask = world.fortnights[user]!;
    const row = rows.get(mask) ?? { users: 0, outlay: 0, outlaySquares: 0 };
    rows.set(mask, row);
    row.users += 1;
    row.outlay += world.outlay[user]!;
    row.outlaySquares += world.outlay[user]! ** 2;
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  return { id, users: users.length, rows: sorted.map(([mask, sums]) => ({ mask, ...sums })) };
}

function truthsOf(population: Population): Truths {
  const { treated, heldOut } = population;
  const cost = trueEffect(population, "outlay");
  const worth = (mask: number, upTo: number): number =>
    DISCOUNTS.slice(0, upTo).reduce((sum, by, t) => sum + (((mask >> t) & 1) === 1 ? by : 0), 0);
  const valueBy = (world: World, upTo: number) => world.fortnights.map((mask) => worth(mask, upTo));
  const values = DISCOUNTS.map(
    (_, t) => meanOf(valueBy(treated, t + 1)) - meanOf(valueBy(heldOut, t + 1)),
  );
  const total = values.at(-1)!;
  // The standard error of the net is that of the users' margins less outlays.
  const errorAt = (margin: number): number => {
    const nets = [treated, heldOut].map((world) => {
      const value = valueBy(world, FORTNIGHTS);
      return varianceOf(value.map((each, i) => margin * each - world.outlay[i]!));
    });
    const { users, holdout } = DESIGN;
    return Math.sqrt(nets[0]! / (users * (1 - holdout)) + nets[1]! / (users * holdout));
  };
  const needed = 2 * (normalQuantile(0.975) + normalQuantile(DEFAULT_POWER));
  let payingMargin = cost / total;
  // The error grows with the margin, slower than the net: a few rounds settle it.
  for (let round = 0; round < 60; round++) {
    payingMargin = (cost + needed * errorAt(payingMargin)) / total;
  }
  return { population, cost, values, evenMargin: cost / total, payingMargin };
}

function varianceOf(values: World["kept"]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}

const PERIODS = 5;
const HORIZON = 10;
const PERIOD_DAYS = 30;
const MARGIN = 30;
const CURVE = { model: "sbg", scale: 0.7, leaving: 0.35, spread: 0.3, shape: 1 } as const;
const HELD: CrowdArm = { id: "holdout", users: 3_000, curve: CURVE, costs: [0, 0] };
const CARD: CrowdArm = {
  ...{ id: "card", users: 3_000, costs: [4, 8] },
  curve: { ...CURVE, leaving: 0.28 },
};

/**
 * Curves carried on. Reach: period 0 is one like the others. Reward, given arrival: the anchor is
 * an arrival, so all are active in period 0 and the curve begins after it.
 */
export function carriedOf(question: Question): Experiment {
  const id = `curves/${question}`;
  const margins = Array.from(
    { length: HORIZON },
    (_, t) => MARGIN * discountAt(t, PERIOD_DAYS, DISCOUNT),
  );
  // Where all are active in period 0 the arms do not differ there; nor would they by the curves.
  const net = trueNet(CARD, HELD, margins);
  const [later, late] = [CARD, HELD].map(({ curve }) => curveShares(curve, HORIZON).at(-1)!);
  return {
    id,
    about: question,
    isSampled: true,
    rows: [
      { id: "expected", title: "retention expected at the horizon, treated", rule: COVERS },
      { id: "expected held", title: "the same, held out", rule: COVERS },
      { id: "check", title: "hold-out check passes a curve that is right", rule: COVERS },
      { id: "carried", title: "payback: net with the curves carried on", rule: COVERS },
    ],
    run: async (seed, campaign) => {
      const stream = streamOf(seed, id, campaign);
      const arm = (of: CrowdArm): ArmActivity => {
        const drawn = crowdArm(of, PERIODS, stream);
        return question === "reach" ? drawn : arrivedAll(drawn);
      };
      const [control, treated] = [arm(HELD), arm(CARD)];
      const frame = { periodDays: PERIOD_DAYS, periods: PERIODS };
      const ask = { horizonPeriods: HORIZON, seed: `${seed}/${campaign}`, draws: CURVE_DRAWS };
      const draws = await drawStudy({ ...frame, control, treatments: [treated] }, ask);
      const { arms } = readRetention(draws);
      const { holdout } = arms[1]!;
      const { extrapolated } = readPayback(draws, asked(MARGIN)).arms[0]!;
      return {
        expected: holdsTruth(arms[1]!.expected?.at(-1), later!),
        "expected held": holdsTruth(arms[0]!.expected?.at(-1), late!),
        check: holdout.kind === "checked" ? holdout.isInside : null,
        carried: holdsTruth(extrapolated?.net, net),
      };
    },
  };
}

/** The same users, all of them active in period 0. */
function arrivedAll({ id, users, rows }: ArmActivity): ArmActivity {
  const merged = new Map<number, ActivityRow>();
  for (const row of rows) {
    const mask = row.mask | 1;
    const before = merged.get(mask) ?? { mask, users: 0, outlay: 0, outlaySquares: 0 };
    merged.set(mask, {
      mask,
      users: before.users + row.users,
      outlay: before.outlay + row.outlay,
      outlaySquares: before.outlaySquares + row.outlaySquares,
    });
  }
  return { id, users, rows: [...merged.values()].sort((a, b) => a.mask - b.mask) };
}
