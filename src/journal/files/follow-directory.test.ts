// A follower beside a live journal: what it gives, and what it never gives.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeSha256 } from "./directory-journal.ts";
import type { FileJournal } from "./file-journal.ts";
import { type FollowedRecord, JournalFollower } from "./follow-directory.ts";
import { openNodeDisk } from "./node-disk.ts";
import { openFileJournal } from "./open-file-journal.ts";
import { nodeProcessTable } from "./process-table.ts";
import { segmentName } from "./segments.ts";

const SEGMENT_BYTES = 65_536;
const PAYLOAD_BYTES = 12_000; // four records a segment
const FIRST_RECORD = 8192;
const RECORD_STRIDE = 12_288;

let directory = "";
let journal: FileJournal;
let followers: JournalFollower[] = [];
beforeEach(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "hongbao-follow-"));
  journal = await open();
});
afterEach(async () => {
  await Promise.all(followers.map((follower) => follower.close()));
  followers = [];
  await journal.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

/** The head file is written when the test says so. */
function open(ledgerId = "followed"): Promise<FileJournal> {
  return openNodeDisk({ directory }).then((disk) =>
    openFileJournal({
      disk,
      ledgerId,
      segmentBytes: SEGMENT_BYTES,
      headEveryMs: 0,
      processes: nodeProcessTable,
      mintLedgerId: () => ledgerId,
      sha256: nodeSha256,
    }),
  );
}

async function append(count: number, filler = 1): Promise<void> {
  for (let i = 0; i < count; i++) {
    const payload = new Uint8Array(PAYLOAD_BYTES).fill(filler);
    const blindingSeed = new Uint8Array(16).fill(7);
    await journal.prepare(payload.length);
    await journal.append({ atMs: 1, eventCount: 1, payload, blindingSeed });
  }
}

async function follow(after?: FollowedRecord): Promise<JournalFollower> {
  const follower = await JournalFollower.open(directory, after);
  followers.push(follower);
  return follower;
}

async function available(follower: JournalFollower): Promise<number[]> {
  const sequences: number[] = [];
  // A look may end at a segment's end: what stands behind it comes with the next one.
  for (let empty = 0; empty < 2; ) {
    const record = await follower.next();
    if (record === null) empty += 1;
    else sequences.push(record.sequence);
  }
  return sequences;
}

/** What a killed process leaves, written over the journal of now. */
function change(name: string, edit: (content: Buffer) => void): void {
  const content = fs.readFileSync(path.join(directory, name));
  edit(content);
  const handle = fs.openSync(path.join(directory, name), "r+");
  fs.writeSync(handle, content);
  fs.closeSync(handle);
}

const flip = (offset: number): void =>
  change(segmentName(1), (bytes) => {
    bytes[offset]! ^= 4;
  });

describe("a follower", () => {
  it("gives a record once a later one proves it durable, and not before", async () => {
    const follower = await follow();
    expect(await available(follower)).toEqual([]);
    await append(1);
    expect(await available(follower)).toEqual([]);
    await append(1);
    expect(await available(follower)).toEqual([1]);
    await journal.seal();
    expect(await available(follower)).toEqual([2]);
  });

  it("gives the last record when the head file names it", async () => {
    const follower = await follow();
    await append(2);
    expect(await available(follower)).toEqual([1]);
    await journal.writeHead();
    expect(await available(follower)).toEqual([2]);
    expect(follower.durableSequence).toBe(2);
  });

  it("goes on over the ends of segments, each record once and in order", async () => {
    const follower = await follow();
    const seen: number[] = [];
    for (let i = 0; i < 23; i++) {
      await append(1, i);
      if (i % 3 === 0) seen.push(...(await available(follower)));
    }
    await journal.writeHead();
    for (let looks = 0; looks < 8; looks++) seen.push(...(await available(follower)));
    expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
  });

  it("begins behind any record, also the last one of a segment", async () => {
    await append(9);
    await journal.writeHead();
    for (const sequence of [0, 3, 4, 5, 8, 9]) {
      const follower = await follow({ sequence, chain: null });
      const first = (await available(follower))[0];
      expect(first).toBe(sequence === 9 ? undefined : sequence + 1);
    }
  });

  it("ends its stream at the signal", async () => {
    await append(2);
    const follower = await follow();
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const record of follower.records(stop.signal)) {
      seen.push(record.sequence);
      stop.abort();
    }
    expect(seen).toEqual([1]);
  });
});

describe("what nobody acknowledged", () => {
  it("is not given, and what takes its place after a crash is", async () => {
    await append(2, 1);
    const follower = await follow();
    expect(await available(follower)).toEqual([1]);
    const unproven = fs.readFileSync(path.join(directory, segmentName(1)));
    await journal.close();
    // Record 2 was torn, and its successor decided otherwise.
    const at = FIRST_RECORD + RECORD_STRIDE;
    fs.writeFileSync(path.join(directory, segmentName(1)), unproven);
    change(segmentName(1), (bytes) => void bytes.fill(0, at + 512, bytes.length));
    fs.rmSync(path.join(directory, "head"));
    expect(await available(follower)).toEqual([]);
    journal = await open();
    await append(1, 9);
    await journal.writeHead();
    const record = await follower.next();
    expect(record).toMatchObject({ sequence: 2 });
    expect(record!.payload[0]).toBe(9);
  });

  it("a torn tail is no damage", async () => {
    await append(2);
    const follower = await follow();
    change(segmentName(1), (bytes) => void bytes.fill(1, FIRST_RECORD + 2 * RECORD_STRIDE + 100));
    expect(await available(follower)).toEqual([1]);
    change(segmentName(1), (bytes) => void bytes.fill(0, FIRST_RECORD + 2 * RECORD_STRIDE));
  });
});

describe("what is refused", () => {
  it("a durable record that does not fit its checksum", async () => {
    await append(3);
    const follower = await follow();
    const at = FIRST_RECORD + RECORD_STRIDE + 500;
    flip(at);
    await journal.writeHead();
    const refused = { code: "journal_damaged", message: expect.stringContaining("record 2 is") };
    expect((await follower.next())?.sequence).toBe(1);
    await expect(available(follower)).rejects.toMatchObject(refused);
    flip(at);
  });

  it("a journal that ends before what was read", async () => {
    await append(3);
    await journal.writeHead();
    await expect(follow({ sequence: 7, chain: null })).rejects.toMatchObject({
      code: "journal_truncated",
      message: expect.stringContaining("ends at record 3, and 7 was read before"),
    });
  });

  it("another record than the one that was read; the same one is fine", async () => {
    await append(3);
    await journal.writeHead();
    const record = (await (await follow()).next())!;
    await expect(follow({ sequence: 1, chain: record.chain })).resolves.toBeDefined();
    const refused = follow({ sequence: 2, chain: record.chain });
    await expect(refused).rejects.toMatchObject({ code: "wrong_ledger" });
  });
});
