import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENT_KINDS, type EventKind, EventWriter, eventKindName, readWide } from "./event.ts";

describe("an event writer", () => {
  it("writes kind, flags, length, offset in ms and campaign into two words", () => {
    const out = new EventWriter();
    out.reset(1000);
    const at = out.begin(EVENT_KINDS.reversed, 513, 1234, 7, 2);
    expect(out.words[at]).toBe(15 | (2 << 8) | (7 << 16));
    expect(out.words[at + 1]).toBe(234 | (513 << 16));
    expect([out.length, out.count]).toEqual([7, 1]);
  });

  it("hands out a body of zeros, also where something stood before", () => {
    const out = new EventWriter(16);
    out.begin(EVENT_KINDS.paused, 0, 0, 8);
    out.words.fill(9);
    out.reset(0);
    const at = out.begin(EVENT_KINDS.paused, 0, 0, 8);
    expect([...out.words.subarray(at + 2, at + 8)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("grows and keeps what it holds", () => {
    const out = new EventWriter(4);
    for (let i = 0; i < 50; i++) {
      const at = out.begin(EVENT_KINDS.exposed, 0, 0, 7);
      out.words[at + 2] = i;
    }
    expect(Array.from({ length: 50 }, (_, i) => out.words[7 * i + 2])).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
  });

  it("keeps whole numbers up to 2^53 in two words", () => {
    const out = new EventWriter();
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        out.wide(3, value);
        expect(readWide(out.words, 3)).toBe(value);
      }),
    );
  });

  it("refuses an event before its record, or more than 65 s after it", () => {
    const out = new EventWriter();
    out.reset(1000);
    expect(() => out.begin(EVENT_KINDS.paused, 0, 999, 2)).toThrow("record's instant");
    expect(() => out.begin(EVENT_KINDS.paused, 0, 1000 + 65_536, 2)).toThrow("record's instant");
    expect(() => out.begin(EVENT_KINDS.opened, 0, 1000, 65_536)).toThrow("65,535 words");
  });
});

describe("the kinds of events", () => {
  it("keep their numbers for ever", () => {
    expect(EVENT_KINDS).toEqual({
      opened: 1,
      paused: 2,
      resumed: 3,
      ended: 4,
      closed: 5,
      assigned: 6,
      exposed: 7,
      granted: 8,
      withheld: 9,
      redeemed: 10,
      cancelled: 11,
      expired: 12,
      swept: 13,
      settled: 14,
      reversed: 15,
      totals: 16,
      held: 17,
      released: 18,
      clawed_back: 19,
      blocked: 20,
      unblocked: 21,
      revised: 23,
      invited: 26,
      accepted: 27,
      packet_returned: 30,
      draw_entered: 31,
      draw_closed: 32,
      draw_won: 33,
      draw_void: 34,
      beacon: 35,
      curve_revised: 39,
      contingency: 41,
      loss: 42,
      receivable_settled: 43,
      exposure_imported: 45,
      listed: 49,
      proposed: 50,
      rejected: 51,
      compensated: 52,
      extended: 53,
    });
  });

  it("are named by their numbers", () => {
    const names = Object.keys(EVENT_KINDS) as EventKind[];
    expect(names.map((name) => eventKindName(EVENT_KINDS[name]))).toEqual(names);
    expect([eventKindName(0), eventKindName(63), eventKindName(255)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
