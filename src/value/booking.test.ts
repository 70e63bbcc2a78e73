// When and where a campaign is booked: by days over quarters, by lines that are stated, and always
// to the same sum in the end.
import { describe, expect, test } from "vitest";
import { type Accounting, bookedIn, breakageOf, effectOnProfit } from "./booking.ts";
import { dayNumber, dayText, monthShares, monthStart } from "./calendar-days.ts";
import { fixed, smallCampaign } from "./campaign.fixture.ts";
import { estimatesOf } from "./estimates.ts";

const day = (text: string): number => dayNumber(text)!;
const period = (from: string, to: string) => ({ fromDay: day(from), toDay: day(to) });
const accounting: Accounting = {
  bookedAt: "redemption",
  rewards: { salesAndMarketing: 0.5, contraRevenue: 0.4, costOfRevenue: 0.1 },
  otherCost: { salesAndMarketing: 1, contraRevenue: 0, costOfRevenue: 0 },
};
const march = period("2026-01-01", "2026-04-01");
const june = period("2026-04-01", "2026-07-01");
const always = period("2020-01-01", "2040-01-01");

describe("a campaign's months in a quarter", () => {
  test("count by days: of the second month 26 of 31 lie in March's quarter", () => {
    expect(monthShares(day("2026-02-06"), 3, march)).toEqual([1, 26 / 31, 0]);
    expect(monthShares(day("2026-02-06"), 3, june)).toEqual([0, 5 / 31, 1]);
  });

  test("a start on the 31st becomes the last day of shorter months", () => {
    expect(dayText(monthStart(day("2026-01-31"), 1))).toBe("2026-02-28");
    expect(dayText(monthStart(day("2026-01-31"), 2))).toBe("2026-03-31");
  });

  test("a day that is none is no day", () => {
    expect(dayNumber("2026-02-30")).toBeNull();
    expect(dayNumber("6 Feb 2026")).toBeNull();
  });
});

describe("the lines of a quarter", () => {
  test("hold what was redeemed in it, split as stated", () => {
    const lines = bookedIn(smallCampaign(), accounting, march);
    const redeemed = 120 + 60 * (26 / 31);
    expect(lines.contraRevenue.point).toBeCloseTo(0.4 * redeemed, 10);
    expect(lines.costOfRevenue.point).toBeCloseTo(0.1 * redeemed, 10);
    expect(lines.salesAndMarketing.point).toBeCloseTo(0.5 * redeemed + 90, 10);
    expect(lines.marginLost.point).toBeCloseTo(20 + 10 * (26 / 31), 10);
    expect(lines.contribution.point).toBeCloseTo(0.1 * (1_000 + 900 * (26 / 31)), 10);
    expect(lines.contribution.draws[2]).toBeCloseTo(1.2 * lines.contribution.point, 10);
  });

  test("breakage is what is granted and never redeemed: a quarter here", () => {
    expect(breakageOf(smallCampaign()).point).toBe(0.25);
    const nothing = smallCampaign({ granted: [fixed(0)], redeemed: [fixed(0)] });
    expect(breakageOf(nothing).point).toBe(0);
  });

  test("booked at the grant, less breakage, come to the same sum in earlier quarters", () => {
    const atGrant: Accounting = { ...accounting, bookedAt: "grant" };
    const total = (how: Accounting, when: typeof march) =>
      effectOnProfit(bookedIn(smallCampaign(), how, when)).point;
    expect(total(atGrant, always)).toBeCloseTo(total(accounting, always), 9);
    expect(bookedIn(smallCampaign(), atGrant, march).contraRevenue.point).toBeCloseTo(72, 9);
    expect(bookedIn(smallCampaign(), atGrant, june).contraRevenue.point).toBe(0);
    expect(bookedIn(smallCampaign(), accounting, june).contraRevenue.point).toBeGreaterThan(0);
  });

  test("shares that do not add up to 1 are refused", () => {
    const rewards = { ...accounting.rewards, contraRevenue: 0.5 };
    expect(() => bookedIn(smallCampaign(), { ...accounting, rewards }, march)).toThrow(
      /add up to 1/,
    );
  });
});

describe("fiscal years", () => {
  const years = [
    { id: "FY2026", ...period("2025-04-01", "2026-04-01"), baseProfit: 10_000 },
    { id: "FY2027", ...period("2026-04-01", "2027-04-01"), baseProfit: null },
  ];
  const read = estimatesOf(smallCampaign(), { accounting, taxRate: 0.25, shares: 100, years });

  test("together hold the whole campaign", () => {
    const whole = effectOnProfit(bookedIn(smallCampaign(), accounting, always)).point;
    expect(read[0]!.beforeTax.estimate + read[1]!.beforeTax.estimate).toBeCloseTo(whole, 9);
  });

  test("bear tax, and are held against a base case where there is one", () => {
    const [first, second] = read;
    expect(first!.afterTax.estimate).toBeCloseTo(0.75 * first!.beforeTax.estimate, 10);
    expect(first!.perShare.estimate).toBeCloseTo(first!.afterTax.estimate / 100, 12);
    expect(first!.ofBase!.estimate).toBeCloseTo(first!.afterTax.estimate / 10_000, 12);
    expect(first!.baseEps).toBe(100);
    expect([second!.ofBase, second!.baseEps]).toEqual([null, null]);
  });
});
