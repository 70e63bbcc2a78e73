// `hongbao campaign open|list|show|pause|resume|end|close`, on a server.
import {
  type CampaignBooks,
  type CampaignSummary,
  formatProblem,
  parseCampaignFile,
  requireCampaign,
} from "../contract/index.ts";
import { formatNumber, formatPercent, groupedMinor } from "../report/format.ts";
import { instantText, sayAnswer } from "./answer-words.ts";
import { readCampaignText } from "./campaign-plan.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { sayMoney, unlessNone } from "./money-table.ts";
import { withServer } from "./remote.ts";
import { lastRevisionText } from "./revision-words.ts";
import type { Terminal } from "./terminal.ts";
import type { Verb, VerbCall } from "./verb.ts";

export async function openCampaign(call: VerbCall): Promise<ExitCode> {
  const file = call.args[0]!;
  const yaml = await readCampaignText(file);
  // Checked here too: only here problems can name the file.
  const check = parseCampaignFile(yaml, file);
  requireCampaign(check);
  for (const problem of check.problems) call.terminal.note(formatProblem(problem));
  return withServer(call, async (server) => {
    const answer = await server.campaign.open({ yaml });
    return sayAnswer(call, answer, [["campaign", answer.campaign]]);
  });
}

export function listCampaigns(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.campaign.list();
    if (call.json) call.terminal.json(answer);
    else if (answer.campaigns.length === 0) call.terminal.note("no campaigns yet");
    else sayList(call.terminal, answer.campaigns);
    return EXIT.ok;
  });
}

function sayList(terminal: Terminal, campaigns: readonly CampaignSummary[]): void {
  const left = ["campaign", "phase"].map((title) => ({ title }));
  const right = ["budget", "spent", "reserved", "settling", "free", ""].map((title) => ({
    title,
    align: title === "" ? ("left" as const) : ("right" as const),
  }));
  terminal.table(
    [...left, ...right],
    campaigns.map((one) => [
      one.campaign,
      one.rehearsal === true ? `${one.phase}, rehearsal` : one.phase,
      ...[one.budgetMinor, one.spentMinor, one.reservedMinor, one.settlingMinor, one.freeMinor].map(
        (minor) => groupedMinor(minor, one.decimals),
      ),
      one.currency,
    ]),
  );
}

export function showCampaign(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.campaign.show({ campaign: call.args[0]! });
    if (call.json || answer.books === undefined) return sayAnswer(call, answer);
    sayBooks(call.terminal, answer.books);
    return EXIT.ok;
  });
}

function modeFacts({ rehearsal, grey }: CampaignBooks): [string, string][] {
  const facts: [string, string][] = [];
  if (rehearsal === true) facts.push(["  REHEARSAL", "nothing granted can be redeemed"]);
  if (grey !== undefined) {
    const { share, untilMs } = grey;
    const until = untilMs === undefined ? "" : `, everybody from ${instantText(untilMs)}`;
    facts.push(["  let in first", `${formatPercent(share)} of users${until}`]);
  }
  return facts;
}

function revisionFacts({ version, lastRevision, proposal }: CampaignBooks): [string, string][] {
  const facts: [string, string][] = [];
  const revised = lastRevisionText(lastRevision);
  if (revised !== undefined) facts.push(["  version", `${version}, revised ${revised}`]);
  if (proposal !== undefined) {
    facts.push(["  waits for consent", `${proposal.why} (proposed by ${proposal.by})`]);
    facts.push(["  proposal", proposal.digest]);
  }
  return facts;
}

function awaitedFacts({ awaits = [] }: CampaignBooks): [string, string][] {
  return awaits.map((one): [string, string] => {
    const whose = one.for.map((name) =>
      name === "campaign" ? "the luck" : name.replace(":", " "),
    );
    const due = `due ${instantText(one.dueAtMs)}`;
    return ["  awaits", `round ${one.round} of drand, ${due}, for ${whose.join(" and ")}`];
  });
}

function sayBooks(terminal: Terminal, books: CampaignBooks): void {
  const { paint } = terminal;
  const { counts } = books;
  terminal.say(`${paint("title", books.campaign)}  ${books.title}  (${books.phase})`);
  terminal.facts([
    ["  claims", `${instantText(books.startsAtMs)} to ${instantText(books.endsAtMs)}`],
    ["  redemptions", `until ${instantText(books.closesAtMs)}`],
    ...modeFacts(books),
    ...revisionFacts(books),
    ...awaitedFacts(books),
  ]);
  terminal.say("");
  sayMoney(terminal, books, [
    ["spent", books.spentMinor],
    ["reserved", books.reservedMinor],
    ["settling", books.settlingMinor],
    ["free", books.freeMinor],
    ...unlessNone("of it set aside", books.setAsideMinor),
    ...unlessNone("out beyond the budget", books.overissue?.beyondMinor ?? 0),
    ["budget", books.budgetMinor],
  ]);
  terminal.say("");
  const numbers = Object.entries(counts).map(([name, count]) => [name, formatNumber(count)]);
  terminal.table([{ title: "counts" }, { title: "", align: "right" }], numbers);
  sayContingency(terminal, books);
  sayWaves(terminal, books);
  sayCaps(terminal, books);
  sayInvites(terminal, books);
}

function sayContingency(terminal: Terminal, { contingency, decimals }: CampaignBooks): void {
  const { line, limitMinor, usedMinor, lossMinor } = contingency;
  if (line === null && lossMinor === 0) return;
  terminal.say("");
  const money = (minor: number): string => groupedMinor(minor, decimals);
  terminal.facts([
    [
      "contingency",
      line === null ? "none" : `${money(usedMinor)} of ${money(limitMinor)}, ${line}`,
    ],
    ["loss", money(lossMinor)],
  ]);
}

function sayWaves(terminal: Terminal, { waves, decimals }: CampaignBooks): void {
  const money = (minor: number | null): string =>
    minor === null ? "–" : groupedMinor(minor, decimals);
  terminal.say("");
  terminal.table(
    [
      { title: "wave" },
      { title: "from" },
      { title: "to" },
      { title: "budget", align: "right" },
      { title: "used", align: "right" },
    ],
    waves.map((wave) => [
      wave.wave,
      instantText(wave.fromMs),
      instantText(wave.toMs),
      money(wave.budgetMinor),
      money(wave.usedMinor),
    ]),
  );
}

function sayCaps(terminal: Terminal, { caps, decimals }: CampaignBooks): void {
  if (caps.length === 0) return;
  terminal.say("");
  const amount = (counts: string, value: number | undefined): string => {
    if (value === undefined) return "–";
    return counts === "money" ? groupedMinor(value, decimals) : formatNumber(value);
  };
  terminal.table(
    [
      { title: "cap" },
      { title: "of" },
      { title: "per" },
      { title: "on" },
      { title: "counts" },
      { title: "limit", align: "right" },
      { title: "used", align: "right" },
    ],
    caps.map((cap) => [
      cap.cap,
      cap.dimension,
      cap.per,
      cap.on,
      cap.counts,
      amount(cap.counts, cap.limit),
      amount(cap.counts, cap.used),
    ]),
  );
}

function sayInvites(terminal: Terminal, { invites }: CampaignBooks): void {
  if (invites === undefined) return;
  const { codes, acceptances, withheld, heldOut, heldOutReached } = invites;
  const share = heldOut === 0 ? "" : `, ${formatPercent(heldOutReached / heldOut)}`;
  terminal.say("");
  terminal.table(
    [{ title: "invites" }, { title: "", align: "right" }],
    [
      ["codes", formatNumber(codes)],
      ["accepted, both sides rewarded", formatNumber(acceptances)],
      ["accepted by the held-out, nobody rewarded", formatNumber(withheld)],
      ["of the holdout reached by invites", `${formatNumber(heldOutReached)}${share}`],
    ],
  );
}

export function changePhase(step: "pause" | "resume" | "end" | "close"): Verb {
  return (call) =>
    withServer(call, async (server) => {
      const answer = await server.campaign[step]({ campaign: call.args[0]! });
      return sayAnswer(call, answer, [["campaign", answer.campaign]]);
    });
}
