// The best split of a plan's budget over its waves, with the amounts of its offers, within the
// limits that it states: sampled on a grid with the same draws at every place, solved exactly, and
// held against the plan on more draws.
import type { DrawJob } from "../monte-carlo/block.ts";
import { type CampaignSample, PLAN_LEVEL } from "../monte-carlo/campaign-sample.ts";
import type { PlanFile, ScenarioChange, SplitAim } from "../plan-file/plan.ts";
import {
  type Amount,
  GRID_DRAWS,
  planShare,
  type SplitGrid,
  splitChanges,
  splitGrid,
  withRoom,
} from "./best-split-grid.ts";
import {
  type Nearly,
  nearlyAsGood,
  type SplitProfile,
  splitProfiles,
} from "./best-split-profile.ts";
import {
  type SharePoint,
  type SplitBranch,
  type SplitProblem,
  type SplitSolution,
  splitSolver,
} from "./best-split-solve.ts";
import { type ComparedScenario, compareScenario } from "./comparison.ts";

export interface SplitPlace {
  readonly shares: readonly { readonly wave: string; readonly share: number }[];
  /** Of every offer, those that are not to be changed too. */
  readonly amounts: readonly Amount[];
}

/** How it was looked for. */
export interface SplitSearch {
  readonly aim: SplitAim;
  /** Whether the plan says so; else it was chosen by the net. */
  readonly isAimGiven: boolean;
  readonly shareLevels: readonly { readonly wave: string; readonly levels: readonly number[] }[];
  readonly amountLevels: readonly { readonly offer: string; readonly levels: readonly number[] }[];
  readonly places: number;
  readonly draws: number;
}

export type BestSplit =
  | { readonly state: "impossible"; readonly why: string }
  | {
      /** `plan`: nothing that was tried is better than the plan. */
      readonly state: "found" | "plan";
      readonly search: SplitSearch;
      readonly plan: SplitPlace;
      /** Whether the plan itself keeps the limits. */
      readonly planKeepsLimits: boolean;
      readonly best: SplitPlace;
      /** The best split as changes of the plan. */
      readonly changes: readonly ScenarioChange[];
      /** The plan and the best split, drawn with the same numbers. */
      readonly compared: readonly [plan: ComparedScenario, best: ComparedScenario];
      /** Mean gain in what it aims at, and its standard error. */
      readonly meanGain: number;
      readonly meanGainError: number;
      readonly level: number;
      /** What the aim would be elsewhere, everything else at its best. */
      readonly profiles: readonly SplitProfile[];
      /** Where it is hardly worse than at the best. */
      readonly nearly: Nearly;
    };

export interface SplitDrawing {
  readonly jobOf: (changes: readonly ScenarioChange[]) => DrawJob;
  readonly drawAll: (jobs: readonly DrawJob[], draws: number) => Promise<CampaignSample[]>;
  /** The plan itself, and as many draws of the best split are compared with it. */
  readonly sample: CampaignSample;
  readonly draws: number;
  readonly withinMonths: number;
}

/** The plan must state limits. */
export async function bestSplit(plan: PlanFile, drawing: SplitDrawing): Promise<BestSplit> {
  const grid = splitGrid(plan);
  if (grid === null) return { state: "impossible", why: TOO_MANY };
  const places = placesOf(plan, grid);
  const jobs = places.map(({ changes }) => withRoom(drawing.jobOf(changes)));
  const samples = await drawing.drawAll(jobs, GRID_DRAWS);
  const given = plan.split!.aim;
  const canPay = samples.some((sample) => sample.mean("net") > 0);
  const aim = given ?? (canPay ? "net" : "kept");
  const problem = problemOf(grid, places, samples, aim);
  const solve = await splitSolver();
  const solution = solve(problem);
  if (solution === null) return { state: "impossible", why: infeasible(grid) };
  const own = planPlace(plan);
  const found = placeOf(grid, solution, own);
  const foundChanges = splitChanges(plan, found.shares, changedAmounts(found, own));
  const [best] = await drawing.drawAll([drawing.jobOf(foundChanges)], drawing.draws);
  const gain = gainOf(drawing.sample, best!, aim);
  const planKeepsLimits = keepsLimits(plan, own);
  const isPlan = planKeepsLimits && gain.mean <= 0;
  const chosen = isPlan ? drawing.sample : best!;
  const profiles = splitProfiles(problem, grid, solve);
  const { sample, withinMonths } = drawing;
  return {
    state: isPlan ? "plan" : "found",
    search: {
      ...{ aim, isAimGiven: given !== null, places: grid.places, draws: GRID_DRAWS },
      shareLevels: grid.waves.map(({ id, shares }) => ({ wave: id, levels: shares })),
      amountLevels: grid.amounts,
    },
    plan: own,
    planKeepsLimits,
    best: isPlan ? own : found,
    changes: isPlan ? [] : foundChanges,
    compared: [
      compareScenario({ id: "plan", title: "the plan" }, sample, null, withinMonths),
      compareScenario({ id: "split", title: "the best split" }, chosen, sample, withinMonths),
    ],
    meanGain: isPlan ? 0 : gain.mean,
    meanGainError: isPlan ? 0 : gain.error,
    level: PLAN_LEVEL,
    profiles,
    nearly: nearlyAsGood(profiles, solution.value, aim === "net" ? plan.terms.budget : null),
  };
}

const TOO_MANY =
  "amounts of so many offers may change that there are more combinations than can be tried: " +
  "limit split.amounts to fewer offers";

function infeasible({ waves }: SplitGrid): string {
  const sum = (pick: "low" | "high"): string =>
    `${Math.round(1000 * waves.reduce((total, { limits }) => total + limits[pick], 0)) / 10} %`;
  return (
    "no shares within split.waves add up to the budget: the least of all waves are " +
    `${sum("low")}, the greatest ${sum("high")}`
  );
}

/** One place that is sampled. */
interface Place {
  readonly branch: number;
  /** Null: the base, all waves as the plan has them. */
  readonly at: { readonly wave: number; readonly option: number; readonly share: number } | null;
  readonly changes: readonly ScenarioChange[];
}

function placesOf(plan: PlanFile, grid: SplitGrid): Place[] {
  const changesAt = (branch: number, at: Place["at"]): ScenarioChange[] => {
    const shares = grid.waves.map(({ id, base }, w) => ({
      wave: id,
      share: at?.wave === w ? at.share : base,
    }));
    const amounts = grid.waves.flatMap(
      ({ options }, w) => options[at?.wave === w ? at.option : 0]!,
    );
    return splitChanges(plan, shares, [...grid.branches[branch]!, ...amounts]);
  };
  return grid.branches.flatMap((_, branch) => {
    const varied = grid.waves.flatMap(({ options, shares, base }, wave) =>
      options.flatMap((__, option) =>
        shares
          .filter((share) => option > 0 || share !== base)
          .map((share) => ({ wave, option, share })),
      ),
    );
    return [null, ...varied].map((at) => ({ branch, at, changes: changesAt(branch, at) }));
  });
}

/** Each wave's part is what changes when it alone is varied. */
function problemOf(
  grid: SplitGrid,
  places: readonly Place[],
  samples: readonly CampaignSample[],
  aim: SplitAim,
): SplitProblem {
  const values = samples.map((sample) => sample.mean(aim));
  const branches = grid.branches.map((_, branch): SplitBranch => {
    const constant = values[places.findIndex((one) => one.branch === branch && one.at === null)]!;
    const partOf = (wave: number, option: number, share: number): number => {
      const found = places.findIndex(
        ({ branch: b, at }) =>
          b === branch && at?.wave === wave && at.option === option && at.share === share,
      );
      return found === -1 ? 0 : values[found]! - constant;
    };
    const waves = grid.waves.map(({ options, shares }, wave) => ({
      options: options.map((__, option) =>
        shares.map((share): SharePoint => ({ share, value: partOf(wave, option, share) })),
      ),
    }));
    return { constant, waves };
  });
  return { branches };
}

function planPlace(plan: PlanFile): SplitPlace {
  const { waves, offers } = plan.terms;
  return {
    shares: waves.map(({ id }, w) => ({ wave: id, share: planShare(plan, w) })),
    amounts: offers.map(({ id, meanReward }) => ({ offer: id, amount: meanReward })),
  };
}

function placeOf(grid: SplitGrid, solution: SplitSolution, own: SplitPlace): SplitPlace {
  const chosen = new Map(
    [
      ...grid.branches[solution.branch]!,
      ...solution.waves.flatMap(({ option }, w) => grid.waves[w]!.options[option]!),
    ].map(({ offer, amount }) => [offer, amount]),
  );
  return {
    shares: grid.waves.map(({ id }, w) => ({ wave: id, share: solution.waves[w]!.share })),
    amounts: own.amounts.map(({ offer, amount }) => ({
      offer,
      amount: chosen.get(offer) ?? amount,
    })),
  };
}

function changedAmounts(place: SplitPlace, own: SplitPlace): Amount[] {
  return place.amounts.filter(({ amount }, i) => amount !== own.amounts[i]!.amount);
}

/** Shares that differ in the last digit are the same. */
const ROUNDING = 1e-9;

function keepsLimits({ split }: PlanFile, { shares, amounts }: SplitPlace): boolean {
  const isWithin = (value: number, limits: { low: number; high: number } | undefined): boolean =>
    limits === undefined || (value >= limits.low - ROUNDING && value <= limits.high + ROUNDING);
  return (
    shares.every(({ wave, share }) =>
      isWithin(
        share,
        split!.waves.find((one) => one.wave === wave),
      ),
    ) &&
    amounts.every(({ offer, amount }) =>
      isWithin(
        amount,
        split!.amounts.find((one) => one.offer === offer),
      ),
    )
  );
}

function gainOf(
  plan: CampaignSample,
  best: CampaignSample,
  aim: SplitAim,
): { readonly mean: number; readonly error: number } {
  const [before, after] = [plan.column(aim), best.column(aim)];
  const rows = Math.min(before.length, after.length);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < rows; i++) {
    const gain = after[i]! - before[i]!;
    sum += gain;
    squares += gain * gain;
  }
  const mean = sum / rows;
  return { mean, error: Math.sqrt(Math.max(0, squares / rows - mean ** 2) / rows) };
}
