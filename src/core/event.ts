// Events: what happened, as little-endian 32-bit words that decide writes and apply, the journal
// and every reader share. An event names every cell that it changes and by how much, so that replay
// needs no rule (docs/reference/journal.md has the layout in prose).
import { assert } from "../base/assert.ts";

/** Numbers are for ever; docs/reference/journal.md lists those that are kept for later. */
export const EVENT_KINDS = {
  opened: 1,
  paused: 2,
  resumed: 3,
  ended: 4,
  closed: 5,
  assigned: 6,
  exposed: 7,
  granted: 8,
  withheld: 9,
  redeemed: 10,
  cancelled: 11,
  expired: 12,
  swept: 13,
  settled: 14,
  reversed: 15,
  totals: 16,
  held: 17,
  released: 18,
  clawed_back: 19,
  blocked: 20,
  unblocked: 21,
  revised: 23,
  packet_returned: 30,
  draw_entered: 31,
  draw_closed: 32,
  draw_won: 33,
  draw_void: 34,
  beacon: 35,
  contingency: 41,
  loss: 42,
  receivable_settled: 43,
  exposure_imported: 45,
  listed: 49,
  curve_revised: 39,
  proposed: 50,
  rejected: 51,
  invited: 26,
  accepted: 27,
  compensated: 52,
  extended: 53,
} as const;

export type EventKind = keyof typeof EVENT_KINDS;

const KIND_NAMES: (EventKind | undefined)[] = [];
for (const [name, number] of Object.entries(EVENT_KINDS)) KIND_NAMES[number] = name as EventKind;
/** The name of an event kind; undefined for a number that this version does not know. */
export function eventKindName(kind: number): EventKind | undefined {
  return KIND_NAMES[kind];
}

/** Words that all events share: kind | flags << 8 | words << 16, then ms | campaign << 16. */
export const HEAD = { kind: 0, time: 1, body: 2 } as const;

/** granted and withheld; then attributes (6 words each), cells (2 each), the caller's mark. */
export const GRANTED = {
  grant: 2,
  /** offer | arm << 16 | cap list version << 24 */
  offer: 3,
  id: 4,
  fingerprint: 8,
  user: 10,
  userKey: 11,
  amount: 15,
  /** attributes | cells << 8 | mark bytes << 16 */
  counts: 17,
  /**
   * granted: of a table, draws of this offer by this user so far; of a pot, the packet from 1;
   * as compensation, 1 + the grant that was lost, or 0;
   * withheld: status | cap << 16
   */
  draw: 18,
  rest: 19,
} as const;

/** assigned; exposed stops before `arm`. Both say more with a flag: see exposure-event.ts. */
export const ASSIGNED = {
  user: 2,
  userKey: 3,
  /** arm | (audience + 1) << 8 | source << 16 | exposed << 24 */
  arm: 7,
  words: 8,
} as const;

/** invited: somebody has a code; then attributes. */
export const INVITED = {
  invite: 2,
  /** ordinal of the invite's terms | attributes << 16 | version << 24 */
  terms: 3,
  id: 4,
  fingerprint: 8,
  user: 10,
  userKey: 11,
  rest: 15,
} as const;

/**
 * accepted; then, in the same record, what the inviter and the invited are granted. flags bit 0:
 * the invited is held out, and what is withheld from him is all that follows.
 */
export const ACCEPTED = {
  /** Ordinal of the acceptance; 2^32 - 1 where it is withheld. */
  acceptance: 2,
  invite: 3,
  id: 4,
  fingerprint: 8,
  user: 10,
  userKey: 11,
  /** What the inviter gets, or would have got. */
  inviterAmount: 15,
  words: 17,
} as const;

/**
 * Flags of granted and withheld: part of the acceptance before it, which binds the id; the user's
 * first exposure; where nothing was granted, a draw of a table all the same.
 */
export const PART = 1;
export const EXPOSES = 2;
export const DRAWS = 4;
/** Flag of a granted event of a rehearsal: the event alone says that it is no money. */
export const REHEARSED = 8;

export const ASSIGNED_BY = { claim: 1, offers: 2, given: 3, audience: 4 } as const;

/** redeemed; then attributes and cells. */
export const REDEEMED = {
  grant: 2,
  redemption: 3,
  id: 4,
  fingerprint: 8,
  amount: 10,
  rest: 12,
  paidAt: 14,
  /** attributes | cells << 8 | cap list version << 16 */
  counts: 16,
  tail: 17,
} as const;

/** cancelled; then cells. */
export const CANCELLED = {
  grant: 2,
  counts: 3,
  id: 4,
  fingerprint: 8,
  amount: 10,
  tail: 12,
} as const;

/** expired; then cells. `freeAt`: when the money may be granted again. */
export const EXPIRED = { grant: 2, counts: 3, amount: 4, freeAt: 6, tail: 8 } as const;

/** swept: offer | class << 16, and its expiry cursor; or of a queue of suspicion: its flag. */
export const SWEPT = { offer: 2, cursor: 3, words: 4 } as const;

/** settled: expired money that is free again, and how many entries of the queue it was. */
export const SETTLED = { entries: 2, amount: 3, words: 5 } as const;

/** curve_revised: a curve goes on from here. flags: why, as in CURVE_CAUSES. */
export const CURVE_REVISED = {
  cap: 2,
  /** Entries of the cap's settling queue that re-enter, and all that re-enters. */
  entries: 3,
  back: 4,
  /** Released so far, and what the rest of the curve releases. */
  base: 6,
  rest: 8,
  words: 10,
} as const;

export const CURVE_CAUSES = { back: 1, spread: 2, revision: 4 } as const;

/** reversed; then cells. flags bit 0: redeemable again; bit 1: the grant is over now. */
export const REVERSED = {
  grant: 2,
  redemption: 3,
  id: 4,
  fingerprint: 8,
  amount: 10,
  counts: 12,
  tail: 13,
} as const;

/** packet_returned; then cells. flags bit 0: its money waited to settle. `packet` from 1. */
export const RETURNED = { grant: 2, packet: 3, counts: 4, amount: 5, tail: 7 } as const;

/** draw_entered: draw | (1 by request, 2 earned) << 16; entry 2^32 - 1: of a held-out user. */
export const ENTERED = {
  draw: 2,
  entry: 3,
  id: 4,
  fingerprint: 8,
  user: 10,
  userKey: 11,
  words: 15,
} as const;

/** draw_closed: how many entries there are, and the round that its luck waits for, or 0. */
export const DRAW_CLOSED = { draw: 2, entries: 3, round: 4, words: 6 } as const;

/** draw_won: rest is the grant, whose event follows; draw_void: rest is one of VOID_BECAUSE. */
export const DRAW_PLACE = { draw: 2, place: 3, point: 4, entry: 5, rest: 6, words: 7 } as const;
export const VOID_BECAUSE = { won: 1, blocked: 2 } as const;

/** closed: the seed, revealed (eight words, or zeros when there was none). */
export const CLOSED = { seed: 2, words: 10 } as const;

/** beacon: the value of a public round; then its signature and that of the round before. */
export const BEACON = {
  /** 0: the campaign's own luck; else 1 + ordinal of the draw that it is for */
  purpose: 2,
  /** of the signature | of the one before << 16 */
  bytes: 3,
  round: 4,
  randomness: 6,
  signatures: 14,
} as const;

/** totals, asserted by replay: five sums of money and four counts, each of two words. */
export const TOTALS = { body: 2, words: 20 } as const;

/** listed: a list of users as imported, by the SHA-256 of its file. */
export const LISTED = { list: 2, users: 3, sha256: 4, words: 12 } as const;
/** Longest event: its length is 16 bits. */
export const MAX_EVENT_WORDS = 65_535;

/** Reads a whole number below 2^53 from two words, low first. */
export function readWide(words: Uint32Array, at: number): number {
  return words[at]! + words[at + 1]! * 4_294_967_296;
}

/** Events of one record in the making. `baseAtMs` is the record's own instant. */
export class EventWriter {
  words: Uint32Array;
  length = 0;
  count = 0;
  baseAtMs = 0;
  /** Words before it are applied to the state already. */
  applied = 0;

  constructor(capacityWords = 4096) {
    this.words = new Uint32Array(capacityWords);
  }

  /**
   * Starts an event of `size` words and returns its offset; its body is zero.
   * @param kind one of EVENT_KINDS
   */
  begin(kind: number, campaign: number, atMs: number, size: number, flags = 0): number {
    assert(size <= MAX_EVENT_WORDS, "an event is longer than 65,535 words");
    if (this.length + size > this.words.length) this.growTo(this.length + size);
    const at = this.length;
    const since = atMs - this.baseAtMs;
    assert(since >= 0 && since < 65_536, "an event is over 65 s after its record's instant");
    // A loop, for `fill` is a call out of compiled code, dearer than the forty words of an event.
    const { words } = this;
    for (let i = at + HEAD.body; i < at + size; i++) words[i] = 0;
    words[at] = kind | (flags << 8) | (size << 16);
    words[at + 1] = since | (campaign << 16);
    this.length = at + size;
    this.count += 1;
    return at;
  }

  /** Writes a whole number below 2^53 as two words, low first. */
  wide(at: number, value: number): void {
    this.words[at] = value >>> 0;
    this.words[at + 1] = Math.floor(value / 4_294_967_296);
  }

  /** Copies a key of four words. */
  key(at: number, from: Uint32Array, fromAt: number): void {
    const words = this.words;
    words[at] = from[fromAt]!;
    words[at + 1] = from[fromAt + 1]!;
    words[at + 2] = from[fromAt + 2]!;
    words[at + 3] = from[fromAt + 3]!;
  }

  /** Empties the writer for the next record. */
  reset(baseAtMs: number): void {
    this.length = 0;
    this.count = 0;
    this.applied = 0;
    this.baseAtMs = baseAtMs;
  }

  private growTo(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.words.length * 2));
    grown.set(this.words.subarray(0, this.length));
    this.words = grown;
  }
}
