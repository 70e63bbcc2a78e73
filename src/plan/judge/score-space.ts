// Everything that is assumed as independent standard normal scores: a place where one can look for
// what fits published figures by moving and stretching a normal distribution, whatever shapes the
// assumptions themselves have. Their copula stands between the scores and the numbers.
import { type Inverse, inverseOf } from "../../stats/distributions/inverse.ts";
import { requireDomain } from "../../stats/domain.ts";
import { normalCdf } from "../../stats/normal.ts";
import { type Copula, copulaOf, correlate } from "../assumptions/copula.ts";
import type { Assumption, Correlation } from "../assumptions/index.ts";

const LAST = "margin";

export class ScoreSpace {
  /** Places in the list of those that vary; score c belongs to the assumption at varying[c]. */
  readonly varying: readonly number[];
  private readonly inverses: readonly Inverse[];
  private readonly fixed: Float64Array;
  private readonly copula: Copula;
  /** Of each member of the copula its score's place, and whether a score is one of theirs. */
  private readonly coordinates: readonly number[];
  private readonly isMember: readonly boolean[];
  private readonly tied: Float64Array;

  constructor(list: readonly Assumption[], correlations: readonly Correlation[]) {
    this.varying = [...list.keys()].filter((at) => list[at]!.distribution.kind !== "fixed");
    this.inverses = list.map(({ distribution }) => inverseOf(distribution));
    this.fixed = Float64Array.from(list, ({ distribution }) =>
      distribution.kind === "fixed" ? distribution.value : 0,
    );
    // The margin follows all others that it hangs together with, so that its own score moves it
    // alone: no published figure speaks of it, and chances are computed over all of its values.
    const margin = list.findIndex(({ id }) => id === LAST);
    const place = (id: string): number =>
      id === LAST ? list.length : list.findIndex((each) => each.id === id);
    const pairs = correlations.map(({ between: [a, b], rank }) => ({
      ...{ a: place(a), b: place(b), rank },
    }));
    const copula = copulaOf(pairs);
    requireDomain("members" in copula, "correlations", "ranks that can hold together");
    const members = copula.members.map((at) => (at === list.length ? margin : at));
    this.copula = { members, factor: copula.factor };
    this.coordinates = members.map((at) => this.varying.indexOf(at));
    this.isMember = this.varying.map((at) => members.includes(at));
    this.tied = new Float64Array(members.length);
  }

  /** Writes the numbers of all assumptions; `scores` begin at `at`. */
  values(scores: Float64Array, at: number, into: Float64Array): void {
    const { varying, inverses, copula, coordinates, isMember, tied } = this;
    into.set(this.fixed);
    for (let c = 0; c < varying.length; c++) {
      if (!isMember[c]) into[varying[c]!] = inverses[varying[c]!]!.fromScore(scores[at + c]!);
    }
    for (let m = 0; m < tied.length; m++) tied[m] = scores[at + coordinates[m]!]!;
    correlate(copula, tied);
    for (let m = 0; m < tied.length; m++) {
      const place = copula.members[m]!;
      into[place] = inverses[place]!.fromScore(tied[m]!);
    }
  }

  /**
   * Whether an assumption's own score moves nothing but that assumption: then, given all other
   * scores, it is as it was assumed, whatever was published of things that it has no part in.
   */
  isLast(place: number): boolean {
    const { members } = this.copula;
    const isVarying = this.varying.includes(place);
    return isVarying && (!members.includes(place) || members.at(-1) === place);
  }

  /** Chance that such an assumption is at least `value`, given all other scores, from `at` on. */
  chanceOfAtLeast(place: number, value: number, scores: Float64Array, at: number): number {
    const score = scoreOf(this.inverses[place]!, value);
    const { members, factor } = this.copula;
    const m = members.indexOf(place);
    if (m < 0) return normalCdf(-score);
    const row = (m * (m + 1)) / 2;
    let tied = 0;
    for (let k = 0; k < m; k++) tied += factor[row + k]! * scores[at + this.coordinates[k]!]!;
    return normalCdf((tied - score) / factor[row + m]!);
  }
}

/** Beyond it a normal score is not met in any draw. */
const FAR = 12;
const HALVINGS = 40;

/** The normal score whose number is `value`; the end of all scores where none is. */
function scoreOf(inverse: Inverse, value: number): number {
  let [low, high] = [-FAR, FAR];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (inverse.fromScore(middle) < value) low = middle;
    else high = middle;
  }
  return high;
}
