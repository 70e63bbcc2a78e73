// The auditor's split pots: all packets drawn at once from the key stream, in a plain queue. Who
// claims takes the first; what comes back goes to the end. The rule is written down a second time,
// from docs/reference/journal.md, on Node's primitives.
import { createCipheriv, createHash } from "node:crypto";
import type { PotReward } from "../../src/core/definition.ts";
import type { AuditorBooks } from "./auditor-books.ts";

interface Packet {
  /** From 1. */
  number: number;
  amountMinor: number;
}

export class AuditedPot {
  /** In the pot now, the next one first. */
  private readonly inside: Packet[];
  private readonly heldBy: Map<number, Packet> = new Map();
  /** Grants whose packets expired whole, in that order. */
  readonly waiting: { grant: number; freeAtMs: number }[] = [];

  constructor(reward: PotReward, offer: number, key: Uint8Array) {
    this.inside = packetsOf(reward, offer, key);
  }

  get insideMinor(): number {
    return this.inside.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }

  /** How many there are inside. */
  get count(): number {
    return this.inside.length;
  }

  /** The packet that the next claim gets. */
  next(): Packet | undefined {
    return this.inside[0];
  }

  /** @returns the packet's number */
  take(grant: number): number {
    const packet = this.inside.shift()!;
    this.heldBy.set(grant, packet);
    return packet.number;
  }

  comeBack(grant: number): Packet {
    const packet = this.heldBy.get(grant)!;
    this.heldBy.delete(grant);
    this.inside.push(packet);
    return packet;
  }
}

/** A packet that a grant gave back whole is in its pot again; false when there is none. */
export function returnPacket(
  books: AuditorBooks,
  ordinal: number,
  settled: boolean,
  atMs: number,
): void {
  const { offer } = books.grants[ordinal]!;
  const { number: packet, amountMinor } = books.pots[offer]!.comeBack(ordinal);
  const cap = books.definition.caps.findIndex(({ id }) => id === potCap(books, offer));
  const charge = { cap, row: 0, window: 0 };
  books.add(charge, -1);
  const cells = books.shown([charge]);
  books.write("packet_returned", atMs, { grant: ordinal, packet, amountMinor, settled, cells });
  if (settled) books.settlingMinor -= amountMinor;
}

function potCap({ definition }: AuditorBooks, offer: number): string {
  return `pot:${definition.offers[offer]!.id}`;
}

/** Whether a grant holds a packet of which nothing was spent. */
export function isWholePacket(books: AuditorBooks, ordinal: number): boolean {
  const { offer, spentMinor, returnedMinor } = books.grants[ordinal]!;
  return books.pots[offer] !== null && spentMinor === 0 && returnedMinor === 0;
}

/** What has settled by now goes back, pot by pot. */
export function returnSettledPackets(books: AuditorBooks, atMs: number): void {
  for (const pot of books.pots) {
    for (let first = pot?.waiting[0]; pot && first && first.freeAtMs <= atMs; ) {
      pot.waiting.shift();
      returnPacket(books, first.grant, true, atMs);
      first = pot.waiting[0];
    }
  }
}

/** Every packet of a pot in order, drawn one after the other from what is left. */
function packetsOf(reward: PotReward, offer: number, key: Uint8Array): Packet[] {
  const { packets, minMinor, maxMinor } = reward;
  const ordinal = Buffer.alloc(4);
  ordinal.writeUInt32LE(offer);
  const nonce = createHash("sha256").update("hongbao/pot/1").update(ordinal).digest();
  let left = BigInt(reward.totalMinor);
  return Array.from({ length: packets }, (_, i) => {
    const rest = BigInt(packets - i);
    const twice = (2n * left) / rest;
    const [min, max] = [BigInt(minMinor), BigInt(maxMinor)];
    const least = twice - max > min ? twice - max : min;
    const most = twice - min < max ? twice - min : max;
    const amount = rest === 1n ? left : least + point(most - least + 1n, nonce, i, key);
    left -= amount;
    return { number: i + 1, amountMinor: Number(amount) };
  });
}

/** A number below `span`: of the pairs of words in the block, the first that is not too large. */
function point(span: bigint, digest: Buffer, packet: number, key: Uint8Array): bigint {
  const nonce = Buffer.from(digest.subarray(0, 12));
  const fair = 2n ** 53n - (2n ** 53n % span);
  for (;;) {
    const iv = Buffer.alloc(16);
    iv.writeUInt32LE(packet);
    nonce.copy(iv, 4);
    const block = createCipheriv("chacha20", key, iv).update(Buffer.alloc(64));
    for (let at = 0; at < 64; at += 8) {
      const high = BigInt(block.readUInt32LE(at) % 2 ** 21);
      const number = high * 2n ** 32n + BigInt(block.readUInt32LE(at + 4));
      if (number < fair) return number % span;
    }
    nonce.writeUInt32LE((nonce.readUInt32LE(8) + 1) >>> 0, 8);
  }
}
