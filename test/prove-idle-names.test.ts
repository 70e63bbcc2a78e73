// Whatever is named and is not there is a slip, or an arm that is lost: it is said, never passed
// over.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import { type CustomerRequest, studyCustomers } from "../src/prove/customers/index.ts";
import {
  proveProject,
  proveQuick,
  type QuickQuestion,
  readProject,
  type Verdict,
} from "../src/prove/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-idle-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, content: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

function tableOf(...arms: string[]): Promise<string> {
  const rows = Array.from({ length: 40 }, (_, i) => `u${i},${arms[i % arms.length]},${i % 3}`);
  return write("table.csv", `${["user,arm,y", ...rows].join("\n")}\n`);
}

async function project(table: string, head = ""): Promise<Verdict> {
  const metric = "{ id: y, column: y, kind: mean }";
  const file = await write(
    "prove.yaml",
    `title: t\n${head}plan:\n  metrics: [${metric}]\n` +
      `sources:\n  table: { file: table.csv, arm: arm, ${table} }\n`,
  );
  return proveProject(await readProject(file), null);
}

function ask(file: string, more: Partial<QuickQuestion> = {}): Promise<Verdict> {
  return proveQuick({ file, arm: "arm", control: "a", outcomes: ["y"], ...more });
}

describe("a project's table", () => {
  it.each([
    ["control: a, arms: { zz: q }", /no row says "zz", which sources\.table\.arms gives a name$/],
    ["control: a, arms: { B: q }", /no row says "B", .* \(did you mean "b"\?\)$/],
    [
      "control: a, shares: { a: 40 %, b: 40 %, c: 20 % }",
      /no row says "c", which .*shares gives a share/,
    ],
    [
      "control: A",
      /expected the control "A" among the arms, found "a", "b" \(did you mean "a"\?\)$/,
    ],
  ])("%s", async (table, message) => {
    await tableOf("a", "b");
    await expect(project(table)).rejects.toThrow(message);
  });

  it("tells which values were made one arm, and which look as if they were", async () => {
    await tableOf("a", "b", "c");
    const { notes } = await project("control: a, arms: { b: a }");
    expect(notes).toContain(
      'one arm, "a", is made of several values of the column "arm": "a", "b"',
    );
    expect((await project("control: a")).notes.join()).not.toMatch(/one arm|differ in case/);
    await tableOf("control", "Control", "b\u200b", "b");
    const alike = (await ask(join(folder, "table.csv"), { control: "control" })).notes.join("; ");
    expect(alike).toMatch(
      /the arms "Control" and "control" differ in case, spaces or hidden signs/,
    );
    expect(alike).toMatch(/the arms "b" and "b\u200b" differ/);
  });

  it("names a campaign file that is there", async () => {
    await tableOf("a", "b");
    const asked = project("control: a", "campaign: nope.yaml\n");
    await expect(asked).rejects.toThrow(
      /line 2, column 11: campaign: expected a campaign file, found no .*nope/,
    );
  });

  it("of which every row is left out has no arms", async () => {
    const file = await write("table.csv", `arm,y\n${"a,\nb,\n".repeat(20)}`);
    await expect(ask(file, { missing: "drop" })).rejects.toThrow(
      /expected arms, found none: every row has an empty cell, and was left out$/,
    );
  });
});

describe("counts", () => {
  it("have every arm that has a name or a share", async () => {
    const arm = "{ n: 100, outcomes: { y: { sum: 10, sumSquares: 10 } } }";
    await write("counts.yaml", `source: s\narms:\n  a: ${arm}\n  b: ${arm}\n`);
    const file = (shares: string) =>
      "title: t\nplan:\n  metrics: [{ id: y, column: y, kind: share }]\nsources:\n" +
      "  counts: counts.yaml\n" +
      `  table: { arm: arm, control: a, shares: ${shares} }\n`;
    const asked = async (shares: string) =>
      proveProject(await readProject(await write("prove.yaml", file(shares))), null);
    await expect(asked("{ a: .4, b: .4, c: .2 }")).rejects.toThrow(
      /expected an arm "c".*found none/,
    );
    expect((await asked("{ a: .5, b: .5 }")).studies[0]!.arms).toHaveLength(2);
  });
});

describe("quick", () => {
  it("says what each row is taken for, once a column says whose it is", async () => {
    const file = await tableOf("a", "b");
    expect((await ask(file)).notes[0]).toBe("each row of table.csv is taken for one user: 40 rows");
    const { notes } = await ask(file, { user: "user" });
    expect(notes[0]).toBe('each row of table.csv is one user\'s, by the column "user": 40 users');
  });

  it.each(["y,,", ",", " "])("outcomes of %j have an empty name", async (given) => {
    const file = await tableOf("a", "b");
    await expect(ask(file, { outcomes: [given] })).rejects.toThrow(
      /^--outcome: expected names parted by commas, found "/,
    );
  });

  it("counts in refusals as everywhere, and one user is one", async () => {
    const rows = Array.from({ length: 1234 }, (_, i) => `a,${i < 3 ? 1 : "x"}`);
    const file = await write("odd.csv", `${["arm,y", ...rows, "b,1", "c,1", "c,1"].join("\n")}\n`);
    await expect(ask(file)).rejects.toThrow(/\(1,231 rows in all\)/);
    await write("odd.csv", "arm,y\na,1\na,0\nb,1\n");
    await expect(ask(file)).rejects.toThrow(/arm "b" has one user: expected at least 2/);
  });

  it("says who has a DuckDB file open, and takes one of its tables", async () => {
    const file = join(folder, "users.duckdb");
    const duckdb = resolve(import.meta.dirname, "../node_modules/@duckdb/node-api/lib/index.js");
    const script = `
      import { DuckDBInstance } from ${JSON.stringify(duckdb)};
      const db = await (await DuckDBInstance.create(${JSON.stringify(file)})).connect();
      const arm = "CASE i % 2 WHEN 0 THEN 'a' ELSE 'b' END AS arm";
      const rows = "SELECT " + arm + ", i % 3 AS y FROM range(40) r(i)";
      await db.run("CREATE TABLE t AS " + rows);
      await db.run("CREATE TABLE other AS " + rows);
      console.log("open");
      process.stdin.on("data", () => { db.closeSync(); process.exit(0); });`;
    const words = ["--input-type=module", "-e", script];
    const holder = spawn(process.execPath, words, { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(holder, "close");
    await once(holder.stdout!, "data");
    const thrown: unknown = await ask(file, { table: "t" }).catch((error: unknown) => error);
    holder.stdin!.write("end\n");
    await ended;
    expect(thrown).toBeInstanceOf(HongbaoError);
    const { message, details } = thrown as HongbaoError;
    expect(message).toMatch(new RegExp(`nobody writes, found it open in .*PID ${holder.pid}`));
    expect(details.next).toMatch(/^Close that program, or copy the file/);
    await expect(ask(file)).rejects.toThrow(/the name of one of its tables, found "other", "t"/);
    expect((await ask(file, { table: "t" })).studies[0]!.arms.map(({ n }) => n)).toEqual([20, 20]);
  });
});

describe("clv", () => {
  const COHORT = "period,survivors\n0,1000\n1,869\n2,743\n3,653\n4,593\n";
  const ask = (file: string, more: Partial<CustomerRequest>) =>
    studyCustomers({
      ...{ file, columns: {}, unit: null, horizon: null, yearlyDiscount: 0.1, level: 0.95 },
      ...{ seed: 1, replicates: null, nowMs: 0, ...more },
    });

  it.each([
    [{ fitPeriods: 99 }, /^--fit: expected at most the 4 periods of the file, found 99$/],
    [
      { until: "2025-01-01" },
      /^--until: expected a log of purchases, but .* is read as a cohort's/,
    ],
    [{ holdoutTime: 3 }, /^--holdout-time: expected a summary, but/],
    [{ columns: { amount: "survivors" } }, /^--amount: .* is read as a cohort's table, in which/],
  ])("%j means nothing for a cohort's table", async (more, message) => {
    await expect(ask(await write("c.csv", COHORT), more)).rejects.toThrow(message);
    const { study } = await ask(await write("c.csv", COHORT), { fitPeriods: 3 });
    expect(study.kind).toBe("cohort");
  });

  it.each([
    [
      COHORT.replace("0,1000\n", ""),
      /column "period": expected rows from period 0 on, found 1 first/,
    ],
    [
      "period,survivors\n0,0\n1,0\n2,0\n3,0\n",
      /column "survivors": expected customers in period 0/,
    ],
    ["period,survivors\n0,10\n1,9\n", /expected at least 3 rows, found 2/],
  ])("a cohort's table is refused for what is wrong with it", async (text, message) => {
    await expect(ask(await write("c.csv", text), {})).rejects.toThrow(message);
  });
});
