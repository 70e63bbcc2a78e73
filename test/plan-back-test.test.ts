// The back-test: intervals and ranks against a closed form, and on the example.
import { describe, expect, test } from "vitest";
import { backTest } from "../src/plan/back-test/back-test.ts";
import { backTestReport } from "../src/plan/back-test/back-test-report.ts";
import { backTestSchema } from "../src/plan/back-test/back-test-schema.ts";
import { readJudgeQuestion } from "../src/plan/judge/read-judge.ts";
import { requirePlan } from "../src/plan/plan-file/index.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { normalCdf } from "../src/stats/normal.ts";
import { check, PLAN } from "./plan-file.fixture.ts";
import { draw, logOf, OWN, PEOPLE, PUBLISHED, question } from "./plan-judge.fixture.ts";

describe("a lognormal number and a figure of it", () => {
  const prior = logOf(PEOPLE.p5, PEOPLE.p95);
  const panel = logOf(0.5, 2);
  const own = logOf(OWN[0], OWN[1]);

  test.each([
    [20, true, true],
    [190, true, true],
    // Beyond the plan's 95 %, but not beyond what a panel that is off may say.
    [215, false, true],
    [600, false, false],
  ])("of %d million: where it falls, and whether the interval held", async (value, held, with_) => {
    const said = [{ source: "A", number: "people", value }];
    const asked = question([{ id: "A", factor: [0.5, 2] }], said);
    const { rows, level } = await backTest(asked, 4_096, draw);
    const [row] = rows;
    expect(level).toBe(0.9);
    expect(row!.planned.lower / PEOPLE.p5).toBeCloseTo(1, 1);
    expect(row!.planned.upper / PEOPLE.p95).toBeCloseTo(1, 1);
    const off = Math.log(value * 1e6) - prior.mean;
    expect(row!.rank).toBeCloseTo(normalCdf(off / Math.sqrt(prior.var)), 2);
    const sd = Math.sqrt(prior.var + panel.var + own.var);
    const rankWithError = normalCdf((off - panel.mean - own.mean) / sd);
    expect(row!.rankWithError).toBeCloseTo(rankWithError, 2);
    expect([row!.held, row!.heldWithError]).toEqual([held, with_]);
  });
});

describe("the example", () => {
  const asked = readJudgeQuestion(
    { file: "published.yaml", text: PUBLISHED },
    requirePlan(check(PLAN)),
  );

  test("says of each interval whether it held, as the rows do", async () => {
    const done = await backTest(asked, 2_048, draw);
    const report = backTestReport(done);
    const text = renderTextReport(report, { width: 1_000 });
    expect(text).not.toMatch(/NaN|undefined/);
    expect(renderHtmlPage(report)).not.toMatch(/NaN|undefined/);
    const printed = JSON.parse(JSON.stringify(done));
    expect(backTestSchema.parse(printed)).toEqual(printed);
    const counted = done.rows.filter(({ standsIn }) => standsIn === null);
    const missed = counted.filter(({ held }) => !held);
    expect(text.match(/^Did not hold, /gm) ?? []).toHaveLength(missed.length);
    expect(text).toContain(`${done.held} of ${counted.length} intervals of 90 % held`);
    expect(done.held).toBe(counted.length - missed.length);
    expect(text).toContain("What the plan knew: the budget of 2 February");
    for (const row of done.rows) {
      const { planned, published, held } = row;
      expect(held, row.title).toBe(planned.lower <= published && published <= planned.upper);
    }
  }, 30_000);

  test("does not count what nobody published, and says so by source", async () => {
    const done = await backTest(asked, 1_024, draw);
    const runOut = done.rows.find(({ id }) => id === "runOut.wave.cards")!;
    expect(runOut.standsIn).toContain("nobody published the day");
    expect(done.counted).toBe(done.rows.length - 1);
    const sum = (of: "counted" | "held"): number => done.sources.reduce((all, s) => all + s[of], 0);
    expect([sum("counted"), sum("held")]).toEqual([done.counted, done.held]);
    const text = renderTextReport(backTestReport(done), { width: 1_000 });
    expect(text).toMatch(/days until the money of cards was gone +\S.*– \(6.0 days stands in\)/);
    expect(text).toMatch(/By source: QuestMobile \d of 2, Alibaba \d of 3,/);
    expect(text).not.toMatch(/^(Held|Did not hold).*days until/m);
  }, 30_000);

  test("admits what no draw foresaw: the first wave's money pays for fewer orders", async () => {
    const { rows } = await backTest(asked, 2_048, draw);
    const orders = rows.find(({ id }) => id === "orders.hour.144")!;
    expect(orders.rank).toBe(1);
    expect(orders.greatest).toBeLessThanOrEqual(2.7e9 / 25);
    const spent = rows.find(({ id }) => id === "spent")!;
    expect(spent.greatest).toBeLessThanOrEqual(3e9);
    // Bounds are nothing that a plan foretells.
    expect(rows.some(({ id }) => id.startsWith("cost."))).toBe(false);
  }, 30_000);
});
