// `hongbao campaign revise FILE`: shows what a campaign file would change in a campaign that lives,
// and puts it in force.
import { currencyDecimals } from "../base/money.ts";
import {
  type Exposure,
  type ExposureOutlook,
  formatProblem,
  type MoneySpan,
  parseCampaignFile,
  type RevisionAnswer,
  requireCampaign,
} from "../contract/index.ts";
import { formatNumber, formatPercent, groupedMinor } from "../report/format.ts";
import { sayAnswer } from "./answer-words.ts";
import { readCampaignText } from "./campaign-plan.ts";
import type { ExitCode } from "./exit-codes.ts";
import { ageText, isUnseen, runsOutText } from "./outlook-words.ts";
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

/** What a revision changes, and what becomes of the money. */
export function sayChanges(
  terminal: Terminal,
  answer: RevisionAnswer,
  { currency }: { currency: string },
): void {
  const { changes, before, after, problems = [] } = answer;
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
  const decimals = currencyDecimals(currency) ?? 0;
  const grouped = (minor: number): string => groupedMinor(minor, decimals);
  const row = (name: string, of: (one: Exposure) => number): string[] => {
    return [name, grouped(of(before)), grouped(of(after))];
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
      ...outlookRows(answer, grouped),
    ],
  );
  terminal.say("");
  sayUnseen(terminal, answer);
  sayMoved(terminal, answer);
}

/** What is expected of money to come, by the same draws under both rules. */
function outlookRows({ outlook }: RevisionAnswer, grouped: (minor: number) => string): string[][] {
  if (outlook === undefined) return [];
  const row = (name: string, of: (one: ExposureOutlook) => string): string[][] => {
    return [[name, of(outlook.before), of(outlook.after)]];
  };
  const span = ({ fromMinor, toMinor }: MoneySpan): string => {
    return `${grouped(fromMinor)} to ${grouped(toMinor)}`;
  };
  const runsOut = ({ runOut }: ExposureOutlook): string => {
    return runOut === null ? "cannot be told" : runsOutText(runOut.atMs);
  };
  const chance = ({ runOut }: ExposureOutlook): string => {
    return runOut === null ? "" : formatPercent(runOut.chance);
  };
  const isAnother = (of: (one: ExposureOutlook) => string): boolean => {
    return of(outlook.before) !== of(outlook.after);
  };
  const hasUnseen = [outlook.before, outlook.after].some(({ expected }) => isUnseen(expected));
  return [
    ...row("expected to be spent", ({ expected }) => grouped(expected.spendMinor)),
    ...row("  80 %", ({ expected }) => span(expected.likely)),
    ...row("  95 %", ({ expected }) => span(expected.almostSure)),
    ...(hasUnseen ? row("  95 %, bounds", ({ expected }) => span(expected.bounds)) : []),
    ...(isAnother(runsOut) || isAnother(chance)
      ? [...row("runs out", runsOut), ...row("  before claims end", chance)]
      : []),
  ];
}

function sayUnseen(terminal: Terminal, { outlook }: RevisionAnswer): void {
  if (outlook === undefined || !isUnseen(outlook.after.expected)) return;
  const { seenToAgeMs } = outlook.after.expected;
  const known =
    seenToAgeMs === 0
      ? "no grant is old enough yet"
      : `no grant is older than ${ageText(seenToAgeMs)}`;
  terminal.say(`${known}: the bounds hold if nobody, or everybody, redeems what lives longer`);
}

function sayMoved(
  terminal: Terminal,
  { grantsMoved = 0, grantsMovedIsEstimate }: RevisionAnswer,
): void {
  if (grantsMoved === 0) return;
  const about = grantsMovedIsEstimate ? "about " : "";
  terminal.say(`${about}${formatNumber(grantsMoved)} grants given before expire later`);
}
