// The best choice among sampled responses: shares of the budget by wave, amounts by offer. The
// responses are piecewise linear and need not be concave, so this is a mixed-integer linear
// programme, solved exactly by HiGHS (Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5).
import { assert } from "../../base/assert.ts";

export interface SharePoint {
  readonly share: number;
  readonly value: number;
}

/** What a wave brings at each share of the budget, by the choice of amounts in it. */
export interface WaveResponse {
  /** Of each choice its points, shares ascending, all over the same range. */
  readonly options: readonly (readonly SharePoint[])[];
}

/** One value of what moves all waves at once, and what each wave brings with it. */
export interface SplitBranch {
  /** Added to what the waves bring. */
  readonly constant: number;
  readonly waves: readonly WaveResponse[];
}

export interface SplitProblem {
  readonly branches: readonly SplitBranch[];
}

export interface SplitSolution {
  readonly value: number;
  readonly branch: number;
  readonly waves: readonly { readonly option: number; readonly share: number }[];
}

/** Solves problems one after the other; null: no shares within the limits add up to 1. */
export type SolveSplit = (problem: SplitProblem) => SplitSolution | null;

/** The solver is loaded here, once: 3.5 MB of WebAssembly that most commands do not need. */
export async function splitSolver(): Promise<SolveSplit> {
  // Its declarations are those of a CommonJS module, while `import` loads another.
  const { default: load } = (await import("highs")) as unknown as HighsModule;
  const highs = await load();
  return (problem) => {
    const scale = scaleOf(problem);
    const options = { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-9 };
    const { Status: status, Columns: columns } = highs.solve(textOf(problem, scale), options);
    if (status === "Infeasible") return null;
    assert(status === "Optimal", `expected an optimal split, got ${status}`);
    const primal = (name: string): number => columns[name]?.Primal ?? 0;
    return solutionOf(problem, primal);
  };
}

/** What is used of the package. */
interface HighsModule {
  readonly default: () => Promise<{
    solve(
      text: string,
      options: Readonly<Record<string, boolean | number>>,
    ): {
      readonly Status: string;
      readonly Columns: Readonly<Record<string, { readonly Primal?: number }>>;
    };
  }>;
}

/** A value of a piecewise linear response; the share lies within its points. */
export function valueAt(points: readonly SharePoint[], share: number): number {
  const at = points.findIndex((point) => point.share >= share - 1e-12);
  const right = points[at === -1 ? points.length - 1 : at]!;
  const left = points[Math.max(0, points.indexOf(right) - 1)]!;
  const width = right.share - left.share;
  if (width <= 0) return right.value;
  const part = Math.min(1, Math.max(0, (share - left.share) / width));
  return left.value + part * (right.value - left.value);
}

interface Scale {
  readonly middle: number;
  readonly size: number;
}

/** Values of millions beside shares would lose the solver's tolerances. */
function scaleOf({ branches }: SplitProblem): Scale {
  const values = branches.flatMap(({ constant, waves }) => [
    constant,
    ...waves.flatMap(({ options }) => options.flatMap((points) => points.map((p) => p.value))),
  ]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { middle: (low + high) / 2, size: Math.max(high - low, 1e-300) };
}

/** In CPLEX's LP format. b: branch; w, o, p: wave, option and point; t: a piece between points. */
function textOf({ branches }: SplitProblem, { size }: Scale): string {
  const goal: string[] = [];
  const rows: string[] = [`one: ${branches.map((_, b) => `b${b}`).join(" + ")} = 1`];
  const shares: string[] = [];
  const whole: string[] = branches.map((_, b) => `b${b}`);
  branches.forEach(({ constant, waves }, b) => {
    goal.push(term(constant / size, `b${b}`));
    waves.forEach(({ options }, w) => {
      const chosen = options.map((_, o) => `o${b}_${w}_${o}`);
      rows.push(`c${b}_${w}: ${chosen.join(" + ")} - b${b} = 0`);
      options.forEach((points, o) => {
        const id = `${b}_${w}_${o}`;
        const weight = (p: number): string => `p${id}_${p}`;
        const pieces = points.slice(1).map((_, t) => `t${id}_${t}`);
        rows.push(`s${id}: ${points.map((_, p) => weight(p)).join(" + ")} - ${chosen[o]} = 0`);
        if (pieces.length > 0) rows.push(`n${id}: ${pieces.join(" + ")} - ${chosen[o]} = 0`);
        points.forEach(({ share, value }, p) => {
          goal.push(term(value / size, weight(p)));
          shares.push(term(share, weight(p)));
          const beside = [pieces[p - 1], pieces[p]].filter((each) => each !== undefined);
          if (beside.length > 0)
            rows.push(`a${id}_${p}: ${weight(p)} - ${beside.join(" - ")} <= 0`);
        });
        whole.push(chosen[o]!, ...pieces);
      });
    });
  });
  rows.push(`all: ${shares.join(" ")} = 1`);
  return [
    "Maximize",
    ` value: ${goal.join(" ")}`,
    "Subject To",
    ...rows.map((row) => ` ${row}`),
    "Binary",
    ...whole.map((name) => ` ${name}`),
    "End",
  ].join("\n");
}

function term(factor: number, name: string): string {
  // The format takes no exponents beside names that begin with e; plain decimals are safe.
  const size = Math.abs(factor).toFixed(15);
  return `${factor < 0 ? "-" : "+"} ${size} ${name}`;
}

/** Values are computed anew from the chosen shares: the solver's are rounded to its tolerance. */
function solutionOf({ branches }: SplitProblem, primal: (name: string) => number): SplitSolution {
  const branch = branches.findIndex((_, b) => primal(`b${b}`) > 0.5);
  const { constant, waves } = branches[branch]!;
  let value = constant;
  const chosen = waves.map(({ options }, w) => {
    const option = options.findIndex((_, o) => primal(`o${branch}_${w}_${o}`) > 0.5);
    const points = options[option]!;
    let share = 0;
    points.forEach((point, p) => {
      share += point.share * primal(`p${branch}_${w}_${option}_${p}`);
    });
    return { option, share: cleaned(share, points) };
  });
  chosen.forEach(({ option, share }, w) => {
    value += valueAt(waves[w]!.options[option]!, share);
  });
  return { value, branch, waves: chosen };
}

/** A share that is a point but for rounding is the point. */
function cleaned(share: number, points: readonly SharePoint[]): number {
  return points.find((point) => Math.abs(point.share - share) < 1e-7)?.share ?? share;
}
