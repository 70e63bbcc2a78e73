// `hongbao campaign revise|approve|reject` from outside: two people who edit one campaign do not
// undo each other's work unseen, and nobody consents to what he has not seen.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hongbao, type Ran, Serving } from "./cli-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let scratch = "";
let server: Serving;
let mine = "";
let ann: Record<string, string> = {};
let ben: Record<string, string> = {};

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
  scratch = await mkdtemp(join(tmpdir(), "hongbao-revise-"));
  server = await Serving.start(join(scratch, "data"));
  ann = { HONGBAO_URL: server.url, HONGBAO_KEY: server.adminKey! };
  const file = join(ROOT, "examples/first-campaign/campaign.yaml");
  mine = join(scratch, "my spring.yaml");
  await writeFile(mine, await readFile(file, "utf8"));
  expect((await hongbao(["campaign", "open", mine], { env: ann })).code).toBe(0);
  const key = await hongbao(["keys", "add", "ben", "--scope", "admin"], { env: ann });
  ben = { ...ann, HONGBAO_KEY: key.stdout.trim() };
}, 120_000);

afterAll(async () => {
  await server?.end("SIGKILL");
  await rm(scratch, { recursive: true, force: true });
});

async function edited(from: RegExp, to: string): Promise<void> {
  await writeFile(mine, (await readFile(mine, "utf8")).replace(from, to));
}

function revise(...more: string[]): Promise<Ran> {
  return hongbao(["campaign", "revise", mine, "--why", "it's time", ...more], { env: ann });
}

function approve(...more: string[]): Promise<Ran> {
  return hongbao(["campaign", "approve", "first", ...more], { env: ben });
}

/** What the answer says to do next, run by a shell as a reader would. */
async function runNext({ stdout }: Ran, env: Record<string, string>): Promise<Ran> {
  const next = /^next:\n {2}hongbao (.*)$/m.exec(stdout)![1]!;
  const words = execFileSync("sh", ["-c", `printf '%s\\n' ${next}`], { encoding: "utf8" });
  return hongbao(words.trimEnd().split("\n"), { env });
}

describe("the file in force", () => {
  const file = (...more: string[]) => hongbao(["campaign", "file", "first", ...more], { env: ann });

  test("is printed, or written, and changes nothing when it is handed in", async () => {
    const printed = await file();
    expect([printed.code, printed.stdout]).toEqual([
      0,
      expect.stringContaining("# Campaign first as it was opened"),
    ]);
    const out = join(scratch, "in-force.yaml");
    const written = await file("--of", "0", "--out", out);
    expect(written.stderr).toContain("in-force.yaml: version 0 of first");
    expect(await readFile(out, "utf8")).toBe(printed.stdout);
    const again = await file("--out", out);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("--overwrite")]);
    const words = ["campaign", "revise", out, "--why", "a look", "--preview"];
    const { code, stdout } = await hongbao(words, { env: ann });
    expect([code, stdout]).toEqual([0, expect.not.stringContaining("next:")]);
  });

  test("says what it expected where the version is none", async () => {
    expect((await file("--of", "one")).stderr).toContain("--of: expected a version such as 0");
    const beyond = await file("--of", "7");
    expect(beyond.stderr).toContain("expected a version from 0 to 0, found 7");
    const unknown = await hongbao(["campaign", "file", "none"], { env: ann });
    expect([unknown.code, unknown.stdout]).toEqual([1, expect.stringMatching(/unknown_campaign/)]);
  });
});

describe("a revision", () => {
  test("without the version that it comes from is refused, and says how to learn it", async () => {
    const { code, stderr } = await revise();
    expect(code).toBe(2);
    expect(stderr).toContain("--from: expected the version in force");
    expect(stderr).toContain("my spring.yaml' --why 'it'\\''s time' --preview");
  });

  test("is put in force by the command that its preview ends with", async () => {
    await edited(/^budget: .*/m, "budget: 1500.00");
    const preview = await revise("--preview");
    expect(preview.stdout).toContain("budget  1000.00 EUR  1500.00 EUR");
    const { code, stdout } = await runNext(preview, ann);
    expect([code, stdout]).toEqual([0, expect.stringContaining("revised\n")]);
  });

  test("from a version that is not in force any more hears who came first", async () => {
    await edited(/^budget: .*/m, "budget: 1200.00");
    const conflict = await revise("--from", "0");
    expect(conflict.code).toBe(1);
    expect(conflict.stdout).toMatch(/last revised +20\S+Z by \S+: it's time/);
    const again = await runNext(conflict, ann);
    expect(again.stdout).toContain("budget  1500.00 EUR  1200.00 EUR");
    const shown = await hongbao(["campaign", "show", "first"], { env: ann });
    expect(shown.stdout).toMatch(/version +1, revised 20\S+Z by \S+: it's time/);
  });

  test("that changes nothing uses up no version", async () => {
    await edited(/^budget: .*/m, "budget: 1500.00");
    const { code, stdout } = await revise("--from", "1", "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "ok", version: 1 }]);
  });

  test("that may not be is told of the user's own file", async () => {
    const before = await readFile(mine, "utf8");
    await edited(/^timeZone: .*/m, "timeZone: Asia/Tokyo");
    const { code, stderr } = await revise("--preview");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/my spring\.yaml:\d+:\d+/);
    expect(stderr).not.toContain("hongbao: campaign.yaml");
    await writeFile(mine, before);
  });
});

describe("where two must agree", () => {
  test("consent names what was seen, and another proposal is looked at first", async () => {
    await edited(/$/, "fourEyes: true\n");
    expect((await revise("--from", "1")).stdout).toContain("revised\n");
    await edited(/^budget: .*/m, "budget: 1300.00");
    expect((await revise("--from", "2")).stdout).toContain("proposed\n");
    const unseen = await approve();
    expect([unseen.code, unseen.stderr]).toEqual([2, expect.stringContaining("--preview")]);
    const seen = await approve("--preview");
    expect(seen.stdout).toContain("budget  1500.00 EUR  1300.00 EUR");
    await edited(/^budget: .*/m, "budget: 9000.00");
    await revise("--from", "2");
    const swapped = await runNext(seen, ben);
    expect([swapped.code, swapped.stdout]).toEqual([1, expect.stringContaining("unknown_prop")]);
    const looked = await runNext(swapped, ben);
    expect(looked.stdout).toContain("budget  1500.00 EUR  9000.00 EUR");
    expect((await runNext(looked, ben)).stdout).toContain("revised\n");
    // The answer was lost: the same again.
    expect((await runNext(looked, ben)).stdout).toContain("revised  (replayed");
  });

  test("a proposal is taken back by its digest", async () => {
    await edited(/^budget: .*/m, "budget: 9100.00");
    const { stdout } = await revise("--from", "3");
    const digest = /proposal +([0-9a-f]{32})/.exec(stdout)![1]!;
    const reject = ["campaign", "reject", "first", "--why", "no"];
    expect((await hongbao(reject, { env: ben })).code).toBe(2);
    const answer = await hongbao([...reject, "--proposal", digest], { env: ben });
    expect(answer.stdout).toContain("rejected\n");
  });
});
