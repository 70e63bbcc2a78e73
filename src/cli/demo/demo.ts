// `hongbao demo`: plan, run, serve, prove and value one campaign, on this machine, in a minute.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCampaignSource, contractError, requireCampaign } from "../../contract/index.ts";
import { type Crowd, createCrowd } from "../../crowd/crowd.ts";
import { type CampaignKeys, openCampaignKeys } from "../campaign-keys.ts";
import { PROVE_FILE, readCampaignText } from "../campaign-plan.ts";
import { openBrowser } from "../console.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { makeFolder } from "../new-folder.ts";
import type { VerbCall } from "../verb.ts";
import { type CampaignRun, runCampaign } from "./campaign-run.ts";
import { compareAnswers } from "./compare-answers.ts";
import { type Fate, type KnownTruth, knownTruth } from "./known-truth.ts";
import { leaveServing, sayServing } from "./leave-serving.ts";
import { type LedgerReading, readLedger } from "./ledger-reading.ts";
import { writeOutcomes, writeVisits } from "./outcomes-file.ts";
import { demoPage } from "./page.ts";
import { planPlayed } from "./plan-played.ts";
import { planDemo } from "./plan-step.ts";
import { proveDemo } from "./prove-step.ts";
import { checkedReceipt, RECEIPT_FILE } from "./receipt-step.ts";
import { type ResellerFacts, resellerFacts } from "./reseller-facts.ts";
import type { DemoResult, ProofFacts, RunFacts } from "./result.ts";
import { runFacts } from "./run-facts.ts";
import { demoScreen } from "./screen.ts";
import { ServerProcess } from "./server-process.ts";
import { settlementFacts } from "./settlement-facts.ts";
import { Steps } from "./steps.ts";
import { valueDemo } from "./value-step.ts";
import { verifyInProcess } from "./verify-process.ts";

const EXAMPLE = new URL("../../../examples/qwen-2026/", import.meta.url);
const LEDGER = "ledger";
const SEED = 2026;
const HOUR_MS = 3_600_000;

export async function demo(call: VerbCall): Promise<ExitCode> {
  const startedAtMs = performance.now();
  const { terminal, flags, json } = call;
  const seed = seedOf(flags.seed);
  const folder = await makeFolder("demo", flags.data as string | undefined);
  const steps = new Steps(terminal, process.stderr.isTTY === true);
  const work = new Demo(seed, folder, steps);
  const forget = endOnSignals();
  try {
    const result = await work.run(startedAtMs);
    const { timeZone } = work.definition;
    const goesOn = flags.serve === true || flags.open === true;
    const left = goesOn ? await leaveServing(result, work.adminKey, work.definition.id) : null;
    if (json) terminal.json(left === null ? result : { ...result, serving: left });
    else terminal.say(demoScreen(result, { ...terminal, timeZone }));
    if (left !== null && !json) sayServing(terminal, left);
    if (left !== null && flags.open === true) await openBrowser(left.console, terminal);
    return problemsOf(result).length === 0 ? EXIT.ok : failed(call, result);
  } finally {
    forget();
    await work.end();
  }
}

class Demo {
  private readonly seed: number;
  private readonly folder: string;
  private readonly steps: Steps;
  private readonly server: ServerProcess;
  definition!: ReturnType<typeof requireCampaign>;

  constructor(seed: number, folder: string, steps: Steps) {
    this.seed = seed;
    this.folder = folder;
    this.steps = steps;
    const directory = join(folder, LEDGER);
    const logFile = join(folder, "server.log");
    this.server = new ServerProcess({ directory, logFile, port: 0, driven: true });
  }

  async run(startedAtMs: number): Promise<DemoResult> {
    const { seed, folder, steps } = this;
    const example = fileURLToPath(EXAMPLE);
    const yaml = await readCampaignText(examplePath("campaign.yaml"));
    const extended = await readCampaignText(examplePath("extended.yaml"));
    this.definition = requireCampaign(checkCampaignSource({ yaml }));
    const starting = this.server.start();
    starting.catch(() => {}); // looked at below
    const plan = await steps.run("plan", 1, (step) =>
      planDemo(example, (done, total) => step.update(done, total)),
    );
    const crowd = createCrowd({ seed, shape: { retriesPerRefusal: 1 } });
    await steps.run("server", 1, () => starting);
    const campaign = this.definition.id;
    const audience = this.definition.audiences[0]!.id;
    const run = await steps.run("run", crowd.moments, (step) =>
      runCampaign({
        ...{ crowd, server: this.server, campaign, yaml, extended, audience },
        onProgress: (done) => step.update(done),
      }),
    );
    await this.server.stop();
    const { facts, proof, ledger, truth } = await this.prove(crowd, run);
    const verdictFile = join(folder, "verdict.json");
    await writeFile(verdictFile, `${JSON.stringify(proof.verdict, null, 2)}\n`);
    const { study, scale } = plan;
    const played = planPlayed({ study, scale, run: facts, ledger, truth });
    const value = await steps.run("value", 1, () =>
      valueDemo({ folder: example, plan, verdictFile, seed }),
    );
    const result: DemoResult = {
      title: `hongbao demo · ${this.definition.title}`,
      ...{ seed, tookMs: Math.round(performance.now() - startedAtMs), folder, files: FILES },
      ...{ plan: study, run: facts, serve: run.visit, proof, played, value },
    };
    const page = demoPage(result, this.definition.timeZone);
    await writeFile(join(folder, "report.html"), page);
    return result;
  }

  get adminKey(): string {
    return this.server.adminKey;
  }

  async end(): Promise<void> {
    await this.server.stop();
  }

  private async prove(crowd: Crowd, run: CampaignRun): Promise<Judged> {
    const { folder, steps, definition } = this;
    const directory = join(folder, LEDGER);
    const verifying = verifyInProcess(directory, definition.id);
    verifying.catch(() => {}); // looked at below
    const ledger = await steps.run("export", 1, (step) =>
      readLedger({
        ...{ directory, definition, folder, stepMs: 6 * HOUR_MS },
        onProgress: (sequence, last) => step.update(sequence, last),
      }),
    );
    const keys = await openCampaignKeys(directory, definition.id);
    const comparison = await steps.run("compare", 1, () => compareAnswers(run.log, ledger, keys));
    const verify = await steps.run("verify", 1, () => verifying);
    const fate = fateOf(crowd, run, (user) => ledger.assigned.get(keys.user(user))?.arm ?? null);
    const { verdict, truth } = await steps.run("prove", 1, async (step) => {
      const truth = knownTruth(fate);
      const [outcomes, visits] = [
        await writeOutcomes(fate, folder),
        await writeVisits(fate, folder),
      ];
      const files = { outcomes: outcomes.path, visits: visits.path, events: ledger.events.path };
      const onDraws = (done: number, total: number): void => step.update(done, total);
      const project = examplePath(PROVE_FILE);
      const verdict = await proveDemo({ ...{ project, keys, truth, onDraws }, ...files });
      return { truth, verdict };
    });
    const { keptWith, keptWithout } = truth;
    const { spentMinor } = ledger;
    const resellers = resellersOf(crowd, run, ledger, keys);
    const facts = runFacts({ ...run, crowd, ledger, resellers });
    const { receipt: given } = run;
    const receipt = given === null ? null : await checkedReceipt(given, folder, directory);
    const booked = [run.books.spentMinor, verify.merchantsMinor];
    const settlement = settlementFacts(ledger.settlement, ...booked);
    const checked = { comparison, verify, settlement, receipt };
    const proof = { ...checked, verdict, keptWith, keptWithout, spentMinor };
    return { facts, proof, ledger, truth };
  }
}

interface Judged {
  readonly facts: RunFacts;
  readonly proof: ProofFacts;
  readonly ledger: LedgerReading;
  readonly truth: KnownTruth;
}

const FILES = [
  { name: "report.html", holds: "all of this, with charts" },
  { name: "ledger/journal/", holds: "try hongbao verify" },
  { name: "events.parquet", holds: "the journal as a table" },
  { name: "outcomes.parquet", holds: "the app's own data" },
  { name: "visits.parquet", holds: "its log of visits" },
  { name: "verdict.json", holds: "for programs" },
  { name: RECEIPT_FILE, holds: "try hongbao receipt check" },
  { name: "server.log", holds: "both its lives" },
] as const;

function fateOf(
  crowd: Crowd,
  { contacted, driver }: CampaignRun,
  armOf: (user: string) => number | null,
): Fate {
  return {
    crowd,
    contacted: (user) => contacted[user] === 1,
    rewarded: (user) => driver.books.rewarded[user] === 1,
    cardOrders: (user) => driver.books.cardOrders[user]!,
    arm: (user) => armOf(crowd.user(user).id),
  };
}

/** The truth about those who were held: bots are the accounts of resellers. */
function resellersOf(
  crowd: Crowd,
  { resellers: deeds }: CampaignRun,
  { suspicion, ownerOf }: LedgerReading,
  keys: CampaignKeys,
): ResellerFacts {
  const accounts = new Set<string>();
  for (let user = crowd.people; user < crowd.size; user++) {
    accounts.add(keys.user(crowd.user(user).id));
  }
  return resellerFacts({
    ...{ deeds, suspicion, ownerOf },
    ordinalOf: (grant) => keys.grant(grant),
    isReseller: (user) => accounts.has(user),
  });
}

/** What must hold in every demo, whatever the chance of its holdouts. */
function problemsOf({ run, proof }: DemoResult): string[] {
  const problems: string[] = [];
  if (!proof.comparison.agrees) problems.push("answers and journal differ");
  if (!proof.verify.ok) problems.push("verify found contradictions");
  if (!proof.settlement.addsUp) problems.push("the merchants' settlement does not add up");
  if (proof.receipt !== null && proof.receipt.fault !== null) problems.push("a receipt is wrong");
  if (run.mostHeldMinor > run.books.budgetMinor) problems.push("the budget was exceeded");
  return problems;
}

function failed({ terminal }: VerbCall, result: DemoResult): ExitCode {
  const text = `hongbao demo: ${problemsOf(result).join("; ")}`;
  terminal.note(`${text}; keep ${result.folder} as it is and report it`);
  return EXIT.failed;
}

function examplePath(name: string): string {
  return fileURLToPath(new URL(name, EXAMPLE));
}

function seedOf(text: unknown): number {
  if (text === undefined) return SEED;
  if (typeof text === "string" && /^\d{1,9}$/.test(text)) return Number(text);
  throw contractError("invalid_usage", `--seed: expected up to 9 digits, found ${String(text)}`);
}

/** A signal ends this process, and with it what it started. */
function endOnSignals(): () => void {
  const end = (): never => process.exit(EXIT.interrupted);
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  return () => {
    process.off("SIGINT", end);
    process.off("SIGTERM", end);
  };
}
