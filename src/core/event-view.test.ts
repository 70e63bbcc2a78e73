import { describe, expect, it } from "vitest";
import { toHex } from "../base/bytes.ts";
import type { CampaignDefinition } from "./definition.ts";
import { CLOSED, EVENT_KINDS, EventWriter } from "./event.ts";
import { type EventFields, eventFields, payloadWords } from "./event-view.ts";
import { keyOf, UnitLedger } from "./ledger.fixture.ts";
import { writeTotals } from "./money/totals.ts";
import { writeOpening } from "./opening.ts";
import { keyHex } from "./tables/key-hex.ts";
import { cap, DAY_MS, DEFINITION } from "./unit-campaign.fixture.ts";

const hexOf = (name: string): string => toHex(new Uint8Array(keyOf(name).buffer));

/** The events of the ledger's last step. */
function seen(ledger: UnitLedger): EventFields[] {
  return fieldsOf(ledger.out, [ledger.campaign.definition]);
}

function fieldsOf(out: EventWriter, definitions: CampaignDefinition[]): EventFields[] {
  const list: EventFields[] = [];
  for (let at = 0; at < out.length; at += out.words[at]! >>> 16) {
    list.push(eventFields(out.words, at, out.baseAtMs, definitions));
  }
  return list;
}

const CAPS = [
  cap({ id: "device-day", dimension: "device", per: "day", limit: 5 }),
  cap({ id: "shop-money", dimension: "shop", counts: "money", limit: 50, on: "redemption" }),
];

describe("events in names and numbers", () => {
  it("tell all of a grant", () => {
    const ledger = new UnitLedger({ caps: CAPS });
    ledger.atMs = DAY_MS + 7;
    ledger.claim({ id: "a", user: "u", device: "d", ref: "mein Zeichen é" });
    expect(seen(ledger)).toEqual([
      {
        type: "assigned",
        campaign: "unit",
        atMs: DAY_MS + 7,
        user: hexOf("user u"),
        arm: "treated",
        audience: null,
        by: "claim",
        exposed: false,
        probability: 1,
      },
      {
        type: "granted",
        campaign: "unit",
        atMs: DAY_MS + 7,
        grant: 0,
        id: hexOf("id a"),
        user: hexOf("user u"),
        offer: "card",
        wave: "all",
        arm: "treated",
        amountMinor: 10,
        attributes: { device: hexOf("device d") },
        cells: [{ cap: "device-day", window: 1, row: 0 }],
        ref: "mein Zeichen é",
        draw: 0,
        exposes: true,
      },
    ]);
  });

  it("tell what a held-out claim would have been, and the cap", () => {
    const assignment = { ...DEFINITION.assignment, holdoutShare: 1 };
    const ledger = new UnitLedger({ assignment, caps: [cap({ id: "none", limit: 0 })] });
    ledger.claim({ id: "a", user: "u" });
    expect(seen(ledger)[1]).toMatchObject({
      type: "withheld",
      arm: "holdout",
      amountMinor: 10,
      wouldBe: "cap_reached",
      wouldBeCap: "none",
      cells: [],
      ref: null,
    });
  });

  it("tell a redemption, its reversal, a cancellation", () => {
    const ledger = new UnitLedger({ caps: CAPS });
    ledger.claim({ id: "a", user: "u", device: "d" });
    ledger.redeem({ id: "r", grant: 0, amountMinor: 4, shop: "s" });
    expect(seen(ledger)).toMatchObject([
      {
        type: "redeemed",
        grant: 0,
        redemption: 0,
        id: hexOf("id r"),
        amountMinor: 4,
        restMinor: 6,
        paidAtMs: null,
        attributes: { shop: hexOf("shop s") },
        cells: [{ cap: "shop-money", window: 0, row: 0 }],
      },
    ]);
    ledger.reverse({ id: "v", redemption: "r" });
    expect(seen(ledger)).toMatchObject([
      { type: "reversed", redemption: 0, amountMinor: 4, redeemableAgain: true },
    ]);
    ledger.cancel({ id: "x", grant: 0 });
    expect(seen(ledger)).toMatchObject([
      {
        type: "cancelled",
        grant: 0,
        id: hexOf("id x"),
        amountMinor: 10,
        cells: [{ cap: "device-day", window: 0, row: 0 }],
      },
    ]);
  });

  it("tell expiry, sweep and settlement", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "u" });
    ledger.atMs = 2 * DAY_MS;
    ledger.sweep();
    expect(seen(ledger)).toMatchObject([
      { type: "expired", grant: 0, amountMinor: 10, freeAtMs: 3 * DAY_MS, cells: [] },
      { type: "swept", offer: "card", cursor: 1 },
    ]);
    ledger.atMs = 3 * DAY_MS;
    ledger.sweep();
    expect(seen(ledger)).toMatchObject([{ type: "settled", amountMinor: 10 }]);
  });

  it("tell the opening as it was written, and open it for those that follow", () => {
    const ledger = new UnitLedger();
    const opening = {
      definition: { ...DEFINITION, title: "Frühling 春" },
      seedCommitment: "ab".repeat(32),
      sealedSeed: "cd".repeat(60),
      pseudonymCommitment: "ef".repeat(32),
    };
    ledger.out.reset(5);
    writeOpening(0, opening, 5, ledger.out);
    const definitions: CampaignDefinition[] = [];
    const [fields] = fieldsOf(ledger.out, definitions);
    const { sealedSeed, ...shown } = opening;
    expect(fields).toEqual({ type: "opened", campaign: "unit", atMs: 5, ...shown });
    expect(sealedSeed in fields!).toBe(false);
    expect(definitions[0]!.title).toBe("Frühling 春");
  });

  it("tell totals by their names", () => {
    const ledger = new UnitLedger();
    ledger.claim({ id: "a", user: "u" });
    ledger.redeem({ id: "r", grant: 0, amountMinor: 3 });
    ledger.out.reset(9);
    writeTotals(ledger.campaign, 9, ledger.out);
    expect(seen(ledger)).toMatchObject([
      { type: "totals", spentMinor: 3, reservedMinor: 7, issuedMinor: 10, granted: 1, redeemed: 1 },
    ]);
  });

  it("tell the seed that a close reveals, and that there was none", () => {
    const out = new EventWriter();
    out.reset(0);
    const at = out.begin(EVENT_KINDS.closed, 0, 0, CLOSED.words);
    expect(fieldsOf(out, [DEFINITION])[0]).toMatchObject({ type: "closed", seed: null });
    const seed = new Uint8Array(32).map((_, i) => i + 1);
    new Uint8Array(out.words.buffer, 4 * (at + CLOSED.seed), 32).set(seed);
    expect(fieldsOf(out, [DEFINITION])[0]).toMatchObject({ seed: toHex(seed) });
  });

  it("of a kind that is not known are refused", () => {
    const words = Uint32Array.of(40 | (2 << 16), 0);
    expect(() => eventFields(words, 0, 0, [DEFINITION])).toThrow("newer");
  });
});

describe("keys and payloads", () => {
  it("show the bytes in the order of the journal", () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, i) => 16 * i + 15 - i);
    expect(keyHex(payloadWords(bytes), 1)).toBe(toHex(bytes.subarray(4)));
  });

  it("are read where bytes are not aligned", () => {
    const bytes = Uint8Array.of(9, 1, 0, 0, 0, 2, 0, 0, 0).subarray(1);
    expect([...payloadWords(bytes)]).toEqual([1, 2]);
  });
});
