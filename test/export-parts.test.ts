// The incremental export: each event in exactly one part, whatever ended a run and when.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventRows } from "../src/cli/event-rows.ts";
import { PartsExport } from "../src/cli/export-parts.ts";
import { readDirectory } from "../src/journal/index.ts";
import { withWarehouse } from "../src/prove/index.ts";
import { Ledger } from "./webhooks.fixture.ts";

let ledger: Ledger;
let dir = "";

beforeEach(async () => {
  ledger = new Ledger();
  await ledger.open();
  dir = join(ledger.directory, "parts");
  mkdirSync(dir);
});
afterEach(() => ledger.remove());

async function play(grants: number): Promise<void> {
  if (ledger.engine.state.campaigns.length === 0) await ledger.openCampaign();
  for (const grant of await ledger.grants(grants)) await ledger.spend(grant, 2);
  await ledger.engine.seal();
}

/** One run, as the command line does it. */
async function run(
  more: { partRows?: number; format?: "csv" | "parquet" } = {},
): Promise<string[]> {
  const { journal } = ledger;
  const parts = await PartsExport.open({ journal, dir, format: "parquet", ...more });
  try {
    const { durableSequence } = await readDirectory(journal);
    return (await parts.write(durableSequence)).map(({ file }) => file);
  } finally {
    await parts.close();
  }
}

/** Places and users of all rows that somebody finds who reads the whole folder. */
async function found(): Promise<string[]> {
  const sql = `SELECT sequence, index, "user" FROM read_parquet('${dir}/*.parquet')
    ORDER BY sequence, index`;
  const rows = await withWarehouse({}, (warehouse) => warehouse.rows(sql));
  return rows.map(({ sequence, index, user }) => `${sequence}.${index} ${user}`);
}

async function expected(): Promise<string[]> {
  const all: string[] = [];
  for await (const row of eventRows(await readDirectory(ledger.journal))) {
    all.push(`${row.sequence}.${row.index} ${row.user}`);
  }
  return all;
}

const files = (): string[] => readdirSync(dir).sort();

describe("an export in parts", () => {
  it("adds what is new each time, and nothing when nothing is", async () => {
    await play(5);
    expect(await run()).toHaveLength(1);
    expect(await run()).toEqual([]);
    await play(5);
    const [second] = await run();
    const [first] = files();
    expect(second! > first!).toBe(true);
    expect(await found()).toEqual(await expected());
    expect((await found()).length).toBeGreaterThan(40);
    expect(files().filter((name) => !/^(events-.*\.parquet|manifest\.json)$/.test(name))).toEqual(
      [],
    );
  });

  it("cuts long ones at the ends of records", async () => {
    await play(10);
    const made = await run({ partRows: 7 });
    expect(made.length).toBeGreaterThan(3);
    expect(await found()).toEqual(await expected());
  });

  it("names users of grants that earlier parts hold", async () => {
    await ledger.openCampaign();
    const [grant] = await ledger.grants(1);
    await run();
    await ledger.spend(grant!, 1);
    await ledger.engine.seal();
    await run();
    const rows = await found();
    expect(rows.at(-1)).toMatch(/ [0-9a-f]{32}$/);
    expect(rows).toEqual(await expected());
  });

  it("goes on where a consumer moved parts away", async () => {
    await play(3);
    const [first] = await run();
    rmSync(join(dir, first!));
    await play(3);
    await run();
    const all = await expected();
    const rest = await found();
    expect(rest).toEqual(all.slice(-rest.length));
    expect(rest.length).toBeLessThan(all.length);
  });
});

describe("a run that ended", () => {
  const partOf = (): string => files().findLast((name) => name.endsWith(".parquet"))!;

  /** Two runs, and the folder as it was between them. */
  async function twoRuns(): Promise<string> {
    await play(4);
    await run();
    const before = readFileSync(join(dir, "manifest.json"), "utf8");
    await play(4);
    await run();
    return before;
  }

  it("while it wrote a part leaves nothing that counts", async () => {
    await twoRuns();
    writeFileSync(join(dir, "next.part"), "half a file");
    expect(await run()).toEqual([]);
    expect(existsSync(join(dir, "next.part"))).toBe(false);
    expect(await found()).toEqual(await expected());
  });

  it("at its start leaves nothing, either; who is at his start just now is let be", async () => {
    await play(1);
    const { pid: gone } = spawnSync(process.execPath, ["--version"]);
    const left = [`lock.${gone}-1.tmp`, `README.md.${gone}.new`, `manifest.json.${gone}.new`];
    const others = [`lock.${process.pid}-1.tmp`, "notes.7.new"];
    for (const name of [...left, ...others]) writeFileSync(join(dir, name), "half");
    expect(await run()).toHaveLength(1);
    expect(files()).toEqual(expect.arrayContaining(others));
    for (const name of left) expect(files()).not.toContain(name);
  });

  it("before the manifest named the part writes it again", async () => {
    const before = await twoRuns();
    const part = partOf();
    renameSync(join(dir, part), join(dir, `${part}.ready`));
    writeFileSync(join(dir, "manifest.json"), before);
    await play(1);
    expect(await run()).toHaveLength(1);
    expect(files().some((name) => name.endsWith(".ready"))).toBe(false);
    expect(await found()).toEqual(await expected());
  });

  it("before the part had its name gives it that", async () => {
    await twoRuns();
    const part = partOf();
    renameSync(join(dir, part), join(dir, `${part}.ready`));
    expect(await found()).not.toEqual(await expected());
    expect(await run()).toEqual([]);
    expect(await found()).toEqual(await expected());
  });
});

describe("what is refused", () => {
  it("a second export into the same folder at the same time", async () => {
    await play(1);
    const first = await PartsExport.open({ journal: ledger.journal, dir, format: "parquet" });
    await expect(run()).rejects.toMatchObject({ code: "journal_locked" });
    await first.close();
    expect(await run()).toHaveLength(1);
  });

  it("a journal of another ledger, or of another past", async () => {
    await play(2);
    await run();
    const other = new Ledger();
    await other.open();
    await other.openCampaign();
    await other.grants(1);
    await other.engine.close();
    const refused = PartsExport.open({ journal: other.journal, dir, format: "parquet" });
    await expect(refused).rejects.toMatchObject({ code: "wrong_ledger" });
    const file = join(dir, "manifest.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    manifest.parts[0].chain = "00".repeat(32);
    writeFileSync(file, JSON.stringify(manifest));
    await expect(run()).rejects.toMatchObject({
      code: "wrong_ledger",
      message: expect.stringContaining("has another record"),
    });
    await other.remove();
  });

  it("a file that somebody who reads the folder would take for a part", async () => {
    await play(2);
    await run();
    const [part] = files();
    cpSync(join(dir, part!), join(dir, "events.parquet"));
    await expect(run()).rejects.toThrow("expected a folder of parts only, found");
  });

  it("another format than before, and a manifest that is none", async () => {
    await play(1);
    await run();
    await expect(run({ format: "csv" })).rejects.toThrow("--to: expected parquet");
    writeFileSync(join(dir, "manifest.json"), "{");
    await expect(run()).rejects.toMatchObject({ code: "invalid_file" });
  });
});
