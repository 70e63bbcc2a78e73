// Making good what somebody lost without his doing: the operator names users in batches, each
// with who ordered it and why. Only whoever ever had a grant can have lost one, so that the
// held-out, and users who never came, are owed nothing, and no arm is touched.

import { chargesOf } from "../caps/charge.ts";
import { type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { EVENT_KINDS, type EventWriter } from "../event.ts";
import { GrantSide } from "../grants/grant-side.ts";
import { writeGranted } from "../grants/write-grant.ts";
import { writeJson } from "../json-event.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { isBlocked } from "../suspicion/blocked.ts";
import { PRINT_OF, sameContent } from "../tables/bound-id.ts";
import type { CompensationBatch } from "./compensation-batch.ts";
import { statedBatch } from "./compensations.ts";

const SIDE = new GrantSide();

/** Decides that a batch begins; the same batch again changes nothing. */
export function decideBatch(
  campaign: CampaignState,
  asked: CompensationBatch,
  atMs: number,
  out: EventWriter,
): Outcome {
  const refused = refusalOfBatch(campaign, asked);
  if (refused !== null) return refused;
  writeJson(EVENT_KINDS.compensated, campaign.ordinal, asked, atMs, out);
  return outcome("ok");
}

/** What a batch is answered that does not begin now, or null. */
export function refusalOfBatch(campaign: CampaignState, asked: CompensationBatch): Outcome | null {
  if (campaign.compensationOffer < 0) return outcome("no_compensation");
  if (campaign.phase === "closed") return outcome("campaign_closed");
  const known = statedBatch(campaign, asked.batch);
  if (known === undefined) return null;
  const { lines, sha256, why } = known;
  const same = lines === asked.lines && sha256 === asked.sha256 && why === asked.why;
  return same ? { ...outcome("ok"), replayed: true } : outcome("id_conflict");
}

/**
 * Decides one line of a batch; `command` has the line's id and user, the lost grant or -1, the
 * amount (0: that of the definition), and the batch as its mark. Beyond the lines that the batch
 * states it is `id_conflict`: whoever agreed to it agreed to a list of that length.
 */
export function decideCompensation(
  campaign: CampaignState,
  command: Command,
  batch: string,
  atMs: number,
  out: EventWriter,
): Outcome {
  const offer = campaign.compensationOffer;
  const { reward } = campaign.definition.offers[offer]!;
  if (reward.kind !== "compensation") return outcome("no_compensation");
  command.offer = offer;
  if (command.amountMinor === 0) command.amountMinor = reward.amountMinor;
  fingerprint(PRINT_OF.compensate, command, SIDE.print);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOf(campaign, bound);
  const stated = statedBatch(campaign, batch);
  if (stated !== undefined && stated.grants >= stated.lines) return outcome("id_conflict");
  const { amountMinor } = command;
  const expiresAtMs = campaign.expiryOf(offer, atMs);
  if (campaign.phase === "closed") return outcome("campaign_closed");
  if (atMs < campaign.definition.startsAtMs) return outcome("not_open");
  if (atMs >= expiresAtMs) return outcome("ended");
  if (!(amountMinor <= reward.maxMinor)) return outcome("amount_too_large");
  const user = campaign.users.find(command.keys, USER_AT);
  if (isBlocked(campaign, command, atMs)) return outcome("blocked");
  const isThere = command.grant < campaign.grantCount;
  if (command.grant >= 0 && !(isThere && campaign.grantUser.get(command.grant) === user)) {
    return outcome("unknown_grant");
  }
  if (!couldLose(campaign, user, command.grant)) return outcome("not_eligible");
  SIDE.set = campaign.claimCaps[offer]!;
  const refused = chargesOf(campaign, SIDE.set, command, user, amountMinor, atMs, SIDE.cells);
  if (refused !== null) return { ...refused, offer };
  // Written so that NaN refuses.
  const fits = amountMinor <= campaign.grantableMinor + campaign.compensationMinor;
  if (!fits) return outcome("budget_exhausted");
  SIDE.command = command;
  SIDE.user = user;
  SIDE.arm = campaign.userArm.get(user) - 1;
  SIDE.amountMinor = amountMinor;
  SIDE.draw = command.grant + 1;
  SIDE.grant = campaign.grantCount;
  writeGranted(campaign, SIDE, atMs, out);
  return granted(campaign, SIDE.grant, amountMinor, expiresAtMs);
}

function granted(
  campaign: CampaignState,
  grant: number,
  amountMinor: number,
  expiresAtMs: number,
): Outcome {
  const answer = outcome("granted");
  return { ...answer, grant, offer: campaign.compensationOffer, amountMinor, expiresAtMs };
}

/** The answer that a line's id is bound to: what was lost is made good once, in whatever batch. */
function replayOf(campaign: CampaignState, bound: number): Outcome {
  const grant = campaign.idTarget.get(bound);
  const isGrant = campaign.idUse.get(bound) === ID_USE.granted;
  if (!isGrant || campaign.grantOffer(grant) !== campaign.compensationOffer) {
    return outcome("id_conflict");
  }
  const { print } = SIDE;
  const same = sameContent(campaign, bound, print);
  if (!same) return { ...outcome("already_compensated"), grant };
  const amountMinor = campaign.grantAmount.get(grant);
  return { ...granted(campaign, grant, amountMinor, campaign.expiresAtMs(grant)), replayed: true };
}

/** Whether the user ever had a grant, or the stated one, that was not compensation itself. */
function couldLose(campaign: CampaignState, user: number, lost: number): boolean {
  if (user < 0) return false;
  if (lost >= 0) return campaign.grantOffer(lost) !== campaign.compensationOffer;
  for (let next = campaign.userLastGrant.get(user); next > 0; ) {
    if (campaign.grantOffer(next - 1) !== campaign.compensationOffer) return true;
    next = campaign.grantPrevious.get(next - 1);
  }
  return false;
}

/** How many grants of compensation a user has, and what they add up to. */
export function compensationOf(
  campaign: CampaignState,
  user: number,
): { grants: number; sumMinor: number } {
  const has = { grants: 0, sumMinor: 0 };
  for (let next = user < 0 ? 0 : campaign.userLastGrant.get(user); next > 0; ) {
    const grant = next - 1;
    if (campaign.grantOffer(grant) === campaign.compensationOffer) {
      has.grants += 1;
      has.sumMinor += campaign.grantAmount.get(grant);
    }
    next = campaign.grantPrevious.get(grant);
  }
  return has;
}
