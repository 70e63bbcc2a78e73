// Writes what a decision gives one user: the granted event, or the withheld one of a held-out user.

import { assert } from "../../base/assert.ts";
import { countBits, writeAttributes } from "../caps/charge.ts";
import { ID_AT, USER_AT } from "../command.ts";
import { DRAWS, EVENT_KINDS, type EventWriter, EXPOSES, GRANTED, REHEARSED } from "../event.ts";
import type { Outcome, Status } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { EXPOSED } from "../state-words.ts";
import type { GrantSide } from "./grant-side.ts";

const NO_GRANT = 0xffffffff;

export function writeGranted(
  campaign: CampaignState,
  side: GrantSide,
  atMs: number,
  out: EventWriter,
): void {
  const { command, set, cells, grant, draw } = side;
  const bits = command.attributes | set.shared;
  const mark = campaign.definition.rehearsal === true ? REHEARSED : 0;
  const flags = side.flags | exposing(campaign, side.user) | mark;
  const at = begin(campaign, side, EVENT_KINDS.granted, bits, cells.length, flags, atMs, out);
  out.words[at + GRANTED.grant] = grant;
  out.words[at + GRANTED.draw] = draw;
  const tail = at + GRANTED.rest;
  writeAttributes(campaign, command, bits, set.counted, cells.rows, out, tail);
  cells.write(out, tail + 6 * countBits(bits));
}

/** @param answer what a treated user would have got */
export function writeWithheld(
  campaign: CampaignState,
  side: GrantSide,
  answer: Outcome,
  atMs: number,
  out: EventWriter,
): void {
  const { command, cells, user } = side;
  let { flags } = side;
  if (answer.status === "granted") {
    flags |= exposing(campaign, user);
    const { reward } = campaign.definition.offers[command.offer]!;
    if (reward.kind === "table") flags |= DRAWS;
  }
  const at = begin(campaign, side, EVENT_KINDS.withheld, command.attributes, 0, flags, atMs, out);
  out.words[at + GRANTED.grant] = NO_GRANT;
  out.words[at + GRANTED.draw] = wouldBe(answer);
  const tail = at + GRANTED.rest;
  writeAttributes(campaign, command, command.attributes, 0, cells.rows, out, tail);
}

/** From the first thing on that he gets, or would have got, a user's arm makes a difference. */
function exposing(campaign: CampaignState, user: number): number {
  return (campaign.userFlags.get(user) & EXPOSED) === 0 ? EXPOSES : 0;
}

function begin(
  campaign: CampaignState,
  side: GrantSide,
  kind: number,
  bits: number,
  cells: number,
  flags: number,
  atMs: number,
  out: EventWriter,
): number {
  const { command, print } = side;
  const attributes = countBits(bits);
  const refBytes = command.ref === null ? 0 : command.ref.length;
  const size = GRANTED.rest + 6 * attributes + 2 * cells + Math.ceil(refBytes / 4);
  const at = out.begin(kind, campaign.ordinal, atMs, size, flags);
  const { words } = out;
  words[at + GRANTED.offer] = command.offer | (side.arm << 16) | (campaign.version << 24);
  out.key(at + GRANTED.id, command.keys, ID_AT);
  words[at + GRANTED.fingerprint] = print[0]!;
  words[at + GRANTED.fingerprint + 1] = print[1]!;
  words[at + GRANTED.user] = side.user;
  out.key(at + GRANTED.userKey, command.keys, USER_AT);
  out.wide(at + GRANTED.amount, side.amountMinor);
  words[at + GRANTED.counts] = attributes | (cells << 8) | (refBytes << 16);
  if (command.ref !== null) {
    const tail = at + GRANTED.rest + 6 * attributes + 2 * cells;
    new Uint8Array(words.buffer, words.byteOffset + 4 * tail).set(command.ref);
  }
  return at;
}

/** What a held-out claim would have been answered; the numbers are part of the journal's format. */
const WOULD_BE: readonly Status[] = [
  "granted",
  "missing_attribute",
  "cap_reached",
  "paced",
  "budget_exhausted",
];

/** The cap of a limit; which one lacked an attribute follows from the event itself. */
function wouldBe({ status, cap }: Outcome): number {
  const refusing = status === "missing_attribute" ? -1 : cap;
  return WOULD_BE.indexOf(status) | ((refusing + 1) << 16);
}

/** Reads what a withheld event says that the claim would have been answered. */
export function wouldHaveBeen(word: number): { status: Status; cap: number } {
  const status = WOULD_BE[word & 0xffff];
  assert(status !== undefined, `would-be status ${word & 0xffff} is unknown to this version`);
  return { status, cap: (word >>> 16) - 1 };
}
