import { expect, it } from "vitest";
import { LIMITS } from "../../base/limits.ts";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap } from "../unit-campaign.fixture.ts";
import { CellList } from "./cells.ts";

/** As many caps as a campaign may have; the last one lets the first claim pass alone. */
const caps = Array.from({ length: LIMITS.caps }, (_, i) =>
  cap({ id: `cap-${i}`, dimension: "campaign", limit: i + 1 === LIMITS.caps ? 1 : 99 }),
);

it("one decision charges a cell of every cap that a campaign may have, and gives them back", () => {
  const ledger = new UnitLedger({ caps });
  expect(ledger.claim({ id: "a", user: "u" }).status).toBe("granted");
  expect(caps.map((_, i) => ledger.used(i))).toEqual(caps.map(() => 1));
  const refused = ledger.claim({ id: "b", user: "v" });
  expect(refused).toMatchObject({ status: "cap_reached", cap: LIMITS.caps - 1 });
  expect(ledger.cancel({ id: "c", grant: 0 }).status).toBe("cancelled");
  expect(caps.map((_, i) => ledger.used(i))).toEqual(caps.map(() => 0));
});

it("more cells than an event can count are a bug that stops, not a count that wraps", () => {
  const ledger = new UnitLedger({ caps });
  const cells = new CellList();
  for (let i = 0; i < 255; i++) cells.push(ledger.campaign.caps[0]!, i, 0);
  expect(() => cells.push(ledger.campaign.caps[0]!, 255, 0)).toThrow(/too many cells/);
});
