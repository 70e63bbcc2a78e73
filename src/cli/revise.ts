// `hongbao campaign revise|approve|reject`: shows what a campaign file would change in a campaign
// that lives, and puts it in force; what somebody else revised or proposed unseen stays as it is.
import { HongbaoError } from "../base/error.ts";
import {
  type CampaignProblem,
  contractError,
  invalidCampaign,
  parseCampaignFile,
  type RevisionAnswer,
  requireCampaign,
} from "../contract/index.ts";
import { sayAnswer } from "./answer-words.ts";
import { readCampaignText } from "./campaign-plan.ts";
import type { ExitCode } from "./exit-codes.ts";
import { withServer } from "./remote.ts";
import { lastRevisionText, sayChanges } from "./revision-words.ts";
import { shellWords } from "./shell-words.ts";
import type { VerbCall } from "./verb.ts";

export async function reviseCampaign(call: VerbCall): Promise<ExitCode> {
  const [file] = call.args as [string];
  const isPreview = call.flags.preview === true;
  const from = versionOf(call, isPreview);
  const yaml = await readCampaignText(file);
  // Checked here too, before anything is asked of a server.
  const definition = requireCampaign(parseCampaignFile(yaml, file));
  const moveExpiry = moveExpiryOf(call);
  return withServer(call, async (server) => {
    const { id: campaign } = definition;
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    const inForce = from ?? shown.books.version;
    const asked = server.campaign.revise({
      ...{ campaign, yaml, version: inForce + 1, why: String(call.flags.why) },
      ...(moveExpiry.length > 0 ? { moveExpiry } : {}),
      ...(isPreview ? { preview: true } : {}),
    });
    const answer = withFileNames(await asked.catch((error) => refuseOf(error, file)), file);
    if (!call.json) sayChanges(call.terminal, answer, definition);
    const { status, version, digest, lastRevision = shown.books.lastRevision } = answer;
    const isAsked = isPreview || status === "revision_conflict";
    const exit = sayAnswer(call, answer, [
      ["campaign", campaign],
      ["version", String(version)],
      ["last revised", isAsked ? lastRevisionText(lastRevision) : undefined],
      ["proposal", digest],
      ["replaces", replacesText(answer)],
    ]);
    sayNext(call, nextOf(call, answer));
    return exit;
  });
}

function replacesText({ replaces }: RevisionAnswer): string | undefined {
  return replaces && `${replaces.why} (proposed by ${replaces.by}, ${replaces.digest})`;
}

/** On a line of its own, so that it can be copied as it is. */
function sayNext({ terminal, json }: VerbCall, command: string | undefined): void {
  if (command !== undefined && !json) terminal.say(`\nnext:\n  ${command}`);
}

/** The command that follows on an answer; none where all is done. */
function nextOf(call: VerbCall, answer: RevisionAnswer): string | undefined {
  const { status, preview, campaign, version, changes = [], grantsMoved } = answer;
  if (status === "proposed") return `${approveCommand(campaign)}  # with another key`;
  if (status === "revision_conflict") return reviseCommand(call, ["--preview"]);
  if (preview !== true) return undefined;
  const isNothing = changes.length === 0 && grantsMoved === 0;
  return isNothing ? undefined : reviseCommand(call, ["--from", String(version)]);
}

/** The version that the file was edited from; a preview says which one is in force. */
function versionOf(call: VerbCall, isPreview: boolean): number | undefined {
  const { from } = call.flags;
  const expected = "--from: expected the version in force that the file was edited from";
  if (from === undefined) {
    if (isPreview) return undefined;
    const message = `${expected}, found none; a preview says it, and what would change`;
    const next = reviseCommand(call, ["--preview"]);
    throw contractError("invalid_usage", message, { next });
  }
  if (/^\d{1,3}$/.test(String(from))) return Number(from);
  throw contractError("invalid_usage", `${expected}, such as 0, found ${String(from)}`);
}

function moveExpiryOf({ flags }: VerbCall): string[] {
  const offers = String(flags.moveExpiry ?? "").split(",");
  return offers.map((offer) => offer.trim()).filter((offer) => offer !== "");
}

function reviseCommand(call: VerbCall, more: readonly string[]): string {
  const { flags, args } = call;
  const given = (flag: string, value: unknown): string[] => {
    return value === undefined ? [] : [flag, String(value)];
  };
  return shellWords([
    ...["hongbao", "campaign", "revise", args[0]!],
    ...given("--why", flags.why),
    ...given("--move-expiry", flags.moveExpiry),
    ...given("--url", flags.url),
    ...given("--key", flags.key === undefined ? undefined : "hb_…"),
    ...given("--config", flags.config),
    ...more,
  ]);
}

/** A server knows a file's text only: what it finds is said of the file that it came from. */
const UNNAMED = "campaign.yaml";

function ofFile(problems: readonly CampaignProblem[], file: string): CampaignProblem[] {
  return problems.map((one) => (one.file === UNNAMED ? { ...one, file } : one));
}

function withFileNames(answer: RevisionAnswer, file: string): RevisionAnswer {
  const { problems } = answer;
  return problems === undefined ? answer : { ...answer, problems: ofFile(problems, file) };
}

function refuseOf(error: unknown, file: string): never {
  if (!(error instanceof HongbaoError) || error.code !== "invalid_campaign") throw error;
  const problems = error.details.problems as CampaignProblem[] | undefined;
  throw problems === undefined ? error : invalidCampaign(ofFile(problems, file));
}

export function approveRevision(call: VerbCall): Promise<ExitCode> {
  const [campaign] = call.args as [string];
  const isPreview = call.flags.preview === true;
  const digest = isPreview && call.flags.proposal === undefined ? undefined : digestOf(call);
  return withServer(call, async (server) => {
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    const { proposal, version: inForce } = shown.books;
    const isThere = proposal !== undefined && (digest === undefined || digest === proposal.digest);
    const asked = server.campaign.approve({
      campaign,
      // Else it may be the last one in force, whose approval is repeated.
      version: isThere ? proposal.version : Math.max(1, inForce),
      ...(digest === undefined ? {} : { digest }),
      ...(isPreview ? { preview: true } : {}),
    });
    const answer = await asked.catch(tooLate);
    if (!call.json) {
      if (isThere) call.terminal.say(`proposed by ${proposal.by}: ${proposal.why}\n`);
      sayChanges(call.terminal, answer, shown.books);
    }
    const { status, version, preview, digest: seen } = answer;
    const again = status === "unknown_proposal" && proposal !== undefined && !isThere;
    const consent = preview === true ? approveCommand(campaign, seen) : undefined;
    const exit = sayAnswer(call, answer, [
      ["campaign", campaign],
      ["version", String(version)],
      ["proposal", seen],
    ]);
    sayNext(call, again ? approveCommand(campaign) : consent);
    return exit;
  });
}

/** What was proposed need not be possible any more. */
function tooLate(error: unknown): never {
  if (!(error instanceof HongbaoError) || error.code !== "invalid_campaign") throw error;
  const message = `the proposal cannot be put in force any more: ${error.message}`;
  const next = "Revise again: another proposal takes the place of this one.";
  throw contractError("invalid_campaign", message, { ...error.details, next });
}

/** With what was seen, or to see it. */
function approveCommand(campaign: string, digest?: string): string {
  const seen = digest === undefined ? "--preview" : `--proposal ${digest}`;
  return `hongbao campaign approve ${campaign} ${seen}`;
}

export function rejectRevision(call: VerbCall): Promise<ExitCode> {
  const [campaign] = call.args as [string];
  const digest = digestOf(call);
  return withServer(call, async (server) => {
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    const version = shown.books.proposal?.version ?? shown.books.version + 1;
    const why = String(call.flags.why);
    const answer = await server.campaign.reject({ campaign, version, digest, why });
    return sayAnswer(call, answer, [["campaign", campaign]]);
  });
}

/** The proposal that is meant, by the digest under which it was seen. */
function digestOf({ flags, args }: VerbCall): string {
  const { proposal: digest } = flags;
  if (typeof digest === "string" && /^[0-9a-f]{32}$/.test(digest)) return digest;
  const expected = "--proposal: expected the digest of the proposal that you have seen";
  const message = `${expected}, 32 hex digits, found ${String(digest ?? "none")}`;
  const next = `hongbao campaign show ${args[0]}, or ${approveCommand(String(args[0]))}`;
  throw contractError("invalid_usage", message, { next });
}
