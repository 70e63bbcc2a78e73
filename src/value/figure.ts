// The figures that a valuation rests on, each with its unit, source and date. Reading one enters it
// into a book, from which the report lists sources, assumptions and blanks: none can be forgotten.
import type { HongbaoError } from "../base/error.ts";
import { drawPrior } from "../plan/prior.ts";
import { certain, type Uncertain } from "../stats/draws.ts";
import { readNumber } from "./value-file/read-number.ts";
import type { RawFigure, RawNumber } from "./value-file/value-shape.ts";

export interface Figure {
  readonly path: readonly PropertyKey[];
  readonly title: string;
  readonly unit: string;
  /** Major units and ratios; null: not found. */
  readonly value: number | null;
  readonly range: readonly [number, number] | null;
}

/** A figure of a quarter beside the same of a year earlier. */
export interface GrownFigure extends Figure {
  readonly yearBefore: number | null;
  readonly growth: number | null;
}

/** As it is listed in the report: numbers in the file's own unit. */
export interface FigureEntry {
  readonly id: string;
  readonly title: string;
  readonly value: number | null;
  readonly range: readonly [number, number] | null;
  readonly unit: string;
  readonly source: string;
  readonly date: string | null;
  readonly why: string | null;
  readonly isAssumption: boolean;
}

/** Something assumed in words instead of a number. */
export interface AssumedWords {
  readonly id: string;
  readonly says: string;
}

export interface FigurePlace {
  readonly path: readonly PropertyKey[];
  readonly title: string;
  readonly unit: string;
  /** What one of its unit is in major units. */
  readonly factor: number;
}

export interface FigureBook {
  readonly entries: readonly FigureEntry[];
  readonly assumed: readonly AssumedWords[];
  read(raw: RawFigure, place: FigurePlace): Figure;
  /** The figure with a year earlier, published or from the published growth. */
  readGrown(raw: RawFigure, place: FigurePlace): GrownFigure;
  assume(id: string, says: string, origin: { source: string; why?: string | undefined }): void;
}

export function figureBook(
  problem: (path: readonly PropertyKey[], message: string) => HongbaoError,
): FigureBook {
  const entries: FigureEntry[] = [];
  const assumed: AssumedWords[] = [];
  const number = (raw: RawNumber, path: readonly PropertyKey[]): number | null => {
    const value = readNumber(raw);
    if (value !== "unreadable") return value;
    throw problem(path, `expected a number, found "${raw}"`);
  };
  return {
    entries,
    assumed,
    read(raw, { path, title, unit, factor }) {
      const value = number(raw.value, [...path, "value"]);
      const range = rangeOf(raw, value, path, problem);
      entries.push({
        ...{ id: path.map(String).join("."), title, value, range, unit, source: raw.source },
        ...{ date: raw.date ?? null, why: raw.why ?? null },
        isAssumption: isAssumption(raw.source),
      });
      return {
        ...{ path, title, unit },
        value: value === null ? null : value * factor,
        range: range === null ? null : [range[0] * factor, range[1] * factor],
      };
    },
    readGrown(raw, place) {
      const figure = this.read(raw, place);
      const { path, factor } = place;
      const before = number(raw.yearBefore ?? null, [...path, "yearBefore"]);
      const growth = number(raw.growth ?? null, [...path, "growth"]);
      if (growth !== null && growth <= -1) {
        throw problem([...path, "growth"], `expected growth above -100 %, found ${raw.growth}`);
      }
      // Published growth is a rounded per cent: digits beyond the file's unit would be made up.
      const own = readNumber(raw.value);
      const implied =
        typeof own !== "number" || growth === null ? null : Math.round(own / (1 + growth));
      const earlier = before ?? implied;
      return { ...figure, growth, yearBefore: earlier === null ? null : earlier * factor };
    },
    assume(id, says, { source, why }) {
      const because = why === undefined ? "" : `: ${why}`;
      if (isAssumption(source)) assumed.push({ id, says: says + because });
    },
  };
}

/** A figure as draws: known exactly, or a triangle over its range. */
export function figureDraws(figure: Figure, seed: string, count: number): Uncertain | null {
  const { value, range, path, unit } = figure;
  if (value === null) return null;
  if (range === null) return certain(value, count);
  const id = `value/${path.map(String).join(".")}`;
  return drawPrior(id, { point: value, range, unit, shape: "triangular", why: "" }, seed, count);
}

export function isAssumption(source: string): boolean {
  return /^assum(ption|ed)$/i.test(source.trim());
}

function rangeOf(
  raw: RawFigure,
  value: number | null,
  path: readonly PropertyKey[],
  problem: (path: readonly PropertyKey[], message: string) => HongbaoError,
): readonly [number, number] | null {
  if (raw.range === undefined) return null;
  const [low, high] = raw.range.map((each) => readNumber(each)) as [number, number];
  // A value at an end of its range would lie outside most of its own draws.
  if (value !== null && low < value && value < high) return [low, high];
  const found = `${raw.range[0]} to ${raw.range[1]} about ${raw.value ?? "nothing"}`;
  throw problem(
    [...path, "range"],
    `expected [low, high] with the value between them, found ${found}`,
  );
}
