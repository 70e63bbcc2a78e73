// When and where a campaign is booked: by days over quarters, by lines that are stated, and always
// to the same sum in the end.
import { describe, expect, test } from "vitest";
import { type Accounting, bookedIn, breakageOf, effectOnProfit } from "./booking.ts";
import { dayNumber, dayText, monthShares, monthStart } from "./calendar-days.ts";
import { around, fixed, smallCampaign } from "./campaign.fixture.ts";
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
    expect(monthShares({ start: day("2026-02-06"), count: 3 }, march)).toEqual([1, 26 / 31, 0]);
    expect(monthShares({ start: day("2026-02-06"), count: 3 }, june)).toEqual([0, 5 / 31, 1]);
  });

  test("a start on the 31st becomes the last day of shorter months", () => {
    expect(dayText(monthStart(day("2026-01-31"), 1))).toBe("2026-02-28");
    expect(dayText(monthStart(day("2026-01-31"), 2))).toBe("2026-03-31");
  });

  test("of a plan have thirty days each", () => {
    const months = { start: day("2026-02-06"), count: 3, monthDays: 30 };
    expect(monthShares(months, march)).toEqual([1, 24 / 30, 0]);
  });

  test("hold what was redeemed by the quarter's end where the days are known", () => {
    // Begun on 27 March, half of it is redeemed on the first day and all by the tenth.
    const byDay = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 1];
    const months = { start: day("2026-03-27"), count: 2, monthDays: 30, byDay };
    expect(monthShares(months, march)).toEqual([0.8, 0]);
    expect(monthShares(months, june)).toEqual([1 - 0.8, 1]);
    // Control: evenly over the month it would be a sixth.
    expect(monthShares({ ...months, byDay: undefined }, march)).toEqual([5 / 30, 0]);
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

  test("follow the days of redemption into the next quarter, and lose nothing between", () => {
    const late = smallCampaign({ starts: "2026-03-27", redeemedByDay: [0.5, 0.6, 0.7, 0.75, 0.8] });
    const [now, next] = [march, june].map((when) => bookedIn(late, accounting, when));
    // All five days lie in March: the first month's 120 are redeemed by then.
    expect(now!.contraRevenue.point).toBeCloseTo(0.4 * 120, 10);
    expect(now!.contraRevenue.point + next!.contraRevenue.point).toBeCloseTo(0.4 * 180, 10);
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
    { id: "FY2026", ...period("2025-04-01", "2026-04-01"), baseProfit: fixed(10_000) },
    { id: "FY2027", ...period("2026-04-01", "2027-04-01"), baseProfit: null },
  ];
  const shares = fixed(100);
  const asked = { accounting, tax: fixed(0.25), shares, perAds: 8, years };
  const read = estimatesOf(smallCampaign(), asked);

  test("together hold the whole campaign", () => {
    const whole = effectOnProfit(bookedIn(smallCampaign(), accounting, always)).point;
    expect(read[0]!.beforeTax.estimate + read[1]!.beforeTax.estimate).toBeCloseTo(whole, 9);
  });

  test("bear tax, and are held against a base case where there is one", () => {
    const [first, second] = read;
    expect(first!.afterTax.estimate).toBeCloseTo(0.75 * first!.beforeTax.estimate, 10);
    expect(first!.perShare.estimate).toBeCloseTo(first!.afterTax.estimate / 100, 12);
    expect(first!.ofBase!.estimate).toBeCloseTo(first!.afterTax.estimate / 10_000, 12);
    expect(first!.baseEps!.estimate).toBe(100);
    expect([second!.ofBase, second!.baseEps, second!.epsWith]).toEqual([null, null, null]);
  });

  test("are said with the campaign, a share and an ADS", () => {
    const { perShare, epsWith, epsWithPerAds } = read[0]!;
    expect(epsWith!.estimate).toBeCloseTo(100 + perShare.estimate, 12);
    expect(epsWithPerAds!.estimate).toBeCloseTo(8 * epsWith!.estimate, 12);
  });

  test("carry the range of shares and of the base case", () => {
    const wide = { ...asked, shares: around(100) };
    const [first] = estimatesOf(smallCampaign(), wide);
    expect(first!.baseEps!.lower).toBeLessThan(90);
    expect(first!.baseEps!.upper).toBeGreaterThan(110);
    const years = [{ ...asked.years[0]!, baseProfit: around(10_000) }];
    expect(estimatesOf(smallCampaign(), { ...asked, years })[0]!.baseEps!.upper).toBeGreaterThan(
      110,
    );
  });
});
