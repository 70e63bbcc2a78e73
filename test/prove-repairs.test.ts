// What can be repaired is offered where it is refused, done where it is asked for, and told with
// its count; users who are left out cost the grade where they are missing from the arms unevenly.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proveQuick, type Verdict, verdictReport, verdictText } from "../src/prove/index.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";
import { DEFINITION, Journal, KEPT, ProveFolder, rowOf } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const SPEND = { id: "spend", kind: "mean", column: "spend" };
const ROWS = [
  "user,arm,kept,spend",
  ...["a,none,0,1", "b,none,1,2.5", "c,none,0,0", "d,card,1,3", "e,card,1,0", "f,card,0,7"],
];

async function sourcesOf(lines: readonly string[], more: object = {}) {
  const table = { file: await folder.lines(lines), arm: "arm", control: "none", user: "user" };
  return { table: { ...table, ...more } };
}

async function prove(lines: readonly string[], more: object = {}, plan: object = {}) {
  const sources = await sourcesOf(lines, more);
  return folder.prove({ plan: { metrics: [KEPT, SPEND], ...plan }, sources });
}

async function refusal(lines: readonly string[], more: object = {}, plan: object = {}) {
  const sources = await sourcesOf(lines, more);
  return folder.refusal({ plan: { metrics: [KEPT, SPEND], ...plan }, sources });
}

const checkOf = ({ studies }: Verdict, name: string) => {
  const found = studies[0]!.health.find((check) => check.name.startsWith(`repair (${name}`));
  expect(found).toBeDefined();
  return found!;
};
const means = (verdict: Verdict, metric: string): number[] => {
  const { controlMean, treatmentMean } = rowOf(verdict, metric);
  return [controlMean, treatmentMean];
};

describe("several rows of a user", () => {
  const equal = [...ROWS, "b,none,1,2.50", "b,none,1,2.5"];
  const parts = [...ROWS, "b,none,0,4.1", "f,card,1,1.2"];

  it("are refused with the options that would take them together", async () => {
    expect(await refusal(equal)).toMatch(
      /line 8, column "user": .* each user once \(or dup.*: identical, or dup.*: sum\), found "b" /,
    );
  });

  it("are one where they are equal, also if a number is written otherwise", async () => {
    const verdict = await prove(equal, { duplicates: "identical" });
    expect(verdict.studies[0]!.users).toBe(6);
    expect(means(verdict, "spend")).toEqual(means(await prove(ROWS), "spend"));
    expect(checkOf(verdict, "duplicates: identical")).toMatchObject({
      ...{ passed: true, detail: "3 rows of 1 user equal, taken for one each" },
      repair: { option: "duplicates: identical", rows: 3, users: 1 },
    });
    expect(await refusal(parts, { duplicates: "identical" })).toMatch(
      /column "user": .* rows of one user that agree in "arm", "kept", "spend" \(dup.* \(2 rows/,
    );
  });

  it("are added up where they are parts, and a share is 1 where one part is", async () => {
    const verdict = await prove(parts, { duplicates: "sum" });
    expect(verdict.studies[0]!.users).toBe(6);
    expect(means(verdict, "spend")).toEqual([(1 + 6.6 + 0) / 3, (3 + 0 + 8.2) / 3]);
    expect(means(verdict, "kept")).toEqual([1 / 3, 3 / 3]);
    expect(checkOf(verdict, "duplicates: sum").repair).toMatchObject({ rows: 4, users: 2 });
    expect(verdict.notes.join()).toContain("are taken together: 6 users");
  });

  it("are bounded as the user's sum, not row by row", async () => {
    const clamped = { metrics: [{ ...SPEND, clamp: [0, 5] }] };
    const verdict = await prove(parts, { duplicates: "sum" }, clamped);
    expect(means(verdict, "spend")).toEqual([(1 + 5 + 0) / 3, (3 + 0 + 5) / 3]);
  });

  it("have to agree in what is no part: history and segments", async () => {
    const labelled = (past: number) => [
      "user,arm,spend,past,os",
      ...["a,none,1,3,ios", "b,none,2,1,ios", "c,none,0,2,web"],
      ...["d,card,3,3,ios", "e,card,0,4,web", "f,card,7,1,web", `f,card,7,${past},web`],
    ];
    const plan = { metrics: [{ ...SPEND, before: "past" }], segments: ["os"] };
    const verdict = await prove(labelled(1), { duplicates: "sum" }, plan);
    expect(means(verdict, "spend")).toEqual([1, 17 / 3]);
    expect(await refusal(labelled(2), { duplicates: "sum" }, plan)).toMatch(
      /agree in "arm", "os", "past" \(duplicates: sum takes no others together\), found "f"/,
    );
  });

  it("with an empty cell have no sum: missing says what becomes of the user", async () => {
    const holed = [...parts, "c,none,0,"];
    expect(await refusal(holed, { duplicates: "sum" })).toMatch(/line 10, column "spend".*missing/);
    const dropped = await prove(holed, { duplicates: "sum", missing: "drop" });
    expect(dropped.studies[0]!.users).toBe(5);
    const zero = await prove(holed, { duplicates: "sum", missing: "zero" });
    expect(means(zero, "spend")[0]).toBe((1 + 6.6 + 0) / 3);
  });

  it("give the same bytes whatever order they are added in", async () => {
    const many = Array.from(
      { length: 4000 },
      (_, i) => `u${i % 400},${i % 2 ? "card" : "none"},1,0.${1 + (i % 7)}`,
    );
    const of = async (threads: number) => {
      const sources = await sourcesOf([ROWS[0]!, ...many], { duplicates: "sum" });
      const text = { plan: { metrics: [SPEND] }, sources };
      return JSON.stringify(
        (await folder.prove(text, { warehouse: { threads } })).studies[0]!.effects,
      );
    };
    expect(await of(1)).toBe(await of(2));
  });

  it("need a column that says whose they are", async () => {
    const file = await folder.lines(equal);
    const table = { file, arm: "arm", control: "none", duplicates: "sum" };
    expect(await folder.refusal({ plan: { metrics: [KEPT] }, sources: { table } })).toMatch(
      /sources\.table\.duplicates: expected sources\.table\.user beside it/,
    );
  });
});

/** Users of two arms, and some that stand in both. */
function crossed(perArm: number, several: number): string[] {
  const lines = [ROWS[0]!];
  for (let i = 0; i < perArm; i++) {
    lines.push(`n${i},none,${i % 4 === 0 ? 1 : 0},1`, `c${i},card,${i % 2},2`);
  }
  for (let i = 0; i < several; i++) lines.push(`s${i},none,0,1`, `s${i},card,1,2`);
  return lines;
}

describe("users of several arms", () => {
  it("are refused with the option that leaves them out", async () => {
    expect(await refusal(crossed(20, 3))).toMatch(
      /line 42, column "user": .* in one arm \(or severalArms: drop\), found "s0" \(6 rows in/,
    );
  });

  it("are left out where that is asked, which costs the grade", async () => {
    const verdict = await prove(crossed(200, 3), { severalArms: "drop" });
    expect(verdict.studies[0]!.users).toBe(400);
    const check = checkOf(verdict, "severalArms: drop");
    expect(check).toMatchObject({ passed: false, repair: { rows: 6, users: 3 } });
    expect(check.detail).toBe(
      "3 users of several arms left out after they were assigned (6 rows): " +
        "1.50 % of the smallest arm, at most 0.10 % allowed",
    );
    expect(verdict.grade).toBe("B");
    const text = verdictText(verdict).replace(/\s+/g, " ");
    expect(text).toContain("Users left out unevenly (repair (severalArms: drop): 3 users of sev");
    expect(text).toContain("What follows is no evidence of an effect");
  });

  it("keep the grade where they are fewer than any arm's size may be off", async () => {
    const few = await prove(crossed(1100, 1), { severalArms: "drop" });
    expect([few.grade, checkOf(few, "severalArms").passed]).toEqual(["A", true]);
    expect(verdictText(few).replace(/\s+/g, " ")).toContain(
      "repaired, as asked: repair (severalArms: drop): 1 user of several arms left out",
    );
    const strict = await prove(crossed(1100, 1), { severalArms: "drop" }, { deviation: 0.0005 });
    expect(strict.grade).toBe("B");
  });

  it("are looked for before rows are taken together", async () => {
    const lines = [...crossed(1100, 1), "n0,none,1,1"];
    const both = { severalArms: "drop", duplicates: "identical" };
    const verdict = await prove(lines, both);
    expect(verdict.studies[0]!.users).toBe(2200);
    expect(verdict.studies[0]!.health.filter(({ repair }) => repair !== undefined)).toHaveLength(2);
  });
});

describe("words that mean nothing", () => {
  const worded = [
    ...ROWS.slice(0, 6),
    "f,card,NA,7",
    "g,none,0,-inf",
    "h,card,1,NaN",
    "i,none,1, na ",
  ];
  const words = { empty: ["NA", "NaN", "-inf"] };

  it("are refused with the option that calls them empty", async () => {
    expect(await refusal(worded)).toMatch(
      /line 7, column "kept": expected 0 or 1 \(or empty: …, for words that mean .*\), found "NA"/,
    );
    expect(await refusal([...ROWS, "g,none,0,inf"])).toMatch(
      /line 8, column "spend": expected a finite number \(or empty: …, for .*\), found "inf"/,
    );
  });

  it("are empty cells, of which missing says what becomes", async () => {
    expect(await refusal(worded, words)).toMatch(
      /column "kept": .*missing: zero, or missing: drop/,
    );
    const verdict = await prove(worded, { ...words, missing: "drop" });
    expect(verdict.studies[0]!.users).toBe(5);
    expect(checkOf(verdict, "empty: NA, NaN, -inf")).toMatchObject({
      detail: "cells of 4 rows taken for empty ones",
      repair: { rows: 4, users: null },
    });
    expect(checkOf(verdict, "missing: drop").repair).toMatchObject({ rows: 4 });
  });

  it("are found in columns of numbers, too", async () => {
    const sql = `SELECT 'u' || i AS "user", CASE WHEN i % 2 = 0 THEN 'none' ELSE 'card' END AS arm,
      i % 3 = 0 AS kept, CASE WHEN i = 5 THEN 'inf'::DOUBLE ELSE i END AS spend
      FROM range(40) t(i)`;
    const table = { file: await folder.parquet(sql), arm: "arm", control: "none", user: "user" };
    const plan = { metrics: [SPEND] };
    expect(await folder.refusal({ plan, sources: { table } })).toMatch(/row 6, column "spend"/);
    const more = { empty: ["inf"], missing: "drop" };
    const verdict = await folder.prove({ plan, sources: { table: { ...table, ...more } } });
    expect(verdict.studies[0]!.users).toBe(39);
  });
});

describe("rows with empty cells that are left out", () => {
  /** Of `perArm` users so many have no outcome. */
  const holed = (perArm: number, none: number, card: number): string[] => [
    ROWS[0]!,
    ...Array.from({ length: perArm }, (_, i) => `n${i},none,${i % 4 ? 0 : 1},${i < none ? "" : 1}`),
    ...Array.from({ length: perArm }, (_, i) => `c${i},card,${i % 2},${i < card ? "" : 2}`),
  ];

  it("keep the grade where both arms lose as many", async () => {
    const verdict = await prove(holed(1000, 40, 44), { missing: "drop" }, { deviation: "5 %" });
    expect(verdict.grade).toBe("A");
    expect(checkOf(verdict, "missing: drop").detail).toMatch(
      /^84 rows .* out: none 40 of 1,000 \(4\.00 %\), card 44 of 1,000 \(4\.40 %\);.* p = 0\.7/,
    );
  });

  it("cost it where one arm loses more, though the sizes would pass", async () => {
    const verdict = await prove(holed(1000, 40, 5), { missing: "drop" }, { deviation: "5 %" });
    const [ratio] = verdict.studies[0]!.health;
    expect(ratio).toMatchObject({ name: "sample ratio", passed: true });
    expect(checkOf(verdict, "missing: drop").passed).toBe(false);
    expect(verdict.grade).toBe("B");
  });
});

describe("prove quick", () => {
  const ask = async (lines: readonly string[], more: object = {}) =>
    proveQuick({
      ...{ file: await folder.lines(lines), arm: "arm", control: "none", outcomes: ["spend"] },
      ...more,
    });

  it("names its flags where it refuses, and takes them", async () => {
    const equal = [...ROWS, "b,none,1,2.5"];
    expect(await folder.messageOf(ask(equal, { user: "user" }))).toMatch(
      /each user once \(or --duplicates identical, or --duplicates sum\)/,
    );
    expect(await folder.messageOf(ask(crossed(20, 3), { user: "user" }))).toMatch(
      /each user in one arm \(or --several-arms drop\)/,
    );
    const single = await ask(equal, { user: "user", duplicates: "identical" });
    expect(checkOf(single, "--duplicates identical").repair).toMatchObject({ rows: 2, users: 1 });
    const dropped = await ask(crossed(200, 3), { user: "user", severalArms: "drop" });
    expect([dropped.grade, checkOf(dropped, "--several-arms drop").passed]).toEqual(["B", false]);
    const worded = await ask([...ROWS, "g,none,1,NA"], { empty: ["NA"], missing: "zero" });
    expect(checkOf(worded, "--empty NA").repair).toMatchObject({ rows: 1 });
    expect(renderHtmlPage(verdictReport(worded))).toContain(
      "repaired, as asked: repair (--empty NA)",
    );
  });

  it("needs the user's column for what is about users", async () => {
    await expect(ask(ROWS, { duplicates: "sum" })).rejects.toThrow(
      "--duplicates sum needs --user: the column that says whose a row is",
    );
    await expect(ask(ROWS, { severalArms: "drop" })).rejects.toThrow(/^--several-arms drop needs/);
  });
});

describe("outcomes of a campaign", () => {
  const START = DEFINITION.startsAtMs;
  const DAY = 86_400_000;

  /** @param early users of each arm, the held-out first, whose row is of before they came */
  async function campaign(users: number, early: readonly [number, number], more: string[] = []) {
    const journal = new Journal();
    const rows = ["user,kept,spend,at"];
    for (let i = 0; i < users; i++) {
      const arm = i % 2;
      journal.assign(`u${i}`, arm, START + DAY);
      const isEarly = Math.floor(i / 2) < early[arm]!;
      rows.push(`u${i},${i % 3 === 0 ? 1 : 0},${i % 7},${START + (isEarly ? 0 : 2 * DAY)}`);
    }
    const file = await folder.lines([...rows, ...more]);
    const events = await folder.events(journal);
    return (outcomes: object = {}) => ({
      plan: { metrics: [KEPT, SPEND] },
      sources: { events, outcomes: { file, user: "user", at: "at", ...outcomes } },
    });
  }

  it("that precede the assignment are told with the option that leaves users out", async () => {
    const text = await campaign(1000, [10, 12]);
    const kept = await folder.prove(text());
    expect([kept.grade, kept.studies[0]!.users]).toEqual(["B", 1000]);
    expect(verdictText(kept).replace(/\s+/g, " ")).toContain("early: drop leaves them out");
    const dropped = await folder.prove(text({ early: "drop" }));
    expect([dropped.grade, dropped.studies[0]!.users]).toEqual(["A", 978]);
    const check = checkOf(dropped, "early: drop");
    expect(check).toMatchObject({ passed: true, repair: { rows: 22, users: 22 } });
    expect(check.detail).toMatch(
      /^22 users seen before they were assigned left out: holdout 10 of 500 .*card 12 of 500/,
    );
    // The journal's users are all of them, whatever is known of their outcomes.
    expect(dropped.money.map(({ users }) => users)).toEqual([500, 500]);
  });

  it("cost the grade where one arm has more of such users", async () => {
    const text = await campaign(1000, [2, 30]);
    const verdict = await folder.prove(text({ early: "drop" }));
    expect(checkOf(verdict, "early: drop").passed).toBe(false);
    expect(verdict.grade).toBe("B");
  });

  it("that are early can be told only by when", async () => {
    const text = (await campaign(10, [0, 0]))({ early: "drop", at: undefined });
    expect(await folder.refusal(text)).toMatch(/sources\.outcomes\.early: expected sources\.outco/);
  });

  it("may stand in several rows, of which the earliest is when they were seen", async () => {
    const again = [`u2,1,10,${START}`, `u3,1,0.5,${START + 3 * DAY}`];
    const text = await campaign(40, [0, 0], again);
    expect(await folder.refusal(text())).toMatch(
      /line 42, column "user": expected each user once \(or duplicates: identical, or dup.* \(2 r/,
    );
    expect(await folder.refusal(text({ duplicates: "identical" }))).toMatch(
      /agree in "kept", "spend", "at" \(duplicates: identical takes/,
    );
    const verdict = await folder.prove(text({ duplicates: "sum" }));
    const [a, b] = [0, 1].map((arm) =>
      Array.from({ length: 20 }, (_, i) => (2 * i + arm) % 7).reduce((sum, x) => sum + x, 0),
    );
    expect(means(verdict, "spend")).toEqual([(a! + 10) / 20, (b! + 0.5) / 20]);
    const order = verdict.studies[0]!.health.find(({ name }) => name.startsWith("outcomes after"));
    expect(order!.detail).toContain("1 users with outcomes from before");
  });

  it("may be the same row twice, also under two spellings of a pseudonym", async () => {
    const text = await campaign(40, [0, 0], [`u2,0,2,${START + 2 * DAY}`]);
    const verdict = await folder.prove(text({ duplicates: "identical" }));
    expect(checkOf(verdict, "duplicates: identical").repair).toMatchObject({ rows: 2, users: 1 });
  });

  it("with empty cells are zero where that is asked, and counted", async () => {
    const text = await campaign(40, [0, 0]);
    const { sources, plan } = text();
    const { readFile } = await import("node:fs/promises");
    const lines = (await readFile(sources.outcomes.file, "utf8")).trim().split("\n");
    const holed = [...lines.slice(0, -2).map((line) => line.replace(/^(u[46],\d),\d/, "$1,NA"))];
    const file = await folder.lines(holed);
    const ask = (more: object) => ({
      plan,
      sources: { ...sources, outcomes: { ...sources.outcomes, file, ...more } },
    });
    expect(await folder.refusal(ask({ empty: ["NA"] }))).toMatch(
      /line 6, column "spend": .* a number \(or missing: zero\), found an empty cell \(2 rows/,
    );
    const verdict = await folder.prove(ask({ empty: ["NA"], missing: "zero" }));
    const told = verdict.studies[0]!.health.filter(({ repair }) => repair !== undefined);
    expect(told.map(({ detail }) => detail)).toEqual([
      "cells of 2 rows taken for empty ones",
      expect.stringMatching(/^empty numbers of 2 users taken for 0: holdout 2 of 20 .*card 0/),
      expect.stringMatching(/^2 users without a row counted as zero: holdout 1 of 20 .*card 1 of/),
    ]);
    const sum = Array.from({ length: 19 }, (_, i) => (2 * i) % 7).reduce((all, x) => all + x, 0);
    expect(means(verdict, "spend")[0]).toBe((sum - 4 - 6) / 20);
  });
});
