// Walks through the events of a record: is each whole, of a known kind, in time; then hands it to
// the judge of its kind, and checks the books after it.
import { ownOf } from "../../base/record.ts";
import { type EventKind, eventKindName, HEAD } from "../../core/event.ts";
import type { JournalRecord, Sha256 } from "../codec.ts";
import { judgeAssigned } from "./assignment.ts";
import { judgeBeacon, judgePromise } from "./beacon.ts";
import { judgeBlock } from "./blocks.ts";
import { VerifiedCampaign, type VerifiedEvent } from "./campaign.ts";
import { judgeClaim } from "./claims.ts";
import { judgeCompensated } from "./compensation.ts";
import { judgeListed } from "./conditions.ts";
import { judgeProposed, judgeRejected } from "./consent.ts";
import { judgeCover } from "./cover.ts";
import { judgeDrawClosed, judgeEntered, judgePlace } from "./draws.ts";
import type { AwaitedEntry } from "./earned.ts";
import { judgeExposed } from "./exposed.ts";
import { checkMoney } from "./exposure.ts";
import type { Findings } from "./findings.ts";
import { judgeCancelled, judgeExpired, judgeRedeemed, judgeReversed } from "./grants.ts";
import { type AwaitedPart, judgeAccepted, judgeInvited } from "./invites.ts";
import { seedIsCommitted } from "./luck.ts";
import { readOpening } from "./opening.ts";
import { isOfSweep, judgeCurveRevised, judgeCurvesOwed, lookAtCurves } from "./pacing.ts";
import { judgePacketReturned } from "./packets.ts";
import { AwaitedParts } from "./parts.ts";
import { judgeClosed, judgePhase, judgeSettled, judgeSwept, judgeTotals } from "./phases.ts";
import { judgeRevised } from "./revision.ts";
import { FLAGS, sizeOf, spareBits } from "./sizes.ts";
import { judgeSuspect } from "./suspicion.ts";

export class EventJudge {
  /** By ordinal; null where the opening event was not sound. */
  readonly campaigns: (VerifiedCampaign | null)[] = [];
  events = 0;
  private readonly ledgerId: string;
  private readonly sha256: Sha256;
  private readonly seeds: Readonly<Record<string, Uint8Array>>;
  private readonly findings: Findings;
  private readonly parts = new AwaitedParts();
  /** Whose curves may have to go on in this record. */
  private readonly curvesOf = new Set<VerifiedCampaign>();
  private lastAtMs = 0;
  private readonly event: VerifiedEvent = {
    words: new Uint32Array(0),
    at: 0,
    size: 0,
    kind: 0,
    flags: 0,
    atMs: 0,
  };

  constructor(
    ledgerId: string,
    sha256: Sha256,
    seeds: Readonly<Record<string, Uint8Array>>,
    findings: Findings,
  ) {
    this.ledgerId = ledgerId;
    this.sha256 = sha256;
    this.seeds = seeds;
    this.findings = findings;
  }

  /** Judges the events of one record; counts them, and says whether totals are among them. */
  record(record: JournalRecord): { events: number; totals: boolean } {
    const { findings, event } = this;
    const words = wordsOf(record.payload);
    let events = 0;
    let totals = false;
    for (let at = 0; at < words.length; at += event.size) {
      const head = words[at]!;
      const size = head >>> 16;
      findings.index = events;
      findings.event = "event";
      findings.campaign = null;
      findings.counts.events += 1;
      if (size < HEAD.body || at + size > words.length) {
        const expected = `an event of ${HEAD.body} to ${words.length - at} words`;
        findings.wrong("events", expected, `${size} words`);
        break;
      }
      event.words = words;
      event.at = at;
      event.size = size;
      event.kind = head & 0xff;
      event.flags = (head >>> 8) & 0xff;
      event.atMs = record.atMs + (words[at + HEAD.time]! & 0xffff);
      events += 1;
      const kind = eventKindName(event.kind);
      if (kind === undefined) findings.wrong("events", "a known kind", `kind ${event.kind}`);
      else this.judge(kind, words[at + HEAD.time]! >>> 16);
      if (kind === "totals") totals = true;
    }
    this.parts.endOfRecord(findings);
    for (const campaign of this.curvesOf) judgeCurvesOwed(campaign, findings);
    this.curvesOf.clear();
    this.events += events;
    return { events, totals };
  }

  private judge(kind: EventKind, ordinal: number): void {
    const { findings, event } = this;
    findings.event = kind;
    if (event.atMs < this.lastAtMs) {
      findings.wrong("events", `an instant not before ${this.lastAtMs}`, `${event.atMs}`);
    }
    this.lastAtMs = event.atMs;
    const campaign = this.campaigns[ordinal];
    const part = this.parts.take(campaign ?? null, kind, event, findings);
    if (kind === "opened") return this.open(ordinal);
    if (campaign === undefined) {
      return findings.wrong("events", "an opened campaign", `campaign ${ordinal}`);
    }
    if (campaign === null) return; // its opening is reported, and nothing is left to judge it by
    findings.campaign = campaign.definition.id;
    const size = sizeOf(kind, event);
    if (event.size !== size) {
      return findings.wrong("events", `${size} words`, `${event.size} words`);
    }
    if ((event.flags & ~(FLAGS[kind] ?? 0)) !== 0 || spareBits(kind, event) !== 0) {
      findings.wrong("events", "zero in flags and bits without a meaning", "something else");
    }
    if (campaign.packetDue >= 0 && kind !== "packet_returned") {
      findings.wrong("packets", `the packet of grant ${campaign.packetDue} in its pot again`, kind);
      campaign.packetDue = -1;
    }
    if (campaign.winDue !== null && kind !== "granted") {
      findings.wrong("winners", `the prize of place ${campaign.winDue.place}`, kind);
      campaign.winDue = null;
    }
    if (kind === "revised" || isOfSweep(kind) || kind === "curve_revised") {
      this.curvesOf.add(campaign);
      if (isOfSweep(kind)) lookAtCurves(campaign, event.atMs);
    }
    this.judgeKind(kind, campaign, part);
    checkMoney(campaign, findings);
  }

  private judgeKind(
    kind: Exclude<EventKind, "opened">,
    campaign: VerifiedCampaign,
    awaited: AwaitedPart | AwaitedEntry | null,
  ): void {
    const { findings, event } = this;
    const [part, entry] = awaited?.kind === "draw_entered" ? [null, awaited] : [awaited, null];
    switch (kind) {
      case "granted":
      case "withheld":
        return judgeClaim(campaign, event, kind === "granted", part, findings);
      case "invited":
        return judgeInvited(campaign, event, findings);
      case "accepted":
        return this.parts.expect(judgeAccepted(campaign, event, findings));
      case "assigned":
        return judgeAssigned(campaign, event, findings);
      case "exposed":
      case "exposure_imported":
        return judgeExposed(campaign, event, kind, findings);
      case "redeemed":
        return judgeRedeemed(campaign, event, findings);
      case "cancelled":
        return judgeCancelled(campaign, event, findings);
      case "expired":
        return judgeExpired(campaign, event, findings);
      case "reversed":
        return judgeReversed(campaign, event, findings);
      case "draw_entered":
        return judgeEntered(campaign, event, entry, findings);
      case "draw_closed":
        return judgeDrawClosed(campaign, event, findings);
      case "draw_won":
      case "draw_void":
        return judgePlace(campaign, event, kind === "draw_won", findings);
      case "packet_returned":
        return judgePacketReturned(campaign, event, findings);
      case "held":
      case "released":
      case "extended":
      case "clawed_back":
      case "receivable_settled":
        return judgeSuspect(campaign, event, kind, findings);
      case "contingency":
      case "loss":
        return judgeCover(campaign, event, kind === "loss", findings);
      case "blocked":
      case "unblocked":
        return judgeBlock(campaign, event, kind === "blocked", findings);
      case "swept":
      case "curve_revised":
      case "listed":
      case "settled":
      case "totals":
      case "revised":
      case "proposed":
      case "rejected":
      case "compensated":
        return JUDGES[kind](campaign, event, findings);
      case "beacon":
        return judgeBeacon(campaign, event, this.sha256, findings);
      case "paused":
      case "resumed":
      case "ended":
        return judgePhase(campaign, kind, findings);
      case "closed":
        return judgeClosed(campaign, event, this.ledgerId, this.sha256, findings);
    }
  }

  private open(ordinal: number): void {
    const { findings, event, campaigns } = this;
    const faults: string[] = [];
    const from = event.at + HEAD.body;
    const opening = readOpening(event.words, from, event.at + event.size, faults);
    findings.campaign = opening?.definition.id ?? null;
    findings.same("openings", "campaign", campaigns.length, ordinal);
    for (const fault of faults) findings.wrong("openings", "a sound campaign", fault);
    if (campaigns[ordinal] !== undefined) return;
    if (opening === null) {
      campaigns[ordinal] = null;
      return;
    }
    const { id } = opening.definition;
    if (campaigns.some((campaign) => campaign?.definition.id === id)) {
      findings.wrong("openings", "a campaign id of its own", `${id} again`);
    }
    const campaign = new VerifiedCampaign(ordinal, opening, this.sha256);
    campaigns[ordinal] = campaign;
    judgePromise(campaign, event.atMs, findings);
    const seed = ownOf(this.seeds, id);
    if (seed === undefined) return;
    if (seedIsCommitted(seed, opening.seedCommitment, this.ledgerId, id, this.sha256)) {
      campaign.luck.reveal(seed, findings);
    } else {
      findings.wrong("draws", "a seed that the opening committed to", `another seed for ${id}`);
    }
  }
}

/** Judges that need nothing but the event. */
const JUDGES = {
  swept: judgeSwept,
  curve_revised: judgeCurveRevised,
  listed: judgeListed,
  settled: judgeSettled,
  totals: judgeTotals,
  revised: judgeRevised,
  proposed: judgeProposed,
  rejected: judgeRejected,
  compensated: judgeCompensated,
};

/** A payload as words, copied where its bytes are not aligned. */
function wordsOf(payload: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = payload;
  if (byteOffset % 4 === 0) return new Uint32Array(buffer, byteOffset, length >>> 2);
  return new Uint32Array(payload.slice().buffer, 0, length >>> 2);
}
