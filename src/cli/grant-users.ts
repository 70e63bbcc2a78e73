// Whose each grant is, while a journal is read from its beginning: 16 bytes a grant.
const CHUNK = 65_536;
const WORDS = 4;
const HEX_DIGITS = 8;

export class GrantUsers {
  private readonly chunks: Uint32Array[] = [];

  /** @param user pseudonym, 32 hex digits */
  add(grant: number, user: string): void {
    const words = this.chunkOf(grant);
    const at = WORDS * (grant % CHUNK);
    for (let i = 0; i < WORDS; i++) {
      words[at + i] = Number.parseInt(user.slice(HEX_DIGITS * i, HEX_DIGITS * (i + 1)), 16);
    }
  }

  /** The pseudonym, or null where no such grant was met. */
  of(grant: number): string | null {
    const words = this.chunks[Math.floor(grant / CHUNK)];
    if (words === undefined) return null;
    const at = WORDS * (grant % CHUNK);
    const hex = Array.from(words.subarray(at, at + WORDS), (word) =>
      word.toString(16).padStart(HEX_DIGITS, "0"),
    ).join("");
    return /^0+$/.test(hex) ? null : hex;
  }

  private chunkOf(grant: number): Uint32Array {
    const index = Math.floor(grant / CHUNK);
    while (this.chunks.length <= index) this.chunks.push(new Uint32Array(WORDS * CHUNK));
    return this.chunks[index]!;
  }
}
