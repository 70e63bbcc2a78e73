// The command tree of `hongbao`. Only words: what a verb does is loaded when it runs, and
// docs/reference/cli.md is written from this very tree.
import { Command } from "commander";
import { printableLines } from "../report/printable.ts";
import { registerClv } from "./clv/register-clv.ts";
import { registerDemo } from "./demo/register-demo.ts";
import { registerPlan } from "./plan/register-plan.ts";
import { registerProve } from "./prove/register-prove.ts";
import { registerCampaign } from "./register-campaign.ts";
import { registerCompensate } from "./register-compensate.ts";
import { registerDraw } from "./register-draw.ts";
import { registerExposure } from "./register-exposure.ts";
import { registerInvite } from "./register-invite.ts";
import { registerJournal } from "./register-journal.ts";
import { registerList } from "./register-list.ts";
import { registerLuck } from "./register-luck.ts";
import { registerMoney } from "./register-money.ts";
import { registerProof } from "./register-proof.ts";
import { registerReport } from "./register-report.ts";
import { registerServe } from "./register-serve.ts";
import { registerSettle } from "./register-settle.ts";
import { registerSuspects } from "./register-suspects.ts";
import { registerSuspicion } from "./register-suspicion.ts";
import { registerRun } from "./run/register-run.ts";
import { registerValue } from "./value/register-value.ts";
import { registerWebhooks } from "./webhooks/register-webhooks.ts";

const PICTURE = `
  plan ────────► run ────────► serve ───────► prove ───────► value
  what it may    hand out the  apps, shops    what it        what that
  cost and be    budget, once, and AI         caused, with   is worth to
  worth, before  verifiably    assistants     intervals      the company

  hongbao demo              all five for one campaign, in a minute
  hongbao prove quick FILE  any experiment's table, judged in one command
  hongbao value DIR         a campaign in the company's figures, and in a share's value
  hongbao run DIR           an example or a campaign of your own, to its verdict
  hongbao serve             the server: claims, redemptions, tools, live books
  hongbao verify DIR        re-adds a journal, without any server`;

const AFTER = `
Begin with:
  hongbao demo
  hongbao campaign check examples/first-campaign/campaign.yaml
  hongbao serve

Exit codes: 0 done · 1 refused or failed · 2 usage · 3 unreachable or busy · 4 journal damaged
Everything else: docs/start.md, docs/reference/cli.md`;

export function buildProgram(version: string): Command {
  const program: Command = new Command("hongbao")
    .description("Rewards from a fixed budget, handed out exactly once, verifiably.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "explain a verb, with an example")
    .option("--debug", "with a failure, print where in the code it arose")
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .showSuggestionAfterError(true)
    .showHelpAfterError("  next: the same command with --help shows an example")
    .configureOutput({
      outputError: (text, write) => write(printableLines(text.replace(/^error: /, "hongbao: "))),
    })
    .addHelpText("before", ({ command }) => (command === program ? `${PICTURE}\n` : ""))
    .addHelpText("after", AFTER);
  registerDemo(program);
  registerRun(program);
  registerPlan(program);
  registerProve(program);
  registerValue(program);
  registerClv(program);
  registerServe(program);
  registerCampaign(program);
  registerMoney(program);
  registerSuspicion(program);
  registerSuspects(program);
  registerDraw(program);
  registerExposure(program);
  registerInvite(program);
  registerCompensate(program);
  registerList(program);
  registerLuck(program);
  registerSettle(program);
  registerJournal(program);
  registerProof(program);
  registerReport(program);
  registerWebhooks(program);
  program.exitOverride();
  for (const command of allCommands(program)) command.exitOverride();
  return program;
}

/** A command and everything below it, parents first. */
export function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** The words of the verb that a command line names, such as `campaign open`; empty for none. */
export function verbOf(program: Command, argv: readonly string[]): string {
  const words: string[] = [];
  let command: Command | undefined = program;
  for (const word of argv) {
    if (word.startsWith("-")) continue;
    command = command.commands.find((one) => one.name() === word);
    if (command === undefined) break;
    words.push(word);
  }
  return words.join(" ");
}
