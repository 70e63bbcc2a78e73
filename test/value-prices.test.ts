// Price files as exports have them, read from the disk: dialects, rows that do not fit, jumps, gaps
// and days without trading. What cannot be read rightly is refused with its line.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPriceFile } from "../src/cli/value/price-file.ts";
import { dayNumber, dayText, weekday } from "../src/value/calendar-days.ts";
import { type EventQuestion, type EventReading, eventReading } from "../src/value/event-reading.ts";
import type { ShareSplit } from "../src/value/price-jumps.ts";
import { PRICE_ROWS_MOST, type PriceColumns } from "../src/value/price-rows.ts";
import { priceSeries } from "../src/value/price-series.ts";

type Row = readonly [day: string, share: number, market: number];

const HEADER = "date,ali,hsi";
/** Prices of trading days from 2025-09-01 on; the share falls by 5 % on the hundredth. */
const rows: Row[] = [];
for (let [day, share, market] = [dayNumber("2025-09-01")!, 160, 26_000]; rows.length < 130; day++) {
  if (weekday(day) > 5) continue;
  const i = rows.length;
  const move = 0.01 * Math.sin(1.3 * i);
  market *= 1 + move;
  share *= 1.001 + 1.2 * move + 0.004 * Math.cos(2.1 * i * i) - (i === 100 ? 0.05 : 0);
  rows.push([dayText(day), Number(share.toFixed(2)), Number(market.toFixed(2))]);
}
const NEWS = rows[100]![0];
const question: EventQuestion = {
  ...{ security: "ali", market: "hsi", day: NEWS, window: [-1, 1] },
  ...{ estimationDays: 60, gapDays: 5, level: 0.95 },
};
const prices: PriceColumns = { date: "date", security: "ali", market: "hsi", kind: "prices" };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "value-prices-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const text = (line: (row: Row) => string = (row) => row.join(","), header = HEADER): string =>
  [header, ...rows.map(line)].join("\n");
/** The rows with one of them exchanged; none where `to` is null. */
const exchanged = (day: string, to: (row: Row) => Row | null): string => {
  const kept = rows.map((row) => (row[0] === day ? to(row) : row)).filter((row) => row !== null);
  return [HEADER, ...kept.map((row) => row.join(","))].join("\n");
};
/** The share's price from a day on, times a factor. */
const timesFrom = (day: string, factor: number): string =>
  text(([at, share, market]) => `${at},${at >= day ? share * factor : share},${market}`);

interface Asked {
  columns?: Partial<PriceColumns>;
  splits?: ShareSplit[];
  question?: Partial<EventQuestion>;
  confounders?: string[];
}
async function study(content: string | Buffer, asked: Asked = {}): Promise<EventReading> {
  const file = join(folder, "p.csv");
  writeFileSync(file, content);
  const columns = { ...prices, ...asked.columns };
  const series = priceSeries(await readPriceFile(file, columns), columns, asked.splits);
  const news = (asked.confounders ?? []).map((day) => ({ day, what: "news", source: "press" }));
  return eventReading(series, { ...question, ...asked.question }, news);
}

describe("the same prices", () => {
  const forms: [name: string, content: string | Buffer][] = [
    [
      "with quotes",
      text(([day, share, market]) => `"${day}","${share}","${market}"`, '"date","ali","hsi"'),
    ],
    ["with other columns", text((row) => `x,${row.join(",")},"1,5"`, `id,${HEADER},volume`)],
    ["with a byte-order mark and Windows' line ends", `\ufeff${text()}`.replaceAll("\n", "\r\n")],
    ["newest first", [HEADER, ...rows.map((row) => row.join(",")).reverse()].join("\n")],
  ];
  test.each(forms)("%s give the same study", async (_, content) => {
    const [own, other] = [await study(text()), await study(content)];
    expect(own.whole.t).toBeLessThan(-5);
    expect(own.notices).toEqual([]);
    expect(other.whole).toEqual(own.whole);
  });

  test("newest first is said", async () => {
    const { notices } = await study(forms[3]![1]);
    expect(notices).toEqual([expect.stringContaining("the newest day comes first")]);
  });
});

describe("a file that cannot be read rightly", () => {
  const thousands = (quote: string) =>
    text(
      ([day, share, market]) => `${day},${share},${quote}${market.toLocaleString("en")}${quote}`,
    );
  const cases: [name: string, content: string | Buffer, message: RegExp][] = [
    ["thousands", thousands(""), /p.csv, line 2: .*expected 3 cells, as the header has, found 4/],
    [
      "quoted thousands",
      thousands('"'),
      /line 2: hsi: .*found "2\d,.*a plain number such as 25919/,
    ],
    ["rows too short", text(([day, share]) => `${day},${share}`), /line 2: .*3 cells.*found 2/],
    [
      "semicolons",
      text((row) => row.join(";"), "date;ali;hsi"),
      /parted by commas, found semicolons/,
    ],
    ["tabs", text((row) => row.join("\t"), "date\tali\thsi"), /parted by commas, found tabs/],
    [
      "UTF-16",
      Buffer.from(`\ufeff${text()}`, "utf16le"),
      /text in UTF-16: save it as CSV in UTF-8/,
    ],
    ["other days", text((row) => row.join(",").replaceAll("-", "/")), /line 2: .*found "2025\/09/],
    ["another header", text(undefined, "Date,ali,hsi"), /expected a column "date", found "Date"/],
    ["no rows", HEADER, /has a header but no rows/],
    ["a day twice", exchanged(NEWS, (row) => [rows[99]![0], row[1], row[2]]), /line 102: .*twice/],
    ["a flat share", text(([day, , market]) => `${day},100,${market}`), /expected ali to move, fo/],
    ["a flat market", text(([day, share]) => `${day},${share},9`), /hsi to move.*lines \d+ to \d+/],
    [
      "one series twice",
      text(([day, , market]) => `${day},${market},${market}`),
      /same series twice/,
    ],
  ];
  test.each(cases)("%s: refused", async (_, content, message) => {
    await expect(study(content)).rejects.toThrow(message);
    await expect(study(content)).rejects.toMatchObject({ code: "invalid_file" });
  });

  test("lines are those of the file, blank ones and cells of two lines counted", async () => {
    const lines = text((row) => `${row.join(",")},x`, `${HEADER},note`).split("\n");
    lines[1] += '"\n"';
    lines[1] = lines[1]!.replace(',x"\n"', ',"x\ny"');
    lines.splice(2, 0, "");
    lines[5] = lines[5]!.replace(/,[\d.]+,/, ",0,");
    await expect(study(lines.join("\n"))).rejects.toThrow(/p.csv, line 7: ali: .*found "0"/);
  });

  test("of more rows than trading days is refused before it is taken apart", async () => {
    const row = `${rows[0]!.join(",")}\n`;
    await expect(study(`${HEADER}\n${row.repeat(PRICE_ROWS_MOST + 1)}`)).rejects.toThrow(
      /expected a row a trading day, at most 50000, found 50001/,
    );
  });

  test("of prices is no file of returns, nor is one of per cents", async () => {
    const columns = { kind: "returns" } as const;
    await expect(study(text(), { columns })).rejects.toThrow(
      /ali: expected returns such as -0.029/,
    );
    const halves = text(([day]) => `${day},0.${Number(day.slice(-2)) + 30},-0.4`);
    await expect(study(halves, { columns })).rejects.toThrow(/per cents have to be divided by 100/);
    await expect(study(text(([day]) => `${day},-0.01,0.01`))).rejects.toThrow(/`kind: returns`/);
  });
});

describe("a jump", () => {
  const day = rows[40]![0];

  test("like a split is refused with both ways out, and each of them works", async () => {
    const half = timesFrom(day, 0.5);
    await expect(study(half)).rejects.toThrow(
      /line 42: ali moved by a factor of 0.\d+ .*\(2 new shares for one\).*declare it.*`factor: 1`/,
    );
    const declared = await study(half, { splits: [{ day, factor: 2 }] });
    expect(declared.model.variance).toBeLessThan(1e-4);
    expect(declared.notices).toEqual([]);
    // A real fall by half stays what it is.
    const real = await study(half, { splits: [{ day, factor: 1 }] });
    expect(real.model.variance).toBeGreaterThan(1e-3);
  });

  test("of the market can be declared, too", async () => {
    const market = text(([at, share, index]) => `${at},${share},${at >= day ? index / 3 : index}`);
    await expect(study(market)).rejects.toThrow(/hsi moved .*`of: market`/);
    const splits = [{ day, factor: 3, of: "market" as const }];
    expect((await study(market, { splits })).whole.t).toBeLessThan(-5);
  });

  test("that its split makes larger was declared the wrong way round", async () => {
    const splits = [{ day, factor: 0.5 }];
    await expect(study(timesFrom(day, 0.5), { splits })).rejects.toThrow(/expected one near 2, as/);
    await expect(study(text(), { splits })).rejects.toThrow(
      /prices that are adjusted need no split/,
    );
    const sunday = [{ day: "2025-09-28", factor: 2 }];
    await expect(study(text(), { splits: sunday })).rejects.toThrow(
      /name the first day that trades/,
    );
  });

  test("that may be a bonus issue or a slip is told, those of the window first", async () => {
    const issue = await study(timesFrom(NEWS, 5 / 6));
    expect(issue.notices[0]).toMatch(/line 102: ali moved by −2\d\.\d % .*was it no split, bonus/);
    const slip = await study(exchanged(day, ([at, share, market]) => [at, share * 6, market]));
    expect(slip.notices).toEqual([
      expect.stringMatching(/line 42: ali moved by \d+\.\d % /),
      expect.stringMatching(/line 43: ali moved by −8\d\.\d % /),
    ]);
    const point = exchanged(day, ([at, share, market]) => [at, share * 100, market]);
    await expect(study(point)).rejects.toThrow(/or a slip of the decimal point/);
  });
});

describe("days without trading", () => {
  test("a missing event day is read on the next, which is said first, with the gap", async () => {
    const read = await study(exchanged(NEWS, () => null));
    expect(read.day).toBe(rows[101]![0]);
    expect(read.notices).toEqual([
      `The news of ${NEWS} is read on ${rows[101]![0]}: the file has no prices of both for the ` +
        "days between.",
      expect.stringContaining(`no row of 1 working day before it, ${NEWS} (a holiday, or a gap?)`),
    ]);
  });

  test("many gaps are cut short, but never those of the window", async () => {
    const odd = rows.filter((_, i) => i >= 100 || i % 3 !== 0).filter((_, i) => i !== 70);
    const content = [HEADER, ...odd.map((row) => row.join(","))].join("\n");
    const read = await study(content, { question: { estimationDays: 40 } });
    expect(read.notices.at(-1)).toMatch(/^… and \d+ more of the kind$/);
    expect(read.day).toBe(NEWS);
    expect(read.notices).toHaveLength(13);
    expect(read.notices[0]).toContain(`before it, ${rows[99]![0]} (a holiday, or a gap?)`);
  });

  test("a weekend's news is in the return of Monday, and a Friday's is not", async () => {
    const monday = rows.findIndex(([day], i) => i > 95 && weekday(dayNumber(day)!) === 1);
    const [friday, day] = [rows[monday - 1]![0], rows[monday]![0]];
    const saturday = dayText(dayNumber(friday)! + 1);
    const read = await study(text(), {
      ...{ question: { day, window: [0, 1] }, confounders: [friday, saturday, day] },
    });
    expect(read.confounders.map(({ isInWindow }) => isInWindow)).toEqual([false, true, true]);
    const moved = await study(text(), { question: { day: saturday } });
    expect(moved.notices).toEqual([`The news of ${saturday} is read on ${day}: a weekend.`]);
  });
});
