// Proving as a reader does it: what is left behind when somebody loses patience.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hongbao } from "./cli-process.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

let scratch = "";
let temporary = "";

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "hongbao-impatient-"));
  temporary = await mkdtemp(join(scratch, "temporary-"));
  const rows = Array.from(
    { length: 400_000 },
    (_, i) => `u${i},${i % 2 ? "card" : "none"},${i % 3}`,
  );
  await writeFile(join(scratch, "rows.csv"), `user,arm,orders\n${rows.join("\n")}\n`);
  const table = { file: "rows.csv", user: "user", arm: "arm", control: "none" };
  const metrics = [{ id: "orders", kind: "mean", column: "orders" }];
  const project = { title: "test", plan: { metrics }, sources: { table } };
  await writeFile(join(scratch, "prove.yaml"), JSON.stringify(project));
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

const QUICK = ["quick", "rows.csv", "--arm", "arm", "--control", "none", "--outcome", "orders"];

/** Runs `prove … --sql` and sends the signal with the first statement; null: lets it end. */
async function prove(words: readonly string[], signal: NodeJS.Signals | null) {
  const child = spawn(process.execPath, [MAIN, "prove", ...words, "--sql"], {
    cwd: scratch,
    env: { ...process.env, TMPDIR: temporary, NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const seen: string[] = [];
  let isReading = false;
  child.stderr.on("data", (chunk: Buffer) => {
    if (isReading || !chunk.includes("CREATE OR REPLACE TABLE")) return;
    isReading = true;
    void readdir(temporary).then((names) => {
      seen.push(...names);
      if (signal !== null) child.kill(signal);
    });
  });
  const [code, by] = (await once(child, "close")) as [number | null, string | null];
  return { code, by, seen, left: await readdir(temporary) };
}

test("hongbao prove quick has --json and --html, though hongbao prove has them, too", async () => {
  const html = join(scratch, "page.html");
  const { code, stdout } = await hongbao(["prove", ...QUICK, "--json", "--html", html], {
    cwd: scratch,
  });
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { grade: string }).grade).toBe("A");
  expect(await readFile(html, "utf8")).toContain("<!doctype html>");
});

describe("hongbao prove, interrupted", () => {
  test.each([
    ["quick", "SIGINT", QUICK],
    ["quick", "SIGTERM", QUICK],
    ["of a project", "SIGINT", ["prove.yaml"]],
  ] as const)(
    "%s by %s leaves no temporary folder and ends by the signal",
    async (...[, signal, words]) => {
      const { by, seen, left } = await prove(words, signal);
      expect(by).toBe(signal);
      expect(seen.some((name) => name.startsWith("hongbao-warehouse-"))).toBe(true);
      expect(left).toEqual([]);
    },
  );

  test("is a control: left alone it ends by itself, and leaves nothing either", async () => {
    const { code, seen, left } = await prove(QUICK, null);
    expect([code, left]).toEqual([0, []]);
    expect(seen).not.toEqual([]);
  });
});
