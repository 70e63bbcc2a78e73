// A draw as verify keeps it: its entries, the permutation as far as it is drawn, and whether each
// place is the one that the committed seed draws. On no code of the engine.
import { utf8 } from "../../base/bytes.ts";
import { deriveKey } from "../../base/hash.ts";
import { keyWords } from "../../base/keystream.ts";
import type { Sha256 } from "../codec.ts";
import { byteColumn, moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";
import type { LuckBook } from "./luck.ts";
import { pointBelow } from "./pot.ts";

export class LotBook {
  private readonly campaign: string;
  private readonly luck: LuckBook;
  private readonly nonce: Uint32Array;
  entries = 0;
  /** By entry its user; by user the number of entries, and of wins. */
  readonly entryUser: VerifyColumn<Uint32Array> = wordColumn();
  readonly userEntries: VerifyColumn<Uint32Array> = wordColumn();
  readonly userWins: VerifyColumn<Uint8Array> = byteColumn();
  isClosed = false;
  /** The promised round, or 0; its value once it is in. */
  round = 0;
  randomness: Uint8Array | null = null;
  places = 0;
  /** By place: the entry + 1 that stands there since it gave way to another; 0: its own. */
  private readonly standing: VerifyColumn<Uint32Array> = wordColumn();
  /** Places that wait for the seed: sequence, index and point of each, from the first on. */
  private readonly waiting: VerifyColumn<Float64Array> = moneyColumn();
  private key: Uint32Array | null = null;

  constructor(ordinal: number, campaign: string, luck: LuckBook, sha256: Sha256) {
    this.campaign = campaign;
    this.luck = luck;
    const text = utf8("hongbao/draw/1");
    const input = Uint8Array.from([...text, ...[0, 8, 16, 24].map((shift) => ordinal >>> shift)]);
    const digest = new DataView(sha256(input).slice(0, 12).buffer);
    this.nonce = Uint32Array.from([0, 4, 8], (at) => digest.getUint32(at, true));
    luck.onSeed.push((findings) => this.mix(findings));
  }

  /** Whether nothing may be drawn yet. */
  get awaitsBeacon(): boolean {
    return this.round > 0 && this.randomness === null;
  }

  /** Places whose luck can be checked only once the seed is known. */
  get pendingCount(): number {
    return this.key === null ? this.places : 0;
  }

  takeBeacon(randomness: Uint8Array, findings: Findings): void {
    this.randomness = randomness;
    this.mix(findings);
  }

  /** Called when the draw is closed, the seed is known, or the round is in. */
  mix(findings: Findings): void {
    const { seed } = this.luck;
    if (this.key !== null || seed === null || !this.isClosed || this.awaitsBeacon) return;
    const salt = this.randomness ?? undefined;
    this.key = keyWords(deriveKey(seed, "hongbao/draw/1", 32, salt));
    for (let place = 0; place < this.places; place++) {
      const [sequence, index, point] = [0, 1, 2].map((i) => this.waiting.get(3 * place + i));
      this.redraw(place, point!, { sequence: sequence!, index: index! }, findings);
    }
  }

  /** The entry that stands at a place. */
  at(place: number): number {
    const moved = this.standing.get(place);
    return moved === 0 ? place : moved - 1;
  }

  /** The entry at `point` takes the next place. */
  take(point: number, findings: Findings): void {
    const place = this.places;
    this.standing.set(point, this.at(place) + 1);
    this.places = place + 1;
    const where = { sequence: findings.sequence, index: findings.index };
    if (this.key !== null) return this.redraw(place, point, where, findings);
    [where.sequence, where.index, point].forEach((value, i) => {
      this.waiting.set(3 * place + i, value);
    });
  }

  private redraw(
    place: number,
    point: number,
    where: { sequence: number; index: number },
    findings: Findings,
  ): void {
    findings.counts.winners += 1;
    const span = this.entries - place;
    const drawn = place + pointBelow(span, this.key!, this.nonce, place);
    if (drawn === point) return;
    const stated = { ...where, event: "draw_won", campaign: this.campaign };
    findings.wrongAt("winners", stated, `point ${drawn} for place ${place}`, `point ${point}`);
  }
}
