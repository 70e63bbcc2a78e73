// The races in which peers lose money (release with reserve, expiry with redemption, a payout that
// succeeded and was not recorded), each on the real engine: both requests are sent before either is
// answered, and one record may hold them both.
import { describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import { dayStarts } from "../src/base/time.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { violations } from "../src/core/invariants.ts";
import { DrivenClock } from "../src/host/clock.ts";
import { Engine } from "../src/host/engine.ts";
import { openCampaign } from "../src/host/open-campaign.ts";
import { MemorySecrets } from "../src/host/secrets.ts";
import { SimulatedDisk } from "./simulation/disk.ts";
import { openSimulated } from "./simulation/journal-life.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const CAMPAIGN = "drill";
const SEEDS = 20;

class Place {
  readonly disk: SimulatedDisk;
  readonly clock: DrivenClock;
  private readonly secrets = new MemorySecrets(new Uint8Array(32).fill(3));

  constructor(seed = 1, atMs = START_MS) {
    this.disk = new SimulatedDisk({ seed });
    this.clock = new DrivenClock(atMs);
  }

  async engine(): Promise<Engine> {
    const journal = await openSimulated(this.disk);
    const { secrets, clock } = this;
    return await Engine.open({ journal, secrets, clock, ticking: false });
  }

  async open(more: Partial<CampaignDefinition> = {}): Promise<Engine> {
    const engine = await this.engine();
    await openCampaign(engine, plainCampaign(more));
    return engine;
  }
}

const claim = (engine: Engine, id: string, user = "ana") =>
  engine.money("claim", CAMPAIGN, { id, user, offer: "card" });

const redeem = (engine: Engine, id: string, grant: string, amountMinor?: number) =>
  engine.money("redeem", CAMPAIGN, {
    id,
    grant,
    ...(amountMinor === undefined ? {} : { amountMinor }),
  });

const cancel = (engine: Engine, id: string, grant: string) =>
  engine.money("cancel", CAMPAIGN, { id, grant });

const reverse = (engine: Engine, id: string, redemption: string) =>
  engine.money("reverse", CAMPAIGN, { id, redemption });

function books(engine: Engine): { spent: number; reserved: number; grantable: number } {
  expect(violations(engine.state)).toEqual([]);
  const campaign = engine.state.campaigns[0]!;
  const { spentMinor: spent, reservedMinor: reserved } = campaign.books;
  return { spent, reserved, grantable: campaign.grantableMinor };
}

async function granted(engine: Engine, id = "c"): Promise<string> {
  const answer = await claim(engine, id);
  expect(answer.status).toBe("granted");
  return answer.grant!;
}

describe("two at once", () => {
  it("reserve and reserve: one card left, one of two gets it", async () => {
    const engine = await new Place().open({ budgetMinor: 10 });
    const answers = await Promise.all([claim(engine, "a", "ana"), claim(engine, "b", "bo")]);
    expect(answers.map(({ status }) => status)).toEqual(["granted", "budget_exhausted"]);
    expect(books(engine)).toEqual({ spent: 0, reserved: 10, grantable: 0 });
  });

  it("reserve and reserve: a hundred claims in flight never pass a cap", async () => {
    const limit = cap({ dimension: "campaign", limit: 7 });
    const engine = await new Place().open({ budgetMinor: 1000, caps: [limit] });
    const sent = Array.from({ length: 100 }, (_, n) => claim(engine, `c${n}`, `u${n}`));
    const answers = await Promise.all(sent);
    expect(answers.filter(({ status }) => status === "granted").length).toBe(7);
    expect(answers.filter(({ cap: by }) => by === "cap").length).toBe(93);
  });

  it("reserve and release: what a cancellation frees is granted once", async () => {
    const engine = await new Place().open({ budgetMinor: 10, caps: [cap()] });
    const grant = await granted(engine);
    const [released, ...claims] = await Promise.all([
      cancel(engine, "x", grant),
      claim(engine, "d"),
      claim(engine, "e"),
    ]);
    expect(released.status).toBe("cancelled");
    expect(claims.map(({ status }) => status)).toEqual(["granted", "cap_reached"]);
    expect(books(engine)).toEqual({ spent: 0, reserved: 10, grantable: 0 });
  });

  it("release and release: two cancellations of one grant give its money back once", async () => {
    const engine = await new Place().open({ budgetMinor: 10 });
    const grant = await granted(engine);
    const answers = await Promise.all([cancel(engine, "x", grant), cancel(engine, "y", grant)]);
    expect(answers.map(({ status }) => status)).toEqual(["cancelled", "already_cancelled"]);
    expect(books(engine)).toEqual({ spent: 0, reserved: 0, grantable: 10 });
  });

  it("release and release: two reversals of one redemption count once", async () => {
    const engine = await new Place().open({ budgetMinor: 10 });
    await redeem(engine, "r", await granted(engine));
    const answers = await Promise.all([reverse(engine, "v", "r"), reverse(engine, "w", "r")]);
    expect(answers.map(({ status }) => status)).toEqual(["reversed", "already_reversed"]);
    expect(books(engine)).toEqual({ spent: 0, reserved: 10, grantable: 0 });
  });

  it.each([
    ["one ms before", -1, "redeemed", { spent: 10, reserved: 0, grantable: 0 }],
    ["at the instant", 0, "expired", { spent: 0, reserved: 0, grantable: 0 }],
  ])("expire and redeem: %s, the sweep and the till agree", async (_, offsetMs, status, after) => {
    const place = new Place();
    const engine = await place.open({ budgetMinor: 10 });
    const grant = await granted(engine);
    place.clock.set(START_MS + DAY_MS + offsetMs);
    const [answer] = await Promise.all([redeem(engine, "r", grant), engine.tick()]);
    expect(answer.status).toBe(status);
    expect(books(engine)).toEqual(after);
  });

  it("cancel and redeem: whichever comes first, the money is in one place", async () => {
    for (const first of ["cancel", "redeem"]) {
      const engine = await new Place().open({ budgetMinor: 10 });
      const grant = await granted(engine);
      const cancelling = () => cancel(engine, "x", grant);
      const redeeming = () => redeem(engine, "r", grant);
      const order = first === "cancel" ? [cancelling, redeeming] : [redeeming, cancelling];
      const answers = await Promise.all(order.map((send) => send()));
      const expected =
        first === "cancel" ? ["cancelled", "already_cancelled"] : ["redeemed", "already_redeemed"];
      expect(answers.map(({ status }) => status)).toEqual(expected);
      const spent = first === "cancel" ? 0 : 10;
      expect(books(engine)).toEqual({ spent, reserved: 0, grantable: 10 - spent });
    }
  });
});

describe("late and again", () => {
  it("a retry after 25 hours, and after a restart, gets the first answer", async () => {
    const place = new Place();
    const engine = await place.open({ budgetMinor: 10 });
    const first = await claim(engine, "c");
    place.clock.set(START_MS + 25 * HOUR_MS);
    await engine.tick();
    const { sequence: _, atMs: __, ...again } = await claim(engine, "c");
    const { sequence: ___, atMs: ____, ...before } = first;
    expect(again).toEqual({ ...before, replayed: true });
    await engine.close();
    const reopened = await place.engine();
    expect(await claim(reopened, "c")).toMatchObject({ ...before, replayed: true });
    expect(reopened.state.campaigns[0]!.books.issuedMinor).toBe(10);
  });

  it("the day turns at midnight in the campaign's zone, on days of 23 and 25 hours", async () => {
    for (const [date, hours] of [
      ["2026-03-08", 23],
      ["2026-11-01", 25],
    ] as const) {
      const noon = Date.parse(`${date}T17:00:00Z`);
      const days = dayStarts("America/New_York", noon, noon + 30 * DAY_MS);
      const [today, tomorrow] = days as [number, number];
      expect(tomorrow - today).toBe(hours * HOUR_MS);
      const place = new Place(1, today);
      const until = { fromMs: today, toMs: today + 10 * DAY_MS };
      const engine = await place.open({
        ...{ timeZone: "America/New_York", startsAtMs: today, endsAtMs: until.toMs },
        ...{ closesAtMs: today + 20 * DAY_MS, dayStartsMs: days },
        waves: [{ id: "one", ...until, budgetMinor: null }],
        caps: [cap({ per: "day" })],
      });
      await granted(engine);
      place.clock.set(tomorrow - 1);
      const refused = await claim(engine, "d");
      expect(refused).toMatchObject({ status: "cap_reached", retryAtMs: tomorrow });
      place.clock.set(tomorrow);
      expect((await claim(engine, "d")).status).toBe("granted");
    }
  });

  it("a payout that succeeded and was not recorded by the caller happens once", async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const place = new Place(seed);
      const engine = await place.open({ budgetMinor: 10 });
      const grant = await granted(engine);
      // Power goes while the redemption is being written: its answer never arrives.
      place.disk.crashAtChange = place.disk.changes;
      const lost = await redeem(engine, "r", grant, 4).catch((error: unknown) => error);
      expect(lost).toBeInstanceOf(HongbaoError);
      place.disk.crash();
      const reopened = await place.engine();
      const again = await redeem(reopened, "r", grant, 4);
      expect(again).toMatchObject({ status: "redeemed", redeemedMinor: 4, restMinor: 6 });
      expect(books(reopened)).toEqual({ spent: 4, reserved: 6, grantable: 0 });
      seen.add(again.replayed ? "it had been recorded" : "it had not");
    }
    expect(seen.size).toBe(2);
  });
});
