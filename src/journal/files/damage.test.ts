// Journals on real files, damaged by hand in every way that the rules name, and what opening and
// reading them say.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { crc32c } from "../../base/crc32c.ts";
import type { JournalRecord } from "../codec.ts";
import { AT, recordBytes } from "../format.ts";
import { type DirectoryJournalOptions, openDirectoryJournal } from "./directory-journal.ts";
import { readDirectory } from "./read-directory.ts";
import { segmentName } from "./segments.ts";

const SEGMENT_BYTES = 65_536;
const PAYLOAD_BYTES = 12_000;
const RECORD_STRIDE = 12_288; // 12,168 bytes, up to the next block
const FIRST_RECORD = 8192;

let directory = "";
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "hongbao-damage-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const fileOf = (name: string): string => path.join(directory, name);
const open = (more: Partial<DirectoryJournalOptions> = {}) =>
  openDirectoryJournal({ directory, segmentBytes: SEGMENT_BYTES, ...more });

/**
 * A journal as a killed server leaves it: four records a segment, no seal record at the end, and a
 * head file that is as old as `headAt`.
 */
async function killedJournal(records: number, headAt: number = 0): Promise<void> {
  const journal = await open({ ledgerId: "damaged-ledger" });
  for (let n = 1; n <= records; n++) {
    const payload = new Uint8Array(PAYLOAD_BYTES).fill(n);
    const blindingSeed = new Uint8Array(16).fill(n);
    await journal.append({ atMs: n, eventCount: 1, payload, blindingSeed });
    if (n === headAt) await journal.writeHead();
  }
  const survived = new Map(
    fs.readdirSync(directory).map((name) => [name, fs.readFileSync(fileOf(name))]),
  );
  await journal.close();
  for (const name of fs.readdirSync(directory)) fs.rmSync(fileOf(name));
  for (const [name, content] of survived) {
    if (name !== "lock" && name !== "next.spare") fs.writeFileSync(fileOf(name), content);
  }
}

function change(name: string, edit: (content: Buffer) => void): void {
  const content = fs.readFileSync(fileOf(name));
  edit(content);
  fs.writeFileSync(fileOf(name), content);
}

const flip = (name: string, offset: number): void =>
  change(name, (content) => {
    content[offset]! ^= 4;
  });

const zero = (name: string, offset: number, bytes: number): void =>
  change(name, (content) => void content.fill(0, offset, offset + bytes));

async function sequences(records: AsyncIterable<JournalRecord>): Promise<number[]> {
  const found: number[] = [];
  for await (const record of records) found.push(record.sequence);
  return found;
}

async function expectRefused(code: string, file: string, offset?: number): Promise<void> {
  const before = contents();
  const refused = expect.objectContaining({
    code,
    message: expect.stringMatching(
      new RegExp(
        `${file.replace(".", "\\.")}${offset === undefined ? "" : ` at byte ${offset}`}:.+`,
      ),
    ),
  });
  await expect(open()).rejects.toEqual(refused);
  expect(contents()).toEqual(before); // what is refused is left as it is
}

function contents(): Map<string, string> {
  const names = fs.readdirSync(directory).sort();
  return new Map(names.map((name) => [name, String(crc32c(fs.readFileSync(fileOf(name))))]));
}

describe("a torn last record", () => {
  it.each([
    ["its last sector", recordBytes(PAYLOAD_BYTES) - 392, 392],
    ["a sector in the middle", 5 * 512, 512],
    ["its first sector", 0, 512],
    ["everything but its first sector", 512, RECORD_STRIDE - 512],
  ])("is cut when it lost %s, and its bytes are kept beside", async (_, offset, bytes) => {
    await killedJournal(3);
    const at = FIRST_RECORD + 2 * RECORD_STRIDE;
    zero(segmentName(1), at + offset, bytes);
    const torn = fs.readFileSync(fileOf(segmentName(1)));
    const journal = await open();
    expect(journal.lastSequence).toBe(2);
    const cut = journal.recovery.cut!;
    expect(cut).toMatchObject({ file: segmentName(1), offset: at });
    const kept = fs.readFileSync(fileOf(cut.keptAs));
    expect(kept.equals(torn.subarray(at, at + cut.bytes))).toBe(true);
    const left = fs.readFileSync(fileOf(segmentName(1))).subarray(at);
    expect(left.every((byte) => byte === 0)).toBe(true);
    const appended = await journal.append({
      atMs: 9,
      eventCount: 1,
      payload: new Uint8Array(4),
      blindingSeed: new Uint8Array(16),
    });
    expect(appended.sequence).toBe(3);
    await journal.close();
  });

  it("is cut when the write was cut short inside its first sector", async () => {
    await killedJournal(3);
    zero(segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE + 100, RECORD_STRIDE);
    const journal = await open();
    expect(journal.lastSequence).toBe(2);
    await journal.close();
  });

  it("is refused when the head file says that it was durable", async () => {
    await killedJournal(3, 3);
    zero(segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE + 512, 512);
    await expectRefused("journal_damaged", segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE);
  });

  it("is refused when a snapshot or checkpoint says that it was durable", async () => {
    await killedJournal(3);
    zero(segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE + 512, 512);
    const known = [{ source: "snapshot 3", sequence: 3, chain: null }];
    await expect(open({ known })).rejects.toMatchObject({
      code: "journal_damaged",
      message: expect.stringContaining("snapshot 3 says that record 3 was durable"),
    });
  });

  it("is refused when a later header says that it was durable", async () => {
    await killedJournal(3);
    zero(segmentName(1), FIRST_RECORD + RECORD_STRIDE + 512, 512);
    await expectRefused("journal_damaged", segmentName(1), FIRST_RECORD + RECORD_STRIDE);
  });
});

describe("a flipped bit", () => {
  it.each([
    ["payload", 3000],
    ["header", AT.sequence],
    ["length", AT.payloadBytes + 2],
    ["magic", 0],
    ["header checksum", AT.headerCrc],
    ["body checksum", AT.bodyCrc],
    ["chain", 128 + PAYLOAD_BYTES + 3],
    ["end mark", 128 + PAYLOAD_BYTES + 34],
  ])("in the last record's %s is refused, or cut by the flag", async (_, offset) => {
    await killedJournal(3);
    const at = FIRST_RECORD + 2 * RECORD_STRIDE;
    flip(segmentName(1), at + offset);
    await expectRefused("journal_bit_flip", segmentName(1), at);
    const journal = await open({ acceptBitFlip: true });
    expect(journal.lastSequence).toBe(2);
    expect(journal.recovery.cut).toMatchObject({ offset: at, bytes: recordBytes(PAYLOAD_BYTES) });
    await journal.close();
  });

  it("in an earlier record is refused, and no flag cuts what was durable", async () => {
    await killedJournal(3);
    flip(segmentName(1), FIRST_RECORD + 700);
    await expectRefused("journal_damaged", segmentName(1), FIRST_RECORD);
    await expect(open({ acceptBitFlip: true })).rejects.toMatchObject({ code: "journal_damaged" });
  });

  it("in a sealed segment is found by whoever reads it", async () => {
    await killedJournal(6);
    flip(segmentName(1), FIRST_RECORD + RECORD_STRIDE + 700);
    const journal = await open();
    const reading = sequences(journal.read());
    await expect(reading).rejects.toMatchObject({
      code: "journal_damaged",
      details: { file: segmentName(1), offset: FIRST_RECORD + RECORD_STRIDE, sequence: 2 },
    });
    expect(await sequences(journal.read(5))).toEqual([5, 6]);
    await journal.close();
  });

  it("in the middle is told by its own place first, then by who knew it", async () => {
    await killedJournal(3, 3);
    flip(segmentName(1), FIRST_RECORD + RECORD_STRIDE + 700);
    const place = `${segmentName(1)} at byte ${FIRST_RECORD + RECORD_STRIDE}`;
    await expect(readDirectory(directory)).rejects.toMatchObject({
      code: "journal_damaged",
      message: expect.stringContaining(
        `${place}: record 2 is damaged (its content does not fit its checksum), ` +
          "and the head file says that record 3 was durable. Restore this file",
      ),
      details: { file: segmentName(1), offset: FIRST_RECORD + RECORD_STRIDE, sequence: 2 },
    });
  });

  it.each([
    ["behind a record", 1, FIRST_RECORD + recordBytes(PAYLOAD_BYTES) + 7],
    ["behind a segment's header", 2, 4095],
    ["behind its seal", 1, 4096 + 128],
    ["behind its last record", 1, FIRST_RECORD + 4 * RECORD_STRIDE + 1],
  ])("%s is told by whoever reads all, and touches no record", async (_, segment, offset) => {
    await killedJournal(6);
    const sound = await readDirectory(directory);
    const before = await sequences(sound.records());
    expect(sound.notices.join()).not.toContain("no record");
    flip(segmentName(segment), offset);
    const reader = await readDirectory(directory);
    expect(await sequences(reader.records())).toEqual(before);
    await sequences(reader.records());
    const told = reader.notices.filter((notice) => notice.includes("no record"));
    const place = `${segmentName(segment)} at byte ${offset}: expected zero, found 4`;
    expect(told).toEqual([expect.stringContaining(place)]);
  });

  it("in a segment's header is refused", async () => {
    await killedJournal(6);
    flip(segmentName(2), 40);
    await expectRefused("journal_damaged", segmentName(2), 0);
  });

  it("in a seal is refused, or passed over by the flag", async () => {
    await killedJournal(6);
    flip(segmentName(1), 4096 + 30);
    await expectRefused("journal_bit_flip", segmentName(1), 4096);
    const journal = await open({ acceptBitFlip: true });
    expect(await sequences(journal.read())).toEqual([1, 2, 3, 4, 5, 6]);
    await journal.close();
    await (await open()).close(); // the seal was written again
  });

  it("in one slot of the head file leaves the other", async () => {
    await killedJournal(3, 2);
    flip("head", 30);
    const journal = await open();
    expect(journal.recovery.notices.join()).toContain("head file");
    await journal.close();
  });

  it("in all that the head file holds is refused, or passed over by the flag", async () => {
    await killedJournal(3, 2);
    flip("head", 30);
    flip("head", 4096 + 30);
    await expectRefused("journal_bit_flip", "head", 0);
    await (await open({ acceptBitFlip: true })).close();
    await (await open()).close();
  });
});

describe("a missing piece", () => {
  it("a truncated segment is refused", async () => {
    await killedJournal(6);
    fs.truncateSync(fileOf(segmentName(2)), 40_000);
    await expectRefused("journal_truncated", segmentName(2), 0);
    fs.truncateSync(fileOf(segmentName(2)), 100);
    await expectRefused("journal_truncated", segmentName(2), 0);
  });

  it("a deleted segment in the middle is refused", async () => {
    await killedJournal(10);
    fs.rmSync(fileOf(segmentName(2)));
    await expectRefused("journal_truncated", segmentName(2));
  });

  it("a deleted first segment is refused", async () => {
    await killedJournal(10);
    fs.rmSync(fileOf(segmentName(1)));
    await expectRefused("journal_truncated", segmentName(1));
  });

  it("a deleted last segment is refused, because the one before is sealed", async () => {
    await killedJournal(6);
    fs.rmSync(fileOf(segmentName(2)));
    await expectRefused("journal_truncated", segmentName(1));
  });

  it("all segments deleted are refused, because the head file knows better", async () => {
    await killedJournal(6, 5);
    for (const number of [1, 2]) fs.rmSync(fileOf(segmentName(number)));
    await expectRefused("journal_truncated", segmentName(1));
  });

  it("a journal shorter than the head file is refused", async () => {
    await killedJournal(3, 3);
    zero(segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE, RECORD_STRIDE);
    await expectRefused("journal_truncated", segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE);
  });

  it("a missing head file is told and made anew", async () => {
    await killedJournal(3, 2);
    fs.rmSync(fileOf("head"));
    const journal = await open();
    expect(journal.recovery.notices.join()).toContain("head file was missing");
    await journal.close();
    expect(fs.existsSync(fileOf("head"))).toBe(true);
  });
});

describe("what does not belong", () => {
  it("two segments swapped are refused", async () => {
    await killedJournal(10);
    fs.renameSync(fileOf(segmentName(1)), fileOf("x"));
    fs.renameSync(fileOf(segmentName(2)), fileOf(segmentName(1)));
    fs.renameSync(fileOf("x"), fileOf(segmentName(2)));
    await expectRefused("journal_damaged", segmentName(1), 0);
  });

  it("two records swapped are refused", async () => {
    await killedJournal(3);
    change(segmentName(1), (content) => {
      const second = Buffer.from(content.subarray(FIRST_RECORD + RECORD_STRIDE));
      content.copyWithin(FIRST_RECORD + RECORD_STRIDE, FIRST_RECORD, FIRST_RECORD + RECORD_STRIDE);
      second.copy(content, FIRST_RECORD, 0, RECORD_STRIDE);
    });
    await expectRefused("journal_damaged", segmentName(1), FIRST_RECORD);
  });

  it("a record of the past after the last one is refused", async () => {
    await killedJournal(3);
    change(segmentName(1), (content) => {
      const at = FIRST_RECORD + 3 * RECORD_STRIDE;
      content.copyWithin(at, FIRST_RECORD, FIRST_RECORD + RECORD_STRIDE);
    });
    await expectRefused("journal_damaged", segmentName(1), FIRST_RECORD + 3 * RECORD_STRIDE);
  });

  it("another ledger's segment is refused", async () => {
    await killedJournal(6);
    const foreign = fs.mkdtempSync(path.join(os.tmpdir(), "hongbao-foreign-"));
    const other = await openDirectoryJournal({ directory: foreign, ledgerId: "other-ledger" });
    await other.close();
    fs.rmSync(fileOf(segmentName(2)));
    fs.copyFileSync(path.join(foreign, segmentName(1)), fileOf(segmentName(1)));
    fs.rmSync(foreign, { recursive: true });
    const wrong = { code: "wrong_ledger", message: expect.stringContaining("other-ledger") };
    await expect(open({ ledgerId: "damaged-ledger" })).rejects.toMatchObject(wrong);
  });

  it("another history's head file is refused", async () => {
    await killedJournal(3, 2);
    change("head", (content) => {
      const slot = content.subarray(4096); // the second one written
      slot.fill(7, 32, 64);
      slot.writeUInt32LE(crc32c(slot, 0, 64), 64);
    });
    await expectRefused("journal_damaged", segmentName(1));
  });

  it("a later format is refused as such", async () => {
    await killedJournal(3);
    change(segmentName(1), (content) => {
      content.writeUInt16LE(2, 8);
      content.writeUInt32LE(crc32c(content, 0, 252), 252);
    });
    await expectRefused("unknown_format", segmentName(1), 0);
  });

  it("a record of a later format is refused as such", async () => {
    await killedJournal(3);
    const at = FIRST_RECORD + 2 * RECORD_STRIDE;
    change(segmentName(1), (content) => {
      content.writeUInt16LE(2, at + AT.formatVersion);
      content.writeUInt32LE(crc32c(content, at, at + AT.headerCrc), at + AT.headerCrc);
    });
    await expectRefused("unknown_format", segmentName(1), at);
  });
});

describe("reading a directory", () => {
  it("gives what is known to be durable, tells the rest, and changes nothing", async () => {
    await killedJournal(6);
    const before = contents();
    const reader = await readDirectory(directory);
    expect(reader.ledgerId).toBe("damaged-ledger");
    expect(reader.durableSequence).toBe(5);
    expect(reader.notices.join()).toContain("record 6 is whole but not known to be durable");
    expect(await sequences(reader.records())).toEqual([1, 2, 3, 4, 5]);
    expect(await sequences(reader.records(4))).toEqual([4, 5]);
    expect(contents()).toEqual(before);
  });

  it("takes whole records for durable that a checkpoint signs, and no others", async () => {
    await killedJournal(6);
    for (const [signedSequence, last] of [
      [4, 5],
      [6, 6],
      [7, 6],
    ] as const) {
      const reader = await readDirectory(directory, { signedSequence });
      expect(reader.durableSequence).toBe(last);
      expect(await sequences(reader.records())).toHaveLength(last);
      expect(reader.notices.join().includes("left out")).toBe(last < 6);
    }
  });

  it("gives everything after a clean stop, with nothing to tell", async () => {
    await killedJournal(6);
    await (await open()).close();
    const reader = await readDirectory(directory);
    expect(await sequences(reader.records())).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(reader.notices).toEqual([]);
  });

  it("tells an unfinished write at the end", async () => {
    await killedJournal(3);
    zero(segmentName(1), FIRST_RECORD + 2 * RECORD_STRIDE + 512, 512);
    const reader = await readDirectory(directory);
    expect(reader.durableSequence).toBe(1);
    expect(reader.notices.join()).toContain("of an unfinished write");
  });

  it("refuses what opening would refuse", async () => {
    await killedJournal(6);
    fs.rmSync(fileOf(segmentName(2)));
    await expect(readDirectory(directory)).rejects.toMatchObject({ code: "journal_truncated" });
    const nowhere = fileOf("nowhere");
    await expect(readDirectory(nowhere)).rejects.toMatchObject({ code: "journal_missing" });
  });

  it("follows a journal that is being written", async () => {
    const journal = await open();
    let seen = 0;
    for (let n = 1; n <= 60; n++) {
      const payload = new Uint8Array(4000).fill(n);
      const blindingSeed = new Uint8Array(16);
      const appending = journal.append({ atMs: n, eventCount: 1, payload, blindingSeed });
      const reader = await readDirectory(directory);
      const found = await sequences(reader.records());
      expect(found).toEqual(Array.from({ length: reader.durableSequence }, (_, i) => i + 1));
      expect(found.length).toBeGreaterThanOrEqual(seen);
      expect(found.length).toBeGreaterThanOrEqual(n - 2);
      seen = found.length;
      await appending;
    }
    await journal.close();
  });
});

describe("a journal folder that is lost", () => {
  it("is not begun anew while a snapshot knows a record, and nothing is made", async () => {
    const known = [{ source: "the snapshot", sequence: 3, chain: null }];
    const refused = {
      code: "journal_truncated",
      message: expect.stringContaining("the snapshot says that record 3 was durable"),
    };
    await expect(open({ known })).rejects.toMatchObject(refused);
    expect(fs.readdirSync(directory)).toEqual([]);
    await expect(open({ known })).rejects.toMatchObject(refused);
  });
});
