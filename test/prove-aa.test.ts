// `prove aa`: random splits of one arm's users, on tables and campaigns whose truth is known.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import {
  type AaMetric,
  type AaOptions,
  type AaReading,
  aaProject,
  aaReport,
  readProject,
} from "../src/prove/index.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import {
  DEFINITION,
  Journal,
  type ProjectText,
  ProveFolder,
  pseudonym,
} from "./prove-project.fixture.ts";

const USERS = 3000;

let at: ProveFolder;
beforeAll(async () => {
  at = await ProveFolder.make();
});
afterAll(() => at.remove());

async function aa(text: ProjectText, options: AaOptions = {}): Promise<AaReading> {
  const project = await readProject(await at.project(text));
  const { sources } = project;
  const campaign =
    sources.kind === "campaign"
      ? { definition: DEFINITION, events: sources.events!, pseudonym }
      : null;
  return await aaProject(project, campaign, options);
}

const one = ({ studies }: AaReading, id: string, isAdjusted = false): AaMetric =>
  studies[0]!.metrics.find((each) => each.id === id && each.isAdjusted === isAdjusted)!;

/** Users of two arms with a household of four, numbers of all kinds and one that lies before. */
function rowsOf(repeat: number, whale = 0): string[] {
  const random = randomStream(5, "table");
  const lines = ["user,arm,home,kept,orders,visits,spend,past"];
  for (let i = 0; i < USERS; i++) {
    const arm = i % 2 === 0 ? "none" : "card";
    const kept = random.nextFloat() < 0.3 ? 1 : 0;
    const [visits, past] = [1 + random.nextInt(5), random.nextNormal()];
    const orders = visits * random.nextFloat() + past;
    const spend = i === 0 && whale > 0 ? whale : Math.exp(random.nextNormal());
    const cells = [`u${i}`, arm, `h${Math.floor(i / 8)}`, kept, orders, visits, spend, past];
    for (let r = 0; r < repeat; r++) lines.push(cells.join(","));
  }
  return lines;
}

const METRICS = [
  { id: "kept", kind: "share", column: "kept" },
  { id: "orders", kind: "mean", column: "orders", before: "past" },
  { id: "spend", kind: "mean", column: "spend" },
  { id: "each", kind: "ratio", above: "orders", below: "visits" },
  { id: "p90", kind: "quantile", column: "spend", at: 0.9 },
];

const table = (file: string, more: Record<string, unknown> = {}) => ({
  table: { file, arm: "arm", control: "none", user: "user", ...more },
});

describe("an A/A run of a table", () => {
  it("finds nothing wrong with independent users, whatever the kind of metric", async () => {
    const file = await at.lines(rowsOf(1));
    const reading = await aa({ plan: { metrics: METRICS }, sources: table(file) });
    const [study] = reading.studies;
    expect(study).toMatchObject({ arm: "none", rows: USERS / 2, wholes: USERS / 2 });
    expect(study!.metrics.map(({ id, isAdjusted }) => `${id} ${isAdjusted}`)).toEqual([
      "kept false",
      "orders false",
      "orders true",
      "spend false",
      "each false",
      "p90 false",
    ]);
    for (const metric of study!.metrics) {
      expect(metric, metric.id).toMatchObject({ finding: "as promised", splits: 1000, advice: [] });
      expect(metric.histogram.reduce((sum, count) => sum + count, 0)).toBe(1000);
    }
    expect(renderTextReport(aaReport(reading))).toContain("all 6 metrics keep their promise");
  });

  it("sees users who stand in several rows, and says what to do", async () => {
    const file = await at.lines(rowsOf(3));
    const reading = await aa({ plan: { metrics: METRICS }, sources: table(file) });
    expect(reading.studies[0]).toMatchObject({ rows: 1.5 * USERS, wholes: USERS / 2 });
    for (const metric of reading.studies[0]!.metrics) {
      expect(metric.finding, metric.id).toBe("too many");
      expect(metric.advice[0]).toMatch(/1\.\d\d times as wide\. Make it one row a user/);
    }
    const text = renderTextReport(aaReport(reading));
    expect(text).toContain("Intervals cannot be trusted on these data");
    expect(text).toMatch(/4,500 rows of 1,500 users/);
    // The repair that a verdict would ask for mends it.
    const metrics = METRICS.slice(1, 3);
    const summed = await aa({ plan: { metrics }, sources: table(file, { duplicates: "sum" }) });
    expect(summed.studies[0]).toMatchObject({ rows: USERS / 2, wholes: USERS / 2 });
    for (const { finding } of summed.studies[0]!.metrics) expect(finding).toBe("as promised");
    // Control: without the column that says whose they are, rows are split and nothing shows.
    const blind = table(file, { user: undefined });
    const found = await aa({ plan: { metrics: METRICS.slice(0, 1) }, sources: blind });
    expect(one(found, "kept").finding).toBe("as promised");
    expect(found.notes.join()).toContain("rows are split one by one");
  });

  it("sees what users of one household share, once households are kept together", async () => {
    const lines = rowsOf(1).map((line, i) => {
      const shared = randomStream(Math.floor((i - 1) / 8), "home").nextNormal();
      return i === 0 ? `${line},shared` : `${line},${shared}`;
    });
    const sources = table(await at.lines(lines));
    const metrics = [{ id: "shared", kind: "mean", column: "shared" }];
    const apart = one(await aa({ plan: { metrics }, sources }), "shared");
    expect(apart.finding).toBe("as promised");
    const together = await aa({ plan: { metrics }, sources }, { unit: "home" });
    expect(one(together, "shared").finding).toBe("too many");
    expect(one(together, "shared").advice[0]).toContain("analyse by home");
  });

  it("notices one account that outweighs all others, and a bound that mends it", async () => {
    const file = await at.lines(rowsOf(1, 1e6));
    const spend = { id: "spend", kind: "mean", column: "spend" };
    const wild = one(await aa({ plan: { metrics: [spend] }, sources: table(file) }), "spend");
    expect(wild).toMatchObject({ finding: "too few", alarms: 0 });
    expect(wild.largestPart).toBeGreaterThan(0.99);
    expect(wild.advice[0]).toMatch(/one user makes 100 % of the variance.*clamp: \[0, …\]/);
    const bound = { ...spend, clamp: [0, 20] };
    const tame = one(await aa({ plan: { metrics: [bound] }, sources: table(file) }), "spend");
    expect(tame).toMatchObject({ finding: "as promised", advice: [] });
  });

  it("is the same for the same seed, and another for another one, arm or part", async () => {
    const sources = table(await at.lines(rowsOf(1)));
    const plan = { metrics: METRICS.slice(0, 3) };
    const run = async (options: AaOptions) =>
      JSON.stringify((await aa({ plan, sources }, { splits: 200, ...options })).studies);
    const first = await run({});
    expect(await run({ seed: 1 })).toBe(first);
    expect(await run({ seed: 2 })).not.toBe(first);
    expect(await run({ arm: "card" })).not.toBe(first);
    expect(await run({ share: 0.1 })).not.toBe(first);
  });

  it("says that nothing can be read where nothing varies", async () => {
    const lines = ["user,arm,kept", "a,none,1", "b,none,1", "c,none,1", "d,card,1"];
    const metrics = [{ id: "kept", kind: "share", column: "kept" }];
    const reading = await aa({ plan: { metrics }, sources: table(await at.lines(lines)) });
    expect(one(reading, "kept")).toMatchObject({ finding: "not read", splits: 0, unread: 1000 });
    expect(renderTextReport(aaReport(reading))).not.toMatch(/NaN|Infinity/);
  });

  it("refuses arms that are none, columns that are none, and sums", async () => {
    const sources = table(await at.lines(rowsOf(1)));
    const plan = { metrics: METRICS.slice(0, 1) };
    const refused = (options: AaOptions) => expect(aa({ plan, sources }, options)).rejects;
    await refused({ arm: "crad" }).toThrow(/--arm: expected one of none, card, found "crad"/);
    await refused({ unit: "city" }).toThrow(/expected a column "city"/);
    const counts = { table: { arm: "arm", control: "none" }, counts: "counts.yaml" };
    await expect(aa({ plan, sources: counts })).rejects.toThrow(/--table FILE/);
  });
});

describe("an A/A run of a campaign", () => {
  const write = async () => {
    const journal = new Journal();
    const random = randomStream(9, "campaign");
    const outcomes = ["id,home,kept,shared"];
    const visits = ["id,at,amount"];
    for (let i = 0; i < 1200; i++) {
      journal.assign(`u${i}`, i % 2);
      const home = Math.floor(i / 12);
      const shared = randomStream(home, "home").nextNormal();
      outcomes.push(`u${i},h${home},${random.nextInt(2)},${shared}`);
      // Several visits a user: rows of a log, which become one number.
      const own = random.nextInt(4);
      for (let visit = 0; visit < own; visit++) {
        visits.push(`u${i},${DEFINITION.startsAtMs + visit * 3_600_000},${random.nextInt(9)}`);
      }
    }
    visits.push(`u0,${DEFINITION.startsAtMs + 9 * 86_400_000},1`);
    return {
      events: await at.events(journal),
      outcomes: { file: await at.lines(outcomes), user: "id" },
      logs: { visits: { file: await at.lines(visits), user: "id", at: "at" } },
    };
  };

  it("splits users, not the rows of their logs", async () => {
    const sources = await write();
    const metrics = [
      { id: "kept", kind: "share", column: "kept" },
      { id: "amount", kind: "mean", log: "visits", value: "amount", days: [0, 0] },
      { id: "shared", kind: "mean", column: "shared" },
    ];
    const reading = await aa({ plan: { metrics }, sources });
    expect(reading.studies[0]).toMatchObject({
      ...{ arm: "holdout", estimand: "reward, given arrival", rows: 600, wholes: 600 },
    });
    for (const { finding } of reading.studies[0]!.metrics) expect(finding).toBe("as promised");
    const homes = await aa({ plan: { metrics }, sources }, { unit: "home", arm: "card" });
    expect(homes.studies[0]).toMatchObject({ arm: "card", wholes: 100 });
    expect(one(homes, "amount").finding).toBe("as promised");
    expect(one(homes, "shared").finding).toBe("too many");
  });
});
