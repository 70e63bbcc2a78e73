// `dryrun.claim`: a claim tried out. Every condition and cap is told with its reason, and nothing
// happens: no event, no arm that is kept, no exposure.
import { formatMinor } from "../base/money.ts";
import type { DryRunAnswer, DryRunInput, TriedCondition } from "../contract/schema/dry-run.ts";
import type { RoomOfCap } from "../core/caps/charge.ts";
import { type Command, emptyCommand, ID_AT } from "../core/command.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import { type Trial, tryClaim } from "../core/dry-run.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

const COMMAND = emptyCommand();

/** @param toldArm whether the caller may know arms that claims keep to themselves */
export function dryRunClaim(
  engine: Engine,
  campaign: string,
  input: DryRunInput,
  toldArm: boolean,
  timeoutMs?: number,
): Promise<DryRunAnswer> {
  const { offer } = input;
  return inCampaign(
    engine,
    LANE.read,
    ["dryrun.claim", campaign, input],
    { offer },
    (open, atMs) => {
      fill(open, input);
      if (COMMAND.offer < 0) return { ...answerBase("unknown_offer", atMs), offer };
      return tried(open, input, toldArm, atMs);
    },
    timeoutMs,
  );
}

function fill({ names }: OpenCampaign, input: DryRunInput): void {
  names.fillClaim(COMMAND, { id: "none", ...input });
  // No claim has this key: those of claims are hashes.
  if (input.id === undefined) COMMAND.keys.fill(0, ID_AT, ID_AT + 4);
}

function tried(
  open: OpenCampaign,
  input: DryRunInput,
  toldArm: boolean,
  atMs: number,
): DryRunAnswer {
  const { names, state } = open;
  const { definition } = state;
  const parts = names.eligibility.judge(state, COMMAND, input.facts, atMs);
  COMMAND.eligible = parts.every(({ failure }) => failure === null);
  const trial = tryClaim(state, COMMAND, atMs);
  const { outcome } = trial;
  const { masked } = definition.assignment;
  const answer: DryRunAnswer = {
    ...answerBase("ok", atMs),
    offer: input.offer,
    would: outcome.status,
    conditions: [
      ...triedId(trial, input),
      ...triedDeadline(COMMAND, atMs),
      triedTime(definition, trial),
      ...triedGrey(definition, trial),
      triedBlocked(trial),
      ...triedAudience(definition, trial),
      ...parts.map(({ text, failure }): TriedCondition => {
        const reason = failure ?? "holds";
        return { kind: "condition", name: text, holds: failure === null, reason };
      }),
      ...triedArm(trial, masked && !toldArm),
      ...trial.caps.map((room) => triedCap(definition, trial, room)),
      triedBudget(definition, trial),
    ],
    minAmountMinor: trial.leastMinor,
    maxAmountMinor: trial.mostMinor,
    currency: definition.currency,
  };
  const isTold = outcome.arm >= 0 && (toldArm || !masked);
  return isTold ? { ...answer, arm: names.armName(outcome.arm) } : answer;
}

function triedId({ outcome }: Trial, { id }: DryRunInput): TriedCondition[] {
  if (id === undefined) return [];
  const isOther = outcome.status === "id_conflict";
  const reason = outcome.replayed
    ? "the claim was answered before, and gets the same answer"
    : isOther
      ? "the id was used before with other content"
      : "the id is new";
  return [{ kind: "id", name: "id", holds: !isOther, reason }];
}

function triedDeadline({ notAfterMs }: Command, atMs: number): TriedCondition[] {
  if (notAfterMs === 0) return [];
  const holds = atMs <= notAfterMs;
  const reason = holds ? "the claim is in time" : "the claim is past its own notAfterMs";
  return [{ kind: "deadline", name: "notAfterMs", holds, reason }];
}

function triedTime(definition: CampaignDefinition, { closed }: Trial): TriedCondition {
  const wave = definition.waves[definition.offers[COMMAND.offer]!.wave]!;
  const one: TriedCondition = {
    kind: "time",
    name: wave.id,
    holds: closed === null,
    reason: closed === null ? "campaign and wave are open" : CLOSED_WORDS[closed.status]!,
  };
  if (closed === null || closed.retryAtMs === 0) return one;
  return { ...one, reason: "the wave has not begun", retryAtMs: closed.retryAtMs };
}

const CLOSED_WORDS: Readonly<Record<string, string>> = {
  not_open: "the wave is over",
  paused: "the campaign is paused",
  ended: "the campaign takes no more claims",
};

function triedGrey({ grey }: CampaignDefinition, { early }: Trial): TriedCondition[] {
  if (grey === undefined) return [];
  const holds = early === null;
  const reason = holds ? "the user is let in" : "the user is not among those let in first";
  const one: TriedCondition = { kind: "grey", name: "grey", holds, reason };
  return [holds || early.retryAtMs === 0 ? one : { ...one, retryAtMs: early.retryAtMs }];
}

function triedBlocked({ blocked }: Trial): TriedCondition {
  const reason = blocked
    ? "the user, or what the claim came with, is blocked"
    : "the user is not blocked";
  return { kind: "blocked", name: "user", holds: !blocked, reason };
}

function triedAudience(definition: CampaignDefinition, { isMember }: Trial): TriedCondition[] {
  if (isMember === null) return [];
  const name = definition.audiences[definition.offers[COMMAND.offer]!.audience!]!.id;
  const reason = `the user is ${isMember ? "" : "not "}in the audience ${name}`;
  return [{ kind: "audience", name, holds: isMember, reason }];
}

/** Told where nothing is hidden, or to who may know it. */
function triedArm({ outcome, isKnown }: Trial, hidden: boolean): TriedCondition[] {
  if (outcome.status === "assignment_missing") {
    const reason = "arms are given by the caller, and none came";
    return [{ kind: "arm", name: "variant", holds: false, reason }];
  }
  if (outcome.arm < 0 || hidden) return [];
  const when = isKnown ? "has been" : "would be";
  const isHeldOut = outcome.arm === 0;
  const reason = isHeldOut ? `the user ${when} held out, by design` : `the user ${when} treated`;
  return [{ kind: "arm", name: "holdout", holds: !isHeldOut, reason }];
}

function triedCap(
  definition: CampaignDefinition,
  { leastMinor, mostMinor }: Trial,
  { cap, row, used, limit, endsAtMs }: RoomOfCap,
): TriedCondition {
  const { id, dimension, missing } = definition.caps[cap.ordinal]!;
  if (row === null) {
    const holds = missing === "skip";
    const reason = holds
      ? `it does not count a claim without ${dimension}`
      : `it counts by ${dimension}, which the claim lacks`;
    return { kind: holds ? "cap" : "attribute", name: holds ? id : dimension, holds, reason };
  }
  const left = Math.max(0, limit - used);
  const amount = (value: number): string => (cap.money ? money(definition, value) : String(value));
  const least = cap.money ? leastMinor : 1;
  const holds = left >= least;
  const luck = cap.money && holds && left < mostMinor ? "; a larger draw would not fit" : "";
  const reason = `${amount(left)} of ${amount(limit)} left${luck}`;
  const one: TriedCondition = { kind: "cap", name: id, holds, reason, left, limit };
  return holds || endsAtMs === 0 ? one : { ...one, retryAtMs: endsAtMs };
}

function triedBudget(
  definition: CampaignDefinition,
  { freeMinor, leastMinor, mostMinor }: Trial,
): TriedCondition {
  const limit = definition.budgetMinor;
  const left = Math.max(0, freeMinor);
  const holds = left >= leastMinor;
  const luck = holds && left < mostMinor ? "; a larger draw would not fit" : "";
  const reason = `${money(definition, left)} of ${money(definition, limit)} free${luck}`;
  return { kind: "budget", name: "budget", holds, reason, left, limit };
}

function money({ decimals, currency }: CampaignDefinition, minor: number): string {
  return `${formatMinor(minor, decimals)} ${currency}`;
}
