// Every estimate of a valuation lies in its interval, whatever the level; ranges move what rests on
// them; and the sentences say what the numbers do, also where a campaign did little or harm.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import type { Valuation } from "../src/value/valuation.ts";
import { valuationReport } from "../src/value/valuation-report.ts";
import { valuationSchema } from "../src/value/valuation-schema.ts";
import { type VerdictFixture, verdictFixture } from "./value-verdict.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../examples/qwen-2026");
const PLAN = "from: { plan: plan.yaml }\n";
const VERDICT =
  "from:\n  verdict: verdict.json\n  starts: 2026-02-06\n  draws: 600\n  scale: 1000\n" +
  "  discount: { value: 10 %, range: [8 %, 14 %], source: assumption }\n";
const text = readFileSync(join(EXAMPLE, "value.yaml"), "utf8");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "value-estimates-"));
  write("verdict.json", JSON.stringify(verdictFixture()));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Pair = [from: string | RegExp, to: string];

const write = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
/** The example with some of its text exchanged, from a verdict: quick, and measured. */
const measured = async (...pairs: Pair[]): Promise<Valuation> => {
  let content = text;
  for (const [from, to] of [[PLAN, VERDICT] as Pair, ...pairs]) {
    expect(content).toMatch(from);
    content = content.replace(from, to);
  }
  return valuationOfFile(await openValue(write("value.yaml", content)));
};
const said = (valuation: Valuation): string =>
  renderTextReport(valuationReport(valuation)).replace(/\s+/g, " ");
/** A verdict whose effects on kept users are these, each with its error. */
const effects = (...sizes: [effect: number, error: number][]): VerdictFixture => {
  const verdict = verdictFixture();
  for (const [i, study] of verdict.studies.entries()) {
    const [estimate, standardError] = sizes[i]!;
    const rows = study.effects as { absolute: object }[];
    for (const row of rows) row.absolute = { estimate, standardError, p: 0.5 };
    study.retention = null;
  }
  return verdict;
};
const SURVIVAL: Pair = [
  "  scale: 1000\n",
  "  scale: 1000\n  survival: { value: 95 %, source: assumption }\n",
];

interface Found {
  readonly path: string;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

function intervalsOf(value: unknown, path = ""): Found[] {
  if (typeof value !== "object" || value === null) return [];
  const own = value as Record<string, unknown>;
  const found = Object.entries(own).flatMap(([key, each]) => intervalsOf(each, `${path}.${key}`));
  if (!("estimate" in own)) return found;
  return [{ ...(own as unknown as Found), path }, ...found];
}

/** Null is beyond every number. */
function strayed(valuation: Valuation): Found[] {
  const of = (each: number | null): number => each ?? Number.POSITIVE_INFINITY;
  return intervalsOf(valuation).filter(
    ({ estimate, lower, upper }) => of(estimate) < of(lower) || of(estimate) > of(upper),
  );
}

describe("an estimate", () => {
  test.each(["50 %", "60 %", "80 %", "95 %", "99.9 %"])(
    "lies in its interval at %s",
    async (at) => {
      const level: Pair = ["seed: 2026\n", `seed: 2026\nlevel: ${at}\n`];
      const valuation = await measured(level);
      expect(intervalsOf(valuation).length).toBeGreaterThan(150);
      expect(strayed(valuation)).toEqual([]);
      for (const { minor, interval } of valuation.quarter.bridge!) {
        if (interval === null) continue;
        expect(minor / 100).toBeGreaterThanOrEqual(interval.lower - 0.01);
        expect(minor / 100).toBeLessThanOrEqual(interval.upper + 0.01);
      }
      write("bad.json", JSON.stringify(effects([0.005, 0.01], [-0.004, 0.02])));
      const bad = await measured(level, SURVIVAL, ["verdict: verdict.json", "verdict: bad.json"]);
      expect(strayed(bad)).toEqual([]);
      expect(valuationSchema.parse(bad)).toEqual(bad);
    },
  );

  test("outside of its interval would be found", () => {
    const at = { estimate: 3, lower: 1, upper: 2 };
    expect(strayed({ deep: [{ at }] } as unknown as Valuation)).toEqual([
      { ...at, path: ".deep.0.at" },
    ]);
    const never = { estimate: null, lower: 1, upper: 2 };
    expect(strayed({ never } as unknown as Valuation)).toHaveLength(1);
  });

  test("of a plan lies in its interval at the narrowest", async () => {
    const plan = readFileSync(join(EXAMPLE, "plan.yaml"), "utf8")
      .replace(/draws: \d+/, "draws: 400")
      .replace(/campaign: (.*\.yaml)/, (_, name) => `campaign: ${join(EXAMPLE, name)}`);
    write("plan.yaml", plan);
    const file = write("planned.yaml", text.replace("seed: 2026\n", "seed: 2026\nlevel: 50 %\n"));
    const valuation = await valuationOfFile(await openValue(file));
    expect(strayed(valuation)).toEqual([]);
    expect(said(valuation)).toContain("A plan: what it expects. None of these users is there yet.");
    expect(said(valuation)).not.toContain("nobody knows how many");
  });

  test("of the parts adds up to the whole, as the bridge does", async () => {
    const { company } = await measured();
    const parts = company!.parts.reduce((sum, { value }) => sum + value.estimate, 0);
    expect((parts + company!.netCash.estimate) / company!.equity.estimate).toBeCloseTo(1, 12);
  });
});

describe("a range", () => {
  const tax: Pair = [/tax:\n {2}value: 25 %\n {2}range: .*\n/, "tax:\n  value: 25 %\n"];
  const wide: [
    name: string,
    pair: Pair,
    of: (valuation: Valuation) => { lower: number; upper: number },
  ][] = [
    [
      "tax",
      [tax[0], "tax:\n  value: 25 %\n  range: [1 %, 90 %]\n"],
      (v) => v.worth.byCashFlow.cost,
    ],
    ["shares", ["  value: 18552\n", "  value: 18552\n  range: [10, 999999]\n"], (v) => v.shares],
    [
      "a base profit",
      ["profit: { value: 90000,", "profit: { value: 90000, range: [1000, 99999],"],
      (v) => v.years[0]!.baseEps!,
    ],
    [
      "the quarter's revenue",
      [
        "revenue: { value: 243380, growth: 3 %,",
        "revenue: { value: 243380, range: [9999, 999999],",
      ],
      (v) => v.quarter.margin.reported!,
    ],
    [
      "a price",
      ["price: { value: 154.5,", "price: { value: 154.5, range: [10, 999],"],
      (v) => v.market!.moved,
    ],
    [
      "a move",
      ["move: { value: -2.9 %,", "move: { value: -2.9 %, range: [-9 %, -1 %],"],
      (v) => v.market!.timesCost,
    ],
    ["a rate", ["range: [1.1, 1.13]", "range: [0.2, 9]"], (v) => v.market!.movedHome],
  ];
  test.each(wide)("of %s is drawn", async (_, pair, of) => {
    const width = (read: Valuation): number => of(read).upper - of(read).lower;
    const narrow = width(await measured(tax));
    expect(width(await measured(...(pair[0] === tax[0] ? [] : [tax]), pair))).toBeGreaterThan(
      narrow + 1e-6,
    );
  });
});

describe("a year earlier that follows from growth", () => {
  test("is said with its source and range, in the digits that the per cent supports", async () => {
    const { figures, quarter } = await measured();
    const before = figures.find(({ id }) => id === "quarter.ebita.yearBefore")!;
    expect([before.value, before.range]).toEqual([31_900, [30_920, 32_920]]);
    expect(before.source).toContain("follows from -84 %; results of 13 May 2026");
    expect(figures.find(({ id }) => id === "quarter.ebita.growth")!.value).toBe(-0.84);
    expect(figures.find(({ id }) => id === "quarter.operatingIncome.yearBefore")!.value).toBe(
      28_465,
    );
    const { estimate, lower, upper } = quarter.lines.find(({ id }) => id === "ebita")!.yearBefore!;
    expect(estimate / 1e6).toBeCloseTo(31_900, 6);
    expect(lower / 1e6).toBeLessThan(31_100);
    expect(upper / 1e6).toBeGreaterThan(32_700);
  });

  test("does not depend on the file's unit", async () => {
    const [own, billion] = [
      await measured(),
      await measured(
        ["amounts: million", "amounts: billion"],
        ["value: 18552", "value: 18.552"],
        ["revenue: { value: 243380,", "revenue: { value: 243.38,"],
        ["{ value: -848, yearBefore: 28465,", "{ value: -0.848, yearBefore: 28.465,"],
        ["ebita: { value: 5102,", "ebita: { value: 5.102,"],
        ["{ value: 90000,", "{ value: 90,"],
        ["{ value: 110000,", "{ value: 110,"],
        ["{ value: 120000,", "{ value: 120,"],
        ["{ value: 118500,", "{ value: 118.5,"],
        ["{ value: 140000,", "{ value: 140,"],
        ["netCash: { value: 300000,", "netCash: { value: 300,"],
      ),
    ];
    expect(billion.quarter.ofFall!.estimate).toBeCloseTo(own.quarter.ofFall!.estimate, 12);
    expect(billion.quarter.bridge!.map(({ minor }) => minor)).toEqual(
      own.quarter.bridge!.map(({ minor }) => minor),
    );
    // Steps below a hundred have a digit more.
    expect(said(billion)).toContain("a year earlier 31.9 ");
  });

  test("is refused of a loss, into one, and where it contradicts what was published", async () => {
    const ebita = "ebita: { value: 5102, growth: -84 %,";
    const cases: [to: string, message: RegExp][] = [
      [
        "ebita: { value: -848, growth: -84 %,",
        /ebita.growth: .*give yearBefore instead.*beside -848/,
      ],
      ["ebita: { value: 5102, growth: -103 %,", /ebita.growth: .*give yearBefore instead/],
      [
        "ebita: { value: 5102, yearBefore: 9999, growth: -84 %,",
        /ebita.yearBefore: expected 30920 to 32920, as the growth of -84 % has it, found 9999/,
      ],
    ];
    for (const [to, message] of cases) await expect(measured([ebita, to])).rejects.toThrow(message);
    const right = await measured([
      ebita,
      "ebita: { value: 5102, yearBefore: 31700, growth: -84 %,",
    ]);
    expect(right.quarter.lines.at(-1)!.yearBefore!.lower).toBe(31_700e6);
  });
});

describe("the quarter's sentence", () => {
  const starts = (day: string): Pair => ["starts: 2026-02-06", `starts: ${day}`];

  test("keeps the signs of an interval on both sides of zero", async () => {
    const read = await measured(starts("2025-12-04"));
    const { lower, upper } = read.quarter.lines.at(-1)!.campaign;
    expect([lower < 0, upper > 0]).toEqual([true, true]);
    expect(said(read)).toMatch(/if it took anything at all \(−[\d.,]+ to \+[\d.,]+\)/);
    expect(said(read)).not.toContain("()");
  });

  test("says nothing of a fall to which it did not add, nor of another time", async () => {
    const added = said(await measured(starts("2025-11-01")));
    expect(added).toContain("The campaign added");
    expect(added).not.toContain("of its fall");
    const later = said(await measured(starts("2026-08-01")));
    expect(later).toContain("The campaign did not move the quarter's adjusted EBITA.");
    expect(later).toContain("The quarter's margin was 2.10 %, with the campaign and without it.");
    expect(later).not.toContain("()");
  });
});

describe("a campaign that may have lost users", () => {
  const bad = async (...sizes: [number, number][]): Promise<Valuation> => {
    write("bad.json", JSON.stringify(effects(...sizes)));
    return measured(SURVIVAL, ["verdict: verdict.json", "verdict: bad.json"]);
  };

  test("needs users without an end above, never below", async () => {
    const { breakEvens, market } = await bad([0.005, 0.01], [0.005, 0.01]);
    for (const { id, needed, better } of breakEvens) {
      expect([id, needed.lower === null && needed.upper !== null]).toEqual([id, false]);
      if (better === "more" && needed.lower !== null) expect(needed.lower).toBeGreaterThan(0);
    }
    expect(market!.toCoverCost.users.lower).toBeGreaterThan(0);
  });

  test("brings what a kept user brings, and nothing where none is", async () => {
    const some = await bad([0.005, 0.001], [0.005, 0.01]);
    expect(some.unitEconomics[0]!.lifetimeValue.lower).toBeGreaterThan(0);
    expect(said(some)).toContain("It may have kept nobody.");
    const lost = await bad([-0.02, 0.005], [-0.02, 0.005]);
    expect(lost.unitEconomics[0]!.lifetimeValue.estimate).toBeNull();
    expect(said(lost)).toMatch(/The campaign lost [\d.,]+ M?[^.]*users \(−/);
    expect(said(lost)).not.toContain("more than any number of");
  });

  test("can lose more than it cost, which is said by its bound", async () => {
    const lost = await bad([-0.02, 0.005], [-0.02, 0.005]);
    const { net, cost } = lost.worth.byCashFlow;
    expect(-net.lower).toBeGreaterThan(cost.upper);
    expect(said(lost)).toContain("its cost after tax and the users whom it drives away: at most");
    expect(said(await measured())).toContain("its cost after tax, were not one user kept: at most");
  });
});

describe("what the price is of", () => {
  const listing: Pair = ["  per: share\n", "  per: ADS\n"];

  test("an ADS is eight shares: everything that rests on it follows", async () => {
    const [share, ads] = [await measured(), await measured(listing)];
    expect(ads.market!.marketValue.estimate * 8).toBeCloseTo(
      share.market!.marketValue.estimate,
      -3,
    );
    const { years, perAds } = ads;
    expect(perAds).toBe(8);
    const { epsWith, epsWithPerAds, baseEps, perShare } = years[0]!;
    expect(epsWith!.estimate).toBeCloseTo(baseEps!.estimate + perShare.estimate, 3);
    expect(epsWithPerAds!.estimate).toBeCloseTo(8 * epsWith!.estimate, 9);
    expect(said(ads)).toMatch(/HK\$[\d,.]+ an ADS at 1.11/);
  });

  test("must be said where there are both", async () => {
    await expect(measured(["  per: share\n", ""])).rejects.toThrow(
      /listing.price: expected listing.per beside perAds: .*of an ADS of 8/,
    );
    await expect(measured(["perAds: 8\n", ""], listing)).rejects.toThrow(/expected perAds/);
  });

  test("and from when: after a fall the price is of the smaller value", async () => {
    const before = await measured(["priceTaken: after", "priceTaken: before"]);
    const after = await measured();
    expect(after.market!.moved.estimate / before.market!.moved.estimate).toBeCloseTo(1 / 0.971, 9);
    expect(said(after)).toContain("a share after the move");
    expect(said(before)).toContain("a share before the move");
  });
});

describe("the kept users' multiple", () => {
  const own = /multiple: \{ value: 12, .*\}/;

  test("is said before and after tax, and moves with its line's", async () => {
    const { worth, company } = await measured();
    const { afterTax, beforeTax, ofLine } = worth.multiple!;
    expect(beforeTax.estimate / afterTax.estimate).toBeGreaterThan(0.68);
    expect(beforeTax.estimate / afterTax.estimate).toBeLessThan(0.86);
    expect(ofLine).toEqual(company!.parts[0]!.multiple);
    expect(said(await measured())).toMatch(/of a margin after tax is [\d.]+× of one before tax/);
  });

  test("can be that of the line, tax allowed for", async () => {
    const read = await measured([own, "multiple: of the line"]);
    const { beforeTax, ofLine } = read.worth.multiple!;
    expect(beforeTax.estimate).toBeCloseTo(ofLine!.estimate, 9);
    expect([beforeTax.lower, beforeTax.upper]).toEqual([
      expect.closeTo(ofLine!.lower, 9),
      expect.closeTo(ofLine!.upper, 9),
    ]);
    await expect(
      measured([own, "multiple: of the line"], ["    line: e-commerce", "    line: cloud"]),
    ).rejects.toThrow(/moves.users.multiple: expected a line .* found "revenue"/);
  });
});

describe("what has no source", () => {
  test.each(["my assumption", "none", "-", "Assumed.", "n/a", "our guess"])(
    "%s",
    async (source) => {
      const { assumptions } = await measured([
        /source: China's statutory rate.*/,
        `source: "${source}"`,
      ]);
      expect(assumptions.map(({ id }) => id)).toContain("tax");
    },
  );

  test("is not what names a place", async () => {
    expect((await measured()).assumptions.map(({ id }) => id)).not.toContain("tax");
  });

  test("holds the default of the other costs, until they are said", async () => {
    const ids = async (...pairs: Pair[]): Promise<string[]> =>
      (await measured(...pairs)).assumptions.map(({ id }) => id);
    const sourced: Pair = [
      / {2}source: assumption\n {2}why: nobody published the split/,
      "  source: notes\n  why: the split",
    ];
    expect(await ids(sourced)).toContain("accounting.otherCost");
    expect(await ids(sourced)).not.toContain("accounting");
    const said: Pair = [
      "  rewards: {",
      "  otherCost: { salesAndMarketing: 0, contraRevenue: 0, costOfRevenue: 1 }\n  rewards: {",
    ];
    expect(await ids(sourced, said)).not.toContain("accounting.otherCost");
  });
});
