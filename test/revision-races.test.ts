// A campaign revised in mid-wave while claims and redemptions are under way, and a clock that
// jumps: both requests are sent before either is answered.
import { describe, expect, it } from "vitest";
import type { RevisionAnswer } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { violations } from "../src/core/invariants.ts";
import { DrivenClock, Engine, execute, MemorySecrets } from "../src/host/index.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { SimulatedClock } from "./simulation/clock.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { cap, DAY_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const secrets = new MemorySecrets(new Uint8Array(32).fill(3));

async function engineOn(disk: SimulatedDisk, clock: DrivenClock): Promise<Engine> {
  return Engine.open({ journal: await openSimulated(disk), secrets, clock, ticking: false });
}

async function opened(
  clock: DrivenClock,
  more: Partial<CampaignDefinition> = {},
): Promise<{ engine: Engine; disk: SimulatedDisk }> {
  const disk = new SimulatedDisk({ seed: 1 });
  const engine = await engineOn(disk, clock);
  await openCampaign(engine, plainCampaign(more));
  return { engine, disk };
}

const claim = (engine: Engine, id: string, user = id) =>
  engine.money("claim", "drill", { id, user, offer: "card" });

const redeem = (engine: Engine, id: string, grant: string) =>
  engine.money("redeem", "drill", { id, grant });

function revise(
  engine: Engine,
  change: (definition: CampaignDefinition) => void,
  moveExpiry: string[] = [],
): Promise<RevisionAnswer> {
  const definition = structuredClone(engine.find("drill")!.state.definition);
  change(definition);
  const version = engine.find("drill")!.state.version + 1;
  const body = { definition, version, why: "as the second day showed", moveExpiry };
  return execute(engine, "campaign.revise", { params: { campaign: "drill" }, query: null, body });
}

/** The one offer expires then. */
const until =
  (atMs: number) =>
  (definition: CampaignDefinition): void => {
    definition.offers[0]!.expiry = { kind: "at", atMs };
  };

const FIRST = START_MS + 3 * DAY_MS;
const LATER = START_MS + 8 * DAY_MS;

async function held(clock: DrivenClock, count: number) {
  const plain = plainCampaign();
  const [card] = plain.offers;
  const offers = [{ ...card!, expiry: { kind: "at" as const, atMs: FIRST } }];
  const { engine, disk } = await opened(clock, { offers, budgetMinor: 10_000, caps: [] });
  const grants: string[] = [];
  for (let i = 0; i < count; i++) grants.push((await claim(engine, `c-${i}`)).grant!);
  return { engine, disk, grants };
}

describe("a revision in mid-wave", () => {
  it("moves the expiry for all who hold one, in one event, and a restart knows it", async () => {
    const clock = new DrivenClock(START_MS);
    const { engine, disk, grants } = await held(clock, 50);
    const before = engine.journal.lastSequence;
    expect(await revise(engine, until(LATER), ["card"])).toMatchObject({ grantsMoved: 50 });
    expect(engine.journal.lastSequence).toBe(before + 1);
    clock.set(FIRST + DAY_MS);
    await engine.tick();
    expect((await redeem(engine, "r-1", grants[7]!)).status).toBe("redeemed");
    await engine.close();
    const again = await engineOn(disk, clock);
    expect((await redeem(again, "r-2", grants[8]!)).status).toBe("redeemed");
    clock.set(LATER);
    await again.tick();
    expect((await redeem(again, "r-3", grants[9]!)).status).toBe("expired");
    expect(again.find("drill")!.state.counts.expired).toBe(48);
    expect(violations(again.state)).toEqual([]);
  });

  it.each([
    ["one ms before the expiry moves it for the redemption behind it", FIRST - 1, "redeemed"],
    ["at the expiry comes too late for everybody", FIRST, "expired"],
  ] as const)("%s", async (_, atMs, status) => {
    const clock = new DrivenClock(START_MS);
    const { engine, grants } = await held(clock, 2);
    clock.set(atMs);
    const revision = revise(engine, until(LATER), ["card"]).catch((error: unknown) => error);
    await revision;
    clock.set(FIRST);
    const [first, second] = await Promise.all([
      redeem(engine, "a", grants[0]!),
      redeem(engine, "b", grants[1]!),
    ]);
    expect([first.status, second.status]).toEqual([status, status]);
    expect(violations(engine.state)).toEqual([]);
  });

  it("and a redemption at once: both in either order, the money in one place", async () => {
    for (const revisionFirst of [true, false]) {
      const clock = new DrivenClock(START_MS);
      const { engine, grants } = await held(clock, 1);
      clock.set(FIRST - 1);
      const asks = [
        () => revise(engine, until(LATER), ["card"]),
        () => redeem(engine, "r", grants[0]!),
      ];
      if (!revisionFirst) asks.reverse();
      const answers = await Promise.all(asks.map((ask) => ask()));
      expect(answers.map(({ status }) => status).sort()).toEqual(["redeemed", "revised"]);
      expect(engine.find("drill")!.state.books).toMatchObject({ spentMinor: 10, reservedMinor: 0 });
    }
  });

  it("that lowers a limit below what is used lets nothing more in", async () => {
    const clock = new DrivenClock(START_MS);
    const caps = [cap({ id: "all", dimension: "campaign", limit: 40 })];
    const { engine } = await opened(clock, { budgetMinor: 10_000, caps });
    const flight = Array.from({ length: 20 }, (_, i) => claim(engine, `early-${i}`));
    const lowered = revise(engine, ({ caps: [all] }) => {
      all!.limit = 5;
    });
    const late = Array.from({ length: 20 }, (_, i) => claim(engine, `late-${i}`));
    expect((await lowered).status).toBe("revised");
    const statuses = (await Promise.all([...flight, ...late])).map(({ status }) => status);
    const granted = statuses.filter((status) => status === "granted").length;
    const { caps: cells, grantCount } = engine.find("drill")!.state;
    expect(grantCount).toBe(granted);
    expect(cells[0]!.used(0, 0)).toBe(granted);
    expect((await claim(engine, "after")).status).toBe("cap_reached");
    expect(violations(engine.state)).toEqual([]);
  });
});

describe("a proposal that is swapped while somebody consents to the one he has seen", () => {
  it.each([true, false])(
    "puts in force what he has seen, or nothing (swap first: %s)",
    async (swapFirst) => {
      const clock = new DrivenClock(START_MS);
      const { engine, disk } = await opened(clock, { fourEyes: true });
      const budget = (budgetMinor: number) => () =>
        revise(engine, (definition) => {
          definition.budgetMinor = budgetMinor;
        });
      const { digest } = await budget(200)();
      const call = { params: { campaign: "drill" }, query: null, by: "hb_other" };
      const approve = () =>
        execute(engine, "campaign.approve", { ...call, body: { version: 1, digest: digest! } });
      const asks = [budget(900), approve, approve];
      if (!swapFirst) asks.push(asks.shift()!);
      const statuses = (await Promise.all(asks.map((ask) => ask()))).map(({ status }) => status);
      const { state } = engine.find("drill")!;
      if (swapFirst) {
        expect(statuses).toEqual(["proposed", "unknown_proposal", "unknown_proposal"]);
        expect(state.definition.budgetMinor).toBe(100);
      } else {
        expect(statuses).toEqual(["revised", "revised", "revision_conflict"]);
        expect(state.definition.budgetMinor).toBe(200);
        expect(state.version).toBe(1);
      }
      await engine.close();
      // The snapshot of the stop knows what was agreed on, and what waits.
      const again = await engineOn(disk, clock);
      const late = { ...call, body: { version: 1, digest: digest! } };
      expect(await execute(again, "campaign.approve", late)).toMatchObject(
        swapFirst ? { status: "unknown_proposal" } : { status: "revised", replayed: true },
      );
    },
  );
});

describe("a clock that jumps", () => {
  it("by more than a minute stops the writer before anything is decided by it", async () => {
    const clock = new SimulatedClock(START_MS, false);
    const disk = new SimulatedDisk({ seed: 1 });
    const journal = await openSimulated(disk);
    const engine = await Engine.open({ journal, secrets, clock, ticking: false });
    await openCampaign(engine, plainCampaign());
    expect((await claim(engine, "a")).status).toBe("granted");
    clock.step(DAY_MS);
    await expect(claim(engine, "b")).rejects.toMatchObject({ code: "clock_stepped" });
    expect(engine.state.campaigns[0]!.grantCount).toBe(1);
    await expect(claim(engine, "c")).rejects.toMatchObject({ code: "clock_stepped" });
  });

  it("back while nothing runs is refused at the start, unless somebody trusts it", async () => {
    const clock = new DrivenClock(START_MS + DAY_MS);
    const { engine, disk } = await opened(clock);
    await claim(engine, "a");
    await engine.close();
    clock.set(START_MS + 2 * DAY_MS);
    const yesterday = new DrivenClock(START_MS);
    await expect(engineOn(disk, yesterday)).rejects.toMatchObject({ code: "clock_behind" });
    const journal = await openSimulated(disk);
    const options = { journal, secrets, clock: yesterday, ticking: false, trustClock: true };
    const again = await Engine.open(options);
    // Time goes on from the journal's last instant: it never runs back.
    const { atMs } = await claim(again, "b");
    expect(atMs).toBeGreaterThanOrEqual(START_MS + DAY_MS);
  });
});
