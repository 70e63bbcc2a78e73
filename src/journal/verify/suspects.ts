// What verify remembers of grants under suspicion.
import { moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";

/** Grants as they were held and released, in order, and how far the sweep has come. */
export class VerifiedSuspects {
  readonly held: number[] = [];
  /** By grant: how many entries there were with its last one. */
  readonly heldPlace: VerifyColumn<Uint32Array> = wordColumn();
  heldCursor = 0;
  readonly released: { grant: number; untilMs: number }[] = [];
  releasedCursor = 0;
  /** By grant: until when a released one lives at least, and what is owing of one clawed back. */
  readonly untilMs: VerifyColumn<Float64Array> = moneyColumn();
  readonly owed: VerifyColumn<Float64Array> = moneyColumn();
}
