// What all contenders of the stats bench read: columns of doubles, one file each, made from a seed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RandomStream, randomStream } from "../../src/base/keystream.ts";
import { betaDraw, exponentialDraw, gammaDraw, normalDraw } from "./draws.ts";

/** Users of each arm in the experiment. */
const USERS = 1_000_000;
const TABLES = 2000;
const P_VALUES = 100_000;
const DESIGNS = 300;
const COHORTS = 100;
const COHORT_CUSTOMERS = 1000;
export const COHORT_PERIODS = 12;
const CUSTOMERS = 20_000;
const SPLITS = 2000;

type Arm = "a" | "b";
type ColumnOf<One extends Arm> = `${"spend" | "before" | "orders" | "sessions"}-${One}`;
type TableColumn = `${"successes" | "n"}-${Arm}`;
type ModelColumn = "survivors" | "repeats" | "recency" | "age";
type SplitColumn = "split-observed" | "split-users" | "split-share";
type DesignColumn = "design-d" | "design-n";
export type ColumnName =
  | ColumnOf<Arm>
  | TableColumn
  | ModelColumn
  | SplitColumn
  | DesignColumn
  | "p-values";

const COLUMNS: readonly ColumnName[] = [
  ...(["a", "b"] as const).flatMap((arm): ColumnName[] => [
    `spend-${arm}`,
    `before-${arm}`,
    `orders-${arm}`,
    `sessions-${arm}`,
    `successes-${arm}`,
    `n-${arm}`,
  ]),
  ...(["p-values", "design-d", "design-n"] as const),
  ...(["survivors", "repeats", "recency", "age"] as const),
  ...(["split-observed", "split-users", "split-share"] as const),
];

export type StatsData = Readonly<Record<ColumnName, Float64Array>>;

/** Writes the columns to `folder`. */
export function writeData(folder: string, seed: string): void {
  const stream = (name: string): RandomStream => randomStream(seed, name);
  const data: StatsData = {
    ...experimentArm(stream("arm a"), "a", 0),
    ...experimentArm(stream("arm b"), "b", 0.02),
    ...tables(stream("tables")),
    "p-values": Float64Array.from({ length: P_VALUES }, pValues(stream("p"))),
    ...designs(stream("designs")),
    survivors: cohorts(stream("cohorts")),
    ...histories(stream("histories")),
    ...splits(stream("splits")),
  };
  for (const name of COLUMNS) writeColumn(folder, name, data[name]);
}

export function readData(folder: string): StatsData {
  const entries = COLUMNS.map((name) => [name, readColumn(folder, name)] as const);
  return Object.fromEntries(entries) as Record<ColumnName, Float64Array>;
}

export function writeColumn(folder: string, name: string, values: Float64Array): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writeFileSync(join(folder, `${name}.f64`), bytes);
}

export function readColumn(folder: string, name: string): Float64Array {
  const bytes = readFileSync(join(folder, `${name}.f64`));
  return new Float64Array(new Uint8Array(bytes).buffer);
}

/** Spend that a user's earlier spend explains in part, and orders within sessions. */
function experimentArm<One extends Arm>(random: RandomStream, arm: One, lift: number) {
  const column = (): Float64Array => new Float64Array(USERS);
  const [spend, before, orders, sessions] = [column(), column(), column(), column()];
  for (let i = 0; i < USERS; i++) {
    const habit = normalDraw(random);
    before[i] = Math.exp(2 + 0.8 * habit);
    spend[i] = Math.exp(2 + lift + 0.6 * habit + 0.5 * normalDraw(random));
    sessions[i] = 1 + random.nextInt(12);
    const chance = 0.25 + lift / 4;
    for (let s = 0; s < sessions[i]!; s++) if (random.nextFloat() < chance) orders[i]! += 1;
  }
  return {
    [`spend-${arm}`]: spend,
    [`before-${arm}`]: before,
    [`orders-${arm}`]: orders,
    [`sessions-${arm}`]: sessions,
  } as Record<ColumnOf<One>, Float64Array>;
}

function tables(random: RandomStream) {
  const column = (): Float64Array => new Float64Array(TABLES);
  const made = {
    "successes-a": column(),
    "n-a": column(),
    "successes-b": column(),
    "n-b": column(),
  };
  for (let i = 0; i < TABLES; i++) {
    for (const arm of ["a", "b"] as const) {
      const n = 200 + random.nextInt(1_000_000);
      made[`n-${arm}`][i] = n;
      made[`successes-${arm}`][i] = Math.round(n * (0.05 + 0.3 * random.nextFloat()));
    }
  }
  return made;
}

/** Every tenth is of a real effect. */
function pValues(random: RandomStream): (_: unknown, i: number) => number {
  return (_, i) => (i % 10 === 0 ? random.nextFloat() ** 6 : random.nextFloat());
}

function designs(random: RandomStream) {
  const d = Float64Array.from({ length: DESIGNS }, () => 0.05 + 0.75 * random.nextFloat());
  const n = Float64Array.from({ length: DESIGNS }, () => 10 + random.nextInt(2000));
  return { "design-d": d, "design-n": n };
}

/** Rows of customers left after 0, 1, … periods, each cohort by sBG with parameters of its own. */
function cohorts(random: RandomStream): Float64Array {
  const counts = new Float64Array(COHORTS * (COHORT_PERIODS + 1));
  for (let cohort = 0; cohort < COHORTS; cohort++) {
    const [alpha, beta] = [0.5 + random.nextFloat(), 1.5 + 3 * random.nextFloat()];
    for (let customer = 0; customer < COHORT_CUSTOMERS; customer++) {
      const chance = betaDraw(random, alpha, beta);
      for (let period = 0; period <= COHORT_PERIODS; period++) {
        counts[cohort * (COHORT_PERIODS + 1) + period]! += 1;
        if (random.nextFloat() < chance) break;
      }
    }
  }
  return counts;
}

/** Purchases by BG/NBD with the published parameters of CDNOW, in whole days told in weeks. */
function histories(random: RandomStream) {
  const column = (): Float64Array => new Float64Array(CUSTOMERS);
  const [repeats, recency, age] = [column(), column(), column()];
  for (let i = 0; i < CUSTOMERS; i++) {
    const days = 190 + random.nextInt(84);
    const rate = gammaDraw(random, 0.243) / 4.414 / 7;
    const leaving = betaDraw(random, 0.793, 2.426);
    let [day, count, last] = [0, 0, 0];
    for (;;) {
      day += exponentialDraw(random, rate);
      if (!(day < days)) break;
      count += 1;
      last = Math.max(1, Math.floor(day));
      if (random.nextFloat() < leaving) break;
    }
    repeats[i] = count;
    recency[i] = last / 7;
    age[i] = days / 7;
  }
  return { repeats, recency, age };
}

function splits(random: RandomStream) {
  const column = (): Float64Array => new Float64Array(SPLITS);
  const made = { "split-observed": column(), "split-users": column(), "split-share": column() };
  for (let i = 0; i < SPLITS; i++) {
    const users = 1000 + random.nextInt(300_000_000);
    const share = 0.01 + 0.98 * random.nextFloat();
    const deviation = Math.sqrt(users * share * (1 - share));
    made["split-users"][i] = users;
    made["split-share"][i] = share;
    const off = Math.round(users * share + 1.5 * deviation * normalDraw(random));
    made["split-observed"][i] = Math.min(users, Math.max(0, off));
  }
  return made;
}
