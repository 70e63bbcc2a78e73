// The log's follower on a real directory: receipts out of it are genuine, its files may be lost,
// cut or damaged at any point, and checkpoints bind the journal.
import { copyFile, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import { dataPaths } from "../src/host/data-directory.ts";
import {
  checkReceipt,
  parseCheckpoint,
  parseVerifierKey,
  type Receipt,
  type ReceiptFacts,
  readDirectory,
  splitNotes,
  type VerifierKey,
  verifyConsistency,
} from "../src/journal/index.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { publicKeys, rotateKey } from "../src/transparency/signing-keys.ts";
import { CAMPAIGN } from "./contract/campaign.ts";
import { eventually, LoggedLedger } from "./transparency.fixture.ts";

let ledger: LoggedLedger;
beforeEach(async () => {
  ledger = await LoggedLedger.make();
});
afterEach(() => ledger.remove());

async function logKey(): Promise<VerifierKey> {
  return (await publicKeys(dataPaths(ledger.directory).log))[0]!;
}

async function facts(receipt: Receipt, key?: VerifierKey): Promise<ReceiptFacts> {
  const found = checkReceipt(utf8(JSON.stringify(receipt)), { key: key ?? (await logKey()) });
  if (typeof found === "string") throw new Error(found);
  return found;
}

function logFile(name: string): string {
  return join(dataPaths(ledger.directory).log, name);
}

describe("receipts from a ledger that runs", () => {
  it("are genuine for every grant and redemption, over several segments", async () => {
    ledger.follow();
    const grants = await ledger.grant(12);
    const redeem = { id: "r-1", grant: grants[3]!, amountMinor: 700 };
    await ledger.engine.money("redeem", CAMPAIGN, redeem);
    // Empty records fill the segment, so that what follows lies in another.
    for (const [i, grant] of grants.entries()) {
      expect(await facts(await ledger.receipt(grant))).toMatchObject({ kind: "granted", grant: i });
    }
    const redeemed = await facts(await ledger.redemptionReceipt("r-1"));
    expect(redeemed).toMatchObject({ kind: "redeemed", grant: 3, amountMinor: 700 });
    const segments = await readdir(dataPaths(ledger.directory).journal);
    expect(segments.length).toBeGreaterThan(1);
  });

  it("wait for a checkpoint, and say so", async () => {
    const service = ledger.follow([], 60_000);
    await eventually(async () => service.checkpoint());
    const [grant] = await ledger.grant(1);
    const { grantTarget } = await import("../src/host/receipt-target.ts");
    const { target } = await grantTarget(ledger.engine, CAMPAIGN, grant!);
    const answer = await service.receipt(target!);
    expect(answer).toEqual({ retryAfterMs: expect.any(Number) });
    // A stop signs what is there; the next start answers at once.
    await ledger.close();
    await ledger.open();
    ledger.follow();
    await facts(await ledger.receipt(grant!));
  });

  it("find a grant among many of the same millisecond", async () => {
    ledger.follow();
    const lines = Array.from({ length: 30 }, (_, i) => ({
      id: `m-${i}`,
      user: `m-${i}`,
      offer: "card",
    }));
    const answers = await Promise.all(
      lines.map((line) => ledger.engine.money("claim", CAMPAIGN, line)),
    );
    for (const [i, answer] of answers.entries()) {
      expect((await facts(await ledger.receipt((answer as { grant: string }).grant))).grant).toBe(
        i,
      );
    }
  });
});

describe("checkpoints", () => {
  it("extend each other, and the journal verifies against all of them", async () => {
    const service = ledger.follow();
    const notes: string[] = [];
    for (let i = 0; i < 4; i++) {
      await ledger.grant(2);
      notes.push(await ledger.covered());
    }
    const [first, , , last] = notes.map((note) => parseCheckpoint(note)!.checkpoint);
    const { proof } = service.consistency(first!.size, last!.size)!;
    const claim = {
      oldSize: first!.size,
      oldRoot: first!.root,
      size: last!.size,
      root: last!.root,
    };
    const hashes = proof.map((hash) => new Uint8Array(Buffer.from(hash, "base64")));
    expect(verifyConsistency(claim, hashes)).toBe(true);
    expect(service.consistency(last!.size + 1, last!.size)).toBeNull();
    expect(service.consistency(1, last!.size + 5)).toBeNull();
    await ledger.close();
    const report = await verified(await publishedNotes());
    expect(report.problems).toEqual([]);
    expect(report.checkpoints.matched).toBeGreaterThanOrEqual(4);
    expect(report.checkpoints.signed).toBe(report.checkpoints.matched);
  });

  it("are not signed anew where nothing was written", async () => {
    ledger.follow();
    await ledger.grant(1);
    await ledger.close();
    const before = (await publishedNotes()).length;
    await ledger.open();
    ledger.follow();
    await ledger.covered();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const after = await publishedNotes();
    expect(after.length).toBeLessThanOrEqual(before + 1);
  });

  it("refuse a journal that is shorter than they are", async () => {
    const { journal } = dataPaths(ledger.directory);
    const [segment] = (await readdir(journal)).filter((name) => name.endsWith(".journal"));
    await ledger.grant(2);
    await ledger.engine.whenIdle();
    const saved = join(ledger.directory, "earlier");
    await copyFile(join(journal, segment!), saved);
    ledger.follow();
    await ledger.grant(3);
    await ledger.covered();
    await ledger.close();
    // Yesterday's segment, and nothing else that knows better than the checkpoints.
    await copyFile(saved, join(journal, segment!));
    for (const file of [join(journal, "head"), join(ledger.directory, "snapshot")]) await rm(file);
    await expect(ledger.open()).rejects.toMatchObject({ code: "journal_truncated" });
    await rm(logFile("head"));
    await expect(ledger.open()).rejects.toThrow(/published checkpoint/);
    const reader = await readDirectory(journal);
    const report = await verifyRecords(reader.records(), {
      ledgerId: reader.ledgerId,
      checkpoints: { given: (await publishedNotes()).map((note) => ({ source: "log", note })) },
    });
    expect(report.problems.some(({ check }) => check === "checkpoints")).toBe(true);
    await rm(logFile("checkpoints")); // for the clean-up
    await ledger.open();
  });

  it("of a rotated key lead from the first key to the next", async () => {
    ledger.follow();
    const [old] = await ledger.grant(1);
    const before = await ledger.receipt(old!);
    const first = await logKey();
    const next = await rotateKey(ledger.place);
    await eventually(async () => {
      const { note } = ledger.service!.checkpoint();
      return note.includes("next-key") ? note : null;
    });
    const [fresh] = await ledger.grant(1);
    const after = await eventually(async () => {
      const one = await ledger.receipt(fresh!);
      return one.checkpoint.includes("next-key") ? null : one;
    });
    expect(await facts(after, first)).toMatchObject({ isRotated: true });
    expect(await facts(after, next)).toMatchObject({ isRotated: false });
    await facts(before, first);
    expect((await publicKeys(dataPaths(ledger.directory).log)).length).toBe(2);
    await ledger.close();
    const report = await verified(await publishedNotes(), first);
    expect(report.problems).toEqual([]);
    // A restart goes on with the new key alone.
    await ledger.open();
    ledger.follow();
    await ledger.grant(1);
    expect((await ledger.covered()).split("\n— ").length).toBe(2);
  });
});

describe("the log's files", () => {
  const harms: [string, () => Promise<unknown>][] = [
    ["all lost", () => rm(dataPaths(ledger.directory).log, { recursive: true })],
    ["head lost", () => rm(logFile("head"))],
    ["head cut", () => truncate(logFile("head"), 20)],
    ["tree lost", () => rm(logFile("tree"))],
    ["tree cut in a hash", () => truncate(logFile("tree"), 100)],
    ["places cut", () => truncate(logFile("places"), 17)],
    [
      "tree zeroed",
      async () => {
        const bytes = await readFile(logFile("tree"));
        await writeFile(logFile("tree"), bytes.fill(0));
      },
    ],
    [
      "tree with more than the head says",
      async () => {
        const bytes = await readFile(logFile("tree"));
        await writeFile(logFile("tree"), Buffer.concat([bytes, Buffer.alloc(77, 5)]));
      },
    ],
    [
      "last checkpoint half written",
      async () => {
        const bytes = await readFile(logFile("checkpoints"));
        await writeFile(logFile("checkpoints"), Buffer.concat([bytes, bytes.subarray(0, 60)]));
      },
    ],
    ["an announcement half written", () => writeFile(logFile("announcements"), "hongbao/x\n12")],
  ];
  it.each(harms)("are mended or made anew after: %s", async (_, harm) => {
    ledger.follow();
    const grants = await ledger.grant(5);
    await ledger.covered();
    await ledger.close();
    await harm();
    await ledger.open();
    ledger.follow();
    const more = await ledger.grant(3);
    const key = await eventually(async () => (await logKey()) ?? null);
    for (const grant of [...grants, ...more]) await facts(await ledger.receipt(grant), key);
    await ledger.close();
    const report = await verified(await publishedNotes(), key);
    expect(report.problems).toEqual([]);
  });

  it("are made anew when a hash rotted while the log is open", async () => {
    ledger.follow();
    const grants = await ledger.grant(9);
    await ledger.covered();
    const bytes = await readFile(logFile("tree"));
    for (let at = 8; at < bytes.length; at += 32) bytes[at]! ^= 1;
    await writeFile(logFile("tree"), bytes);
    for (const grant of grants) await facts(await ledger.receipt(grant));
    expect(ledger.notices.join()).toMatch(/do not lead to the signed root/);
  });

  it("do not pass for another ledger's", async () => {
    ledger.follow();
    await ledger.grant(2);
    await ledger.close();
    const other = await LoggedLedger.make();
    try {
      await other.grant(1);
      await other.close();
      for (const name of ["head", "tree", "places"]) {
        await rm(join(dataPaths(other.directory).log, name), { force: true });
      }
      const { mkdir } = await import("node:fs/promises");
      await mkdir(dataPaths(other.directory).log, { recursive: true });
      for (const name of ["tree", "places", "checkpoints"]) {
        await copyFile(logFile(name), join(dataPaths(other.directory).log, name));
      }
      await rm(join(dataPaths(other.directory).journal, "head"), { force: true });
      await other.open().catch(() => {});
      if (other.engine.failure === null) {
        other.follow();
        await eventually(async () => (other.notices.length > 0 ? true : null));
        expect(other.notices.join()).toMatch(/is of other records|made again/);
      }
    } finally {
      await other.remove();
    }
  });
});

async function publishedNotes(): Promise<string[]> {
  return splitNotes(await readFile(logFile("checkpoints"), "utf8"));
}

async function verified(notes: string[], key?: VerifierKey) {
  const reader = await readDirectory(dataPaths(ledger.directory).journal);
  const given = notes.map((note, i) => ({ source: `note ${i + 1}`, note }));
  const trusted = key ?? (await logKey());
  expect(parseVerifierKey(trusted.text)).toEqual(trusted);
  return await verifyRecords(reader.records(), {
    ledgerId: reader.ledgerId,
    checkpoints: { given, key: trusted },
  });
}
