// Invite codes as people type them: twelve letters of Crockford's base32 and a thirteenth that
// checks them, such as 7K3Q-X9M2-TB4WF. What a code stands for is 60 bits that only its campaign
// can read (host/invites/invite-ids.ts).
//
// The check letter makes the thirteen a polynomial over GF(32) that is zero at a generator: their
// weights all differ, so that one wrong letter, or two that changed places, cannot pass.

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS = 12;
export const CODE_LETTERS: number = DIGITS + 1;

/** What is easily taken for a digit, and a letter that no code has. */
const CONFUSED: Readonly<Record<string, string>> = { o: "0", i: "1", l: "1", u: "v" };

const VALUES = new Map<string, number>([...LETTERS].map((letter, i) => [letter.toLowerCase(), i]));
for (const [letter, meant] of Object.entries(CONFUSED)) VALUES.set(letter, VALUES.get(meant)!);

/** 60 bits as a code in three groups. */
export function writeCode(bits: bigint): string {
  let text = "";
  let sum = 0;
  for (let shift = 5 * (DIGITS - 1); shift >= 0; shift -= 5) {
    const digit = Number((bits >> BigInt(shift)) & 31n);
    text += LETTERS[digit];
    sum = times(sum) ^ digit;
  }
  text += LETTERS[times(sum)];
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/** The 60 bits of thirteen letters in lower case, or null when they do not check. */
export function readCode(letters: string): bigint | null {
  if (letters.length !== CODE_LETTERS) return null;
  let bits = 0n;
  let sum = 0;
  for (const letter of letters) {
    const digit = VALUES.get(letter);
    if (digit === undefined) return null;
    bits = (bits << 5n) | BigInt(digit);
    sum = times(sum) ^ digit;
  }
  return sum === 0 ? bits >> 5n : null;
}

/** Times the generator of GF(32) by x^5 + x^2 + 1. */
function times(value: number): number {
  return ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;
}
