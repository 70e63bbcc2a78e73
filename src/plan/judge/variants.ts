// The ways in which what was published can be believed: all sources, one alone, all but one, and a
// source that counts so many times too much. Panels contradict each other; the answer is given
// under each, and the range is the answer.
import { formatNumber } from "../../report/format.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import type { JudgeQuestion, Reading } from "./question.ts";
import type { JudgeTarget } from "./refine.ts";
import { type LogError, logError, sourceLogLikelihood } from "./source-error.ts";

export interface Variant {
  readonly id: string;
  readonly title: string;
  /** `plan`: nothing that was published. */
  readonly kind: "all" | "alone" | "without" | "factor" | "plan";
  /** Sources that count. */
  readonly sources: readonly string[];
  /** The one that is alone, left out, or off by `factor`. */
  readonly source: string | null;
  readonly factor: number | null;
}

/** Plain draws that a variant's should be worth. */
const GOAL = 200;
const GOAL_OF_ALL = 1_000;

/** The judgement itself first. */
export function variantsOf({ sources, readings }: JudgeQuestion): Variant[] {
  const counted = (as: Reading["as"]): string[] =>
    sources
      .map(({ id }) => id)
      .filter((id) => readings.some((r) => r.source === id && r.as === as));
  const says = counted("value");
  const ids = [...new Set([...says, ...counted("atMost")])];
  const of = (
    kind: Variant["kind"],
    title: string,
    own: readonly string[],
    source: string | null = null,
    factor: number | null = null,
  ): Variant => {
    const id = [kind, source, factor].filter((part) => part !== null).join(" ");
    return { id, title, kind, sources: own, source, factor };
  };
  const factors = sources
    .filter(({ id }) => says.includes(id))
    .flatMap(({ id, tried }) =>
      tried.map((factor) => of("factor", factorTitle(id, factor), ids, id, factor)),
    );
  const others = (id: string): string[] => ids.filter((each) => each !== id);
  const several = says.length > 1 ? says : [];
  return [
    of("all", "all sources", ids),
    ...several.map((id) => of("alone", `${id} alone`, [id], id)),
    ...several.map((id) => of("without", `all but ${id}`, others(id), id)),
    ...factors,
    of("plan", "no source: the plan, spending beyond its budget allowed", []),
  ];
}

function factorTitle(source: string, factor: number): string {
  const times = factor >= 1 ? factor : 1 / factor;
  return `${source} ${formatNumber(times)} times too ${factor >= 1 ? "high" : "low"}`;
}

/** How well each draw fits each source, kept as draws are added. */
export class SourceFits {
  private readonly question: JudgeQuestion;
  private readonly kept = new Map<string, number[]>();

  constructor(question: JudgeQuestion) {
    this.question = question;
  }

  targetOf(variant: Variant): JudgeTarget {
    const matches = variant.sources.map((source) =>
      this.matchOf(source, variant.source === source ? variant.factor : null),
    );
    return {
      id: variant.id,
      goal: variant.kind === "all" ? GOAL_OF_ALL : GOAL,
      logLikelihood: (draws, draw) => {
        let sum = 0;
        for (const match of matches) sum += match(draws, draw);
        return sum;
      },
    };
  }

  private matchOf(source: string, factor: number | null): Match {
    const key = `${source} ${factor ?? "its own"}`;
    const kept = this.kept.get(key) ?? [];
    this.kept.set(key, kept);
    const match = matchOfSource(this.question, source, factor);
    return (draws, draw) => {
      while (kept.length <= draw) kept.push(match(draws, kept.length));
      return kept[draw]!;
    };
  }
}

type Match = (draws: JudgedDraws, draw: number) => number;

function matchOfSource(question: JudgeQuestion, id: string, factor: number | null): Match {
  const { readings } = question;
  const own = (as: Reading["as"]): number[] =>
    [...readings.keys()].filter((at) => readings[at]!.source === id && readings[at]!.as === as);
  const [values, bounds] = [own("value"), own("atMost")];
  const common = factorOf(question, id, factor);
  const published = values.map((at) => ({
    published: readings[at]!.published,
    error: logError(readings[at]!.error),
  }));
  return (draws, draw) => {
    for (const at of bounds) {
      if (draws.number(draw, at) > readings[at]!.published) return Number.NEGATIVE_INFINITY;
    }
    if (values.length === 0) return 0;
    return sourceLogLikelihood(common, published, (i) => draws.number(draw, values[i]!));
  };
}

/** The error that all figures of a source have in common; of one that only bounds, none. */
export function factorOf(
  { sources }: JudgeQuestion,
  id: string,
  known: number | null = null,
): LogError {
  if (known !== null) return { mean: Math.log(known), sd: 0 };
  const factor = sources.find((each) => each.id === id)?.factor ?? null;
  return factor === null ? { mean: 0, sd: 0 } : logError(factor);
}
