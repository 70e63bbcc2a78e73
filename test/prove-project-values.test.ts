// Every number that a plan can ask for, from small tables to the verdict, against arithmetic that
// was done by hand.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "../src/prove/index.ts";
import { DEFINITION, Journal, KEPT, ProveFolder, rowOf } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

type Plan = Record<string, unknown>;

/** Rows of "arm,…" under their header. */
async function table(lines: readonly string[], plan: Plan, more: Plan = {}): Promise<Verdict> {
  const file = await folder.lines(lines);
  return folder.prove({ plan, sources: { table: { file, arm: "arm", control: "none", ...more } } });
}

const means = (verdict: Verdict, metric: string): number[] => {
  const { controlMean, treatmentMean } = rowOf(verdict, metric);
  return [controlMean, treatmentMean];
};

describe("a plan's numbers", () => {
  const FEW = [
    "arm,spend,cost,above,below",
    ...["none,1,0,1,2", "none,2,0,2,2", "none,3,0,3,2", "none,100,0,4,4"],
    ...["card,2,1,2,1", "card,3,1,4,2", "card,4,2,6,3", "card,200,4,8,4"],
  ];

  it("are set to the bounds that were declared, and it is said what that removed", async () => {
    const metrics = [{ id: "spend", kind: "mean", column: "spend", clamp: [0, 10] }];
    const verdict = await table(FEW, { metrics });
    expect(means(verdict, "spend")).toEqual([16 / 4, 19 / 4]);
    const clamp = { lower: 0, upper: 10, clamped: 2, removed: 90 + 190 };
    expect(verdict.studies[0]!.metrics[0]!.clamp).toEqual(clamp);
  });

  it("are clamped also where they are huge", async () => {
    const lines = [...FEW, "none,-1e90,0,1,1"];
    const metrics = [{ id: "spend", kind: "mean", column: "spend", clamp: [0, 10] }];
    const { clamp } = (await table(lines, { metrics })).studies[0]!.metrics[0]!;
    expect(clamp).toMatchObject({ clamped: 3, removed: -1e90 });
  });

  it("are ratios of sums, not means of ratios", async () => {
    const metrics = [{ id: "each", kind: "ratio", above: "above", below: "below" }];
    expect(means(await table(FEW, { metrics }), "each")).toEqual([10 / 10, 20 / 10]);
  });

  it("are worth a margin less the cost of the very users, both with one interval", async () => {
    const metrics = [{ id: "spend", kind: "mean", column: "spend", clamp: [0, 10] }];
    const [worth] = (await table(FEW, { metrics, worth: { margin: 4 } }, { cost: "cost" }))
      .studies[0]!.worth;
    // 4 x (4.75 - 4) = 3 a treated user, who cost (1 + 1 + 2 + 4) / 4 = 2.
    expect(worth).toMatchObject({ marginPerUnit: 4, costPerTreated: 2, net: 1, breakEvenCost: 3 });
    expect(worth!.breakEvenMargin).toBeCloseTo(2 / 0.75, 12);
    // Of 4 x spend - cost: none 4, 8, 12, 40 and card 7, 11, 14, 36.
    const variance = (values: readonly number[]): number => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    };
    const error = Math.sqrt(variance([4, 8, 12, 40]) / 4 + variance([7, 11, 14, 36]) / 4);
    const half = (worth!.upper - worth!.lower) / 2;
    expect(half / error).toBeGreaterThan(2.4); // Welch's t with about 6 degrees of freedom
    expect(half / error).toBeLessThan(2.5);
  });

  it("are quantiles between the right ranks", async () => {
    const arm = (name: string, by: number): string[] =>
      Array.from({ length: 101 }, (_, i) => `${name},${((i * 37) % 101) * by}`);
    const metrics = [
      { id: "p90", kind: "quantile", column: "wait", at: 0.9 },
      { id: "p25", kind: "quantile", column: "wait", at: 0.25 },
    ];
    const verdict = await table(["arm,wait", ...arm("none", 1), ...arm("card", 2)], { metrics });
    expect(means(verdict, "p90")).toEqual([90, 180]);
    expect(means(verdict, "p25")).toEqual([25, 50]);
  });

  it("are adjusted by a number before, which explains all but the effect", async () => {
    const lines = ["arm,spend,past"];
    for (let i = 0; i < 200; i++) {
      const past = Math.floor(i / 2) % 10;
      lines.push(`${i % 2 ? "card" : "none"},${3 * past + (i % 2) + (i % 3) / 10},${past}`);
    }
    const metrics = [{ id: "spend", kind: "mean", column: "spend", before: "past" }];
    const row = rowOf(await table(lines, { metrics }), "spend", "adjusted");
    expect(row.absolute!.estimate).toBeCloseTo(1, 1);
    expect(row.absolute!.standardError).toBeLessThan(0.02);
  });
});

describe("segments and guardrails", () => {
  const CELLS = [
    // platform, arm, users, kept
    ["ios", "none", 40, 10],
    ["ios", "card", 40, 20],
    ["android", "none", 80, 40],
    ["android", "card", 40, 34],
  ] as const;
  const lines = [
    "arm,platform,kept",
    ...CELLS.flatMap(([platform, arm, users, kept]) =>
      Array.from({ length: users }, (_, i) => `${arm},${platform},${i < kept ? 1 : 0}`),
    ),
  ];

  it("give each segment's effect, and one with every segment at its share", async () => {
    const plan = { metrics: [KEPT], segments: ["platform"], stratify: "platform" };
    const verdict = await table(lines, plan, { shares: { none: 0.6, card: 0.4 } });
    const rows = verdict.studies[0]!.segments[0]!.rows.filter(
      (row) => row.population === "assigned",
    );
    expect(
      rows.map(({ value, controlMean, treatmentMean }) => [value, controlMean, treatmentMean]),
    ).toEqual([
      ["android", 0.5, 0.85],
      ["ios", 0.25, 0.5],
    ]);
    expect(rowOf(verdict, "kept").absolute!.estimate).toBeCloseTo(54 / 80 - 50 / 120, 12);
    // 80 of 200 users have ios, 120 android.
    const stratified = rowOf(verdict, "kept", "stratified").absolute!;
    expect(stratified.estimate).toBeCloseTo(0.4 * 0.25 + 0.6 * 0.35, 12);
  });

  it("call users of no known value a segment of their own", async () => {
    const some = lines.map((line) => line.replace(/,ios,/, ",,"));
    const verdict = await table(some, { metrics: [KEPT], segments: ["platform"] });
    const values = new Set(verdict.studies[0]!.segments[0]!.rows.map(({ value }) => value));
    expect([...values]).toEqual(["android", "not known"]);
  });

  it("refuse a segment of too many values", async () => {
    const many = lines.map((line, i) => (i === 0 ? line : line.replace(/,\w+,/, `,p${i % 60},`)));
    const sources = { table: { file: await folder.lines(many), arm: "arm", control: "none" } };
    const plan = { metrics: [KEPT], segments: ["platform"] };
    expect(await folder.refusal({ plan, sources })).toMatch(
      /column "platform": expected a segment of at most 50 values, found 60/,
    );
  });

  it("hold what got better, break what got worse", async () => {
    const guardrails = [
      { metric: "kept", worse: "lower", margin: "5 %" },
      { metric: "kept", worse: "higher", margin: 0.05 },
    ];
    const verdict = await table(
      lines,
      { metrics: [KEPT], guardrails },
      {
        shares: { none: 0.6, card: 0.4 },
      },
    );
    const found = verdict.studies[0]!.guardrails.map(({ finding, isRelative }) => [
      finding,
      isRelative,
    ]);
    expect(found).toEqual([
      ["held", true],
      ["broken", false],
    ]);
  });
});

describe("empty cells", () => {
  const lines = [
    "arm,kept",
    ...["none,0", "none,1", "none,"],
    ...["card,1", "card,1", "card,0", ",1"],
  ];

  it("are refused, unless somebody says what they mean", async () => {
    const sources = { table: { file: await folder.lines(lines), arm: "arm", control: "none" } };
    const message = await folder.refusal({ plan: { metrics: [KEPT] }, sources });
    expect(message).toMatch(/line 8, column "arm": expected an arm \(or missing: drop\), found an/);
  });

  it("are left out where that is asked, with the number of rows", async () => {
    const verdict = await table(lines, { metrics: [KEPT] }, { missing: "drop" });
    expect(means(verdict, "kept")).toEqual([1 / 2, 2 / 3]);
    expect(verdict.studies[0]!.health.at(-1)).toMatchObject({
      ...{ name: "repair (missing: drop)", passed: true },
      detail: expect.stringMatching(
        /^2 rows with an empty cell left out: none 1 of 3 .*, card 0 of 3/,
      ),
      repair: { option: "missing: drop", rows: 2, users: 2 },
    });
  });

  it("are zero where that is asked, but never an arm", async () => {
    const armed = lines.slice(0, -1);
    const verdict = await table(armed, { metrics: [KEPT] }, { missing: "zero" });
    expect(means(verdict, "kept")).toEqual([1 / 3, 2 / 3]);
    expect(verdict.studies[0]!.health.at(-1)).toMatchObject({
      ...{ name: "repair (missing: zero)", passed: true },
      detail: expect.stringMatching(/^empty numbers of 1 row taken for 0: none 1 of 3 .*card 0/),
    });
    const sources = {
      table: { file: await folder.lines(lines), arm: "arm", control: "none", missing: "zero" },
    };
    expect(await folder.refusal({ plan: { metrics: [KEPT] }, sources })).toMatch(/line 8.*an arm/);
  });
});

describe("a campaign's journal", () => {
  const USERS = { h1: 0, h2: 0, h3: 0, h4: 1, c1: 1, c2: 1, c3: 1, c4: 0 } as const;

  function journalled(): Journal {
    const journal = new Journal();
    let grant = 0;
    for (const user of Object.keys(USERS)) {
      const arm = user.startsWith("c") ? 1 : 0;
      journal.assign(user, arm);
      if (arm === 0) continue;
      grant += 1;
      journal.emit("granted", user, { arm, grant, amountMinor: 500 });
      journal.emit("redeemed", user, { grant, redemption: 0, amountMinor: 500, restMinor: 0 });
    }
    journal.emit("reversed", "c4", { grant, redemption: 0, amountMinor: 500 });
    journal.emit("withheld", "h1", { arm: 0, amountMinor: 700, wouldStatus: "granted" });
    journal.emit("withheld", "h2", { arm: 0, amountMinor: 900, wouldStatus: "over_cap" });
    return journal;
  }

  async function prove(plan: Plan, seen: (user: string) => number | null = () => null) {
    const timed = Object.entries(USERS).map(
      ([user, kept]) => `${user},${kept},${seen(user) ?? ""}`,
    );
    const isTimed = seen("h1") !== null;
    const file = await folder.lines(["user,kept,seen", ...timed]);
    const outcomes = { file, user: "user", ...(isTimed ? { at: "seen" } : {}) };
    const sources = { events: await folder.events(journalled()), outcomes };
    return folder.prove({ plan: { metrics: [KEPT], ...plan }, sources });
  }

  it("says what each user cost, fees and what was reversed included", async () => {
    // As a mean: of a share four users an arm would be too few to say anything.
    const metrics = [{ ...KEPT, kind: "mean" as const, unit: "users" }];
    const plan = { metrics, worth: { margin: 18 }, fees: { grant: 0.1, redemption: 0.2 } };
    const [worth] = (await prove(plan)).studies[0]!.worth;
    // Half a user more is kept: 9. They cost (5 + 5 + 5 + 0) / 4 + 0.1 + 0.2 = 4.05.
    expect(worth!.costPerTreated).toBeCloseTo(4.05, 12);
    expect(worth!.net).toBeCloseTo(4.95, 12);
    expect(worth!.breakEvenMargin).toBeCloseTo(8.1, 12);
  });

  it("says what was spent by arm, and what the held-out forwent", async () => {
    const { money, costs } = await prove({});
    const [card, holdout] = money;
    expect(card).toMatchObject({ arm: "card", grants: 4, issuedMinor: 2000, redeemedMinor: 2000 });
    expect(card).toMatchObject({ reversedMinor: 500, breakageMinor: 0, askers: 0 });
    expect(holdout).toMatchObject({ arm: "holdout", grants: 0, askers: 2, forgoneMinor: 700 });
    // 1500 more for half a user more of each of four: 750 for each kept one.
    expect(costs[0]).toMatchObject({ spentMinor: 1500, causalMinor: 750, naiveMinor: 500 });
  });

  it("counts what a claw-back returned as never spent, and what was spent as spent", async () => {
    const journal = journalled();
    journal.emit("granted", "c1", { arm: 1, grant: 9, amountMinor: 500 });
    journal.emit("redeemed", "c1", { grant: 9, redemption: 1, amountMinor: 200, restMinor: 300 });
    journal.emit("clawed_back", "c1", { grant: 9, amountMinor: 300 });
    journal.emit("receivable_settled", "c1", { grant: 9, amountMinor: 200 });
    const lines = Object.entries(USERS).map(([user, kept]) => `${user},${kept}`);
    const outcomes = { file: await folder.lines(["user,kept", ...lines]), user: "user" };
    const sources = { events: await folder.events(journal), outcomes };
    const { money, costs } = await folder.prove({ plan: { metrics: [KEPT] }, sources });
    expect(money[0]).toMatchObject({ issuedMinor: 2500, redeemedMinor: 2200, breakageMinor: 300 });
    // 200 more than without it: nobody counts what came in.
    expect(costs[0]).toMatchObject({ spentMinor: 1700 });
  });

  it("reads a payback also where everybody cost the same, and stayed", async () => {
    const journal = new Journal();
    const lines = ["user,at"];
    for (let i = 0; i < 120; i++) {
      const [user, arm] = [`u${i}`, i % 2];
      journal.assign(user, arm);
      const periods = arm === 1 ? [0, 1, 2, 3, 4] : [0, 1, 2, 3, 4].slice(0, 1 + (i % 5));
      for (const t of periods) lines.push(`${user},${DEFINITION.startsAtMs + t * 5 * 86_400_000}`);
      if (arm === 0) continue;
      journal.emit("granted", user, { arm, grant: i, amountMinor: 30 });
      journal.emit("redeemed", user, { grant: i, redemption: 0, amountMinor: 30, restMinor: 0 });
    }
    const plan = {
      metrics: [{ id: "late", kind: "share", log: "visits", days: [20, 29] }],
      retention: { log: "visits", period: "5d", periods: 5 },
      payback: { margin: 6, within: 2 },
    };
    const until = "2026-12-31T00:00:00Z";
    const visits = { file: await folder.lines(lines), user: "user", at: "at", until };
    const logs = { visits };
    const sources = { events: await folder.events(journal), logs };
    const { payback, retention } = (await folder.prove({ plan, sources }, { draws: 100 }))
      .studies[0]!;
    const seen = retention!.arms.map(({ seen: shares }) => shares.map(({ estimate }) => estimate));
    expect(seen[1]).toEqual([1, 1, 1, 1, 1]);
    expect(seen[0]![4]).toBeCloseTo(1 / 5, 12);
    expect(JSON.stringify(payback)).not.toMatch(/NaN|Infinity/);
    expect(payback).not.toBeNull();
  });

  it("shows outcomes of before the assignment, which break the evidence", async () => {
    const { startsAtMs } = DEFINITION;
    const good = await prove({}, () => startsAtMs);
    expect(good.grade).toBe("A");
    const early = await prove({}, (user) => startsAtMs - (user === "c2" ? 1 : 0));
    expect(early.grade).toBe("B");
    const check = early.studies[0]!.health.find(({ passed }) => !passed);
    expect(check?.failure).toBe("Outcomes precede assignment");
    expect(check?.detail).toMatch(
      /^1 users with outcomes from before they were assigned: 12\.50 %/,
    );
  });

  it("says nothing of before and after where nobody knows when outcomes were seen", async () => {
    const names = (await prove({})).studies[0]!.health.map(({ name }) => name);
    expect(names).not.toContain("outcomes after assignment");
    expect(names).toContain("one arm a user");
  });
});
