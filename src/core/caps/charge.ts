// What a claim or a redemption would charge: the cells of its caps, summed and checked before
// anything is written, so that nothing leaks when a later cap refuses.

import { ATTRIBUTES_AT, type Command } from "../command.ts";
import type { EventWriter } from "../event.ts";
import type { GrantSide } from "../grants/grant-side.ts";
import { type Outcome, outcome } from "../outcome.ts";
import { refusalOfPace } from "../pacing/decide-pace.ts";
import type { CampaignState } from "../state.ts";
import { NOT_INTERNED } from "../state-words.ts";
import type { CellList } from "../tables/cells.ts";
import type { Cap, CapSet } from "./caps.ts";

/** No row: the command lacks the attribute. */
const MISSING = -1;

/**
 * Leaves the cells to charge in `cells`; answers with the refusal of the first cap that would go
 * above its limit, or null.
 * @param earlier another side of the same decision, charged but not yet applied
 */
export function chargesOf(
  campaign: CampaignState,
  set: CapSet,
  command: Command,
  user: number,
  amountMinor: number,
  atMs: number,
  cells: CellList,
  earlier: GrantSide | null = null,
): Outcome | null {
  cells.clear();
  const { rows } = cells;
  findRows(campaign, set, command, rows, earlier);
  let refusing: Cap | null = null;
  for (let i = 0; i < set.caps.length; i++) {
    const cap = set.caps[i]!;
    const row = rowOf(campaign, cap, command, user, rows);
    if (row === MISSING) {
      if (cap.skipsMissing) continue;
      return missingAttribute(cap);
    }
    const window = campaign.calendar.windowAt(cap.per, atMs);
    const charge = cap.money ? amountMinor : 1;
    const used =
      cap.used(row, window) + (earlier === null ? 0 : chargeOf(earlier, cap, row, window));
    // Written so that NaN refuses.
    if (refusing === null && !(used + charge <= cap.limit)) refusing = cap;
    cells.push(cap, row, window);
  }
  if (refusing === null) {
    const { paced } = set;
    if (paced === null) return null;
    const before = earlier === null ? 0 : chargeOf(earlier, paced, 0, 0);
    return refusalOfPace(campaign, paced, command, before + amountMinor, atMs);
  }
  const answer = outcome("cap_reached");
  answer.cap = refusing.ordinal;
  answer.retryAtMs = campaign.calendar.windowEnd(refusing.per, atMs);
  return answer;
}

/** The refusal of whatever lacks the attribute that a cap counts by. */
export function missingAttribute(cap: Cap): Outcome {
  const answer = outcome("missing_attribute");
  answer.attribute = cap.attribute;
  answer.cap = cap.ordinal;
  return answer;
}

/** What a cap has left for a claim. */
export interface RoomOfCap {
  cap: Cap;
  /** Null: the claim lacks the attribute that it counts by. */
  row: number | null;
  used: number;
  /** As it is now: of a curve what has been let out. */
  limit: number;
  /** When its window is over; 0: never. */
  endsAtMs: number;
}

/** What every cap of a set holds now, of the cells that a command would be charged to. */
export function roomOf(
  campaign: CampaignState,
  set: CapSet,
  command: Command,
  user: number,
  atMs: number,
  { rows }: CellList,
): RoomOfCap[] {
  findRows(campaign, set, command, rows);
  return set.caps.map((cap) => {
    const row = rowOf(campaign, cap, command, user, rows);
    const endsAtMs = campaign.calendar.windowEnd(cap.per, atMs);
    const limit = cap.pace === null ? cap.limit : cap.pace.releasedMinor(atMs);
    if (row === MISSING) return { cap, row: null, used: 0, limit, endsAtMs };
    const used = cap.used(row, campaign.calendar.windowAt(cap.per, atMs));
    return { cap, row, used, limit, endsAtMs };
  });
}

/** The row of the cell that is charged. */
function rowOf(
  campaign: CampaignState,
  cap: Cap,
  command: Command,
  user: number,
  rows: Float64Array,
): number {
  switch (cap.dimension) {
    case "single":
      return 0;
    case "user":
      return user;
    case "offer":
      return command.offer;
    case "wave":
      return campaign.definition.offers[command.offer]!.wave;
    case "attribute": {
      // Another cap on the same attribute may share a cell where this one skips or refuses.
      const present = ((command.attributes >>> cap.attribute) & 1) !== 0;
      return present || cap.definition.missing === "shared" ? rows[cap.attribute]! : MISSING;
    }
  }
}

/** Looks up the values that caps count by; one not seen before will get the next ordinal. */
export function findRows(
  campaign: CampaignState,
  set: CapSet,
  command: Command,
  rows: Float64Array,
  earlier: GrantSide | null = null,
): void {
  const usable = command.attributes | set.shared;
  for (let attribute = 0, bits = set.counted; bits !== 0; attribute++, bits >>>= 1) {
    if ((bits & 1) === 0) continue;
    if (((usable >>> attribute) & 1) === 0) {
      rows[attribute] = MISSING;
      continue;
    }
    const values = campaign.attributes[attribute]!;
    const found = values.find(command.keys, ATTRIBUTES_AT + 4 * attribute);
    rows[attribute] = found >= 0 ? found : values.count;
    if (found < 0 && earlier !== null && takesNext(earlier, attribute, values.count)) {
      if (!sameValue(earlier.command, command, attribute)) rows[attribute] = values.count + 1;
    }
  }
}

/** What another side of the decision charges to a cell. */
function chargeOf(earlier: GrantSide, cap: Cap, row: number, window: number): number {
  if (!earlier.cells.has(cap, row, window)) return 0;
  return cap.money ? earlier.amountMinor : 1;
}

/** Whether another side of the decision brings a value that takes the next ordinal. */
function takesNext({ set, cells }: GrantSide, attribute: number, next: number): boolean {
  return ((set.counted >>> attribute) & 1) === 1 && cells.rows[attribute] === next;
}

function sameValue(a: Command, b: Command, attribute: number): boolean {
  const from = ATTRIBUTES_AT + 4 * attribute;
  for (let i = from; i < from + 4; i++) if (a.keys[i] !== b.keys[i]) return false;
  return true;
}

/**
 * Writes attributes as six words each: attribute, ordinal of the value or NOT_INTERNED, key.
 * @param rows those that chargesOf found just before
 */
export function writeAttributes(
  campaign: CampaignState,
  command: Command,
  bits: number,
  counted: number,
  rows: Float64Array,
  out: EventWriter,
  at: number,
): void {
  let position = at;
  for (let attribute = 0; attribute < campaign.attributes.length; attribute++) {
    if (((bits >>> attribute) & 1) === 0) continue;
    const interned = ((counted >>> attribute) & 1) !== 0;
    out.words[position] = attribute;
    out.words[position + 1] = interned ? rows[attribute]! : NOT_INTERNED;
    out.key(position + 2, command.keys, ATTRIBUTES_AT + 4 * attribute);
    position += 6;
  }
}

/** Number of bits set. */
export function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
