import { describe, expect, it } from "vitest";
import { nextSweepAtMs } from "./grants/decide-sweep.ts";
import { UnitLedger } from "./ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION } from "./unit-campaign.fixture.ts";

const { salt } = DEFINITION.assignment;

describe("a change of phase", () => {
  it("that is there already changes nothing", () => {
    const ledger = new UnitLedger();
    expect([ledger.phase("resume").status, ledger.kinds]).toEqual(["ok", []]);
    expect([ledger.phase("pause").status, ledger.kinds]).toEqual(["ok", ["paused"]]);
    expect([ledger.phase("pause").status, ledger.kinds]).toEqual(["ok", []]);
    expect([ledger.phase("resume").status, ledger.kinds]).toEqual(["ok", ["resumed"]]);
    expect([ledger.phase("end").status, ledger.kinds]).toEqual(["ok", ["ended"]]);
    expect([ledger.phase("end").status, ledger.kinds]).toEqual(["ok", []]);
  });

  it("cannot reopen what has ended", () => {
    const ledger = new UnitLedger();
    ledger.phase("end");
    expect(ledger.phase("pause").status).toBe("ended");
    expect(ledger.phase("resume").status).toBe("ended");
  });

  it("to closed waits until the campaign is over and no money is on its way", () => {
    const ledger = new UnitLedger();
    expect(ledger.phase("close").status).toBe("settling_unfinished");
    ledger.claim({ id: "a", user: "u" });
    ledger.phase("end");
    expect(ledger.phase("close")).toMatchObject({
      status: "settling_unfinished",
      retryAtMs: 21 * DAY_MS,
    });
    ledger.atMs = 2 * DAY_MS;
    ledger.sweep();
    expect(ledger.phase("close").status).toBe("settling_unfinished");
    ledger.atMs = 3 * DAY_MS;
    ledger.sweep();
    expect([ledger.phase("close").status, ledger.kinds]).toEqual(["ok", ["closed"]]);
    expect(ledger.phase("close").status).toBe("ok");
    expect(ledger.phase("pause").status).toBe("campaign_closed");
  });

  it("to closed needs no `end` once the campaign's time is over", () => {
    const ledger = new UnitLedger();
    ledger.atMs = 10 * DAY_MS;
    expect(ledger.phase("close").status).toBe("ok");
  });
});

describe("assigning an audience", () => {
  const audiences = [
    { id: "held", holdoutShare: 1, salt },
    { id: "treated", holdoutShare: 0, salt },
  ];

  it("gives an arm before contact, without exposure", () => {
    const ledger = new UnitLedger({ audiences });
    expect(ledger.assign("u", 0)).toMatchObject({ status: "assigned", arm: 0, replayed: false });
    expect(ledger.assign("v", 1)).toMatchObject({ status: "assigned", arm: 1 });
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("held_out");
    expect(ledger.kinds).toEqual(["withheld"]);
  });

  it("leaves a user the first arm", () => {
    const ledger = new UnitLedger({ audiences });
    ledger.assign("u", 0);
    expect(ledger.assign("u", 1)).toMatchObject({ replayed: true, arm: 0 });
    ledger.claim({ id: "a", user: "w" });
    expect(ledger.assign("w", 0)).toMatchObject({ replayed: true, arm: 1 });
  });

  it("is over with the campaign", () => {
    const ledger = new UnitLedger({ audiences });
    ledger.phase("end");
    expect(ledger.assign("u", 0).status).toBe("ended");
  });

  it("needs the arm where assignment is given", () => {
    const assignment = { ...DEFINITION.assignment, source: "given" as const };
    const ledger = new UnitLedger({ audiences, assignment });
    expect(ledger.assign("u", 0).status).toBe("assignment_missing");
    expect(ledger.assign("u", 0, 1)).toMatchObject({ status: "assigned", arm: 1 });
  });
});

describe("showing offers", () => {
  it("records arm and exposure once", () => {
    const ledger = new UnitLedger();
    expect([ledger.offers("u"), ledger.kinds]).toEqual([
      [0, 1],
      ["assigned", "exposed"],
    ]);
    expect([ledger.offers("u"), ledger.kinds]).toEqual([[0, 1], []]);
  });

  it("shows the held-out nothing, and records that they would have been shown something", () => {
    const ledger = new UnitLedger({ assignment: { ...DEFINITION.assignment, holdoutShare: 1 } });
    expect([ledger.offers("u"), ledger.kinds]).toEqual([[], ["assigned", "exposed"]]);
  });

  it("leaves out what the user's caps or the budget do not leave", () => {
    const caps = [cap({ id: "card", dimension: "offer:card" })];
    const ledger = new UnitLedger({ caps });
    ledger.claim({ id: "a", user: "u" });
    expect(ledger.offers("u")).toEqual([1]);
    expect(new UnitLedger({ budgetMinor: 5 }).offers("u")).toEqual([1]);
  });

  it("exposes nobody while nothing is open, or where nothing is left, in either arm", () => {
    const ledger = new UnitLedger();
    ledger.phase("pause");
    expect([ledger.offers("u"), ledger.kinds]).toEqual([[], []]);
    for (const holdoutShare of [0, 1]) {
      const assignment = { ...DEFINITION.assignment, holdoutShare };
      const spent = new UnitLedger({ assignment, budgetMinor: 0 });
      expect([spent.offers("u"), spent.kinds]).toEqual([[], ["assigned"]]);
    }
  });
});

describe("the sweep", () => {
  it("expires what is over, and frees the money after the lag, by the minute", () => {
    const ledger = new UnitLedger();
    ledger.atMs = 1;
    ledger.claim({ id: "a", user: "u" });
    expect(nextSweepAtMs(ledger.campaign)).toBe(2 * DAY_MS + 1);
    ledger.atMs = 2 * DAY_MS;
    expect([ledger.sweep(), ledger.kinds]).toEqual([false, []]);
    ledger.atMs = 2 * DAY_MS + 1;
    expect([ledger.sweep(), ledger.kinds]).toEqual([false, ["expired", "swept"]]);
    expect(ledger.campaign.books).toMatchObject({ reservedMinor: 0, settlingMinor: 10 });
    expect(nextSweepAtMs(ledger.campaign)).toBe(3 * DAY_MS + 60_000);
    ledger.atMs = 3 * DAY_MS + 60_000;
    expect([ledger.sweep(), ledger.kinds]).toEqual([false, ["settled"]]);
    expect(ledger.campaign.grantableMinor).toBe(100);
    expect(nextSweepAtMs(ledger.campaign)).toBe(Number.POSITIVE_INFINITY);
  });

  it("does a bounded piece of work at a time", () => {
    const ledger = new UnitLedger({ budgetMinor: 1000 });
    for (let i = 0; i < 7; i++) ledger.claim({ id: `c${i}`, user: "u" });
    ledger.atMs = 3 * DAY_MS;
    expect([ledger.sweep(3), ledger.kinds.length]).toEqual([true, 4]);
    expect([ledger.sweep(3), ledger.kinds.length]).toEqual([true, 4]);
    expect([ledger.sweep(3), ledger.kinds.length]).toEqual([false, 2]);
  });

  it("passes over what was spent or cancelled", () => {
    const ledger = new UnitLedger();
    for (let i = 0; i < 3; i++) ledger.claim({ id: `c${i}`, user: "u" });
    ledger.redeem({ id: "r", grant: 0 });
    ledger.cancel({ id: "x", grant: 1 });
    ledger.atMs = 3 * DAY_MS;
    ledger.sweep();
    expect(ledger.kinds).toEqual(["expired", "swept"]);
  });

  it("gathers what expires in one minute in one settlement", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "u" });
    ledger.claim({ id: "b", user: "u" });
    ledger.atMs = 2 * DAY_MS;
    ledger.sweep(1);
    ledger.sweep(1);
    expect(ledger.campaign.settling.amountMinor).toEqual([20]);
    ledger.atMs = 4 * DAY_MS;
    ledger.sweep();
    expect(ledger.kinds).toEqual(["settled"]);
  });
});
