// Counts of the hunt for resellers are the journal's; what is true of them is the crowd's.
import { expect, test } from "vitest";
import { resellerFacts } from "./reseller-facts.ts";

const sampled = (grant: string) => ({
  ...{ grant, offer: "card", state: "held" as const, amountMinor: 2500, spentMinor: 0 },
  grantedAtMs: 0,
});

test("says how many were truly resellers', of the held, the sample, and the rest", () => {
  const facts = resellerFacts({
    deeds: {
      ...{ heldAtMs: 1, judgedAtMs: 2, farms: 1, turnedAway: 0, owedMinor: 2500 },
      audited: [sampled("g1"), sampled("g2")],
    },
    suspicion: {
      ...{ held: [1, 2, 3], released: [2], clawedBack: [1, 3, 4] },
      ...{ heldMinor: 7500, returnedMinor: 5000 },
    },
    ownerOf: new Map([
      [1, "bot-a"],
      [2, "ann"],
      [3, "ben"],
      [4, "bot-b"],
    ]),
    ordinalOf: (grant) => Number(grant.slice(1)),
    isReseller: (user) => user.startsWith("bot"),
  });
  expect(facts.held).toEqual({ grants: 3, ofResellers: 1, minor: 7500 });
  expect(facts.released).toEqual({ grants: 1, ofResellers: 0 });
  expect(facts.clawedBack).toEqual({ grants: 3, ofResellers: 2, returnedMinor: 5000 });
  expect(facts.audit).toMatchObject({ audited: 2, honest: 1 });
  expect(facts.audit.lower).toBeCloseTo(0.0126, 4); // R 4.3: binom.test(1, 2)$conf.int
  expect(facts).toMatchObject({ farms: 1, owedMinor: 2500 });
});
