// Where the campaign stands: in which lines of the statement, in which line of the sum of the
// parts, and at whose multiple.
import { readShare } from "../../contract/index.ts";
import type { Accounting, LineSplit } from "../booking.ts";
import { OF_THE_LINE } from "../company-figures.ts";
import type { Figure, FigureBook } from "../figure.ts";
import type { ValueQuestion } from "../value-question.ts";
import type { Problem } from "./problem.ts";
import type { ReadPlain } from "./read-market.ts";
import type { RawSplit, RawValue } from "./value-shape.ts";

/** Most of what a campaign costs beside its rewards is marketing. */
const OTHER: RawSplit = { salesAndMarketing: 1, contraRevenue: 0, costOfRevenue: 0 };

export function accountingOf(
  { accounting }: RawValue,
  figures: FigureBook,
  problem: Problem,
): Accounting {
  const { bookedAt, otherCost, ...origin } = accounting;
  const rewards = splitOf(accounting.rewards, ["accounting", "rewards"], problem);
  const other = splitOf(otherCost ?? OTHER, ["accounting", "otherCost"], problem);
  const rewardWords = `rewards of all offers alike, booked at the ${bookedAt}`;
  figures.assume("accounting", `${rewardWords}, ${splitWords(rewards)}`, origin);
  const otherWords = `calls of models, fees and marketing beside the rewards ${splitWords(other)}`;
  figures.assume(
    "accounting.otherCost",
    otherWords,
    otherCost === undefined ? DEFAULT_ORIGIN : origin,
  );
  return { bookedAt, rewards, otherCost: other };
}

const DEFAULT_ORIGIN = {
  source: "assumption",
  why: "the default; accounting.otherCost says otherwise",
};

function splitOf(raw: RawSplit, path: readonly string[], problem: Problem): LineSplit {
  const split = {
    salesAndMarketing: readShare(raw.salesAndMarketing)!,
    contraRevenue: readShare(raw.contraRevenue)!,
    costOfRevenue: readShare(raw.costOfRevenue)!,
  };
  const sum = split.salesAndMarketing + split.contraRevenue + split.costOfRevenue;
  if (Math.abs(sum - 1) < 1e-9) return split;
  const found = Number((100 * sum).toPrecision(6));
  throw problem(path, `expected shares that add up to 100 %, found ${found} %`);
}

function splitWords({ salesAndMarketing, contraRevenue, costOfRevenue }: LineSplit): string {
  const lines = [
    [salesAndMarketing, "sales and marketing"],
    [contraRevenue, "contra-revenue"],
    [costOfRevenue, "cost of revenue"],
  ] as const;
  return lines
    .filter(([share]) => share > 0)
    .map(([share, line]) => `${Number((100 * share).toPrecision(6))} % in ${line}`)
    .join(", ");
}

/** Of which profit a line's multiple is, as its measure says; null: of none. */
export function basisOf(measure: string): ValueQuestion["parts"][number]["basis"] {
  if (/\bEBIT|operating (profit|income|result)|before tax|pre-?tax/i.test(measure)) {
    return "before tax";
  }
  return /\b(net|after-tax) (profit|income|earnings|result)|\bearnings\b|after tax/i.test(measure)
    ? "after tax"
    : null;
}

export function usersMultipleOf(
  { moves, parts }: RawValue,
  plain: ReadPlain,
  problem: Problem,
): Figure | typeof OF_THE_LINE {
  const { line, multiple } = moves.users;
  if (multiple !== OF_THE_LINE) {
    const title = "multiple of the kept users' margin after tax";
    return plain(multiple, title, "times", "moves", "users", "multiple");
  }
  const own = parts.find(({ id }) => id === line);
  if (own !== undefined && basisOf(own.measure) !== null) return OF_THE_LINE;
  const found = own === undefined ? `the line ${line ?? "(none)"}` : `"${own.measure}"`;
  throw problem(
    ["moves", "users", "multiple"],
    "expected a line that is counted at a multiple of a profit, such as adjusted EBITA or net " +
      `profit, found ${found}: give the multiple as a number`,
  );
}
