// `hongbao campaign revise FILE`: shows what a campaign file would change in a campaign that lives,
// and puts it in force.
import { currencyDecimals } from "../base/money.ts";
import {
  type Exposure,
  formatProblem,
  parseCampaignFile,
  type RevisionAnswer,
  requireCampaign,
} from "../contract/index.ts";
import { formatNumber, groupedMinor } from "../report/format.ts";
import { sayAnswer } from "./answer-words.ts";
import { readCampaignText } from "./campaign-plan.ts";
import type { ExitCode } from "./exit-codes.ts";
import { withServer } from "./remote.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

export async function reviseCampaign(call: VerbCall): Promise<ExitCode> {
  const file = call.args[0]!;
  const yaml = await readCampaignText(file);
  // Checked here too: only here problems can name the file.
  const definition = requireCampaign(parseCampaignFile(yaml, file));
  const moveExpiry = String(call.flags.moveExpiry ?? "")
    .split(",")
    .map((offer) => offer.trim())
    .filter((offer) => offer !== "");
  return withServer(call, async (server) => {
    const { id: campaign } = definition;
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    const answer = await server.campaign.revise({
      ...{ campaign, yaml, version: shown.books.version + 1, why: String(call.flags.why) },
      ...(moveExpiry.length > 0 ? { moveExpiry } : {}),
      ...(call.flags.preview === true ? { preview: true } : {}),
    });
    if (!call.json) sayChanges(call.terminal, answer, definition);
    return sayRevision(call, answer, definition.fourEyes === true);
  });
}

export function approveRevision(call: VerbCall): Promise<ExitCode> {
  const campaign = call.args[0]!;
  return withServer(call, async (server) => {
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    // Without a proposal the server says so of the next version.
    const { proposal, version: current } = shown.books;
    const version = proposal?.version ?? current + 1;
    if (proposal !== undefined && !call.json) {
      call.terminal.say(`proposed by ${proposal.by}: ${proposal.why}\n`);
    }
    const preview = call.flags.preview === true ? { preview: true } : {};
    const answer = await server.campaign.approve({ campaign, version, ...preview });
    if (!call.json) sayChanges(call.terminal, answer, shown.books);
    return sayRevision(call, answer, false);
  });
}

export function rejectRevision(call: VerbCall): Promise<ExitCode> {
  const campaign = call.args[0]!;
  return withServer(call, async (server) => {
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    const version = shown.books.proposal?.version ?? shown.books.version + 1;
    const why = String(call.flags.why);
    const answer = await server.campaign.reject({ campaign, version, why });
    return sayAnswer(call, answer, [["campaign", campaign]]);
  });
}

function sayRevision(call: VerbCall, answer: RevisionAnswer, waits: boolean): ExitCode {
  const { campaign, version, status, preview } = answer;
  const force = waits ? "proposes it" : "puts it in force";
  const next =
    status === "proposed"
      ? `hongbao campaign approve ${campaign}, by somebody with another key`
      : preview
        ? `the same without --preview ${force}`
        : undefined;
  return sayAnswer(call, answer, [
    ["campaign", campaign],
    ["version", String(version)],
    ["next", next],
  ]);
}

function sayChanges(
  terminal: Terminal,
  { changes, before, after, grantsMoved = 0, problems = [] }: RevisionAnswer,
  { currency }: { currency: string },
): void {
  if (changes === undefined || before === undefined || after === undefined) return;
  for (const problem of problems) terminal.note(formatProblem(problem));
  if (changes.length === 0) terminal.say("nothing changes");
  else {
    terminal.table(
      [{ title: "what" }, { title: "from" }, { title: "to" }],
      changes.map(({ path, from, to }) => [path, from, to]),
    );
  }
  terminal.say("");
  const row = (name: string, of: (one: Exposure) => number): string[] => {
    const decimals = currencyDecimals(currency) ?? 0;
    return [name, groupedMinor(of(before), decimals), groupedMinor(of(after), decimals)];
  };
  terminal.table(
    [
      { title: `money, ${currency}` },
      { title: "before", align: "right" },
      { title: "after", align: "right" },
    ],
    [
      row("budget", ({ budgetMinor }) => budgetMinor),
      row("given out already", ({ boundMinor }) => boundMinor),
      row("can still be granted", ({ freeMinor }) => freeMinor),
    ],
  );
  terminal.say("");
  if (grantsMoved > 0) {
    terminal.say(`${formatNumber(grantsMoved)} grants given before expire later`);
  }
}
