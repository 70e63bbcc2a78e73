// Judges a revision: that it changes only what may change, takes nothing back that was promised,
// and that the classes of expiry it states are those that follow from each grant's own instant.
import { canonicalJson, sameJson } from "../../base/canonical-json.ts";
import type { CampaignDefinition, CapDefinition, RewardDefinition } from "../../core/definition.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import { judgeConsent, readRevision, type StatedClass } from "./consent.ts";
import { checkLine } from "./cover.ts";
import type { Findings } from "./findings.ts";
import { revisedInviteFaults } from "./invite-terms.ts";
import { revisedGreyFaults } from "./modes.ts";
import type { VerifiedOffer } from "./offer.ts";

export function judgeRevised(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.revisions += 1;
  const revision = readRevision(event, findings);
  if (revision === null) return;
  const { definition } = revision;
  const agreed = judgeConsent(campaign, revision, findings);
  findings.same("revisions", "version", campaign.capCounts.length, revision.version);
  if (campaign.phase === "closed") findings.wrong("revisions", "a campaign not closed", "closed");
  for (const fault of forbidden(campaign.definition, definition, event.atMs)) {
    findings.wrong("revisions", "only changes that are allowed", fault);
  }
  checkLine(campaign.definition, definition, findings);
  const isOther = oddsOf(definition) !== oddsOf(campaign.definition);
  if (isOther && !campaign.luck.awaitsBeacon) campaign.revisedOdds += 1;
  campaign.luck.revise(definition);
  const rulesBefore = campaign.offers.map(({ expiry }) => expiry);
  campaign.take(definition, event.atMs);
  campaign.offers.forEach((offer, i) => {
    const stated = revision.classes.find((each) => each.offer === i)?.classes;
    if (stated !== undefined) {
      const mayMove = agreed === null || agreed.includes(i);
      judgeClasses(campaign, offer, stated, mayMove, event.atMs, findings);
    } else if (rulesBefore[i] !== undefined && rulesBefore[i] !== offer.expiry) {
      findings.wrong("revisions", "classes of an offer whose expiry changes", "none");
    }
  });
}

function oddsOf({ offers }: CampaignDefinition): string {
  return canonicalJson(
    offers.flatMap(({ id, reward }) =>
      reward.kind === "fixed" || reward.kind === "compensation" ? [] : [id, reward],
    ),
  );
}

/** What a revision changes although it may not, in words. */
function forbidden(before: CampaignDefinition, after: CampaignDefinition, atMs: number): string[] {
  const faults: string[] = [];
  const same = (what: string, was: unknown, is: unknown): void => {
    if (!sameJson(was, is)) faults.push(`another ${what}`);
  };
  for (const key of ["id", "currency", "decimals", "timeZone", "startsAtMs"] as const) {
    same(key, before[key], after[key]);
  }
  same("settling lag", before.settlingLagMs, after.settlingLagMs);
  same("grace", before.releaseGraceMs, after.releaseGraceMs);
  same("beacon", before.beacon ?? null, after.beacon ?? null);
  same("draws", before.draws ?? [], after.draws ?? []);
  same("mode", before.rehearsal ?? null, after.rehearsal ?? null);
  same("plan", before.planHash, after.planHash);
  same("arms", { ...before.assignment, holdoutShare: 0 }, { ...after.assignment, holdoutShare: 0 });
  const { dayStartsMs } = before;
  same("calendar", dayStartsMs, after.dayStartsMs.slice(0, dayStartsMs.length));
  if (after.closesAtMs < before.closesAtMs) faults.push("an earlier close");
  const passed = (what: string, was: number, is: number): void => {
    if (was !== is && (was <= atMs || is <= atMs)) faults.push(`${what} in the past`);
  };
  passed("an end", before.endsAtMs, after.endsAtMs);
  passed("a close", before.closesAtMs, after.closesAtMs);
  before.attributes.forEach((name, i) => {
    same(`attribute ${name}`, name, after.attributes[i]);
  });
  before.waves.forEach((wave, i) => {
    same(`wave ${wave.id}`, wave.id, after.waves[i]?.id);
    passed(`the start of wave ${wave.id}`, wave.fromMs, after.waves[i]?.fromMs ?? 0);
    passed(`the end of wave ${wave.id}`, wave.toMs, after.waves[i]?.toMs ?? 0);
  });
  before.offers.forEach((offer, i) => {
    const { id, wave, audience, draw, reward, expiry, by, maturesMs = 0 } = offer;
    const now = after.offers[i];
    if ((now?.maturesMs ?? 0) > maturesMs) faults.push(`a later maturity of offer ${id}`);
    same(
      `offer ${id}`,
      [id, wave, audience, draw, termsOf(reward), by, draw === undefined ? 0 : expiry],
      [
        ...[now?.id, now?.wave, now?.audience, now?.draw, termsOf(now?.reward), now?.by],
        draw === undefined ? 0 : now?.expiry,
      ],
    );
  });
  faults.push(
    ...revisedInviteFaults(before, after, atMs),
    ...revisedGreyFaults(before, after, atMs),
  );
  before.caps.forEach((cap, i) => {
    const form = (one: CapDefinition | undefined) => {
      const any = cap.id.startsWith("pot:") ? {} : { limit: 0 };
      return { ...one, ...any, curve: one?.curve === undefined ? 0 : 1 };
    };
    same(`cap ${cap.id}`, form(cap), form(after.caps[i]));
  });
  before.facts?.forEach((fact, i) => {
    same(`fact ${fact.name}`, fact, after.facts?.[i]);
  });
  before.lists?.forEach(({ id }, i) => {
    same(`list ${id}`, id, after.lists?.[i]?.id);
  });
  same("surfaces", before.surfaces ?? [], after.surfaces ?? []);
  before.audiences.forEach(({ id, salt }, i) => {
    same(`audience ${id}`, [id, salt], [after.audiences[i]?.id, after.audiences[i]?.salt]);
  });
  return faults;
}

/** What of a reward stays: amounts and odds may change, a pot's packets are fixed. */
function termsOf(reward: RewardDefinition | undefined): unknown {
  return reward?.kind === "pot" ? reward : reward?.kind;
}

/**
 * A grant keeps its rule, or takes the new one if its time was not over; in that case so do all
 * live grants of the class. Cursors stay where they were.
 */
function judgeClasses(
  campaign: VerifiedCampaign,
  offer: VerifiedOffer,
  stated: readonly StatedClass[],
  mayMove: boolean,
  atMs: number,
  findings: Findings,
): void {
  const wrong = (expected: string, found: string): void => {
    findings.wrong("revisions", expected, found);
  };
  const last = stated.at(-1);
  if (stated[0]?.from !== 0 || last === undefined || last.from > offer.length) {
    return wrong(`classes from 0 to at most ${offer.length}`, JSON.stringify(stated.slice(0, 3)));
  }
  if (!sameJson(last.expiry, campaign.expiries[offer.expiry]!)) {
    wrong("the offer's new rule for the last class", JSON.stringify(last.expiry));
  }
  const swept = new Set<number>();
  offer.stretches.forEach(({ from, cursor }) => {
    for (let position = from; position < cursor; position++) swept.add(position);
  });
  for (const [i, { from, cursor, firstGrant, expiry }] of stated.entries()) {
    const end = stated[i + 1]?.from ?? offer.length;
    if (from > end || cursor < from || cursor > end) {
      return wrong("classes in order, each cursor within its class", `class ${i} at ${from}`);
    }
    const first = from < offer.length ? offer.grants.get(from) : campaign.counts.granted;
    if (firstGrant !== first) wrong(`class ${i} to begin with grant ${first}`, `${firstGrant}`);
    const rule = campaign.expiries.findIndex((each) => sameJson(each, expiry));
    if (rule < 0) return wrong("a rule that an offer of the campaign has or had", `class ${i}`);
    for (let position = from; position < end; position++) {
      const grant = offer.grants.get(position);
      if (position < cursor && !swept.has(position)) {
        return wrong("a cursor before what was not swept", `class ${i} at ${cursor}`);
      }
      const old = campaign.grantExpiry.get(grant);
      if (old === rule) continue;
      if (!mayMove) return wrong("grants given before as they were", `grant ${grant} moved`);
      const wasAtMs = campaign.ruleExpiresAtMs(grant);
      campaign.grantExpiry.set(grant, rule);
      const isAtMs = campaign.ruleExpiresAtMs(grant);
      if (wasAtMs > atMs && isAtMs >= wasAtMs && rule === offer.expiry) continue;
      campaign.grantExpiry.set(grant, old);
      return wrong("no grant revived, and none that expires earlier", `grant ${grant}`);
    }
  }
  offer.stretches = stated.map(({ from, cursor }) => ({ from, cursor }));
}
