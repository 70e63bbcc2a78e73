// Whatever limits stand in the way, and however little is left of them: an acceptance rewards both
// sides or neither, and charges for both or for none.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CampaignDefinition, CapDefinition } from "../src/core/definition.ts";
import { UnitLedger } from "../src/core/ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../src/core/unit-campaign.fixture.ts";

const DIMENSIONS = [
  "campaign",
  "wave",
  "offer",
  "user",
  "device",
  "wave:all",
  "offer:card",
  "offer:envelope",
];

const someCap: fc.Arbitrary<CapDefinition> = fc
  .record({
    dimension: fc.constantFrom(...DIMENSIONS),
    counts: fc.constantFrom<("money" | "grants")[]>("money", "grants"),
    per: fc.constantFrom<CapDefinition["per"][]>("total", "day", "hour"),
    // One grant, the two of an acceptance, or three; in money below, at and above two of ten.
    places: fc.integer({ min: 1, max: 3 }),
    offMinor: fc.constantFrom(-1, 0, 1),
    refund: fc.boolean(),
    missing: fc.constantFrom<CapDefinition["missing"][]>("refuse", "shared", "skip"),
  })
  .map(({ places, offMinor, ...rest }) => {
    const limit = rest.counts === "money" ? 10 * places + offMinor : places;
    return cap({ id: "cap", ...rest, limit });
  });

const campaign: fc.Arbitrary<Partial<CampaignDefinition>> = fc.record({
  caps: fc.array(someCap, { maxLength: 3 }).map((caps) => {
    return caps.map((one, i) => ({ ...one, id: `cap-${i}` }));
  }),
  budgetMinor: fc.integer({ min: 8, max: 60 }),
  assignment: fc
    .constantFrom(0, 0, 0.4)
    .map((holdoutShare) => ({ ...DEFINITION.assignment, holdoutShare })),
  invites: fc
    .record({
      inviterOffer: fc.nat(1),
      invitedOffer: fc.nat(1),
      uses: fc.integer({ min: 1, max: 3 }),
      openMs: fc.constantFrom(null, HOUR_MS),
      accepts: fc.constantFrom<("new" | "anyone")[]>("new", "anyone"),
    })
    .map((terms) => [{ id: "friends", fromMs: 0, toMs: 9 * DAY_MS, ...terms }]),
});

const step = fc.record({
  what: fc.constantFrom("invite", "accept", "accept", "accept", "claim", "cancel"),
  id: fc.nat(12),
  user: fc.nat(4),
  device: fc.constantFrom(undefined, "x", "y"),
  pick: fc.nat(9),
  waitMs: fc.constantFrom(0, 0, 60_000, HOUR_MS),
});

interface Tally {
  accepted: number;
  refused: number;
}

/** Grants and money that are out, and what all caps hold together. */
function booked({ campaign: { caps, books, grantCount } }: UnitLedger) {
  const held = caps.map(({ definition }, i) => [definition.id, usedBy(caps[i]!)]);
  return { ...books, grantCount, held: Object.fromEntries(held) as Record<string, number> };
}

function usedBy(one: UnitLedger["campaign"]["caps"][number]): number {
  let sum = 0;
  for (let row = 0; row < 32; row++) sum += one.used(row, one.window);
  return sum;
}

function accepting(one: UnitLedger, ask: Parameters<UnitLedger["accept"]>[0], tally: Tally): void {
  const before = booked(one);
  const { status, replayed } = one.accept(ask);
  const after = booked(one);
  if (status !== "accepted" || replayed) {
    tally.refused += 1;
    expect(after, status).toEqual(before);
    expect(one.kinds).not.toContain("granted");
    return;
  }
  tally.accepted += 1;
  const { campaign: books } = one;
  const grants = [before.grantCount, before.grantCount + 1];
  expect(after.grantCount).toBe(before.grantCount + 2);
  const [inviter, invited] = grants.map((grant) => books.grantUser.get(grant));
  expect(inviter).not.toBe(invited);
  expect(inviter).toBe(books.invites!.user.get(ask.grant!));
  const both = grants.reduce((sum, grant) => sum + books.grantAmount.get(grant), 0);
  expect(after.reservedMinor - before.reservedMinor).toBe(both);
  expect(one.kinds.filter((kind) => kind === "granted").length).toBe(2);
}

describe("an acceptance", () => {
  it("rewards both sides or neither, and charges for neither when it is refused", () => {
    const tally = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(campaign, fc.array(step, { minLength: 6, maxLength: 24 }), (more, steps) => {
        const one = new UnitLedger(more);
        one.invite({ id: "first", user: "0", device: "x" });
        for (const { what, id, user, device, pick, waitMs } of steps) {
          one.atMs += waitMs;
          const given = device === undefined ? {} : { device };
          const ask = { id: `${what}-${id}`, user: `${user}`, ...given };
          const codes = one.campaign.invites!.count;
          if (what === "invite") one.invite(ask);
          else if (what === "claim") one.claim({ ...ask, offer: pick % 2 });
          else if (what === "cancel") one.cancel({ id: ask.id, grant: pick });
          else accepting(one, { ...ask, grant: codes === 0 ? 0 : pick % codes }, tally);
        }
      }),
      { numRuns: 600, seed: 20_260_206 },
    );
    // Control: both ends of it were met often.
    expect(tally.accepted).toBeGreaterThan(100);
    expect(tally.refused).toBeGreaterThan(1000);
  });
});
