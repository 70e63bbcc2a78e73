// Days on which a price jumped: a split that nobody declared would be the largest abnormal return
// of all, and so would a slip of the pen. A fall by half may be real: its owner says so.
import { dayNumber, dayText } from "./calendar-days.ts";
import { type PriceColumns, type PriceNotice, priceProblem } from "./price-rows.ts";

/**
 * On this day one old share became `factor` new ones; prices before it are divided. With a factor
 * of 1 there was none: the price really moved.
 */
export interface ShareSplit {
  readonly day: string;
  readonly factor: number;
  /** Whose price, default the security's. */
  readonly of?: "security" | "market" | undefined;
}

export interface PricedDay {
  readonly day: number;
  readonly line: number;
}

/** Splits and their reverses; a price that moves to near one of them in a day is suspicious. */
const SPLIT_FACTORS = [1.5, 2, 3, 4, 5, 7, 8, 10, 15, 20, 25, 50, 100];
const SPLIT_NEAR = 0.06;
/** Smaller jumps may be news. */
const SPLIT_LEAST = 1.3;
/** As much as a bonus issue of one share for six or five moves it, or a very bad day: told. */
const TOLD_LEAST = 1.15;

type Series = "security" | "market";

export class Jumps {
  private readonly file: string;
  private readonly columns: PriceColumns;
  private readonly factors: ReadonlyMap<string, number>;
  private readonly notices: PriceNotice[];

  /** Throws where a split's day has no prices. */
  constructor(
    { file, columns, notices }: { file: string; columns: PriceColumns; notices: PriceNotice[] },
    splits: readonly ShareSplit[],
    days: ReadonlySet<number>,
  ) {
    [this.file, this.columns, this.notices] = [file, columns, notices];
    this.factors = new Map(
      splits.map(({ day, factor, of = "security" }) => [`${of} ${dayNumber(day)}`, factor]),
    );
    for (const { day } of splits) {
      if (days.has(dayNumber(day)!)) continue;
      const next = "name the first day that trades at the new price";
      throw priceProblem(file, null, `expected prices of the day of the split, ${day}: ${next}`);
    }
  }

  /** The return of a day, its split taken out. @param ratio of its price to the one before */
  returnOf(series: Series, ratio: number, at: PricedDay): number {
    const factor = this.factors.get(`${series} ${at.day}`);
    if (factor === undefined) this.look(series, ratio, at);
    else if (factor !== 1) this.lookAtSplit(series, ratio, factor, at);
    return ratio * (factor ?? 1) - 1;
  }

  private look(series: Series, ratio: number, { day, line }: PricedDay): void {
    const name = this.columns[series];
    const jump = sizeOf(ratio);
    if (jump < TOLD_LEAST) return;
    const factor = SPLIT_FACTORS.find((each) => Math.abs(jump / each - 1) < SPLIT_NEAR);
    if (factor === undefined || jump < SPLIT_LEAST) {
      const next = "read as it stands; was it no split, bonus issue or slip of the pen?";
      this.note(line, day, `${movedText(name, ratio, day)}: ${next}`);
      return;
    }
    const how = ratio < 1 ? `${factor} new shares for one` : `one new share for ${factor}`;
    const slip = factor === 10 || factor === 100 ? ", or a slip of the decimal point" : "";
    const of = series === "market" ? " with `of: market`" : "";
    throw priceProblem(
      this.file,
      line,
      `${name} moved by a factor of ${ratio.toFixed(3)} on ${dayText(day)}, suspiciously near a ` +
        `split (${how})${slip}: use adjusted prices, or declare it under event.splits${of}; ` +
        "with `factor: 1` the price really moved so",
    );
  }

  private lookAtSplit(
    series: Series,
    ratio: number,
    factor: number,
    { day, line }: PricedDay,
  ): void {
    const name = this.columns[series];
    const rest = ratio * factor;
    if (sizeOf(rest) >= sizeOf(ratio)) {
      throw priceProblem(
        this.file,
        line,
        `${name} moved by a factor of ${ratio.toFixed(3)} on ${dayText(day)}: expected one near ` +
          `${Number((1 / factor).toPrecision(3))}, as its split into ${factor} says (new shares ` +
          "for one old; prices that are adjusted need no split)",
      );
    }
    if (sizeOf(rest) < TOLD_LEAST) return;
    this.note(line, day, `beside its split ${movedText(name, rest, day)}: read as it stands`);
  }

  private note(line: number, day: number, says: string): void {
    this.notices.push({ day, says: `${this.file}, line ${line}: ${says}` });
  }
}

function sizeOf(ratio: number): number {
  return Math.max(ratio, 1 / ratio);
}

function movedText(name: string, ratio: number, day: number): string {
  const percent = (100 * (ratio - 1)).toFixed(1).replace("-", "−");
  return `${name} moved by ${percent} % on ${dayText(day)}`;
}
