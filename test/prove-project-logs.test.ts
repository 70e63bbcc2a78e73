// Metrics from a log of what users did: numbers that were computed by hand, windows that end at
// local midnights, and every way in which a file says when.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DEFINITION,
  Journal,
  ProveFolder,
  type ProveMore,
  rowOf,
} from "./prove-project.fixture.ts";

/** The logs are small: they are complete although nobody was there on the last days. */
const UNTIL = "2026-12-31T00:00:00Z";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** Calendar days from one instant to another, by the zone's own dates: the oracle. */
function daysBetween(zone: string, fromMs: number, toMs: number): number {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
  return day(format.format(toMs)) - day(format.format(fromMs));
}

describe("a log, by hand", () => {
  // Two held-out users and two with a card, all of whom start at noon on 2 February in Shanghai.
  const start = Date.parse("2026-02-02T12:00:00+08:00");
  const at = (days: number): number => start + days * DAY_MS;
  const rows = [
    ["h1", -1, 5],
    ["h1", 0, 1],
    ["h1", 3, 10],
    ["h1", 8, 100],
    ["h2", 9, 7],
    ["c1", -3, 2],
    ["c1", -2, 4],
    ["c1", 1, 20],
    ["c1", 7, 0.5],
    ["c2", 2, 30],
    ["c2", 2, 30],
    ["stranger", 1, 999],
  ] as const;
  const metrics = [
    { id: "back", kind: "share", log: "orders", days: [1, 7] },
    { id: "orders", kind: "mean", log: "orders", days: [0, 7] },
    {
      id: "spent",
      kind: "mean",
      log: "orders",
      value: "amount",
      days: [0, 7],
      before: { days: 2 },
    },
  ];
  const lines = rows.map(([user, days, amount]) => `${user},${at(days)},${amount}`);
  const started = (users: readonly string[]): Journal => {
    const journal = new Journal();
    for (const user of users) journal.assign(user, user.startsWith("c") ? 1 : 0, start);
    return journal;
  };
  const plan = { metrics, retention: { log: "orders", period: "2d", periods: 4 } };

  const prove = async (more: readonly string[] = [], users = ["h1", "h2", "c1", "c2"]) => {
    const file = await folder.lines(["who,when,amount", ...lines, ...more]);
    const logs = { orders: { file, user: "who", at: "when" } };
    const sources = { events: await folder.events(started(users)), logs };
    return await folder.prove({ plan, sources }, { draws: 100 });
  };

  it("gives shares, rows, sums and the days before", async () => {
    const verdict = await prove();
    const { effects } = verdict.studies[0]!;
    const means = effects
      .filter(({ population }) => population === "assigned")
      .map(({ metric, controlMean, treatmentMean }) => [metric.id, controlMean, treatmentMean]);
    expect(means).toEqual([
      ["back", 1 / 2, 2 / 2], // h1 on day 3; c1 on days 1 and 7, c2 on day 2
      ["orders", 2 / 2, 4 / 2], // h1 days 0 and 3; c1 days 1 and 7, c2 day 2 twice
      ["spent", 11 / 2, 80.5 / 2],
    ]);
    const balance = verdict.studies[0]!.health.find(({ name }) => name.startsWith("balance"));
    // Days -2 and -1: h1 5, h2 0; c1 4 (its day -3 is too early), c2 0.
    expect(balance?.detail).toMatch(/^holdout 2\.5, card 2;/);
  });

  it("gives the share that was active in each period", async () => {
    const [study] = (await prove()).studies;
    const seen = study!.retention!.arms.map(({ arm, seen: shares }) => [
      arm,
      ...shares.map(({ estimate }) => estimate),
    ]);
    // Periods of days 0-1, 2-3, 4-5, 6-7.
    expect(seen).toEqual([
      ["holdout", 1 / 2, 1 / 2, 0, 0],
      ["card", 1 / 2, 1 / 2, 0, 1 / 2],
    ]);
  });

  it("counts users who are in no log as users without rows", async () => {
    const verdict = await prove([], ["h1", "h2", "h3", "h4", "c1", "c2"]);
    expect(rowOf(verdict, "orders").controlMean).toBe(2 / 4);
  });

  it("sums decimals to the same bytes, whatever order they come in", async () => {
    const small = Array.from({ length: 900 }, (_, i) => `c1,${at(1) + i},0.${100 + i}`);
    const [a, b] = [await prove(small), await prove(small.toReversed())];
    expect(JSON.stringify(a.studies[0]!.effects)).toBe(JSON.stringify(b.studies[0]!.effects));
    expect(rowOf(a, "spent").treatmentMean).toBeCloseTo((80.5 + 494.55) / 2, 9);
  });

  it("is refused with amounts that would not add up exactly", async () => {
    for (const amount of ["1e50", "-1e16"]) {
      const found = await folder.messageOf(prove([`c1,${at(1)},${amount}`]));
      expect(found).toMatch(/csv, line 14, column "amount": expected a number of at most 10+ in/);
    }
  });

  it("is refused when its currencies are mixed, with the number of rows", async () => {
    const money = lines.map((line, i) => `${line},${i % 4 === 3 ? "USD" : "CNY"}`);
    const file = await folder.lines(["who,when,amount,currency", ...money, `c1,${at(1)},1,`]);
    const logs = { orders: { file, user: "who", at: "when", currency: "currency" } };
    const sources = { events: await folder.events(started(["h1", "c1"])), logs };
    expect(await folder.refusal({ plan, sources })).toMatch(
      /line 5, column "currency": expected CNY in each row, .*found "USD" \(4 rows in all\)/,
    );
  });
});

describe("windows of days", () => {
  /**
   * Rows of each user that fall into a window. Every row's value is a power of two of its own, so
   * that the sum over four users says which rows were counted.
   */
  async function counted(
    zone: string,
    starts: readonly string[],
    rows: readonly string[],
    days: readonly [number, number],
  ): Promise<string[][]> {
    const journal = new Journal();
    const lines = ["user,at,value"];
    starts.forEach((start, user) => {
      journal.assign(`c${user}`, 1, Date.parse(start));
      rows.forEach((row, i) => {
        lines.push(`c${user},${Date.parse(row)},${2 ** (user * rows.length + i)}`);
      });
    });
    for (const held of ["h1", "h2"]) journal.assign(held, 0, Date.parse(starts[0]!));
    const logs = {
      acts: { file: await folder.lines(lines), user: "user", at: "at", until: UNTIL },
    };
    const metric = { id: "sum", kind: "mean", log: "acts", value: "value", days };
    const sources = { events: await folder.events(journal), logs };
    const plan = { timeZone: zone, metrics: [metric] };
    const sum = starts.length * rowOf(await folder.prove({ plan, sources }), "sum").treatmentMean;
    const bit = (user: number, i: number): number =>
      Math.floor(sum / 2 ** (user * rows.length + i)) % 2;
    return starts.map((_, user) => rows.filter((_row, i) => bit(user, i) === 1));
  }

  const CASES = [
    {
      // 8 March 2026 has 23 hours in New York: 2:00 is 3:00.
      zone: "America/New_York",
      starts: [
        "2026-03-06T23:59:00-05:00",
        "2026-03-07T00:00:00-05:00",
        "2026-03-08T23:59:00-04:00",
      ],
      rows: [
        "2026-03-06T23:59:59.999-05:00",
        "2026-03-07T00:00:00-05:00",
        "2026-03-07T23:59:59.999-05:00",
        "2026-03-08T00:00:00-05:00",
        "2026-03-08T03:00:00-04:00",
        "2026-03-08T23:59:59.999-04:00",
        "2026-03-09T00:00:00-04:00",
        "2026-03-09T23:59:59.999-04:00",
        "2026-03-10T00:00:00-04:00",
      ],
    },
    {
      // 25 October 2026 has 25 hours in Berlin: 2:30 comes twice.
      zone: "Europe/Berlin",
      starts: [
        "2026-10-24T23:59:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-25T23:59:00+01:00",
      ],
      rows: [
        "2026-10-24T23:59:59.999+02:00",
        "2026-10-25T00:00:00+02:00",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-25T23:30:00+01:00",
        "2026-10-26T00:00:00+01:00",
        "2026-10-26T23:59:59.999+01:00",
        "2026-10-27T00:00:00+01:00",
      ],
    },
    {
      // In Beirut 29 March 2026 begins at 1:00.
      zone: "Asia/Beirut",
      starts: ["2026-03-28T23:59:00+02:00", "2026-03-29T01:00:00+03:00"],
      rows: [
        "2026-03-28T23:59:59.999+02:00",
        "2026-03-29T01:00:00+03:00",
        "2026-03-29T23:59:59.999+03:00",
        "2026-03-30T00:00:00+03:00",
        "2026-03-30T23:59:59.999+03:00",
      ],
    },
  ] as const;

  it.each(CASES)("end at midnight in $zone, whatever hours a day has", async (each) => {
    const { zone, starts, rows } = each;
    const windows = [
      [0, 0],
      [1, 1],
      [1, 2],
      [2, 3],
    ] as const;
    for (const [first, last] of windows) {
      const expected = starts.map((start) =>
        rows.filter((row) => {
          const days = daysBetween(zone, Date.parse(start), Date.parse(row));
          return first <= days && days <= last;
        }),
      );
      expect(await counted(zone, starts, rows, [first, last])).toEqual(expected);
    }
  });

  it("of who starts at 23:59 have a day 0 of one minute to come, by hand", async () => {
    const [first, autumn] = [CASES[0], CASES[1]];
    // The day after 6 March is 7 March, and the day after that has 23 hours.
    const spring = await counted(first.zone, first.starts, first.rows, [1, 2]);
    expect(spring[0]).toEqual(first.rows.slice(1, 6));
    expect(spring[2]).toEqual(first.rows.slice(6, 9));
    // The 25 hours of 25 October are one day.
    const [late] = await counted(autumn.zone, autumn.starts, autumn.rows, [1, 1]);
    expect(late).toEqual(autumn.rows.slice(1, 5));
  });

  it("are the campaign's days where the plan names no zone", async () => {
    const journal = new Journal();
    // 23:30 in Shanghai: an hour later is the next day there, and the same in UTC.
    const start = Date.parse("2026-02-02T23:30:00+08:00");
    for (const [user, arm] of Object.entries({ h1: 0, h2: 0, c1: 1, c2: 1 })) {
      journal.assign(user, arm, start);
    }
    const file = await folder.lines(["user,at", `c1,${start + HOUR_MS}`]);
    const logs = { acts: { file, user: "user", at: "at", until: UNTIL } };
    const sources = { events: await folder.events(journal), logs };
    const metrics = [{ id: "next", kind: "share", log: "acts", days: [1, 1] }];
    const own = await folder.prove({ plan: { metrics }, sources });
    expect(rowOf(own, "next").treatmentMean).toBe(0.5);
    const utc = await folder.prove({ plan: { metrics, timeZone: "UTC" }, sources });
    expect(rowOf(utc, "next").treatmentMean).toBe(0);
  });

  it("of an audience begin at contact, not when it was imported", async () => {
    const journal = new Journal();
    const { startsAtMs } = DEFINITION;
    for (const [user, arm] of Object.entries({ h1: 0, h2: 0, c1: 1, c2: 1 })) {
      const atMs = startsAtMs - 20 * DAY_MS;
      journal.emit("assigned", user, { arm, atMs, audience: "lapsed", assignedBy: "audience" });
    }
    const file = await folder.lines(["user,at", `c1,${startsAtMs}`, `c2,${startsAtMs - DAY_MS}`]);
    const sources = {
      events: await folder.events(journal),
      logs: { acts: { file, user: "user", at: "at", until: UNTIL } },
    };
    const metrics = [{ id: "first", kind: "share", log: "acts", days: [0, 0] }];
    const audiences = [{ id: "lapsed", holdoutShare: 0.5, salt: "01" }];
    const definition = { ...DEFINITION, audiences };
    const verdict = await folder.prove({ plan: { metrics }, sources }, { definition });
    expect(rowOf(verdict, "first").treatmentMean).toBe(0.5);
  });
});

describe("times in a log", () => {
  // A user a column of clocks: rows just before and just after midnight in Shanghai.
  const START = Date.parse("2026-02-02T12:00:00+08:00");
  const ROWS = [
    ["h1", "2026-02-03T00:00:00.000"],
    ["h2", "2026-02-03T23:59:59.999"],
    ["c1", "2026-02-02T23:59:59.999"],
    ["c2", "2026-02-04T00:00:00.000"],
    ["c3", "2026-02-03T12:00:00.500"],
  ] as const;
  const ms = (local: string): number => Date.parse(`${local}+08:00`);
  const METRICS = [{ id: "next", kind: "share", log: "acts", days: [1, 1] }];

  async function sourcesOf(file: string, more: Record<string, unknown> = {}) {
    const journal = new Journal();
    for (const [user] of ROWS) journal.assign(user, user.startsWith("c") ? 1 : 0, START);
    const logs = { acts: { file, user: "user", at: "at", until: UNTIL, ...more } };
    return { plan: { metrics: METRICS }, sources: { events: await folder.events(journal), logs } };
  }

  async function effects(
    file: string,
    more: Record<string, unknown> = {},
    options: ProveMore = {},
  ) {
    const verdict = await folder.prove(await sourcesOf(file, more), options);
    return JSON.stringify(verdict.studies[0]!.effects);
  }

  const csv = (write: (local: string) => string): Promise<string> =>
    folder.lines(["user,at", ...ROWS.map(([user, local]) => `${user},${write(local)}`)]);

  const relation = (write: (local: string) => string): string =>
    `SELECT * FROM (VALUES ${ROWS.map(([user, at]) => `('${user}', ${write(at)})`).join(", ")}) ` +
    't("user", "at")';

  const zone = { zone: "Asia/Shanghai" };
  const local = (at: string): string => `TIMESTAMP '${at.replace("T", " ")}'`;

  it("mean the same however they are written", async () => {
    const expected = await effects(await csv((at) => String(ms(at))));
    const { studies } = await folder.prove(await sourcesOf(await csv((at) => String(ms(at)))));
    const [row] = studies[0]!.effects;
    expect([row!.controlMean, row!.treatmentMean]).toEqual([1, 1 / 3]);
    const utc = (at: string): string => new Date(ms(at)).toISOString();
    const files = [
      [await csv((at) => `${at}+08:00`), {}],
      [await csv((at) => `${at}+08`), {}],
      [await csv((at) => `${at.replace("T", " ")}+0800`), {}],
      [await csv(utc), {}],
      [await csv((at) => at), zone],
      [await csv((at) => `${at}+08:00`), { zone: "Europe/Berlin" }],
      [await folder.parquet(relation((at) => `${ms(at)}::BIGINT`)), {}],
      [await folder.parquet(relation((at) => `${ms(at)}::DOUBLE`)), {}],
      [await folder.parquet(relation(local)), zone],
      [await folder.parquet(relation((at) => `TIMESTAMP_NS '${at}'`)), zone],
      [await folder.parquet(relation((at) => `TIMESTAMPTZ '${utc(at)}'`)), {}],
      [await folder.duckdb({ rows: relation((at) => `TIMESTAMPTZ '${utc(at)}'`) }), {}],
      [
        await folder.duckdb({ rows: relation(local), more: "SELECT 1 AS a" }),
        { ...zone, table: "rows" },
      ],
    ] as const;
    for (const [file, more] of files) expect(await effects(file, more), file).toBe(expected);
  });

  it.each<[string, () => Promise<string>, Record<string, unknown>, RegExp]>([
    [
      "no zone",
      () => csv((at) => at),
      {},
      /csv, line 2, column "at": expected a time with its zone, such as .*\(5 rows in all\)/,
    ],
    [
      "a date, which is no instant without a zone",
      () => csv((at) => at.slice(0, 10)),
      {},
      /line 2, column "at": expected a time with its zone, .*found "2026-02-03" \(5 rows in all\)/,
    ],
    [
      "local times in Parquet",
      () => folder.parquet(relation(local)),
      {},
      /parquet, row 1, column "at": expected a time with its zone/,
    ],
    [
      "a zone that is none",
      () => csv((at) => at),
      { zone: "Mars/Olympus" },
      /column "at": no time zone "Mars\/Olympus"/,
    ],
    [
      "a column that tells no time",
      () => folder.parquet(relation(() => "true")),
      {},
      /column "at": expected times or ms since 1970, found a column of BOOLEAN/,
    ],
    [
      "a time of day",
      () => folder.parquet(relation((at) => `TIME '${at.slice(11)}'`)),
      zone,
      /column "at": expected times or ms since 1970, found a column of TIME/,
    ],
    [
      "seconds",
      () => csv((at) => String(Math.floor(ms(at) / 1000))),
      {},
      /line 2, column "at": expected an instant of 2000 to 2099, in ms, found "1770048000"/,
    ],
    ["an empty cell", () => csv(() => ""), {}, /line 2.*found an empty cell \(5 rows in all\)/],
    [
      "infinity",
      () => folder.parquet(relation(() => "TIMESTAMPTZ 'infinity'")),
      {},
      /row 1, column "at": expected ms since 1970, found "infinity"/,
    ],
  ])("are refused: %s", async (_, make, more, expected) => {
    expect(await folder.refusal(await sourcesOf(await make(), more))).toMatch(expected);
  });
});

describe("a log that ends too early", () => {
  it("is refused, unless it is said up to when it is complete", async () => {
    const journal = new Journal();
    const lines = ["user,at"];
    for (let i = 0; i < 40; i++) {
      journal.assign(`u${i}`, i % 2);
      lines.push(`u${i},${DEFINITION.startsAtMs + 3 * 86_400_000}`);
    }
    const file = await folder.lines(lines);
    const plan = { metrics: [{ id: "seen", kind: "share", log: "acts", days: [0, 6] }] };
    const sources = async (log: object) => ({
      ...{
        events: await folder.events(journal),
        logs: { acts: { user: "user", at: "at", ...log } },
      },
    });
    const refused = await folder.refusal({ plan, sources: await sources({ file }) });
    expect(refused).toMatch(
      /expected a log of 6 days after every user's start, found one that ends/,
    );
    const read = await folder.prove({ plan, sources: await sources({ file, until: UNTIL }) });
    expect(read.notes).toContain("log acts: 40 of 40 assigned users are in it");
    const others = await folder.lines(["user,at", `nobody,${DEFINITION.startsAtMs}`]);
    const strangers = await sources({ file: others, until: UNTIL });
    expect(await folder.refusal({ plan, sources: strangers })).toMatch(
      /none of the 40 assigned users is in it: expected the ids that claims were made with/,
    );
  });
});
