// What a user pastes: a code, a passphrase, or the chat message that he found it in. Case, width,
// spaces and punctuation do not matter.
import { CODE_LETTERS, readCode } from "./invite-code.ts";
import { PASSPHRASE_WORDS, readPassphrase } from "./invite-words.ts";

/** What may be a code, in the order in which it stands in the text. */
export interface InviteReading {
  /** 60 bits whose check holds. */
  bits: bigint;
  /** The text is this and nothing else, so that whoever typed it meant it. */
  whole: boolean;
}

/** Every reading of a text whose check holds; none: it was mistyped. */
export function readInviteText(text: string): InviteReading[] {
  // Letters of full width become those of ASCII; marks of direction and breaks, which chats put in
  // where nobody sees them, go.
  const plain = text.normalize("NFKC").toLowerCase().replace(UNSEEN, "");
  return [...codesIn(plain), ...passphrasesIn(plain)];
}

const UNSEEN = /\p{Cf}/gu;
const FOREIGN = /[^\p{L}\p{N}]/gu;
/** Groups of a code apart from other letters; within a look-ahead, so that matches may overlap. */
const GAP = "[\\p{Pd}\\s]{0,3}";
const GROUPS: RegExp = new RegExp(
  `(?<![0-9a-z])(?=([0-9a-z]{4}${GAP}[0-9a-z]{4}${GAP}[0-9a-z]{5})(?![0-9a-z]))`,
  "gu",
);

function codesIn(plain: string): InviteReading[] {
  const letters = plain.replace(FOREIGN, "");
  if (letters.length === CODE_LETTERS) {
    const bits = readCode(letters);
    return bits === null ? [] : [{ bits, whole: true }];
  }
  return [...plain.matchAll(GROUPS)].flatMap(([, group]) => {
    const bits = readCode(group!.replace(FOREIGN, ""));
    return bits === null ? [] : [{ bits, whole: false }];
  });
}

function passphrasesIn(plain: string): InviteReading[] {
  const letters = plain.replace(FOREIGN, "");
  const english = plain.match(/[a-z]+/g) ?? [];
  const chinese = plain.match(/\p{Script=Han}/gu) ?? [];
  return [...windowsOf(english, letters), ...windowsOf(chinese, letters)];
}

/** Every six neighbours that check. */
function windowsOf(words: readonly string[], letters: string): InviteReading[] {
  const found: InviteReading[] = [];
  for (let from = 0; from + PASSPHRASE_WORDS <= words.length; from++) {
    const six = words.slice(from, from + PASSPHRASE_WORDS);
    const bits = readPassphrase(six);
    if (bits !== null) found.push({ bits, whole: six.join("") === letters });
  }
  return found;
}
