// A log that ends early although one late row says otherwise, or that lacks days, is refused; quiet
// days of small logs, slow starts and the ends of windows are not.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDays } from "../src/prove/project/log-days.ts";
import { DEFINITION, Journal, ProveFolder } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const days = (...counts: readonly (readonly [number, number])[]): number[] =>
  counts.flatMap(([times, count]) => Array<number>(times).fill(count));

describe("days with next to no rows", () => {
  const starts = days([1, 1000], [39, 0]);

  it("are found at the end, in the middle and at the start of what is watched", () => {
    const rows = days([3, 1], [7, 900], [5, 0], [10, 800], [14, 3], [1, 700]);
    expect(emptyDays(rows, starts, 39)).toEqual([
      { first: 0, last: 2, rows: 3 },
      { first: 10, last: 14, rows: 0 },
      { first: 25, last: 38, rows: 42 },
    ]);
  });

  it("are found of a small log where they are many", () => {
    expect(emptyDays(days([20, 12], [20, 0]), starts, 39)).toEqual([
      { first: 20, last: 39, rows: 0 },
    ]);
    expect(emptyDays(days([24, 12], [16, 0]), starts, 39)).toEqual([]);
  });

  it("are none where it is only quiet: weekends, holidays, few rows", () => {
    const weeks = Array.from({ length: 40 }, (_, i) => (i % 7 < 5 ? 5000 : 250));
    expect(emptyDays(weeks, starts, 39)).toEqual([]);
    expect(emptyDays(days([10, 3000], [8, 60], [22, 3000]), starts, 39)).toEqual([]);
    expect(emptyDays(days([1, 4], [39, 0]), starts, 39)).toEqual([]);
    const weekly = Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? 9000 : 0));
    expect(emptyDays(weekly, starts, 39)).toEqual([]);
    const ended = weekly.map((count, day) => (day < 20 || day === 39 ? count : 0));
    expect(emptyDays(ended, starts, 39)).toEqual([{ first: 15, last: 39, rows: 0 }]);
  });

  it("are none before users start in numbers, nor after the last of them was watched", () => {
    // A soft launch of 20 users, then everybody; only a day's users are in the log.
    const launch = days([10, 2], [1, 100_000], [29, 0]);
    const rows = days([10, 1], [1, 90_000], [9, 45_000], [20, 0]);
    expect(emptyDays(rows, launch, 9)).toEqual([]);
    // A log of the whole app: as many rows whatever the campaign does.
    expect(emptyDays(days([40, 50_000]), launch, 9)).toEqual([]);
  });
});

describe("a log of a campaign", () => {
  const USERS = 600;
  const DAY_MS = 86_400_000;
  const start = DEFINITION.startsAtMs;
  const metric = { id: "came", kind: "share", log: "visits", days: [10, 19] };

  /** Every user comes every day at nine in the evening. @param upTo days that are in the log */
  async function textOf(upTo: number, more: readonly string[] = [], log: object = {}) {
    const journal = new Journal();
    const lines: string[] = [];
    for (let i = 0; i < USERS; i++) {
      journal.assign(`u${i}`, i % 2, start);
      for (let d = 0; d < upTo; d++) lines.push(`u${i},${start + d * DAY_MS + 13 * 3_600_000}`);
    }
    const file = await folder.lines(["user,at", ...lines, ...more]);
    const visits = { file, user: "user", at: "at", ...log };
    const sources = { events: await folder.events(journal), logs: { visits } };
    return { plan: { metrics: [metric] }, sources };
  }
  const straggler = `u1,${start + 25 * DAY_MS}`;

  it("is refused where it ends early and one late row says otherwise", async () => {
    expect(await folder.refusal(await textOf(12, [straggler]))).toMatch(
      /next to none on 8 days from 2026-02-13 \(0 rows\): .*gaps: keep \(logs\.visits\.gaps/,
    );
    const told = await folder.prove(await textOf(20, [straggler]));
    expect(told.studies[0]!.health.some(({ repair }) => repair !== undefined)).toBe(false);
  });

  it("is refused where it is said to be complete, unless its empty days are, too", async () => {
    const until = "2026-03-31T00:00:00Z";
    expect(await folder.refusal(await textOf(12, [], { until }))).toMatch(/8 days from 2026-02-13/);
    const kept = await folder.prove(await textOf(12, [], { until, gaps: "keep" }));
    expect(kept.studies[0]!.health.at(-1)).toMatchObject({
      ...{ name: "repair (gaps: keep)", passed: true },
      detail: expect.stringMatching(/^log visits: next to no rows on 8 days from 2026-02-13 /),
    });
  });

  it("is refused where its last day is there in part, unless it is said to be whole", async () => {
    const morning = Array.from(
      { length: USERS },
      (_, i) => `u${i},${start + 19 * DAY_MS - 7 * 3_600_000}`,
    );
    expect(await folder.refusal(await textOf(19, morning))).toMatch(
      /ends on day 18 of the last user's.* \(the day of its last row is there only in part\)/,
    );
    const until = "2026-02-20T16:00:00Z";
    await folder.prove(await textOf(19, morning, { until }));
  });
});
