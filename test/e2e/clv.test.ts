// `hongbao clv` as a reader runs it: JSON on one line, a line a customer on request, exit codes.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hongbao } from "./cli-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-clv-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Eight donors' patterns over six years, each many times. */
const DONORS = [
  "frequency,recency,periods,weights",
  ...["0,0,6,346", "1,1,6,109", "1,4,6,20", "2,3,6,60", "3,6,6,35", "4,5,6,30", "5,6,6,72"],
  "6,6,6,120",
];

it("fits, prints one line of JSON, and writes a line a customer", async () => {
  const file = join(folder, "donors.csv");
  const each = join(folder, "each.csv");
  await writeFile(file, `${DONORS.join("\n")}\n`);
  const words = ["--unit", "year", "--horizon", "5", "--bootstrap", "20", "--each", each];
  const { code, stdout } = await hongbao(["clv", file, ...words, "--json"]);
  expect(code).toBe(0);
  const { models, question } = JSON.parse(stdout);
  expect(models).toHaveLength(1);
  expect(models[0].fit.kind).toBe("fitted");
  expect(question.horizon).toBe(5);
  const lines = (await readFile(each, "utf8")).trim().split("\n");
  expect(lines[0]).toBe("customer,customers,repeats,alive bg-bb,purchases bg-bb,value bg-bb");
  expect(lines).toHaveLength(9);
});

it("ends with 1 where nothing is identified, with 2 on wrong words", async () => {
  const file = join(folder, "decay.csv");
  const rows = ["period,survivors", "0,1000", "1,800", "2,640", "3,512", "4,410"];
  await writeFile(file, `${rows.join("\n")}\n`);
  const flat = await hongbao(["clv", file]);
  expect([flat.code, flat.stdout.includes("is not identified")]).toEqual([1, true]);
  const wrong = await hongbao(["clv", file, "--horizon", "-3"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/--horizon: expected/)]);
});
