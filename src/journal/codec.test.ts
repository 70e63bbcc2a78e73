import { describe, expect, it } from "vitest";
import { toHex } from "../base/bytes.ts";
import { sha256 } from "../base/hash.ts";
import { checkRecord, decodeHeader, encodeRecord, firstChain, splitEvents } from "./codec.ts";
import { AT, recordBytes } from "./format.ts";

const draft = {
  flags: 2,
  sequence: 1,
  atMs: 1_770_000_000_123,
  durableSequence: 0,
  writerEpoch: 3,
  eventCount: 2,
  blindingSeed: Uint8Array.from({ length: 16 }, (_, n) => 200 + n),
  previousChain: firstChain("ledger", sha256),
};

function encode(payload: Uint8Array, more: Partial<typeof draft> = {}): Uint8Array {
  const bytes = new Uint8Array(recordBytes(payload.length));
  encodeRecord(bytes, { ...draft, ...more }, payload, sha256);
  return bytes;
}

function check(bytes: Uint8Array) {
  return checkRecord(bytes, 0, { sequence: 1, previousChain: draft.previousChain }, sha256);
}

describe("record codec", () => {
  it("puts every field where docs/reference/journal.md says", () => {
    const bytes = encode(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe("hbrecord");
    expect(view.getUint16(8, true)).toBe(1);
    expect(view.getUint16(10, true)).toBe(128);
    expect(view.getUint32(12, true)).toBe(2);
    expect(view.getBigUint64(16, true)).toBe(1n);
    expect(view.getBigUint64(24, true)).toBe(1_770_000_000_123n);
    expect(view.getBigUint64(32, true)).toBe(0n);
    expect(view.getUint32(40, true)).toBe(3);
    expect(view.getUint32(44, true)).toBe(2);
    expect(view.getUint32(48, true)).toBe(8);
    expect(view.getUint32(52, true)).toBe(0);
    expect(bytes.subarray(56, 72)).toEqual(draft.blindingSeed);
    expect(bytes.subarray(72, 104)).toEqual(draft.previousChain);
    expect(new TextDecoder().decode(bytes.subarray(168, 176))).toBe("hb:end.\n");
    expect(bytes).toHaveLength(176);
  });

  it("writes the same bytes for ever", () => {
    const bytes = encode(Uint8Array.of(0, 0, 1, 0), { blindingSeed: new Uint8Array(16) });
    expect(toHex(sha256(bytes))).toMatchInlineSnapshot(
      `"9bdea8635539e36404d154d48ce70964f1e5ac1d019a7ee42f9e035129037f14"`,
    );
  });

  it("gives back what went in", () => {
    const payload = Uint8Array.from({ length: 5000 }, (_, n) => n & 255);
    const result = check(encode(payload));
    expect(result.kind).toBe("record");
    if (result.kind !== "record") return;
    expect(result.record).toMatchObject({ ...draft, payloadBytes: 5000, zeroSectors: 0 });
    expect(result.record.payload).toEqual(payload);
  });

  it("notices every single flipped bit", () => {
    const bytes = encode(Uint8Array.from({ length: 64 }, (_, n) => n * 3));
    const kinds = new Set<string>();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      const { kind } = check(bytes);
      expect(kind, `bit ${bit}`).not.toBe("record");
      kinds.add(kind);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect([...kinds].sort()).toEqual(["body", "chain", "end", "header"]);
    expect(check(bytes).kind).toBe("record");
  });

  it("tells a record of a later format or with unknown flags from damage", () => {
    const bytes = encode(Uint8Array.of(1, 0, 1, 0));
    new DataView(bytes.buffer).setUint16(AT.formatVersion, 2, true);
    expect(check(bytes).kind).toBe("header"); // the checksum no longer fits: a flipped bit
    expect(decodeHeader(bytes)).toBeNull();
    expect(() => encode(Uint8Array.of(1, 0, 1, 0), { flags: 8 })).toThrow("known record flags");
  });

  it("counts the sectors that are zero by content", () => {
    const payload = new Uint8Array(4096);
    payload[4095] = 1;
    // Sectors start with the record: the first holds the header, the last the payload's end.
    expect(decodeHeader(encode(payload))!.zeroSectors).toBe(7);
  });

  it("splits a payload into events by the length in their first words", () => {
    const words = Uint32Array.of((2 << 16) | 5, 9, 1 << 16, (3 << 16) | 1, 0, 0);
    const events = splitEvents(new Uint8Array(words.buffer));
    expect(events.map(({ length }) => length)).toEqual([8, 4, 12]);
    expect(() => splitEvents(new Uint8Array(8))).toThrow("length 0");
    expect(() => splitEvents(new Uint8Array(Uint32Array.of(2 << 16).buffer))).toThrow("length 8");
  });
});
