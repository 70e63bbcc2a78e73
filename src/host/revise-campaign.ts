// Revising a campaign that lives: the file is read before its turn, and judged in its turn, against
// the campaign as it is then.
import {
  type ApprovalInput,
  type CampaignAnswer,
  type CampaignCheck,
  type CampaignProblem,
  checkCampaignSource,
  type Exposure,
  type LinedUpRevision,
  lineUpRevision,
  type RejectionInput,
  type RevisionAnswer,
  type RevisionInput,
  requireRevision,
  revisedValues,
} from "../contract/index.ts";
import {
  decideApprove,
  decideReject,
  decideRevise,
  liveGrants,
  refusalOfApproval,
} from "../core/decide-revision.ts";
import { outcome } from "../core/outcome.ts";
import type { CampaignState } from "../core/state.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import { LANE } from "./job.ts";
import { describeLine } from "./money-job.ts";

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
export function reviseChecked(
  engine: Engine,
  campaign: string,
  check: CampaignCheck,
  input: RevisionInput,
  by: string,
  timeoutMs?: number,
): Promise<RevisionAnswer> {
  const { version, why, moveExpiry = [], preview = false } = input;
  return engine.single<RevisionAnswer>(
    preview ? LANE.read : LANE.redemption,
    (atMs, out) => {
      const state = engine.find(campaign)?.state;
      if (state === undefined) {
        return { ...answerBase("unknown_campaign", atMs), campaign, version: 0 };
      }
      // A repetition of the last one is judged against what it made.
      if (version !== state.version && version !== state.version + 1) {
        const conflict = answerBase("revision_conflict", atMs);
        return { ...conflict, campaign, version: state.version };
      }
      const boundMinor = boundOf(state);
      const asked = lineUpRevision({
        before: state.definition,
        check,
        moveExpiry,
        atMs,
        boundMinor,
      });
      const told = tell(state, asked, check.problems, atMs);
      const decided = preview
        ? outcome(version === state.version ? "revision_conflict" : "ok")
        : decideRevise(state, { version, ...asked, by, why }, atMs, out);
      engine.apply(out);
      const base = answerBase(decided.status, atMs, decided.replayed);
      const answer: RevisionAnswer = { ...base, campaign, version: state.version };
      const isTold = ["ok", "revised", "proposed"].includes(decided.status) && !base.replayed;
      if (!isTold) return answer;
      return { ...answer, ...(preview ? { preview } : {}), ...told };
    },
    () => describeLine("campaign.revise", campaign, input),
    timeoutMs,
  );
}

/** Consents to what somebody else proposed. @param by who asks, as in `reviseCampaign` */
export function approveRevision(
  engine: Engine,
  campaign: string,
  { version, preview = false }: ApprovalInput,
  by: string,
  timeoutMs?: number,
): Promise<RevisionAnswer> {
  return engine.single<RevisionAnswer>(
    preview ? LANE.read : LANE.redemption,
    (atMs, out) => {
      const state = engine.find(campaign)?.state;
      if (state === undefined) {
        return { ...answerBase("unknown_campaign", atMs), campaign, version: 0 };
      }
      const refused = refusalOfApproval(state, version, by);
      if (refused !== null) {
        const base = answerBase(refused.status, atMs, refused.replayed);
        return { ...base, campaign, version: state.version };
      }
      const { definition, moved } = state.proposal!;
      const asked = { definition, moved: new Set(moved) };
      requireRevision(state.definition, asked, atMs, boundOf(state));
      const told = tell(state, asked, [], atMs);
      const decided = preview ? outcome("ok") : decideApprove(state, by, atMs, out);
      engine.apply(out);
      const answer = { ...answerBase(decided.status, atMs), campaign, version: state.version };
      return { ...answer, ...(preview ? { preview } : {}), ...told };
    },
    () => describeLine("campaign.approve", campaign, version),
    timeoutMs,
  );
}

/** Takes a proposal back. */
export function rejectRevision(
  engine: Engine,
  campaign: string,
  { version, why }: RejectionInput,
  by: string,
  timeoutMs?: number,
): Promise<CampaignAnswer> {
  return engine.single<CampaignAnswer>(
    LANE.redemption,
    (atMs, out) => {
      const state = engine.find(campaign)?.state;
      const decided =
        state === undefined
          ? outcome("unknown_campaign")
          : decideReject(state, { version, by, why }, atMs, out);
      return { ...answerBase(decided.status, atMs, decided.replayed), campaign };
    },
    () => describeLine("campaign.reject", campaign, version),
    timeoutMs,
  );
}

/** Money that no revision can take back. */
function boundOf({ books }: CampaignState): number {
  const { spentMinor, reservedMinor, settlingMinor, returnedMinor, setAsideMinor } = books;
  return spentMinor + reservedMinor + settlingMinor + returnedMinor + setAsideMinor;
}

/** What a revision changes, for whoever decides on it. */
function tell(
  state: CampaignState,
  { definition, moved }: LinedUpRevision,
  problems: readonly CampaignProblem[],
  atMs: number,
): Pick<RevisionAnswer, "changes" | "before" | "after" | "grantsMoved" | "problems"> {
  const exposure = (budgetMinor: number): Exposure => {
    const boundMinor = boundOf(state);
    return { budgetMinor, boundMinor, freeMinor: budgetMinor - boundMinor };
  };
  return {
    changes: revisedValues(state.definition, definition),
    before: exposure(state.definition.budgetMinor),
    after: exposure(definition.budgetMinor),
    grantsMoved: liveGrants(state, moved, atMs),
    problems: [...problems],
  };
}
