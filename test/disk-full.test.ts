// A disk that is full is an answer, not an end: what wants to write is refused, what was decided
// before is answered again, and everybody who watches the server can see it.
import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import { DrivenClock } from "../src/host/clock.ts";
import { Engine } from "../src/host/engine.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { execute } from "../src/host/operations.ts";
import { MemorySecrets } from "../src/host/secrets.ts";
import type { FileJournal } from "../src/journal/files/file-journal.ts";
import { createInProcessServer, Keys, memoryKeyStore } from "../src/server/index.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const CAMPAIGN = "drill";
const MOST_CLAIMS = 5000;

const claim = (engine: Engine, n: number) =>
  engine.money("claim", CAMPAIGN, { id: `c-${n}`, user: `user-${n}`, offer: "card" });

interface Full {
  engine: Engine;
  journal: FileJournal;
  disk: SimulatedDisk;
  /** Number of the first claim that was refused. */
  refused: number;
}

const opened: Engine[] = [];

afterEach(async () => {
  for (const engine of opened.splice(0)) await engine.close();
});

/** Claims until the disk has no room for the next segment. */
async function fillDisk({ ticking = false } = {}): Promise<Full> {
  const disk = new SimulatedDisk({ seed: 1 });
  const journal = await openSimulated(disk);
  const engine = await Engine.open({
    journal,
    secrets: new MemorySecrets(new Uint8Array(32).fill(3)),
    clock: new DrivenClock(START_MS),
    ticking,
  });
  opened.push(engine);
  await openCampaign(engine, plainCampaign({ budgetMinor: 100_000_000 }));
  await journal.prepare(4);
  disk.capacityBytes = disk.usedBytes();
  for (let n = 1; n < MOST_CLAIMS; n++) {
    const answer = await claim(engine, n).catch((error: unknown) => error);
    if (answer instanceof HongbaoError && answer.code === "disk_full") {
      return { engine, journal, disk, refused: n };
    }
    expect(answer).toMatchObject({ status: "granted" });
  }
  throw new Error("the disk never got full");
}

describe("an engine on a full disk", () => {
  it("repeats what it decided, and refuses only what would be written", async () => {
    const { engine, journal, refused } = await fillDisk();
    const last = journal.lastSequence;
    expect(await claim(engine, 1)).toMatchObject({ status: "granted", replayed: true });
    const other = { id: "c-1", user: "somebody else", offer: "card" };
    expect(await engine.money("claim", CAMPAIGN, other)).toMatchObject({ status: "id_conflict" });
    await expect(claim(engine, refused)).rejects.toMatchObject({ code: "disk_full" });
    expect(engine.failure).toBeNull();
    expect(journal.lastSequence).toBe(last);
  });

  it("answers the lines of a batch up to the first that would be written", async () => {
    const { engine, refused } = await fillDisk();
    const line = (n: number) => ({ id: `c-${n}`, user: `user-${n}`, offer: "card" });
    const answers = await engine.batch("claim", CAMPAIGN, [1, 2, refused, 3].map(line));
    const seen = answers.map((one) => (one instanceof HongbaoError ? one.code : one.status));
    expect(seen).toEqual(["granted", "granted", "disk_full", "disk_full"]);
  });

  it("says that there is no room, until there is again", async () => {
    const { engine, disk, refused } = await fillDisk();
    const heard: (string | null)[] = [];
    engine.room.listeners.add((lack) => heard.push(lack === null ? null : lack.code));
    expect(engine.room.lack?.code).toBe("disk_full");
    await expect(claim(engine, refused)).rejects.toMatchObject({ code: "disk_full" });
    disk.capacityBytes = Number.POSITIVE_INFINITY;
    expect(await claim(engine, refused)).toMatchObject({ status: "granted", replayed: false });
    expect(engine.room.lack).toBeNull();
    expect(heard).toEqual(["disk_full", null]);
  });

  it("notices by itself that there is room again", async () => {
    const { engine, disk } = await fillDisk({ ticking: true });
    disk.capacityBytes = Number.POSITIVE_INFINITY;
    await new Promise<void>((resolve) => {
      engine.room.listeners.add((lack) => {
        if (lack === null) resolve();
      });
    });
    expect(engine.room.lack).toBeNull();
  });

  it("assigns nobody of an audience, since that applies while it decides", async () => {
    const { engine } = await fillDisk();
    const call = { params: { campaign: CAMPAIGN, audience: "none" }, query: null };
    const body = { users: ["user-1"] };
    await expect(execute(engine, "audience.assign", { ...call, body })).rejects.toMatchObject({
      code: "disk_full",
    });
  });
});

/** Lines of a log, as objects. */
function keptLog(): { log: FastifyBaseLogger; lines: { level: number; msg: string }[] } {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

describe("a server on a full disk", () => {
  it("is alive but not ready, and says why there, in the metrics and in the log", async () => {
    const { engine, disk, refused } = await fillDisk();
    const { log, lines } = keptLog();
    const keys = await Keys.open(memoryKeyStore());
    const server = await createInProcessServer({ engine, keys, log });
    await server.ready;
    const get = (path: string) => {
      const nothing = { headers: {}, body: null, timeoutMs: 1000 };
      return server.transport.send({ method: "GET", path, ...nothing });
    };
    const refuse = () => expect(claim(engine, refused)).rejects.toThrow();
    await refuse();
    await refuse();
    expect((await get("/healthz")).http).toBe(200);
    const full = await get("/readyz");
    expect(full.http).toBe(503);
    expect(JSON.parse(full.text)).toMatchObject({
      status: "disk_full",
      reason: expect.stringContaining("no room"),
    });
    expect((await get("/metrics")).text).toContain("hongbao_disk_full 1");
    disk.capacityBytes = Number.POSITIVE_INFINITY;
    await claim(engine, refused);
    expect((await get("/readyz")).http).toBe(200);
    expect((await get("/metrics")).text).toContain("hongbao_disk_full 0");
    const said = lines.map(({ level, msg }) => [level, msg.replace(/.*: /, "")]);
    expect(said).toEqual([
      [40, expect.stringContaining("no room for the next")],
      [40, expect.stringContaining("claims are decided as before")],
    ]);
    await server.close();
  });
});

describe("records that follow each other closely", () => {
  it("are each asked room for: a full disk never stops the writer", async () => {
    let refused = 0;
    for (let round = 0; round < 12; round++) {
      const disk = new SimulatedDisk({ seed: round });
      const journal = await openSimulated(disk, { segmentBytes: 65_536 });
      const append = journal.append.bind(journal);
      journal.append = async (draft) => {
        const appended = await append(draft);
        // Slow enough that the next record fills meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 1));
        return appended;
      };
      const engine = await Engine.open({
        journal,
        secrets: new MemorySecrets(new Uint8Array(32).fill(3)),
        clock: new DrivenClock(START_MS),
        ticking: false,
      });
      opened.push(engine);
      await openCampaign(engine, plainCampaign({ budgetMinor: 100_000_000 }));
      await journal.prepare(4);
      disk.capacityBytes = disk.usedBytes() + 65_536 * (round % 3);
      let next = 0;
      const send = (count: number) => {
        const lines = Array.from({ length: count }, () => {
          next += 1;
          return { id: `c-${next}`, user: `user-${next}`, offer: "card" };
        });
        return engine.batch("claim", CAMPAIGN, lines);
      };
      for (let turn = 0; turn < 12; turn++) {
        const waves = [send(130 + 7 * round)];
        for (let wave = 0; wave < 3; wave++) {
          await new Promise((resolve) => setImmediate(resolve));
          waves.push(send(60 + 11 * round));
        }
        for (const answer of (await Promise.all(waves)).flat()) {
          if (!(answer instanceof HongbaoError)) continue;
          expect(answer.code).toBe("disk_full");
          refused += 1;
        }
      }
      expect(engine.failure).toBeNull();
    }
    expect(refused).toBeGreaterThan(1000);
  });
});
