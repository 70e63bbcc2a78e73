// What is tried for the best split: every wave's share of the budget on a grid of levels, each
// offer's amount on another. Waves share nothing but the people who come, so that each is varied
// alone and the responses are added up.
import type { DrawJob } from "../monte-carlo/block.ts";
import type { PlanFile, Range, ScenarioChange } from "../plan-file/plan.ts";

/** Levels of a wave's share and of an offer's amount, beside the plan's own. */
const SHARE_LEVELS = 7;
const AMOUNT_LEVELS = 5;

/** Campaigns drawn at each place of the grid, the same ones at all of them. */
export const GRID_DRAWS = 256;

/** More places than this are not tried: fewer levels are. */
export const PLACES_MOST = 160;

const LEAST_LEVELS = 3;

export interface GridWave {
  readonly id: string;
  readonly limits: Range;
  /** Ascending; the first and the last are the limits. */
  readonly shares: readonly number[];
  /** The plan's share, or the limit next to it. */
  readonly base: number;
  /** Choices of amounts in this wave that move no other; the first one is the plan's. */
  readonly options: readonly (readonly Amount[])[];
}

export interface Amount {
  readonly offer: string;
  readonly amount: number;
}

/** All that is tried. */
export interface SplitGrid {
  readonly waves: readonly GridWave[];
  /** Amounts of the offer that people come for: they move every wave. */
  readonly branches: readonly (readonly Amount[])[];
  readonly amounts: readonly { readonly offer: string; readonly levels: readonly number[] }[];
  readonly places: number;
}

/** Null: even the coarsest grid has more places than are tried. */
export function splitGrid(plan: PlanFile): SplitGrid | null {
  for (const [shares, amounts] of FINENESS) {
    const grid = gridOf(plan, shares, amounts);
    if (grid.places <= PLACES_MOST) return grid;
  }
  return null;
}

const FINENESS: readonly (readonly [shares: number, amounts: number])[] = [
  [SHARE_LEVELS, AMOUNT_LEVELS],
  [SHARE_LEVELS, LEAST_LEVELS],
  [LEAST_LEVELS, LEAST_LEVELS],
];

function gridOf(plan: PlanFile, shareLevels: number, amountLevels: number): SplitGrid {
  const { terms, split } = plan;
  const amounts = split!.amounts.map(({ offer, low, high }) => {
    const own = terms.offers.find(({ id }) => id === offer)!.meanReward;
    return { offer, levels: levelsOf({ low, high }, own, amountLevels) };
  });
  const leader = terms.offers[0]!.id;
  const leading = amounts.find(({ offer }) => offer === leader);
  const branches = leading?.levels.map((amount) => [{ offer: leader, amount }]) ?? [[]];
  const waves = terms.waves.map((wave, ordinal): GridWave => {
    const limits = split!.waves.find((one) => one.wave === wave.id) ?? { low: 0, high: 1 };
    const own = planShare(plan, ordinal);
    const inWave = amounts.filter(
      ({ offer }) =>
        offer !== leader && terms.offers.find(({ id }) => id === offer)!.wave === ordinal,
    );
    const { low, high } = limits;
    return {
      ...{ id: wave.id, limits: { low, high } },
      shares: levelsOf(limits, own, shareLevels),
      base: Math.min(high, Math.max(low, own)),
      options: optionsOf(inWave, plan),
    };
  });
  const perBranch = waves.reduce((sum, w) => sum + w.shares.length * w.options.length - 1, 1);
  return { waves, branches, amounts, places: branches.length * perBranch };
}

/** A wave without a budget of its own may have what the others leave. */
export function planShare({ terms }: PlanFile, wave: number): number {
  const own = terms.waves[wave]!.budget;
  if (own !== null) return own / terms.budget;
  const given = terms.waves.reduce((sum, { budget }) => sum + (budget ?? 0), 0);
  const free = terms.waves.filter(({ budget }) => budget === null).length;
  return Math.max(0, 1 - given / terms.budget) / free;
}

/** Evenly spaced, and the plan's own where it lies within. */
function levelsOf({ low, high }: Range, own: number, count: number): number[] {
  if (high <= low) return [low];
  const even = Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  const close = (high - low) * 1e-9;
  const isNew = own > low && own < high && even.every((each) => Math.abs(each - own) > close);
  return (isNew ? [...even, own] : even).sort((a, b) => a - b);
}

/** Every combination of the amounts in a wave; the plan's own first, which is the base. */
function optionsOf(
  inWave: readonly { readonly offer: string; readonly levels: readonly number[] }[],
  { terms }: PlanFile,
): (readonly Amount[])[] {
  const all = inWave.reduce<(readonly Amount[])[]>(
    (some, { offer, levels }) =>
      some.flatMap((one) => levels.map((amount) => [...one, { offer, amount }])),
    [[]],
  );
  const isOwn = (option: readonly Amount[]): boolean =>
    option.every(
      ({ offer, amount }) => terms.offers.find(({ id }) => id === offer)!.meanReward === amount,
    );
  const own = all.findIndex(isOwn);
  return own <= 0 ? all : [all[own]!, ...all.filter((_, i) => i !== own)];
}

/** A split as changes of the plan. */
export function splitChanges(
  plan: PlanFile,
  shares: readonly { readonly wave: string; readonly share: number }[],
  amounts: readonly Amount[],
): ScenarioChange[] {
  const to = (value: number) => ({ kind: "to", value }) as const;
  return [
    ...shares.map(({ wave, share }) => ({
      ...{ kind: "waveBudget" as const, wave },
      change: to(share * plan.terms.budget),
    })),
    ...amounts.map(({ offer, amount }) => ({
      ...{ kind: "amount" as const, offer },
      change: to(amount),
    })),
  ];
}

/** A wave that is varied alone may have more than the others leave: all waves' money is there. */
export function withRoom(job: DrawJob): DrawJob {
  const sum = job.terms.waves.reduce((total, { budget }) => total + budget, 0);
  const budget = Math.max(job.terms.budget, sum);
  return { ...job, terms: { ...job.terms, budget } };
}
