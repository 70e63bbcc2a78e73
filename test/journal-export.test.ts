// The journal as an archive: whole, of one moment while the server writes on, verified like the
// original, also across segments; and what the server says of itself.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LIMITS } from "../src/base/limits.ts";
import { type GivenFile, givenJournal } from "../src/console/pages/audit/worker/given-journal.ts";
import { verifyJournal } from "../src/console/pages/audit/worker/verify-journal.ts";
import type { Scope } from "../src/contract/index.ts";
import { dataPaths } from "../src/host/data-directory.ts";
import { nodeSha256, readDirectory, verifyRecords } from "../src/journal/index.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../src/server/index.ts";
import type { JournalCopy } from "../src/transparency/journal-copy.ts";
import { LogFollower } from "../src/transparency/log-follower.ts";
import { CAMPAIGN, campaignYaml } from "./contract/campaign.ts";
import { eventually, LoggedLedger } from "./transparency.fixture.ts";

const USERS = 400;

let ledger: LoggedLedger;
let follower: LogFollower;
let server: RunningServer;
let keys: Keys;
let folder: string;

async function secretOf(scope: Scope): Promise<string> {
  const input = { name: scope, scope, ...(scope === "merchant" && { merchant: "tea" }) };
  return (await keys.add(input, 0)).secret;
}

async function get(path: string, scope: Scope = "admin"): Promise<Response> {
  const headers = { authorization: `Bearer ${await secretOf(scope)}` };
  return fetch(server.url + path, { headers });
}

beforeAll(async () => {
  ledger = await LoggedLedger.make(campaignYaml().replace("1000.00", "1000000.00"));
  const { journal, log, secrets } = dataPaths(ledger.directory);
  follower = await LogFollower.start(ledger.engine, {
    place: { journal, log, secrets },
    intervalMs: 20,
    witnesses: [],
    onNotice: (text) => ledger.notices.push(text),
  });
  keys = await Keys.open(memoryKeyStore());
  const options = { engine: ledger.engine, follower: Promise.resolve(follower), keys, port: 0 };
  server = await startServer({ ...options, logLevel: "silent" });
  await server.ready;
  // The log is made beside the server.
  await eventually(async () => ((await get("/v1/checkpoint")).status === 200 ? true : null));
  folder = await mkdtemp(join(tmpdir(), "hongbao-export-"));
});

afterAll(async () => {
  await server.close();
  await ledger.engine.close();
  await follower.close();
  await ledger.remove();
  await rm(folder, { recursive: true, force: true });
});

async function archive(): Promise<{ content: Blob; sequence: number }> {
  const response = await get("/v1/journal.tar");
  expect(response.status).toBe(200);
  const sequence = Number(response.headers.get("hongbao-sequence"));
  return { content: await response.blob(), sequence };
}

/** Whether there was a place for one more copy. */
async function copied(): Promise<boolean> {
  const { ok, body } = await get("/v1/journal.tar");
  await body?.cancel();
  return ok;
}

function ask(content: Blob, path = "copy.tar") {
  return { files: [{ path, content }], key: "", serverKeys: [] };
}

describe("the archive of a journal", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is of one moment, and sound, while the server writes on over segments", async () => {
    const writing = ledger.grant(USERS);
    const copies = [];
    for (let i = 0; i < 4; i++) {
      const { content, sequence } = await archive();
      copies.push(sequence);
      const { report, notices } = await verifyJournal(ask(content), () => {});
      expect(report.problems).toEqual([]);
      expect(report.lastSequence).toBe(sequence);
      expect(notices).toEqual([]);
    }
    await writing;
    const { journal } = dataPaths(ledger.directory);
    const segments = (await readdir(journal)).filter((name) => name.endsWith(".journal"));
    expect(segments.length).toBeGreaterThan(2);
    expect(copies).toEqual([...copies].sort((a, b) => a - b));
  });

  it("is a data directory once it is unpacked, with its checkpoints and key", async () => {
    const last = ledger.engine.journal.lastSequence;
    const { content, sequence } = await eventually(async () => {
      const one = await archive();
      return one.sequence >= last ? one : null;
    });
    const file = join(folder, "copy.tar");
    await writeFile(file, new Uint8Array(await content.arrayBuffer()));
    await promisify(execFile)("tar", ["-xf", file, "-C", folder]);
    const reader = await readDirectory(join(folder, "journal"));
    expect(reader.durableSequence).toBe(sequence);
    const { ledgerId } = reader;
    const report = await verifyRecords(reader.records(), { ledgerId, sha256: nodeSha256 });
    expect(report.problems).toEqual([]);
    const { report: ours, checkpoints, keySource } = await verifyJournal(ask(content), () => {});
    expect(ours.lastChain).toBe(report.lastChain);
    expect(checkpoints).toBeGreaterThan(0);
    expect(ours.checkpoints.matched).toBe(checkpoints);
    expect(ours.checkpoints.signed).toBe(checkpoints);
    expect(keySource).toBe("file");
  });

  it("is no longer taken once a byte of it is another", async () => {
    const { content } = await archive();
    const bytes = new Uint8Array(await content.arrayBuffer());
    // Within the first records of the first segment.
    bytes[512 + 8192 + 300]! ^= 1;
    const broken = verifyJournal(ask(new Blob([bytes])), () => {});
    await expect(broken).rejects.toMatchObject({
      code: "journal_damaged",
      details: { file: "000000000001.journal", sequence: 1 },
    });
    const cut = new Blob([bytes.subarray(0, bytes.length - 5000)]);
    await expect(verifyJournal(ask(cut), () => {})).rejects.toThrow("it was cut off");
  });

  it("is nobody's any more once its readers hung up while it was begun", async () => {
    const ask = follower.ask.bind(follower);
    const slow = vi.spyOn(follower, "ask").mockImplementation(async (question, input) => {
      if (question === "copy") await sleep(100);
      return await ask(question, input);
    });
    const headers = { authorization: `Bearer ${await secretOf("admin")}` };
    for (let i = 0; i < LIMITS.journalCopies; i++) {
      const signal = AbortSignal.timeout(30);
      await expect(fetch(`${server.url}/v1/journal.tar`, { headers, signal })).rejects.toThrow();
    }
    slow.mockRestore();
    // A place is free again once the log has answered, which nobody waits for any more.
    await eventually(async () => ((await copied()) ? true : null));
  });

  it.each(["readerMs", "journalCopyMs"] as const)("is dropped after %s unread", async (limit) => {
    vi.spyOn(LIMITS as Record<typeof limit, number>, limit, "get").mockReturnValue(300);
    const ask = follower.ask.bind(follower) as (...of: unknown[]) => Promise<unknown>;
    const hugely = async (question: string, input: unknown): Promise<unknown> => {
      const answer = await ask(question, input);
      if (question !== "copy") return answer;
      // More than all buffers on their way hold.
      const bytes = 2 ** 26;
      const file = { name: "more", bytes, stretches: [{ kind: "zeros", bytes }] };
      return { ...(answer as JournalCopy), files: [file] };
    };
    vi.spyOn(follower, "ask").mockImplementation(hugely as typeof follower.ask);
    const unread: Response[] = [];
    for (let i = 0; i < LIMITS.journalCopies; i++) {
      unread.push(
        await eventually(async () => {
          const response = await get("/v1/journal.tar");
          return response.ok ? response : null;
        }),
      );
    }
    await eventually(async () => ((await copied()) ? true : null));
    for (const { body } of unread) await body!.cancel().catch(() => {});
  });

  it("is for admins alone", async () => {
    for (const scope of ["app", "viewer", "merchant"] as const) {
      expect((await get("/v1/journal.tar", scope)).status).toBe(403);
    }
    expect((await fetch(`${server.url}/v1/journal.tar`)).status).toBe(401);
  });
});

describe("files that somebody chose", () => {
  const file = (path: string): GivenFile => ({ path, content: new Blob(["x"]) });

  it("are a journal wherever its folder lies, with the log beside it", async () => {
    const found = await givenJournal([
      file("data/journal/000000000001.journal"),
      file("data/journal/head"),
      file("data/log/head"),
      file("data/log/checkpoints"),
      file("data/secrets/master.key"),
    ]);
    expect(found).toMatchObject({ checkpoints: "x", keys: "" });
    expect([...(found as { journal: Map<string, Blob> }).journal.keys()]).toEqual([
      "000000000001.journal",
      "head",
    ]);
  });

  it("are refused in words where they are none, or two", async () => {
    expect(await givenJournal([file("photo.png")])).toMatch(/found none/);
    expect(await givenJournal([file("a.tar.gz")])).toMatch(/unpack it first/);
    expect(await givenJournal([file("a.tar")])).toMatch(/cut off/);
    // An archive that leads back into itself has no end.
    const head = new Uint8Array(1536);
    head.set(new TextEncoder().encode("ustar"), 257);
    head.set(new TextEncoder().encode("-0000001000"), 124);
    head.set([0x35], 156);
    const ring = { path: "a.tar", content: new Blob([head]) };
    expect(await givenJournal([ring])).toBe("a.tar: no tar archive: no head at byte 0");
    const name = "000000000001.journal";
    expect(await givenJournal([file(`a/${name}`), file(`b/${name}`)])).toMatch(/found 2: a\/, b\//);
  });
});

describe("the status of a server", () => {
  it("says what answers survive, what waits, and what its disk has", async () => {
    const status = (await (await get("/v1/status", "viewer")).json()) as Record<string, unknown>;
    expect(status).toMatchObject({
      ...{ status: "ok", ready: true, durability: "synced", campaigns: 1 },
      records: ledger.engine.journal.lastSequence,
      log: { origin: expect.stringMatching(/^hongbao\//), keys: [expect.any(String)] },
    });
    expect(status.memoryBytes).toBeGreaterThan(1e6);
    const { diskFreeBytes, diskBytes } = status.log as Record<string, number>;
    expect(diskBytes).toBeGreaterThan(diskFreeBytes!);
    expect((await get("/v1/status", "app")).status).toBe(403);
  });

  it("counts answers by how long they took", async () => {
    await get(`/v1/campaigns/${CAMPAIGN}`);
    const { answers } = (await (await get("/v1/status")).json()) as {
      answers: { operation: string; count: number; p50Ms: number; p99Ms: number }[];
    };
    const shown = answers.find(({ operation }) => operation === "campaign.show")!;
    expect(shown.count).toBeGreaterThan(0);
    expect(shown.p99Ms).toBeGreaterThanOrEqual(shown.p50Ms);
  });
});
