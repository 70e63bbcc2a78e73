import { describe, expect, it } from "vitest";
import type { EventView, LiveView } from "../../../client/index.ts";
import { OPERATIONS } from "../../../contract/operations.ts";
import { LiveStore } from "./live-store.ts";

const VIEW = OPERATIONS.live.example.answer;

function view(n: number, more: Partial<LiveView> = {}): LiveView {
  return { ...VIEW, atMs: VIEW.atMs + 250 * n, sequence: n, events: [], ...more };
}

const event = (sequence: number, type: string): EventView => ({
  ...{ sequence, index: 0, atMs: 0, type },
});

describe("what a live page knows", () => {
  it("keeps what is rare while thousands of grants go by, and no more than a few", () => {
    const store = new LiveStore();
    store.take(view(0, { events: [event(1, "paused"), event(2, "resumed")] }));
    for (let n = 1; n < 2000; n++) {
      const events = [0, 1, 2].map((i) => event(10 * n + i, "granted"));
      store.take(view(n, { events }));
    }
    const types = store.feed.map(({ type }) => type);
    expect(types).toEqual([...new Array(5).fill("granted"), "resumed", "paused"]);
    expect(store.feed[0]!.sequence).toBe(19_992);
  });

  it("shows each part a snapshot in four, each another one, and all of them the first", () => {
    const store = new LiveStore();
    const beats = ["rest", "burn", "rates", "tables"] as const;
    const shown = (): (number | undefined)[] => beats.map((beat) => store.at(beat)?.sequence);
    expect(shown()).toEqual([undefined, undefined, undefined, undefined]);
    store.take(view(0));
    expect(shown()).toEqual([0, 0, 0, 0]);
    for (let n = 1; n <= 9; n++) store.take(view(n));
    expect(shown()).toEqual([8, 9, 6, 7]);
    expect(store.fast!.sequence).toBe(9);
  });

  it("does not tell the same events twice while the server is too busy", () => {
    const store = new LiveStore();
    const events = [event(1, "granted")];
    store.take(view(0, { events }));
    store.take(view(0, { events, isLate: true }));
    expect(store.feed).toHaveLength(1);
  });

  it("counts refusals by reason and second", () => {
    const store = new LiveStore();
    const answers = (capped: number): Partial<LiveView> => ({
      answers: {
        ...{ sinceMs: 0, byCap: {} },
        byOperation: { claim: { granted: 9, replayed: 5, cap_reached: capped, overloaded: 1 } },
      },
    });
    for (let n = 0; n <= 23; n++) store.take(view(n, answers(10 * n)));
    expect(store.refusals.map(({ reason, count }) => [reason, count])).toEqual([
      ["cap_reached", 230],
      ["overloaded", 1],
    ]);
    expect(store.refusals[0]!.perSecond).toBe(40);
  });

  it("tells of refusals by reason what adds up to that of all, at every snapshot", () => {
    const store = new LiveStore();
    let [capped, paced] = [0, 0];
    for (let n = 0; n <= 100; n++) {
      // A burst that has passed, and one that begins late.
      if (n < 40) capped += 3;
      if (n > 90) paced += 7;
      const byOperation = { claim: { granted: 9, cap_reached: capped, paced } };
      const answers = { sinceMs: 0, byCap: {}, byOperation };
      // At odd instants.
      store.take(view(n, { answers, atMs: 1_000_000 + 251 * n + (n % 7) }));
      const all = store.rates.now("refusals");
      const sum = store.refusals.reduce((total, { perSecond }) => total + perSecond, 0);
      if (Number.isNaN(all)) expect(n).toBeLessThan(20);
      else expect(sum).toBeCloseTo(all, 9);
    }
  });
});
