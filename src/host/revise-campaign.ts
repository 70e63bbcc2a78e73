// Revising a campaign that lives: the file is read before its turn, and judged in its turn, against
// the campaign as it is then.
import {
  type CampaignCheck,
  type CampaignProblem,
  checkCampaignSource,
  type Exposure,
  type LinedUpRevision,
  lineUpRevision,
  type RevisionAnswer,
  type RevisionInput,
  revisedValues,
} from "../contract/index.ts";
import { decideRevise, liveGrants } from "../core/decide-revision.ts";
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
      const isTold = decided.status === "ok" || (decided.status === "revised" && !base.replayed);
      if (!isTold) return answer;
      return { ...answer, ...(preview ? { preview } : {}), ...told };
    },
    () => describeLine("campaign.revise", campaign, input),
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
