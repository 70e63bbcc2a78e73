// Which cells an event must name: attributes are read and their ordinals checked, then the caps of
// the definition say where a charge goes and what of it comes back.
import { GRANTED, REDEEMED } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import { type CapBook, ExpectedCells } from "./caps.ts";
import type { VerifyColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";

const NOT_COUNTED = 0xffffffff;
const WORDS_AN_ATTRIBUTE = 6;
/** No such attribute in the event. */
const ABSENT = -1;

/** The attributes of one event: by attribute the row of its value, and whether it was given. */
export class EventAttributes {
  readonly rows: number[] = [];
  readonly given: boolean[] = [];

  clear(attributes: number): void {
    this.rows.length = attributes;
    this.rows.fill(ABSENT);
    this.given.length = attributes;
    this.given.fill(false);
  }
}

/**
 * Reads `count` attributes from words[at]. Values that a cap counts by have ordinals, which must be
 * right; others have none. An attribute whose key is zero was missing and shares one cell.
 * @param kept an attribute whose values have ordinals in any case, or -1
 */
export function readAttributes(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  at: number,
  count: number,
  caps: readonly CapBook[],
  kept: number,
  into: EventAttributes,
  findings: Findings,
): void {
  const names = campaign.definition.attributes;
  into.clear(names.length);
  let last = -1;
  for (let i = 0; i < count; i++) {
    const place = at + WORDS_AN_ATTRIBUTE * i;
    const attribute = event.words[place]!;
    if (attribute <= last || attribute >= names.length) {
      const expected = `an attribute after number ${last}, of ${names.length}`;
      findings.wrong("identities", expected, `number ${attribute}`);
      return;
    }
    last = attribute;
    const counted = attribute === kept || caps.some((cap) => cap.attribute === attribute);
    const row = event.words[place + 1]!;
    into.given[attribute] = !isZero(event.words, place + 2);
    into.rows[attribute] = row;
    findings.counts.identities += 1;
    if (counted) checkValue(campaign, attribute, row, event.words, place + 2, findings);
    else if (row !== NOT_COUNTED) {
      findings.wrong("identities", `no ordinal for ${names[attribute]}`, `ordinal ${row}`);
    }
  }
}

function checkValue(
  campaign: VerifiedCampaign,
  attribute: number,
  row: number,
  words: Uint32Array,
  at: number,
  findings: Findings,
): void {
  const book = campaign.values[attribute]!;
  const known = book.find(words, at);
  const expected = known >= 0 ? known : book.count;
  if (known < 0) book.add(words, at);
  if (row === expected) return;
  const name = campaign.definition.attributes[attribute]!;
  findings.wrong("identities", `ordinal ${expected} for this value of ${name}`, `${row}`);
}

function isZero(words: Uint32Array, at: number): boolean {
  return (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0;
}

/**
 * Leaves in `cells` what a claim or redemption must be charged to.
 * @returns ordinal of the first attribute that is missing where a cap refuses that, or -1
 */
export function cellsToCharge(
  campaign: VerifiedCampaign,
  caps: readonly CapBook[],
  offer: number,
  user: number,
  attributes: EventAttributes,
  atMs: number,
  cells: ExpectedCells,
): number {
  cells.length = 0;
  let missing = -1;
  for (const cap of caps) {
    const { per, missing: rule } = cap.definition;
    const isGiven = cap.attribute < 0 || attributes.given[cap.attribute] === true;
    if (!isGiven && rule === "skip") continue;
    if (!isGiven && rule === "refuse") {
      if (missing < 0) missing = cap.attribute;
      continue;
    }
    const row = rowOf(campaign, cap, offer, user, attributes.rows[cap.attribute] ?? ABSENT);
    cells.push(cap, row, campaign.calendar.windowOf(per, atMs));
  }
  return missing;
}

function rowOf(
  campaign: VerifiedCampaign,
  cap: CapBook,
  offer: number,
  user: number,
  value: number,
): number {
  if (cap.attribute >= 0) return value;
  if (cap.definition.dimension.startsWith("inviter:")) return user;
  switch (cap.definition.dimension) {
    case "user":
      return user;
    case "offer":
      return offer;
    case "wave":
      return campaign.definition.offers[offer]!.wave;
    default:
      return 0; // campaign, or one wave or offer: a single cell
  }
}

/** Remembers which rows an event was charged to, for what may come back later. */
export function keepRows(
  columns: readonly (VerifyColumn<Uint32Array> | null)[],
  row: number,
  cells: ExpectedCells,
): void {
  for (let i = 0; i < cells.length; i++) {
    const { attribute } = cells.caps[i]!;
    if (attribute >= 0) columns[attribute]?.set(row, cells.rows[i]! + 1);
  }
}

/** Adds to `cells` what a grant's end, or a reversal after it, gives back of the claim's charge. */
export function addGrantRefund(
  campaign: VerifiedCampaign,
  grant: number,
  countsReturn: boolean,
  atMs: number,
  cells: ExpectedCells,
): void {
  const caps = campaign.claimCaps[campaign.grantOffer.get(grant)]!;
  const chargedAtMs = campaign.grantAtMs.get(grant);
  const charged = campaign.capCounts[campaign.grantVersion.get(grant)]!;
  for (const cap of caps) {
    if (cap.ordinal >= charged) continue; // newer than the grant
    if (cap.definition.counts === "grants" && !countsReturn) continue;
    addRefund(campaign, cap, grant, campaign.grantValue, grant, chargedAtMs, atMs, cells);
  }
}

/** Adds to `cells` what the reversal of a redemption gives back of the redemption's charge. */
export function addRedemptionRefund(
  campaign: VerifiedCampaign,
  redemption: number,
  atMs: number,
  cells: ExpectedCells,
): void {
  const grant = campaign.redemptionGrant.get(redemption);
  const caps = campaign.redemptionCaps[campaign.grantOffer.get(grant)]!;
  const chargedAtMs = campaign.redemptionAtMs.get(redemption);
  const values = campaign.redemptionValue;
  const charged = campaign.capCounts[campaign.redemptionVersion.get(redemption)]!;
  const isLate = campaign.late.redemptions.get(redemption) !== 0;
  for (const cap of caps) {
    if (cap.ordinal >= charged || (isLate && cap.definition.per !== "total")) continue;
    addRefund(campaign, cap, grant, values, redemption, chargedAtMs, atMs, cells);
  }
}

function addRefund(
  campaign: VerifiedCampaign,
  cap: CapBook,
  grant: number,
  values: readonly (VerifyColumn<Uint32Array> | null)[],
  valueRow: number,
  chargedAtMs: number,
  atMs: number,
  cells: ExpectedCells,
): void {
  const { refund, per } = cap.definition;
  if (!refund) return;
  const window = campaign.calendar.windowOf(per, chargedAtMs);
  // A window that has closed keeps what it was charged.
  if (window !== campaign.calendar.windowOf(per, atMs)) return;
  const value = cap.attribute < 0 ? 1 : (values[cap.attribute]?.get(valueRow) ?? 0);
  if (value === 0) return; // the attribute was missing, and no cap shared it
  if (cap.attribute >= 0 && cap.definition.missing !== "shared") {
    if (campaign.values[cap.attribute]!.find(NO_VALUE, 0) === value - 1) return;
  }
  const offer = campaign.grantOffer.get(grant);
  const row = rowOf(campaign, cap, offer, campaign.grantUser.get(grant), value - 1);
  cells.push(cap, row, window);
}

/** The key of a value that was missing. */
const NO_VALUE = new Uint32Array(4);

/** Whether count caps get their 1 back at a grant's end: nothing spent, and nothing drawn. */
export function countsReturn(campaign: VerifiedCampaign, grant: number): boolean {
  const { reward } = campaign.definition.offers[campaign.grantOffer.get(grant)]!;
  return campaign.grantSpent.get(grant) === 0 && reward.kind === "fixed";
}

/** The counts of attributes and cells in an event's word, and the size that follows from them. */
export function tailSize(kind: "claim" | "redemption", counts: number): number {
  const head = kind === "claim" ? GRANTED.rest : REDEEMED.tail;
  const mark = kind === "claim" ? Math.ceil(((counts >>> 16) & 0xff) / 4) : 0;
  return head + WORDS_AN_ATTRIBUTE * (counts & 0xff) + 2 * ((counts >>> 8) & 0xff) + mark;
}

/** One object serves all events. */
export const CELLS: ExpectedCells = new ExpectedCells();
export const ATTRIBUTES: EventAttributes = new EventAttributes();
