// Who did something to a grant, why, and a pointer to the evidence: text at the end of events of
// suspicion. Texts of operators, nothing of users.
import type { EventWriter } from "./event.ts";

export interface Note {
  /** The public id of a key, or what an embedding caller says. UTF-8, at most 128 bytes. */
  by: Uint8Array;
  /** At most 500 bytes. */
  why: Uint8Array;
  /** Opaque, at most 32 bytes; empty when there is none. */
  evidence: Uint8Array;
}

/** Words that a note's texts take. */
export function noteWords({ by, why, evidence }: Note): number {
  return Math.ceil((by.length + why.length + evidence.length) / 4);
}

/** The word that says how long each text is: by | evidence << 8 | why << 16. */
export function noteLengths({ by, why, evidence }: Note): number {
  return by.length | (evidence.length << 8) | (why.length << 16);
}

/** Words of the texts that such a word announces. */
export function wordsOfNote(lengths: number): number {
  return Math.ceil(((lengths & 0xff) + ((lengths >>> 8) & 0xff) + (lengths >>> 16)) / 4);
}

/** Writes the texts one after the other. */
export function writeNote({ by, why, evidence }: Note, out: EventWriter, at: number): void {
  const bytes = new Uint8Array(out.words.buffer, out.words.byteOffset + 4 * at);
  bytes.set(by);
  bytes.set(why, by.length);
  bytes.set(evidence, by.length + why.length);
}

/** Reads the texts back. */
export function readNote(
  words: Uint32Array,
  at: number,
  lengths: number,
): { by: string; why: string; evidence: string | null } {
  const [by, evidence, why] = [lengths & 0xff, (lengths >>> 8) & 0xff, lengths >>> 16];
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * at, by + why + evidence);
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(bytes.subarray(from, from + length));
  return {
    by: text(0, by),
    why: text(by, why),
    evidence: evidence === 0 ? null : text(by + why, evidence),
  };
}

/** What of a note belongs to the content of a request; who asks does not. */
export function noteContent({ why, evidence }: Note): Uint8Array {
  const content = new Uint8Array(why.length + 1 + evidence.length);
  content.set(why);
  content.set(evidence, why.length + 1);
  return content;
}
