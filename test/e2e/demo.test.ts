// The main job as a reader runs it: the whole demo in a pipe without colour, what it leaves behind,
// and the runs of people whose arms somebody else assigned.
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { LeftServing } from "../../src/cli/demo/leave-serving.ts";
import type { DemoResult } from "../../src/cli/demo/result.ts";
import { demoScreen } from "../../src/cli/demo/screen.ts";
import { plainPaint, textWidth } from "../../src/report/paint.ts";
import { hongbao, type Ran } from "./cli-process.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const ROWS = resolve(ROOT, "../shared/data/hillstrom/hillstrom.csv");
const HILLSTROM = join(ROOT, "examples/hillstrom");

let scratch = "";
let folder = "";
let ran: Ran;
let result: DemoResult & { readonly serving: LeftServing };

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "hongbao-demo-"));
  folder = join(scratch, "demo");
  const browser = join(scratch, "browser");
  await writeFile(browser, `#!/bin/sh\nprintf %s "$1" > '${join(scratch, "opened")}'\n`);
  await chmod(browser, 0o755);
  // No desktop, whose own way of opening would be asked first.
  const env = { BROWSER: browser, DISPLAY: "", WAYLAND_DISPLAY: "", XDG_CURRENT_DESKTOP: "" };
  ran = await hongbao(["demo", "--json", "--open", "--seed", "7", "--data", folder], { env });
  if (ran.code !== 0) throw new Error(`exit ${ran.code}: ${ran.stderr}`);
  result = JSON.parse(ran.stdout) as typeof result;
}, 480_000);

afterAll(async () => {
  if (result !== undefined) await endServer(result.serving.pid);
  await rm(scratch, { recursive: true, force: true });
});

async function endServer(pid: number): Promise<void> {
  process.kill(pid, "SIGTERM");
  for (let i = 0; i < 100; i++) {
    await new Promise((wait) => setTimeout(wait, 50));
    try {
      process.kill(pid, 0);
    } catch {
      return; // it is gone
    }
  }
  process.kill(pid, "SIGKILL");
}

describe("hongbao demo", () => {
  test("finds every acknowledged answer in the journal, and nothing else", () => {
    const { comparison } = result.proof;
    expect(comparison.differences).toEqual([]);
    expect(comparison.agrees).toBe(true);
    expect(comparison.answers).toBeGreaterThan(350_000);
    expect(comparison.journalled).toBeGreaterThan(250_000);
  });

  test("leaves a journal that verify calls sound, lucky amounts included", () => {
    expect(result.proof.verify).toMatchObject({ ok: true, problems: 0 });
    expect(result.proof.verify.draws).toBeGreaterThan(30_000);
  });

  test("runs dry without ever promising more than the budget", () => {
    const { books, mostHeldMinor, dry, expired } = result.run;
    expect(dry.map(({ wave }) => wave)).toContain("cards");
    expect(mostHeldMinor).toBeLessThanOrEqual(books.budgetMinor);
    expect(mostHeldMinor).toBeGreaterThan(0.95 * books.budgetMinor);
    expect(books.spentMinor + books.freeMinor).toBe(books.budgetMinor);
    expect(books).toMatchObject({ phase: "closed", reservedMinor: 0, settlingMinor: 0 });
    expect(expired.grants).toBeGreaterThan(1_000);
  });

  test("kills the server while requests are under way", () => {
    expect(result.run.kill.underWay).toBeGreaterThan(100);
  });

  test("answers repetitions as before and refuses what is late", () => {
    expect(result.run.replays.claims).toBeGreaterThan(1_000);
    expect(result.run.replays.redemptions).toBeGreaterThan(500);
    expect(result.run.stale).toBeGreaterThan(500);
  });

  test("keeps most bots from a reward by the cap on devices", () => {
    const { bots, botsGranted, refused } = result.run;
    expect(botsGranted).toBeLessThan(0.4 * bots);
    expect(refused.map(({ cap }) => cap)).toContain("device-rewards");
  });

  test("lets friends invite, moves the expiry, makes good, and draws prizes", () => {
    const { invites, deeds, books } = result.run;
    expect(invites.accepted).toBeGreaterThan(2_000);
    expect(invites.heldOut).toBeGreaterThan(10);
    expect(books.invites).toMatchObject({ acceptances: invites.accepted });
    expect(deeds.map(({ what }) => what)).toEqual(["extended", "made good", "drawn"]);
    const texts = deeds.map(({ text }) => text).join("\n");
    expect(texts).toMatch(/\d\d,\d\d\d cards extended to 28 Feb/);
    expect(texts).toMatch(/\d\.00 .* to \d\d+ hit by the crash/);
    expect(texts).toMatch(/56 winners drawn from \d+ entries, [34]\d came/);
  });

  test("finds resellers by their devices, takes it back, and releases the others", () => {
    const { resellers, botsGranted, blocked, books } = result.run;
    const { held, audit, released, clawedBack, farms, owedMinor } = resellers;
    expect(farms).toBe(60);
    expect(held.grants).toBeGreaterThan(1_500);
    expect(held.ofResellers).toBeLessThan(held.grants);
    expect(released.ofResellers).toBe(0);
    expect(clawedBack.ofResellers).toBe(clawedBack.grants);
    expect(clawedBack.grants).toBeGreaterThan(0.85 * botsGranted);
    expect(released.grants).toBe(held.grants - held.ofResellers);
    expect(audit.audited).toBe(100);
    const wrong = 1 - held.ofResellers / held.grants;
    // A sample misses its 95 % interval now and then; five standard errors it does not.
    const error = Math.sqrt((wrong * (1 - wrong)) / audit.audited);
    expect(Math.abs(audit.honest / audit.audited - wrong)).toBeLessThan(5 * error);
    expect(blocked).toBeGreaterThan(1_000);
    expect(books.suspicion).toMatchObject({
      ...{ holds: held.grants, releases: released.grants, clawBacks: clawedBack.grants },
      clawedBackMinor: clawedBack.returnedMinor,
    });
    expect(clawedBack.returnedMinor + owedMinor).toBe(2_500 * clawedBack.grants);
  });

  test("rehearses the day before, in steps, with nothing that could be spent", () => {
    const { letIn, testers, granted, refused } = result.run.rehearsal;
    expect(letIn.map(({ share }) => share)).toEqual([0.1, 0.5, 1]);
    expect(letIn[0]!.testers).toBeLessThan(letIn[1]!.testers);
    expect(letIn[2]!.testers).toBe(testers);
    expect(granted).toBeGreaterThan(0.8 * testers);
    expect(refused).toBe(granted);
  });

  test("settles to what was spent, and gives a receipt that a stranger checks", async () => {
    const { settlement, verify, receipt, spentMinor } = result.proof;
    expect(settlement).toMatchObject({ addsUp: true, spentMinor, merchants: 400 });
    expect(verify.merchantsMinor).toBe(spentMinor);
    expect(verify.checkpoints).toBeGreaterThan(0);
    expect(receipt!.fault).toBeNull();
    const key = await hongbao(["checkpoint", "key", "--data", join(folder, "ledger")]);
    const file = join(folder, "one.receipt");
    const checked = await hongbao(["receipt", "check", file, "--key", key.stdout.trim()]);
    expect(checked.code).toBe(0);
  });

  test("serves a user through the tools of an assistant", () => {
    const { tools, steps, claim, redemption } = result.serve;
    expect([...tools].sort()).toEqual([
      "accept_invite",
      "check_reward",
      "claim_reward",
      "create_invite",
      "enter_draw",
      "list_offers",
      "my_invites",
      "my_rewards",
      "redeem_reward",
    ]);
    expect(steps).toHaveLength(4);
    expect(claim).toMatchObject({ status: "granted", amountMinor: 2500 });
    expect(redemption).toMatchObject({ status: "redeemed", redeemedMinor: 2500 });
  });

  test("estimates both questions near the crowd's truth", () => {
    const { verdict } = result.proof;
    expect(verdict.studies.map(({ estimand }) => estimand)).toEqual([
      "reach",
      "reward, given arrival",
    ]);
    expect(verdict.comparisons).toHaveLength(8);
    for (const { estimand, metric, value } of verdict.comparisons) {
      const { absolute } = verdict.studies
        .find((study) => study.estimand === estimand)!
        .effects.find((row) => row.metric.id === metric && row.population === "assigned")!;
      // Arms are drawn from the ledger's own secret: five standard errors, not the interval.
      const distance = Math.abs(absolute!.estimate - value) / absolute!.standardError;
      expect(distance).toBeLessThan(5);
    }
    const reached = verdict.studies[0]!.effects.find(({ metric }) => metric.id === "d30")!;
    expect(reached.absolute!.lower).toBeGreaterThan(0);
  });

  test("plans before, and lays what was played beside the plan", () => {
    const { plan, played, run, proof } = result;
    expect(plan.draws).toBe(4_096);
    expect(plan.whyNet.bars.length).toBeGreaterThan(3);
    const of = (id: string): number => played.rows.find((row) => row.id === id)!.played;
    const spent = (1_000 * run.books.spentMinor) / 100;
    expect(of("spent.cards") + of("spent.envelopes")).toBeCloseTo(spent, 3);
    expect(played.spending.at(-1)!.spent).toBeCloseTo(spent, 3);
    expect(of("kept")).toBe(1_000 * (proof.keptWith - proof.keptWithout));
    expect(of("runOut.cards")).toBeGreaterThan(1);
    expect(of("runOut.cards")).toBeLessThan(7);
  });

  test("values what was measured as hongbao value does with the verdict", async () => {
    const { planned, measured } = result.value;
    expect(planned.campaign.grade).toBe("F");
    expect(measured.campaign.grade).toBe(result.proof.verdict.grade);
    const file = parse(await readFile(join(ROOT, "examples/qwen-2026/value.yaml"), "utf8"));
    const assumed = { source: "assumption", why: "as the plan's" };
    file.from = {
      ...{ verdict: join(folder, "verdict.json"), kept: "d30", scale: 1_000, starts: "2026-02-06" },
      ...{ margin: { value: 2.5, ...assumed }, discount: { value: "10 %", ...assumed } },
    };
    const own = join(scratch, "value.yaml");
    await writeFile(own, stringify(file));
    const alone = await hongbao(["value", own, "--json"]);
    expect(alone.code).toBe(0);
    const { unitEconomics, campaign } = JSON.parse(alone.stdout) as typeof measured;
    // Medians of other draws, since each has a seed of its own.
    const [found, told] = [
      unitEconomics[0]!.cac.estimate!,
      measured.unitEconomics[0]!.cac.estimate!,
    ];
    expect(found / told).toBeCloseTo(1, 3);
    expect(campaign.redeemed).toEqual(measured.campaign.redeemed);
    expect(measured.campaign.redeemed.estimate).toBeCloseTo(10 * result.proof.spentMinor, -6);
  });

  test("names the files that it left, and the report needs nothing from the network", async () => {
    for (const { name } of result.files) expect(existsSync(join(folder, name))).toBe(true);
    const page = await readFile(join(folder, "report.html"), "utf8");
    expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(20);
    expect(page).not.toMatch(/<script|<link|src=|url\((?!#)/);
    expect(page).toContain("prefers-color-scheme: dark");
  });

  test.each([100, 80])("fits a screen of %i columns", (width) => {
    const screen = demoScreen(result, { width, paint: plainPaint, timeZone: "Asia/Shanghai" });
    const lines = screen.split("\n");
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
    if (width === 100) expect(lines.length).toBeLessThanOrEqual(76);
    for (const verb of ["Plan", "Run", "Serve", "Prove", "Plan against play", "Value"]) {
      expect(screen).toContain(`── ${verb} · `);
    }
    expect(screen).toContain("no evidence");
    expect(screen).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("tells its steps on standard error, in plain lines", () => {
    expect(ran.stderr).toContain("run: done in");
    expect(ran.stderr).not.toContain("\u001b");
  });

  test("leaves a server that answers what it says to try", async () => {
    const { url, appKey, adminKey } = result.serving;
    const answer = await fetch(`${url}/v1/campaigns/first/claims`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${appKey}` },
      body: JSON.stringify({ id: "c-1", user: "user-1001", offer: "coffee" }),
    });
    expect(["granted", "held_out"]).toContain(((await answer.json()) as { status: string }).status);
    const books = await fetch(`${url}/v1/campaigns/qwen-2026`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(await books.json()).toMatchObject({ books: { phase: "closed" } });
  });

  test("keeps there what was planned, proved and valued, with the files named", async () => {
    const { url, adminKey, console: link } = result.serving;
    expect(link).toMatch(new RegExp(`^${url}/#code=[0-9a-z]{32}$`));
    // With --open it goes to a browser, too.
    if (process.platform === "linux") {
      expect(await readFile(join(scratch, "opened"), "utf8")).toBe(link);
    }
    const headers = { authorization: `Bearer ${adminKey}` };
    const ask = async (path: string) => (await fetch(`${url}${path}`, { headers })).json();
    const { reports } = (await ask("/v1/reports")) as { reports: Record<string, string>[] };
    const kinds = reports.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(["plan-study", "valuation", "valuation", "verdict"]);
    const valued = reports.filter(({ kind }) => kind === "valuation");
    const bases = valued.map(({ basis, grade }) => `${basis} ${grade}`).sort();
    expect(bases).toEqual(["plan F", "verdict B"]);
    expect(new Set(valued.map(({ title }) => title)).size).toBe(2);
    const { keys } = (await ask("/v1/keys")) as { keys: { createdAtMs: number }[] };
    expect(Math.min(...keys.map(({ createdAtMs }) => createdAtMs))).toBeGreaterThan(1.7e12);
    const study = reports.find(({ kind }) => kind === "plan-study")!;
    const { files } = (await ask(`/v1/reports/${study.report}`)) as {
      files: Record<string, string>;
    };
    const named = (parse(files["plan.yaml"]!) as { campaign: string }).campaign;
    expect(Object.keys(files)).toContain(named);
  });

  test("refuses a folder that is in use", async () => {
    const refused = await hongbao(["demo", "--data", folder]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("expected a new or empty folder");
  });
});

describe("hongbao run", () => {
  const PUBLISHED = ["+7.66 points", "+4.52 points", "+0.68 points", "+0.31 points"];
  const SPEND = ["+0.770 USD (+0.485 to +1.055)", "+0.424 USD (+0.169 to +0.680)"];

  function expectPublished({ code, stdout }: Ran): void {
    expect(code).toBe(0);
    for (const figure of [...PUBLISHED, ...SPEND]) expect(stdout).toContain(figure);
    expect(stdout).toContain("42,694 granted");
    expect(stdout).toContain("21,306 held_out");
    expect(stdout).not.toMatch(/\bNO\b/);
  }

  test("reproduces Hillstrom's published effects from the counts, and says so", async () => {
    const from = await hongbao(["run", HILLSTROM, "--data", join(scratch, "counts")]);
    expectPublished(from);
    expect(from.stdout).toContain("without the rows");
  });

  test("reproduces them from the real rows", async ({ skip }) => {
    if (!existsSync(ROWS)) skip("the rows of hillstrom are absent; they do not ship with hongbao");
    const data = join(scratch, "rows");
    const from = await hongbao(["run", HILLSTROM, "--population", ROWS, "--data", data]);
    expectPublished(from);
    expect(from.stdout).not.toContain("without the rows");
  });

  test("refuses a campaign that assigns by itself, and names the file", async () => {
    const project = join(scratch, "project");
    await mkdir(project);
    const campaign = await readFile(join(HILLSTROM, "campaign.yaml"), "utf8");
    const hashed = campaign.replace("assignment: given", "assignment: hash");
    expect(hashed).not.toBe(campaign);
    await writeFile(join(project, "campaign.yaml"), hashed);
    for (const name of ["run.yaml", "counts.yaml"]) {
      await writeFile(join(project, name), await readFile(join(HILLSTROM, name)));
    }
    const refused = await hongbao(["run", project, "--data", join(scratch, "hashed")]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("expected assignment: given, found hash");
  });
});
