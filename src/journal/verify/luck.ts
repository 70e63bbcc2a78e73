// Lucky amounts, drawn again from the seed that the opening event committed to. Written anew from
// the rule and not shared with the engine, so that both must be wrong in the same way to agree.
import { concatBytes, fromHex, sameBytes, utf8 } from "../../base/bytes.ts";
import { deriveKey } from "../../base/hash.ts";
import { chachaBlock, keyWords } from "../../base/keystream.ts";
import type { CampaignDefinition, TableEntry } from "../../core/definition.ts";
import type { Sha256 } from "../codec.ts";
import { type KeyBook, moneyColumn, wordColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";
import { OddsBook } from "./odds.ts";

/** Whether a seed is the one that was committed to: SHA-256 of purpose, ledger, campaign, seed. */
export function seedIsCommitted(
  seed: Uint8Array,
  commitment: string,
  ledgerId: string,
  campaign: string,
  sha256: Sha256,
): boolean {
  const preimage = concatBytes(utf8("hongbao/seed/1"), utf8(ledgerId), utf8(campaign), seed);
  return sameBytes(sha256(preimage), fromHex(commitment) ?? new Uint8Array(0));
}

/** One draw as an event states it. */
export interface StatedDraw {
  sequence: number;
  index: number;
  user: number;
  offer: number;
  /** The version of the definition whose odds it was drawn by. */
  version: number;
  /** Draws of this offer that the user had made before. */
  drawsBefore: number;
  amountMinor: number;
  /** Whether it was granted; else it is what a held-out user would have got. */
  granted: boolean;
}

/** Keeps the draws of a campaign until seed and beacon are known, then draws each again. */
export class LuckBook {
  /** By version. */
  private readonly definitions: CampaignDefinition[];
  private readonly users: KeyBook;
  private readonly sha256: Sha256;
  seed: Uint8Array | null = null;
  /** Who else wants to know when the seed is known. */
  readonly onSeed: ((findings: Findings) => void)[] = [];
  /** The value of the promised round; null while it is not in the journal. */
  private randomness: Uint8Array | null = null;
  readonly odds: OddsBook = new OddsBook();
  /** Null until the seed is known. */
  key: Uint32Array | null = null;
  /** What else is drawn again as soon as it is. */
  readonly redraws: ((key: Uint32Array, findings: Findings) => void)[] = [];
  /** Draws that wait for the seed: sequence, amount; then five words. */
  private sequences = moneyColumn();
  private amounts = moneyColumn();
  private words = wordColumn();
  waiting = 0;

  constructor(definition: CampaignDefinition, users: KeyBook, sha256: Sha256) {
    this.definitions = [definition];
    this.odds.take(definition, 0);
    this.users = users;
    this.sha256 = sha256;
  }

  /** Other odds, from now on. */
  revise(definition: CampaignDefinition): void {
    this.definitions.push(definition);
    this.odds.take(definition, this.definitions.length - 1);
  }

  get seedKnown(): boolean {
    return this.seed !== null;
  }

  get beaconKnown(): boolean {
    return this.randomness !== null;
  }

  /** Whether nothing may be drawn yet. */
  get awaitsBeacon(): boolean {
    return this.definitions[0]!.beacon !== undefined && this.randomness === null;
  }

  /** Checks a draw, at once or as soon as the seed is known. */
  add(draw: StatedDraw, findings: Findings): void {
    if (draw.granted) this.odds.add(draw.offer, draw.amountMinor);
    if (this.key !== null) return this.check(draw, this.key, findings);
    const row = this.waiting;
    this.sequences.set(row, draw.sequence);
    this.amounts.set(row, draw.amountMinor);
    this.words.set(5 * row, draw.index);
    this.words.set(5 * row + 1, draw.user);
    this.words.set(5 * row + 2, draw.offer);
    this.words.set(5 * row + 3, draw.drawsBefore);
    this.words.set(5 * row + 4, (draw.granted ? 1 : 0) | (draw.version << 1));
    this.waiting = row + 1;
  }

  /** Takes the seed and checks every draw that waits for it. */
  reveal(seed: Uint8Array, findings: Findings): void {
    this.seed = seed;
    this.mix(findings);
    for (const hear of this.onSeed) hear(findings);
  }

  /** Takes the value of the promised round, likewise. */
  takeBeacon(randomness: Uint8Array, findings: Findings): void {
    this.randomness = randomness;
    this.mix(findings);
  }

  /** The working key is HKDF-SHA-256 of the seed, with the round's value for its salt. */
  private mix(findings: Findings): void {
    if (this.seed === null || this.awaitsBeacon) return;
    const salt = this.randomness ?? undefined;
    const key = keyWords(deriveKey(this.seed, "hongbao/luck/1", 32, salt));
    this.key = key;
    for (let row = 0; row < this.waiting; row++) {
      const draw = {
        sequence: this.sequences.get(row),
        amountMinor: this.amounts.get(row),
        index: this.words.get(5 * row),
        user: this.words.get(5 * row + 1),
        offer: this.words.get(5 * row + 2),
        drawsBefore: this.words.get(5 * row + 3),
        granted: (this.words.get(5 * row + 4) & 1) === 1,
        version: this.words.get(5 * row + 4) >>> 1,
      };
      this.check(draw, key, findings);
    }
    this.sequences = moneyColumn();
    this.amounts = moneyColumn();
    this.words = wordColumn();
    this.waiting = 0;
    for (const redraw of this.redraws) redraw(key, findings);
  }

  private check(draw: StatedDraw, key: Uint32Array, findings: Findings): void {
    const definition = this.definitions[draw.version]!;
    const { reward } = definition.offers[draw.offer]!;
    if (reward.kind !== "table") return;
    findings.counts.draws += 1;
    const block = this.nonce(draw);
    const amountMinor = drawFrom(key, block, draw.drawsBefore, reward.entries);
    if (amountMinor === draw.amountMinor) return;
    const { sequence, index } = draw;
    const event = draw.granted ? "granted" : "withheld";
    const where = { sequence, index, event, campaign: definition.id };
    findings.wrongAt("draws", where, `an amount of ${amountMinor}`, `${draw.amountMinor}`);
  }

  /** The first 96 bits of SHA-256 (offer ordinal, pseudonym), all words little-endian. */
  private nonce({ offer, user }: StatedDraw): Uint32Array {
    const input = new DataView(new ArrayBuffer(20));
    input.setUint32(0, offer, true);
    for (let i = 0; i < 4; i++) input.setUint32(4 + 4 * i, this.users.word(user, i), true);
    const digest = this.sha256(new Uint8Array(input.buffer));
    const view = new DataView(digest.buffer, digest.byteOffset, 12);
    return Uint32Array.from([0, 4, 8], (at) => view.getUint32(at, true));
  }
}

const BLOCK = new Uint32Array(16);

/** The first word of the key stream below the largest multiple of the odds' sum decides. */
function drawFrom(
  key: Uint32Array,
  nonce: Uint32Array,
  counter: number,
  entries: readonly TableEntry[],
): number {
  const sum = entries.reduce((total, entry) => total + entry.odds, 0);
  const below = Math.floor(2 ** 32 / sum) * sum;
  for (let blocks = 0; blocks < 64; blocks++) {
    chachaBlock(key, nonce, counter, BLOCK);
    const word = BLOCK.find((candidate) => candidate < below);
    if (word !== undefined) return amountAt(word % sum, entries);
    nonce[2] = nonce[2]! + 1;
  }
  return Number.NaN;
}

function amountAt(point: number, entries: readonly TableEntry[]): number {
  let rest = point;
  for (const entry of entries) {
    if (rest < entry.odds) return entry.amountMinor;
    rest -= entry.odds;
  }
  return Number.NaN;
}
