// verify finds forged curves: money that re-enters too soon, or more of it than came back, and
// grants that got ahead of what was released.
import { describe, expect, it } from "vitest";
import { CURVE_REVISED, EVENT_KINDS } from "../src/core/event.ts";
import { expectFound, honestJournal } from "./verify/expect-found.ts";

/** Ordinal of the campaign of paced-life.ts: the last one. */
async function pacedOrdinal(): Promise<number> {
  const { records } = await honestJournal();
  const events = records.flatMap((record) => record.events);
  const revised = events.find((one) => (one[0]! & 0xff) === EVENT_KINDS.curve_revised);
  return revised![1]! >>> 16;
}

describe("verify finds forged curves:", () => {
  const fields = { base: "released too early", rest: "of more than came back", back: "more back" };
  for (const [field, what] of Object.entries(fields)) {
    it(what, async () => {
      const paced = await pacedOrdinal();
      await expectFound("pacing", "curve_revised", (forgery) => {
        const [event] = forgery.all("curve_revised", paced);
        event![CURVE_REVISED[field as keyof typeof fields]]! += 100;
      });
    });
  }

  it("without a reason", async () => {
    const paced = await pacedOrdinal();
    await expectFound("pacing", "curve_revised", (forgery) => {
      forgery.all("curve_revised", paced)[0]![0]! &= ~0xff00;
    });
  });

  it("a grant ahead of what was released", async () => {
    const paced = await pacedOrdinal();
    await expectFound("pacing", "granted", (forgery) => {
      // Less was released than the campaign knew of.
      for (const event of forgery.all("curve_revised", paced)) forgery.replace(event);
      const first = forgery.all("granted", paced)[0]!;
      first[1] = first[1]! & 0xffff0000;
      const record = forgery.records.find(({ events }) => events.includes(first))!;
      record.header.atMs -= 30 * 60_000;
    });
  });

  it("control: the journal has such events of every cause but a revision", async () => {
    const forgery = await honestJournal();
    const causes = forgery
      .all("curve_revised", await pacedOrdinal())
      .map((one) => (one[0]! >>> 8) & 7);
    expect(new Set(causes).has(2) || new Set(causes).has(3)).toBe(true);
    expect(causes.some((cause) => (cause & 1) === 1)).toBe(true);
  });
});
