// A flag that names a file for results never costs what is read, nor a minute's work.
import {
  chmod,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clv } from "./clv/clv.ts";
import { exportJournal } from "./export.ts";
import { outputFile, writeOutput } from "./output-file.ts";
import { plan } from "./plan/plan.ts";
import { project } from "./prove/project.ts";
import { quick } from "./prove/quick.ts";
import { openTerminal } from "./terminal.ts";
import { value } from "./value/value.ts";
import type { Verb } from "./verb.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-output-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function call(verb: Verb, arg: string, flags: Record<string, unknown>) {
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  const terminal = openTerminal({ stdout, stderr: stdout, env: {} });
  return verb({ terminal, args: [arg], flags, env: {}, json: false });
}

const EXAMPLE = resolve(import.meta.dirname, "../../examples/qwen-2026");
const ROWS = ["arm,kept", ...["a,0", "a,1", "b,1", "b,1"].flatMap((row) => Array(20).fill(row))];
const TABLE = `${ROWS.join("\n")}\n`;
const QUICK = { arm: "arm", control: "a", outcome: ["kept"] };

describe("a file for results", () => {
  it("of a page replaces an older page, and nothing else", async () => {
    const table = join(folder, "table.csv");
    await writeFile(table, TABLE);
    const notes = join(folder, "notes.txt");
    await writeFile(notes, "years of work");
    await expect(call(quick, table, { ...QUICK, html: notes })).rejects.toThrow(/older page/);
    expect(await readFile(notes, "utf8")).toBe("years of work");
    const html = join(folder, "page.html");
    await call(quick, table, { ...QUICK, html });
    await call(quick, table, { ...QUICK, html });
    expect(await readFile(html, "utf8")).toMatch(/^<!doctype html/i);
  });

  it("is not that of another flag", async () => {
    const flags = {
      html: join(folder, "one"),
      writeCampaign: `${folder}/../${basename(folder)}/one`,
    };
    await expect(call(plan, EXAMPLE, flags)).rejects.toThrow(/another file than --write-campaign/);
  });

  it("is none of those that are read, by whatever name", async () => {
    const table = join(folder, "table.csv");
    await writeFile(table, TABLE);
    await symlink(table, join(folder, "symbolic.html"));
    await link(table, join(folder, "hard.html"));
    await mkdir(join(folder, "sub"));
    for (const name of ["table.csv", "sub/../table.csv", "symbolic.html", "hard.html"]) {
      const html = `${folder}/${name}`;
      await expect(call(quick, table, { ...QUICK, html })).rejects.toThrow(/which is read/);
    }
    expect(await readFile(table, "utf8")).toBe(TABLE);
    // The control: another name is written to.
    const html = join(folder, "page.html");
    await call(quick, table, { ...QUICK, html });
    expect(await readFile(html, "utf8")).toMatch(/^<!doctype html>/i);
  });

  it("is neither a project's plan, nor its sources, nor what lies in its journal", async () => {
    const rows = ["user,arm,kept", "x,a,0", "y,a,1", "z,b,1", "w,b,0"];
    await writeFile(join(folder, "rows.csv"), `${rows.join("\n")}\n`);
    const plan =
      "title: t\nplan:\n  metrics:\n    - { id: kept, column: kept, kind: share }\n" +
      "sources:\n  table: { file: rows.csv, arm: arm, control: a, user: user,\n" +
      "    shares: { a: 50 %, b: 50 % }, assigned: before contact }\n";
    await writeFile(join(folder, "prove.yaml"), plan);
    for (const name of ["prove.yaml", "rows.csv"]) {
      const asked = call(project, folder, { html: join(folder, name) });
      await expect(asked).rejects.toThrow(/which is read/);
    }
    const journal = join(folder, "ledger");
    await mkdir(join(journal, "journal"), { recursive: true });
    await expect(
      outputFile("--html", join(journal, "journal", "1.journal"), [journal]),
    ).rejects.toThrow(/which is read: it is .*ledger, or lies in it/);
    expect(await outputFile("--html", join(folder, "ledger.html"), [journal])).not.toBeNull();
  });

  it("is neither a valuation's file nor one that it names", async () => {
    const own = join(folder, "value.yaml");
    const names = ["value.yaml", "plan.yaml", "announced.yaml"];
    for (const name of names) {
      await copyFile(join(EXAMPLE, name), join(folder, name));
    }
    for (const name of names) {
      const before = await readFile(join(folder, name), "utf8");
      const asked = call(value, own, { html: join(folder, name) });
      await expect(asked).rejects.toThrow(/which is read/);
      expect(await readFile(join(folder, name), "utf8")).toBe(before);
    }
  });

  it("of clv leaves the customers' file alone", async () => {
    const cohort = join(folder, "cohort.csv");
    const text = "period,survivors\n0,1000\n1,869\n2,743\n3,653\n4,593\n";
    await writeFile(cohort, text);
    await expect(call(clv, cohort, { each: cohort })).rejects.toThrow(/which is read/);
    expect(await readFile(cohort, "utf8")).toBe(text);
  });

  it("is refused before anything is computed where it cannot be written", async () => {
    const refused = async (given: string, expected: RegExp): Promise<void> => {
      // The table is not even there: it would be missed first otherwise.
      const asked = call(quick, join(folder, "absent.csv"), { ...QUICK, html: given });
      await expect(asked).rejects.toThrow(expected);
    };
    await refused("", /^--html: expected a file's name, found an empty one$/);
    await refused(folder, /expected a file's name, found .*, which is a folder/);
    await refused(join(folder, "none", "p.html"), /expected a folder .*none, found none/);
    await writeFile(join(folder, "file"), "");
    await refused(join(folder, "file", "p.html"), /expected a folder .*file, found a file/);
    if (process.getuid?.() === 0) return; // who may write anywhere
    await chmod(folder, 0o500);
    await refused(join(folder, "p.html"), /this user may write to/);
    await chmod(folder, 0o700);
  });

  it("is replaced whole, with its mode, through links, and leaves nothing beside it", async () => {
    const file = join(folder, "page.html");
    await writeFile(file, "old", { mode: 0o640 });
    const alias = join(folder, "alias.html");
    await symlink(file, alias);
    await writeOutput(alias, "new");
    expect(await readFile(file, "utf8")).toBe("new");
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(["alias.html", "page.html"]);
  });
});

describe("an export", () => {
  it("goes neither into the journal's folder nor over a README.md of something else", async () => {
    const data = join(folder, "data");
    await mkdir(join(data, "journal"), { recursive: true });
    await writeFile(join(data, "journal", "1.journal"), "");
    const into = (out: string) => call(exportJournal, data, { out, to: "csv" });
    await expect(into(join(data, "journal", "export"))).rejects.toThrow(/which is read/);
    expect(await readdir(join(data, "journal"))).toEqual(["1.journal"]);
    await writeFile(join(folder, "README.md"), "# My project\n");
    await expect(into(folder)).rejects.toThrow(/a folder of its own, found .* another README/);
    expect(await readFile(join(folder, "README.md"), "utf8")).toBe("# My project\n");
  });
});
