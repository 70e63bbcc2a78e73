// Invite codes as passphrases, for platforms that block links and codes: six words of the published
// BIP 39 lists, English or simplified Chinese. Six times eleven bits are the 60 of the code and six
// that check them: of wrong words one in 64 passes here, and is then unknown to the campaign.
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as chinese } from "@scure/bip39/wordlists/simplified-chinese.js";

export interface Passphrases {
  /** Six English words. */
  en: string;
  /** Six characters. */
  zh: string;
}

export const PASSPHRASE_WORDS = 6;
const WORD_BITS = 11n;
const CHECK_BITS = 6n;
const WORD_MASK = (1n << WORD_BITS) - 1n;

const ENGLISH = new Map(english.map((word, i) => [word, i]));
const CHINESE = new Map(chinese.map((word, i) => [word, i]));

/** 60 bits in both languages. */
export function writePassphrases(bits: bigint): Passphrases {
  const whole = (bits << CHECK_BITS) | BigInt(checkOf(bits));
  const words = Array.from({ length: PASSPHRASE_WORDS }, (_, i) => {
    const shift = WORD_BITS * BigInt(PASSPHRASE_WORDS - 1 - i);
    return Number((whole >> shift) & WORD_MASK);
  });
  return {
    en: words.map((word) => english[word]).join(" "),
    zh: words.map((word) => chinese[word]).join(""),
  };
}

/** The 60 bits of six words in lower case, or null when a word is foreign or they do not check. */
export function readPassphrase(words: readonly string[]): bigint | null {
  if (words.length !== PASSPHRASE_WORDS) return null;
  let whole = 0n;
  const list = ENGLISH.has(words[0]!) ? ENGLISH : CHINESE;
  for (const word of words) {
    const value = list.get(word);
    if (value === undefined) return null;
    whole = (whole << WORD_BITS) | BigInt(value);
  }
  const bits = whole >> CHECK_BITS;
  return checkOf(bits) === Number(whole & ((1n << CHECK_BITS) - 1n)) ? bits : null;
}

/** Ten digits of six bits as a polynomial over GF(64), by x^6 + x + 1, at its generator. */
function checkOf(bits: bigint): number {
  let sum = 0;
  for (let shift = 54n; shift >= 0n; shift -= CHECK_BITS) {
    sum = times(sum) ^ Number((bits >> shift) & 63n);
  }
  return times(sum);
}

function times(value: number): number {
  return ((value << 1) ^ (value & 32 ? 0b1000011 : 0)) & 63;
}
