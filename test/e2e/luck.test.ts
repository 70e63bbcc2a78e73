// A public round from the command line: handed in from a file and from standard input, refused when
// it is something else, and one drawing and the odds told afterwards.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hongbao, type Ran, Serving } from "./cli-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLE = join(ROOT, "examples/luck");
const ROUND = join(EXAMPLE, "round-1000.json");

let scratch = "";
let server: Serving;
let admin: Record<string, string> = {};
let app: Record<string, string> = {};

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
  scratch = await mkdtemp(join(tmpdir(), "hongbao-luck-cli-"));
  server = await Serving.start(join(scratch, "data"), ["--clock", "driven"]);
  const { url } = server;
  admin = { HONGBAO_URL: url, HONGBAO_KEY: server.adminKey!, HONGBAO_CAMPAIGN: "envelopes" };
  const key = await hongbao(["keys", "add", "app", "--scope", "app"], { env: admin });
  app = { ...admin, HONGBAO_KEY: key.stdout.trim() };
}, 120_000);

afterAll(async () => {
  await server?.end("SIGKILL");
  await rm(scratch, { recursive: true, force: true });
});

async function clock(time: string): Promise<void> {
  const answer = await fetch(`${server.url}/v1/clock`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.adminKey}`, "content-type": "application/json" },
    body: JSON.stringify({ atMs: Date.parse(time) }),
  });
  expect(answer.status).toBe(200);
}

function asAdmin(words: string[], input = ""): Promise<Ran> {
  return hongbao(words, { env: admin, input });
}

const handIn = (file: string, input = ""): Promise<Ran> =>
  asAdmin(["campaign", "beacon", "envelopes", file], input);

describe("a public round", () => {
  test("is promised by a campaign that opens in time", async () => {
    await clock("2023-08-23T15:00:00Z");
    const opened = await asAdmin(["campaign", "open", join(EXAMPLE, "campaign.yaml")]);
    expect(opened).toMatchObject({ code: 0 });
    const early = await handIn(ROUND);
    expect(early).toMatchObject({ code: 1, stdout: expect.stringContaining("beacon_early") });
    const claimed = await hongbao(["claim", "envelope", "--user", "ann"], { env: app });
    expect(claimed).toMatchObject({ code: 1, stdout: expect.stringContaining("not_open") });
  });

  test("that is over is refused, with the next one that would do", async () => {
    await clock("2023-08-23T16:00:00Z");
    const text = await readFile(join(EXAMPLE, "campaign.yaml"), "utf8");
    const file = join(scratch, "late.yaml");
    await writeFile(file, text.replace("campaign: envelopes", "campaign: late"));
    const late = await asAdmin(["campaign", "open", file]);
    expect(late.code).not.toBe(0);
    expect(late.stderr).toContain("1032 or later, due 2023-08-23T16:01:00.000Z");
    expect(late.stderr).toContain("found 1000, due 2023-08-23T15:59:24.000Z");
  });

  test("is nothing else than what drand publishes", async () => {
    const long = join(scratch, "long.json");
    await writeFile(long, `{"round": 1000, "signature": "${"0".repeat(200_000)}"}`);
    const cases: [Promise<Ran>, RegExp][] = [
      [handIn(long), /more than 65536 bytes/],
      [handIn("-", "x".repeat(200_000)), /standard input: .*more than 65536 bytes/s],
      [handIn("-", "no JSON"), /standard input: .*no JSON/s],
      [handIn("-", '{"round": 1000}'), /\$\.signature/],
      [handIn("-", '{"round": 1000, "signature": "00", "bonus": 1}'), /\$\./],
      [handIn(join(scratch, "none.json")), /expected a file, found none/],
      [handIn(scratch), /expected a file, found a directory/],
    ];
    for (const [run, said] of cases) {
      const { code, stderr } = await run;
      expect(code).not.toBe(0);
      expect(stderr).toMatch(said);
    }
  });

  test("is taken from a file or from standard input, and taken again as a replay", async () => {
    const text = await readFile(ROUND, "utf8");
    const first = await handIn("-", text);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining("fe290beca10872ef") });
    const again = await handIn(ROUND);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("replayed") });
    const forged = await handIn("-", text.replace('39"\n', '38"\n'));
    expect(forged).toMatchObject({ code: 1, stdout: expect.stringContaining("beacon_invalid") });
  });

  test("explains a drawing, by the server and by the journal", async () => {
    const claimed = await hongbao(["claim", "envelope", "--user", "ann", "--json"], { env: app });
    const { grant } = JSON.parse(claimed.stdout) as { grant: string };
    const shown = await asAdmin(["luck", "show", grant]);
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Round 1,000 of drand"),
    });
    const odds = await asAdmin(["luck", "odds", "envelopes"]);
    expect(odds).toMatchObject({ code: 0, stdout: expect.stringContaining("1 grants") });
    const data = join(scratch, "data");
    await clock("2023-08-23T16:00:01Z");
    const inJournal = () => hongbao(["luck", "show", grant, "--journal", data, "--json"]);
    // An idle journal is sealed: then its last record counts, too.
    await expect.poll(async () => (await inJournal()).code).toBe(0);
    const journal = await inJournal();
    expect(JSON.parse(journal.stdout)).toMatchObject({ grant, drawsBefore: 0 });
    expect(await hongbao(["luck", "odds", data])).toMatchObject({ code: 0 });
    const unknown = await asAdmin(["luck", "odds", "elsewhere"]);
    expect(unknown).toMatchObject({ code: 1, stdout: expect.stringContaining("unknown_campaign") });
    expect((await hongbao(["luck", "show", "?!", "--journal", data])).code).toBe(2);
  });
});
