// Invites against their offers, the campaign's time, and the caps on whoever invites.
import { INVITER } from "../../core/caps/caps.ts";
import type { CampaignDefinition, InviteDefinition } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import { duration } from "./explain-words.ts";

export function checkInvites(check: DefinitionCheck): void {
  const { invites = [], offers } = check.definition;
  check.unique(
    ["invites"],
    invites.map((invite) => invite.id),
  );
  for (const [i, invite] of invites.entries()) {
    checkOffers(check, invite, i);
    checkTimes(check, invite, i);
    checkRoom(check, invite, i);
  }
  const used = new Set(invites.flatMap((invite) => [invite.inviterOffer, invite.invitedOffer]));
  for (const [i, { id, by }] of offers.entries()) {
    if (by === undefined || used.has(i)) continue;
    check.warn(["offers", i, "by"], "an offer of some invite", `${id}, which nothing grants`);
  }
}

function checkOffers(check: DefinitionCheck, invite: InviteDefinition, i: number): void {
  const { offers } = check.definition;
  for (const key of ["inviterOffer", "invitedOffer"] as const) {
    const offer = offers[invite[key]];
    if (offer === undefined) continue; // told where the file is read
    const { kind } = offer.reward;
    if (kind === "fixed" || kind === "table") continue;
    const path = ["invites", i, key];
    check.error(path, "an offer with a fixed or a table reward", `${offer.id}, a ${kind}`);
  }
}

function checkTimes(check: DefinitionCheck, invite: InviteDefinition, i: number): void {
  const { offers, waves } = check.definition;
  const { fromMs, toMs, openMs, inviterOffer, invitedOffer } = invite;
  const at = ["invites", i];
  if (toMs <= fromMs) {
    check.error([...at, "toMs"], `after ${check.time(fromMs)}`, check.time(toMs));
  }
  if (openMs !== null && openMs <= 0) check.error([...at, "openMs"], "more than nothing", "0");
  check.notBeforeStart([...at, "fromMs"], fromMs);
  check.notAfterEnd([...at, "toMs"], toMs, "warn");
  for (const offer of [inviterOffer, invitedOffer]) {
    const wave = waves[offers[offer]?.wave ?? -1];
    if (wave === undefined) continue;
    if (!(fromMs < wave.fromMs || toMs > wave.toMs)) continue;
    const expected = `within wave ${wave.id} of ${offers[offer]!.id}`;
    check.warn(at, expected, "a longer time: acceptances outside it are refused");
  }
}

/** Without a limit one inviter may take the whole budget. */
function checkRoom(check: DefinitionCheck, { id }: InviteDefinition, i: number): void {
  const capped = check.definition.caps.some((cap) => cap.dimension === INVITER + id);
  if (capped) return;
  check.warn(["invites", i], "perInviter, a limit of acceptances a user", "none");
}

/** A cap on inviters, as a definition in JSON may have it: like those that a file makes. */
export function checkInviterCap(check: DefinitionCheck, i: number): void {
  const { counts, on, refund, missing } = check.definition.caps[i]!;
  const isPlain = counts === "grants" && on === "claim" && !refund && missing === "refuse";
  if (isPlain) return;
  const found = `${counts} on ${on}, refund ${refund}`;
  check.error(["caps", i], "grants on claim without refund, since it counts acceptances", found);
}

const ALWAYS = Number.POSITIVE_INFINITY;

/** Codes that are out keep their terms, or gain by a revision. */
export function checkRevisedInvites(
  check: DefinitionCheck,
  before: CampaignDefinition,
  atMs: number,
): void {
  for (const [i, was] of (before.invites ?? []).entries()) {
    const is = check.definition.invites?.[i];
    if (is === undefined) continue; // told by whoever lines the lists up
    const at = ["invites", i];
    for (const key of ["inviterOffer", "invitedOffer", "accepts"] as const) {
      if (was[key] === is[key]) continue;
      check.error(
        [...at, key],
        `${was[key]} as before; make an invite of another id`,
        `${is[key]}`,
      );
    }
    if ((is.openMs ?? ALWAYS) < (was.openMs ?? ALWAYS)) {
      check.error([...at, "openMs"], "no less than users were told", duration(is.openMs!));
    }
    if (is.uses < was.uses) {
      check.error([...at, "uses"], `at least ${was.uses}, as users were told`, String(is.uses));
    }
    if (is.toMs !== was.toMs && was.toMs <= atMs) {
      check.error(
        [...at, "toMs"],
        `${check.time(was.toMs)}, which has passed`,
        check.time(is.toMs),
      );
    } else if (is.toMs !== was.toMs && is.toMs <= atMs) {
      check.error([...at, "toMs"], `after now, ${check.time(atMs)}`, check.time(is.toMs));
    }
    if (is.fromMs === was.fromMs) continue;
    check.error([...at, "fromMs"], `${check.time(was.fromMs)} as before`, check.time(is.fromMs));
  }
}
