// Events of suspicion in names and numbers.
import { readWide } from "../event.ts";
import { readNote } from "../note.ts";
import { SUSPECT, SWEPT_EXTENDED, SWEPT_RELEASED } from "./suspicion-event.ts";

/** What all of them say: of which grant, under which id, by whom, why and on what evidence. */
function common(words: Uint32Array, at: number, keyHex: KeyHex): Fields {
  const lengths = words[at + SUSPECT.note]!;
  const noteAt = at + SUSPECT.tail + 2 * words[at + SUSPECT.counts]!;
  return {
    grant: words[at + SUSPECT.grant],
    id: keyHex(words, at + SUSPECT.id),
    ...readNote(words, noteAt, lengths),
  };
}

type Fields = Record<string, unknown>;

type KeyHex = (words: Uint32Array, at: number) => string;

export function heldFields(words: Uint32Array, at: number, keyHex: KeyHex): Fields {
  return { ...common(words, at, keyHex), restMinor: readWide(words, at + SUSPECT.amount) };
}

export function releasedFields(words: Uint32Array, at: number, keyHex: KeyHex): Fields {
  return { ...common(words, at, keyHex), untilMs: readWide(words, at + SUSPECT.amount) };
}

export function extendedFields(words: Uint32Array, at: number, keyHex: KeyHex): Fields {
  const untilMs = readWide(words, at + SUSPECT.amount);
  return {
    ...common(words, at, keyHex),
    fromMs: readWide(words, at + SUSPECT.owed),
    untilMs,
  };
}

/** Without the cells, which the caller names. */
export function clawedBackFields(words: Uint32Array, at: number, keyHex: KeyHex): Fields {
  return {
    ...common(words, at, keyHex),
    returnedMinor: readWide(words, at + SUSPECT.amount),
    owedMinor: readWide(words, at + SUSPECT.owed),
  };
}

export function receivedFields(words: Uint32Array, at: number, keyHex: KeyHex): Fields {
  return {
    ...common(words, at, keyHex),
    amountMinor: readWide(words, at + SUSPECT.amount),
    owedMinor: readWide(words, at + SUSPECT.owed),
  };
}

/** Of which queue a swept event with flags is. */
export function sweptQueue(flags: number): "released" | "held" | "extended" {
  if (flags === SWEPT_EXTENDED) return "extended";
  return flags === SWEPT_RELEASED ? "released" : "held";
}
