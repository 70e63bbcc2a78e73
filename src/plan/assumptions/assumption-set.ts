// The joint draw of everything that a plan assumes: a scrambled Sobol point, correlated by a
// copula, through the inverse of each distribution.
import { HongbaoError } from "../../base/error.ts";
import { type Inverse, inverseOf } from "../../stats/distributions/inverse.ts";
import { requireDomain } from "../../stats/domain.ts";
import { normalScore } from "../../stats/normal.ts";
import { SobolSequence, unitOf } from "../../stats/sobol.ts";
import { SOBOL_DIMENSIONS } from "../../stats/sobol-directions.ts";
import type { Assumption, AssumptionSet, Correlation } from "./assumption.ts";
import { type Copula, copulaOf, correlate, type RankPair } from "./copula.ts";

/**
 * The place of an assumption in the list is its dimension: fixing one leaves the draws of the
 * others as they were. Throws `invalid_data` for what cannot be drawn.
 */
export function createAssumptionSet(
  list: readonly Assumption[],
  correlations: readonly Correlation[],
  seed: string | number,
): AssumptionSet {
  return new DrawnSet(list, correlations, seed);
}

class DrawnSet implements AssumptionSet {
  readonly list: readonly Assumption[];
  readonly points: Float64Array;
  readonly correlations: readonly Correlation[];
  readonly seed: string | number;
  private readonly places: ReadonlyMap<string, number>;
  private readonly inverses: readonly Inverse[];
  /** Of a draw, numbers that do not vary. */
  private readonly fixed: Float64Array;
  /** Places that vary: coordinate c of a point belongs to the one at varying[c]. */
  private readonly varying: Uint32Array;
  private readonly sequence: SobolSequence | null;
  private readonly copula: Copula;
  /** Of each member of the copula, its coordinate. */
  private readonly coordinates: Uint32Array;
  /** Whether a coordinate goes through the copula. */
  private readonly isMember: Uint8Array;
  private readonly point: Uint32Array;
  private readonly scores: Float64Array;

  constructor(
    list: readonly Assumption[],
    correlations: readonly Correlation[],
    seed: string | number,
  ) {
    this.list = list;
    this.correlations = correlations;
    this.seed = seed;
    this.places = new Map(list.map(({ id }, place) => [id, place]));
    requireDomain(this.places.size === list.length, "assumptions", "each id once");
    this.points = Float64Array.from(list, ({ point }) => point);
    this.inverses = list.map(({ distribution }) => inverseOf(distribution));
    this.fixed = Float64Array.from(list, ({ distribution }) =>
      distribution.kind === "fixed" ? distribution.value : 0,
    );
    const varying = [...list.keys()].filter((place) => isVarying(list[place]!));
    const tooMany = `at most ${SOBOL_DIMENSIONS}, got ${list.length}`;
    requireDomain((varying.at(-1) ?? 0) < SOBOL_DIMENSIONS, "assumptions", tooMany);
    this.varying = Uint32Array.from(varying);
    this.sequence = varying.length === 0 ? null : new SobolSequence({ dimensions: varying, seed });
    this.copula = requireCopula(list, correlations);
    this.coordinates = Uint32Array.from(this.copula.members, (place) => varying.indexOf(place));
    this.isMember = Uint8Array.from(varying, (place) =>
      Number(this.copula.members.includes(place)),
    );
    this.point = new Uint32Array(varying.length);
    this.scores = new Float64Array(this.copula.members.length);
  }

  has(id: string): boolean {
    return this.places.has(id);
  }

  ordinal(id: string): number {
    const place = this.places.get(id);
    requireDomain(place !== undefined, "assumptions", `an id that is among them, got ${id}`);
    return place;
  }

  quantile(ordinal: number, p: number): number {
    const isThere = ordinal in this.inverses && p > 0 && p < 1;
    requireDomain(isThere, "quantile", `an assumption and a share in (0, 1), got ${p}`);
    return this.inverses[ordinal]!.fromShare(p);
  }

  draw(index: number, into: Float64Array): void {
    const { varying, point, inverses, isMember, copula, coordinates, scores } = this;
    into.set(this.fixed);
    if (this.sequence === null) return;
    this.sequence.point(index, point);
    for (let c = 0; c < varying.length; c++) {
      if (isMember[c] === 0) {
        into[varying[c]!] = inverses[varying[c]!]!.fromShare(unitOf(point[c]!));
      }
    }
    for (let m = 0; m < scores.length; m++) {
      scores[m] = normalScore(unitOf(point[coordinates[m]!]!));
    }
    correlate(copula, scores);
    for (let m = 0; m < scores.length; m++) {
      const place = copula.members[m]!;
      into[place] = inverses[place]!.fromScore(scores[m]!);
    }
  }
}

export interface CorrelationProblem {
  /** Which of the correlations. */
  readonly at: number;
  readonly expected: string;
  readonly found: string;
}

/** The first thing that is wrong with correlations; null: nothing. */
export function correlationProblem(
  list: readonly Assumption[],
  correlations: readonly Correlation[],
): CorrelationProblem | null {
  const places = new Map(list.map(({ id }, place) => [id, place]));
  const seen = new Set<string>();
  for (const [at, { between, rank }] of correlations.entries()) {
    const [a, b] = between;
    for (const id of between) {
      const place = places.get(id);
      if (place === undefined) return { at, expected: "assumptions that are there", found: id };
      if (isVarying(list[place]!)) continue;
      return { at, expected: "assumptions that vary", found: `${id}, which is fixed` };
    }
    if (a === b) return { at, expected: "two assumptions", found: `${a} twice` };
    if (!(Math.abs(rank) < 1)) {
      return { at, expected: "a rank between -1 and 1, both excluded", found: `${rank}` };
    }
    const pair = [a, b].sort().join(" ");
    if (seen.has(pair)) return { at, expected: "each pair once", found: `${a} and ${b} again` };
    seen.add(pair);
  }
  return brokenProblem(list, rankPairs(list, correlations));
}

function brokenProblem(
  list: readonly Assumption[],
  pairs: readonly RankPair[],
): CorrelationProblem | null {
  const copula = copulaOf(pairs);
  if ("members" in copula) return null;
  const { broken } = copula;
  const named = broken.map(({ a, b, rank }) => `${list[a]!.id} and ${list[b]!.id} (${rank})`);
  return {
    at: pairs.indexOf(broken.at(-1)!),
    expected: "ranks that can hold together",
    found:
      `${named.join(", ")}: no numbers vary like that (their correlation matrix is not ` +
      "positive definite); weaken one of them",
  };
}

function requireCopula(list: readonly Assumption[], correlations: readonly Correlation[]): Copula {
  const problem = correlationProblem(list, correlations);
  if (problem !== null) {
    const message = `correlations: expected ${problem.expected}, found ${problem.found}`;
    throw new HongbaoError({ code: "invalid_data", message });
  }
  const copula = copulaOf(rankPairs(list, correlations));
  requireDomain("members" in copula, "correlations", "ranks that can hold together");
  return copula;
}

function rankPairs(list: readonly Assumption[], correlations: readonly Correlation[]): RankPair[] {
  const placeOf = (id: string): number => list.findIndex((each) => each.id === id);
  return correlations.map(({ between: [a, b], rank }) => ({ a: placeOf(a), b: placeOf(b), rank }));
}

function isVarying({ distribution }: Assumption): boolean {
  return distribution.kind !== "fixed";
}
