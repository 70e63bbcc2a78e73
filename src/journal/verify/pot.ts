// A split pot as verify keeps it: which packet goes out next, who holds which, and whether each is
// the one that the committed seed draws. Written anew from the rule, on no code of the engine.
import { utf8 } from "../../base/bytes.ts";
import { chachaBlock } from "../../base/keystream.ts";
import type { PotReward } from "../../core/definition.ts";
import type { Sha256 } from "../codec.ts";
import { byteColumn, moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";
import type { LuckBook } from "./luck.ts";

/** A packet as a claim's event states it. */
export interface StatedPacket {
  sequence: number;
  index: number;
  /** Whether it was granted; else it is what a held-out user would have got. */
  granted: boolean;
  /** From 0, with what was left for it and those after it. */
  packet: number;
  leftMinor: number;
  amountMinor: number;
}

/** First in, first out. */
class GrantQueue {
  private readonly grants = wordColumn();
  private head = 0;
  length = 0;

  push(grant: number): void {
    this.grants.set(this.head + this.length, grant);
    this.length += 1;
  }

  /** -1 when there is none. */
  get first(): number {
    return this.length === 0 ? -1 : this.grants.get(this.head);
  }

  shift(): void {
    this.head += 1;
    this.length -= 1;
  }
}

export class PotBook {
  readonly reward: PotReward;
  /** Of the cap that counts its packets. */
  readonly capId: string;
  private readonly campaign: string;
  private readonly luck: LuckBook;
  private readonly nonce: Uint32Array;
  /** Packets that were out once, and the money of those that were not. */
  taken = 0;
  private leftMinor: number;
  /** By packet: 1 from when it is taken until it comes back. */
  private readonly held: VerifyColumn<Uint8Array> = byteColumn();
  /** By grant of this pot: its packet + 1, and what it held. */
  readonly packetOf: VerifyColumn<Uint32Array> = wordColumn();
  readonly amountOf: VerifyColumn<Float64Array> = moneyColumn();
  /** Grants whose packets are in the pot again, and those whose packets settle, until when. */
  readonly back: GrantQueue = new GrantQueue();
  readonly waiting: GrantQueue = new GrantQueue();
  readonly freeAtMs: VerifyColumn<Float64Array> = moneyColumn();
  private pending = new PendingPackets();

  constructor(
    reward: PotReward,
    offer: { id: string; ordinal: number },
    campaign: string,
    luck: LuckBook,
    sha256: Sha256,
  ) {
    this.reward = reward;
    this.leftMinor = reward.totalMinor;
    this.capId = `pot:${offer.id}`;
    this.campaign = campaign;
    this.luck = luck;
    this.nonce = nonceOf(offer.ordinal, sha256);
    luck.redraws.push((key, findings) => {
      const { pending } = this;
      this.pending = new PendingPackets();
      pending.each((stated) => this.redraw(stated, key, findings));
    });
  }

  /** Packets that wait for the seed. */
  get pendingCount(): number {
    return this.pending.length;
  }

  /** The packet that a claim gets now, from 0; -1 when the pot is empty. */
  get next(): number {
    if (this.taken < this.reward.packets) return this.taken;
    const { first } = this.back;
    return first < 0 ? -1 : this.packetOf.get(first) - 1;
  }

  /** Checks what an event says is in the next packet. */
  checkNext(
    stated: Pick<StatedPacket, "sequence" | "index" | "granted" | "amountMinor">,
    findings: Findings,
  ): void {
    const packet = this.next;
    if (packet < 0) {
      findings.same("packets", "an empty pot and", 0, stated.amountMinor);
    } else if (packet < this.taken) {
      const held = this.amountOf.get(this.back.first);
      findings.same("packets", "the packet unchanged, with", held, stated.amountMinor);
    } else {
      this.checkFresh({ ...stated, packet, leftMinor: this.leftMinor }, findings);
    }
  }

  private checkFresh(stated: StatedPacket, findings: Findings): void {
    const { amountMinor } = stated;
    const [least, most] = this.bounds(stated);
    findings.counts.packets += 1;
    if (!(amountMinor >= least && amountMinor <= most)) {
      findings.wrong("packets", `${least} to ${most} in this packet`, `${amountMinor}`);
    }
    if (least === most) return; // no luck in it
    const { key } = this.luck;
    if (key === null) this.pending.push(stated);
    else this.redraw(stated, key, findings);
  }

  /** What a packet may hold at its place, whatever the luck. */
  private bounds({ packet, leftMinor }: StatedPacket): [least: number, most: number] {
    const packets = this.reward.packets - packet;
    if (packets === 1) return [leftMinor, leftMinor];
    const twice = Number((2n * BigInt(leftMinor)) / BigInt(packets));
    const { minMinor, maxMinor } = this.reward;
    return [Math.max(minMinor, twice - maxMinor), Math.min(maxMinor, twice - minMinor)];
  }

  private redraw(stated: StatedPacket, key: Uint32Array, findings: Findings): void {
    findings.counts.draws += 1;
    const { packet, amountMinor, sequence, index } = stated;
    const [least, most] = this.bounds(stated);
    const drawn = least + pointBelow(most - least + 1, key, this.nonce, packet);
    if (drawn === amountMinor) return;
    const event = stated.granted ? "granted" : "withheld";
    const where = { sequence, index, event, campaign: this.campaign };
    findings.wrongAt("draws", where, `packet ${packet + 1} of ${drawn}`, `${amountMinor}`);
  }

  /** A grant takes the next packet. */
  take(grant: number, amountMinor: number, findings: Findings): void {
    const packet = this.next;
    if (packet < 0) return;
    if (this.held.get(packet) === 1) {
      findings.wrong("packets", "a packet that nobody holds", `packet ${packet + 1} again`);
    }
    this.held.set(packet, 1);
    this.packetOf.set(grant, packet + 1);
    this.amountOf.set(grant, amountMinor);
    if (packet < this.taken) return this.back.shift();
    this.taken += 1;
    this.leftMinor -= amountMinor;
  }

  /** The packet of a grant is in the pot again. */
  giveBack(grant: number): void {
    this.held.set(this.packetOf.get(grant) - 1, 0);
    this.back.push(grant);
  }
}

/** Packets whose luck can be checked only once the seed is known. */
class PendingPackets {
  private readonly money = moneyColumn();
  private readonly words = wordColumn();
  length = 0;

  push({ sequence, index, granted, packet, leftMinor, amountMinor }: StatedPacket): void {
    const row = this.length;
    this.money.set(3 * row, sequence);
    this.money.set(3 * row + 1, leftMinor);
    this.money.set(3 * row + 2, amountMinor);
    this.words.set(2 * row, (granted ? 1 : 0) | (index << 1));
    this.words.set(2 * row + 1, packet);
    this.length = row + 1;
  }

  each(check: (stated: StatedPacket) => void): void {
    for (let row = 0; row < this.length; row++) {
      check({
        sequence: this.money.get(3 * row),
        leftMinor: this.money.get(3 * row + 1),
        amountMinor: this.money.get(3 * row + 2),
        granted: (this.words.get(2 * row) & 1) === 1,
        index: this.words.get(2 * row) >>> 1,
        packet: this.words.get(2 * row + 1),
      });
    }
  }
}

/** The first 96 bits of SHA-256("hongbao/pot/1" ‖ offer ordinal, low byte first). */
function nonceOf(offer: number, sha256: Sha256): Uint32Array {
  const text = utf8("hongbao/pot/1");
  const input = Uint8Array.from([...text, ...[0, 8, 16, 24].map((shift) => offer >>> shift)]);
  const digest = new DataView(sha256(input).slice(0, 12).buffer);
  return Uint32Array.from([0, 4, 8], (at) => digest.getUint32(at, true));
}

/** Uniform below `span`: pairs of words, 53 bits each, until one shows no bias. */
export function pointBelow(
  span: number,
  key: Uint32Array,
  nonce: Uint32Array,
  counter: number,
): number {
  if (span === 1) return 0;
  const wanted = BigInt(span);
  const fair = (2n ** 53n / wanted) * wanted;
  const block = new Uint32Array(16);
  const own = Uint32Array.from(nonce);
  for (let blocks = 0; blocks < 64; blocks++) {
    chachaBlock(key, own, counter, block);
    for (let pair = 0; pair < 8; pair++) {
      const high = BigInt(block[2 * pair]! & 0x1fffff);
      const number = (high << 32n) | BigInt(block[2 * pair + 1]!);
      if (number < fair) return Number(number % wanted);
    }
    own[2] = own[2]! + 1;
  }
  return Number.NaN;
}
