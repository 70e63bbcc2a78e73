// Limits that nobody can reach, because another cap on the same grants stops him before. Only what
// holds for every course of a campaign is told: the other cap counts in the same cell or a coarser
// one, over the same time or longer, and lets through less.
import { INVITER } from "../../core/caps/caps.ts";
import type { CapDefinition, InviteDefinition } from "../../core/definition.ts";
import { leastOf } from "../../core/definition.ts";
import { isOfWave } from "./check-pacing.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import type { FilePath } from "./problems.ts";

const SHORTEST_FIRST: readonly CapDefinition["per"][] = ["minute", "hour", "day", "total"];

export function checkShadowedCaps(check: DefinitionCheck): void {
  const { caps, invites = [] } = check.definition;
  for (const [i, cap] of caps.entries()) {
    if (cap.dimension.startsWith(INVITER) || isOfWave(cap.id)) continue;
    const other = caps.find((one) => one !== cap && shadows(one, cap));
    if (other === undefined) continue;
    const expected = `at most ${shownLimit(check, other)}, the limit of ${other.id}`;
    const found = `${shownLimit(check, cap)}: nobody gets there`;
    check.warn(["caps", i, "limit"], expected, found);
  }
  for (const n of invites.keys()) checkPerInviter(check, n);
}

/** Whether a cap on the very same cells stops everybody before `cap` does. */
function shadows(other: CapDefinition, cap: CapDefinition): boolean {
  const isSameCell = other.dimension === cap.dimension && other.counts === cap.counts;
  if (!isSameCell || other.on !== cap.on || !lastsAsLong(other, cap)) return false;
  // What is given back to the other alone is charged again and again to this one.
  if (other.refund && !cap.refund) return false;
  if (other.missing === "skip" && cap.missing === "shared") return false;
  return other.limit < cap.limit;
}

function lastsAsLong(other: CapDefinition, cap: CapDefinition): boolean {
  return SHORTEST_FIRST.indexOf(other.per) >= SHORTEST_FIRST.indexOf(cap.per);
}

/** What `perInviter` promises must fit into every cap that the inviter's reward is charged to. */
function checkPerInviter(check: DefinitionCheck, n: number): void {
  const { caps, invites, attributes } = check.definition;
  const invite = invites![n]!;
  const promised = caps.filter(({ dimension }) => dimension === INVITER + invite.id);
  for (const [i, other] of caps.entries()) {
    if (!limitsInviter(check, other, invite)) continue;
    const grants = grantsWithin(check, other, invite);
    const cap = promised.find((one) => lastsAsLong(other, one) && grants < one.limit);
    if (cap === undefined) continue;
    if (promised.includes(other)) {
      const path: FilePath = ["invites", n, "perInviter", cap.per];
      check.warn(
        path,
        `at most ${other.limit}, its ${other.per}`,
        `${cap.limit}: nobody gets there`,
      );
      continue;
    }
    const when = cap.per === "day" ? "in a day" : "in all";
    const room = `room for the ${cap.limit} invites of ${invite.id} that perInviter allows ${when}`;
    const whom = attributes.includes(other.dimension)
      ? `whoever makes his codes with one ${other.dimension}`
      : "an inviter before";
    const found = `${shownLimit(check, other)}, which stops ${whom}`;
    check.warn(["caps", i, "limit"], room, found);
  }
}

/** Whether every reward of an inviter is charged to the cap, as one value of what it counts by. */
function limitsInviter(
  check: DefinitionCheck,
  { id, dimension, on, missing }: CapDefinition,
  invite: InviteDefinition,
): boolean {
  const { offers, waves } = check.definition;
  const offer = offers[invite.inviterOffer];
  if (offer === undefined || on !== "claim" || isOfWave(id)) return false;
  const [kind, name] = dimension.split(":", 2);
  if (kind === "inviter") return name === invite.id;
  if (kind === "offer" && name !== undefined) return name === offer.id;
  if (kind === "wave" && name !== undefined) return name === waves[offer.wave]?.id;
  return missing !== "skip" || !check.definition.attributes.includes(dimension);
}

/** How many of the inviter's rewards a cap lets through. */
function grantsWithin(
  check: DefinitionCheck,
  { counts, limit }: CapDefinition,
  { inviterOffer }: InviteDefinition,
): number {
  if (counts === "grants") return limit;
  return Math.floor(limit / leastOf(check.definition.offers[inviterOffer]!.reward));
}

function shownLimit(check: DefinitionCheck, { counts, limit }: CapDefinition): string {
  return counts === "money" ? check.money(limit) : String(limit);
}
