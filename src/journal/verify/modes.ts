// Judges what a campaign's modes demand: in a rehearsal every grant says that it is none of money,
// and where a share of users is let in first, nobody else has any part in it.
import { fromHex } from "../../base/bytes.ts";
import { KeyedHash } from "../../base/keyed-hash.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { REHEARSED } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { Findings } from "./findings.ts";

/** Whether a grant is marked as one of a rehearsal exactly where the campaign is one. */
export function checkMark(
  { definition }: VerifiedCampaign,
  { flags }: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.rehearsals += 1;
  const isMarked = (flags & REHEARSED) !== 0;
  if (isMarked === (definition.rehearsal === true)) return;
  const expected = isMarked ? "no mark in a live campaign" : "the mark of a rehearsal";
  findings.wrong("rehearsals", expected, isMarked ? "the mark of a rehearsal" : "none");
}

const BYTES = new Uint8Array(16);
const VIEW = new DataView(BYTES.buffer);
const HASH = new Uint32Array(4);
const HASHES = new Map<string, KeyedHash>();

/** Whether the user whose pseudonym stands at a word was let in by the share then in force. */
export function checkLetIn(
  { definition: { grey } }: VerifiedCampaign,
  { words, atMs }: VerifiedEvent,
  keyAt: number,
  findings: Findings,
): void {
  if (grey === undefined) return;
  findings.counts.letIn += 1;
  if (grey.untilMs !== undefined && atMs >= grey.untilMs) return;
  for (let i = 0; i < 4; i++) VIEW.setUint32(4 * i, words[keyAt + i]!, true);
  let hash = HASHES.get(grey.salt);
  if (hash === undefined) {
    hash = new KeyedHash(fromHex(grey.salt)!);
    HASHES.set(grey.salt, hash);
  }
  hash.hashBytes(BYTES, HASH);
  const place = HASH[0]! / 2 ** 32;
  if (place < grey.share) return;
  findings.wrong("letIn", `a user below the share ${grey.share}`, `one at ${place}`);
}

/** What does not hold together in a share that is let in first. */
export function greyFaults({ grey, assignment, audiences }: CampaignDefinition): string[] {
  if (grey === undefined) return [];
  const { share, salt, untilMs = 0 } = grey;
  const faults: string[] = [];
  if (!(share > 0 && share <= 1)) faults.push("the share let in is not above 0, to 1");
  if (!/^[0-9a-f]{32}$/.test(salt)) faults.push("the salt of who is let in is not 16 bytes");
  if ([assignment, ...audiences].some((one) => one.salt === salt)) {
    faults.push("who is let in tells who is held out");
  }
  if (!Number.isSafeInteger(untilMs)) faults.push("who is let in ends at no instant");
  return faults;
}

/** What a revision changes of it although it may not. */
export function revisedGreyFaults(
  { grey: was }: CampaignDefinition,
  { grey: is }: CampaignDefinition,
  atMs: number,
): string[] {
  if (is === undefined) return [];
  if (was === undefined) return ["users shut out who were in"];
  const faults: string[] = [];
  if (is.salt !== was.salt) faults.push("others let in");
  if (!(is.share >= was.share)) faults.push("a smaller share let in");
  const isPast = (ms: number | undefined): boolean => ms !== undefined && ms <= atMs;
  if (is.untilMs !== was.untilMs && (isPast(is.untilMs) || isPast(was.untilMs))) {
    faults.push("the end of letting users in by lot in the past");
  }
  return faults;
}
