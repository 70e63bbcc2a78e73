// The figures that a valuation rests on, each with its unit, source and date. Reading one enters it
// into a book, from which the report lists sources, assumptions and blanks: none can be forgotten.
import type { HongbaoError } from "../base/error.ts";
import { randomStream } from "../base/keystream.ts";
import { inverseOf } from "../stats/distributions/inverse.ts";
import { certain, type Uncertain } from "../stats/draws.ts";
import { readNumber } from "./value-file/read-number.ts";
import type { RawFigure, RawNumber } from "./value-file/value-shape.ts";
import { roundingOf, yearBefore } from "./year-before.ts";

export interface Figure {
  readonly path: readonly PropertyKey[];
  readonly title: string;
  readonly unit: string;
  /** Major units and ratios; null: not found. */
  readonly value: number | null;
  readonly range: readonly [number, number] | null;
  /** How it is drawn over its range; a triangle unless it says else. */
  readonly shape?: "uniform";
}

/** A figure of a quarter beside the same of a year earlier. */
export interface GrownFigure extends Figure {
  /** Null: neither it nor its growth was found. */
  readonly yearBefore: Figure | null;
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

type Refuse = (path: readonly PropertyKey[], message: string) => HongbaoError;

export function figureBook(problem: Refuse): FigureBook {
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
      return { ...this.read(raw, place), yearBefore: readBefore(this, raw, place, problem) };
    },
    assume(id, says, { source, why }) {
      const because = why === undefined ? "" : `: ${why}`;
      if (isAssumption(source)) assumed.push({ id, says: says + because });
    },
  };
}

/** A figure as draws: known exactly, or over its range, by a stream of its own name. */
export function figureDraws(figure: Figure, seed: string, count: number): Uncertain | null {
  const { value, range, path, shape = "triangular" } = figure;
  if (value === null) return null;
  if (range === null) return certain(value, count);
  const [low, high] = range;
  const { fromShare } = inverseOf(
    shape === "uniform" ? { kind: shape, low, high } : { kind: shape, low, mode: value, high },
  );
  const stream = randomStream(seed, `value/${path.map(String).join(".")}`);
  return {
    point: value,
    draws: Float64Array.from({ length: count }, () => fromShare(stream.nextFloat())),
  };
}

/** Whatever names no place where the figure stands. */
function isAssumption(source: string): boolean {
  const words = source.trim();
  return /\bassum(e|es|ed|ptions?)\b/i.test(words) || NO_SOURCE.some((test) => test.test(words));
}

const NO_SOURCE: readonly RegExp[] = [
  /^\W*$/,
  /^(no|without( a)?|(my|our) own|my|our|own|an?) (source|guess|estimate|number)$/i,
  /^(none|nobody|n\/?a|not found|unknown|unsourced|guess(ed)?|own|mine|tbd|todo)$/i,
];

/** A year earlier as it was published, or as the published growth leaves it. */
function readBefore(
  book: FigureBook,
  raw: RawFigure,
  { path, title, unit, factor }: FigurePlace,
  problem: Refuse,
): Figure | null {
  const { source, date } = raw;
  const [value, growth] = [readNumber(raw.value), readNumber(raw.growth ?? null)];
  const at = { path: [...path, "growth"], title: `${title}, growth`, unit: "share", factor: 1 };
  if (raw.growth !== undefined) book.read({ value: raw.growth, source, date }, at);
  const place = { path: [...path, "yearBefore"], title: `${title}, a year earlier`, unit, factor };
  const known = typeof value === "number" && typeof growth === "number";
  const [low, high] = (raw.range ?? [value, value]).map((each) => readNumber(each!) as number);
  const left = known ? yearBefore([low!, value, high!], growth, roundingOf(raw.growth!)) : null;
  if (known && left === null) {
    throw problem(
      at.path,
      "expected growth above -100 % of a profit (of a loss, or from one, give yearBefore " +
        `instead), found ${raw.growth} beside ${raw.value}`,
    );
  }
  if (raw.yearBefore !== undefined) {
    const before = readNumber(raw.yearBefore);
    const isFar = (of: number): boolean => of < left!.range[0] || of > left!.range[1];
    if (left !== null && typeof before === "number" && isFar(before)) {
      throw problem(
        place.path,
        `expected ${left.range.join(" to ")}, as the growth of ${raw.growth} has it, found ` +
          `${before}`,
      );
    }
    return book.read({ value: raw.yearBefore, source, date }, place);
  }
  if (left === null) return null;
  const derived = `follows from ${raw.growth}; ${source}`;
  const range: [number, number] = [...left.range];
  const figure = book.read({ value: left.value, range, source: derived, date }, place);
  return { ...figure, shape: "uniform" };
}

function rangeOf(
  raw: RawFigure,
  value: number | null,
  path: readonly PropertyKey[],
  problem: Refuse,
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
