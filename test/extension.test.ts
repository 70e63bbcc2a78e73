// The expiry of one grant moved further away, from the request to the journal; and what verify says
// of a journal in which somebody moved it as he may not.
import { describe, expect, it } from "vitest";
import type { EventKind } from "../src/core/event.ts";
import { columnsOf, scalarsOf } from "../src/core/state-parts.ts";
import { SUSPECT } from "../src/core/suspicion/suspicion-event.ts";
import { execute } from "../src/host/index.ts";
import type { VerifyCheck } from "../src/journal/verify/findings.ts";
import { DAY_MS, HOUR_MS, START_MS } from "./simulation/plain-campaign.ts";
import { drill, type SuspicionDrill } from "./suspicion-drill.fixture.ts";
import { type Forgery, spliced } from "./verify/forge.ts";

const FIRST_MS = START_MS + DAY_MS;
const LATER_MS = START_MS + 3 * DAY_MS;
const CLOSE_MS = START_MS + 20 * DAY_MS;

/** The rule of the offer from now on: grants live so long. */
function revise(it: SuspicionDrill, afterMs: number, moveExpiry: string[]) {
  const definition = { ...it.engine.find("drill")!.state.definition };
  const offers = definition.offers.map((offer) => {
    return { ...offer, expiry: { kind: "after", afterMs } as const };
  });
  const body = { definition: { ...definition, offers }, version: 1, why: "other", moveExpiry };
  return execute(it.engine, "campaign.revise", {
    params: { campaign: "drill" },
    query: null,
    body,
  });
}

describe("an extended grant", () => {
  it("is redeemed until its new expiry, and expires then; others as before", async () => {
    const it = await drill();
    const [grant, other] = [await it.grant("ana"), await it.grant("bo")];
    const answer = await it.extend(grant, LATER_MS);
    expect(answer).toMatchObject({ status: "extended", expiresAtMs: LATER_MS, beforeMs: FIRST_MS });
    expect(await it.show(grant)).toMatchObject({ expiresAtMs: LATER_MS, restMinor: 10 });
    await it.after(DAY_MS);
    expect((await it.show(other)).state).toBe("expired");
    expect((await it.books()).reservedMinor).toBe(10);
    await it.at(LATER_MS - 1);
    expect((await it.redeem(grant, 4)).status).toBe("redeemed");
    await it.at(LATER_MS);
    expect((await it.redeem(grant)).status).toBe("expired");
    expect(await it.books()).toMatchObject({ reservedMinor: 0, spentMinor: 4, settlingMinor: 6 });
    await it.verified();
  });

  it("may be extended again, and only ever further", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    await it.extend(grant, LATER_MS);
    const refused = { status: "not_later", expiresAtMs: LATER_MS };
    for (const untilMs of [LATER_MS, LATER_MS - 1, START_MS, 1]) {
      expect(await it.extend(grant, untilMs)).toMatchObject(refused);
    }
    expect(await it.extend(grant, LATER_MS + 1)).toMatchObject({ beforeMs: LATER_MS });
    await it.at(LATER_MS);
    expect((await it.show(grant)).state).toBe("reserved");
    await it.at(LATER_MS + 1);
    expect((await it.show(grant)).state).toBe("expired");
    await it.verified();
  });

  it("gets no end that is no instant, nor is owed what is no amount, in process", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    const refused = { code: "invalid_request" };
    for (const untilMs of [LATER_MS + 0.5, -1, Number.NaN, String(LATER_MS)]) {
      await expect(it.extend(grant, untilMs as number)).rejects.toMatchObject(refused);
    }
    await it.redeem(grant, 4);
    await it.suspect("clawback", grant);
    for (const amountMinor of [-4, 0.5]) {
      await expect(it.repay(grant, amountMinor)).rejects.toMatchObject(refused);
    }
    expect((await it.books()).suspicion).toMatchObject({ receivableMinor: 4 });
    await it.verified();
  });

  it("lives until the close at the latest", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    const late = { status: "after_close", expiresAtMs: FIRST_MS, latestMs: CLOSE_MS };
    expect(await it.extend(grant, CLOSE_MS + 1)).toMatchObject(late);
    expect((await it.extend(grant, CLOSE_MS)).status).toBe("extended");
    await it.at(CLOSE_MS);
    expect((await it.books()).reservedMinor).toBe(0);
    await it.verified();
  });

  it("answers the same id as at first, and another content with id_conflict", async () => {
    const it = await drill();
    const [grant, other] = [await it.grant("ana"), await it.grant("bo")];
    const { sequence: _, ...first } = await it.extend(grant, LATER_MS, { id: "e-1" });
    await it.extend(grant, LATER_MS + 5);
    await it.redeem(grant);
    const again = await it.extend(grant, LATER_MS, { id: "e-1" });
    expect(again).toMatchObject({ ...first, replayed: true });
    for (const conflict of [
      it.extend(grant, LATER_MS + 1, { id: "e-1" }),
      it.extend(grant, LATER_MS, { id: "e-1", why: "another" }),
      it.extend(other, LATER_MS, { id: "e-1" }),
    ]) {
      expect((await conflict).status).toBe("id_conflict");
    }
    await it.verified();
  });

  it("is not what a preview leaves behind", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    const records = (await it.records()).length;
    const shown = await it.extend(grant, LATER_MS, { id: "e-1", preview: true });
    expect(shown).toMatchObject({ status: "extended", beforeMs: FIRST_MS, preview: true });
    expect((await it.records()).length).toBe(records);
    expect((await it.show(grant)).expiresAtMs).toBe(FIRST_MS);
    const done = await it.extend(grant, LATER_MS + 1, { id: "e-1" });
    expect(done).toMatchObject({ status: "extended", replayed: false });
    expect(done).not.toHaveProperty("preview");
  });

  it("keeps its expiry over a restart, from the journal and from a snapshot's parts", async () => {
    const it = await drill();
    const ends = [5, 2, 9, 2, 7, 3];
    const grants: string[] = [];
    for (const [i, days] of ends.entries()) {
      grants.push(await it.grant(`user-${i}`));
      await it.extend(grants[i]!, START_MS + days * DAY_MS);
    }
    await it.after(4 * DAY_MS);
    const parts = () => [columnsOf(it.campaign).length, scalarsOf(it.campaign).extensions];
    const before = parts();
    await it.again();
    expect(parts()).toEqual(before);
    expect(before[1]).toEqual({ length: 6, cursor: 3 });
    await it.after(7 * DAY_MS);
    const states = await Promise.all(grants.map(async (one) => (await it.show(one)).state));
    expect(states.filter((state) => state === "reserved")).toHaveLength(1);
    expect((await it.books()).reservedMinor).toBe(10);
    await it.verified();
  });
});

describe("an extension", () => {
  it("revives nothing: neither what expired, swept or not, nor what was ended", async () => {
    const it = await drill({ budgetMinor: 1000 });
    const over = await it.grant("over");
    const [cancelled, spent, taken] = [
      await it.grant("a"),
      await it.grant("b"),
      await it.grant("c"),
    ];
    await it.cancel(cancelled);
    await it.redeem(spent);
    await it.suspect("clawback", taken);
    expect((await it.extend(cancelled, LATER_MS)).status).toBe("already_cancelled");
    expect((await it.extend(spent, LATER_MS)).status).toBe("already_redeemed");
    expect((await it.extend(taken, LATER_MS)).status).toBe("already_clawed_back");
    it.clock.set(FIRST_MS);
    expect((await it.extend(over, LATER_MS)).status).toBe("expired");
    await it.after(DAY_MS);
    expect((await it.extend(over, LATER_MS)).status).toBe("expired");
    expect((await it.extend("0000000000000000000z", LATER_MS)).status).toBe("unknown_grant");
    await it.verified();
  });

  it("races with the expiry and a redemption: whoever is first in the line wins", async () => {
    const it = await drill();
    const [late, spent, partly] = [await it.grant("a"), await it.grant("b"), await it.grant("c")];
    const both = await Promise.all([it.redeem(spent), it.extend(spent, LATER_MS)]);
    expect(both.map(({ status }) => status)).toEqual(["redeemed", "already_redeemed"]);
    const parts = await Promise.all([it.extend(partly, LATER_MS), it.redeem(partly, 4)]);
    expect(parts.map(({ status }) => status)).toEqual(["extended", "redeemed"]);
    it.clock.set(FIRST_MS - 1);
    expect((await it.extend(late, LATER_MS)).status).toBe("extended");
    await it.after(DAY_MS);
    expect(await it.books()).toMatchObject({ reservedMinor: 16, settlingMinor: 0 });
    await it.at(LATER_MS);
    expect(await it.books()).toMatchObject({ reservedMinor: 0, settlingMinor: 16 });
    await it.verified();
  });

  it("of a held grant is the least that it lives to once it is released", async () => {
    const it = await drill();
    const [grant, graced] = [await it.grant("ana"), await it.grant("bo")];
    await it.suspect("hold", grant);
    await it.suspect("hold", graced);
    const told = { status: "extended", expiresAtMs: LATER_MS, beforeMs: FIRST_MS };
    expect(await it.extend(grant, LATER_MS)).toMatchObject(told);
    expect(await it.show(grant)).toMatchObject({ state: "held", expiresAtMs: CLOSE_MS });
    await it.extend(graced, LATER_MS);
    await it.after(2 * DAY_MS);
    expect((await it.suspect("release", grant)).expiresAtMs).toBe(LATER_MS);
    await it.at(LATER_MS);
    expect((await it.show(grant)).state).toBe("expired");
    // The clock stood: what was extended to is past, and only the grace is left.
    expect(await it.extend(graced, LATER_MS)).toMatchObject({ status: "not_later" });
    expect((await it.suspect("release", graced)).expiresAtMs).toBe(LATER_MS + 2 * HOUR_MS);
    await it.at(LATER_MS + 2 * HOUR_MS - 1);
    expect((await it.redeem(graced, 1)).status).toBe("redeemed");
    await it.at(LATER_MS + 2 * HOUR_MS);
    expect((await it.show(graced)).state).toBe("expired");
    await it.verified();
  });

  it("adds to the grace of a release where it is later", async () => {
    const it = await drill();
    const grant = await it.grant("ana");
    await it.suspect("hold", grant);
    await it.after(2 * DAY_MS);
    await it.suspect("release", grant);
    const graceMs = START_MS + 2 * DAY_MS + 2 * HOUR_MS;
    expect(await it.extend(grant, graceMs)).toMatchObject({ status: "not_later" });
    expect(await it.extend(grant, LATER_MS)).toMatchObject({ beforeMs: graceMs });
    await it.at(graceMs);
    expect((await it.redeem(grant, 1)).status).toBe("redeemed");
    await it.at(LATER_MS);
    expect((await it.show(grant)).state).toBe("expired");
    await it.verified();
  });

  it("is never shortened by a revision; a later expiry of the offer counts as well", async () => {
    for (const [afterMs, endsMs] of [
      [2 * DAY_MS, LATER_MS],
      [5 * DAY_MS, START_MS + 5 * DAY_MS],
    ] as const) {
      const it = await drill();
      const grant = await it.grant("ana");
      await it.extend(grant, LATER_MS);
      expect((await revise(it, afterMs, ["card"])).status).toBe("revised");
      expect((await it.show(grant)).expiresAtMs).toBe(endsMs);
      await it.at(endsMs - 1);
      expect((await it.show(grant)).state).toBe("reserved");
      await it.at(endsMs);
      expect((await it.show(grant)).state).toBe("expired");
      await it.verified();
    }
  });

  it("of millions would cost nothing where there is none: no column is filled", async () => {
    const it = await drill();
    await it.grant("ana");
    const filled = columnsOf(it.campaign).filter(([name, { chunks }]) => {
      return name.startsWith("extended-") && chunks.length > 0;
    });
    expect(filled).toEqual([]);
  });
});

describe("verify", () => {
  async function lived(): Promise<SuspicionDrill> {
    const it = await drill();
    const [a, b] = [await it.grant("a"), await it.grant("b")];
    await it.extend(a, LATER_MS);
    await it.suspect("hold", b);
    await it.extend(b, LATER_MS + DAY_MS);
    await it.after(2 * DAY_MS);
    await it.suspect("release", b);
    await it.after(5 * DAY_MS);
    return it;
  }

  const cases: [string, VerifyCheck, EventKind, (forgery: Forgery) => void][] = [
    [
      "an extended grant that nobody extended",
      "sweeps",
      "swept",
      (forgery) => forgery.replace(forgery.event("extended")),
    ],
    [
      "an extension by another former expiry",
      "suspicions",
      "extended",
      (forgery) => {
        forgery.event("extended")[SUSPECT.owed]! += 1;
      },
    ],
    [
      "an extension beyond the close",
      "suspicions",
      "extended",
      (forgery) => {
        forgery.event("extended")[SUSPECT.amount + 1]! += 1;
      },
    ],
    [
      "an extension that shortens",
      "suspicions",
      "extended",
      (forgery) => {
        const event = forgery.event("extended");
        event.copyWithin(SUSPECT.amount, SUSPECT.owed, SUSPECT.owed + 2);
      },
    ],
    [
      "an extension of a grant that had expired",
      "suspicions",
      "extended",
      (forgery) => {
        const record = forgery.records.find(({ events }) =>
          events.includes(forgery.event("extended")),
        )!;
        record.header.atMs += 2 * DAY_MS;
      },
    ],
    [
      "an extension without a reason",
      "suspicions",
      "extended",
      (forgery) => {
        const event = forgery.event("extended");
        const by = event[SUSPECT.note]! & 0xff;
        event[SUSPECT.note] = by;
        const words = SUSPECT.tail + Math.ceil(by / 4);
        forgery.replace(event, spliced(event, words, event.length - words));
      },
    ],
    [
      "an extended grant forgotten by the sweep",
      "sweeps",
      "swept",
      (forgery) => forgery.replace(forgery.event("expired", -1)),
    ],
  ];

  it.each(cases)("finds %s", async (_, check, event, forge) => {
    await (await lived()).expectFound(`${check} ${event}`, forge);
  });
});
