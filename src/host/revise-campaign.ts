// Revising a campaign that lives: the file is read before its turn, and judged in its turn, against
// the campaign as it is then.
import {
  type ApprovalInput,
  type CampaignAnswer,
  type CampaignCheck,
  type CampaignProblem,
  checkCampaignSource,
  type Exposure,
  type ExposureOutlook,
  type LinedUpRevision,
  lineUpRevision,
  type ProposalView,
  type RejectionInput,
  type RevisionAnswer,
  type RevisionInput,
  type RevisionMoment,
  requireRevision,
  revisedValues,
} from "../contract/index.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { EventWriter } from "../core/event.ts";
import { boundMinor, neededMinor } from "../core/money/exposure.ts";
import { type Outcome, outcome } from "../core/outcome.ts";
import {
  ANY,
  decideApprove,
  decideReject,
  decideRevise,
  refusalOfApproval,
} from "../core/revision/decide-revision.ts";
import { movedGrants } from "../core/revision/moved-grants.ts";
import type { CampaignState } from "../core/state.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { exceededLimits } from "./exceeded-limits.ts";
import { drawOutlook, type OutlookReading, readOutlook } from "./outlook/outlook.ts";
import { termsInForce, termsRevised } from "./outlook/outlook-terms.ts";
import { leftToGrant } from "./room.ts";
import { lastRevisionView, proposalView } from "./views.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

/** @param by who asks: the public id of a key, or what an embedding caller says */
export function reviseCampaign(
  engine: Engine,
  campaign: string,
  input: RevisionInput,
  by: string,
  timeoutMs?: number,
): Promise<RevisionAnswer> {
  return reviseChecked(engine, campaign, checkCampaignSource(input), input, by, timeoutMs);
}

/** As `reviseCampaign`, of a definition that is checked already. */
export async function reviseChecked(
  engine: Engine,
  campaign: string,
  check: CampaignCheck,
  input: RevisionInput,
  by: string,
  timeoutMs?: number,
): Promise<RevisionAnswer> {
  const { version, why, moveExpiry = [], preview = false } = input;
  const readings: OutlookReading[] = [];
  const answer = await inCampaign<RevisionAnswer, { campaign: string; version: number }>(
    engine,
    preview ? LANE.read : LANE.redemption,
    ["campaign.revise", campaign, input],
    { campaign, version: 0 },
    ({ state }, atMs, out) => {
      // A repetition of the last one is judged against what it made; a preview repeats nothing.
      const isRepeated = version === state.version && !preview;
      if (version !== state.version + 1 && !isRepeated) return conflictOf(state, atMs);
      if (state.phase === "closed") {
        return answerOf(state, outcome("campaign_closed"), atMs, preview);
      }
      const asked = lineUpRevision({
        before: state.definition,
        check,
        moveExpiry,
        atMs,
        bound: boundOf(state),
      });
      const told = tell(state, asked, check.problems, atMs);
      const to = preview ? nowhere(atMs) : out;
      const decided = decideRevise(state, { version, ...asked, by, why }, atMs, to);
      if (decided.status === "revision_conflict") return conflictOf(state, atMs);
      if (preview && isDone(decided)) readings.push(...readBoth(state, asked, atMs));
      const replaces = replacedBy(state, decided);
      engine.apply(out);
      const digest = decided.status === "proposed" && !preview ? digestOf(state) : {};
      const isTold = isDone(decided) && (preview || !decided.replayed);
      return {
        ...answerOf(state, decided, atMs, preview),
        ...{ ...digest, ...replaces, ...(isTold ? told : {}) },
        ...(isTold && preview ? exceededBy(state, asked) : {}),
      };
    },
    timeoutMs,
  );
  return withOutlook(engine, answer, readings);
}

/** Consents to what somebody else proposed. @param by who asks, as in `reviseCampaign` */
export async function approveRevision(
  engine: Engine,
  campaign: string,
  { version, digest: named, preview = false }: ApprovalInput,
  by: string,
  timeoutMs?: number,
): Promise<RevisionAnswer> {
  const readings: OutlookReading[] = [];
  // Whoever only looks need not know yet what he will see.
  const digest = named ?? (preview ? ANY : "");
  const answer = await inCampaign<RevisionAnswer, { campaign: string; version: number }>(
    engine,
    preview ? LANE.read : LANE.redemption,
    ["campaign.approve", campaign, { version, digest }],
    { campaign, version: 0 },
    ({ state }, atMs, out) => {
      const refused = refusalOfApproval(state, { version, digest }, by);
      if (refused !== null) return answerOf(state, refused, atMs, false);
      const { definition, moved } = state.proposal!;
      const asked = { definition, moved: new Set(moved) };
      requireRevision(state.definition, asked, atMs, boundOf(state));
      const told = tell(state, asked, [], atMs);
      const seen = preview ? digestOf(state) : {};
      const decided = decideApprove(state, by, atMs, preview ? nowhere(atMs) : out);
      if (preview && isDone(decided)) readings.push(...readBoth(state, asked, atMs));
      engine.apply(out);
      return {
        ...answerOf(state, decided, atMs, preview),
        ...(isDone(decided) ? { ...seen, ...told } : {}),
        ...(isDone(decided) && preview ? exceededBy(state, asked) : {}),
      };
    },
    timeoutMs,
  );
  return withOutlook(engine, answer, readings);
}

/** Takes a proposal back. */
export function rejectRevision(
  engine: Engine,
  campaign: string,
  { version, digest, why }: RejectionInput,
  by: string,
  timeoutMs?: number,
): Promise<CampaignAnswer> {
  return inCampaign(
    engine,
    LANE.redemption,
    ["campaign.reject", campaign, { version, digest }],
    { campaign },
    ({ state }, atMs, out) => {
      const decided = decideReject(state, { version, digest, by, why }, atMs, out);
      return { ...answerBase(decided.status, atMs, decided.replayed), campaign };
    },
    timeoutMs,
  );
}

/** A preview is the decision itself, written to a place that nobody applies. */
function nowhere(atMs: number): EventWriter {
  const out = new EventWriter();
  out.reset(atMs);
  return out;
}

function isDone({ status }: Outcome): boolean {
  return status === "revised" || status === "proposed" || status === "ok";
}

/** What a revision would be answered is `ok` in a preview. */
function answerOf(
  state: CampaignState,
  decided: Outcome,
  atMs: number,
  preview: boolean,
): RevisionAnswer {
  const isForeseen = preview && isDone(decided);
  const base = isForeseen
    ? answerBase("ok", atMs)
    : answerBase(decided.status, atMs, decided.replayed);
  const { version, definition } = state;
  return { ...base, campaign: definition.id, version, ...(isForeseen ? { preview } : {}) };
}

/** Whoever comes second hears who came first. */
function conflictOf(state: CampaignState, atMs: number): RevisionAnswer {
  const answer = answerOf(state, outcome("revision_conflict"), atMs, false);
  return { ...answer, ...lastRevisionView(state) };
}

/** Whoever proposes hears what nobody can consent to any more. */
function replacedBy(
  state: CampaignState,
  { status, replayed }: Outcome,
): { replaces?: ProposalView } {
  const replaces = proposalView(state);
  return status === "proposed" && !replayed && replaces !== null ? { replaces } : {};
}

function digestOf({ proposal }: CampaignState): { digest: string } {
  return { digest: proposal!.digest };
}

/** What no revision can take back. */
function boundOf(state: CampaignState): RevisionMoment["bound"] {
  return { boundMinor: boundMinor(state), neededMinor: neededMinor(state) };
}

/** What a revision changes, for whoever decides on it. */
function tell(
  state: CampaignState,
  { definition, moved }: LinedUpRevision,
  problems: readonly CampaignProblem[],
  atMs: number,
): Pick<
  RevisionAnswer,
  "changes" | "before" | "after" | "grantsMoved" | "grantsMovedIsEstimate" | "problems"
> {
  const exposure = (by: CampaignDefinition): Exposure => {
    const { budgetMinor } = by;
    const freeMinor = leftToGrant(state, by, atMs);
    return { budgetMinor, boundMinor: boundMinor(state), freeMinor };
  };
  const { count, isEstimate } = movedGrants(state, definition, moved, atMs);
  return {
    changes: revisedValues(state.definition, definition),
    before: exposure(state.definition),
    after: exposure(definition),
    grantsMoved: count,
    ...(isEstimate ? { grantsMovedIsEstimate: true } : {}),
    problems: [...problems],
  };
}

function exceededBy(
  state: CampaignState,
  { definition }: LinedUpRevision,
): Pick<RevisionAnswer, "exceeded"> {
  const exceeded = exceededLimits(state, definition);
  return exceeded.length === 0 ? {} : { exceeded };
}

/** What an outlook is drawn from, under the rules in force and under those of a revision. */
function readBoth(
  state: CampaignState,
  asked: LinedUpRevision,
  atMs: number,
): readonly OutlookReading[] {
  return readOutlook(state, [termsInForce(state), termsRevised(state, asked, atMs)], atMs);
}

/** Draws what was read, each in a turn of its own, so that the writer goes on in between. */
async function withOutlook(
  engine: Engine,
  answer: RevisionAnswer,
  readings: readonly OutlookReading[],
): Promise<RevisionAnswer> {
  const outlooks: ExposureOutlook[] = [];
  for (const reading of readings) {
    await engine.nextTurn();
    const { expected, runOut } = drawOutlook(reading);
    outlooks.push({ expected, runOut });
  }
  const [before, after] = outlooks;
  if (before === undefined || after === undefined) return answer;
  return { ...answer, outlook: { before, after } };
}
