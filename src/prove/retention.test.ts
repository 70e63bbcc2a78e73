// Retention from masks of activity: exact small cases, the hold-out check on curves that fit and
// on one that does not, and draws that depend on nothing but study and seed.
import { describe, expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { renderHtmlSection } from "../report/html-page.ts";
import { renderTextReport } from "../report/text-report.ts";
import type { RetentionReading } from "../verdict/retention-reading.ts";
import { retentionSection } from "../verdict/retention-report.ts";
import { type CrowdArm, crowdArm } from "./activity.fixture.ts";
import { type ActivityStudy, type ArmActivity, summarizeActivity } from "./activity.ts";
import { retentionOf } from "./retention.ts";

const curve = { model: "sbg", scale: 0.7, leaving: 0.35, spread: 0.3, shape: 1 } as const;
const held: CrowdArm = { id: "held out", users: 20_000, curve, costs: [0, 0] };
const card: CrowdArm = { ...held, id: "card", curve: { ...curve, leaving: 0.28 }, costs: [10, 20] };

function crowd(periods: number, seed: number, arms: [CrowdArm, CrowdArm] = [held, card]) {
  const stream = randomStream(seed, "retention test");
  const [control, treated] = arms.map((arm) => crowdArm(arm, periods, stream));
  return { periodDays: 30, periods, control: control!, treatments: [treated!] };
}

/** So many users of equal activity and no cost. */
function plain(id: string, users: Readonly<Record<number, number>>): ArmActivity {
  const rows = Object.entries(users).map(([mask, count]) => ({
    mask: Number(mask),
    users: count,
    outlay: 0,
    outlaySquares: 0,
  }));
  return { id, users: rows.reduce((sum, row) => sum + row.users, 0), rows };
}

function text(reading: RetentionReading): string {
  const sections = [retentionSection(reading)];
  return renderTextReport({ title: "t", sections }) + renderHtmlSection(sections[0]!);
}

describe("what an arm's rows say", () => {
  test("are shares, mean outlay and how they vary together, by hand", () => {
    // Users: active in 0 and 1 at 10 and 20; in 0 alone at 0; never at 6.
    const rows = [
      { mask: 0b011, users: 2, outlay: 30, outlaySquares: 500 },
      { mask: 0b001, users: 1, outlay: 0, outlaySquares: 0 },
      { mask: 0b000, users: 1, outlay: 6, outlaySquares: 36 },
    ];
    const { means, covariance } = summarizeActivity({ id: "a", users: 4, rows }, 3);
    expect(means).toEqual([0.75, 0.5, 0, 9]);
    expect(covariance[0]![0]).toBeCloseTo(0.25, 12);
    expect(covariance[0]![1]).toBeCloseTo((0.5 - 0.375) * (4 / 3), 12);
    expect(covariance[1]![3]).toBeCloseTo((7.5 - 4.5) * (4 / 3), 12);
    expect(covariance[3]![3]).toBeCloseTo((134 - 81) * (4 / 3), 12);
    expect(covariance[2]).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ["two periods", { periods: 2 }, "3 to 12 periods"],
    ["no treated arm", { treatments: [] }, "at least one treated arm"],
    ["a user too few", { control: { ...plain("h", { 1: 5 }), users: 6 } }, "a row of mask 0"],
    ["a mask too long", { control: plain("h", { 8: 5 }) }, "a mask of 0 to 7, got 8"],
    ["an arm twice", { control: plain("card", { 1: 5 }) }, "different ids"],
    ["nobody", { control: plain("h", {}) }, "at least 2 users, got 0"],
  ] as [string, Partial<ActivityStudy>, string][])("are refused: %s", async (_name, part, why) => {
    const base = { periodDays: 30, periods: 3, control: plain("h", { 1: 5 }) };
    const study = { ...base, treatments: [plain("card", { 3: 9 })], ...part };
    await expect(retentionOf(study, { horizonPeriods: 6, seed: 1 })).rejects.toThrow(why);
  });

  test("are refused when squares of the outlay cannot be", async () => {
    const rows = [{ mask: 1, users: 4, outlay: 40, outlaySquares: 300 }];
    const control = { id: "h", users: 4, rows };
    const study = { periodDays: 30, periods: 3, control, treatments: [plain("c", { 1: 2 })] };
    const reading = retentionOf(study, { horizonPeriods: 6, seed: 1 });
    await expect(reading).rejects.toThrow("at least 400, got 300");
  });
});

describe("retention", () => {
  test("finds the curve that users follow, carries it on, and passes the check", async () => {
    const reading = await retentionOf(crowd(8, 1), { horizonPeriods: 16, seed: 1, draws: 400 });
    expect(reading.model).toBe("sbg");
    expect(reading.firstPeriod).toBe(0);
    const [control] = reading.arms;
    expect(control!.curve!.leaving).toBeCloseTo(0.35, 1);
    expect(control!.expected!.map(({ period }) => period)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    // sBG with alpha .8167, beta 1.5167: 0.7 * B(alpha, beta + 15) / B(alpha, beta).
    const last = control!.expected!.at(-1)!;
    expect(last.lower).toBeLessThan(0.0936);
    expect(last.upper).toBeGreaterThan(0.0936);
    expect(last.upper - last.lower).toBeLessThan(0.02);
    for (const { holdout } of reading.arms) {
      expect(holdout).toMatchObject({ kind: "checked", fittedPeriods: 5, isInside: true });
    }
    expect(text(reading)).toContain("within chance");
    expect(text(reading)).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("says that a curve failed where users left all at once after it was fitted", async () => {
    // Half of those who are left leave for good after the sixth of eight months.
    const users = { 63: 2000, 255: 2000, 31: 400, 15: 600, 7: 1000, 3: 2000, 1: 2000 };
    const arms = { control: plain("h", users), treatments: [plain("card", users)] };
    const study = { periodDays: 30, periods: 8, ...arms };
    const reading = await retentionOf(study, { horizonPeriods: 12, seed: 1, draws: 100 });
    for (const { holdout } of reading.arms) {
      expect(holdout).toMatchObject({ kind: "checked", isInside: false });
      if (holdout.kind === "checked") expect(holdout.relativeError).toBeGreaterThan(0.3);
    }
    expect(text(reading)).toContain("a scenario, not a forecast");
    expect(text(reading)).toMatch(/from the first \d months the curve foretold/);
    const days = text({ ...reading, periodDays: 5 });
    expect(days).toMatch(/from the first \d+ days the curve foretold/);
    expect(days).not.toMatch(/\d 5-day periods/);
  });

  test("leaves the first period to itself where the anchor is activity", async () => {
    const users = { 1: 500, 3: 300, 7: 150, 63: 50 };
    const arms = { control: plain("h", users), treatments: [plain("card", users)] };
    const study = { periodDays: 7, periods: 6, ...arms };
    const reading = await retentionOf(study, { horizonPeriods: 9, seed: 1, draws: 200 });
    expect(reading.firstPeriod).toBe(1);
    expect(reading.arms[0]!.fitted).toHaveLength(5);
    expect(text(reading)).toContain("Everybody was active in week 1");
  });

  test.each([
    ["nobody is active", { 0: 100 }, "nobody was active"],
    ["everybody stays", { 63: 60, 0: 40 }, "does not fall"],
    ["everybody is alike", { 1: 512, 3: 256, 7: 128, 15: 64, 31: 32, 63: 32 }, "at a bound"],
  ])("says so instead of numbers where %s", async (_name, users, why) => {
    const control = plain("h", users as Record<number, number>);
    const treatments = [crowdArm(card, 6, randomStream(1, "x"))];
    const study = { periodDays: 30, periods: 6, control, treatments };
    const reading = await retentionOf(study, { horizonPeriods: 9, seed: 1, draws: 100 });
    expect(reading.arms[0]).toMatchObject({ curve: null, fitted: null, expected: null });
    expect(reading.arms[0]!.reason).toContain(why);
    expect(reading.arms[1]!.expected).toHaveLength(3);
    expect(text(reading)).toContain("nothing is expected beyond what was seen");
    expect(text(reading)).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("is the same for the same seed, in any order of rows, and counts its draws", async () => {
    const study = crowd(5, 3);
    const told: number[] = [];
    const options = { horizonPeriods: 8, seed: "s", draws: 250 };
    const first = await retentionOf(study, {
      ...options,
      onProgress: (done, total) => told.push(done / total),
    });
    const control = { ...study.control, rows: [...study.control.rows].reverse() };
    const again = { ...study, control };
    expect(await retentionOf(again, { ...options, workers: 1 })).toEqual(first);
    expect(await retentionOf(study, { ...options, seed: "t" })).not.toEqual(first);
    expect(told).toEqual([0.2, 0.4, 0.5, 0.7, 0.9, 1]);
  });
});
