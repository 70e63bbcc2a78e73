// How likely each draw of the campaign has paid off. Nothing that is published says anything of a
// kept user's margin, so where the margin's score is its own, the chance is computed over all
// margins instead of looking whether the one drawn is high enough: rare chances are seen too.
import { marginNeededAt, netAt } from "./judge-block.ts";
import type { JudgedDraws } from "./judged-draws.ts";
import { ScoreSpace } from "./score-space.ts";

export class PayoffChances {
  /** By months of the job, then by draw. */
  private readonly chances: readonly Float64Array[];

  constructor(draws: JudgedDraws) {
    const { assumptions, correlations, within } = draws.job;
    const space = new ScoreSpace(assumptions, correlations);
    const margin = assumptions.findIndex(({ id }) => id === "margin");
    const isOwn = margin >= 0 && space.isLast(margin);
    this.chances = within.map((_, i) =>
      draws.column((draw) => {
        if (!isOwn) return draws.answer(draw, netAt(i)) >= 0 ? 1 : 0;
        const needed = draws.answer(draw, marginNeededAt(i));
        return space.chanceOfAtLeast(margin, needed, draws.allScores, draw * draws.width);
      }),
    );
  }

  of(within: number, draw: number): number {
    return this.chances[within]![draw]!;
  }
}
