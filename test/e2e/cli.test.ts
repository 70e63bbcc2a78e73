// The command line from outside: what a person or a script meets, with the exit codes of the table.
import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands, buildProgram } from "../../src/cli/program.ts";
import { hongbao, type Ran, Serving } from "./cli-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FIRST = join(ROOT, "examples/first-campaign/campaign.yaml");

let scratch = "";
let server: Serving;
let admin: Record<string, string> = {};
let app: Record<string, string> = {};

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
  scratch = await mkdtemp(join(tmpdir(), "hongbao-cli-"));
  server = await Serving.start(join(scratch, "data"));
  admin = { HONGBAO_URL: server.url, HONGBAO_KEY: server.adminKey!, HONGBAO_CAMPAIGN: "open" };
  const file = join(scratch, "open.yaml");
  await writeFile(file, await openCampaignText());
  await must(hongbao(["campaign", "open", file], { env: admin }));
  const key = await must(hongbao(["keys", "add", "app", "--scope", "app"], { env: admin }));
  app = { ...admin, HONGBAO_KEY: key.stdout.trim() };
}, 120_000);

afterAll(async () => {
  await server?.end("SIGKILL");
  await rm(scratch, { recursive: true, force: true });
});

/** The example without its holdout: here every user must be granted. */
async function openCampaignText(): Promise<string> {
  const text = await readFile(FIRST, "utf8");
  return text.replace("campaign: first", "campaign: open").replace("share: 10 %", "share: 0 %");
}

async function must(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  if (ran.code !== 0) throw new Error(`exit ${ran.code}: ${ran.stdout}${ran.stderr}`);
  return ran;
}

function hasPrlimit(): boolean {
  return spawnSync("prlimit", ["--version"]).status === 0;
}

/** A command that sees `directory` as an empty file system that nobody may write. */
function onReadOnly(directory: string, command: readonly string[]): SpawnSyncReturns<string> {
  const mount = 'mount -t tmpfs -o ro tmpfs "$1" && shift && exec "$@"';
  const words = ["--map-root-user", "--mount", "sh", "-c", mount, "sh", directory, ...command];
  return spawnSync("unshare", words, { encoding: "utf8" });
}

function claim(user: string, ...more: string[]): Promise<Ran> {
  return hongbao(["claim", "coffee", "--user", user, ...more], { env: app });
}

async function grantOf(user: string): Promise<string> {
  const { stdout } = await must(claim(user, "--json"));
  return (JSON.parse(stdout) as { grant: string }).grant;
}

describe("words", () => {
  test("alone it shows the five verbs in one picture and what to begin with", async () => {
    const { code, stdout } = await hongbao([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/plan.*run.*serve.*prove.*value/);
    expect(stdout).toContain("Begin with:");
  });

  test("every verb explains itself with an example", () => {
    for (const command of allCommands(buildProgram("0.0.0"))) {
      if (command.commands.length > 0) continue;
      let help = "";
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      expect(help, command.name()).toMatch(/^Examples?:\n {2}\S*/m);
    }
  });

  test.each([
    [["serv"], /Did you mean serve/],
    [["claim"], /missing required argument 'offer'/],
    [["claim", "coffee", "--usr", "ann"], /unknown option '--usr'/],
    [["claim", "coffee", "--user", "ann"], /--campaign: expected[\s\S]*`hongbao claim --help`/],
    [["export", "nowhere", "--to", "xml"], /--to: expected parquet or csv, found xml/],
  ])("%j is wrong usage: exit 2 and what to do", async (words, said) => {
    const { code, stdout, stderr } = await hongbao(words);
    expect(stderr).toMatch(said);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("campaign check", () => {
  test("explains a valid campaign, without any server", async () => {
    const { code, stdout } = await hongbao(["campaign", "check", FIRST]);
    expect(code).toBe(0);
    expect(stdout).toContain("it spends at most 1,000.00 EUR");
  });

  test("names line, column, expectation and nearest key of each mistake: exit 1", async () => {
    const file = join(scratch, "bad.yaml");
    const text = await readFile(FIRST, "utf8");
    await writeFile(file, text.replace("budget: 1000.00", "budgt: 1000.00"));
    const { code, stderr } = await hongbao(["campaign", "check", file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.yaml:7:1: budgt: expected .* \(did you mean budget\?\)/);
  });
});

describe("money", () => {
  test("a claim is granted once: its repetition is a replay, the next a refusal", async () => {
    const first = await claim("ann", "--id", "c-ann", "--json");
    const again = await claim("ann", "--id", "c-ann", "--json");
    const answers = [first, again].map(({ stdout }) => JSON.parse(stdout));
    expect(answers[0]).toMatchObject({ status: "granted", replayed: false, amountMinor: 250 });
    const { grant, expiresAtMs } = answers[0];
    expect(answers[1]).toMatchObject({ status: "granted", replayed: true, grant, expiresAtMs });
    const second = await claim("ann");
    expect(second.code).toBe(1);
    expect(second.stdout).toMatch(/^cap_reached\n[\s\S]*cap +user-day\n/);
  });

  test("a grant is extended, to the end of a day or by so much, after a preview", async () => {
    const grant = await grantOf("ext");
    const extend = (...more: string[]) =>
      hongbao(["extend", grant, "--why", "shop closed", ...more], { env: admin });
    const until = ["--until", "2028-06-15"];
    const preview = await must(extend(...until, "--preview"));
    expect(preview.stdout).toMatch(/^extended\n[\s\S]*before +20[\s\S]*nothing was changed/);
    const done = await must(extend(...until, "--json"));
    const answer = JSON.parse(done.stdout);
    // Berlin is two hours ahead in June.
    const endMs = Date.parse("2028-06-15T22:00:00Z");
    expect(answer).toMatchObject({ status: "extended", expiresAtMs: endMs });
    const by = JSON.parse((await must(extend("--by", "3d", "--json"))).stdout);
    expect(by).toMatchObject({ expiresAtMs: endMs + 3 * 86_400_000, beforeMs: endMs });
    const again = await extend(...until);
    expect([again.code, again.stdout]).toEqual([1, expect.stringMatching(/^not_later\n/)]);
    const late = await extend("--until", "2029-03-01T00:00:00.001+01:00");
    expect(late.stdout).toMatch(/^after_close[\s\S]*latest/);
    const wrongs = [[], ["--by", "3d", ...until], ["--by", "soon"], ["--until", "2028-02-30"]];
    for (const words of wrongs) {
      const { code, stderr } = await extend(...words);
      expect(stderr).toMatch(/--(until|by).*expected/);
      expect(code).toBe(2);
    }
    const history = await must(hongbao(["grant", "history", grant], { env: admin }));
    expect(history.stdout).toMatch(/extended[\s\S]*until 2028-06-15[\s\S]*shop closed/);
  });

  test("a grant is spent in part, shown, given back and cancelled", async () => {
    const grant = await grantOf("bob");
    const part = await must(hongbao(["redeem", grant, "1.50", "--id", "r-bob"], { env: app }));
    expect(part.stdout).toMatch(/amount +1\.50 EUR\n +rest +1\.00 EUR/);
    const shown = await must(hongbao(["grant", "show", grant], { env: app }));
    expect(shown.stdout).toMatch(/state +reserved[\s\S]*spent +1\.50 EUR/);
    const reversed = await must(hongbao(["reverse", "r-bob"], { env: admin }));
    expect(reversed.stdout).toMatch(/reversed +1\.50 EUR, redeemable again/);
    const cancelled = await must(hongbao(["cancel", grant], { env: admin }));
    expect(cancelled.stdout).toMatch(/returned +2\.50 EUR/);
    const late = await hongbao(["redeem", grant], { env: app });
    expect([late.code, late.stdout.split("\n")[0]]).toEqual([1, "already_cancelled"]);
  });

  test("an amount that the currency does not have is refused before anything is sent", async () => {
    const grant = await grantOf("cleo");
    const { code, stderr } = await hongbao(["redeem", grant, "1.555"], { env: app });
    expect([code, stderr]).toEqual([2, expect.stringContaining("found 1.555")]);
  });

  test("a key without the scope is told so, as JSON too", async () => {
    const words = ["claim", "coffee", "--user", "dan", "--json"];
    const { code, stdout } = await hongbao(words, { env: admin });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({ code: "forbidden", retryable: false });
  });

  test("the books add up", async () => {
    const { stdout } = await must(hongbao(["campaign", "show", "open", "--json"], { env: admin }));
    const { books } = JSON.parse(stdout);
    const { spentMinor, reservedMinor, settlingMinor, freeMinor } = books;
    expect(spentMinor + reservedMinor + settlingMinor + freeMinor).toBe(books.budgetMinor);
    const table = await must(hongbao(["campaign", "list"], { env: admin }));
    expect(table.stdout).toMatch(/^open +open +1,000\.00 /m);
  });

  test("a misspelt variable is told on stderr, with the nearest that means something", async () => {
    const env = { ...admin, HONGBAO_CAMPAIN: "open" };
    const { stderr } = await must(hongbao(["campaign", "list"], { env }));
    expect(stderr).toContain("HONGBAO_CAMPAIN means nothing (did you mean HONGBAO_CAMPAIGN?)");
  });

  test("without a server the exit code is 3, with the id for a safe repetition", async () => {
    const env = { ...app, HONGBAO_URL: "http://127.0.0.1:9", HONGBAO_TIMEOUT_MS: "300" };
    const { code, stderr } = await hongbao(["claim", "coffee", "--user", "x"], { env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/--id c-[\s\S]*cannot be reached/);
  });
});

describe("assistant", () => {
  const clientInfo = { name: "test", version: "1" };
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
  const initialize = { jsonrpc: "2.0", id: 1, method: "initialize", params };

  test("mcp speaks the protocol on stdout and nothing else, bound to one user", async () => {
    const call = { name: "claim_reward", arguments: { id: "1", offer: "coffee" } };
    const requests = [
      initialize,
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 2, method: "tools/call", params: call },
    ];
    const answers = await talk(["mcp", "--user", "fay"], requests, 2);
    expect(answers[0].result.serverInfo.name).toBe("hongbao");
    expect(answers[1].result.structuredContent.status).toBe("granted");
  });

  test("what was asked before stdin closed is answered", async () => {
    const listing = {
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "list_offers" },
    };
    const input = [initialize, listing].map((request) => `${JSON.stringify(request)}\n`).join("");
    const { code, stdout } = await hongbao(["mcp", "--user", "gil"], { env: app, input });
    const ids = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id);
    expect([code, ids]).toEqual([0, [1, 2]]);
  });

  /** Keeps stdin open until so many answers are there. */
  async function talk(words: string[], requests: object[], count: number) {
    const { spawn } = await import("node:child_process");
    const main = join(ROOT, "dist/cli/main.js");
    const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, ...app } });
    let text = "";
    const lines = () => text.split("\n").filter((line) => line !== "");
    const enough = new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (lines().length >= count) resolve();
      });
      child.once("close", () => resolve());
    });
    for (const request of requests) child.stdin.write(`${JSON.stringify(request)}\n`);
    await enough;
    child.stdin.end();
    return lines().map((line) => JSON.parse(line));
  }
});

describe("keys", () => {
  test("one made in the directory counts at the running server until it is revoked", async () => {
    const data = ["--data", join(scratch, "data")];
    const made = await must(
      hongbao(["keys", "add", "eyes", "--scope", "viewer", "--json", ...data]),
    );
    const { key, secret } = JSON.parse(made.stdout);
    const env = { ...admin, HONGBAO_KEY: secret };
    await until(async () => (await hongbao(["campaign", "list"], { env })).code === 0);
    await must(hongbao(["keys", "revoke", key.key], { env: admin }));
    const refused = await hongbao(["campaign", "list"], { env });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining("unknown or revoked"),
    ]);
    const list = await must(hongbao(["keys", "list", ...data]));
    expect(list.stdout).toMatch(/eyes +viewer +– +\S+Z +\S+Z/);
    expect(list.stdout).not.toContain(secret.split("_")[2]);
  });

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 40; tries++) if (await holds()) return;
    throw new Error("it never came true");
  }
});

describe("journal", () => {
  test("verify and export read it while the server runs", async () => {
    const data = join(scratch, "data");
    const verified = await must(hongbao(["verify", data, "--json"]));
    const report = JSON.parse(verified.stdout);
    expect(report).toMatchObject({ ok: true, problemCount: 0 });
    expect(report.campaigns[0].budgetMinor).toBe(100_000);
    const people = await must(hongbao(["verify", join(data, "journal")]));
    expect(people.stdout).toMatch(/Not shown by this[\s\S]*^sound: /m);

    const out = join(scratch, "out");
    await must(hongbao(["export", data, "--to", "csv", "--out", out]));
    const [head, ...rows] = (await readFile(join(out, "events.csv"), "utf8")).trim().split("\n");
    expect(head).toMatch(/^sequence,index,atMs,kind,campaign,user,arm,/);
    expect(rows[0]).toMatch(/,opened,open,/);
    expect(rows.filter((row) => row.includes(",granted,")).length).toBeGreaterThan(1);
    expect(rows.join("\n")).not.toMatch(/ann|bob|cleo/);
    expect(await readFile(join(out, "README.md"), "utf8")).toContain("| wouldStatus |");
    const parquet = await must(hongbao(["export", data, "--out", out, "--json"]));
    expect(JSON.parse(parquet.stdout).rows).toBe(rows.length);
    expect(existsSync(join(out, "events.parquet"))).toBe(true);
  });

  test("the luck of a running campaign is drawn again with the operator's secrets", async () => {
    const file = join(scratch, "lucky.yaml");
    const table = "table: [{ amount: 1.00, odds: 9 }, { amount: 50.00, odds: 1 }]";
    const text = (await openCampaignText()).replace("campaign: open", "campaign: lucky");
    await writeFile(file, text.replace("fixed: 2.50", table));
    await must(hongbao(["campaign", "open", file], { env: admin }));
    const words = ["claim", "coffee", "--user", "gil", "--campaign", "lucky"];
    await must(hongbao(words, { env: app }));
    const data = join(scratch, "data");
    const drawn = async (...more: string[]): Promise<number> => {
      const { stdout } = await must(hongbao(["verify", data, "--json", ...more]));
      const { checks } = JSON.parse(stdout) as { checks: { name: string; count: number }[] };
      return checks.find(({ name }) => name === "draws")!.count;
    };
    // A reader sees a running server's last record once the next one, or the seal, proves it.
    await expect.poll(() => drawn("--with-secrets"), { timeout: 30_000 }).toBe(1);
    expect(await drawn()).toBe(0);
    const env = { HONGBAO_MASTER_KEY: "ab".repeat(32) };
    const wrong = await hongbao(["verify", data, "--with-secrets"], { env });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("does not open")]);
  });

  test("a damaged one is named with file and offset: exit 4, by verify and by serve", async () => {
    const copy = join(scratch, "damaged");
    await cp(join(scratch, "data"), copy, { recursive: true });
    await rm(join(copy, "journal/lock"));
    const file = await open(join(copy, "journal/000000000001.journal"), "r+");
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, 8192 + 200);
    await file.write(Buffer.of(byte[0]! ^ 1), 0, 1, 8192 + 200);
    await file.close();
    const verified = await hongbao(["verify", copy, "--json"]);
    expect(verified.code).toBe(4);
    expect(JSON.parse(verified.stdout).error).toMatchObject({ file: "000000000001.journal" });
    const served = await hongbao(["serve", "--data", copy, "--port", "0"]);
    expect([served.code, served.stderr]).toEqual([
      4,
      expect.stringMatching(/at byte 8192: .*Restore/),
    ]);
  });

  test("where there is none, the error says what was looked for", async () => {
    const { code, stderr } = await hongbao(["verify", scratch]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("no *.journal file")]);
  });
});

describe("serve", () => {
  test("what was acknowledged outlives SIGKILL; the admin's key is shown only once", async () => {
    const data = join(scratch, "killed");
    const first = await Serving.start(data);
    const env = { ...app, HONGBAO_URL: first.url };
    const words = ["campaign", "open", join(scratch, "open.yaml")];
    await must(hongbao(words, { env: { ...env, HONGBAO_KEY: first.adminKey! } }));
    const key = await must(hongbao(["keys", "add", "app", "--scope", "app", "--data", data]));
    expect(await first.end("SIGKILL")).toBe("SIGKILL");

    const second = await Serving.start(data);
    expect(second.adminKey).toBeNull();
    const again = { ...env, HONGBAO_URL: second.url, HONGBAO_KEY: key.stdout.trim() };
    const granted = await must(
      hongbao(["claim", "coffee", "--user", "z", "--json"], { env: again }),
    );
    expect(JSON.parse(granted.stdout)).toMatchObject({ status: "granted", durable: true });
    expect(await second.end("SIGTERM")).toBe(0);
    expect(second.stderr).toContain("answering what was accepted");
  });

  test("a second process is refused and told who has the journal", async () => {
    const words = ["serve", "--data", join(scratch, "data"), "--port", "0"];
    const { code, stderr } = await hongbao(words);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`process ${server.child.pid}`)]);
    await must(hongbao(["campaign", "list"], { env: admin }));
  });

  test("a busy port is told, and where it is the directory is not even made", async () => {
    const data = join(scratch, "busy");
    const busy = await hongbao(["serve", "--data", data, "--port", new URL(server.url).port]);
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining("choose another port")]);
    expect(existsSync(data)).toBe(false);
  });

  test("wrong or lost secrets are told", async () => {
    const data = join(scratch, "secretive");
    const first = await Serving.start(data);
    const env = { HONGBAO_URL: first.url, HONGBAO_KEY: first.adminKey! };
    await must(hongbao(["campaign", "open", join(scratch, "open.yaml")], { env }));
    expect(await first.end("SIGTERM")).toBe(0);

    const words = ["serve", "--data", data, "--port", "0"];
    const wrong = await hongbao(words, { env: { HONGBAO_MASTER_KEY: "ab".repeat(32) } });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("does not open")]);

    const secrets = join(data, "secrets");
    await rename(secrets, `${secrets}.away`);
    const lost = await hongbao(words);
    expect([lost.code, lost.stderr]).toEqual([1, expect.stringContaining("secrets folder")]);
    expect(existsSync(secrets)).toBe(false); // A fresh master key would hide that one is lost.
  });

  test("a file in the place of a directory is told", async () => {
    const file = await hongbao(["serve", "--data", join(scratch, "open.yaml"), "--port", "0"]);
    expect([file.code, file.stderr]).toEqual([1, expect.stringContaining("expected a directory")]);
  });

  test("a read-only file system is told as such, with the next step", async ({ skip }) => {
    const directory = join(scratch, "read-only");
    await mkdir(directory);
    const isAllowed = onReadOnly(directory, ["true"]).status === 0;
    skip(!isAllowed, "unshare, which mounts something read-only for us alone, is not allowed");
    const main = join(ROOT, "dist/cli/main.js");
    const words = ["serve", "--data", join(directory, "a/b"), "--port", "0"];
    const { status, stderr } = onReadOnly(directory, [process.execPath, main, ...words]);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/file system is read-only[\s\S]*next: Name a folder on another one/),
    ]);
  });

  test("an address that this machine does not have is no defect", async () => {
    const words = ["serve", "--data", join(scratch, "other"), "--host", "192.0.2.1"];
    const { code, stderr } = await hongbao(words);
    expect([code, stderr]).toEqual([2, expect.stringContaining("an address of this machine")]);
  });

  test("without durability every answer says so", async () => {
    const loose = await Serving.start(join(scratch, "loose"), ["--no-durable"]);
    const env = { HONGBAO_URL: loose.url, HONGBAO_KEY: loose.adminKey! };
    const { stdout } = await must(hongbao(["campaign", "list", "--json"], { env }));
    expect(JSON.parse(stdout).durable).toBe(false);
    expect(await loose.end("SIGINT")).toBe(0);
    expect(loose.stderr).toContain("durability is off");
  });

  test("a journal that fails stops the server with a clear line", async ({ skip }) => {
    skip(!hasPrlimit(), "prlimit, which makes the disk fail, is not there");
    const failing = await Serving.start(join(scratch, "failing"));
    // From now on the disk takes no write beyond the first block of a file.
    execFileSync("prlimit", ["--pid", String(failing.child.pid), "--fsize=4096"]);
    const server = { HONGBAO_URL: failing.url, HONGBAO_KEY: failing.adminKey! };
    const env = { ...server, HONGBAO_TIMEOUT_MS: "500" };
    const opened = await hongbao(["campaign", "open", FIRST], { env });
    expect(opened.code).not.toBe(0);
    expect(await failing.ended).toEqual([1, null]);
    expect(failing.stderr).toMatch(/the journal stopped because a write or sync failed/);
  });

  test("a second signal ends the process at once", async () => {
    const signals = join(ROOT, "dist/cli/stop-signals.js");
    const code = `const { watchStopSignals } = await import(${JSON.stringify(signals)});
      const { first } = watchStopSignals(); setInterval(() => {}, 1000);
      first.then((name) => { console.error("heard", name); process.kill(process.pid, "SIGTERM"); });
      process.kill(process.pid, "SIGTERM");`;
    const run = (): unknown =>
      execFileSync(process.execPath, ["--input-type=module", "-e", code], { stdio: "pipe" });
    expect(run).toThrow(expect.objectContaining({ status: 130 }));
  });
});

describe("settings", () => {
  test("the environment wins over the file, whose mistakes are told with their line", async () => {
    const cwd = join(scratch, "settings");
    await mkdir(cwd, { recursive: true });
    const taken = [1, 2].map(() => createServer().listen(0, "127.0.0.1"));
    await Promise.all(taken.map((one) => once(one, "listening")));
    const [inFile, inEnv] = taken.map((one) => (one.address() as { port: number }).port);
    // The port that is tried shows in the error, since it is taken.
    await writeFile(join(cwd, "hongbao.yaml"), `port: ${inFile}\n`);
    const byFile = await hongbao(["serve"], { cwd });
    expect(byFile.stderr).toContain(`127.0.0.1:${inFile}`);
    const byEnv = await hongbao(["serve"], { cwd, env: { HONGBAO_PORT: String(inEnv) } });
    expect(byEnv.stderr).toContain(`127.0.0.1:${inEnv}`);
    for (const one of taken) one.close();

    await writeFile(join(cwd, "hongbao.yaml"), "# ports\nport: 99999\n");
    const wrong = await hongbao(["serve"], { cwd });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining("hongbao.yaml:2:1: port: expected a whole number from 0 to 65535"),
    ]);
  });
});
