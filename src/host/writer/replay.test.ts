import { describe, expect, it } from "vitest";
import { EVENT_KINDS, EventWriter } from "../../core/event.ts";
import { emptyLedger } from "../../core/ledger-state.ts";
import { writeOpening } from "../../core/opening.ts";
import { DEFINITION } from "../../core/unit-campaign.fixture.ts";
import { createMemoryJournal } from "../../journal/memory-journal.ts";
import type { Journal } from "../../journal/port.ts";
import { DrivenClock, Timekeeper } from "../clock.ts";
import { replay } from "./replay.ts";

const OPENING = {
  definition: DEFINITION,
  seedCommitment: "00".repeat(32),
  sealedSeed: "00".repeat(60),
  pseudonymCommitment: "00".repeat(32),
};

/** A record of instant 1,000 whose last event is half a minute later, then a seal. */
async function journalWithSlowRecord(): Promise<Journal> {
  const journal = createMemoryJournal({ ledgerId: "replay" });
  const out = new EventWriter();
  out.reset(1000);
  writeOpening(0, OPENING, 1000, out);
  out.begin(EVENT_KINDS.paused, 0, 31_000, 2);
  const payload = new Uint8Array(out.words.buffer, 0, 4 * out.length);
  const blindingSeed = new Uint8Array(16);
  await journal.append({ atMs: 1000, eventCount: out.count, payload, blindingSeed });
  await journal.seal();
  return journal;
}

describe("replay", () => {
  it("knows the instant of the last event, which is later than its record's", async () => {
    const journal = await journalWithSlowRecord();
    expect(journal.lastAtMs).toBe(1000);
    expect((await replay(journal, emptyLedger(), 0)).lastAtMs).toBe(31_000);
  });

  it("knows it also when a snapshot holds everything", async () => {
    const journal = await journalWithSlowRecord();
    const { lastAtMs, events } = await replay(journal, emptyLedger(), journal.lastSequence);
    expect([lastAtMs, events]).toEqual([31_000, 0]);
  });

  it("of an empty journal knows none", async () => {
    const journal = createMemoryJournal({ ledgerId: "replay" });
    expect((await replay(journal, emptyLedger(), 0)).lastAtMs).toBe(0);
  });
});

describe("the timekeeper", () => {
  it("goes on from the last event when the clock stands before it", () => {
    const clock = new DrivenClock(5000);
    const time = new Timekeeper(clock, 1000, false);
    time.notBefore(31_000);
    expect(time.nowMs()).toBe(31_000);
    clock.set(40_000);
    expect(time.nowMs()).toBe(40_000);
  });
});
