// A draw: who entered, how far the permutation of the entries is drawn, and who won. Entries are
// shuffled only as far as prizes and voids need it (Fisher-Yates from the front), so that closing
// over millions of entries costs no more than the prizes do.
import { assert } from "../../base/assert.ts";
import { utf8 } from "../../base/bytes.ts";
import { deriveKey, sha256 } from "../../base/hash.ts";
import { keyWords } from "../../base/keystream.ts";
import { drawBelow } from "../luck/packet.ts";
import { ByteColumn, WordColumn } from "../tables/columns.ts";

/** What a snapshot keeps of a draw beside its columns. */
export interface DrawScalars {
  entries: number;
  isClosed: boolean;
  round: number;
  places: number;
  winners: number;
  voids: number;
}

export class Draw {
  private readonly nonce: Uint32Array;
  entries = 0;
  isClosed = false;
  /** The public round that its luck waits for; 0: none takes part. */
  round = 0;
  /** Places of the permutation that are drawn: winners and voids. */
  places = 0;
  winners = 0;
  voids = 0;
  /** By entry: its user. By user: entries, and wins. */
  readonly entryUser: WordColumn = new WordColumn();
  readonly userEntries: WordColumn = new WordColumn();
  readonly userWins: ByteColumn = new ByteColumn();
  /** By place in the permutation: entry + 1 where it is not the place's own; 0 elsewhere. */
  readonly moved: WordColumn = new WordColumn();
  /** The grants of the winners, in the order of winning. */
  readonly winnerGrant: WordColumn = new WordColumn();

  constructor(ordinal: number) {
    this.nonce = drawNonce(ordinal);
  }

  /** Where the entry of the next place stands now: at this place or a later one. */
  drawPoint(key: Uint32Array): number {
    assert(this.places < this.entries, "every entry of the draw has its place");
    return this.places + drawBelow(key, this.nonce, this.places, this.entries - this.places);
  }

  /** The entry that stands at a place of the permutation. */
  entryAt(place: number): number {
    const moved = this.moved.get(place);
    return moved === 0 ? place : moved - 1;
  }

  enter(user: number): void {
    this.entryUser.set(this.entries, user);
    this.userEntries.set(user, this.userEntries.get(user) + 1);
    this.entries += 1;
  }

  /** The entry at `point` takes the next place; what stood there stands at `point` from now on. */
  take(place: number, point: number): void {
    assert(place === this.places, "a place of a draw was taken out of order");
    this.moved.set(point, this.entryAt(place) + 1);
    this.places += 1;
  }

  win(user: number, grant: number): void {
    this.userWins.set(user, this.userWins.get(user) + 1);
    this.winnerGrant.set(this.winners, grant);
    this.winners += 1;
  }

  scalars(): DrawScalars {
    const { entries, isClosed, round, places, winners, voids } = this;
    return { entries, isClosed, round, places, winners, voids };
  }
}

/** The first 96 bits of SHA-256("hongbao/draw/1" ‖ draw ordinal, four bytes, low one first). */
function drawNonce(draw: number): Uint32Array {
  const ordinal = new Uint8Array(4);
  new DataView(ordinal.buffer).setUint32(0, draw, true);
  const digest = sha256(utf8("hongbao/draw/1"), ordinal);
  const view = new DataView(digest.buffer, digest.byteOffset);
  return Uint32Array.from([0, 4, 8], (at) => view.getUint32(at, true));
}

/**
 * The id of the grant that the winner at a place gets: the first 128 bits of
 * SHA-256("hongbao/win/1" ‖ draw ordinal ‖ place), since tables of ids count on keys that are
 * spread like hashes.
 */
export function writeWinId(draw: number, place: number, out: Uint32Array, at: number): void {
  const input = new DataView(new ArrayBuffer(8));
  input.setUint32(0, draw, true);
  input.setUint32(4, place, true);
  const digest = sha256(utf8("hongbao/win/1"), new Uint8Array(input.buffer));
  const view = new DataView(digest.buffer, digest.byteOffset);
  for (let word = 0; word < 4; word++) out[at + word] = view.getUint32(4 * word, true);
}

/**
 * The key of a draw: HKDF of the committed seed, salted with the value of a round that was
 * published after entries had closed.
 *
 * @param randomness null where no beacon takes part
 */
export function drawKey(seed: Uint8Array, randomness: Uint8Array | null): Uint32Array {
  return keyWords(deriveKey(seed, "hongbao/draw/1", 32, randomness ?? undefined));
}
