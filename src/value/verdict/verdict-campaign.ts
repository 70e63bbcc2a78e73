// The campaign that a value.yaml takes from a verdict: what was measured, with what the file
// assumes beside it.
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import type { Uncertain } from "../../stats/draws.ts";
import { type Figure, figureDraws } from "../figure.ts";
import type { Problem, ReadValue } from "../value-file/index.ts";
import { verdictDraws } from "./verdict-draws.ts";
import type { VerdictSlice } from "./verdict-slice.ts";

const DRAWS = 4_000;

type Name = "margin" | "survival" | "discount";

/** What a file assumes beside its verdict, as it is written. */
export interface AssumedBeside {
  readonly margin: Figure | null;
  readonly survival: Figure | null;
  readonly discount: Figure;
}

/** Enters the figures into the book, so that their sources are listed: once a reading. */
export function assumedBeside({ figures, from, question }: ReadValue): AssumedBeside {
  const read = (name: Name): Figure | null => {
    const raw = from[name];
    if (raw === undefined) return null;
    const unit = name === "margin" ? question.currency : "share";
    return figures.read(raw, { path: ["from", name], title: TITLES[name], unit, factor: 1 });
  };
  return { margin: read("margin"), survival: read("survival"), discount: read("discount")! };
}

/** @param file the verdict's, for what is wrong with it */
export function verdictCampaign(
  read: ReadValue,
  assumed: AssumedBeside,
  verdict: VerdictSlice,
  file: string,
  problem: Problem,
): CampaignDraws {
  const { from, seed, question } = read;
  const count = from.draws ?? DRAWS;
  const drawn = (name: Name): Uncertain | null => {
    const figure = assumed[name];
    return figure === null ? null : drawnFigure(read, figure, name, count, problem);
  };
  return verdictDraws(verdict, file, {
    ...{ seed, count, starts: from.starts!, currency: question.currency },
    ...{ kept: from.kept ?? "d30", scale: from.scale ?? 1 },
    ...{ margin: drawn("margin"), survival: drawn("survival"), discount: drawn("discount")! },
  });
}

function drawnFigure(
  { from, question }: ReadValue,
  figure: Figure,
  name: Name,
  count: number,
  problem: Problem,
): Uncertain {
  const draws = figureDraws(figure, question.seed, count);
  const isRight = draws?.draws.every((value) => value >= 0 && (name !== "survival" || value <= 1));
  if (draws !== null && isRight === true) return draws;
  const expected = name === "survival" ? "a share of 0 to 1" : "a number of 0 or more";
  const found = from[name]?.value ?? "none";
  throw problem(["from", name, "value"], `expected ${expected}, found ${found}`);
}

const TITLES = {
  margin: "margin a kept user and month",
  survival: "still active a month later",
  discount: "discount, a year",
} as const;
