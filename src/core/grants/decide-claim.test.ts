import { describe, expect, it } from "vitest";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../unit-campaign.fixture.ts";

const HOLD_ALL = { ...DEFINITION.assignment, holdoutShare: 1 };
const GIVEN = { ...DEFINITION.assignment, source: "given" as const };

describe("a claim", () => {
  it("is granted, with its amount, its expiry and its arm", () => {
    const ledger = new UnitLedger();
    ledger.atMs = 5;
    expect(ledger.claim({ id: "a", user: "u" })).toMatchObject({
      status: "granted",
      replayed: false,
      grant: 0,
      amountMinor: 10,
      restMinor: 10,
      expiresAtMs: 2 * DAY_MS + 5,
      arm: 1,
    });
    expect(ledger.kinds).toEqual(["assigned", "granted"]);
    expect(ledger.campaign.books).toMatchObject({ reservedMinor: 10, issuedMinor: 10 });
  });

  it("is answered again, word for word, when its id comes again", () => {
    const ledger = new UnitLedger();
    const first = ledger.claim({ id: "a", user: "u" });
    ledger.atMs = 25 * DAY_MS;
    expect(ledger.claim({ id: "a", user: "u" })).toEqual({
      ...first,
      replayed: true,
      restMinor: 0,
    });
    expect(ledger.kinds).toEqual([]);
  });

  it("conflicts when its id was used for other content", () => {
    const ledger = new UnitLedger({ attributes: ["device", "shop"] });
    ledger.claim({ id: "a", user: "u", device: "d", ref: "r" });
    const others = [
      { id: "a", user: "v", device: "d", ref: "r" },
      { id: "a", user: "u", device: "e", ref: "r" },
      { id: "a", user: "u", ref: "r" },
      { id: "a", user: "u", shop: "d", ref: "r" },
      { id: "a", user: "u", device: "d", ref: "s" },
      { id: "a", user: "u", device: "d" },
      { id: "a", user: "u", device: "d", ref: "r", offer: 1 },
    ];
    expect(others.map((ask) => ledger.claim(ask).status)).toEqual(others.map(() => "id_conflict"));
  });

  it("is the same claim when its deadline was extended", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "u", notAfterMs: 10 });
    expect(ledger.claim({ id: "a", user: "u", notAfterMs: 99 }).replayed).toBe(true);
  });

  it("conflicts with a redemption's id, since all ids share one namespace", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "u" });
    ledger.redeem({ id: "r", grant: 0 });
    expect(ledger.claim({ id: "r", user: "u" }).status).toBe("id_conflict");
  });

  it("is stale past its deadline, unless it was decided before", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "u", notAfterMs: 10 });
    ledger.atMs = 10;
    expect(ledger.claim({ id: "b", user: "u", notAfterMs: 10 }).status).toBe("granted");
    ledger.atMs = 11;
    expect(ledger.claim({ id: "c", user: "u", notAfterMs: 10 }).status).toBe("stale");
    expect(ledger.claim({ id: "a", user: "u", notAfterMs: 10 }).status).toBe("granted");
  });

  it("is refused for an offer that does not exist", () => {
    expect(new UnitLedger().claim({ id: "a", user: "u", offer: -1 }).status).toBe("unknown_offer");
  });

  it("is refused before the start, and told when to come", () => {
    const ledger = new UnitLedger({ startsAtMs: DAY_MS });
    ledger.atMs = DAY_MS - 1;
    const early = ledger.claim({ id: "a", user: "u" });
    expect(early).toMatchObject({ status: "not_open", retryAtMs: DAY_MS });
    ledger.atMs = DAY_MS;
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("granted");
  });

  it("is refused outside its wave", () => {
    const waves = [{ id: "all", fromMs: DAY_MS, toMs: 2 * DAY_MS, budgetMinor: null }];
    const ledger = new UnitLedger({ waves });
    expect(ledger.claim({ id: "a", user: "u" })).toMatchObject({
      status: "not_open",
      retryAtMs: DAY_MS,
    });
    ledger.atMs = 2 * DAY_MS;
    expect(ledger.claim({ id: "a", user: "u" })).toMatchObject({
      status: "not_open",
      retryAtMs: 0,
    });
  });

  it("is refused at the very end, and once ended by hand", () => {
    const ledger = new UnitLedger();
    ledger.atMs = 10 * DAY_MS - 1;
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("granted");
    ledger.atMs = 10 * DAY_MS;
    expect(ledger.claim({ id: "b", user: "u" }).status).toBe("ended");
    const stopped = new UnitLedger();
    stopped.phase("end");
    expect(stopped.claim({ id: "b", user: "u" }).status).toBe("ended");
  });

  it("is refused while the campaign pauses, and granted once it goes on", () => {
    const ledger = new UnitLedger();
    ledger.phase("pause");
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("paused");
    expect(ledger.kinds).toEqual([]);
    ledger.phase("resume");
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("granted");
  });

  it("is refused when the budget does not leave its amount", () => {
    const ledger = new UnitLedger({ budgetMinor: 19 });
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("granted");
    expect(ledger.claim({ id: "b", user: "v" }).status).toBe("budget_exhausted");
    expect(ledger.kinds).toEqual(["assigned"]);
  });

  it("names the cap that refuses, and when its window ends", () => {
    const caps = [cap({ id: "total", limit: 2 }), cap({ id: "day", per: "day", limit: 1 })];
    const ledger = new UnitLedger({ caps });
    ledger.atMs = HOUR_MS;
    ledger.claim({ id: "a", user: "u" });
    expect(ledger.claim({ id: "b", user: "u" })).toMatchObject({
      status: "cap_reached",
      cap: 1,
      retryAtMs: DAY_MS,
    });
    ledger.atMs = DAY_MS;
    ledger.claim({ id: "b", user: "u" });
    expect(ledger.claim({ id: "c", user: "u" })).toMatchObject({ cap: 0, retryAtMs: 0 });
  });

  it("charges no cap when a later one refuses", () => {
    const caps = [cap({ id: "user", limit: 5 }), cap({ id: "all", dimension: "campaign" })];
    const ledger = new UnitLedger({ caps });
    ledger.claim({ id: "a", user: "u" });
    ledger.claim({ id: "b", user: "u" });
    expect(ledger.used(0)).toBe(1);
  });

  it("reaches a money limit exactly", () => {
    const caps = [cap({ id: "money", counts: "money", limit: 20 })];
    const ledger = new UnitLedger({ caps });
    const statuses = ["a", "b", "c"].map((id) => ledger.claim({ id, user: "u" }).status);
    expect(statuses).toEqual(["granted", "granted", "cap_reached"]);
  });

  it("counts each value of an attribute alone", () => {
    const ledger = new UnitLedger({ caps: [cap({ id: "device", dimension: "device" })] });
    expect(ledger.claim({ id: "a", user: "u", device: "d" }).status).toBe("granted");
    expect(ledger.claim({ id: "b", user: "v", device: "d" }).status).toBe("cap_reached");
    expect(ledger.claim({ id: "c", user: "v", device: "e" }).status).toBe("granted");
  });

  it("without a capped attribute is refused, shared or passed, as the cap says", () => {
    const statusOf = (missing: "refuse" | "shared" | "skip") => {
      const ledger = new UnitLedger({ caps: [cap({ id: "d", dimension: "device", missing })] });
      return ["a", "b"].map((id) => ledger.claim({ id, user: id }).status);
    };
    expect(statusOf("refuse")).toEqual(["missing_attribute", "missing_attribute"]);
    expect(statusOf("shared")).toEqual(["granted", "cap_reached"]);
    expect(statusOf("skip")).toEqual(["granted", "granted"]);
  });

  it("lets each cap on one attribute have its own rule for a missing value", () => {
    const shared = cap({ id: "s", dimension: "device", limit: 9, missing: "shared" });
    const skips = new UnitLedger({
      caps: [shared, cap({ id: "k", dimension: "device", missing: "skip" })],
    });
    expect(["a", "b"].map((id) => skips.claim({ id, user: id }).status)).toEqual([
      "granted",
      "granted",
    ]);
    expect([skips.used(0), skips.used(1)]).toEqual([2, 0]);
    skips.cancel({ id: "x", grant: 0 });
    expect([skips.used(0), skips.used(1)]).toEqual([1, 0]);
    const refuses = new UnitLedger({
      caps: [shared, cap({ id: "r", dimension: "device", missing: "refuse" })],
    });
    expect(refuses.claim({ id: "a", user: "u" }).status).toBe("missing_attribute");
  });

  it("is charged to the caps of its own wave and offer alone", () => {
    const caps = [
      cap({ id: "card", dimension: "offer:card", limit: 9 }),
      cap({ id: "envelope", dimension: "offer:envelope", limit: 9 }),
      cap({ id: "wave", dimension: "wave:all", limit: 9 }),
    ];
    const ledger = new UnitLedger({ caps });
    ledger.claim({ id: "a", user: "u" });
    expect([0, 1, 2].map((i) => ledger.used(i))).toEqual([1, 0, 1]);
  });

  it("of a user outside the audience is not eligible and leaves no trace", () => {
    const audiences = [{ id: "known", holdoutShare: 0, salt: DEFINITION.assignment.salt }];
    const offers = DEFINITION.offers.map((offer) => ({ ...offer, audience: 0 }));
    const ledger = new UnitLedger({ audiences, offers });
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("not_eligible");
    expect(ledger.kinds).toEqual([]);
    ledger.assign("u");
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("granted");
    expect(ledger.kinds).toEqual(["granted"]);
  });
});

describe("a claim of the held-out", () => {
  it("is withheld, charges nothing, and says what it would have been", () => {
    const caps = [cap({ id: "user" })];
    const ledger = new UnitLedger({ assignment: HOLD_ALL, caps });
    expect(ledger.claim({ id: "a", user: "u" })).toMatchObject({ status: "held_out", arm: 0 });
    expect(ledger.kinds).toEqual(["assigned", "withheld"]);
    expect(ledger.used(0)).toBe(0);
    expect(ledger.campaign.books.reservedMinor).toBe(0);
    expect(ledger.claim({ id: "b", user: "u" }).status).toBe("held_out");
  });

  it("is answered no_offer where the holdout is masked", () => {
    const ledger = new UnitLedger({ assignment: { ...HOLD_ALL, masked: true } });
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("no_offer");
  });

  it("is answered again in the same way", () => {
    const ledger = new UnitLedger({ assignment: HOLD_ALL });
    const first = ledger.claim({ id: "a", user: "u" });
    expect(ledger.claim({ id: "a", user: "u" })).toEqual({ ...first, replayed: true });
    expect(ledger.claim({ id: "a", user: "v" }).status).toBe("id_conflict");
  });
});

describe("a given assignment", () => {
  it("is needed at the first claim, and kept", () => {
    const ledger = new UnitLedger({ assignment: GIVEN });
    expect(ledger.claim({ id: "a", user: "u" }).status).toBe("assignment_missing");
    expect(ledger.claim({ id: "a", user: "u", arm: 0 }).status).toBe("held_out");
    expect(ledger.claim({ id: "b", user: "u", arm: 1 }).status).toBe("held_out");
  });
});

describe("a lucky claim", () => {
  it("draws on from where the user stood, also after a cancellation", () => {
    const ledger = new UnitLedger({ budgetMinor: 10_000 });
    const amounts: number[] = [];
    for (let i = 0; i < 20; i++) {
      amounts.push(ledger.claim({ id: `c${i}`, user: "u", offer: 1 }).amountMinor);
      ledger.cancel({ id: `x${i}`, grant: i });
    }
    const straight = new UnitLedger({ budgetMinor: 10_000 });
    const again = amounts.map(
      (_, i) => straight.claim({ id: `c${i}`, user: "u", offer: 1 }).amountMinor,
    );
    expect(amounts).toEqual(again);
    expect(new Set(amounts)).toEqual(new Set([1, 50]));
  });

  it("consumes no draw when it is refused", () => {
    const ledger = new UnitLedger({ budgetMinor: 10_000 });
    const paused = new UnitLedger({ budgetMinor: 10_000 });
    paused.phase("pause");
    paused.claim({ id: "p", user: "u", offer: 1 });
    paused.phase("resume");
    const draw = (one: UnitLedger, id: string) =>
      one.claim({ id, user: "u", offer: 1 }).amountMinor;
    const ids = Array.from({ length: 10 }, (_, i) => `c${i}`);
    expect(ids.map((id) => draw(paused, id))).toEqual(ids.map((id) => draw(ledger, id)));
  });
});
