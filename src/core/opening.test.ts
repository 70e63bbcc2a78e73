import { describe, expect, it } from "vitest";
import { EVENT_KINDS, EventWriter } from "./event.ts";
import { jsonWords } from "./json-event.ts";
import { UnitLedger } from "./ledger.fixture.ts";
import { type Opening, openingOf, writeOpening } from "./opening.ts";
import { DEFINITION } from "./unit-campaign.fixture.ts";

const OPENING: Opening = {
  definition: DEFINITION,
  seedCommitment: "01".repeat(32),
  sealedSeed: "02".repeat(60),
  pseudonymCommitment: "03".repeat(32),
};

describe("an opening event", () => {
  it("comes back as it was written, whatever its length", () => {
    for (const title of ["", "a", "ab", "abc", "é", "紅包"]) {
      const out = new EventWriter();
      out.reset(0);
      const opening = { ...OPENING, definition: { ...DEFINITION, title } };
      out.begin(EVENT_KINDS.paused, 0, 0, 2);
      writeOpening(3, opening, 0, out);
      expect(openingOf(out.words, 2)).toEqual(opening);
      expect(out.words[2]! >>> 16).toBe(jsonWords(opening));
      expect(out.length).toBe(2 + jsonWords(opening));
    }
  });

  it("is a bug when its text is longer than the event", () => {
    const out = new EventWriter();
    out.reset(0);
    const at = out.length;
    writeOpening(0, OPENING, 0, out);
    out.words[at + 2]! += 4;
    expect(() => openingOf(out.words, at)).toThrow("longer");
  });

  it("makes a campaign with the next ordinal only", () => {
    const ledger = new UnitLedger();
    expect(ledger.state.campaigns.map((one) => one.definition.id)).toEqual(["unit"]);
    expect(ledger.state.byId.get("unit")).toBe(ledger.campaign);
  });
});
