// Slips in a value.yaml that its shape allows: units, signs, periods, currencies, lists. Each is
// told with file, line and what to write; beside each a neighbour that is right passes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import { value as valueVerb } from "../src/cli/value/value.ts";
import type { VerbCall } from "../src/cli/verb.ts";
import { campaignNameOf } from "../src/plan/plan-file/index.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { valuationReport } from "../src/value/valuation-report.ts";
import { type ReadValue, readValue } from "../src/value/value-file/index.ts";
import { verdictFixture } from "./value-verdict.fixture.ts";

const BASE = `title: a small company
from:
  verdict: verdict.json
  starts: 2026-02-06
  discount: { value: 10 %, range: [8 %, 14 %], source: press }
currency: CNY
amounts: million
tax: { value: 25 %, source: law }
shares: { value: 100, source: register }
accounting:
  rewards: { salesAndMarketing: 50 %, contraRevenue: 50 %, costOfRevenue: 0 % }
  source: notes
quarter:
  title: March quarter
  from: 2026-01-01
  to: 2026-03-31
  revenue: { value: 900, growth: 3 %, source: results }
  operatingIncome: { value: -8, yearBefore: 20, source: results }
  ebita: { value: 50, yearBefore: 90, source: results }
years:
  - { id: FY2026, from: 2025-04-01, to: 2026-03-31, profit: { value: -90, source: broker } }
lifetime: { months: 60, source: a guess }
parts:
  - id: shop
    measure: EBITA
    figure: { value: 300, source: results }
    growth: { value: 35 %, source: press }
    multiple: { value: 11, range: [10, 15], source: broker }
netCash: { value: -300, source: results }
moves: { users: { line: shop, multiple: { value: 12, source: broker } }, spend: { line: net cash } }
listing:
  currency: HKD
  day: 2026-02-04
  rate: { value: 1.113, source: bank }
  price: { value: 15.5, source: exchange }
  move: { value: -2.9 %, source: press }
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "value-bounds-"));
  writeFileSync(join(folder, "verdict.json"), JSON.stringify(verdictFixture()));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Change = readonly [from: string | RegExp, to: string];
const write = (changes: readonly Change[]): string => {
  let text = BASE;
  for (const [from, to] of changes) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  const file = join(folder, "value.yaml");
  writeFileSync(file, text);
  return file;
};
const read = async (...changes: Change[]): Promise<ReadValue> => {
  const { source } = await openValue(write(changes));
  return readValue(source.value, source.problem);
};

describe("a number of another kind than its place", () => {
  test("control: as it stands, the file is read", async () => {
    expect((await read()).question.title).toBe("a small company");
  });

  const price = "price: { value: 15.5";
  const rate = "rate: { value: 1.113";
  const move = "move: { value: -2.9 %";
  const growth = "growth: { value: 35 %";
  const multiple = "multiple: { value: 11, range: [10, 15]";
  const discount = "value: 10 %, range: [8 %, 14 %]";
  const cases: [name: string, change: Change, message: RegExp][] = [
    ["price 0", [price, "price: { value: 0"], /listing.price.value: expected a price above 0, f/],
    ["a price below 0", [price, "price: { value: -154"], /expected a price above 0, found -154/],
    ["a price in per cent", [price, "price: { value: 15 %"], /found 15 %, which is a per cent/],
    ["rate 0", [rate, "rate: { value: 0"], /listing.rate.value: expected an exchange rate above 0/],
    [
      "a move without %",
      [move, "move: { value: -2.9"],
      /"-2.9 %".*found -2.9 \(did you mean -2.9 %\?/,
    ],
    ["a rise without %", [move, "move: { value: 2.9"], /found 2.9 \(did you mean 2.9 %\?\)/],
    ["a fall to below nothing", [move, "move: { value: -200 %"], /expected a move .*above -100 %/],
    ["growth without %", [growth, "growth: { value: 35"], /parts.0.growth.value: .*mean 35 %\?/],
    ["a growth that may be 1 %", [growth, "growth: { value: 1"], /found 1 \(did you mean 1 %\?\)/],
    ["growth to below nothing", [growth, "growth: { value: -300 %"], /above -100 %, found -300 %/],
    [
      "a multiple below 0",
      [multiple, "multiple: { value: -11"],
      /a multiple of 0 to 1000, found -11/,
    ],
    [
      "a multiple's range below 0",
      [multiple, "multiple: { value: 11, range: [-10, 15]"],
      /parts.0.multiple.range.0: expected a multiple of 0 to 1000, found -10/,
    ],
    ["discount without %", [discount, "value: 10"], /from.discount.value: .*mean 10 %\?/],
    ["discount below 0", [discount, "value: -10 %"], /a discount such as "10 %"/],
    [
      "revenue below 0",
      ["value: 900", "value: -900"],
      /quarter.revenue.value: .*above 0.*found -900/,
    ],
    ["revenue in per cent", ["value: 900", "value: 90 %"], /found 90 %, which is a per cent/],
    [
      "a year earlier in per cent",
      ["yearBefore: 20", "yearBefore: 20 %"],
      /yearBefore: expected an/,
    ],
    ["net cash of all money", ["value: -300", "value: 1e308"], /netCash.value: expected an amount/],
    [
      "EBITA that no bridge holds",
      ["ebita: { value: 50, yearBefore: 90", "ebita: { value: 1e12, yearBefore: 90"],
      /quarter.ebita.value: .*so that the bridge is exact, found 1000000000000/,
    ],
    ["a scale of all mankind", ["  starts:", "  scale: 1e12\n  starts:"], /from.scale: expected/],
    ["shares below 0", ["shares: { value: 100", "shares: { value: -1"], /shares above 0/],
    [
      "more shares than there are",
      ["shares: { value: 100", "shares: { value: 1e8"],
      /at most 10,000,000/,
    ],
  ];
  test.each(cases)("%s is refused where it stands", async (_, change, message) => {
    await expect(read(change)).rejects.toThrow(message);
    await expect(read(change)).rejects.toThrow(/value\.yaml, line \d+, column \d+: /);
  });

  test("neighbours that are right pass", async () => {
    const { question } = await read(
      [move, "move: { value: -0.029"],
      [growth, "growth: { value: 120 %"],
      [multiple, "multiple: { value: 0"],
      ["value: -8, yearBefore: 20", "value: not found"],
    );
    expect(question.listing!.move.value).toBe(-0.029);
    expect(question.parts[0]!.growth!.value).toBe(1.2);
  });
});

describe("periods, days and currencies", () => {
  const cases: [name: string, changes: Change[], message: RegExp][] = [
    [
      "a quarter of two years",
      [["from: 2026-01-01", "from: 2024-04-01"]],
      /quarter.to: expected a quarter of 80 to 100 days, found 730 days, 2024-04-01 to 2026-03-31/,
    ],
    [
      "a fiscal year of a quarter",
      [["from: 2025-04-01", "from: 2026-01-01"]],
      /years.0.to: expected a fiscal year of 350 to 380 days, found 90 days/,
    ],
    [
      "a listing's day in another decade",
      [["day: 2026-02-04", "day: 2031-02-04"]],
      /listing.day: expected a day within 550 days of the quarter, .*found 2031-02-04/,
    ],
    [
      "a rate from a currency to itself",
      [["currency: HKD", "currency: CNY"]],
      /listing.rate.value: expected 1 from CNY to itself, found 1.113 \(is listing.currency right/,
    ],
  ];
  test.each(cases)("%s: refused", async (_, changes, message) => {
    await expect(read(...changes)).rejects.toThrow(message);
  });

  test("quarters of 13 weeks and years of 53 pass; a listing at home has the rate 1", async () => {
    const { question, figures } = await read(
      ["from: 2026-01-01\n  to: 2026-03-31", "from: 2025-12-29\n  to: 2026-03-29"],
      ["from: 2025-04-01, to: 2026-03-31", "from: 2025-03-31, to: 2026-04-05"],
      ["currency: HKD", "currency: CNY"],
      ["rate: { value: 1.113", "rate: { value: 1"],
    );
    expect(question.quarter.period.toDay - question.quarter.period.fromDay).toBe(91);
    expect(figures.entries.map(({ unit }) => unit)).toContain("CNY for 1 CNY");
  });

  test("the rate says which is for one of which", async () => {
    const { figures } = await read();
    expect(figures.entries.find(({ id }) => id === "listing.rate")!.unit).toBe("HKD for 1 CNY");
  });
});

describe("lists, levels and units", () => {
  const sensitivity = (list: string): Change => [
    "moves:",
    `sensitivity: { users: ${list} }\nmoves:`,
  ];

  test("factors always hold 1, in order; twice the same is refused", async () => {
    expect((await read(sensitivity("[2, 0.5]"))).question.factors.users).toEqual([0.5, 1, 2]);
    await expect(read(sensitivity("[1, 2, 1]"))).rejects.toThrow(
      /sensitivity.users.2: expected each factor once, found 1 twice/,
    );
    await expect(read(sensitivity("[2, 3, 4, 5, 6, 7, 8, 9, 10]"))).rejects.toThrow(
      /sensitivity.users: expected at most 8 factors beside 1, found 9/,
    );
  });

  test("the report frames its own assumptions in every table", async () => {
    const valuation = await valuationOfFile(await openValue(write([sensitivity("[0.5, 2]")])));
    const [table] = valuation.sensitivity;
    expect(table!.across.values[table!.across.ownIndex]).toBeCloseTo(
      valuation.campaign.kept.estimate,
      -1,
    );
  });

  test("a level of 99.9 % is allowed, as it says; 99.95 % is not", async () => {
    const level = (share: string): Change => ["currency: CNY", `currency: CNY\nlevel: ${share}`];
    expect((await read(level("99.9 %"))).question.level).toBe(0.999);
    await expect(read(level("99.95 %"))).rejects.toThrow(/expected 50 to 99.9 %, found 99.95 %/);
  });

  test("without segments no line is needed, and the report says why there is no sum", async () => {
    const none: Change[] = [
      [/parts:\n(?: {2}.*\n)+/, ""],
      ["users: { line: shop, multiple", "users: { multiple"],
    ];
    const valuation = await valuationOfFile(await openValue(write(none)));
    expect(valuation.company).toBeNull();
    const report = renderTextReport(valuationReport(valuation)).replace(/\s+/g, " ");
    expect(report).toContain("no segments were given");
    expect(report).not.toMatch(/NaN|undefined/);
    await expect(read(none[1]!)).rejects.toThrow(/moves.users: expected a line: one of shop, net/);
  });

  test("amounts in too small a unit make the campaign dearer than the company", async () => {
    const valued = async (...changes: Change[]) => valuationOfFile(await openValue(write(changes)));
    await expect(valued(["amounts: million", "amounts: one"])).rejects.toThrow(
      /amounts: expected a campaign that cost less than a year's revenue, found .* one CNY beside/,
    );
    expect((await valued()).currency).toBe("CNY");
  });
});

describe("a day that was published and studied", () => {
  const days = Array.from({ length: 80 }, (_, i) => {
    const market = 0.01 * Math.sin(1.3 * i) - (i === 60 ? 0.02 : 0);
    const share = 1.1 * market + 0.003 * Math.cos(2.1 * i * i) - (i === 60 ? 0.01 : 0);
    const day = new Date(Date.UTC(2025, 11, 6) + i * 86_400_000).toISOString().slice(0, 10);
    return `${day},${share},${market}`;
  });
  const said = async (day: string): Promise<string> => {
    writeFileSync(join(folder, "p.csv"), ["date,ali,hsi", ...days].join("\n"));
    const event =
      "event: { prices: p.csv, kind: returns, security: ali, market: hsi, estimation: 40, " +
      `gap: 5, day: ${day} }\nlisting:`;
    const valuation = await valuationOfFile(await openValue(write([["listing:", event]])));
    return renderTextReport(valuationReport(valuation)).replace(/\s+/g, " ");
  };

  test("says how much of the move was the share's own; of another day, nothing", async () => {
    expect(days[60]).toMatch(/^2026-02-04,/);
    expect(await said("2026-02-04")).toMatch(
      /Of −2\.90 % on 2026-02-04 the event study below lays −\d\.\d+ % \(t = −\d+\.\d+\) to ali/,
    );
    expect(await said("2026-02-12")).not.toContain("the event study below lays");
  });
});

describe("a page", () => {
  const EXAMPLE = resolve(import.meta.dirname, "../examples/qwen-2026");
  const call = (flags: Record<string, unknown>): VerbCall =>
    ({ args: [folder], flags, json: true, terminal: { json: () => {} } }) as unknown as VerbCall;

  test("is never written over what it is made of, nor what a flag took the place of", async () => {
    write([]);
    const plan = join(folder, "plan.yaml");
    const published = join(folder, "published.yaml");
    const campaign = campaignNameOf(readFileSync(join(EXAMPLE, "plan.yaml"), "utf8"));
    for (const name of ["plan.yaml", "published.yaml", campaign]) {
      writeFileSync(join(folder, name), readFileSync(join(EXAMPLE, name)));
    }
    const refused = async (name: string, flags: Record<string, string>): Promise<void> => {
      const html = join(folder, name);
      const before = readFileSync(html, "utf8");
      await expect(valueVerb(call({ ...flags, html }))).rejects.toThrow(/which is read/);
      expect(readFileSync(html, "utf8")).toBe(before);
    };
    for (const name of ["value.yaml", "verdict.json", "plan.yaml", campaign]) {
      await refused(name, { plan });
      await refused(name, { published });
    }
    await refused("published.yaml", { published });
    write([[/from:\n(?: {2}.*\n)+/, "from: { published: . }\n"]]);
    await refused("published.yaml", { plan });
    await refused(campaign, {});
    write([[/from:\n(?: {2}.*\n)+/, "from: { plan: plan.yaml }\n"]]);
    await refused("plan.yaml", { published });
    await refused(campaign, {});
  });

  test("control: it is written beside them", async () => {
    write([]);
    const html = join(folder, "page.html");
    await valueVerb(call({ html }));
    expect(readFileSync(html, "utf8")).toContain("<html");
  });
});
