// Judges what concerns a campaign as a whole: its phases, the close with the revealed seed, the
// cursors of the sweep, settled money, and totals.
import { toHex } from "../../base/bytes.ts";
import { CLOSED, readWide, SETTLED, SWEPT, TOTALS } from "../../core/event.ts";
import type { Sha256 } from "../codec.ts";
import { LIVE, type VerifiedCampaign, type VerifiedEvent } from "./campaign.ts";
import { checkDrawsOver } from "./draws.ts";
import type { Findings } from "./findings.ts";
import { seedIsCommitted } from "./luck.ts";
import { judgeSweptSuspects } from "./suspicion.ts";

export function judgePhase(
  campaign: VerifiedCampaign,
  to: "paused" | "resumed" | "ended",
  findings: Findings,
): void {
  findings.counts.phases += 1;
  const { phase } = campaign;
  const from = { paused: ["open"], resumed: ["paused"], ended: ["open", "paused"] }[to];
  if (!from.includes(phase)) findings.wrong("phases", `a campaign ${from.join(" or ")}`, phase);
  campaign.phase = to === "resumed" ? "open" : to;
}

export function judgeClosed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  ledgerId: string,
  sha256: Sha256,
  findings: Findings,
): void {
  findings.counts.phases += 1;
  const { phase, definition, money } = campaign;
  if (phase === "closed") findings.wrong("phases", "a campaign not closed", "closed already");
  if (phase !== "ended" && event.atMs < definition.endsAtMs) {
    findings.wrong("phases", "a campaign whose time is over", `${phase} at ${event.atMs}`);
  }
  const pending = money.reservedMinor + money.settlingMinor;
  findings.same("phases", "reserved and settling together", 0, pending);
  checkDrawsOver(campaign, event.atMs, findings);
  campaign.phase = "closed";
  const words = event.words.slice(event.at + CLOSED.seed, event.at + CLOSED.words);
  const seed = new Uint8Array(words.buffer);
  if (seed.every((byte) => byte === 0)) return;
  const { seedCommitment } = campaign.opening;
  if (!seedIsCommitted(seed, seedCommitment, ledgerId, definition.id, sha256)) {
    findings.wrong("draws", "the seed that the opening committed to", toHex(seed));
  } else if (!campaign.luck.seedKnown) campaign.luck.reveal(seed, findings);
}

/** Every grant that a cursor passes must be over. */
export function judgeSwept(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.sweeps += 1;
  if (event.flags !== 0) return judgeSweptSuspects(campaign, event, findings);
  const packed = event.words[event.at + SWEPT.offer]!;
  const cursor = event.words[event.at + SWEPT.cursor]!;
  const offer = campaign.offers[packed & 0xffff];
  const stretch = offer?.stretches[packed >>> 16];
  if (offer === undefined || stretch === undefined) {
    const expected = `a class of one of ${campaign.offers.length} offers`;
    const found = `class ${packed >>> 16} of offer ${packed & 0xffff}`;
    return findings.wrong("sweeps", expected, found);
  }
  const end = offer.endOf(packed >>> 16);
  if (cursor <= stretch.cursor || cursor > end) {
    const expected = `a cursor after ${stretch.cursor}, at most ${end}`;
    return findings.wrong("sweeps", expected, `${cursor}`);
  }
  for (let position = stretch.cursor; position < cursor; position++) {
    const grant = offer.grants.get(position);
    const state = campaign.grantState.get(grant);
    // A released grant that lives longer than its class waits in another queue.
    if (state === LIVE && event.atMs >= campaign.expiresAtMs(grant)) {
      const ruleAtMs = campaign.ruleExpiresAtMs(grant);
      if (ruleAtMs < campaign.expiresAtMs(grant)) continue;
      findings.wrong("sweeps", "nothing live before the cursor", `grant ${grant}`);
    } else if (event.atMs < campaign.ruleExpiresAtMs(grant)) {
      findings.wrong("sweeps", "a cursor before grants yet to expire", `beyond grant ${grant}`);
    }
  }
  stretch.cursor = cursor;
}

export function judgeSettled(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.settlements += 1;
  const entries = event.words[event.at + SETTLED.entries]!;
  const amountMinor = readWide(event.words, event.at + SETTLED.amount);
  const due = campaign.settling.findIndex(({ freeAtMs }) => freeAtMs > event.atMs);
  const free = due < 0 ? campaign.settling.length : due;
  if (entries < 1 || entries > free) {
    findings.wrong("settlements", `1 to ${free} entries that are due`, `${entries}`);
  }
  const settled = campaign.settling.splice(0, entries);
  const sum = settled.reduce((total, entry) => total + entry.amountMinor, 0);
  findings.same("settlements", "an amount of", sum, amountMinor);
  campaign.money.settlingMinor -= amountMinor;
  campaign.money.lapsedMinor += amountMinor;
}

/** The order of a totals event: five sums of money, four counts. */
export function judgeTotals(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { money, counts } = campaign;
  const figures: [string, number][] = [
    ["spent", money.spentMinor],
    ["reserved", money.reservedMinor],
    ["settling", money.settlingMinor],
    ["returned", money.returnedMinor],
    ["issued", money.issuedMinor],
    ["grants", counts.granted],
    ["redemptions", counts.redeemed],
    ["cancellations", counts.cancelled],
    ["expiries", counts.expired],
  ];
  figures.forEach(([name, figure], i) => {
    const stated = readWide(event.words, event.at + TOTALS.body + 2 * i);
    findings.same("totals", name, figure, stated);
  });
}
