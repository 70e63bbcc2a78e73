// Files of every kind and of every wickedness: the same verdict from all that say the same, and a
// plain sentence naming the place for all that say nothing.
import { readFile, stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Verdict, verdictReport } from "../src/prove/index.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";
import {
  DEFINITION,
  Journal,
  KEPT,
  type ProjectText,
  ProveFolder,
  type ProveMore,
  pseudonym,
} from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const SPEND = { id: "spend", kind: "mean", column: "spend" };
const PLAN = { metrics: [KEPT, SPEND] };

/** Both files of a campaign as SQL: users, and 20 visits of each. */
const USERS = 600;
const USERS_SQL = `SELECT 'user-' || i AS "user", (i * 7) % 10 < 3 + i % 2 AS kept_text,
  CAST((i * 7) % 10 < 3 + i % 2 AS INTEGER) AS kept, (i * 13) % 100 / 8 AS spend,
  CASE WHEN i % 3 = 0 THEN 'ios' ELSE 'android' END AS platform
FROM range(${USERS}) t(i)`;
const VISITS_SQL = `SELECT 'user-' || (i % ${USERS}) AS "user", (i * 31) % 977 / 4 AS paid,
  ${DEFINITION.startsAtMs} + CAST((i * 7919) % 40 AS BIGINT) * 86400000 AS "at"
FROM range(${20 * USERS}) t(i)`;

function journalled(): Journal {
  const journal = new Journal();
  for (let i = 0; i < USERS; i++) {
    const [user, arm] = [`user-${i}`, i % 2];
    journal.assign(user, arm);
    if (arm === 0) continue;
    journal.emit("granted", user, { arm, grant: i, amountMinor: 300 + (i % 5) });
    journal.emit("redeemed", user, { grant: i, redemption: 0, amountMinor: 300, restMinor: i % 5 });
  }
  return journal;
}

const PLAN_OF_ALL = {
  metrics: [
    KEPT,
    SPEND,
    { id: "paid", kind: "mean", log: "visits", value: "paid", days: [0, 29], clamp: [0, 2000] },
  ],
  segments: ["platform"],
  stratify: "platform",
  retention: { log: "visits", period: "5d", periods: 6 },
  payback: { margin: 2, within: 4, discount: "10 %" },
  worth: { margin: 5 },
};

const bytesOf = (verdict: Verdict): string =>
  JSON.stringify(verdict).replaceAll(/"source":"[^"]*"/g, "") +
  renderHtmlPage(verdictReport(verdict)).replaceAll(/events-\d+\.\w+/g, "");

describe("the same rows", () => {
  const csvOf = async (sql: string): Promise<string> => {
    const path = folder.path("csv");
    const { withWarehouse } = await import("../src/prove/index.ts");
    await withWarehouse({}, (warehouse) => warehouse.run(`COPY (${sql}) TO '${path}' (HEADER)`));
    return path;
  };

  let csv: { events: string; users: string; visits: string };
  let expected: string;
  const textOf = (events: string, users: object, visits: object): ProjectText => ({
    plan: PLAN_OF_ALL,
    sources: {
      events,
      outcomes: { user: "user", ...users },
      logs: { visits: { user: "user", at: "at", ...visits } },
    },
  });
  const proveCsv = (more: ProveMore = {}): Promise<Verdict> =>
    folder.prove(textOf(csv.events, { file: csv.users }, { file: csv.visits }), {
      draws: 200,
      ...more,
    });

  beforeAll(async () => {
    const events = await folder.events(journalled(), "csv");
    csv = { events, users: await csvOf(USERS_SQL), visits: await csvOf(VISITS_SQL) };
    expected = bytesOf(await proveCsv());
  });

  it("give the same bytes of JSON and HTML twice, and whatever the threads", async () => {
    expect(bytesOf(await proveCsv())).toBe(expected);
    for (const threads of [1, 2]) {
      const more = { warehouse: { threads }, workers: threads };
      expect(bytesOf(await proveCsv(more))).toBe(expected);
    }
    expect(bytesOf(await proveCsv({ seed: 2 }))).not.toBe(expected);
    expect(expected).not.toMatch(/NaN|Infinity/);
  });

  it("give the same bytes as CSV, Parquet and DuckDB", async () => {
    const events = await folder.events(journalled());
    const parquet = [
      { file: await folder.parquet(USERS_SQL) },
      { file: await folder.parquet(VISITS_SQL) },
    ] as const;
    const both = await folder.duckdb({ users: USERS_SQL, visits: VISITS_SQL });
    const alone = await folder.duckdb({ anything: USERS_SQL });
    const sources = [
      parquet,
      [
        { file: both, table: "users" },
        { file: both, table: "visits" },
      ],
      [{ file: alone }, { file: both, table: "visits" }],
    ] as const;
    for (const [users, visits] of sources) {
      const verdict = await folder.prove(textOf(events, users, visits), { draws: 200 });
      expect(bytesOf(verdict)).toBe(expected);
    }
  });

  it("of a DuckDB file need the name of one of its tables, if it has several", async () => {
    const several = await folder.duckdb({ users: USERS_SQL, visits: VISITS_SQL });
    const ask = (users: object): Promise<string> =>
      folder.refusal(textOf(csv.events, users, { file: csv.visits }));
    expect(await ask({ file: several })).toBe(
      'FILE.duckdb: expected the name of one of its tables, found "users", "visits"',
    );
    expect(await ask({ file: several, table: "user" })).toMatch(/expected a table "user", found/);
    expect(await ask({ file: csv.users, table: "users" })).toMatch(
      /expected a \.duckdb file, since/,
    );
    const fake = await folder.write("no database", "duckdb");
    expect(await ask({ file: fake })).toMatch(
      /FILE\.duckdb: cannot be read as a DuckDB file, which its name/,
    );
  });
});

describe("a table", () => {
  const ask = (file: string, more: Record<string, unknown> = {}): ProjectText => ({
    plan: PLAN,
    sources: { table: { file, user: "user", arm: "arm", control: "none", ...more } },
  });
  const refusal = async (file: string, more: Record<string, unknown> = {}): Promise<string> =>
    folder.refusal(ask(file, more));
  const GOOD = ["user,arm,kept,spend", "a,none,0,0", "b,none,1,2.5", "c,card,0,1", "d,card,1,3"];
  const changed = (line: number, text: string): Promise<string> =>
    folder.lines(GOOD.map((each, i) => (i + 1 === line ? text : each)));

  it.each([
    ["an underscore", "b,none,1,1_000", /line 3, column "spend": expected a finite.*"1_000"/],
    [
      "a huge number",
      "b,none,1,1e300",
      /line 3, column "spend": expected a number of at most 1e\+?100/,
    ],
    ["more than a double", "b,none,1,1e400", /line 3, column "spend": expected a finite number/],
    [
      "infinity",
      "b,none,1,inf",
      /line 3, column "spend": expected a finite number .*, found "inf"/,
    ],
    ["a decimal comma", 'b,none,1,"2,5"', /line 3, column "spend".*found "2,5"/],
    ["a long cell", `b,none,1,${"x".repeat(999)}`, /found "x{80}…"/],
  ])("is refused with %s", async (_, line, expected) => {
    expect(await refusal(await changed(3, line))).toMatch(expected);
  });

  it("is refused where arms are missing, or too many", async () => {
    expect(await refusal(await folder.lines(GOOD.slice(0, 3)))).toMatch(
      /column "arm": expected another arm beside the control, found "none" only/,
    );
    const million = "SELECT i AS \"user\", 'arm-' || i AS arm, 0 AS kept, 1.5 AS spend";
    const file = await folder.parquet(`${million} FROM range(1000000) t(i)`);
    expect(await refusal(file)).toBe(
      'FILE.parquet, column "arm": expected at most 50 arms, found 1,000,000 values',
    );
  });

  it("is refused where users are there twice, with the number of rows", async () => {
    const twice = await folder.lines([...GOOD, "d,card,1,3", "c,card,0,1"]);
    expect(await refusal(twice)).toMatch(
      /line 6, column "user": expected each user once \(or .*\), found "d" \(2 rows in all\)/,
    );
  });

  it("says a metric without variance in words", async () => {
    const same = GOOD.map((line, i) => (i === 0 ? line : line.replace(/[\d.]+$/, "5")));
    const verdict = await folder.prove(ask(await folder.lines(same)));
    const spend = verdict.studies[0]!.effects.find(({ metric }) => metric.id === "spend");
    expect(spend).toMatchObject({ absolute: null, note: expect.stringMatching(/same value/) });
    expect(bytesOf(verdict)).not.toMatch(/NaN|Infinity/);
  });

  it("weighs an arm of several values by all of their shares", async () => {
    const lines = ["user,arm,kept,spend"];
    const values = ["none", "red", "blue", "red", "blue"];
    for (let i = 0; i < 1000; i++)
      lines.push(`u${i},${values[i % 5]},${i % 3 === 0 ? 1 : 0},${i % 7}`);
    const verdict = await folder.prove(
      ask(await folder.lines(lines), {
        arms: { red: "card", blue: "card" },
        shares: { none: "20 %", red: "40 %", blue: "40 %" },
      }),
    );
    expect(verdict.studies[0]!.arms).toEqual([
      { id: "none", n: 200 },
      { id: "card", n: 800 },
    ]);
    expect(verdict.grade).toBe("A");
  });
});

describe("a campaign's files", () => {
  const EVENTS = new Journal();
  for (let i = 0; i < 8; i++) EVENTS.assign(`u${i}`, i % 2);
  const LINES = ["user,kept", ...Array.from({ length: 8 }, (_, i) => `u${i},${i < 3 ? 1 : 0}`)];

  async function refusal(outcomes: string, more: ProveMore = {}): Promise<string> {
    const sources = {
      events: await folder.events(EVENTS),
      outcomes: { file: outcomes, user: "user" },
      users: more.areNamed === false ? "pseudonyms" : "ids",
    };
    return folder.refusal({ plan: { metrics: [KEPT] }, sources }, more);
  }

  it("are refused with ids that nobody has", async () => {
    const long = await folder.lines([...LINES, `${"x".repeat(129)},1`]);
    expect(await refusal(long)).toMatch(
      /line 10, column "user": expected a user's id of at most 128/,
    );
    expect(await refusal(await folder.lines([...LINES, ",1"]))).toMatch(/line 10.*a user's id/);
    const numbers = await folder.parquet('SELECT 1.0::DOUBLE AS "user", 1 AS kept');
    expect(await refusal(numbers)).toMatch(
      /expected ids as text or whole numbers, found a column of/,
    );
  });

  it("are refused with pseudonyms that are none, or the same twice in two spellings", async () => {
    const areNamed = false;
    expect(await refusal(await folder.lines(LINES), { areNamed })).toMatch(
      /line 2, column "user": expected a pseudonym of 32 hex digits, found "u0" \(8 rows in all\)/,
    );
    const own = LINES.map((line) => line.replace(/^u\d/, (user) => pseudonym(user)));
    const twice = await folder.lines([...own, `${pseudonym("u3").toUpperCase()},1`]);
    expect(await refusal(twice, { areNamed })).toMatch(
      /line 10, column "user": expected each user once/,
    );
  });

  it("are refused with events that no journal wrote, by their place", async () => {
    const events = await folder.events(EVENTS, "csv");
    const text = (await readFile(events, "utf8")).replace(pseudonym("u4"), "u4");
    const sources = {
      events: await folder.write(text),
      outcomes: { file: await folder.lines(LINES), user: "user" },
    };
    expect(await folder.refusal({ plan: { metrics: [KEPT] }, sources })).toMatch(
      /csv, line 6, column "user": expected a pseudonym of 32 hex digits, found "u4"/,
    );
    const other = { ...DEFINITION, id: "autumn" };
    const good = { ...sources, events };
    expect(
      await folder.refusal({ plan: { metrics: [KEPT] }, sources: good }, { definition: other }),
    ).toMatch(/csv: no user was assigned in campaign "autumn"/);
  });

  it("are refused where they are empty", async () => {
    expect(await refusal(await folder.write(""))).toMatch(
      /line 1: expected a header line, found noth/,
    );
    expect(await refusal(await folder.lines(["user,kept"]))).toMatch(/has a header but no rows/);
  });
});

describe("counts in place of rows", () => {
  const arm =
    "{ n: 10, outcomes: { kept: { sum: 3, sumSquares: 3 }, spend: { sum: 3, sumSquares: 9 } } }";
  const COUNTS = `source: x\narms:\n  none: ${arm}\n  card: ${arm}\n`;

  it.each([
    [
      "a ratio",
      { metrics: [{ id: "each", kind: "ratio", above: "a", below: "b" }] },
      /a ratio \("each"\) needs the rows, not their sums/,
    ],
    [
      "a quantile",
      { metrics: [{ id: "p90", kind: "quantile", column: "a", at: 0.9 }] },
      /a quantile \("p90"\) needs the rows/,
    ],
    ["bounds", { metrics: [{ ...SPEND, clamp: [0, 1] }] }, /the clamp of "spend" needs the rows/],
    [
      "a number before",
      { metrics: [{ ...SPEND, before: "past" }] },
      /the number before of "spend"/,
    ],
    ["segments", { metrics: [KEPT], segments: ["city"] }, /the segment "city" needs the rows/],
  ])("cannot give %s", async (_, plan, expected) => {
    const counts = await folder.write(COUNTS, "yaml");
    const sources = { counts, table: { arm: "arm", control: "none" } };
    expect(await folder.refusal({ plan, sources })).toMatch(expected);
    await folder.prove({ plan: PLAN, sources });
  });
});

describe("damage and size", () => {
  const ROWS = `SELECT 'user-' || hash(i) AS "user", CASE WHEN i % 2 = 0 THEN 'none' ELSE 'card' END
  AS arm, CAST(hash(i) % 10 < 3 AS INTEGER) AS kept, 
  CAST(hash(i + 1) % 10007 AS DOUBLE) / 7 AS spend`;
  const text = (file: string): ProjectText => ({
    plan: PLAN,
    sources: { table: { file, user: "user", arm: "arm", control: "none" } },
  });

  it("of a Parquet file is told as the file's, wherever it is", async () => {
    const whole = await readFile(await folder.parquet(`${ROWS} FROM range(20000) t(i)`));
    const cut = Buffer.concat([whole.subarray(0, 20_000), whole.subarray(20_300)]);
    const flipped = (at: number): Buffer => {
      const bytes = Buffer.from(whole);
      for (let i = 0; i < 64; i++) bytes[at + i]! ^= 0xff;
      return bytes;
    };
    const files = [
      whole.subarray(0, whole.length / 2),
      cut,
      ...[4, 20, 1000, whole.length >> 1, whole.length - 300, whole.length - 70].map(flipped),
    ];
    for (const [i, bytes] of files.entries()) {
      const message = await folder.refusal(text(await folder.write(bytes, "parquet")));
      expect(message, `damage ${i}`).toMatch(/^FILE\.parquet[:,] /);
      expect(message).not.toContain("LINE 1");
    }
    const good = await folder.write(whole, "parquet");
    expect((await folder.prove(text(good))).studies[0]!.users).toBe(20_000);
  });

  it("beyond the memory that prove may use does no harm", async () => {
    const wide = "x".repeat(400);
    const lines = ["arm,kept,spend,said"];
    for (let i = 0; i < 270_000; i++) {
      lines.push(`${i % 2 ? "card" : "none"},${i % 3 === 0 ? 1 : 0},${i % 7},${wide}${i}`);
    }
    const file = await folder.lines(lines);
    const { size } = await stat(file);
    expect(size).toBeGreaterThan(110e6);
    const table = { file, arm: "arm", control: "none" };
    const warehouse = { memoryLimit: "96MB", threads: 1 };
    const verdict = await folder.prove({ plan: PLAN, sources: { table } }, { warehouse });
    expect(verdict.studies[0]!.users).toBe(270_000);
    const kept = verdict.studies[0]!.effects[0]!;
    // Multiples of 3 among the even and the odd numbers below 270,000.
    expect([kept.controlMean, kept.treatmentMean]).toEqual([1 / 3, 1 / 3]);
  });

  it("that leaves no room at all is said", async () => {
    const file = await folder.parquet(`${ROWS} FROM range(400000) t(i)`);
    const warehouse = { memoryLimit: "1MB" };
    await expect(folder.prove(text(file), { warehouse })).rejects.toMatchObject({
      code: "run_failed",
      message: expect.stringMatching(
        /^the sources need more than the 1MB of memory that prove may/,
      ),
    });
  });
});
