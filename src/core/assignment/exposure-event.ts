// The words about who is in which arm, and from which moment on it could make a difference to him:
// assigned once, with the probability of the arm; exposed once, by the first thing it could change.
import { ASSIGNED, EVENT_KINDS, type EventWriter } from "../event.ts";

/** Flag of assigned and exposed: it says all that this file describes. Old journals lack it. */
export const STATED = 1;

/** assigned, with STATED: two more words, the arm's probability as a double; 0: not known. */
export const STATED_ASSIGNED = { probability: 8, words: 10 } as const;

/** exposed, with STATED: arm | what << 8 | ordinal of it << 16. */
export const EXPOSED_EVENT = { what: 7, words: 8 } as const;

/** By what a user was exposed other than by a claim: the first offer shown, an invite, a draw. */
export const EXPOSED_BY = { offers: 1, invite: 2, draw: 3 } as const;

/** exposure_imported: arm | ordinal of the surface << 16, and when the user saw it there. */
export const EXPOSURE_IMPORTED = { what: 7, seenAt: 8, words: 10 } as const;

const WORDS = new Uint32Array(2);
const DOUBLE = new Float64Array(WORDS.buffer);

/** The two words of a double. */
export function wordsOfDouble(value: number): [low: number, high: number] {
  DOUBLE[0] = value;
  return [WORDS[0]!, WORDS[1]!];
}

/** Reads a double from two words. */
export function readDouble(words: Uint32Array, at: number): number {
  WORDS[0] = words[at]!;
  WORDS[1] = words[at + 1]!;
  return DOUBLE[0]!;
}

/** Writes that a user is exposed, the first time. */
export function writeExposed(
  campaign: number,
  user: number,
  userKey: Uint32Array,
  keyAt: number,
  arm: number,
  by: number,
  ordinal: number,
  atMs: number,
  out: EventWriter,
): void {
  const at = out.begin(EVENT_KINDS.exposed, campaign, atMs, EXPOSED_EVENT.words, STATED);
  out.words[at + ASSIGNED.user] = user;
  out.key(at + ASSIGNED.userKey, userKey, keyAt);
  out.words[at + EXPOSED_EVENT.what] = arm | (by << 8) | (ordinal << 16);
}
