// Receipts from the built command line: the log's thread in a real server that is killed, receipts
// checked by another process, a witness that is asked over HTTP, and verify on what is left.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hongbao, MAIN, type Ran, Serving } from "./cli-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FIRST = join(ROOT, "examples/first-campaign/campaign.yaml");

let scratch: string;
let data: string;
let server: Serving;
let env: Record<string, string>;
let logKey: string;

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
  scratch = await mkdtemp(join(tmpdir(), "hongbao-receipts-"));
  data = join(scratch, "data");
  await serve();
  const text = (await readFile(FIRST, "utf8")).replace("share: 10 %", "share: 0 %");
  await writeFile(join(scratch, "campaign.yaml"), text);
  await must("campaign", "open", join(scratch, "campaign.yaml"));
  const { stdout } = await must("keys", "add", "app", "--scope", "app");
  env = { ...env, HONGBAO_KEY: stdout.trim() };
}, 120_000);

afterAll(async () => {
  await server?.end("SIGKILL");
  await rm(scratch, { recursive: true, force: true });
});

async function serve(words: string[] = []): Promise<void> {
  server = await Serving.start(data, ["--checkpoint-seconds", "1", ...words]);
  const key = server.adminKey ?? env.HONGBAO_KEY!;
  env = { HONGBAO_URL: server.url, HONGBAO_KEY: key, HONGBAO_CAMPAIGN: "first" };
}

async function must(...words: string[]): Promise<Ran> {
  const ran = await hongbao(words, { env, cwd: scratch });
  if (ran.code !== 0) throw new Error(`exit ${ran.code}: ${ran.stdout}${ran.stderr}`);
  return ran;
}

async function claim(user: string): Promise<string> {
  const words = ["claim", "coffee", "--user", user, "--attribute", `device=${user}`, "--json"];
  return (JSON.parse((await must(...words)).stdout) as { grant: string }).grant;
}

it("are genuine, also after the server was killed in the middle", async () => {
  const before = await claim("ann");
  await must("receipt", "grant", before, "--out", "ann.receipt");
  logKey = (await must("checkpoint", "key", "--data", data)).stdout.trim();
  const checked = await must("receipt", "check", "ann.receipt", "--key", logKey);
  expect(checked.stdout).toMatch(/^genuine/);
  expect(checked.stdout).toContain("It does not prove");
  const first = (await must("checkpoint")).stdout;
  await writeFile(join(scratch, "first.checkpoint"), first);
  await server.end("SIGKILL");
  // As if the head file had not been written since: it is, each second.
  await rm(join(data, "journal", "head"));
  const killed = (await must("verify", data)).stdout;
  expect(killed).toMatch(/checkpoints: (\d+) of \1 sign these records, up to record (\d+)\n/);
  await serve();
  const grants: string[] = [];
  for (let round = 0; round < 3; round++) {
    grants.push(await claim(`user-${round}`));
    await server.end("SIGKILL");
    await serve();
  }
  for (const [i, grant] of grants.entries()) {
    await must("receipt", "grant", grant, "--out", `${i}.receipt`);
    const json = await must("receipt", "check", `${i}.receipt`, "--key", logKey, "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ genuine: true, grant: i + 1 });
  }
  await writeFile(join(scratch, "later.checkpoint"), (await must("checkpoint")).stdout);
  const compared = ["checkpoint", "compare", "first.checkpoint", "later.checkpoint"];
  expect((await must(...compared, "--log-key", logKey)).stdout).toMatch(/^consistent/);
  expect((await must(...compared, "--data", data)).stdout).toMatch(/^consistent/);
}, 120_000);

it("are refused in words when forged, with exit code 4", async () => {
  const text = await readFile(join(scratch, "ann.receipt"), "utf8");
  await writeFile(join(scratch, "forged"), text.replace(/"index": \d+/, '"index": 7'));
  await writeFile(join(scratch, "none"), "");
  const other = logKey.replace(/^hongbao\/[^+]+/, "hongbao/another");
  for (const [file, key, words] of [
    ["forged", logKey, /NOT GENUINE.*found index 7/],
    ["none", logKey, /NOT GENUINE.*empty file/],
  ] as const) {
    const ran = await hongbao(["receipt", "check", file, "--key", key], { env, cwd: scratch });
    expect([ran.code, words.test(ran.stdout)]).toEqual([4, true]);
  }
  const wrongKey = ["receipt", "check", "ann.receipt", "--key", other];
  const ran = await hongbao(wrongKey, { env, cwd: scratch });
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("expected a public key")]);
  const ownWitness = ["receipt", "check", "ann.receipt", "--key", logKey, "--witness", logKey];
  const refused = await hongbao(ownWitness, { env, cwd: scratch });
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining("expected a witness's key"),
  ]);
  const swapped = ["checkpoint", "compare", "later.checkpoint", "first.checkpoint"];
  expect((await hongbao(swapped, { env, cwd: scratch })).code).toBe(4);
}, 60_000);

it("carry the cosignature of a witness that the server asks", async () => {
  const witnessKey = (
    await must("witness", "key", "w", "--name", "witness.example/1")
  ).stdout.trim();
  const words = ["witness", "serve", "w", "--port", "0", "--trust", logKey];
  const witness = spawn(process.execPath, [MAIN, ...words], {
    cwd: scratch,
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const [line] = (await once(createInterface({ input: witness.stdout! }), "line")) as [string];
    const url = /http:\S+/.exec(line)![0];
    await writeFile(join(scratch, "witnesses"), `witness one ${witnessKey} ${url}\n`);
    await server.end("SIGTERM");
    await serve(["--witnesses", join(scratch, "witnesses")]);
    const grant = await claim("seen");
    const insisted = async (): Promise<Ran> => {
      await must("receipt", "grant", grant, "--out", "seen.receipt");
      const check = ["receipt", "check", "seen.receipt", "--key", logKey];
      return await hongbao([...check, "--witness", witnessKey], { env, cwd: scratch });
    };
    let ran = await insisted();
    for (let tries = 0; ran.code !== 0 && tries < 10; tries++) ran = await insisted();
    expect(ran.stdout).toContain("The witness witness.example/1 saw this checkpoint");
  } finally {
    witness.kill("SIGTERM");
    await once(witness, "exit");
  }
}, 120_000);

it("rest on a journal that verifies, and a forged checkpoint is found", async () => {
  await server.end("SIGTERM");
  const since = ["--since", "first.checkpoint", "--checkpoint", "later.checkpoint"];
  const sound = await must("verify", data, ...since, "--key", logKey);
  expect(sound.stdout).toMatch(/since: the journal extends first\.checkpoint/);
  expect(sound.stdout).toMatch(/sound: /);
  const checkpoints = join(data, "log", "checkpoints");
  await copyFile(checkpoints, join(scratch, "kept"));
  const notes = await readFile(checkpoints, "utf8");
  const forged = notes.replace(/^(hongbao\/\S+\n\d+\n)(.)/m, (_, head: string, first: string) => {
    return head + (first === "x" ? "y" : "x");
  });
  await writeFile(checkpoints, forged);
  const ran = await hongbao(["verify", data, "--key", logKey], { env, cwd: scratch });
  expect(ran.code).toBe(4);
  expect(ran.stdout).toMatch(/checkpoints: expected .*a wrong signature|checkpoint/);
  await copyFile(join(scratch, "kept"), checkpoints);
}, 60_000);
