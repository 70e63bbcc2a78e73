// What callers ask of the core, after host/ has turned every string into a pseudonym. Keys lie in
// one scratch array of words, four a key, so that the hot path makes no garbage.

/** Most attributes that one command carries. */
export const MAX_ATTRIBUTES = 16;

/** Where the keys of a command lie in its `keys`. */
export const ID_AT = 0;
export const USER_AT = 4;
export const ATTRIBUTES_AT = 8;

export interface Command {
  /**
   * Words 0-3: pseudonym of the command's id; 4-7: of the user, or (reversal) of the redemption's
   * id; 8 + 4 i: of attribute i in the order of the definition's `attributes`.
   */
  readonly keys: Uint32Array;
  /** Which attributes are present, one bit each. */
  attributes: number;
  /** Ordinal of the offer, or of a new invite's terms; -1 when the campaign has no such thing. */
  offer: number;
  /** Ordinal of the grant, or of the invite that is accepted, or -1. */
  grant: number;
  /** What to redeem; 0 = the whole rest. */
  amountMinor: number;
  /** Past it an unbound id is stale; 0 = never. */
  notAfterMs: number;
  /** When the merchant took the payment, or a grant is to expire; 0 = not said. */
  paidAtMs: number;
  /** The given arm (0 holdout, 1 … variants), or -1. */
  arm: number;
  /** The caller's own mark, at most 32 bytes, or null. */
  ref: Uint8Array | null;
  /** A payment that is another one than the redemption recorded at its instant. */
  separate: boolean;
  /** Whether the offer's condition holds; the host judges it, for the core knows no facts. */
  eligible: boolean;
}

/** An empty command to be filled again and again. */
export function emptyCommand(): Command {
  return {
    keys: new Uint32Array(ATTRIBUTES_AT + 4 * MAX_ATTRIBUTES),
    attributes: 0,
    offer: -1,
    grant: -1,
    amountMinor: 0,
    notAfterMs: 0,
    paidAtMs: 0,
    arm: -1,
    ref: null,
    separate: false,
    eligible: true,
  };
}

/**
 * Writes the 64-bit fingerprint of a command's content into out[0 .. 1]. The words mixed are keyed
 * hashes already, so nobody outside can construct two contents with one fingerprint; the mixing is
 * MurmurHash3's. `notAfterMs`, `separate` and
 * `eligible` are no content: a retry may come with other ones.
 */
export function fingerprint(kind: number, command: Command, out: Uint32Array): void {
  let a = 0x9e3779b9 ^ kind;
  let b = 0x85ebca6b ^ command.attributes;
  const keys = command.keys;
  for (let i = USER_AT; i < ATTRIBUTES_AT; i++) {
    a = mix(a, keys[i]!);
    b = mix(b, a ^ keys[i]!);
  }
  for (let bits = command.attributes, at = ATTRIBUTES_AT; bits !== 0; bits >>>= 1, at += 4) {
    if ((bits & 1) === 0) continue;
    for (let i = at; i < at + 4; i++) {
      a = mix(a, keys[i]!);
      b = mix(b, a ^ keys[i]!);
    }
  }
  a = mix(a, command.offer);
  a = mix(a, command.grant);
  a = mix(a, command.arm);
  b = mix(b, a);
  a = mix(a, command.amountMinor >>> 0);
  a = mix(a, Math.floor(command.amountMinor / 2 ** 32));
  b = mix(b, a);
  a = mix(a, command.paidAtMs >>> 0);
  a = mix(a, Math.floor(command.paidAtMs / 2 ** 32));
  b = mix(b, a);
  for (const byte of command.ref ?? NO_BYTES) {
    a = mix(a, byte);
    b = mix(b, a);
  }
  out[0] = finish(a ^ (b >>> 1));
  out[1] = finish(b ^ out[0]);
}

const NO_BYTES = new Uint8Array(0);

function mix(state: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = state ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(state: number): number {
  let h = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
