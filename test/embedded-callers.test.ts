// What callers in our own process may do that no server would let through: nothing of it may move
// money wrongly, and nothing of it may end the process or leave somebody waiting.
import { afterEach, describe, expect, it, vi } from "vitest";
import type { HongbaoError } from "../src/base/error.ts";
import { DrivenClock } from "../src/host/clock.ts";
import { Engine, type EngineOptions } from "../src/host/engine.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { execute } from "../src/host/operations.ts";
import { MemorySecrets } from "../src/host/secrets.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const opened: Engine[] = [];

afterEach(async () => {
  for (const engine of opened.splice(0)) await engine.close();
});

async function engineWith(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await Engine.open({
    journal: await openSimulated(new SimulatedDisk({ seed: 9 })),
    secrets: new MemorySecrets(new Uint8Array(32).fill(3)),
    clock: new DrivenClock(START_MS),
    ticking: false,
    ...options,
  });
  opened.push(engine);
  return engine;
}

const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ id: `c-${from + i}`, user: `user-${from + i}`, offer: "card" },
  }));

const codeOf = (sent: Promise<{ status: string }>) =>
  sent.then(({ status }) => status).catch((error: HongbaoError) => error.code);

describe("one array of claims", () => {
  it("sent to two campaigns at once is decided for each by its own names", async () => {
    const engine = await engineWith();
    await openCampaign(engine, plainCampaign({ id: "first" }));
    await openCampaign(engine, plainCampaign({ id: "second" }));
    const inputs = lines(6); // few enough to be looked at in one go
    const both = () =>
      Promise.all(["first", "second"].map((id) => engine.batch("claim", id, inputs)));
    await both();
    for (const answers of await both()) {
      const repeated = answers.map((answer) => "replayed" in answer && answer.replayed);
      expect(repeated).toEqual(inputs.map(() => true));
    }
  });
});

describe("values that no schema has seen", () => {
  const amounts = [-100, 0, 1.5, Number.NaN, 2 ** 53, "100", null, {}];
  const instants = [-1, 1.5, Number.NaN, "soon", null];
  const texts = ["", "x".repeat(129), "\ud800", 5, null, undefined];

  it("move no money and bind no id", async () => {
    const engine = await engineWith();
    await openCampaign(engine, plainCampaign());
    const granted = await engine.money("claim", "drill", lines(1)[0]!);
    const { grant } = granted as unknown as { grant: string };
    const before = JSON.stringify(
      await execute(engine, "campaign.show", {
        params: { campaign: "drill" },
        query: {},
        body: null,
      } as never),
    ).replace(/"nowMs":\d+/, "");
    let n = 0;
    const redeem = (more: object) => {
      n += 1;
      const input = { id: `odd-${n}`, grant, amountMinor: 1, ...more };
      return codeOf(engine.money("redeem", "drill", input as never));
    };
    for (const amountMinor of amounts)
      expect(await redeem({ amountMinor })).toBe("invalid_request");
    for (const paidAtMs of instants) expect(await redeem({ paidAtMs })).toBe("invalid_request");
    for (const notAfterMs of instants) expect(await redeem({ notAfterMs })).toBe("invalid_request");
    for (const id of texts) expect(await redeem({ id })).toBe("invalid_request");
    for (const odd of texts) expect(await redeem({ grant: odd })).toBe("invalid_request");
    for (const ref of ["", "x".repeat(33), "\udc00", 5, null]) {
      const claim = { ...lines(1, 500)[0]!, ref };
      expect(await codeOf(engine.money("claim", "drill", claim as never))).toBe("invalid_request");
    }
    for (const line of [null, undefined, 7, "claim"]) {
      expect(await codeOf(engine.money("claim", "drill", line as never))).toBe("invalid_request");
    }
    const after = JSON.stringify(
      await execute(engine, "campaign.show", {
        params: { campaign: "drill" },
        query: {},
        body: null,
      } as never),
    ).replace(/"nowMs":\d+/, "");
    expect(after).toBe(before);
    expect(engine.failure).toBeNull();
  });
});

describe("a clock that stepped", () => {
  it("stops the writer at the next tick, and does not throw into the timer", async () => {
    let wallMs = START_MS;
    const clock = { wallMs: () => wallMs, monotonicMs: () => 0 };
    const onStop = vi.fn();
    const engine = await engineWith({ clock: clock as never, onStop });
    await openCampaign(engine, plainCampaign());
    await engine.whenIdle();
    wallMs += 3_600_000;
    await expect(engine.tick()).rejects.toMatchObject({ code: "clock_stepped" });
    expect(engine.failure?.code).toBe("clock_stepped");
    expect(onStop).toHaveBeenCalledTimes(1);
  });
});

describe("lines that all waited too long", () => {
  it("leave nothing for a close to wait for", async () => {
    const engine = await engineWith();
    await openCampaign(engine, plainCampaign());
    await engine.whenIdle();
    const late = codeOf(engine.money("claim", "drill", lines(1)[0]!, -1));
    const idle = engine.whenIdle().then(() => "idle");
    const never = new Promise((resolve) => setTimeout(resolve, 2000, "waits for ever"));
    expect(await late).toBe("deadline_exceeded");
    expect(await Promise.race([idle, never])).toBe("idle");
  });
});

describe("a callback that throws", () => {
  it("keeps no answer from anybody else", async () => {
    const engine = await engineWith();
    await openCampaign(engine, plainCampaign());
    const thrown: unknown[] = [];
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (error) => thrown.push(error));
    try {
      engine.submit("claim", "drill", lines(1), () => {
        throw new Error("the caller's own bug");
      });
      expect(await codeOf(engine.money("claim", "drill", lines(1, 1)[0]!))).toBe("granted");
      await new Promise((resolve) => setImmediate(resolve));
      expect(String(thrown[0])).toContain("the caller's own bug");
    } finally {
      for (const listener of others) process.on("uncaughtException", listener);
    }
  });
});

describe("quarantine", () => {
  it("keeps out one line of a batch, and one read, alone", async () => {
    const bad = JSON.stringify(["claim", "drill", lines(3)[1]]);
    const badRead = JSON.stringify(["grant.show", "drill", "nothing"]);
    const marks = { size: 2, has: (text: string) => text === bad || text === badRead };
    const engine = await engineWith({ quarantine: { ...marks, add: async () => {} } });
    await openCampaign(engine, plainCampaign());
    const answers = await engine.batch("claim", "drill", lines(3));
    const said = answers.map((answer) => ("code" in answer ? answer.code : answer.status));
    expect(said).toEqual(["granted", "quarantined", "granted"]);
    const params = { campaign: "drill" };
    const show = (grant: string) =>
      execute(engine, "grant.show", {
        params: { ...params, grant },
        query: null,
        body: null,
      } as never);
    expect(await codeOf(show("nothing") as never)).toBe("quarantined");
    expect(await codeOf(show("another") as never)).toBe("unknown_grant");
    const list = execute(engine, "campaign.list", { params: {}, query: null, body: null } as never);
    expect(await codeOf(list as never)).toBe("ok");
  });
});

describe("a snapshot that cannot be kept", () => {
  it("is a notice, and the stop is clean", async () => {
    const onNotice = vi.fn();
    const snapshots = {
      load: async () => ({ sequence: 0, openings: [] }),
      noteOpening: () => {},
      save: async () => {
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      },
    };
    const engine = await engineWith({ snapshots, onNotice });
    await openCampaign(engine, plainCampaign());
    await engine.close();
    expect(onNotice.mock.calls[0]?.[0]).toContain("no space left on device");
  });
});

describe("a write that failed after it reached the disk", () => {
  it("leaves only the lines of its record in doubt", async () => {
    const journal = await openSimulated(new SimulatedDisk({ seed: 3 }));
    const engine = await engineWith({ journal });
    await openCampaign(engine, plainCampaign());
    await engine.whenIdle();
    const append = journal.append.bind(journal);
    let fails = (): void => {};
    const told = new Promise<void>((resolve) => {
      fails = resolve;
    });
    journal.append = async (draft) => {
      await append(draft);
      await told;
      throw Object.assign(new Error("EIO"), { code: "EIO" });
    };
    const decided = engine.load.decided;
    const first = codeOf(engine.money("claim", "drill", lines(1)[0]!));
    while (engine.load.decided === decided) await new Promise((resolve) => setImmediate(resolve));
    const second = codeOf(engine.money("claim", "drill", lines(1, 1)[0]!));
    while (engine.load.decided === decided + 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    fails();
    expect([await first, await second]).toEqual(["journal_failed", "writer_stopped"]);
    expect(await codeOf(engine.money("claim", "drill", lines(1, 2)[0]!))).toBe("writer_stopped");
  });
});
