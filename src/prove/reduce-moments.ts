// From rows, one a user, to what the estimators need of each arm: sums, squares, and products with
// what the user did before and with whether he claimed.
import { emptyRecord } from "../base/record.ts";
import type { Moments, PairMoments } from "../stats/index.ts";
import { type GroupSums, reduceSums, type Triple } from "./reduce-sums.ts";
import type { Warehouse } from "./warehouse.ts";

export interface Value {
  readonly id: string;
  /** SQL of the user's number (DOUBLE, finite). */
  readonly sql: string;
  /** SQL of the user's number before the experiment (DOUBLE, finite), where there is one. */
  readonly before?: string;
  /** Whether it is 0 or 1: how skewed that is the counts say, and nobody has to cube it. */
  readonly isShare?: boolean;
}

export interface Ratio {
  readonly id: string;
  /** SQL of the user's parts above and below the line. */
  readonly above: string;
  readonly below: string;
}

export interface Reduction {
  readonly table: string;
  /** SQL that picks rows; absent: all. */
  readonly where?: string;
  /** SQL for the arm's id. */
  readonly arm: string;
  readonly values: readonly Value[];
  readonly ratios?: readonly Ratio[];
  /** SQL that is 1 for a user who claimed and 0 otherwise; null where claims are unknown. */
  readonly claimed: string | null;
}

export interface ReducedArm {
  readonly n: number;
  readonly outcomes: Readonly<Record<string, Moments>>;
  readonly ratios?: Readonly<Record<string, PairMoments>>;
  readonly claims: Readonly<Record<string, PairMoments>> | null;
  readonly before?: Readonly<Record<string, PairMoments>>;
}

/** Arms beyond this number mean that the arm column is not one. */
const MAX_ARMS = 1000;

/** @returns the arms by id, in order of id. */
export async function reduceMoments(
  warehouse: Warehouse,
  reduction: Reduction,
  mostArms: number = MAX_ARMS,
): Promise<Map<string, ReducedArm>> {
  const groups = await reduceGroups(warehouse, reduction, [reduction.arm], mostArms);
  return new Map(groups.map((group) => [String(group.keys[0]), armOf(reduction, group)]));
}

/** The same for the users of each value of `by` (SQL): by value, then by arm. */
export async function reduceSegments(
  warehouse: Warehouse,
  reduction: Reduction,
  by: string,
): Promise<Map<string, Map<string, ReducedArm>>> {
  const groups = await reduceGroups(warehouse, reduction, [by, reduction.arm], 2 * MAX_ARMS);
  const found = new Map<string, Map<string, ReducedArm>>();
  for (const group of groups) {
    const [value, arm] = group.keys.map(String) as [string, string];
    const arms = found.get(value) ?? new Map<string, ReducedArm>();
    found.set(value, arms.set(arm, armOf(reduction, group)));
  }
  return found;
}

function reduceGroups(
  warehouse: Warehouse,
  reduction: Reduction,
  by: readonly string[],
  mostGroups: number,
): Promise<GroupSums[]> {
  // A number is called what its SQL says, so that one of several metrics is summed once.
  const numbers = new Map<string, string>();
  const products = new Map<string, readonly [string, string]>();
  const cubes: Triple[] = [];
  const add = (...sql: readonly string[]): void => {
    for (const [i, a] of sql.entries()) {
      numbers.set(a, a);
      for (const b of sql.slice(i)) products.set(JSON.stringify([a, b].sort()), [a, b]);
    }
  };
  const { claimed, values, ratios = [] } = reduction;
  if (claimed !== null) add(claimed);
  for (const { sql, before, isShare } of values) {
    if (claimed === null) add(sql);
    else add(claimed, sql);
    if (isShare !== true) cubes.push([sql, sql, sql]);
    if (before === undefined) continue;
    add(before, sql);
    cubes.push(...triplesOf(before, sql));
  }
  for (const { above, below } of ratios) {
    add(above, below);
    cubes.push(...triplesOf(above, below));
  }
  const { table, where } = reduction;
  return reduceSums(warehouse, {
    ...{ table, groups: by, numbers, products: [...products.values()], cubes, mostGroups },
    ...(where === undefined ? {} : { where }),
  });
}

function armOf(reduction: Reduction, group: GroupSums): ReducedArm {
  const { n } = group;
  const outcomes = emptyRecord<Moments>();
  const claims = emptyRecord<PairMoments>();
  const before = emptyRecord<PairMoments>();
  const ratios = emptyRecord<PairMoments>();
  for (const { id, sql, before: earlier, isShare } of reduction.values) {
    const [sum, sumSquares] = [group.sum(sql), group.product(sql, sql)];
    const deviations = group.deviations(sql, sql);
    const cubes = isShare === true ? {} : { cubes: group.cube([sql, sql, sql]) };
    outcomes[id] = { n, sum, sumSquares, deviations, ...cubes };
    if (reduction.claimed !== null) claims[id] = pairOf(group, reduction.claimed, sql);
    if (earlier !== undefined) before[id] = cubedPairOf(group, earlier, sql);
  }
  for (const { id, above, below } of reduction.ratios ?? []) {
    ratios[id] = cubedPairOf(group, above, below);
  }
  return {
    ...{ n, outcomes, claims: reduction.claimed === null ? null : claims },
    ...(Object.keys(before).length === 0 ? {} : { before }),
    ...(Object.keys(ratios).length === 0 ? {} : { ratios }),
  };
}

function triplesOf(x: string, y: string): Triple[] {
  return [
    [x, x, x],
    [x, x, y],
    [x, y, y],
    [y, y, y],
  ];
}

function cubedPairOf(group: GroupSums, x: string, y: string): PairMoments {
  const [xxx, xxy, xyy, yyy] = triplesOf(x, y).map((triple) => group.cube(triple));
  return { ...pairOf(group, x, y), cubes: { xxx: xxx!, xxy: xxy!, xyy: xyy!, yyy: yyy! } };
}

function pairOf(group: GroupSums, x: string, y: string): PairMoments {
  return {
    n: group.n,
    sumX: group.sum(x),
    sumY: group.sum(y),
    sumXX: group.product(x, x),
    sumYY: group.product(y, y),
    sumXY: group.product(x, y),
    deviations: {
      xx: group.deviations(x, x),
      yy: group.deviations(y, y),
      xy: group.deviations(x, y),
    },
  };
}
