import { describe, expect, it } from "vitest";
import { utf8 } from "../../base/bytes.ts";
import { sha256 } from "../../base/hash.ts";
import { type JournalRecord, leafBlinding, splitEvents } from "../codec.ts";
import { AT } from "../format.ts";
import { createMemoryJournal } from "../memory-journal.ts";
import { LogTree, verifyInclusion } from "./log-tree.ts";
import {
  disclosedHeader,
  eventLeaf,
  eventLeaves,
  recordLeaf,
  recordLeafOf,
} from "./record-leaf.ts";

/** Three events of 2, 1 and 3 words. */
const WORDS = Uint32Array.of((2 << 16) | 7, 1, (1 << 16) | 8, (3 << 16) | 9, 2, 3);

async function records(): Promise<JournalRecord[]> {
  const journal = createMemoryJournal({ ledgerId: "leaves" });
  const payload = new Uint8Array(WORDS.buffer);
  for (let n = 0; n < 5; n++) {
    const blindingSeed = new Uint8Array(16).fill(n + 1);
    await journal.append({ atMs: n, eventCount: 3, payload, blindingSeed });
  }
  await journal.close();
  const read: JournalRecord[] = [];
  for await (const record of journal.read()) read.push(record);
  return read;
}

describe("leaf of a record", () => {
  it("lets a receipt prove one event, from the event up to the log's root", async () => {
    const all = await records();
    const log = new LogTree();
    for (const record of all) log.append(recordLeaf(record));
    const record = all[2]!;
    const inRecord = new LogTree();
    for (const leaf of eventLeaves(record)) inRecord.append(leaf);

    const event = splitEvents(record.payload)[1]!;
    const leaf = eventLeaf(leafBlinding(record.blindingSeed, 1), event, sha256);
    const eventClaim = { leaf, index: 1, size: 3, root: inRecord.root() };
    expect(verifyInclusion(eventClaim, inRecord.inclusionProof(1))).toBe(true);
    const disclosed = disclosedHeader(record.header);
    const ofRecord = recordLeafOf(disclosed, record.chain, inRecord.root());
    const recordClaim = { leaf: ofRecord, index: 2, size: 6, root: log.root() };
    expect(verifyInclusion(recordClaim, log.inclusionProof(2))).toBe(true);
  });

  it("shows neither the blinding seed nor a checksum over it", async () => {
    const [record] = await records();
    const disclosed = disclosedHeader(record!.header);
    expect(disclosed).toHaveLength(AT.headerCrc);
    expect(disclosed.subarray(AT.blindingSeed, AT.blindingSeed + 16)).toEqual(new Uint8Array(16));
    expect(record!.header[AT.blindingSeed]).toBe(1); // and the journal's own header still has it
  });

  it("blinds equal events differently, within a record and between records", async () => {
    const [first, second] = await records();
    const event = utf8("same");
    const leaves = [0, 1].map((n) =>
      eventLeaf(leafBlinding(first!.blindingSeed, n), event, sha256),
    );
    leaves.push(eventLeaf(leafBlinding(second!.blindingSeed, 0), event, sha256));
    expect(new Set(leaves.map(String)).size).toBe(3);
    expect(leafBlinding(first!.blindingSeed, 0)).toHaveLength(16);
  });

  it("gives an empty record a leaf too", async () => {
    const seal = (await records()).at(-1)!;
    expect(seal.eventCount).toBe(0);
    expect(eventLeaves(seal)).toEqual([]);
    expect(recordLeaf(seal)).toHaveLength(32);
  });
});
