// `hongbao clv` as a reader runs it: JSON on one line, a line a customer on request, exit codes;
// the bootstrap's threads, which change nothing but the time and end with the command.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { randomStream } from "../../src/base/keystream.ts";
import {
  type CustomerRequest,
  type PurchaseStudy,
  studyCustomers,
} from "../../src/prove/customers/index.ts";
import { hongbao, MAIN } from "./cli-process.ts";

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

/** Customers with rates and chances to leave of their own, so that all three models are fitted. */
async function summaryOf(customers: number): Promise<string> {
  const stream = randomStream(3, "summary");
  const lines = ["x,t_x,T"];
  for (let i = 0; i < customers; i++) {
    const [rate, age] = [stream.nextNormal() ** 2 / 8, 20 + 40 * stream.nextFloat()];
    const leaves = stream.nextFloat() * stream.nextFloat();
    let [repeats, recency] = [0, 0];
    for (;;) {
      const next = recency - Math.log(1 - stream.nextFloat()) / rate;
      if (next > age) break;
      [repeats, recency] = [repeats + 1, next];
      if (stream.nextFloat() < leaves) break;
    }
    lines.push(`${repeats},${recency},${age}`);
  }
  const file = join(folder, `summary-${customers}.csv`);
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

it("gives the same figures with 1, 2 and 3 threads, and from sources", async () => {
  const request: CustomerRequest = {
    file: await summaryOf(400),
    columns: {},
    unit: null,
    horizon: 26,
    yearlyDiscount: 0.1,
    level: 0.95,
    seed: 1,
    replicates: 22,
    nowMs: Date.UTC(2026, 0, 1),
  };
  const built = new URL("../../dist/prove/customers/index.js", import.meta.url).href;
  const threaded = `import { studyCustomers } from ${JSON.stringify(built)};
    let threads = 0;
    process.on("worker", () => (threads += 1));
    for (const workers of [1, 2, 3]) {
      threads = 0;
      let told;
      const onReplicate = (...of) => (told = of);
      const request = { ...${JSON.stringify(request)}, workers, onReplicate };
      const { models } = (await studyCustomers(request)).study;
      console.log(JSON.stringify({ threads, told, models }));
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", threaded]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = await once(child, "close");
  expect([code, stderr]).toEqual([0, ""]);
  const { models } = (await studyCustomers(request)).study as PurchaseStudy;
  expect(models.map(({ ahead }) => ahead?.purchases.interval ?? null)).not.toContain(null);
  const expected = [0, 2, 3].map((threads) => ({ threads, told: [66, 66], models }));
  expect(stdout).toBe(expected.map((line) => `${JSON.stringify(line)}\n`).join(""));
}, 60_000);

it("ends at once with its threads when it is interrupted", async () => {
  const words = ["clv", await summaryOf(400), "--bootstrap", "100000"];
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: "ignore" });
  const ended = once(child, "close");
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(child.exitCode).toBeNull();
  const askedAtMs = performance.now();
  child.kill("SIGINT");
  expect(await ended).toEqual([null, "SIGINT"]);
  expect(performance.now() - askedAtMs).toBeLessThan(2_000);
}, 20_000);
