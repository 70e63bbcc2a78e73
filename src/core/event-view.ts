// Events as plain objects, for streams, exports and people. The words stay the truth.
import { toHex } from "../base/bytes.ts";
import { armName, EXPOSURE_READERS } from "./assignment/exposure-view.ts";
import type { CompensationBatch } from "./compensation/compensation-batch.ts";
import { listedOf } from "./decide-list.ts";
import type { CampaignDefinition } from "./definition.ts";
import { DRAW_READERS } from "./draws/event-view-draws.ts";
import {
  CANCELLED,
  CLOSED,
  CURVE_CAUSES,
  CURVE_REVISED,
  type EventKind,
  EXPIRED,
  EXPOSES,
  eventKindName,
  GRANTED,
  HEAD,
  REDEEMED,
  REHEARSED,
  RETURNED,
  REVERSED,
  readWide,
  SETTLED,
  SWEPT,
  TOTALS,
} from "./event.ts";
import { wouldHaveBeen } from "./grants/write-grant.ts";
import { attributesIn, INVITE_READERS } from "./invites/invite-view.ts";
import { jsonOf } from "./json-event.ts";
import { beaconOf, FOR_CAMPAIGN } from "./luck/beacon.ts";
import { coverFields } from "./money/cover-view.ts";
import { lateSource } from "./money/late-payment.ts";
import { TOTALS_FIELDS } from "./money/totals.ts";
import { openingOf } from "./opening.ts";
import type { Proposal, Rejection, Revision } from "./revision/revision-record.ts";
import { blockedFields, unblockedFields } from "./suspicion/block-event.ts";
import { SUSPECT } from "./suspicion/suspicion-event.ts";
import {
  clawedBackFields,
  extendedFields,
  heldFields,
  receivedFields,
  releasedFields,
  sweptQueue,
} from "./suspicion/suspicion-view.ts";
import { keyHex } from "./tables/key-hex.ts";
import { waveOfOffer } from "./wave-of-offer.ts";

export { keyHex } from "./tables/key-hex.ts";

/** One event in names and numbers; pseudonyms and ids are 32 hex digits. */
export interface EventFields {
  type: EventKind;
  campaign: string;
  atMs: number;
  /** What the kind adds; see docs/reference/journal.md. */
  [field: string]: unknown;
}

/** Definitions by campaign ordinal, as the opening events gave them. */
export type Definitions = CampaignDefinition[];

/** Reads the event at words[at]; an opening event adds its definition to `definitions`. */
export function eventFields(
  words: Uint32Array,
  at: number,
  recordAtMs: number,
  definitions: Definitions,
): EventFields {
  const type = eventKindName(words[at]! & 0xff) ?? unknownKind(words[at]! & 0xff);
  const ordinal = words[at + HEAD.time]! >>> 16;
  if (type === "opened") definitions[ordinal] = openingOf(words, at).definition;
  if (type === "revised") definitions[ordinal] = jsonOf<Revision>(words, at).definition;
  const definition = definitions[ordinal]!;
  const atMs = recordAtMs + (words[at + HEAD.time]! & 0xffff);
  const particulars = READERS[type]?.(words, at, definition) ?? {};
  // A grant says it itself.
  const says = type === "granted" && ((words[at]! >>> 8) & REHEARSED) !== 0;
  const isRehearsal = type === "granted" ? says : definition.rehearsal === true;
  const mark = isRehearsal ? { rehearsal: true } : {};
  return { type, campaign: definition.id, atMs, ...particulars, ...mark };
}

function unknownKind(kind: number): never {
  throw new RangeError(`event kind ${kind} is unknown to this version; a newer one wrote it`);
}

type Reader = (
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
) => Record<string, unknown>;

const READERS: Partial<Record<EventKind, Reader>> = {
  opened: (words, at) => {
    const { definition, seedCommitment, pseudonymCommitment } = openingOf(words, at);
    return { definition, seedCommitment, pseudonymCommitment };
  },
  ...EXPOSURE_READERS,
  granted: (words, at, definition) => ({
    grant: words[at + GRANTED.grant],
    ...claimFields(words, at, definition),
    ...drawFields(words, at, definition),
  }),
  withheld: (words, at, definition) => {
    const would = wouldHaveBeen(words[at + GRANTED.draw]!);
    return {
      ...claimFields(words, at, definition),
      wouldBe: would.status,
      wouldBeCap: would.cap < 0 ? null : definition.caps[would.cap]!.id,
    };
  },
  ...INVITE_READERS,
  redeemed: (words, at, definition) => ({
    grant: words[at + REDEEMED.grant],
    redemption: words[at + REDEEMED.redemption],
    id: keyHex(words, at + REDEEMED.id),
    amountMinor: readWide(words, at + REDEEMED.amount),
    restMinor: readWide(words, at + REDEEMED.rest),
    paidAtMs: readWide(words, at + REDEEMED.paidAt) || null,
    late: lateSource(words[at]! >>> 8),
    ...tailFields(words, at + REDEEMED.tail, words[at + REDEEMED.counts]!, definition),
  }),
  cancelled: (words, at, definition) => ({
    grant: words[at + CANCELLED.grant],
    id: keyHex(words, at + CANCELLED.id),
    amountMinor: readWide(words, at + CANCELLED.amount),
    cells: cells(words, at + CANCELLED.tail, words[at + CANCELLED.counts]!, definition),
  }),
  expired: (words, at, definition) => ({
    grant: words[at + EXPIRED.grant],
    amountMinor: readWide(words, at + EXPIRED.amount),
    freeAtMs: readWide(words, at + EXPIRED.freeAt),
    cells: cells(words, at + EXPIRED.tail, words[at + EXPIRED.counts]!, definition),
  }),
  reversed: (words, at, definition) => ({
    grant: words[at + REVERSED.grant],
    redemption: words[at + REVERSED.redemption],
    id: keyHex(words, at + REVERSED.id),
    amountMinor: readWide(words, at + REVERSED.amount),
    redeemableAgain: (words[at]! & 0x100) !== 0,
    cells: cells(words, at + REVERSED.tail, words[at + REVERSED.counts]!, definition),
  }),
  packet_returned: (words, at, definition) => ({
    grant: words[at + RETURNED.grant],
    packet: words[at + RETURNED.packet],
    amountMinor: readWide(words, at + RETURNED.amount),
    settled: (words[at]! & 0x100) !== 0,
    cells: cells(words, at + RETURNED.tail, words[at + RETURNED.counts]!, definition),
  }),
  ...DRAW_READERS,
  swept: (words, at, definition) => {
    const flags = (words[at]! >>> 8) & 0xff;
    const cursor = words[at + SWEPT.cursor];
    if (flags !== 0) return { queue: sweptQueue(flags), cursor };
    const packed = words[at + SWEPT.offer]!;
    return { offer: definition.offers[packed & 0xffff]!.id, class: packed >>> 16, cursor };
  },
  held: (words, at) => heldFields(words, at, keyHex),
  released: (words, at) => releasedFields(words, at, keyHex),
  extended: (words, at) => extendedFields(words, at, keyHex),
  clawed_back: (words, at, definition) => ({
    ...clawedBackFields(words, at, keyHex),
    cells: cells(words, at + SUSPECT.tail, words[at + SUSPECT.counts]!, definition),
  }),
  receivable_settled: (words, at) => receivedFields(words, at, keyHex),
  blocked: blockedFields,
  unblocked: unblockedFields,
  contingency: coverFields,
  loss: coverFields,
  revised: (words, at) => {
    const { version, definition, classes, by, why, approvedBy } = jsonOf<Revision>(words, at);
    return { version, definition, classes, by, why, approvedBy: approvedBy ?? null };
  },
  proposed: (words, at) => ({ ...jsonOf<Proposal>(words, at) }),
  rejected: (words, at) => ({ ...jsonOf<Rejection>(words, at) }),
  compensated: (words, at) => ({ ...jsonOf<CompensationBatch>(words, at) }),
  beacon: (words, at, definition) => {
    const { purpose, round, randomness, signature, previousSignature } = beaconOf(words, at);
    return {
      for: purpose === FOR_CAMPAIGN ? "campaign" : `draw:${definition.draws![purpose - 1]!.id}`,
      round,
      randomness: toHex(randomness),
      signature: toHex(signature),
      previousSignature: previousSignature.length === 0 ? null : toHex(previousSignature),
    };
  },
  listed: (words, at, definition) => {
    const { list, users, sha256 } = listedOf(words, at);
    return { list: definition.lists![list]!.id, users, sha256 };
  },
  curve_revised: (words, at, definition) => ({
    cap: definition.caps[words[at + CURVE_REVISED.cap]!]!.id,
    because: Object.entries(CURVE_CAUSES).flatMap(([cause, bit]) =>
      ((words[at]! >>> 8) & bit) === 0 ? [] : [cause],
    ),
    backMinor: readWide(words, at + CURVE_REVISED.back),
    baseMinor: readWide(words, at + CURVE_REVISED.base),
    restMinor: readWide(words, at + CURVE_REVISED.rest),
  }),
  settled: (words, at) => ({ amountMinor: readWide(words, at + SETTLED.amount) }),
  closed: (words, at) => {
    const seed = keyHex(words, at + CLOSED.seed) + keyHex(words, at + CLOSED.seed + 4);
    return { seed: /^0+$/.test(seed) ? null : seed };
  },
  totals: (words, at) =>
    Object.fromEntries(
      TOTALS_FIELDS.map((field, i) => [field, readWide(words, at + TOTALS.body + 2 * i)]),
    ),
};

/** Which packet of a pot, which draw of a table, or which lost grant is made good. */
function drawFields(
  words: Uint32Array,
  at: number,
  { offers }: CampaignDefinition,
): Record<string, unknown> {
  const draw = words[at + GRANTED.draw]!;
  const { kind } = offers[words[at + GRANTED.offer]! & 0xffff]!.reward;
  if (kind === "compensation") return { draw: 0, lostGrant: draw === 0 ? null : draw - 1 };
  return kind === "pot" ? { draw: 0, packet: draw } : { draw };
}

function claimFields(
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
): Record<string, unknown> {
  const packed = words[at + GRANTED.offer]!;
  const offer = definition.offers[packed & 0xffff]!;
  const counts = words[at + GRANTED.counts]!;
  const refBytes = (counts >>> 16) & 0xff;
  const refAt = at + GRANTED.rest + 6 * (counts & 0xff) + 2 * ((counts >>> 8) & 0xff);
  const ref = new Uint8Array(words.buffer, words.byteOffset + 4 * refAt, refBytes);
  return {
    id: keyHex(words, at + GRANTED.id),
    user: keyHex(words, at + GRANTED.userKey),
    offer: offer.id,
    wave: waveOfOffer(definition, offer)?.id ?? null,
    arm: armName(definition, (packed >>> 16) & 0xff),
    amountMinor: readWide(words, at + GRANTED.amount),
    exposes: ((words[at]! >>> 8) & EXPOSES) !== 0,
    ...tailFields(words, at + GRANTED.rest, counts, definition),
    ref: refBytes === 0 ? null : new TextDecoder().decode(ref),
  };
}

function tailFields(
  words: Uint32Array,
  at: number,
  counts: number,
  definition: CampaignDefinition,
): Record<string, unknown> {
  const count = counts & 0xff;
  return {
    attributes: attributesIn(words, at, count, definition),
    cells: cells(words, at + 6 * count, (counts >>> 8) & 0xff, definition),
  };
}

function cells(
  words: Uint32Array,
  at: number,
  count: number,
  definition: CampaignDefinition,
): { cap: string; window: number; row: number }[] {
  const list: { cap: string; window: number; row: number }[] = [];
  for (let i = at; i < at + 2 * count; i += 2) {
    const cap = definition.caps[words[i]! >>> 24]!.id;
    list.push({ cap, window: words[i]! & 0xffffff, row: words[i + 1]! });
  }
  return list;
}

/** A payload's bytes as words, copied only where they are not aligned. */
export function payloadWords(payload: Uint8Array): Uint32Array {
  if (payload.byteOffset % 4 === 0) {
    return new Uint32Array(payload.buffer, payload.byteOffset, payload.length / 4);
  }
  return new Uint32Array(payload.slice().buffer);
}
