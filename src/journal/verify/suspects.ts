// What verify remembers of grants under suspicion.
import { moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";

/** A grant in a queue beside those of the classes, and when its turn comes. */
interface Waiting {
  grant: number;
  untilMs: number;
}

/** Grants as they were held and released, in order, and how far the sweep has come. */
export class VerifiedSuspects {
  readonly held: Waiting[] = [];
  /** By grant: how many entries there were with its last one. */
  readonly heldPlace: VerifyColumn<Uint32Array> = wordColumn();
  heldCursor = 0;
  readonly released: Waiting[] = [];
  releasedCursor = 0;
  /** Extensions, sorted by their ends, and among equal ends in order. */
  readonly extended: Waiting[] = [];
  extendedCursor = 0;
  /**
   * By grant: until when a released one and an extended one live at least, and what is owing of one
   * clawed back.
   */
  readonly untilMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly extendedMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly owed: VerifyColumn<Float64Array> = moneyColumn();

  extend(grant: number, untilMs: number): void {
    this.extendedMs.set(grant, untilMs);
    let [low, high] = [0, this.extended.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.extended[middle]!.untilMs <= untilMs) low = middle + 1;
      else high = middle;
    }
    this.extended.splice(low, 0, { grant, untilMs });
  }
}
