// Limits of the campaign file as the plan counts them, and campaigns that it cannot count.
import { describe, expect, test } from "vitest";
import { hourlyTerms } from "../src/plan/monte-carlo/hourly-terms.ts";
import { leftOutLimits } from "../src/plan/monte-carlo/shared-cap-terms.ts";
import { dayShares } from "../src/plan/plan-file/day-curves.ts";
import { requirePlan } from "../src/plan/plan-file/index.ts";
import { CAMPAIGN, check, lineOf, PLAN, problemsOf } from "./plan-file.fixture.ts";

/** The campaign with a piece of its text replaced, which must be there. */
function changed(from: string | RegExp, to: string): string {
  const text = CAMPAIGN.replace(from, to);
  expect(text, String(from)).not.toBe(CAMPAIGN);
  return text;
}

const withCaps = (...caps: string[]): string => {
  return changed("caps:\n", `caps:\n${caps.map((cap) => `  - { ${cap} }\n`).join("")}`);
};
const planOf = (campaign: string) => requirePlan(check(PLAN, campaign));

describe("caps", () => {
  test("of a user are counted as rewards, rewards a day and money", () => {
    const terms = hourlyTerms(planOf(CAMPAIGN));
    expect(terms.rewardsPerUser).toBe(21);
    expect(terms.rewardsPerUserDay).toBe(6);
    expect(terms.moneyPerUser).toBe(3413);
    expect(terms.caps).toEqual([]);
  });

  test("of all people are counted at the real size, for each wave and offer its own", () => {
    const campaign = withCaps(
      "id: all, of: campaign, counts: grants, limit: 10",
      "id: waves, of: wave, counts: money, per: day, limit: 5.00",
      "id: one, of: offer:envelope, counts: grants, per: minute, limit: 2",
      "id: spent, of: wave:cards, counts: money, per: hour, limit: 7.00, on: redemption",
    );
    const { caps } = hourlyTerms(planOf(campaign));
    expect(caps).toEqual([
      { id: "all", counts: "grants", per: "total", on: "claim", limit: 1e4, offers: [0, 1] },
      { id: "waves", counts: "money", per: "day", on: "claim", limit: 5e3, offers: [0] },
      { id: "waves", counts: "money", per: "day", on: "claim", limit: 5e3, offers: [1] },
      { id: "one", counts: "grants", per: "hour", on: "claim", limit: 12e4, offers: [1] },
      { id: "spent", counts: "money", per: "hour", on: "redemption", limit: 7e3, offers: [0] },
    ]);
  });

  test("that nobody can count are named, and why", () => {
    const { terms } = planOf(withCaps("id: fast, of: user, counts: grants, per: hour, limit: 2"));
    expect(leftOutLimits(terms)).toEqual([
      { id: "fast", why: "a user's grants by the hour on claim" },
      { id: "device-rewards", why: "no plan knows which device somebody uses" },
      { id: "ip-hour", why: "no plan knows which ip somebody uses" },
      { id: "merchant-hour", why: "no plan knows which merchant somebody uses" },
      { id: "existing", why: "held out before contact: take them off reach" },
    ]);
  });
});

describe("hours", () => {
  test("a wave off the hour keeps its minutes", () => {
    const campaign = CAMPAIGN.replaceAll("2026-02-13T00:00:00+08:00", "2026-02-06T00:20:00+08:00");
    const { waves } = hourlyTerms(planOf(campaign));
    expect(waves[0]).toMatchObject({ fromHour: 0, toHour: 1, lateBy: 0 });
    expect(waves[0]!.earlyBy).toBeCloseTo(2 / 3, 12);
    expect(waves[1]!.fromHour).toBe(0);
    expect(waves[1]!.lateBy).toBeCloseTo(1 / 3, 12);
  });

  test.each([
    ["ends", /ends: 2026-02-24(.*)/, "ends: 2029-02-24T00:00:00+08:00", "ends: 2029"],
    ["an expiry", /expires: \{ at: 2026-03-01.* \}/, "expires: { after: 900d }", "{ after: 900d }"],
  ])("more than two years, by %s, are refused at their line", (_what, from, to, at) => {
    const later = changed("closes: 2026-03-15", "closes: 2029-03-15").replace(from, to);
    const problem = problemsOf(PLAN, later).find((one) => one.includes("days from its start"));
    const says = "expected at most 732 days from its start to the last expiry in a plan, found";
    expect(problem).toContain(says);
    expect(problem!.startsWith(`announced.yaml:${lineOf(later, at)}:`), problem).toBe(true);
  });

  test("what no distribution can have is told as the file has it, not in single users", () => {
    const text = PLAN.replace("lognormal: { p5: 15, p95: 200 }", "normal: { mean: 20, sd: -1 }");
    expect(text).not.toBe(PLAN);
    const [problem] = problemsOf(text);
    expect(problem).toContain("-1");
    expect(problem).not.toContain("1000000");
  });

  test("weights of a day are shares, however large", () => {
    expect(dayShares(new Array(24).fill(1e308))).toEqual(dayShares("even"));
    expect(dayShares(new Array(24).fill(0))).toBeNull();
  });
});
