// Decisions on draws: the close, then the places of the permutation one after the other until every
// prize has a winner; later, reserve winners for prizes that come back.
import { assert } from "../../base/assert.ts";
import { fromHex } from "../../base/bytes.ts";
import { firstRoundFrom } from "../../base/drand.ts";
import { LIMITS } from "../../base/limits.ts";
import { chargesOf } from "../caps/charge.ts";
import { emptyCommand, ID_AT, USER_AT } from "../command.ts";
import { DRAW_CLOSED, DRAW_PLACE, EVENT_KINDS, type EventWriter, VOID_BECAUSE } from "../event.ts";
import { GrantSide } from "../grants/grant-side.ts";
import { writeGranted } from "../grants/write-grant.ts";
import { forDraw } from "../luck/beacon.ts";
import { nextPacket } from "../luck/packets.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { isUserBlocked } from "../suspicion/blocked.ts";
import { type Draw, drawKey, writeWinId } from "./draw.ts";

/** Closes a draw whose time has come; what was closed before stays closed. */
export function decideCloseDraw(
  campaign: CampaignState,
  draw: number,
  atMs: number,
  out: EventWriter,
): Outcome {
  const lot = campaign.lots[draw];
  if (lot === undefined) return outcome("unknown_draw");
  if (lot.isClosed) return { ...outcome("ok"), replayed: true };
  const { closesAtMs } = campaign.definition.draws![draw]!;
  if (atMs < closesAtMs) return { ...outcome("draw_open"), retryAtMs: closesAtMs };
  const at = out.begin(EVENT_KINDS.draw_closed, campaign.ordinal, atMs, DRAW_CLOSED.words);
  out.words[at + DRAW_CLOSED.draw] = draw;
  out.words[at + DRAW_CLOSED.entries] = lot.entries;
  const { beacon } = campaign.definition;
  if (beacon !== undefined && lot.entries > 0) {
    // Late enough that no last entry could be made with its value known.
    const round = firstRoundFrom(beacon.chain, atMs + LIMITS.drawBeaconMs);
    out.wide(at + DRAW_CLOSED.round, round);
  }
  return outcome("ok");
}

/**
 * Closes draws whose time has come, and draws up to `most` places of those that are closed.
 * @param apply applies what is written so far: each place depends on those before it
 * @returns whether more is due already
 */
export function decideDraws(
  campaign: CampaignState,
  atMs: number,
  most: number,
  out: EventWriter,
  apply: () => void,
): boolean {
  let left = Math.min(most, LIMITS.drawPlaces);
  for (let draw = 0; draw < campaign.lots.length; draw++) {
    const lot = campaign.lots[draw]!;
    if (!lot.isClosed && decideCloseDraw(campaign, draw, atMs, out).status === "ok") apply();
    const key = isDrawable(campaign, draw, atMs) ? keyOf(campaign, draw) : null;
    while (key !== null && left > 0 && isDrawable(campaign, draw, atMs)) {
      decidePlace(campaign, draw, key, atMs, out);
      apply();
      left -= 1;
    }
  }
  return left === 0 && drawsAreDue(campaign, atMs);
}

/** Whether a sweep would close a draw, or draw a place. */
export function drawsAreDue(campaign: CampaignState, atMs: number): boolean {
  const { lots, definition } = campaign;
  for (let draw = 0; draw < lots.length; draw++) {
    if (lots[draw]!.isClosed ? isDrawable(campaign, draw, atMs) : false) return true;
    if (!lots[draw]!.isClosed && atMs >= definition.draws![draw]!.closesAtMs) return true;
  }
  return false;
}

/** Whether a campaign may still have winners, so that it cannot be closed. */
export function drawsAreUnfinished(campaign: CampaignState, atMs: number): boolean {
  if (atMs >= campaign.definition.closesAtMs) return false;
  return campaign.lots.some((lot, draw) => {
    if (!lot.isClosed) return true;
    return lot.places < lot.entries && nextPrize(campaign, draw) >= 0;
  });
}

/** A place can be drawn: there are entries and a prize, and the public round is in. */
function isDrawable(campaign: CampaignState, draw: number, atMs: number): boolean {
  const { definition, phase, keys } = campaign;
  const lot = campaign.lots[draw]!;
  if (phase === "closed" || atMs >= definition.closesAtMs || keys.seed === null) return false;
  if (!lot.isClosed || lot.places >= lot.entries) return false;
  if (awaitsRound(campaign, draw)) return false;
  return nextPrize(campaign, draw) >= 0;
}

/** Whether the luck of a closed draw waits for its public round. */
export function awaitsRound(campaign: CampaignState, draw: number): boolean {
  return campaign.lots[draw]!.round > 0 && campaign.randomnessFor(forDraw(draw)) === null;
}

/** The offer of the first prize that is there to be won, or -1. */
function nextPrize({ definition, pots }: CampaignState, draw: number): number {
  const { offers } = definition;
  for (let offer = 0; offer < offers.length; offer++) {
    if (offers[offer]!.draw === draw && pots[offer]!.left > 0) return offer;
  }
  return -1;
}

function keyOf(campaign: CampaignState, draw: number): Uint32Array {
  const randomness = campaign.randomnessFor(forDraw(draw));
  return drawKey(campaign.keys.seed!, randomness === null ? null : fromHex(randomness)!);
}

/** The entry at the next place wins, or is void: its user won before, or is blocked. */
function decidePlace(
  campaign: CampaignState,
  draw: number,
  key: Uint32Array,
  atMs: number,
  out: EventWriter,
): void {
  const lot = campaign.lots[draw]!;
  const point = lot.drawPoint(key);
  const entry = lot.entryAt(point);
  const user = lot.entryUser.get(entry);
  const reason = voidBecause(campaign, draw, lot, user, atMs);
  const kind = reason === 0 ? EVENT_KINDS.draw_won : EVENT_KINDS.draw_void;
  const place = lot.places;
  const at = out.begin(kind, campaign.ordinal, atMs, DRAW_PLACE.words);
  const { words } = out;
  words[at + DRAW_PLACE.draw] = draw;
  words[at + DRAW_PLACE.place] = place;
  words[at + DRAW_PLACE.point] = point;
  words[at + DRAW_PLACE.entry] = entry;
  words[at + DRAW_PLACE.rest] = reason === 0 ? campaign.grantCount : reason;
  if (reason === 0) writePrize(campaign, draw, place, user, atMs, out);
}

function voidBecause(
  campaign: CampaignState,
  draw: number,
  lot: Draw,
  user: number,
  atMs: number,
): number {
  if (isUserBlocked(campaign, user, atMs)) return VOID_BECAUSE.blocked;
  const { winsPerUser } = campaign.definition.draws![draw]!;
  return lot.userWins.get(user) < winsPerUser ? 0 : VOID_BECAUSE.won;
}

const COMMAND = emptyCommand();
const SIDE = new GrantSide();

/** The grant of the prize, under an id that says which place won it. */
function writePrize(
  campaign: CampaignState,
  draw: number,
  place: number,
  user: number,
  atMs: number,
  out: EventWriter,
): void {
  const offer = nextPrize(campaign, draw);
  const { keys } = COMMAND;
  writeWinId(draw, place, keys, ID_AT);
  campaign.users.keys.read(user, keys, USER_AT);
  COMMAND.offer = offer;
  SIDE.command = COMMAND;
  SIDE.set = campaign.claimCaps[offer]!;
  SIDE.user = user;
  SIDE.arm = campaign.userArm.get(user) - 1;
  SIDE.amountMinor = campaign.pots[offer]!.reward.minMinor;
  SIDE.draw = nextPacket(campaign, offer);
  SIDE.grant = campaign.grantCount;
  const { set, cells, amountMinor } = SIDE;
  const refused = chargesOf(campaign, set, COMMAND, user, amountMinor, atMs, cells);
  assert(refused === null, "a prize that is there was refused by its cap");
  writeGranted(campaign, SIDE, atMs, out);
}
