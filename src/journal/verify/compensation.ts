// Judges what is made good: that a stated batch orders it, that its user had a grant to lose, that
// no lost grant is made good twice, and that amounts are what the line allows.
import type { CapDefinition, OfferDefinition } from "../../core/definition.ts";
import { GRANTED, readWide } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";
import { readJson } from "./json.ts";

export function isCompensated({ definition }: VerifiedCampaign, offer: number): boolean {
  return definition.offers[offer]!.reward.kind === "compensation";
}

/** Whether an offer of compensation holds together, with the cap that alone holds its money. */
export function isCompensation(
  { id, reward }: OfferDefinition,
  caps: readonly CapDefinition[],
): boolean {
  if (reward.kind !== "compensation") return false;
  const { amountMinor, maxMinor } = reward;
  const isAmount = Number.isSafeInteger(amountMinor) && Number.isSafeInteger(maxMinor);
  const cap = caps.find((one) => one.id === "compensation-budget");
  return (
    isAmount &&
    amountMinor > 0 &&
    maxMinor >= amountMinor &&
    cap?.dimension === `offer:${id}` &&
    cap.counts === "money" &&
    cap.per === "total" &&
    cap.on === "claim" &&
    !cap.refund
  );
}

interface StatedBatch {
  batch: string;
  by: string;
  why: string;
  lines: number;
  sha256: string;
}

export function judgeCompensated(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.compensation += 1;
  const stated = readJson<StatedBatch>(event, findings, "compensation");
  if (stated === null) return;
  const { batch, by, why, lines, sha256 } = stated;
  const wrong = (expected: string, found: string): void => {
    findings.wrong("compensation", expected, found);
  };
  if (campaign.phase === "closed") wrong("a campaign not closed", "closed");
  if (!campaign.definition.offers.some((_, offer) => isCompensated(campaign, offer))) {
    wrong("a campaign with compensation", "none");
  }
  const texts = [batch, by, why].every((text) => typeof text === "string" && text !== "");
  if (!texts || !(Number.isSafeInteger(lines) && lines > 0) || !/^[0-9a-f]{64}$/.test(sha256)) {
    return wrong("a batch with who, why, lines and hash", JSON.stringify(stated).slice(0, 80));
  }
  if (campaign.owed.batches.has(batch)) wrong("a batch of its own", `${batch} again`);
  campaign.owed.batches.set(batch, { lines, grants: 0, users: new Set() });
}

/** Instant, batch, user, lost grant and amount of one that is made good. */
export function checkCompensated(
  campaign: VerifiedCampaign,
  { words, at, atMs }: VerifiedEvent,
  offer: number,
  user: number,
  granted: boolean,
  findings: Findings,
): void {
  findings.counts.compensation += 1;
  const { definition } = campaign;
  const wrong = (expected: string, found: string): void => {
    findings.wrong("compensation", expected, found);
  };
  const { startsAtMs, closesAtMs } = definition;
  if (campaign.phase === "closed") wrong("a campaign not closed", "closed");
  if (atMs < startsAtMs || atMs >= closesAtMs) {
    wrong(`an instant from ${startsAtMs}, before ${closesAtMs}`, `${atMs}`);
  }
  if (!granted) return wrong("no compensation for the held-out", `user ${user}`);
  const { reward } = definition.offers[offer]!;
  const amountMinor = readWide(words, at + GRANTED.amount);
  if (reward.kind === "compensation" && !(amountMinor > 0 && amountMinor <= reward.maxMinor)) {
    wrong(`an amount of 1 to ${reward.maxMinor}`, `${amountMinor}`);
  }
  const lost = words[at + GRANTED.draw]! - 1;
  checkBatch(campaign, markOf(words, at), lost < 0 ? user : -1, wrong);
  checkLoss(campaign, lost, user, wrong);
}

type Wrong = (expected: string, found: string) => void;

/** @param user whom it owes once, or -1: a lost grant is named, and that is made good once */
function checkBatch(campaign: VerifiedCampaign, mark: string, user: number, wrong: Wrong): void {
  const batch = campaign.owed.batches.get(mark);
  if (batch === undefined) return wrong("the mark of a stated batch", `"${mark}"`);
  batch.grants += 1;
  if (batch.grants > batch.lines) {
    wrong(`at most ${batch.lines} grants of batch ${mark}`, `${batch.grants}`);
  }
  if (user < 0) return;
  if (batch.users.has(user)) wrong(`one grant of batch ${mark} for user ${user}`, "another");
  batch.users.add(user);
}

/** @param lost the grant that is made good, or -1: any that the user had */
function checkLoss(campaign: VerifiedCampaign, lost: number, user: number, wrong: Wrong): void {
  const had = (grant: number): boolean =>
    campaign.grantUser.get(grant) === user &&
    !isCompensated(campaign, campaign.grantOffer.get(grant));
  if (lost >= 0) {
    if (lost >= campaign.counts.granted || !had(lost)) {
      return wrong(`a grant of user ${user}, other than compensation`, `grant ${lost}`);
    }
    if (campaign.owed.madeGood.has(lost))
      wrong("a lost grant made good once", `grant ${lost} again`);
    campaign.owed.madeGood.add(lost);
    return;
  }
  if (campaign.userGrants.get(user) === 0) wrong("a user who had a grant", `user ${user}`);
}

function markOf(words: Uint32Array, at: number): string {
  const counts = words[at + GRANTED.counts]!;
  const bytes = (counts >>> 16) & 0xff;
  const from = at + GRANTED.rest + 6 * (counts & 0xff) + 2 * ((counts >>> 8) & 0xff);
  return new TextDecoder().decode(new Uint8Array(words.buffer, words.byteOffset + 4 * from, bytes));
}
