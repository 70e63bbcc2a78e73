// A bug in one line, met while another record is being written: what was decided beside it may be
// lost, but nothing of the failed line reaches the journal, and what was answered stays true.
import { describe, expect, it } from "vitest";
import { AssertionFailure } from "../src/base/assert.ts";
import type { HongbaoError } from "../src/base/error.ts";
import { EVENT_KINDS } from "../src/core/event.ts";
import { DrivenClock } from "../src/host/clock.ts";
import { Engine } from "../src/host/engine.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { MemorySecrets } from "../src/host/secrets.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const freshSecrets = () => new MemorySecrets(new Uint8Array(32).fill(3));

const claim = (engine: Engine, id: string, more: object = {}) =>
  engine
    .money("claim", "drill", { id, user: `user-${id}`, offer: "card", ...more })
    .then(({ status }) => status)
    .catch((error: HongbaoError) => error.code);

async function engineOn(
  disk: SimulatedDisk,
  secrets: MemorySecrets,
  quarantine?: Promise<void>,
): Promise<Engine> {
  const journal = await openSimulated(disk);
  // Slow enough that the next lines are decided meanwhile.
  const append = journal.append.bind(journal);
  journal.append = async (draft) => {
    const appended = await append(draft);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return appended;
  };
  const clock = new DrivenClock(START_MS);
  const slow = { size: 0, has: () => false, add: () => quarantine ?? Promise.resolve() };
  const more = quarantine === undefined ? {} : { quarantine: slow };
  return await Engine.open({ journal, secrets, clock, ticking: false, ...more });
}

describe("a bug while a record is being written", () => {
  it("leaves nothing of the failed line in the journal", async () => {
    for (const kind of [EVENT_KINDS.paused, 63]) {
      const disk = new SimulatedDisk({ seed: 5 });
      const secrets = freshSecrets();
      let written = (): void => {};
      const quarantined = new Promise<void>((resolve) => {
        written = resolve;
      });
      const engine = await engineOn(disk, secrets, quarantined);
      await openCampaign(engine, plainCampaign());
      const decided = engine.load.decided;
      const first = claim(engine, "a");
      while (engine.load.decided === decided) await new Promise((resolve) => setImmediate(resolve));
      const second = claim(engine, "b");
      const decide = (atMs: number, out: Parameters<Parameters<Engine["single"]>[1]>[1]) => {
        out.begin(kind, 0, atMs, 2);
        throw new AssertionFailure("a bug");
      };
      const failed = engine
        .single(1, decide as never, () => "bad")
        .then(() => "answered")
        .catch((error: HongbaoError) => error.code);
      expect(await first).toBe("granted");
      await new Promise((resolve) => setTimeout(resolve, 60));
      written();
      expect([await second, await failed]).toEqual(["internal", "internal"]);
      await engine.close();
      const again = await engineOn(disk, secrets);
      const [campaign] = again.state.campaigns;
      expect([campaign!.phase, campaign!.counts.granted]).toEqual(["open", 1]);
      await again.close();
    }
  });
});

describe("what no schema has seen", () => {
  it("is refused, and the engine goes on", async () => {
    const engine = await engineOn(new SimulatedDisk({ seed: 6 }), freshSecrets());
    await openCampaign(engine, plainCampaign({ attributes: ["device"] }));
    const odd = [
      { attributes: { device: undefined } },
      { attributes: { device: 7 } },
      { user: undefined },
      { user: null },
      { id: undefined },
      { user: "x".repeat(100_000) },
    ];
    for (const more of odd) expect(await claim(engine, "odd", more)).toBe("invalid_request");
    expect(await claim(engine, "good", { attributes: { device: "d" } })).toBe("granted");
    await engine.close();
  });
});
