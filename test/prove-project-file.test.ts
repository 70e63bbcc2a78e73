// prove.yaml: whatever is wrong with it is said with file, line and column, and what its hash does
// and does not depend on.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCampaignText } from "../src/cli/campaign-plan.ts";
import { hashPlan } from "../src/contract/index.ts";
import { readPlanHash, readProject, verdictText } from "../src/prove/index.ts";
import { planSentence } from "../src/verdict/frozen-plan.ts";
import { DEFINITION, Journal, KEPT, ProveFolder } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const TABLE = `title: test
plan:
  metrics:
    - { id: kept, kind: share, column: kept }
    - { id: spend, kind: mean, column: spend }
sources:
  table:
    file: rows.csv
    arm: arm
    control: none
`;

const CAMPAIGN = `title: test
plan:
  metrics:
    - { id: kept, kind: share, log: visits, days: [1, 7] }
    - { id: paid, kind: mean, column: paid }
  retention: { log: visits, period: 1w, periods: 4 }
sources:
  events: events.parquet
  outcomes: { file: users.csv, user: user }
  logs:
    visits: { file: visits.csv, user: user, at: at }
`;

const inPlan = (text: string, line: string): string =>
  text.replace("plan:\n", `plan:\n  ${line}\n`);
const inTable = (text: string, line: string): string =>
  text.replace("control: none", `control: none\n    ${line}`);

describe("a wrong prove.yaml", () => {
  it("is a control: the right ones are read", async () => {
    for (const text of [TABLE, CAMPAIGN]) await readProject(await folder.write(text, "yaml"));
  });

  it.each<[string, string, RegExp]>([
    ["a broken one", "title: [", /line 1, column 9/],
    ["no plan", "title: test\nsources: {}\n", /line 1, column 1: plan: /],
    [
      "an unknown key",
      `${TABLE}colour: red\n`,
      /line 11, column 1: colour: expected one .*unknown key "colour"/,
    ],
    [
      "an unknown key of the plan",
      inPlan(TABLE, "horizon: 30d"),
      /line 3, column 3: plan\.horizon: expected one of the keys .*the unknown key "horizon"/,
    ],
    [
      "a metric twice",
      TABLE.replace("id: spend", "id: kept"),
      /line 5, column 13: plan\.metrics\.1\.id: the metric "kept" is there twice/,
    ],
    [
      "a metric of no kind that is known",
      TABLE.replace("kind: mean", "kind: median"),
      /line 5, column 26: plan\.metrics\.1\.kind: /,
    ],
    [
      "a metric of neither column nor log",
      TABLE.replace(", column: spend", ""),
      /line 5, column 7: plan\.metrics\.1: expected either a column of the outcomes or a log/,
    ],
    [
      "a log that is missing",
      CAMPAIGN.replace("log: visits, days", "log: clicks, days"),
      /line 4, column 37: plan\.metrics\.0\.log: no log "clicks" among the sources \(visits\)/,
    ],
    [
      "a log without days",
      CAMPAIGN.replace(", days: [1, 7]", ""),
      /line 4, column 7: plan\.metrics\.0: a log needs days, such as days: \[0, 29\]/,
    ],
    [
      "days that run backwards",
      CAMPAIGN.replace("[1, 7]", "[7, 1]"),
      /line 4, column 51: .*expected a first day that is not after the last/,
    ],
    [
      "a log of a table",
      TABLE.replace("column: kept", "log: visits, days: [0, 1]"),
      /line 4, column 7: plan\.metrics\.0: logs need a journal: a table does not say when/,
    ],
    [
      "outcomes that are not there",
      CAMPAIGN.replace(/ {2}outcomes:.*\n/, ""),
      /line 8, column 3: sources: expected outcomes: the metric "paid" is read from a column/,
    ],
    [
      "strata that are no segment",
      inPlan(TABLE, "stratify: country"),
      /line 3, column 13: plan\.stratify: expected one of the segments, found "country"/,
    ],
    [
      "users of a question that is not asked",
      inPlan(inPlan(TABLE, "users: { reach: 4000 }"), "questions: [being assigned]"),
      /line 4, column 19: plan\.users\.reach: expected one of plan\.questions \(being assigned\)/,
    ],
    [
      "users of a question that the table cannot answer",
      inPlan(TABLE, "users: { reach: 4000 }"),
      /line 3, column 19: plan\.users\.reach: "reach" needs sources\.table\.assigned/,
    ],
    [
      "too few users of a question",
      inPlan(CAMPAIGN, "users: { reach: 3 }"),
      /line 3, column 19: plan\.users\.reach: expected a number of at least 4, found 3/,
    ],
    [
      "a payback without retention",
      inPlan(TABLE, "payback: { margin: 2 }"),
      /line 3, column 12: plan\.payback: a payback needs plan\.retention: who stays how long/,
    ],
    [
      "a payback that a share cannibalises",
      inPlan(CAMPAIGN, "payback: { margin: 2, cannibalised: { metric: kept, margin: 1 } }"),
      /line 3, column 49: .*expected one of the metrics that are a mean \(paid\), found "kept"/,
    ],
    [
      "a guardrail of no metric",
      inPlan(TABLE, "guardrails: [{ metric: paid, worse: lower, margin: 5 % }]"),
      /line 3, column 26: .*expected one of the metrics \(kept, spend\), found "paid"/,
    ],
    [
      "a margin of nothing",
      inPlan(TABLE, 'guardrails: [{ metric: kept, worse: lower, margin: "0 %" }]'),
      /line 3, column 54: plan\.guardrails\.0\.margin: expected a margin above 0/,
    ],
    [
      "a level that is none",
      inPlan(TABLE, "level: 20 %"),
      /line 3, column 10: plan\.level: expected a level from 50 % to 99\.99 %, found 20 %/,
    ],
    [
      "an unknown zone",
      inPlan(TABLE, "timeZone: Mars/Olympus"),
      /line 3, column 13: plan\.timeZone: no time zone "Mars\/Olympus"/,
    ],
    [
      "a period of hours",
      CAMPAIGN.replace("period: 1w", "period: 36h"),
      /line 6, column 37: plan\.retention\.period: expected days such as 30d or 5w/,
    ],
    [
      "a worth of a quantile",
      inPlan(TABLE, "worth: { margin: 2, cost: 1 }").replace(
        "kind: share, column: kept",
        "kind: quantile, column: kept, at: 0.5",
      ),
      /line 3, column 10: plan\.worth: a worth is of one unit of the first metric/,
    ],
    [
      "a worth whose cost nobody knows",
      inPlan(TABLE, "worth: { margin: 2 }"),
      /line 3, column 10: plan\.worth: a table needs worth\.cost, or sources\.table\.cost/,
    ],
    [
      "a table and a journal",
      `${TABLE}  journal: ledger\n`,
      /line 7, column 3: sources: expected a table or a journal, found both/,
    ],
    [
      "a journal and its events",
      `${CAMPAIGN}  journal: ledger\n`,
      /line 8, column 11: sources\.events: expected a journal or its events, found both/,
    ],
    [
      "counts of arms that nobody names",
      CAMPAIGN.replace("events: events.parquet", "counts: counts.yaml"),
      /line 8, column 11: sources\.counts: expected sources\.table beside the counts/,
    ],
    [
      "outcomes beside a table",
      `${TABLE}  outcomes: { file: users.csv, user: user }\n`,
      /line 11, column 13: sources\.outcomes: outcomes and logs go with a journal/,
    ],
    [
      "shares that do not add up",
      inTable(TABLE, "shares: { none: 50 %, card: 40 % }"),
      /line 11, column 13: sources\.table\.shares: expected shares that add up to 1, found 0\.9/,
    ],
    [
      "no share of the control",
      inTable(TABLE, "shares: { card: 40 %, mail: 60 % }"),
      /line 11, column 13: .*expected a share of the control "none", too/,
    ],
    [
      "a share that is none",
      inTable(TABLE, "shares: { none: half, card: 50 % }"),
      /line 11, column 21: .*expected a share such as 0\.02 or "2 %"/,
    ],
    [
      "a published figure of no metric",
      `${TABLE}published: { source: a paper, effects: [{ metric: paid, arm: a, effect: "1" }] }\n`,
      /line 11, column 41: published\.effects\.0: no metric "paid"/,
    ],
  ])("%s", async (_, text, expected) => {
    const path = await folder.write(text, "yaml");
    const message = await folder.messageOf(readProject(path));
    expect(message).toMatch(/^FILE\.yaml, line \d+, column \d+: /);
    expect(message).toMatch(expected);
  });

  it("is told of files on the command line that nobody reads", async () => {
    const table = await folder.write(TABLE, "yaml");
    const campaign = await folder.write(
      CAMPAIGN.replace(/.*paid.*\n| {2}outcomes:.*\n/g, ""),
      "yaml",
    );
    const logs = new Map([["clicks", "clicks.csv"]]);
    await expect(readProject(table, { journal: "ledger" })).rejects.toThrow(
      /^--journal: .*a table/,
    );
    await expect(readProject(table, { outcomes: "a.csv" })).rejects.toThrow(/^--outcomes: /);
    await expect(readProject(table, { logs })).rejects.toThrow(/^--log: .*reads a table/);
    await expect(readProject(campaign, { table: "a.csv" })).rejects.toThrow(/^--table: /);
    await expect(readProject(campaign, { outcomes: "a.csv" })).rejects.toThrow(/no outcomes/);
    await expect(readProject(campaign, { logs })).rejects.toThrow(/^--log clicks=….*no such log/);
  });
});

describe("reach", () => {
  const asked = inPlan(TABLE, "questions: [reach]");
  const refusal = async (text: string): Promise<string> =>
    folder.messageOf(readProject(await folder.write(text, "yaml")));

  it("cannot be had from a table that was assigned at the claim", async () => {
    expect(await refusal(inTable(asked, "assigned: at the claim"))).toMatch(
      /line 3, column 15: plan\.questions\.0: reach cannot .* whoever claims has already come/,
    );
    expect(await refusal(asked)).toMatch(/"reach" needs sources\.table\.assigned: before contact/);
  });

  it("can be had of arms that were drawn before contact, which answer nothing else", async () => {
    const before = inTable(asked, "assigned: before contact");
    const { sources } = await readProject(await folder.write(before, "yaml"));
    expect(sources).toMatchObject({ estimand: "reach" });
    const other = before.replace("[reach]", '["reward, given arrival"]');
    expect(await refusal(other)).toMatch(/cannot be had from these arms, which answer "reach"/);
  });

  it("cannot be had from a campaign without an audience", async () => {
    const journal = new Journal();
    for (let i = 0; i < 8; i++) journal.assign(`u${i}`, i % 2);
    const sources = {
      events: await folder.events(journal),
      outcomes: { file: await folder.lines(["user,kept"]), user: "user" },
    };
    const message = await folder.refusal({
      plan: { questions: ["reach"], metrics: [KEPT] },
      sources,
    });
    expect(message).toMatch(
      /plan\.questions: reach cannot be had from a holdout that was drawn at/,
    );
  });
});

describe("the plan's hash", () => {
  const hashOf = async (text: string): Promise<string> =>
    readPlanHash(await folder.write(text, "yaml"));

  it("does not depend on comments, order, the title or where the data lie", async () => {
    const hash = await hashOf(CAMPAIGN);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const [metrics] = / {2}metrics:\n(?: {4}.*\n)+/.exec(CAMPAIGN)!;
    const [retention] = / {2}retention:.*\n/.exec(CAMPAIGN)!;
    const swapped = CAMPAIGN.replace(metrics + retention, retention + metrics);
    expect(swapped).not.toBe(CAMPAIGN);
    expect(await hashOf(swapped)).toBe(hash);
    expect(
      await hashOf(CAMPAIGN.replace("kind: mean, column: paid", "column: paid, kind: mean")),
    ).toBe(hash);
    expect(await hashOf(inPlan(CAMPAIGN, "# a comment"))).toBe(hash);
    expect(await hashOf(CAMPAIGN.replace("title: test", "title: else"))).toBe(hash);
    expect(await hashOf(CAMPAIGN.replace("users.csv", "elsewhere.csv"))).toBe(hash);
    expect((await readProject(await folder.write(CAMPAIGN, "yaml"))).planHash).toBe(hash);
  });

  it("is another one for another plan, also for metrics in another order", async () => {
    const lines = CAMPAIGN.split("\n");
    [lines[3], lines[4]] = [lines[4]!, lines[3]!];
    const changed = [
      lines.join("\n"),
      CAMPAIGN.replace("[1, 7]", "[1, 6]"),
      inPlan(CAMPAIGN, "level: 90 %"),
    ];
    const hashes = await Promise.all([CAMPAIGN, ...changed].map(hashOf));
    expect(new Set(hashes).size).toBe(4);
  });

  it("is another one where sources are read otherwise, wherever they lie", async () => {
    const hash = (sources: object) => {
      const text = { title: "test", plan: { metrics: [KEPT] }, sources };
      return hashOf(JSON.stringify(text));
    };
    const table = { file: "a.csv", arm: "arm", control: "none", user: "id" };
    const read = [
      ...[{}, { control: "card" }, { missing: "zero" }, { shares: { none: 0.5, card: 0.5 } }],
      ...[{ assigned: "at the claim" }, { arms: { card: "b" } }, { severalArms: "drop" }],
      ...[{ duplicates: "sum" }, { empty: ["NA"] }],
    ];
    const hashes = await Promise.all(read.map((more) => hash({ table: { ...table, ...more } })));
    expect(new Set(hashes).size).toBe(read.length);
    expect(await hash({ table: { ...table, file: "b.csv", table: "inner" } })).toBe(hashes[0]);
    const outcomes = { file: "a.csv", user: "id" };
    const journal = (more: object, log: object = {}) => {
      const visits = { file: "v.csv", user: "id", at: "at", ...log };
      return hash({ events: "e.csv", outcomes: { ...outcomes, ...more }, logs: { visits } });
    };
    const given = await Promise.all([
      ...[journal({}), journal({ missing: "zero" }), journal({ early: "drop", at: "at" })],
      ...[journal({}, { until: "2026-03-01T00:00:00Z" }), journal({}, { gaps: "keep" })],
    ]);
    expect(new Set(given).size).toBe(given.length);
    expect(await journal({ file: "b.csv" }, { file: "w.csv" })).toBe(given[0]);
  });

  it("of a plan that an older rule froze is known, with what it did not cover", async () => {
    const journal = new Journal();
    for (let i = 0; i < 40; i++) journal.assign(`u${i}`, i % 2);
    const rows = Array.from({ length: 40 }, (_, i) => `u${i},${i % 3 === 0 ? 1 : 0}`);
    const outcomes = { file: await folder.lines(["user,kept", ...rows]), user: "user" };
    const text = {
      plan: { metrics: [KEPT] },
      sources: { events: await folder.events(journal), outcomes },
    };
    const old = await folder.prove(text, { frozenPlanHash: hashPlan(text.plan) });
    expect(old.plan!.state).toBe("plan as frozen");
    expect(planSentence(old.plan!)).toMatch(/How its sources are read .* was not frozen with it/);
    // What a newer release froze is not recognised by its plan alone.
    const { planHash } = await readProject(await folder.project(text));
    const zero = {
      ...text,
      sources: { ...text.sources, outcomes: { ...outcomes, missing: "zero" } },
    };
    expect((await folder.prove(zero, { frozenPlanHash: planHash })).plan!.state).toBe("changed");
  });

  it("is compared with the one of the opening event, and the report says how", async () => {
    const journal = new Journal();
    const rows = ["user,kept"];
    for (let i = 0; i < 40; i++) {
      journal.assign(`u${i}`, i % 2);
      rows.push(`u${i},${i % 3 === 0 ? 1 : 0}`);
    }
    const outcomes = { file: await folder.lines(rows), user: "user" };
    const sources = { events: await folder.events(journal), outcomes };
    const text = { plan: { metrics: [KEPT] }, sources };
    const { planHash } = await readProject(await folder.project(text));
    const states = [
      [planHash, "as frozen", "The plan is the one that was frozen when the campaign opened"],
      ["0".repeat(64), "changed", "THE PLAN WAS CHANGED after the campaign opened: frozen 000000"],
      [null, "not frozen", "No plan was frozen when the campaign opened"],
    ] as const;
    for (const [frozenPlanHash, state, sentence] of states) {
      const verdict = await folder.prove(text, { frozenPlanHash });
      expect(verdict.plan).toEqual({
        hash: planHash,
        frozenHash: frozenPlanHash,
        state,
        deviations: [],
      });
      expect(verdictText(verdict).replace(/\s+/g, " ")).toContain(sentence);
    }
  });
});

describe("a campaign file beside prove.yaml", () => {
  /** The campaign's text as check and open read it. */
  async function opened(name: string, campaign: string, prove: string | null): Promise<string> {
    const place = join(folder.folder, name);
    await mkdir(place);
    if (prove !== null) await writeFile(join(place, "prove.yaml"), prove);
    const file = join(place, "campaign.yaml");
    await writeFile(file, campaign);
    return await readCampaignText(file);
  }

  it("takes the plan's hash along, unless it says itself what is measured", async () => {
    const hash = await readPlanHash(await folder.write(CAMPAIGN, "yaml"));
    const text = `campaign: ${DEFINITION.id}`;
    const line = `measure: { sha256: ${hash} } # of prove.yaml\n`;
    expect(await opened("both", text, CAMPAIGN)).toBe(`${text}\n${line}`);
    const own = `${text}\nmeasure: { sha256: ${"1".repeat(64)} }\n`;
    expect(await opened("own", own, CAMPAIGN)).toBe(own);
    expect(await opened("alone", text, null)).toBe(text);
  });

  it("is not opened beside a plan that is wrong", async () => {
    const wrong = opened("wrong", "campaign: spring\n", inPlan(TABLE, "horizon: 30d"));
    expect(await folder.messageOf(wrong)).toMatch(
      /prove\.yaml, line 3, column 3: plan\.horizon: exp/,
    );
  });
});
